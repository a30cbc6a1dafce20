"""Critical suppliers: a table by hand, who else supplies, laws, and what is said."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ViewError
from tests.metrics.docking.conftest import SUPPLIES, TRANSFERS, Docked, rows_of

COLUMNS = ("supplier", "key", "demands", "lost", "share", "alternatives")


def test_a_table_by_hand(docked: Docked) -> None:
    """T1 and T2 fill D1, T3 fills D2, all three of acme, who alone supplies the lathe; D3 to D5 are unmet already."""
    found = eg.critical_supplier(docked().ledger())
    assert rows_of(found.table, *COLUMNS) == [("acme", "D1", 2, 10, 1, 0), ("acme", "D2", 2, 6, 1, 0)]
    assert rows_of(found.table, "source", "target", "resource", "unit", "supplier_kind")[0] == (
        "ada", "hub", "lathe", "hours", "Enterprise"
    )  # fmt: skip


def test_two_who_fill_a_demand_together_are_both_critical(docked: Docked) -> None:
    """Without zeta's T1 of 7, T2 and T3 of acme fill D1 of 10 and D2 of 6 gets nothing; without acme D1 has 7."""
    sent = [("T1", "zeta", *TRANSFERS[0][2:]), *TRANSFERS[1:]]
    found = eg.critical_supplier(docked(TRANSFERS=sent).ledger())
    assert rows_of(found.table, *COLUMNS) == [
        ("acme", "D1", 2, 3, pytest.approx(0.3), 0),
        ("acme", "D2", 2, 6, 1, 0),
        ("zeta", "D2", 1, 6, 1, 1),
    ]


def test_what_was_left_over_fills_in(docked: Docked) -> None:
    """A delivery of zeta that came too late for a need takes the place of that of acme."""
    demands = [("D1", "ada", "hub", "lathe", 5, "hours", "2025-01-01", None)]
    sent = [
        ("T1", "acme", "ada", "lathe", 5, "hours", "2025-01-15"),
        ("T2", "zeta", "ada", "lathe", 5, "hours", "2025-01-20"),
    ]
    assert len(eg.critical_supplier(docked(DEMANDS=demands, TRANSFERS=sent).ledger())) == 0
    short = [sent[0], (*sent[1][:4], 4, *sent[1][5:])]
    found = eg.critical_supplier(docked(DEMANDS=demands, TRANSFERS=short).ledger())
    assert rows_of(found.table, "supplier", "lost") == [("acme", 1)]


def test_others_count_once_while_their_supply_is_open_and_never_the_demander(docked: Docked) -> None:
    more = (
        *SUPPLIES,
        ("S4", "zeta", "loft", "lathe", 1, "hours", "2025-01-01", None),
        ("S5", "zeta", "hub", "lathe", 1, "hours", "2025-01-01", None),
        ("S6", "ada", "hub", "lathe", 1, "hours", "2025-01-01", None),
        ("S7", "bo", "hub", "lathe", 1, "hours", "2025-01-01", "2025-02-01"),
        ("S8", "bo", "hub", "lathe", 1, "days", "2025-01-01", None),
    )
    for day, others in ((None, 1), ("2025-01-31", 2)):
        found = eg.critical_supplier(docked(SUPPLIES=more).ledger(day=day))
        assert found["alternatives"].tolist() == [others] * len(found) and len(found)


def test_those_nobody_could_take_over_stand_first(docked: Docked) -> None:
    demands = [
        ("D1", "ada", "hub", "lathe", 5, "hours", "2025-01-01", None),
        ("D2", "ada", "hub", "bench", 5, "hours", "2025-01-01", None),
    ]
    sent = [(f"T{n}", "acme", "ada", row[3], 5, "hours", "2025-01-15") for n, row in enumerate(demands)]
    more = (*SUPPLIES, ("S4", "zeta", "hub", "lathe", 1, "hours", "2025-01-01", None))
    found = eg.critical_supplier(docked(DEMANDS=demands, TRANSFERS=sent, SUPPLIES=more).ledger())
    assert rows_of(found.table, "key", "alternatives") == [("D2", 0), ("D1", 1)]


what, who = st.sampled_from(["lathe", "bench"]), st.sampled_from(["acme", "zeta", "bo"])
days = st.integers(10, 28).map(lambda day: f"2025-02-{day}")
transfers = st.lists(st.tuples(who, what, st.integers(0, 9), days), max_size=12)


@given(transfers)
def test_what_is_met_rests_on_somebody_or_on_several(docked: Docked, sent: list[Any]) -> None:
    """Only demands met whole have rows; one whose deliveries are all of one giver, and no other gave the thing, has."""
    rows = [(f"T{n:02}", row[0], "ada", row[1], row[2], "hours", row[3]) for n, row in enumerate(sent)]
    ledger = docked(TRANSFERS=rows).ledger()
    unmet = set(eg.unmet_demand(ledger)["key"].tolist())
    found = eg.critical_supplier(ledger)
    assert not unmet & set(found["key"])
    givers = {row[0] for row in sent if row[1] == "lathe"}
    if len(givers) == 1:
        assert {"D1", "D2"} - unmet <= set(found["key"])


def test_what_is_said(docked: Docked) -> None:
    found = eg.critical_supplier(docked().ledger())
    assert found.explained(0) == (
        "Without acme, ada would be short of 10 hours of lathe at hub (100.0% of the demand); nobody else supplies it. "
        "In all the loss of acme leaves 2 demands unmet."
    )
    more = (*SUPPLIES, ("S4", "zeta", "hub", "lathe", 1, "hours", "2025-01-01", None))
    assert eg.critical_supplier(docked(SUPPLIES=more).ledger()).explained(1, "zh") == (
        "若失去 acme，ada 在 hub 对 lathe 的需求将缺少 6 hours（占需求量的 100.0%）；另有 1 个供应方提供该资源。"
        "失去 acme 共使 2 项需求得不到满足。"
    )


def test_tables_that_are_missing(docked: Docked) -> None:
    found = eg.critical_supplier(docked(SUPPLIES=None).ledger())
    assert np.isnan(found["alternatives"]).all() and set(found["note"]) == {"the data have no supplies"}
    assert "supplies it" not in found.explained(0)
    assert len(eg.critical_supplier(docked(DEMANDS=[]).ledger())) == 0
    for absent in ("DEMANDS", "TRANSFERS"):
        with pytest.raises(ViewError, match=f"add a table relations/{absent}"):
            eg.critical_supplier(docked(**{absent: None}).ledger())
