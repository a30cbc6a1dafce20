"""What a network falls into, and what closes it: components, cores, clustering and constraint."""

from functools import partial
from typing import Any

import networkit
import numpy as np
import sknetwork
from scipy.sparse import csgraph, csr_matrix

import ecograph as eg
from against.row import OURS, Row, Wanted, column
from against.worlds import heavy

WANTED = (Wanted(("igraph", "NetworKit", "scikit-network", "scipy"), 1 / 1.1, 1 / 0.7),)


def sizes(labels: Any) -> Any:
    """Size of each node's component, whatever the numbers of components."""
    return np.bincount(labels)[np.asarray(labels)]


def components(relations: int) -> Row:
    """Weak components of a directed network, as large as each node's."""
    world = heavy(relations, directed=True)
    graph, matrix, other = world.networkit, world.matrix, csr_matrix(world.matrix)
    return Row(
        f"Components, {world.name}",
        {
            OURS: partial(eg.components, world.net),
            "igraph": lambda: world.igraph.connected_components(mode="weak").membership,
            "NetworKit": lambda: networkit.components.WeaklyConnectedComponents(graph).run().getPartition().getVector(),
            "scikit-network": lambda: sknetwork.topology.get_connected_components(other, connection="weak"),
            "scipy": lambda: csgraph.connected_components(matrix, connection="weak")[1],
        },
        WANTED,
        {OURS: column("size")} | dict.fromkeys(("igraph", "NetworKit", "scikit-network", "scipy"), sizes),
    )


def k_core(relations: int) -> Row:
    """Core numbers of a network without direction."""
    world = heavy(relations, directed=False)
    graph, matrix = world.networkit, csr_matrix(world.matrix)
    return Row(
        f"Core numbers, {world.name}",
        {
            OURS: partial(eg.k_core, world.net),
            "igraph": world.igraph.coreness,
            "NetworKit": lambda: networkit.centrality.CoreDecomposition(graph).run().scores(),
            "scikit-network": lambda: sknetwork.topology.get_core_decomposition(matrix),
        },
        WANTED,
        {OURS: column("core")},
    )


def clustering(relations: int) -> Row:
    """Local clustering of a network without direction."""
    world = heavy(relations, directed=False)
    graph = world.networkit
    graph.indexEdges()
    return Row(
        f"Local clustering, {world.name}",
        {
            OURS: partial(eg.clustering, world.net),
            "igraph": partial(world.igraph.transitivity_local_undirected, mode="zero"),
            "NetworKit": lambda: networkit.centrality.LocalClusteringCoefficient(graph, True).run().scores(),
        },
        WANTED,
        {OURS: lambda result: np.nan_to_num(result["clustering"])},
        runs=3,
    )


def constraint(relations: int) -> Row:
    """Burt's constraint in a network without direction."""
    world = heavy(relations, directed=False)
    return Row(
        f"Constraint, {world.name}",
        {OURS: partial(eg.constraint, world.net), "igraph": world.igraph.constraint},
        (Wanted(("igraph",), 1 / 1.1, 1 / 0.7),),
        {OURS: lambda result: np.nan_to_num(result["constraint"]), "igraph": np.nan_to_num},
        runs=3,
    )
