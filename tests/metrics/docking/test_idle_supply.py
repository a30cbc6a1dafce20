"""Idle supply: tables by hand, the truth planted in Harbour, laws, and what is said."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ViewError
from tests.metrics.docking.conftest import SUPPLIES, Docked, planted, rows_of

MORE = (
    *SUPPLIES,
    ("S4", "acme", "loft", "lathe", 30, "hours", "2025-01-18", "2025-03-01"),
    ("S5", "zeta", "loft", "bench", 36, "hours", None, None),
    ("S6", "ada", "loft", "room", 0, "m2", "2025-01-01", None),
)


def test_a_table_by_hand(docked: Docked) -> None:
    """S1 is used up; T6 comes when S2 is over; S3 is used up; T2 and T3, but not T1 and T4, are within S4."""
    found = eg.idle_supply(docked(SUPPLIES=MORE).ledger())
    assert rows_of(found.table, "key", "source", "target", "resource", "idle", "supplied", "unit") == [
        ("S5", "zeta", "loft", "bench", 27, 36, "hours"),
        ("S2", "acme", "loft", "bench", 3, 3, "hours"),
        ("S4", "acme", "loft", "lathe", 19, 30, "hours"),
    ]
    assert rows_of(found.table, "available", "since", "state") == [
        (0.75, None, "open"),
        (0, "2025-01-01", "closed"),
        (0, "2025-01-18", "closed"),
    ]


def test_a_transfer_counts_for_every_supply_it_may_be_taken_from(docked: Docked) -> None:
    twice = [("S1", "acme", "hub", "lathe", 30, "hours", "2025-01-01", None), MORE[3]]
    assert rows_of(eg.idle_supply(docked(SUPPLIES=twice).ledger()).table, "key", "idle") == [("S1", 8), ("S4", 19)]


def test_of_a_category_every_resource_counts(docked: Docked) -> None:
    """T6, two hours of a bench, is taken from the lathe hours of S1, of which 22 were delivered."""
    rows = [("S1", "acme", "hub", "lathe", 25, "hours", "2025-01-01", None)]
    for match, idle in (("resource", 3), ("category", 1)):
        assert eg.idle_supply(docked(SUPPLIES=rows).ledger(match))["idle"].tolist() == [idle]


def test_all_and_only_what_is_planted_in_the_dataset() -> None:
    found = eg.idle_supply(eg.dataset("harbour").ledger()).table
    truth = [
        (row["supply"], row["supplier"], row["makerspace"], row["resource"], float(row["idle"]), row["unit"])
        for row in planted("idle_supplies")
    ]
    assert sorted(rows_of(found, "key", "source", "target", "resource", "idle", "unit")) == sorted(truth)


@pytest.mark.parametrize("seed", range(6))
def test_all_and_only_what_is_planted_in_harbour(seed: int) -> None:
    made = eg.harbour(relations=1_000 * (1 + 4 * seed), seed=seed)
    found = eg.idle_supply(made.ecosystem.ledger()).table
    truth = rows_of(made.truth["idle_supplies"], "supply", "supplier", "makerspace", "resource", "idle", "unit")
    assert sorted(rows_of(found, "key", "source", "target", "resource", "idle", "unit")) == sorted(truth)


days = st.integers(1, 60).map(lambda day: (date(2025, 1, 1) + timedelta(day)).isoformat())
who, what = st.sampled_from(["acme", "zeta"]), st.sampled_from(["lathe", "bench"])


@given(
    st.lists(st.tuples(who, what, st.integers(0, 20), days, st.none() | days), max_size=10),
    st.lists(st.tuples(who, what, st.integers(0, 6), days), max_size=20),
    st.randoms(use_true_random=False),
)
def test_it_equals_a_slow_twin_whatever_the_order_of_the_rows(
    docked: Docked, offered: list[Any], sent: list[Any], random: Random
) -> None:
    offered = [row for row in offered if row[4] is None or row[4] > row[3]]
    supplies = [
        (f"S{n:02}", one, "hub", thing, size, "hours", *span) for n, (one, thing, size, *span) in enumerate(offered)
    ]
    came = [(f"T{n:02}", one, "ada", thing, size, "hours", day) for n, (one, thing, size, day) in enumerate(sent)]
    idle = {
        row[0]: row[4]
        - sum(
            size
            for _, one, _, thing, size, _, day in came
            if (one, thing) == (row[1], row[3]) and row[6] <= day and (row[7] is None or day < row[7])
        )
        for row in supplies
    }
    for rows in (supplies, came):
        random.shuffle(rows)
    found = eg.idle_supply(docked(SUPPLIES=supplies, TRANSFERS=came).ledger())
    assert dict(rows_of(found.table, "key", "idle")) == {key: rest for key, rest in idle.items() if rest > 0}
    assert found["state"].tolist() == sorted(found["state"], key=["open", "closed"].index)


def test_tenths_that_are_all_delivered_leave_nothing(docked: Docked) -> None:
    supply = [("S1", "acme", "hub", "lathe", 1.0, "hours", "2025-01-01", None)]
    tenths = [(f"T{day}", "acme", "ada", "lathe", 0.1, "hours", f"2025-02-{day}") for day in range(10, 20)]
    assert sum(row[4] for row in tenths) < 1
    assert len(eg.idle_supply(docked(SUPPLIES=supply, TRANSFERS=tenths).ledger())) == 0


def test_what_is_said(docked: Docked) -> None:
    found = eg.idle_supply(docked(SUPPLIES=MORE).ledger())
    assert found.explained(0) == (
        "zeta supplies 36 hours of bench at loft (still open); 27 hours went to nobody (75.0%)."
    )
    assert found.explained(1, "zh") == (
        "acme 向 loft 供应 bench 共 3 hours（已结束），其中 3 hours 未交付给任何一方（100.0%）。"
    )
    assert found.table.translated("zh").names[6:9] == ("可用比例", "闲置量", "供给量")


def test_nothing_is_idle_where_nothing_is_supplied(docked: Docked) -> None:
    found = eg.idle_supply(docked(SUPPLIES=[]).ledger())
    assert len(found) == 0 and not found.findings


@pytest.mark.parametrize("absent", ["SUPPLIES", "TRANSFERS"])
def test_a_table_that_is_missing_is_named(docked: Docked, absent: str) -> None:
    ledger = docked(**{absent: None}).ledger()
    with pytest.raises(ViewError, match=f"add a table relations/{absent}.csv with source, target, "):
        eg.idle_supply(ledger)
