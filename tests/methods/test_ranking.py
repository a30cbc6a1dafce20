"""Ranks against counting the larger ones."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ecograph.methods.ranking import ranks

ROWS = st.lists(st.tuples(st.integers(-3, 3) | st.none(), st.integers(0, 2)), max_size=30)


@given(ROWS)
def test_ranks_count_the_larger_of_the_group(rows: list[tuple[int | None, int]]) -> None:
    values = np.array([np.nan if value is None else value for value, _ in rows], np.float64)
    expected = [
        0 if value is None else 1 + sum(own == group and other is not None and other > value for other, own in rows)
        for value, group in rows
    ]
    assert ranks(values, np.array([group for _, group in rows], np.int64)).tolist() == expected


def test_values_apart_by_rounding_are_equal() -> None:
    values = np.array([0.1 + 0.2, 0.3, 1e-300, 0, -0.3, -(0.1 + 0.2), np.nan])
    assert ranks(values, np.zeros(7, np.int64)).tolist() == [1, 1, 3, 4, 5, 5, 0]
