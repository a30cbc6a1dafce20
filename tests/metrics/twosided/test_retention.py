"""Retention: a triangle by hand, a slow twin on random stays, laws, and panels without members."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ViewError

Row = tuple[str, str, int, int]

FIRST = date(2025, 1, 6)
MAKERS = {"makers": eg.side("Maker", through="SETTLED_IN")}

rows_drawn = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("mn"), st.integers(0, 40), st.integers(1, 30)).map(
        lambda row: (row[0], row[1], row[2], row[2] + row[3])
    ),
    min_size=1,
    max_size=14,
)


def panel_of(rows: Sequence[Row]) -> eg.Ecosystem:
    spans = {
        "source": [row[0] for row in rows],
        "target": [row[1] for row in rows],
        "valid_from": [(FIRST + timedelta(row[2])).isoformat() for row in rows],
        "valid_to": [(FIRST + timedelta(row[3])).isoformat() for row in rows],
    }
    nodes = {"Makerspace": {"id": ["m", "n"]}, "Maker": {"id": list("abcd")}}
    return eg.from_tables(nodes, {"SETTLED_IN": spans}).panel("Makerspace", "7 days", sides=MAKERS)


def slowly(rows: Sequence[Row]) -> dict[tuple[int, int], tuple[int, int]]:
    """Who entered in each period, and who of them is there so many periods later."""
    first, last = min(row[2] for row in rows), max(row[3] for row in rows)
    n = (last - first) // 7 + 1
    there = [{row[:2] for row in rows if row[2] < first + 7 * one + 7 and row[3] > first + 7 * one} for one in range(n)]
    entered = [now - set().union(*there[:one]) for one, now in enumerate(there)]
    return {
        (one, age): (len(entered[one]), len(entered[one] & there[one + age]))
        for one in range(1, n)
        for age in range(n - one)
    }


def test_a_triangle_by_hand() -> None:
    # in weeks: a is there from the first; b in 1, c in 1 to 3, d in 2 and, after a week away, in 4
    rows = [("a", "m", 0, 35), ("b", "m", 7, 10), ("c", "m", 8, 27), ("d", "m", 14, 16), ("d", "m", 28, 29)]
    found = eg.retention(panel_of(rows), cohorts=True)
    triangle = {(row["cohort"], row["age"]): (row["entered"], row["active"]) for row in found.table.rows()}
    weeks = [(FIRST + timedelta(7 * one)).isoformat() for one in range(6)]
    assert [triangle[weeks[1], age] for age in range(5)] == [(2, 2), (2, 1), (2, 1), (2, 0), (2, 0)]
    assert [triangle[weeks[2], age] for age in range(4)] == [(1, 1), (1, 0), (1, 1), (1, 0)]
    assert triangle[weeks[3], 0] == (0, 0)
    ages = eg.retention(panel_of(rows))
    assert ages["group"].tolist() == [f"makers · {age}" for age in range(5)]
    assert ages["entered"].tolist() == [3, 3, 3, 3, 2]
    assert ages["active"].tolist() == [3, 1, 2, 0, 0]
    assert ages["retention"].tolist() == pytest.approx([1, 1 / 3, 2 / 3, 0, 0])
    assert ages.findings.counts()["entered_before"] == 1


@given(rows_drawn)
def test_it_equals_a_slow_twin(rows: Sequence[Row]) -> None:
    expected = slowly(rows)
    panel = panel_of(rows)
    found = eg.retention(panel, cohorts=True)
    periods = [str(one) for one in panel.periods.to_pylist()]
    told = {(periods.index(row["cohort"]), row["age"]): (row["entered"], row["active"]) for row in found.table.rows()}
    assert told == expected
    for row in eg.retention(panel).table.rows():
        parts = [cells for (_, age), cells in expected.items() if age == row["age"]]
        assert (row["entered"], row["active"]) == tuple(map(sum, zip(*parts, strict=True)))


@given(rows_drawn)
def test_everybody_is_there_when_they_enter_and_never_more_than_entered(rows: Sequence[Row]) -> None:
    found = eg.retention(panel_of(rows), cohorts=True)
    assert (found["active"] <= found["entered"]).all()
    assert (found["active"] == found["entered"])[found["age"] == 0].all()
    missing = np.isnan(found["retention"])
    assert (missing == (found["entered"] == 0)).all() and all(found["note"][missing] == "nobody entered")


def test_sentences() -> None:
    panel = eg.dataset("harbour").panel("Makerspace", "quarter", sides=MAKERS)
    assert eg.retention(panel).explain("makers · 4").startswith("makers: of ")
    assert "2024-01-01 进入" in eg.retention(panel, cohorts=True).explain("makers · 2024-01-01 · 2", language="zh")


def test_a_panel_of_a_table_and_one_of_one_period() -> None:
    table = {"unit": ["a", "a"], "year": [1, 2], "makers": [3, 4]}
    with pytest.raises(ViewError, match=r"make it with eco\.panel"):
        eg.retention(eg.panel_from_table(table, "unit", "year", {"makers": "makers"}))
    assert len(eg.retention(panel_of([("a", "m", 0, 5)]))) == 0
