"""Davis, Gardner and Gardner's women and events, with their published centralities, and networks for peers."""

import csv
from pathlib import Path
from typing import Any, NamedTuple

import networkx as nx
import pytest

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from ecograph.views import TwoMode
from tests.strategies import GRAPH, Made, made, networkx_of


class Women(NamedTuple):
    """The two-mode view, and what was published of each woman and event."""

    view: TwoMode
    published: dict[str, dict[str, float]]

    def of(self, column: str) -> dict[str, float]:
        """One published column by name."""
        return {name: row[column] for name, row in self.published.items()}


@pytest.fixture(scope="session")
def women(reference: Path) -> Women:
    """Who went to which of 14 events."""
    folder = reference / "published_tables"
    with (folder / "southern_women_edges.csv").open() as file:
        pairs = [(row["woman"], row["event"]) for row in csv.DictReader(file)]
    with (folder / "southern_women_two_mode_centrality.csv").open() as file:
        rows = {row["node"]: row for row in csv.DictReader(file)}
    nodes = {"Maker": {"id": sorted({one for one, _ in pairs})}, "Project": {"id": sorted({one for _, one in pairs})}}
    joins = {"source": [one for one, _ in pairs], "target": [one for _, one in pairs]}
    view = eg.from_tables(nodes, {"JOINS": joins}, GRAPH).two_mode("Maker -JOINS-> Project")
    columns = ("bipartite_degree", "bipartite_betweenness", "bipartite_closeness")
    return Women(view, {name: {column: float(row[column]) for column in columns} for name, row in rows.items()})


@pytest.fixture(scope="session")
def padgett(reference: Path) -> dict[str, dict[str, str]]:
    """Centralities of Padgett's families as sna (R) has them."""
    with (reference / "published_tables" / "florentine_centrality_sna.csv").open() as file:
        return {row["family"]: row for row in csv.DictReader(file)}


def in_eighths(seed: int, **options: Any) -> Made:
    """A made ecosystem whose hours are above 0 and exact in binary: sums of them are equal where they should be."""
    tables = made(seed, **options)
    relations = {
        name: {**rows, "hours": [(int(8 * hours) % 8 + 1) / 8 for hours in rows["hours"]]}
        for name, rows in tables.relations.items()
    }
    return Made(tables.nodes, relations)


def simple(eco: Ecosystem, relation: str, how: Any = min) -> Any:
    """The relations in networkx, one edge a pair, with `how` of the hours of parallel ones as `hours`."""
    many = networkx_of(eco, relation)
    graph = nx.DiGraph() if many.is_directed() else nx.Graph()
    graph.add_nodes_from(many)
    hours: dict[Any, list[float]] = {}
    for one, other, data in many.edges(data=True):
        ends = (one, other) if many.is_directed() else tuple(sorted((one, other)))
        hours.setdefault(ends, []).append(data["hours"])
    for ends, values in hours.items():
        graph.add_edge(*ends, hours=how(values))
    return graph
