"""Coverage: tables by hand, a slow twin on Harbour, laws, and what is said."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError, ViewError
from tests.metrics.docking.conftest import TRANSFERS, Docked, rows_of

SHARES = ("by_amount", "by_count", "in_time", "potential")
GROUPS = ("whole", "category", "background", "stage", "platform", "resource")
NONE = None


def shares_of(found: eg.Result) -> dict[str, list[float | None]]:
    """The four shares of each group, None where they are missing."""
    rows = np.column_stack([found[name] for name in SHARES])
    cells = [[None if np.isnan(cell) else pytest.approx(cell, abs=1e-12) for cell in row] for row in rows.tolist()]
    return dict(zip(found["group"].tolist(), cells, strict=True))


def test_a_table_by_hand(docked: Docked) -> None:
    """D1 gets its 10 after 19 days, D2 its 6 after 40; D3 none of 4; D5, without a first day, 2 of 5; D4 400 of 1000.

    Of 20 hours of the lathe demanded all 20 are supplied, of 5 of the bench 3, of 1000 CNY 400.
    """
    found = eg.coverage(docked().ledger())
    assert shares_of(found) == {
        "whole (CNY)": [0.4, 0, 0, 0.4],
        "whole (hours)": [18 / 25, 2 / 4, 1 / 3, 23 / 25],
    }
    assert rows_of(found.table, "demands", "unmet", "demanded", "fulfilled", "unit") == [
        (1, 1, 1000, 400, "CNY"),
        (4, 2, 25, 18, "hours"),
    ]
    assert not found.findings


@pytest.mark.parametrize(
    ("by", "expected", "lost"),
    [
        ("category", {"capital": [0.4, 0, 0, 0.4], "equipment": [18 / 25, 2 / 4, 1 / 3, 23 / 25]}, 0),
        ("resource", {"bench": [0.4, 0, NONE, 0.6], "fund": [0.4, 0, 0, 0.4], "lathe": [0.8, 2 / 3, 1 / 3, 1]}, 0),
        ("background", {"returnee": [0, 0, 0, 1], "student": [1, 1, 1 / 2, 1]}, 2),
        ("stage", {"0": [0.4, 0, 0, 0.4]}, 4),
        (
            "platform",
            {"hub (CNY)": [0.4, 0, 0, 0.4], "hub (hours)": [1, 1, 1 / 2, 1], "loft": [2 / 9, 0, 0, 3 / 9]},
            0,
        ),
    ],
)
def test_groups_by_hand(docked: Docked, by: Any, expected: dict[str, list[float]], lost: int) -> None:
    found = eg.coverage(docked().ledger(), by=by)
    assert shares_of(found) == expected
    assert found.findings.counts() == ({"no_group": lost} if lost else {})


def test_days_say_what_is_in_time(docked: Docked) -> None:
    ledger = docked().ledger(unit="hours")
    timely = {days: eg.coverage(ledger, days=days)["in_time"][0] * 3 for days in (0, 18, 19, 39, 40)}
    assert timely == pytest.approx({0: 0, 18: 0, 19: 1, 39: 1, 40: 2})


def test_one_unit_gives_one_row(docked: Docked) -> None:
    found = eg.coverage(docked().ledger(unit="hours"))
    assert found["group"].tolist() == ["whole"]
    assert found.table.columns["demanded"].unit == "hours"
    assert found.findings.counts() == {"other_unit": 3}


def test_of_a_stage_begun_anew_the_last_counts(docked: Docked) -> None:
    """On 2025-03-01 the hub has the project at stage 0 and the loft, since the day before, at stage 1."""
    spans = [("hub", "kite", "0", "2025-01-01", None), ("loft", "kite", "1", "2025-02-28", "2025-04-01")]
    assert eg.coverage(docked(INCUBATES=spans).ledger(), by="stage")["group"].tolist() == ["1"]
    over = [spans[0], (*spans[1][:4], "2025-03-01")]
    assert eg.coverage(docked(INCUBATES=over).ledger(), by="stage")["group"].tolist() == ["0"]


def holds(row: Any, day: date) -> bool:
    return row["valid_from"] <= day and (row["valid_to"] is None or day < row["valid_to"])


def labeller(made: Any, by: str) -> Callable[[Any], str | None]:
    """Group of a row of DEMANDS."""
    category = dict(rows_of(made.nodes["Resource"], "id", "category"))
    background = dict(rows_of(made.nodes["Maker"], "id", "background"))
    spells = made.relations["INCUBATES"].to_pylist()

    def stage(demand: Any) -> str | None:
        held = [one for one in spells if one["target"] == demand["source"] and holds(one, demand["valid_from"])]
        return str(max(held, key=lambda one: one["valid_from"])["stage"]) if held else None

    ways: dict[str, Callable[[Any], str | None]] = {
        "whole": lambda _: "whole",
        "category": lambda row: category[row["resource"]],
        "background": lambda row: background.get(row["source"]),
        "stage": stage,
        "platform": lambda row: row["target"],
        "resource": lambda row: row["resource"],
    }
    return ways[by]


def waits(demands: list[Any], transfers: list[Any]) -> tuple[dict[str, float], dict[str, int]]:
    """What came for each demand, and days until it was filled whole."""
    came: dict[str, float] = defaultdict(float)
    filled: dict[str, int] = {}
    queue = sorted(demands, key=lambda row: (row["valid_from"], row["key"]))
    for sent in sorted(transfers, key=lambda row: (row["at"], row["key"])):
        wanting = [row for row in queue if (row["source"], row["resource"]) == (sent["target"], sent["resource"])]
        waiting = [row for row in wanting if holds(row, sent["at"]) and row["key"] not in filled]
        if waiting:
            key = waiting[0]["key"]
            came[key] += sent["amount"]
            if came[key] >= waiting[0]["amount"]:
                filled[key] = (sent["at"] - waiting[0]["valid_from"]).days
    return came, filled


def slowly(made: Any, by: str, days: int) -> dict[tuple[str, str], list[float]]:
    """The definition in words, row by row: four shares of each group and unit."""
    demands, supplies = (made.relations[name].to_pylist() for name in ("DEMANDS", "SUPPLIES"))
    came, filled = waits(demands, made.relations["TRANSFERS"].to_pylist())
    scope = ("resource", "target") if by == "platform" else ("resource",)
    wanted, offered = (Counter[Any](), Counter[Any]())
    for totals, rows in ((wanted, demands), (offered, supplies)):
        for row in rows:
            totals[tuple(row[name] for name in scope)] += row["amount"]
    label, sums = labeller(made, by), defaultdict(lambda: np.zeros(6))
    for row in demands:
        thing, amount = tuple(row[name] for name in scope), row["amount"]
        possible = amount * min(offered[thing], wanted[thing]) / wanted[thing]
        wait = filled.get(row["key"], 10**6)
        sums[label(row), row["unit"]] += min(came[row["key"]], amount), wait < 10**6, wait <= days, possible, amount, 1
    return {
        (group, unit): [fulfilled / amount, met / n, timely / n, possible / amount]
        for (group, unit), (fulfilled, met, timely, possible, amount, n) in sums.items()
        if group is not None
    }


@pytest.mark.parametrize("by", GROUPS)
@pytest.mark.parametrize("seed", [1, 2])
def test_it_equals_a_slow_twin(by: Any, seed: int) -> None:
    made = eg.harbour(relations=2_000, seed=seed)
    found = eg.coverage(made.ecosystem.ledger(), by=by, days=20)
    twin = slowly(made, by, 20)
    times = Counter(label for label, _ in twin)
    named = {f"{label} ({unit})" if times[label] > 1 else label: shares for (label, unit), shares in twin.items()}
    assert set(found["group"]) == set(named)
    for row in found.table.rows():
        assert [row[name] for name in SHARES] == pytest.approx(named[row["group"]], abs=1e-12)


what = st.sampled_from(["lathe", "bench"])
days = st.integers(10, 28).map(lambda day: f"2025-02-{day}")
transfers = st.lists(st.tuples(what, st.integers(0, 9), days), max_size=12)


@given(transfers, st.tuples(what, st.integers(0, 9), days))
def test_one_delivery_more_never_lowers_it(docked: Docked, sent: list[Any], more: Any) -> None:
    rows = [(f"T{n:02}", "acme", "ada", *row[:2], "hours", row[2]) for n, row in enumerate([*sent, more])]
    before, after = (eg.coverage(docked(TRANSFERS=part).ledger(unit="hours")) for part in (rows[:-1], rows))
    for name in (*SHARES, "fulfilled"):
        assert after[name][0] >= before[name][0]
    assert after["unmet"][0] <= before["unmet"][0]


@given(st.permutations(TRANSFERS))
def test_the_order_of_rows_does_not_matter(docked: Docked, rows: list[Any]) -> None:
    assert eg.coverage(docked(TRANSFERS=rows).ledger()) == eg.coverage(docked().ledger())


@pytest.mark.parametrize("by", GROUPS)
def test_groups_add_up_to_the_whole(by: Any) -> None:
    ledger = eg.dataset("harbour").ledger()
    whole, found = eg.coverage(ledger), eg.coverage(ledger, by=by)
    lost = found.findings.counts().get("no_group", 0)
    assert found["demands"].sum() + lost == whole["demands"].sum() == len(ledger.demands)
    if not lost:
        assert found["unmet"].sum() == whole["unmet"].sum() == len(eg.unmet_demand(ledger))
        assert found["fulfilled"].sum() == whole["fulfilled"].sum()


def test_what_is_missing_has_a_note(docked: Docked) -> None:
    bare = [("D1", "ada", "hub", "lathe", 0, "hours", None, None)]
    found = eg.coverage(docked(DEMANDS=bare, SUPPLIES=None).ledger())
    assert found["note"].tolist() == ["nothing is demanded; no demand has a first day"]
    assert shares_of(found) == {"whole": [None, 1, None, None]}
    unsupplied = eg.coverage(docked(SUPPLIES=None).ledger(), by="stage")
    assert unsupplied["note"].tolist() == ["the data have no supplies"] and np.isnan(unsupplied["potential"][0])
    assert eg.coverage(docked(SUPPLIES=[]).ledger(), by="stage")["potential"].tolist() == [0]


def test_without_demands_there_is_no_group(docked: Docked) -> None:
    for by in GROUPS:
        assert len(eg.coverage(docked(DEMANDS=[]).ledger(), by=by)) == 0  # type: ignore[arg-type]  # one of the words


def test_what_is_said(docked: Docked) -> None:
    found = eg.coverage(docked().ledger())
    assert found.explain("whole (hours)") == (
        "all demands: 2 of 4 demands are met whole, and of 25 hours demanded 18 hours have come (72.0%). Within "
        "30 days 33.3% were met. What is supplied could meet 92.0% of the amount."
    )
    assert eg.coverage(docked().ledger(), by="category").explain("capital", language="zh") == (
        "资金：1 项需求中有 0 项完全满足；共需求 1,000 CNY，已到位 400 CNY（40.0%）。30 天内满足的占 0.0%。"
        "按供给总量，最多可满足需求量的 40.0%。"
    )
    bench = eg.coverage(docked(SUPPLIES=None).ledger(), by="resource").explain("bench")
    assert bench == "bench: 0 of 1 demands are met whole, and of 5 hours demanded 2 hours have come (40.0%)."


def test_wrong_calls(docked: Docked) -> None:
    ledger = docked().ledger()
    with pytest.raises(ParameterError, match="days=-1; it must be at least 0"):
        eg.coverage(ledger, days=-1)
    with pytest.raises(ParameterError, match="by='actor'; allowed: whole, category"):
        eg.coverage(ledger, by="actor")
    with pytest.raises(ViewError, match=r"add a table relations/INCUBATES\.csv"):
        eg.coverage(docked(INCUBATES=None).ledger(), by="stage")
    for absent in ("DEMANDS", "TRANSFERS"):
        with pytest.raises(ViewError, match=f"add a table relations/{absent}"):
            eg.coverage(docked(**{absent: None}).ledger())
    with pytest.raises(ParameterError, match=r"eco\.ledger"):
        eg.coverage(docked().records())


def test_a_schema_without_backgrounds() -> None:
    rows = {"source": ["trio"], "target": ["hub"], "resource": ["lathe"], "amount": [1.0], "unit": ["hours"]}
    given_rows = {**rows, "source": ["acme"], "target": ["trio"], "at": ["2025-01-01"]}
    nodes = {"Team": ["trio"], "Enterprise": ["acme"], "Makerspace": ["hub"], "Resource": ["lathe"]}
    eco = eg.from_tables({kind: {"id": ids} for kind, ids in nodes.items()}, {"DEMANDS": rows, "TRANSFERS": given_rows})
    with pytest.raises(UnknownNameError, match="no attribute of these nodes 'background'"):
        eg.coverage(eco.ledger(), by="background")
    found = eg.coverage(eco.ledger())
    assert (found["by_amount"][0], found["note"][0]) == (1, "the data have no supplies; no demand has a first day")
    assert len(eg.coverage(eco.ledger(), by="category")) == 0
