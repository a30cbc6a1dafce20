"""Docking by brute force: random ledgers as plain rows, and what comes of them, row by row."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np

import ecograph as eg

Row = Mapping[str, Any]

FIRST = date(2025, 1, 1)
NODES: dict[str, dict[str, list[Any]]] = {
    "Maker": {"id": ["ada", "bo", "cy"], "background": ["student", "returnee", None]},
    "Team": {"id": ["trio"]},
    "Enterprise": {"id": ["acme", "zeta"]},
    "Makerspace": {"id": ["hub", "loft"]},
    "Project": {"id": ["kite", "lamp"]},
    "Resource": {"id": ["bench", "fund", "lathe"], "category": ["equipment", "capital", "equipment"]},
}
UNITS = {"bench": "hours", "lathe": "hours", "fund": "CNY"}
DEMANDERS = {"ada": "Maker", "bo": "Maker", "cy": "Maker", "trio": "Team", "kite": "Project", "lamp": "Project"}
SUPPLIERS = {"acme": "Enterprise", "zeta": "Enterprise", "ada": "Maker"}


@dataclass(frozen=True)
class Book:
    """Rows of a random ledger; each row a mapping, days as dates, None for an open end or an unknown day."""

    demands: list[Row]
    supplies: list[Row]
    transfers: list[Row]
    incubates: list[Row]
    ecosystem: eg.Ecosystem = field(repr=False)


def book(seed: int) -> Book:
    """A random ledger: some 20 demands and supplies, 60 transfers, of few things, so that they compete."""
    random = np.random.default_rng(seed)

    def day(latest: int = 90) -> date:
        return FIRST + timedelta(int(random.integers(0, latest)))

    def claim(number: int, prefix: str, who: Mapping[str, str]) -> Row:
        start = None if random.random() < 0.1 else day()
        stop = (start or FIRST) + timedelta(int(random.integers(1, 60))) if random.random() < 0.4 else None
        return one(number, prefix, who) | {
            "target_kind": "Makerspace",
            "target": str(random.choice(["hub", "loft"])),
            "valid_from": start,
            "valid_to": stop,
        }

    def one(number: int, prefix: str, who: Mapping[str, str]) -> dict[str, Any]:
        source, resource = str(random.choice(list(who))), str(random.choice(list(UNITS)))
        return {
            "key": f"{prefix}{number:03}",
            "source_kind": who[source],
            "source": source,
            "resource": resource,
            "amount": float(random.integers(0, 8)),
            "unit": UNITS[resource],
        }

    def transfer(number: int) -> Row:
        target = str(random.choice(list(DEMANDERS)))
        return one(number, "T", SUPPLIERS) | {"target_kind": DEMANDERS[target], "target": target, "at": day(120)}

    def spell() -> Row:
        start, host = day(), str(random.choice(["hub", "loft"]))
        return {
            "source": host,
            "target": str(random.choice(["kite", "lamp"])),
            "stage": str(random.choice(["-1", "0", "1"])),
            "valid_from": start,
            "valid_to": start + timedelta(int(random.integers(1, 60))),
        }

    rows = {
        "DEMANDS": [claim(number, "D", DEMANDERS) for number in range(random.integers(1, 25))],
        "SUPPLIES": [claim(number, "S", SUPPLIERS) for number in range(random.integers(1, 15))],
        "TRANSFERS": [row for row in map(transfer, range(random.integers(1, 80))) if row["source"] != row["target"]],
        "INCUBATES": [spell() for _ in range(3)],
    }
    shuffled = {name: [list_[place] for place in random.permutation(len(list_))] for name, list_ in rows.items()}
    tables = {
        name: {column: [row[column] for row in list_] for column in list_[0]}
        for name, list_ in shuffled.items()
        if list_
    }
    return Book(*rows.values(), eg.from_tables(NODES, tables))


def holds(row: Row, day: date | None) -> bool:
    """Whether a span holds a day; a day nobody knows lies before all others."""
    if day is None:
        return row["valid_from"] is None
    return (row["valid_from"] or date.min) <= day and (row["valid_to"] is None or day < row["valid_to"])


def thing(row: Row, match: str) -> str:
    """What is matched."""
    return category(row["resource"]) if match == "category" else row["resource"]


def category(resource: str) -> str:
    table = NODES["Resource"]
    return str(table["category"][table["id"].index(resource)])


@dataclass(frozen=True)
class Outcome:
    """What came for each demand, the days of the deliveries it had, and what of each supply nobody got."""

    came: dict[str, float]
    days: dict[str, list[date]]
    filled: dict[str, date | None]
    idle: dict[str, float]


def outcome(book: Book, match: Literal["resource", "category"] = "resource", without: str = "") -> Outcome:
    """Give every transfer, one after the other, to the first demand in line for it; one source may be left out."""
    line = sorted(book.demands, key=lambda row: (row["valid_from"] or date.min, row["key"]))
    sent = sorted(book.transfers, key=lambda row: (row["at"], row["key"]))
    came = {row["key"]: 0.0 for row in line}
    days: dict[str, list[date]] = defaultdict(list)
    filled = {row["key"]: row["valid_from"] for row in line if not row["amount"]}
    for one in sent:
        if one["source"] == without:
            continue
        for row in line:
            same = (row["source"], thing(row, match), row["unit"]) == (one["target"], thing(one, match), one["unit"])
            if same and holds(row, one["at"]) and came[row["key"]] < row["amount"]:
                came[row["key"]] += one["amount"]
                days[row["key"]].append(one["at"])
                if came[row["key"]] >= row["amount"]:
                    filled[row["key"]] = one["at"]
                break
    idle = {
        supply["key"]: supply["amount"]
        - sum(
            one["amount"]
            for one in sent
            if (one["source"], thing(one, match), one["unit"])
            == (supply["source"], thing(supply, match), supply["unit"])
            and holds(supply, one["at"])
        )
        for supply in book.supplies
    }
    fulfilled = {row["key"]: min(came[row["key"]], row["amount"]) for row in line}
    return Outcome(fulfilled, days, filled, {key: rest for key, rest in idle.items() if rest > 0})


def labeller(book: Book, by: str) -> Callable[[Row], str | None]:
    """Group of a demand."""
    background = dict(zip(NODES["Maker"]["id"], NODES["Maker"]["background"], strict=True))

    def stage(row: Row) -> str | None:
        spells = [one for one in book.incubates if one["target"] == row["source"] and row["valid_from"]]
        held = [one for one in spells if holds(one, row["valid_from"])]
        return str(max(held, key=lambda one: one["valid_from"])["stage"]) if held else None

    ways: dict[str, Callable[[Row], str | None]] = {
        "whole": lambda _: "whole",
        "category": lambda row: category(row["resource"]),
        "background": lambda row: background.get(row["source"]),
        "stage": stage,
        "platform": lambda row: row["target"],
        "resource": lambda row: row["resource"],
    }
    return ways[by]


def coverage(book: Book, by: str, match: Literal["resource", "category"], days: int) -> dict[tuple[str, str], Any]:
    """Shares of each group and unit: by amount, by count, in time (None without a dated demand), and potential."""
    found = outcome(book, match)

    def scope(row: Row) -> tuple[str, ...]:
        return (thing(row, match), row["unit"], row["target"] if by == "platform" else "")

    wanted, offered = Counter[Any](), Counter[Any]()
    for row in book.demands:
        wanted[scope(row)] += row["amount"]
    for row in book.supplies:
        offered[scope(row)] += row["amount"]
    parts: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in book.demands:
        if (group := labeller(book, by)(row)) is not None:
            parts[group, row["unit"]].append(row)

    def shares(rows: list[Row]) -> list[float | None]:
        amount = sum(row["amount"] for row in rows)
        dated = [row for row in rows if row["valid_from"]]
        ends = [(row["valid_from"], found.filled.get(row["key"])) for row in dated]
        timely = [one for one in ends if one[1] and (one[1] - one[0]).days <= days]
        possible = sum(
            row["amount"] * min(offered[scope(row)], wanted[scope(row)]) / wanted[scope(row)]
            for row in rows
            if row["amount"]
        )
        return [
            sum(found.came[row["key"]] for row in rows) / amount if amount else None,
            sum(row["key"] in found.filled for row in rows) / len(rows),
            len(timely) / len(dated) if dated else None,
            possible / amount if amount else None,
        ]

    return {group: shares(rows) for group, rows in parts.items()}
