"""Time to match: a table by hand, groups, laws, and what is said."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, ViewError
from tests.metrics.docking.conftest import TRANSFERS, Docked, rows_of

POINTS = ("within_7", "within_30", "within_90", "within_365")


def test_a_table_by_hand(docked: Docked) -> None:
    """D1 waits 14 days, D4 30, D2 40; D3 has waited 27 days when it is over; nobody knows since when D5 waits.

    S is 3/4 after 14 days, 3/4 x 1/2 after 30, of those who waited more than 27, and 0 after 40.
    """
    found = eg.time_to_match(docked().ledger())
    assert rows_of(found.table, "group", "median", "demands", "matched", "note") == [("whole", 30, 4, 3, None)]
    assert [found[name][0] for name in POINTS] == [0, 0.625, 1, 1]
    assert found.findings.counts() == {"missing_value": 1}


@pytest.mark.parametrize(
    ("by", "expected", "counts"),
    [
        ("category", [("capital", 30, 1, 1), ("equipment", 40, 3, 2)], {"missing_value": 1}),
        ("background", [("returnee", None, 1, 0), ("student", 14, 2, 2)], {"missing_value": 1, "no_group": 1}),
        ("stage", [("0", 30, 1, 1)], {"missing_value": 1, "no_group": 3}),
        ("platform", [("hub", 30, 3, 3), ("loft", None, 1, 0)], {"missing_value": 1}),
    ],
)
def test_groups_by_hand(docked: Docked, by: Any, expected: list[Any], counts: dict[str, int]) -> None:
    found = eg.time_to_match(docked().ledger(), by=by)
    cells = [(*row[:1], None if np.isnan(row[1]) else row[1], *row[2:]) for row in rows_of(
        found.table, "group", "median", "demands", "matched"
    )]  # fmt: skip
    assert cells == expected
    assert found.findings.counts() == counts


def test_what_cannot_be_seen_has_a_reason(docked: Docked) -> None:
    """The demand of bo was watched for 27 days only."""
    found = eg.time_to_match(docked().ledger(), by="background")
    row = next(found.table.rows())
    assert [row[name] for name in POINTS][:1] == [0] and np.isnan([row[name] for name in POINTS][1:]).all()
    assert row["note"] == "fewer than half had a delivery; no demand was watched for 30 days"


def test_the_day_of_the_ledger_counts(docked: Docked) -> None:
    """On 2025-02-15 D2 has waited 35 days, D3 14; D1 had its first delivery after 14."""
    found = eg.time_to_match(docked().ledger(day="2025-02-15"))
    assert rows_of(found.table, "median", "within_30", "demands", "matched")[0] == (
        pytest.approx(np.nan, nan_ok=True), pytest.approx(1 / 3), 3, 1
    )  # fmt: skip


def test_a_demand_of_nothing_is_met_at_once(docked: Docked) -> None:
    demands = [("D1", "ada", "hub", "lathe", 0, "hours", "2025-01-01", None)]
    found = eg.time_to_match(docked(DEMANDS=demands).ledger())
    assert rows_of(found.table, "median", "within_7", "matched") == [(0, 1, 1)]


what = st.sampled_from(["lathe", "bench"])
days = st.integers(10, 28).map(lambda day: f"2025-02-{day}")
transfers = st.lists(st.tuples(what, st.integers(0, 9), days), max_size=12)


@given(transfers, st.sampled_from(["whole", "platform", "resource", "category"]))
def test_points_of_a_curve_never_fall(docked: Docked, sent: list[Any], by: Any) -> None:
    rows = [(f"T{n:02}", "acme", "ada", *row[:2], "hours", row[2]) for n, row in enumerate(sent)]
    for row in eg.time_to_match(docked(TRANSFERS=rows).ledger(), by=by).table.rows():
        cells = [row[name] for name in POINTS if not np.isnan(row[name])]
        assert cells == sorted(cells) and row["matched"] <= row["demands"]


@given(transfers)
def test_deliveries_on_the_first_day_match_all_at_once(docked: Docked, sent: list[Any]) -> None:
    """Whatever else is sent."""
    first = [
        ("0", "acme", "ada", "lathe", 99, "hours", "2025-01-01"),
        ("1", "acme", "ada", "lathe", 9, "hours", "2025-01-11"),
    ]
    rows = [(f"T{n:02}", "acme", "ada", *row[:2], "hours", row[2]) for n, row in enumerate(sent)]
    found = eg.time_to_match(docked(TRANSFERS=[*first, *rows]).ledger(), by="background")
    assert rows_of(found.table, "group", "median", "within_7")[1] == ("student", 0, 1)


def test_what_is_said(docked: Docked) -> None:
    found = eg.time_to_match(docked().ledger(), by="category")
    assert found.explain("equipment") == (
        "equipment: 2 of 3 demands have had a delivery; half wait at most 40 days for it; within 7 days 0.0%; within "
        "30 days 33.3%; within 90 days 100.0%; within 365 days 100.0%."
    )
    assert eg.time_to_match(docked().ledger(), by="platform").explain("loft", language="zh") == (
        "loft：1 项需求中有 0 项已得到交付；目前不足半数；7 天内得到交付的占 0.0%。"
    )


def test_wrong_calls_and_nothing_to_tell(docked: Docked) -> None:
    assert len(eg.time_to_match(docked(DEMANDS=[]).ledger())) == 0
    with pytest.raises(ParameterError, match="by='actor'; allowed: whole, category"):
        eg.time_to_match(docked().ledger(), by="actor")
    with pytest.raises(ViewError, match=r"add a table relations/INCUBATES\.csv"):
        eg.time_to_match(docked(INCUBATES=None).ledger(), by="stage")
    for absent in ("DEMANDS", "TRANSFERS"):
        with pytest.raises(ViewError, match=f"add a table relations/{absent}"):
            eg.time_to_match(docked(**{absent: None}).ledger())


def test_data_without_a_day_have_no_waits(docked: Docked) -> None:
    undated = [(*row[:6], None, None) for row in (("D1", "ada", "hub", "lathe", 10, "hours"),)]
    sent = [(*row[:6], None) for row in TRANSFERS]
    found = eg.time_to_match(docked(DEMANDS=undated, TRANSFERS=sent, SUPPLIES=None, INCUBATES=None).ledger())
    assert len(found) == 0 and found.findings.counts()["missing_value"] >= 1
