"""Ranks by many columns, also beyond what one number holds."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from ecograph.reading.order import folded, further, repeated, value_ranks


def test_ranks_go_by_columns_in_order_of_names_missing_first() -> None:
    table = pa.table({"b": [1.5, None, 1.5, 0.5], "a": ["x", "x", None, "x"], "c": [True, False, None, True]})
    assert np.argsort(value_ranks(table)).tolist() == [2, 1, 3, 0]
    assert value_ranks(table.select([])).tolist() == [0] * 4


@given(st.lists(st.tuples(*[st.integers(0, 3)] * 5), max_size=30), st.sampled_from([1, 2**20, 2**40, 2**61]))
def test_folding_keeps_order_and_equality(rows: list[tuple[int, ...]], scale: int) -> None:
    keys = [np.array([row[place] for row in rows], dtype=np.int64) * (scale // 3) for place in range(5)]
    ranks = folded(keys, len(rows)).tolist()
    assert [[mine < its for its in ranks] for mine in ranks] == [
        [tuple(mine) < tuple(its) for its in zip(*keys, strict=True)] for mine in zip(*keys, strict=True)
    ]


def test_repeated_words() -> None:
    assert repeated(pa.array(["b", "a", None, "b", None])).tolist() == [True, False, False, True, False]
    assert repeated(pa.array(["a", "b"])).tolist() == [False, False]
    assert repeated(pa.array([], pa.string())).tolist() == []


def test_further_rows_of_an_identity() -> None:
    equal, different = further(np.array([7, 3, 7, 7, 3]), np.array([1, 5, 0, 0, 5]))
    assert equal.tolist() == [False, False, False, True, True]
    assert different.tolist() == [True, False, False, False, False]
