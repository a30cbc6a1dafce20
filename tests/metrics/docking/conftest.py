"""A small makerspace by hand, and tables of what is demanded, supplied and delivered in it."""

import csv
from collections.abc import Callable, Sequence
from typing import Any

import pytest

import ecograph as eg
from ecograph.datasets import folder

ROWS = {
    "DEMANDS": ("key", "source", "target", "resource", "amount", "unit", "valid_from", "valid_to"),
    "SUPPLIES": ("key", "source", "target", "resource", "amount", "unit", "valid_from", "valid_to"),
    "TRANSFERS": ("key", "source", "target", "resource", "amount", "unit", "at"),
    "INCUBATES": ("source", "target", "stage", "valid_from", "valid_to"),
}
NODES = {
    "Maker": {"id": ["ada", "bo"], "background": ["student", "returnee"]},
    "Team": {"id": ["trio"]},
    "Project": {"id": ["kite"]},
    "Enterprise": {"id": ["acme", "zeta"]},
    "Makerspace": {"id": ["hub", "loft"]},
    "Resource": {
        "id": ["bench", "fund", "lathe", "room"],
        "category": ["equipment", "capital", "equipment", None],
    },
}
DEMANDS = (
    ("D1", "ada", "hub", "lathe", 10, "hours", "2025-01-01", None),
    ("D2", "ada", "hub", "lathe", 6, "hours", "2025-01-11", None),
    ("D3", "bo", "loft", "lathe", 4, "hours", "2025-02-01", "2025-03-01"),
    ("D4", "kite", "hub", "fund", 1000, "CNY", "2025-03-01", None),
    ("D5", "trio", "loft", "bench", 5, "hours", None, None),
)
SUPPLIES = (
    ("S1", "acme", "hub", "lathe", 20, "hours", "2025-01-01", None),
    ("S2", "acme", "loft", "bench", 3, "hours", "2025-01-01", "2025-02-01"),
    ("S3", "zeta", "hub", "fund", 400, "CNY", "2025-01-01", None),
)
TRANSFERS = (
    ("T1", "acme", "ada", "lathe", 7, "hours", "2025-01-15"),
    ("T2", "acme", "ada", "lathe", 5, "hours", "2025-01-20"),
    ("T3", "acme", "ada", "lathe", 6, "hours", "2025-02-20"),
    ("T4", "acme", "bo", "lathe", 4, "hours", "2025-03-01"),
    ("T5", "zeta", "kite", "fund", 400, "CNY", "2025-03-31"),
    ("T6", "acme", "trio", "bench", 2, "hours", "2025-02-10"),
    ("T7", "zeta", "ada", "bench", 9, "hours", "2025-04-10"),
)
INCUBATES = (("hub", "kite", "-1", "2025-01-01", "2025-02-15"), ("hub", "kite", "0", "2025-02-15", None))
TABLES = {"DEMANDS": DEMANDS, "SUPPLIES": SUPPLIES, "TRANSFERS": TRANSFERS, "INCUBATES": INCUBATES}

Docked = Callable[..., eg.Ecosystem]
Rows = list[tuple[Any, ...]]


def rows_of(table: Any, *names: str) -> Rows:
    """Rows of some columns."""
    return list(zip(*(eg.Table(table).arrow(name).to_pylist() for name in names), strict=True))


def planted(name: str) -> list[dict[str, str]]:
    """Rows of a truth table of the dataset."""
    with (folder("harbour") / "truth" / f"{name}.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def docked() -> Docked:
    """Make the makerspace, with other rows where they are given by relation kind; None leaves a table out."""

    def make(**tables: Sequence[Sequence[Any]] | None) -> eg.Ecosystem:
        made = {
            relation: {name: [row[place] for row in rows] for place, name in enumerate(ROWS[relation])}
            for relation, rows in (TABLES | tables).items()
            if rows is not None
        }
        return eg.from_tables(NODES, made)

    return make
