"""Networks whose best communities are published, and labels given to nodes by hand."""

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx
import pyarrow as pa

import ecograph as eg
from ecograph.views import Network, TwoMode, View
from tests.strategies import GRAPH

EVELYN = "Evelyn Jefferson,Laura Mandeville,Theresa Anderson,Brenda Rogers,Charlotte McDowd,Frances Anderson"
BEST_OF_WOMEN = (
    "Myra Liddel,Katherina Rogers,Sylvia Avondale,Nora Fayette,Helen Lloyd,E10,E12,E13,E14",
    f"{EVELYN},E1,E2,E3,E4,E5,E6",
    "Pearl Oglethorpe,Dorothy Murchison,Olivia Carleton,Flora Price,E9,E11",
    "Eleanor Nye,Ruth DeSand,Verne Sanderson,E7,E8",
)
"""Modules of the Southern women of the largest known modularity, .3455372."""


def tied(graph: "nx.Graph[Any]", strength: str | None = None) -> Network:
    """An undirected graph as makers and ties."""
    ties: dict[str, list[Any]] = {
        "source": [str(one) for one, _ in graph.edges],
        "target": [str(other) for _, other in graph.edges],
    }
    if strength:
        ties["hours"] = [float(value) for _, _, value in graph.edges(data=strength)]
    eco = eg.from_tables({"Maker": {"id": [str(node) for node in graph]}}, {"TIE": ties}, GRAPH)
    return eco.network("TIE", kinds="Actor", **({"strength": "hours"} if strength else {}))


def two_sided(pairs: Iterable[tuple[str, str]]) -> TwoMode:
    """Makers and the projects they join."""
    sources, targets = zip(*pairs, strict=True)
    nodes = {"Maker": {"id": sorted(set(sources))}, "Project": {"id": sorted(set(targets))}}
    joins = {"source": list(sources), "target": list(targets)}
    return eg.from_tables(nodes, {"JOINS": joins}, GRAPH).two_mode("Maker -JOINS-> Project")


def women() -> TwoMode:
    """The Southern women and the events they attended (Davis, Gardner & Gardner 1941)."""
    return two_sided(nx.davis_southern_women_graph().edges)


def labelled(view: View, label_of: Mapping[str, Any]) -> eg.Table:
    """A table that gives nodes, by id, a label."""
    labels = [label_of.get(one) for one in view.nodes.ids.to_pylist()]
    labels = [None if label is None else str(label) for label in labels]
    return eg.Table({"kind": view.nodes.kinds, "id": view.nodes.ids, "value": pa.array(labels, pa.string())})


def grouped(view: View, groups: Iterable[Iterable[str]]) -> eg.Table:
    """A table that gives the nodes of each group its number."""
    return labelled(view, {one: number for number, group in enumerate(groups) for one in group})
