"""Units: the rule by hand, and a twin that counts row by row."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ecograph.methods.units import commonest

codes = st.integers(0, 3)
rows = st.lists(st.tuples(st.sampled_from([1, 4, 7]), codes), max_size=15)
ways = st.lists(st.tuples(codes, codes), unique=True, max_size=6)


def found(pairs: list[tuple[int, int]], steps: list[tuple[int, int]]) -> list[int]:
    groups, units = (np.array([pair[place] for pair in pairs], np.int64) for place in (0, 1))
    return commonest(groups, units, steps, 4).tolist()


def test_rules_by_hand() -> None:
    assert found([(1, 3), (1, 2), (1, 2), (7, 3)], []) == [2, 2, 2, 3]  # most rows have it
    assert found([(1, 3), (1, 0), (1, 0)], [(0, 3)]) == [3, 3, 3]  # all rows have it or can be put into it
    assert found([(1, 3), (1, 2), (1, 2)], [(3, 2), (2, 3)]) == [2, 2, 2]  # both ways: what most have already
    assert found([(1, 3), (1, 2)], []) == [2, 2]  # the first
    assert found([], []) == []


@given(rows, ways)
def test_it_equals_a_twin(pairs: list[tuple[int, int]], steps: list[tuple[int, int]]) -> None:
    def rank(group: int, unit: int) -> tuple[int, int, int]:
        mine = [one for other, one in pairs if other == group]
        turned = sum(one != unit and (one, unit) in steps for one in mine)
        return -(mine.count(unit) + turned), -mine.count(unit), unit

    assert found(pairs, steps) == [min(range(4), key=lambda unit: rank(group, unit)) for group, _ in pairs]
