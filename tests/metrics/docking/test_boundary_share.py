"""Boundary share: a table by hand, a slow twin on random moves, laws, and what is said."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

import ecograph as eg
from ecograph.errors import ViewError
from tests.metrics.docking.conftest import rows_of

NODES: dict[str, dict[str, list[Any]]] = {
    "Maker": {"id": ["ada", "bo", "cy"]},
    "Enterprise": {"id": ["acme"]},
    "Makerspace": {"id": ["hub", "loft"]},
    "Resource": {"id": ["fund", "lathe"], "category": ["capital", "equipment"]},
}
SETTLED = [
    ("ada", "hub", "2025-01-01", None),
    ("bo", "hub", "2025-01-01", "2025-02-01"),
    ("bo", "loft", "2025-02-01", None),
]
MOVES = [
    ("acme", "ada", "lathe", 6.0, "hours", "2025-01-10"),
    ("ada", "bo", "lathe", 2.0, "hours", "2025-01-31"),
    ("ada", "bo", "lathe", 1.0, "hours", "2025-02-01"),
    ("hub", "ada", "lathe", 3.0, "hours", "2025-02-03"),
    ("bo", "acme", "fund", 500.0, "CNY", "2025-03-01"),
    ("acme", "cy", "lathe", 99.0, "hours", "2025-03-02"),
]


def made(moves: Any = MOVES, settled: Any = SETTLED) -> eg.Ecosystem:
    tables = {
        "TRANSFERS": (("source", "target", "resource", "amount", "unit", "at"), moves),
        "SETTLED_IN": (("source", "target", "valid_from", "valid_to"), settled),
    }
    columns = {
        name: {one: [row[place] for row in rows] for place, one in enumerate(names)}
        for name, (names, rows) in tables.items()
        if rows
    }
    return eg.from_tables(NODES, columns)


def test_a_table_by_hand() -> None:
    """6 hours came in to the hub, 2 stayed while bo was a member, 1 went out once he had moved; the hub gave ada 3."""
    found = eg.boundary_share(made().ledger())
    assert rows_of(found.table, "group", "makerspace", "inward", "outward", "inside", "unit") == [
        ("hub", "hub", 6, 1, 5, "hours"),
        ("loft (CNY)", "loft", 0, 500, 0, "CNY"),
        ("loft (hours)", "loft", 1, 0, 0, "hours"),
    ]
    assert found["boundary_share"].tolist() == [7 / 12, 1, 1]
    assert eg.boundary_share(made().ledger(unit="hours")).table.columns["inward"].unit == "hours"


ACTORS = ("ada", "bo", "cy", "acme", "hub", "loft")


def drawn(random: np.random.Generator) -> tuple[list[Any], list[Any]]:
    """Random moves, and spans of the makers in the makerspaces."""
    days = [date(2025, 1, 1) + timedelta(day) for day in random.integers(0, 50, 50).tolist()]
    settled = [
        (
            *(str(random.choice(part)) for part in (ACTORS[:3], ACTORS[4:])),
            day,
            day + timedelta(int(random.integers(1, 30))),
        )
        for day in days[: random.integers(1, 8)]
    ]
    moves = []
    for day in days[: random.integers(1, 45) : -1]:
        giver, taker = random.choice(ACTORS, 2, replace=False).tolist()
        thing, unit = random.choice([("lathe", "hours"), ("fund", "CNY")]).tolist()
        moves.append((giver, taker, thing, float(random.integers(0, 9)), unit, day))
    return moves, settled


def test_it_equals_a_slow_twin(rounds: Callable[[int, int], int]) -> None:
    for seed in range(rounds(30, 300)):
        moves, settled = drawn(np.random.default_rng(seed))
        sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        for giver, taker, _, amount, unit, at in moves:
            for hub in ("hub", "loft"):
                members = {hub, *(who for who, where, start, stop in settled if where == hub and start <= at < stop)}
                if {giver, taker} & members:
                    sums[hub, unit][(giver in members) + 2 * (taker in members) - 1] += amount
        found = eg.boundary_share(made(moves, settled).ledger())
        names = ("makerspace", "unit", "outward", "inward", "inside")
        assert {row[:2]: list(row[2:]) for row in rows_of(found.table, *names)} == sums
        shares = found["boundary_share"]
        totals = found["inward"] + found["outward"] + found["inside"]
        assert (np.isnan(shares) == (totals == 0)).all()
        assert np.nan_to_num(shares * totals) == pytest.approx(found["inward"] + found["outward"])


def test_in_two_rows_a_member_counts_once_and_amounts_of_nothing_have_no_share() -> None:
    twice = [*SETTLED, SETTLED[0]]
    assert eg.boundary_share(made(settled=twice).ledger()).table == eg.boundary_share(made().ledger()).table
    found = eg.boundary_share(made([("acme", "ada", "lathe", 0.0, "hours", "2025-01-10")]).ledger())
    assert np.isnan(found["boundary_share"][0]) and found["note"].tolist() == ["nothing moved"]
    assert found.explained(0).startswith("hub: of 0 hours that its members gave or got, 0 crossed its boundary: 0 came")


def test_what_is_said() -> None:
    found = eg.boundary_share(made().ledger())
    assert found.explain("hub") == (
        "hub: of 12 hours that its members gave or got, 7 crossed its boundary (58.3%): 6 came in and 1 went out."
    )
    assert found.explain("loft (CNY)", language="zh") == (
        "loft：成员给出或得到的 500 CNY 中，有 500 跨越平台边界（100.0%）：流入 0，流出 500。"
    )


def test_tables_that_are_missing() -> None:
    with pytest.raises(ViewError, match=r"add a table relations/SETTLED_IN\.csv"):
        eg.boundary_share(made(settled=None).ledger())
    with pytest.raises(ViewError, match=r"add a table relations/TRANSFERS\.csv"):
        eg.boundary_share(made(moves=None).ledger())
    assert len(eg.boundary_share(made([("acme", "cy", "lathe", 1.0, "hours", "2025-01-10")]).ledger())) == 0
