"""Groups of makers year by year, by hand."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from ecograph.views import Network, Series, TwoMode
from tests.strategies import GRAPH

Years = Sequence[Mapping[str, Any]]
"""Of each year, the group of each maker that has one."""


def ecosystem(years: Years) -> Ecosystem:
    """Makers, and a tie of one with itself each year."""
    makers = sorted({maker for groups in years for maker in groups} | {"a"})
    ties = {"source": ["a"] * len(years), "target": ["a"] * len(years), "at": days(years)}
    return eg.from_tables({"Maker": {"id": makers}}, {"TIE": ties}, GRAPH)


def days(years: Sequence[Any]) -> list[str]:
    return [f"{2001 + number}-01-01" for number in range(len(years))]


def series(years: Years) -> Series[Network]:
    """A network of each year."""
    return ecosystem(years).slices(every="year").network("TIE")


def table(years: Years) -> eg.Table:
    """The groups as a table with slices."""
    rows = [
        (day, maker, str(group)) for day, own in zip(days(years), years, strict=True) for maker, group in own.items()
    ]
    return eg.Table(
        {
            "slice": [day for day, *_ in rows],
            "kind": ["Maker"] * len(rows),
            "id": [maker for _, maker, _ in rows],
            "group": [group for *_, group in rows],
        }
    )


def year(*groups: str) -> dict[str, int]:
    """Makers of one letter each, in groups."""
    return {maker: number for number, group in enumerate(groups) for maker in group}


def scottish(reference: Path) -> Series[TwoMode]:
    """Directors and their companies in five periods, which stand for years in a row (Scott & Hughes 1980)."""
    with (reference / "scottish_interlocks" / "edges.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    periods = sorted({row["period"] for row in rows})
    joins = {
        "source": [row["director"] for row in rows],
        "target": [row["company"] for row in rows],
        "at": [days(periods)[periods.index(row["period"])] for row in rows],
    }
    nodes = {"Maker": {"id": sorted({*joins["source"]})}, "Project": {"id": sorted({*joins["target"]})}}
    whole = eg.from_tables(nodes, {"JOINS": joins}, GRAPH)
    return whole.slices(every="year").two_mode("Maker -JOINS-> Project")


def grouped(partitions: eg.Result) -> list[dict[Any, int]]:
    """Of each slice, the community of each node, the smallest node first."""
    found: dict[Any, dict[Any, int]] = {}
    for row in partitions.table.rows():
        found.setdefault(row["slice"], {})[row["kind"], row["id"]] = row["community"]
    return list(found.values())
