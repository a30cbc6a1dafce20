"""Networks for the measures of structural holes: the ties that count, in networkx and igraph."""

import math
from typing import Any

import igraph
import networkx as nx
import numpy as np
from numpy.typing import NDArray

from ecograph.ecosystem import Ecosystem
from tests.metrics.centrality.conftest import simple


def ties_that_count(eco: Ecosystem, relation: str, weighted: bool) -> Any:
    """One edge a pair with the sum of its hours, none of a node with itself, and if weighted none without hours."""
    graph = simple(eco, relation, how=sum)
    dropped = [(a, b) for a, b, hours in graph.edges(data="hours") if a == b or (weighted and hours == 0)]
    graph.remove_edges_from(dropped)
    return graph


def by_networkx(measure: Any, graph: Any, weight: str | None) -> dict[Any, float]:
    """A measure of every node by networkx, which leaves out those with arcs in only: of these, with all arcs turned."""
    there = measure(graph, list(graph), weight)
    back = measure(graph.reverse(), list(graph), weight) if graph.is_directed() else there
    return {node: back[node] if math.isnan(there[node]) else there[node] for node in graph}


def in_igraph(graph: Any) -> "igraph.Graph":
    """The same graph in igraph, nodes in the same order."""
    numbers = {node: number for number, node in enumerate(graph)}
    edges = [(numbers[a], numbers[b]) for a, b in graph.edges]
    peer = igraph.Graph(len(numbers), edges, directed=graph.is_directed())
    peer.es["hours"] = [hours for _, _, hours in graph.edges(data="hours")]
    return peer


def costs_to(graph: Any, node: Any, weight: str | None) -> NDArray[np.float64]:
    """What each contact costs a node, by networkx."""
    contacts = sorted(set(nx.all_neighbors(graph, node)))
    return np.array([nx.local_constraint(graph, node, contact, weight) for contact in contacts])
