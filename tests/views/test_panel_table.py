"""A panel from a table: gaps, periods, what is not known, and tables that are no panel."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import LoadError, ParameterError, UnknownNameError

RIDES = {
    "base": ["b", "a", "a", "a", "b"],
    "day": ["2015-01-01", "2015-01-04", "2015-01-02", "2015-01-01", "2015-01-02"],
    "cars": [1, 4, None, 3, 1],
    "trips": [10.0, 40.0, 20.0, 30.0, 12.0],
}
SIDES: dict[str, Any] = {"vehicles": "cars", "riders": {"value": "trips"}}


def made(table: Any = RIDES, **changed: Any) -> Any:
    return eg.panel_from_table(table, **({"unit": "base", "period": "day", "sides": SIDES} | changed))


def test_days_by_hand() -> None:
    view = made()
    assert view.units.to_pylist() == ["a", "b"]
    assert view.periods.to_pylist() == [date(2015, 1, day) for day in (1, 2, 3, 4)]
    assert view.unit_codes.tolist() == [0, 0, 0, 1, 1] and view.period_codes.tolist() == [0, 1, 3, 0, 1]
    assert view.previous.tolist() == [-1, 0, -1, -1, 3]
    np.testing.assert_array_equal(view.sides["vehicles"].active, [3, np.nan, 4, 1, 1])
    assert view.sides["riders"].value.tolist() == [30, 20, 40, 10, 12]
    assert np.isnan(view.sides["vehicles"].entering).all() and view.sides["vehicles"].stays is None
    assert view.table().names == ("unit", "period", "vehicles_active", "riders_value")
    assert view.table().arrow("vehicles_active").to_pylist() == [3, None, 4, 1, 1]
    assert view.n == 2 and not len(view.findings)
    assert "vehicles" in repr(view)


@pytest.mark.parametrize("sort", [pa.table, pd.DataFrame, dict])
def test_any_sort_of_table_gives_the_same(sort: Any) -> None:
    view = made(sort(RIDES))
    assert view.table() == made().table() and view.loaded == made().loaded


def test_the_order_of_rows_is_nothing_and_another_cell_is_another_table() -> None:
    turned = {name: cells[::-1] for name, cells in RIDES.items()}
    assert made(turned).table() == made().table() and made(turned).loaded == made().loaded
    assert made({**RIDES, "trips": [10.0, 40.0, 20.0, 30.0, 13.0]}).loaded != made().loaded


@pytest.mark.parametrize(
    ("days", "every", "codes"),
    [
        (["2024-01-01", "2025-01-01", "2027-01-01"], None, [0, 1, 3]),
        (["2024-01-01", "2024-04-01", "2025-01-01"], None, [0, 1, 4]),
        (["2024-01-01", "2024-02-01", "2024-06-01"], None, [0, 1, 5]),
        (["2024-01-01", "2024-01-08", "2024-02-05"], None, [0, 1, 5]),
        (["2024-01-01", "2024-01-02", "2024-03-01"], None, [0, 1, 60]),
        (["2024-01-03", "2024-01-10", "2024-02-07"], "7 days", [0, 1, 5]),
        (["2024-01-20", "2024-02-10", "2024-06-30"], "month", [0, 1, 5]),
        ([1935, 1936, 1940], None, [0, 1, 5]),
    ],
)
def test_periods_are_found_or_said(days: list[Any], every: str | None, codes: list[int]) -> None:
    view = made({"base": ["a"] * 3, "day": days, "cars": [1, 2, 3]}, sides={"vehicles": "cars"}, every=every)
    assert view.period_codes.tolist() == codes and len(view.periods) == codes[-1] + 1


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 9)), min_size=1, unique=True))
def test_a_row_has_its_previous_or_none(keys: list[tuple[str, int]]) -> None:
    table = {"base": [key[0] for key in keys], "day": [key[1] for key in keys], "cars": [ord(a) + b for a, b in keys]}
    view = made(table, sides={"vehicles": "cars"})
    ordered = sorted(keys)
    before = [ordered.index((base, day - 1)) if (base, day - 1) in keys else -1 for base, day in ordered]
    assert view.previous.tolist() == before
    assert view.sides["vehicles"].active.tolist() == [ord(base) + day for base, day in ordered]


def test_rows_without_platform_or_period_are_counted() -> None:
    view = made({**RIDES, "base": [None, "a", "a", "a", "b"], "day": [*RIDES["day"][:4], None]})
    assert view.size == 3 and view.findings.counts() == {"missing_value": 2, "one_platform": 1}


def test_what_it_cannot_answer() -> None:
    apart = {"base": ["a", "b", "a"], "day": ["2015-01-01", "2015-01-05", "2015-01-09"], "cars": [1, 2, 3]}
    assert made(apart, sides={"vehicles": "cars"}).findings.counts() == {"no_lag": 1}
    still = {"base": ["a", "a", "b", "b"], "day": [1, 2, 1, 2], "cars": [3, 3, 5, 5]}
    assert made(still, sides={"vehicles": "cars"}).findings.counts() == {"constant_side": 1}
    assert made({"base": [], "day": [], "cars": []}, sides={"vehicles": "cars"}).size == 0


def test_tables_that_are_no_panel() -> None:
    with pytest.raises(UnknownNameError, match="column of the table 'bas'"):
        made(unit="bas")
    with pytest.raises(UnknownNameError, match="'car'"):
        made(sides={"vehicles": "car"})
    with pytest.raises(UnknownNameError, match="'size'"):
        made(sides={"vehicles": {"size": "cars"}})
    with pytest.raises(ParameterError, match="sides: none"):
        made(sides={})
    with pytest.raises(ParameterError, match="whole numbers"):
        made({**RIDES, "day": [1, 4, 2, 1, 2]}, every="day")
    with pytest.raises(LoadError, match=r"base 'a' has the day 2015-01-02 twice, in rows 2 and 3"):
        made({**RIDES, "day": ["2015-01-01", "2015-01-02", "2015-01-02", "2015-01-01", "2015-01-02"]})
    with pytest.raises(LoadError, match="twice"):
        made(every="month")
    with pytest.raises(LoadError, match="write days as 2026-03-31"):
        made({**RIDES, "day": ["1/1/2015", "1/4/2015", "1/2/2015", "1/3/2015", "1/2/2015"]})
    with pytest.raises(LoadError, match="cars holds 1 numbers that no active can be, first -4"):
        made({**RIDES, "cars": [1, -4, None, 3, 1]})
    with pytest.raises(LoadError, match="give numbers"):
        made({**RIDES, "cars": ["1", "many", "2", "3", "1"]})
    with pytest.raises(ParameterError, match="a table cannot be made of int"):
        made(7)
