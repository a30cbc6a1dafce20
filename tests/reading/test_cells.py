"""Cells of every type under every attribute."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from ecograph.reading.cells import cast
from ecograph.reading.dates import narrowed
from ecograph.reading.texts import to_text
from ecograph.schema import Attribute, Type
from tests.reading.messy import SCHEMA

NOON = datetime(2024, 1, 5, 12, tzinfo=UTC)
NAN, INF = float("nan"), float("inf")


def made(cells: pa.Array, attribute: Attribute) -> tuple[list[Any], dict[str, list[int]]]:
    """Cells, and the positions of each code."""
    result = cast(cells, attribute, SCHEMA)
    assert result.cells.validate(full=True) is None
    return result.cells.to_pylist(), {one.code: one.picked.tolist() for one in result.mistakes}


@pytest.mark.parametrize(
    ("cells", "values", "mistakes"),
    [
        (["1", "-2.5", None, ".5", "1e3"], [1, -2.5, None, 0.5, 1000], {}),
        ([" 1 ", "+3", " ", "2."], [1, 3, None, 2], {}),
        (["1,234.5", "1 000", "12%", "0x10", "1_0", "１", "--1", "1"], [None] * 7 + [1], {"bad_number": [*range(7)]}),
        (["NaN", "-inf", "Infinity", "1e999", "1"], [None] * 4 + [1], {"not_finite": [0, 1, 2, 3]}),
        (["nan", "x", "1"], [None, None, 1], {"not_finite": [0], "bad_number": [1]}),
        (["-0"], [0], {}),
        ([1, None, 3], [1, None, 3], {}),
        ([1.5, NAN, INF], [1.5, None, None], {"not_finite": [1, 2]}),
        ([Decimal("1.50"), None], [1.5, None], {}),
        ([True, False], [None, None], {"bad_number": [0, 1]}),
        ([date(2024, 1, 5)], [None], {"bad_number": [0]}),
        ([None, None], [None, None], {}),
        ([], [], {}),
    ],
)
def test_numbers(cells: list[Any], values: list[Any], mistakes: dict[str, list[int]]) -> None:
    assert made(pa.array(cells), Attribute("x", "number")) == (values, mistakes)


def test_minus_zero_is_zero() -> None:
    values = cast(pa.array([-0.0, 0.0]), Attribute("x", "number"), SCHEMA).cells.to_numpy()
    assert not np.signbit(values).any()


@pytest.mark.parametrize(
    ("cells", "values", "mistakes"),
    [
        (["7", "7.0", "1e2", "7.5", "x"], [7, 7, 100, None, None], {"bad_integer": [3, 4]}),
        (["9007199254740991", "9007199254740993"], [2**53 - 1, None], {"bad_integer": [1]}),
        ([7, -1, 2**60], [7, None, None], {"below_minimum": [1], "bad_integer": [2]}),
        ([7.0, 7.5, NAN], [7, None, None], {"bad_integer": [1], "not_finite": [2]}),
    ],
)
def test_integers_with_a_minimum(cells: list[Any], values: list[Any], mistakes: dict[str, list[int]]) -> None:
    assert made(pa.array(cells), Attribute("x", "integer", minimum=0)) == (values, mistakes)


@pytest.mark.parametrize(
    ("cells", "values", "mistakes"),
    [
        (["true", "YES", "1", "是", " no ", "FALSE", "0", "否"], [True] * 4 + [False] * 4, {}),
        (["y", "", None, "2"], [None] * 4, {"bad_boolean": [0, 3]}),
        ([True, None, False], [True, None, False], {}),
        ([1, 0, 2], [True, False, None], {"bad_boolean": [2]}),
        ([1.0, 0.0, NAN], [True, False, None], {}),
    ],
)
def test_booleans(cells: list[Any], values: list[Any], mistakes: dict[str, list[int]]) -> None:
    assert made(pa.array(cells), Attribute("x", "boolean")) == (values, mistakes)


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (["a", "", None], ["a", "", None]),
        ([1, 2], ["1", "2"]),
        ([1.0, 1.5, NAN], ["1", "1.5", None]),
        ([True], ["true"]),
        ([date(2024, 1, 5)], ["2024-01-05"]),
        (
            [NOON.replace(hour=0, tzinfo=None), NOON.replace(microsecond=5, tzinfo=None)],
            ["2024-01-05", "2024-01-05 12:00:00.000005"],
        ),
        ([NOON], ["2024-01-05 12:00:00Z"]),
        ([Decimal("1.50")], ["1.50"]),
        ([b"abc"], ["abc"]),
        ([b"\xff"], ["b'\\xff'"]),
        ([[1, 2], None], ["[1, 2]", None]),
        ([time(10, 30)], ["10:30:00.000000"]),
        ([None], [None]),
    ],
)
def test_text_of_any_type(cells: list[Any], text: list[str | None]) -> None:
    assert to_text(pa.array(cells)).to_pylist() == text
    assert made(pa.array(cells), Attribute("x"))[0] == text


def test_words_in_either_language() -> None:
    cells = pa.array(["student", " 大学生", "farmer ", " ", None])
    words, mistakes = made(cells, Attribute("x", vocabulary="background"))
    assert (words, mistakes) == (["student", "student", "farmer", None, None], {"open_word": [2]})
    words, mistakes = made(pa.array(["红", "green", "blue"]), Attribute("x", vocabulary="colour"))
    assert (words, mistakes) == (["red", None, "blue"], {"closed_word": [1]})


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]  # year, month, day and so on


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-01-05", at(2024, 1, 5)),
        ("2024/1/5", at(2024, 1, 5)),
        (" 2024-02-29 ", at(2024, 2, 29)),
        ("0001-01-01", at(1, 1, 1)),
        ("9999-12-31", at(9999, 12, 31)),
        ("2024-01-05T10:30Z", at(2024, 1, 5, 10, 30)),
        ("2024-01-05 10:30:15.25 +08:00", at(2024, 1, 5, 2, 30, 15, 250_000)),
        ("2024-01-05T00:30:00+0100", at(2024, 1, 4, 23, 30)),
        ("2024-01-05T10:30:00-05", at(2024, 1, 5, 15, 30)),
        ("2024-01-05 00:00:00", at(2024, 1, 5)),
        ("2024-01-05T10:30", "no_zone"),
        ("2024-01-05 00:00:00.5", "no_zone"),
        ("2023-02-29", "bad_date"),
        ("2024-00-05", "bad_date"),
        ("2024-13-05", "bad_date"),
        ("2024-01-00", "bad_date"),
        ("2024-04-31", "bad_date"),
        ("0000-01-01", "bad_date"),
        ("0001-01-01T00:00+01:00", "bad_date"),
        ("9999-12-31T23:30-01:00", "bad_date"),
        ("2024-01-05T24:00Z", "bad_date"),
        ("2024-01-05T10:60Z", "bad_date"),
        ("2024-01-05T10:00:60Z", "bad_date"),
        ("2024-01-05T10:00+24:00", "bad_date"),
        ("2024-01-05T10:00+01:60", "bad_date"),
        ("20240105", "bad_date"),
        ("05.01.2024", "bad_date"),
        ("45296", "bad_date"),
        ("soon", "bad_date"),
        (" ", None),
    ],
)
def test_dates_of_text(text: str, value: datetime | str | None) -> None:
    expected = ([None], {value: [1]}) if isinstance(value, str) else ([value], {})
    cells, mistakes = made(pa.array(["2024/1/1", text]), Attribute("x", "date"))
    assert (cells[1:], mistakes) == expected
    alone, mistakes = made(pa.array([text]), Attribute("x", "date"))
    assert (alone, {code: [1] for code in mistakes}) == expected


DAY = 86_400


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (pa.array([date(2024, 1, 5)]), at(2024, 1, 5)),
        (pa.array([date(2024, 1, 5)], pa.date64()), at(2024, 1, 5)),
        (pa.array([DAY], pa.timestamp("s")), at(1970, 1, 2)),
        (pa.array([DAY * 10**9], pa.timestamp("ns")), at(1970, 1, 2)),
        (pa.array([DAY * 10**9 + 1_999], pa.timestamp("ns", "UTC")), at(1970, 1, 2, 0, 0, 0, 1)),
        (pa.array([1], pa.timestamp("ms", "Asia/Shanghai")), at(1970, 1, 1, 0, 0, 0, 1000)),
        (pa.array([-1], pa.timestamp("us", "UTC")), at(1969, 12, 31, 23, 59, 59, 999_999)),
        (pa.array([DAY + 1], pa.timestamp("s")), "no_zone"),
        (pa.array([2**31 - 1], pa.date32()), "bad_date"),
        (pa.array([-(2**62)], pa.timestamp("s")), "bad_date"),
        (pa.array([2**62], pa.timestamp("us", "UTC")), "bad_date"),
        (pa.array([45_296]), "bad_date"),
        (pa.array([True]), "bad_date"),
    ],
)
def test_dates_of_any_type(cells: pa.Array, value: datetime | str) -> None:
    expected = ([None], {value: [0]}) if isinstance(value, str) else ([value], {})
    assert made(cells, Attribute("x", "date")) == expected


def test_days_are_days_only_if_all_are_midnights() -> None:
    zone = timezone(timedelta(hours=8))
    midnights = [at(2024, 1, 5), None, datetime(2024, 1, 5, 8, tzinfo=zone)]
    days = narrowed(pa.array(midnights, pa.timestamp("us", "UTC")))
    assert days.to_pylist() == [date(2024, 1, 5), None, date(2024, 1, 5)]
    moments = pa.array([*midnights, at(2024, 1, 5, 0, 0, 0, 1)], pa.timestamp("us", "UTC"))
    assert narrowed(moments).equals(moments)
    assert narrowed(pa.nulls(2, pa.timestamp("us", "UTC"))).type == pa.date32()


@pytest.mark.parametrize("type_", ["integer", "number", "boolean", "date"])
def test_a_column_without_cells_has_its_type(type_: Type) -> None:
    types = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.timestamp("us", "UTC")}
    for cells in (pa.array([], pa.string()), pa.nulls(2), pa.nulls(2, pa.string())):
        result = cast(cells, Attribute("x", type_), SCHEMA)
        assert (result.cells.type, result.cells.null_count, result.mistakes) == (types[type_], len(cells), ())
