"""Docking: planted unmet demands, idle supplies and makers who do both, against a slow allocation."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from ecograph.generate.harbour import Harbour

Row = Mapping[str, Any]


def holds(row: Row, day: date) -> bool:
    return row["valid_from"] <= day and (row["valid_to"] is None or day < row["valid_to"])


def delivered(made: Harbour) -> dict[str, float]:
    """What each demand gets: every delivery goes to the earliest-started open unfilled demand for its resource."""
    waiting: dict[tuple[str, str], list[Row]] = defaultdict(list)
    demands = made.relations["DEMANDS"].to_pylist()
    for demand in sorted(demands, key=lambda row: (row["valid_from"], row["key"])):
        waiting[demand["source"], demand["resource"]].append(demand)
    given = dict.fromkeys((demand["key"] for demand in demands), 0.0)
    for delivery in sorted(made.relations["TRANSFERS"].to_pylist(), key=lambda row: (row["at"], row["key"])):
        for demand in waiting[delivery["target"], delivery["resource"]]:
            if holds(demand, delivery["at"]) and given[demand["key"]] < demand["amount"]:
                given[demand["key"]] += delivery["amount"]
                break
    return given


def test_unmet_demands_are_all_and_only_those_planted(made: Harbour) -> None:
    given = delivered(made)
    missing = {
        row["key"]: (row["source"], row["target"], row["resource"], row["amount"] - given[row["key"]], row["unit"])
        for row in made.relations["DEMANDS"].to_pylist()
        if row["amount"] - min(row["amount"], given[row["key"]]) > 0
    }
    planted = {
        row["demand"]: (row["demander"], row["makerspace"], row["resource"], row["missing"], row["unit"])
        for row in made.truth["unmet_demands"].to_pylist()
    }
    assert planted == missing
    assert len(planted) >= 6


def test_no_delivery_is_larger_than_what_is_missing(made: Harbour) -> None:
    given = delivered(made)
    assert all(given[row["key"]] <= row["amount"] for row in made.relations["DEMANDS"].to_pylist())


def test_unmet_demands_are_still_open(made: Harbour) -> None:
    unmet = set(made.truth["unmet_demands"].column("demand").to_pylist())
    rows = [row for row in made.relations["DEMANDS"].to_pylist() if row["key"] in unmet]
    assert all(holds(row, date(2025, 12, 31)) for row in rows)


def test_the_traps_are_set(made: Harbour) -> None:
    """Open demands of one demander for one resource, deliveries that come too early, and demands met in part."""
    rows = made.relations["DEMANDS"].to_pylist()
    twice = {pair for pair, count in Counter((row["source"], row["resource"]) for row in rows).items() if count > 1}
    unmet = {row["demand"]: row["missing"] for row in made.truth["unmet_demands"].to_pylist()}
    assert any((row["source"], row["resource"]) in twice for row in rows if row["key"] in unmet)
    assert any(unmet.get(row["key"], row["amount"]) < row["amount"] for row in rows)
    assert any(unmet.get(row["key"]) == row["amount"] for row in rows)
    first = {}
    for row in rows:
        pair = row["source"], row["resource"]
        first[pair] = min(first.get(pair, row["valid_from"]), row["valid_from"])
    deliveries = made.relations["TRANSFERS"].to_pylist()
    assert any(row["at"] < first.get((row["target"], row["resource"]), row["at"]) for row in deliveries)


def test_idle_supplies_are_all_and_only_those_planted(made: Harbour) -> None:
    moved = defaultdict(list)
    for row in made.relations["TRANSFERS"].to_pylist():
        moved[row["source"], row["resource"]].append(row)
    idle = {}
    for row in made.relations["SUPPLIES"].to_pylist():
        used = sum(one["amount"] for one in moved[row["source"], row["resource"]] if holds(row, one["at"]))
        assert used <= row["amount"]
        if row["amount"] - used > 0:
            idle[row["key"]] = (row["source"], row["target"], row["resource"], row["amount"] - used, row["unit"])
    planted = {
        row["supply"]: (row["supplier"], row["makerspace"], row["resource"], row["idle"], row["unit"])
        for row in made.truth["idle_supplies"].to_pylist()
    }
    assert planted == idle
    assert 0 < len(planted) < made.relations["SUPPLIES"].num_rows


def test_nothing_is_supplied_demanded_or_moved_in_no_amount(made: Harbour) -> None:
    for relation in ("SUPPLIES", "DEMANDS", "TRANSFERS"):
        assert min(made.relations[relation].column("amount").to_pylist()) > 0


def test_dual_makers_are_all_and_only_those_planted(made: Harbour) -> None:
    makers = set(made.nodes["Maker"].column("id").to_pylist())
    sources = [set(made.relations[name].column("source").to_pylist()) for name in ("SUPPLIES", "DEMANDS")]
    assert set(made.truth["dual_makers"].column("maker").to_pylist()) == makers & sources[0] & sources[1]


def test_makers_projects_and_teams_demand(made: Harbour) -> None:
    kinds = {source.split("-")[0] for source in made.relations["DEMANDS"].column("source").to_pylist()}
    assert kinds == {"maker", "project", "team"}


def test_money_crosses_the_boundary_and_goes_round(made: Harbour) -> None:
    money = [row for row in made.relations["TRANSFERS"].to_pylist() if row["unit"] == "CNY"]
    routes = {(row["source"].split("-")[0], row["target"].split("-")[0]) for row in money}
    assert {("market", "maker"), ("maker", "market"), ("bureau", "makerspace"), ("maker", "enterprise")} <= routes
