"""Looking up: what a reference leads to, and what it does not."""

import pyarrow as pa

from ecograph.methods.looking_up import cells, looked_up

THINGS = pa.table({"id": ["a", "b"], "size": [1, None]})


def test_an_attribute_of_what_each_row_refers_to() -> None:
    rows = pa.table({"thing": pa.array(["b", "a", None, "c", "a"])})
    assert looked_up(rows, "thing", THINGS, "id").to_pylist() == ["b", "a", None, None, "a"]
    assert looked_up(rows, "thing", THINGS, "size").to_pylist() == [None, "1", None, None, "1"]


def test_a_missing_column_or_table_gives_missing_cells() -> None:
    rows = pa.table({"thing": ["a", "b"]})
    for found in (
        looked_up(rows, "other", THINGS, "size"),
        looked_up(rows, "thing", THINGS, "colour"),
        looked_up(rows, "thing", None, "size"),
    ):
        assert found.type == pa.string() and found.to_pylist() == [None, None]
    assert cells(rows.slice(0, 0), "thing").to_pylist() == []
