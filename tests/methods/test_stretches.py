"""Stretches: a table by hand, and a twin that looks at every day."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ecograph.methods.stretches import stretches

spans = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 20), st.integers(1, 6)), max_size=25)


def numbered(rows: list[tuple[int, int, int]]) -> list[int]:
    owners, starts, stops = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    return stretches(owners, starts, stops).tolist()


def test_what_touches_or_overlaps_goes_on_and_a_day_between_breaks() -> None:
    rows = [(1, 5, 9), (0, 0, 3), (0, 3, 5), (0, 6, 7), (1, 0, 20), (1, 21, 22)]
    assert numbered(rows) == [2, 0, 0, 1, 2, 3]


def test_open_ends_reach_over_everything() -> None:
    ever, never = np.iinfo(np.int64).min, np.iinfo(np.int64).max
    assert numbered([(0, ever, 3), (0, 9, never), (0, 50, 60), (1, ever, never)]) == [0, 1, 1, 2]


@given(spans)
def test_it_equals_a_twin_that_looks_at_every_day(given_rows: list[tuple[int, int, int]]) -> None:
    if not given_rows:
        return
    rows = [(owner, start, start + length) for owner, start, length in given_rows]
    found = numbered(rows)
    covered = {(owner, day) for owner, start, stop in rows for day in range(start, stop)}
    for one, (owner, start, stop) in zip(found, rows, strict=True):
        for other, (whose, first, last) in zip(found, rows, strict=True):
            between = range(min(start, first), max(stop, last))
            assert (one == other) == (owner == whose and all((owner, day) in covered for day in between))
    assert sorted(set(found)) == list(range(max(found) + 1))


def test_nothing_has_no_stretch() -> None:
    assert stretches(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64)).tolist() == []
