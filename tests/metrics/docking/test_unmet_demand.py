"""Unmet demand: a table by hand, the truth planted in Harbour, a slow twin, and what is said."""

from datetime import date, timedelta
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ViewError
from tests.metrics.docking.conftest import TRANSFERS, Docked, planted, rows_of


def test_a_table_by_hand(docked: Docked) -> None:
    """T1 + T2 fill D1 with 2 left over, T3 fills D2; T4 comes on the day D3 is over; D4 and D5 get a part.

    The last day in the data is 2025-04-10: D4 has been open 40 days; nobody knows of D5; D3 is no longer open.
    """
    found = eg.unmet_demand(docked().ledger())
    assert rows_of(
        found.table, "key", "source_kind", "source", "target", "resource", "missing", "demanded", "unit"
    ) == [
        ("D4", "Project", "kite", "hub", "fund", 600, 1000, "CNY"),
        ("D5", "Team", "trio", "loft", "bench", 3, 5, "hours"),
        ("D3", "Maker", "bo", "loft", "lathe", 4, 4, "hours"),
    ]
    assert found["days"][0] == 40 and np.isnan(found["days"][1:]).all()
    assert rows_of(found.table, "since", "state", "note") == [
        ("2025-03-01", "open", None),
        (None, "open", "no first day"),
        ("2025-02-01", "closed", "closed"),
    ]
    assert set(found["relation"]) == {"DEMANDS"} and set(found["target_kind"]) == {"Makerspace"}


def test_the_day_of_the_ledger_counts(docked: Docked) -> None:
    """By 2025-02-10 T3 and T4 have not come; on 2025-02-28 D3 is still open."""
    early = eg.unmet_demand(docked().ledger(day="2025-02-10"))
    assert rows_of(early.table, "key", "missing", "state") == [("D2", 6, "open"), ("D3", 4, "open"), ("D5", 3, "open")]
    assert early["days"][:2].tolist() == [30, 9]


def test_a_delivery_of_the_category_may_do(docked: Docked) -> None:
    """T7, a bench for ada, fills nothing of hers by resource; by category it comes after D1 and D2 were filled."""
    made = docked(TRANSFERS=[row for row in TRANSFERS if row[0] in ("T1", "T2", "T7")])
    assert "D2" in eg.unmet_demand(made.ledger())["key"]
    assert "D2" not in eg.unmet_demand(made.ledger("category"))["key"]


def test_all_and_only_what_is_planted_in_the_dataset() -> None:
    found = eg.unmet_demand(eg.dataset("harbour").ledger()).table
    truth = [
        (row["demand"], row["demander"], row["makerspace"], row["resource"], float(row["missing"]), row["unit"])
        for row in planted("unmet_demands")
    ]
    assert sorted(rows_of(found, "key", "source", "target", "resource", "missing", "unit")) == sorted(truth)


@pytest.mark.parametrize("seed", range(6))
def test_all_and_only_what_is_planted_in_harbour(seed: int) -> None:
    made = eg.harbour(relations=1_000 * (1 + 4 * seed), seed=seed)
    found = eg.unmet_demand(made.ecosystem.ledger()).table
    truth = rows_of(made.truth["unmet_demands"], "demand", "demander", "makerspace", "resource", "missing", "unit")
    assert sorted(rows_of(found, "key", "source", "target", "resource", "missing", "unit")) == sorted(truth)


def test_who_has_waited_longest_stands_first() -> None:
    found = eg.unmet_demand(eg.dataset("harbour").ledger())
    assert set(found["state"]) == {"open"}
    assert found["days"].tolist() == sorted(found["days"], reverse=True)
    first = date.fromisoformat(found["since"][0])
    assert (date(2025, 12, 31) - first).days == found["days"][0]


days = st.integers(1, 60).map(lambda day: (date(2025, 1, 1) + timedelta(day)).isoformat())
who, what = st.sampled_from(["ada", "bo"]), st.sampled_from(["lathe", "bench"])
demands = st.lists(st.tuples(who, what, st.integers(0, 9), days, st.none() | days), max_size=10)
transfers = st.lists(st.tuples(who, what, st.integers(0, 6), days), max_size=20)


@given(demands, transfers, st.randoms(use_true_random=False))
def test_it_equals_a_slow_twin_whatever_the_order_of_the_rows(
    docked: Docked, asked: list[Any], sent: list[Any], random: Random
) -> None:
    asked = [row for row in asked if row[4] is None or row[4] > row[3]]
    open_rows = [
        (f"D{n:02}", one, "hub", thing, size, "hours", *span) for n, (one, thing, size, *span) in enumerate(asked)
    ]
    came = [(f"T{n:02}", "acme", one, thing, size, "hours", day) for n, (one, thing, size, day) in enumerate(sent)]
    missing = {row[0]: float(row[4]) for row in open_rows}
    for _, _, one, thing, size, _, day in sorted(came, key=lambda row: (row[6], row[0])):
        fits = [
            row
            for row in sorted(open_rows, key=lambda row: (row[6], row[0]))
            if (row[1], row[3]) == (one, thing) and row[6] <= day and (row[7] is None or day < row[7])
            if missing[row[0]] > 0
        ]
        if fits:
            missing[fits[0][0]] -= min(size, missing[fits[0][0]])
    for rows in (open_rows, came):
        random.shuffle(rows)
    found = eg.unmet_demand(docked(DEMANDS=open_rows, TRANSFERS=came).ledger())
    assert dict(rows_of(found.table, "key", "missing")) == {key: rest for key, rest in missing.items() if rest}


def test_what_is_said(docked: Docked) -> None:
    found = eg.unmet_demand(docked().ledger())
    assert found.explained(0) == (
        "kite demands 1,000 CNY of fund at hub (first day 2025-03-01, still open); 600 CNY are missing."
    )
    assert found.explained(1) == (
        "trio demands 5 hours of bench at loft (first day unknown, still open); 3 hours are missing."
    )
    assert found.explained(2, "zh") == (
        "bo 在 loft 提出对 lathe 的需求 4 hours（提出日期 2025-02-01，已关闭），尚缺 4 hours。"
    )
    assert found.table.translated("zh").names[6:9] == ("已开放天数", "缺口", "需求量")


def test_nothing_is_unmet_where_nothing_is_demanded(docked: Docked) -> None:
    found = eg.unmet_demand(docked(DEMANDS=[]).ledger())
    assert len(found) == 0
    assert found.table.names[:2] == ("relation", "key") and not found.findings


@pytest.mark.parametrize("absent", ["DEMANDS", "TRANSFERS"])
def test_a_table_that_is_missing_is_named(docked: Docked, absent: str) -> None:
    ledger = docked(**{absent: None}).ledger()
    with pytest.raises(ViewError, match=f"add a table relations/{absent}.csv with source, target, "):
        eg.unmet_demand(ledger)


def test_each_slice_has_its_own_rows(docked: Docked) -> None:
    """In the second quarter only T7 is delivered, and it is nothing anyone demanded; D3 is over."""
    found = eg.unmet_demand(docked().slices(every="quarter").ledger())
    keys = {day: found["key"][found["slice"].astype(str) == day].tolist() for day in ("2025-01-01", "2025-04-01")}
    assert keys == {"2025-01-01": ["D4", "D5", "D3"], "2025-04-01": ["D1", "D2", "D4", "D5"]}
