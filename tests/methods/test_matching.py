"""Groups followed over slices: laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.errors import ParameterError
from ecograph.methods.matching import Grouping, Trail, checked_matching
from ecograph.methods.partitions import numbered

SWAPPED = {"birth": "death", "death": "birth", "merge": "split", "split": "merge", "continuation": "continuation"}

labels = st.lists(st.integers(-1, 4), min_size=10, max_size=10)
slices = st.lists(labels, min_size=2, max_size=5)
thresholds = st.sampled_from([0, 0.2, 0.3, 0.5, 0.8])


def trail(rows: list[list[int]], threshold: float) -> Trail:
    """Groups of ten nodes in each slice; -1 is none."""
    groupings = []
    for row in map(np.array, rows):
        members = np.flatnonzero(row >= 0)
        groups = numbered(row[members])
        groupings.append(Grouping(members, groups, [""] * len({*groups.tolist()}), int((row < 0).sum())))
    return Trail(groupings, threshold)


def links(numbers: np.ndarray, named: list[list[int]]) -> list[tuple[int, int]]:
    """Each group with each that it is tied to."""
    return [(own, one) for own, others in zip(numbers.tolist(), named, strict=True) for one in others]


@given(slices, thresholds)
def test_backwards_births_are_deaths_and_merges_are_splits(rows: list[list[int]], threshold: float) -> None:
    there, back = trail(rows, threshold), trail(rows[::-1], threshold)
    for step, reversed_step in zip(there.steps, back.steps[::-1], strict=True):
        assert step.origins == [SWAPPED[fate] for fate in reversed_step.fates]
        assert step.fates == [SWAPPED[origin] for origin in reversed_step.origins]


@given(slices, thresholds)
def test_events_hang_together(rows: list[list[int]], threshold: float) -> None:
    found = trail(rows, threshold)
    known: set[int] = set()
    for slice, numbers in enumerate(found.numbers):
        parents, children = found.parents(slice), found.children(slice)
        assert len({*numbers}) == len(numbers) == len(parents) == len(children)
        before = {*found.numbers[slice - 1]} if slice else set()
        assert {*numbers} & known <= before, "a number that was gone never comes back"
        known |= {*numbers.tolist()}
        assert known == {*range(1, len(known) + 1)}
        for number, named in zip(numbers, parents, strict=True):
            assert number not in before or number in named
    for slice, step in enumerate(found.steps):
        handed = {(one, own) for own, one in links(found.numbers[slice], found.children(slice))}
        assert handed == {*links(found.numbers[slice + 1], found.parents(slice + 1))}
        if threshold >= 0.5:
            assert not {"merge", "split"} & {*step.origins, *step.fates}
        going = zip(found.numbers[slice].tolist(), step.fates, strict=True)
        coming = zip(found.numbers[slice + 1].tolist(), step.origins, strict=True)
        gone_on, came_on = (sorted(one for one, event in ends if event == "continuation") for ends in (going, coming))
        assert gone_on == came_on


@given(labels, thresholds)
def test_what_stays_goes_on(row: list[int], threshold: float) -> None:
    found = trail([row] * 3, threshold)
    assert all(numbers.tolist() == [*range(1, len(numbers) + 1)] for numbers in found.numbers)
    assert {*found.steps[0].origins, *found.steps[1].fates} <= {"continuation"}
    assert found.steps[0].likeness.tolist() == [1.0] * len(found.numbers[0])


@pytest.mark.parametrize(("threshold", "smallest"), [(1, 2), (-0.1, 2), (float("nan"), 2), (0.3, 0)])
def test_numbers_without_meaning_are_refused(threshold: float, smallest: int) -> None:
    with pytest.raises(ParameterError, match="give a"):
        checked_matching(threshold, smallest)
