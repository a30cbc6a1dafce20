"""Random walks: PageRank, on a projection too, hubs and authorities, and Katz centrality."""

import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import networkit
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

import ecograph as eg
from against.row import OURS, Row, Wanted, column
from against.worlds import World, heavy, workshop

BARE = "bare scipy loop"
EXPLICIT = "scipy, explicit product"
SCIPY, IGRAPH = Wanted((BARE,), 0.9, 1.3), Wanted(("igraph",), 1.2, 2)
DAMPING = 0.85
CHANGE = 1e-15
"""Sum of all changes at which the bare loops end, as ecograph does."""
Vector = NDArray[np.float64]


def bare_pagerank(matrix: csr_array, jumps: Vector, change: float = CHANGE) -> Vector:
    """PageRank by repeated products; the matrix is given by sources and turned here."""
    sent = np.asarray(matrix.sum(axis=1)).ravel()
    dangling = np.flatnonzero(sent == 0)
    followed = np.divide(DAMPING, sent, out=np.zeros(len(sent)), where=sent > 0)
    arrivals = matrix.T.tocsr()
    shares = jumps
    while True:
        fresh = arrivals @ (shares * followed)
        fresh += (DAMPING * shares[dangling].sum() + 1 - DAMPING) * jumps
        fresh /= fresh.sum()
        moved = np.abs(fresh - shares).sum()
        shares = fresh
        if moved < change:
            return shares


def bare_hits(matrix: csr_array) -> Vector:
    """Authorities by repeated products."""
    back = matrix.T.tocsr()
    shares = np.full(matrix.shape[0], 1 / matrix.shape[0])
    while True:
        fresh = back @ (matrix @ shares)
        fresh /= fresh.sum()
        moved = np.abs(fresh - shares).sum()
        shares = fresh
        if moved < CHANGE:
            return shares


def bare_katz(matrix: csr_array, factor: float) -> Vector:
    """Katz centrality by repeated products."""
    back, sums = matrix.T.tocsr(), np.ones(matrix.shape[0])
    while True:
        fresh = 1 + factor * (back @ sums)
        moved = np.abs(fresh - sums).sum()
        sums = fresh
        if moved < CHANGE * sums.sum():
            return sums


def pagerank(relations: int) -> Row:
    """To every node."""
    world = heavy(relations, directed=True)
    graph = world.networkit
    jumps = np.full(world.n, 1 / world.n)
    peers = {
        "igraph": partial(world.igraph.pagerank, damping=DAMPING),
        "NetworKit": lambda: _networkit_pagerank(graph),
    }
    return _ranked("PageRank", world, partial(eg.pagerank, world.net), jumps, peers)


def _networkit_pagerank(graph: Any) -> Any:
    sinks = networkit.centrality.SinkHandling.DistributeSinks
    return networkit.centrality.PageRank(graph, DAMPING, 1e-12, distributeSinks=sinks).run().scores()


def personalised(relations: int) -> Row:
    """To a hundred nodes."""
    world = heavy(relations, directed=True)
    aims = np.sort(np.random.default_rng(5).choice(world.n, min(100, world.n), replace=False))
    jumps = np.zeros(world.n)
    jumps[aims] = 1 / len(aims)
    peers = {"igraph": partial(world.igraph.personalized_pagerank, damping=DAMPING, reset_vertices=aims.tolist())}
    names = world.net.nodes.ids.take(aims).to_pylist()
    return _ranked("Personalised PageRank", world, partial(eg.pagerank, world.net, aims=names), jumps, peers)


def _ranked(
    title: str, world: World, ours: Callable[[], Any], jumps: Vector, peers: dict[str, Callable[[], Any]]
) -> Row:
    matrix = world.matrix
    return Row(
        f"{title}, {world.name}",
        {OURS: ours, BARE: partial(bare_pagerank, matrix, jumps), **peers},
        (SCIPY, IGRAPH),
        {OURS: column("pagerank")},
        closeness=1e-8,
    )


def hits(relations: int) -> Row:
    """Authorities, and hubs beside them."""
    world = heavy(relations, directed=True)
    warnings.filterwarnings("ignore", "More than 30% of hub")
    return Row(
        f"Hubs and authorities, {world.name}",
        {
            OURS: partial(eg.hits, world.net),
            BARE: partial(bare_hits, world.matrix),
            "igraph": partial(world.igraph.authority_score, scale=False),
        },
        (SCIPY, IGRAPH),
        {OURS: column("authority"), "igraph": lambda found: np.array(found) / sum(found)},
        closeness=1e-8,
    )


def katz(relations: int) -> Row:
    """With half of the largest factor."""
    world = heavy(relations, directed=True)
    factor = float(eg.katz(world.net)["attenuation"][0])
    graph = world.networkit
    return Row(
        f"Katz centrality, {world.name}",
        {
            OURS: partial(eg.katz, world.net, attenuation=factor),
            BARE: partial(bare_katz, world.matrix, factor),
            "NetworKit": lambda: networkit.centrality.KatzCentrality(graph, factor, 1.0, 1e-12).run().scores(),
        },
        (SCIPY,),
        {OURS: lambda result: result["katz"], "NetworKit": None},
    )


def projected(relations: int) -> Row:
    """PageRank of makers tied by the projects they share."""
    given = workshop(relations)
    jumps = np.full(given.makers, 1 / given.makers)

    def explicit() -> Vector:
        ties = (given.matrix @ given.matrix.T).tocsr()
        ties.setdiag(0)
        return bare_pagerank(ties, jumps)

    return Row(
        f"PageRank on a projection, {given.name}",
        {OURS: partial(eg.pagerank, given.view, side="Maker"), EXPLICIT: explicit},
        (Wanted((EXPLICIT,), 20, 28),),
        {OURS: column("pagerank")},
        runs=3,
        closeness=1e-12,
    )
