"""Signing: a table by hand, and twins that look at every row."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ecograph.methods.signing import signed, third_parties

rows = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=12)


def ends(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([pair[0] for pair in pairs], np.int64), np.array([pair[1] for pair in pairs], np.int64)


def test_a_table_by_hand() -> None:
    parties = ends([(0, 7), (1, 7), (0, 8), (2, 8), (1, 9)])
    supervisors = ends([(3, 7), (2, 8), (3, 8), (1, 9)])  # 2 is a party to 8 itself, and 1 to 9
    assert third_parties(parties, supervisors).tolist() == [True, False, True, False]
    assert signed(ends([(0, 1), (1, 2), (0, 2), (2, 0)]), parties).tolist() == [True, False, True, True]


@given(rows, rows)
def test_third_parties_equal_a_twin(parties: list[tuple[int, int]], supervisors: list[tuple[int, int]]) -> None:
    third = [one not in parties for one in supervisors]
    assert third_parties(ends(parties), ends(supervisors)).tolist() == third


@given(rows, rows)
def test_signed_equals_a_twin(pairs: list[tuple[int, int]], parties: list[tuple[int, int]]) -> None:
    mine = {actor: {agreement for one, agreement in parties if one == actor} for actor in range(5)}
    assert signed(ends(pairs), ends(parties)).tolist() == [bool(mine[one] & mine[other]) for one, other in pairs]


def test_nothing_is_signed_where_nothing_is() -> None:
    assert signed(ends([]), ends([(0, 1)])).tolist() == []
    assert signed(ends([(0, 1)]), ends([])).tolist() == [False]
    assert third_parties(ends([]), ends([])).tolist() == []
