"""Tables as text: aligned for the eye, whole for programs, safe on a terminal."""

import datetime as dt
import math

import pyarrow as pa
import pytest

from ecograph.cli.output import aligned, save, written
from ecograph.errors import AddressError
from ecograph.table import Column, Table

TABLE = Table(
    {
        "id": ["创客", "b", None],
        "count": [1234, 5, 6],
        "share": [0.123456789, math.nan, 12345678.9],
        "day": pa.array([dt.date(2024, 1, 2), None, None]),
        "yes": [True, False, None],
    },
    {"share": Column("share", zh="份额", unit="EUR")},
)


def test_columns_are_aligned_as_they_are_shown() -> None:
    assert written(TABLE, "table").splitlines() == [
        "id    count    share (EUR)  day         yes",
        "创客  1,234       0.123457  2024-01-02  True",
        "b         5              –  –           False",
        "–         6  12,345,678.90  –           –",
    ]


def test_control_characters_are_shown_and_not_sent() -> None:
    assert written(Table({"id": ["a\x1b[31mb", "c\nd"]}), "table").splitlines() == ["id", r"a\x1b[31mb", r"c\nd"]


def test_csv_and_json_are_the_table_s_own(tmp_path) -> None:  # type: ignore[no-untyped-def]
    TABLE.to_csv(tmp_path / "own.csv")
    save(TABLE, str(tmp_path / "saved.csv"), "csv")
    assert (tmp_path / "saved.csv").read_bytes() == (tmp_path / "own.csv").read_bytes()
    assert written(TABLE, "csv").splitlines() == (tmp_path / "own.csv").read_text(encoding="utf-8-sig").splitlines()
    assert written(TABLE, "json") == TABLE.to_json()


def test_no_rows_is_a_heading() -> None:
    empty = Table({"id": pa.array([], pa.string()), "n": pa.array([], pa.int64())})
    assert (written(empty, "table"), written(empty, "csv"), written(empty, "json")) == ("id  n", "id,n", "[]")


def test_sides() -> None:
    assert aligned([["a", "b"], ["cc", "dd"]], "><") == " a  b\ncc  dd"


@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_a_file_that_cannot_be_written_is_one_line(tmp_path, form) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(AddressError, match=r"output='.*': Is a directory; name a file in a folder that can be written"):
        save(TABLE, str(tmp_path), form)
    with pytest.raises(AddressError, match="No such file or directory"):
        save(TABLE, str(tmp_path / "no" / "table.csv"), form)
