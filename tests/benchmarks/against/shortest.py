"""Shortest paths: betweenness, closeness and harmonic centrality."""

from collections.abc import Callable
from functools import partial
from typing import Any

import networkit
import numpy as np

import ecograph as eg
from against.row import OURS, Program, Row, Wanted, column, on_threads
from against.worlds import World, heavy

PEERS = ("igraph", "NetworKit")
BETWEEN = (Wanted(PEERS, 5, 8),)
NEAR = (Wanted(PEERS, 20, 30),)
SOURCES = 256
TWO = f"{OURS}, 2 threads"


def both(program: Program) -> dict[str, Program]:
    """Ecograph on one thread and on two."""
    return {OURS: on_threads(1, program), TWO: on_threads(2, program)}


def scores(run: Any) -> Any:
    """What NetworKit found."""
    return np.array(run.scores())


def some_between(relations: int) -> Row:
    """From the same sources; NetworKit draws as many of its own, so that its answer is another."""
    world = heavy(relations, directed=False)
    count = min(SOURCES, world.n // 2)
    drawn = np.random.default_rng(0).choice(world.n, count, replace=False)  # as the seed 0 of ecograph does
    others = np.full(world.n, count)
    others[drawn] -= 1
    second = world.networkit
    return Row(
        f"Betweenness from {count} sources, {world.name}",
        {
            **both(partial(eg.betweenness, world.net, sources=count)),
            "igraph": partial(world.igraph.betweenness, sources=sorted(drawn.tolist())),
            "NetworKit, other sources": lambda: networkit.centrality.EstimateBetweenness(second, count).run(),
        },
        BETWEEN,
        {
            OURS: column("betweenness"),
            TWO: column("betweenness"),
            "igraph": lambda found: np.array(found) / others * (world.n - 1),
            "NetworKit, other sources": None,
        },
        runs=1,
    )


def between(relations: int, *, far: bool = False) -> Row:
    """Exact; by distances too."""
    world = heavy(relations, directed=False)
    net, second = (world.far, world.networkit_far) if far else (world.net, world.networkit)
    weights = "distance" if far else None
    return Row(
        f"Betweenness of all{' by distances' * far}, {world.name}",
        {
            **both(partial(eg.betweenness, net)),
            "igraph": partial(world.igraph.betweenness, weights=weights),
            "NetworKit": lambda: networkit.centrality.Betweenness(second).run(),
        },
        () if far else BETWEEN,
        {OURS: column("betweenness"), TWO: column("betweenness"), "NetworKit": lambda run: scores(run) / 2},
        runs=1,
    )


def closeness(relations: int) -> Row:
    """Of every node, divided by the share it reaches as NetworKit does."""
    world = heavy(relations, directed=False)
    second = world.networkit
    kind = networkit.centrality.ClosenessVariant.GENERALIZED
    return _near(
        "Closeness",
        world,
        partial(eg.closeness, world.net),
        partial(world.igraph.closeness),
        lambda: networkit.centrality.Closeness(second, False, kind).run(),
        ("wasserman_faust", lambda found: np.nan_to_num(found) * _reached(world)),
    )


def _reached(world: World) -> Any:
    """Share of the others that each node reaches."""
    sizes = eg.components(world.net)["size"]
    return (sizes - 1) / (world.n - 1)


def harmonic(relations: int, *, far: bool = False) -> Row:
    """Of every node; by distances too."""
    world = heavy(relations, directed=False)
    net, second = (world.far, world.networkit_far) if far else (world.net, world.networkit)
    return _near(
        f"Harmonic centrality{' by distances' * far}",
        world,
        partial(eg.harmonic, net),
        partial(world.igraph.harmonic_centrality, weights="distance" if far else None),
        lambda: networkit.centrality.HarmonicCloseness(second, False).run(),
        ("harmonic", lambda found: np.array(found) * (world.n - 1)),
        () if far else NEAR,
    )


def _near(
    title: str,
    world: World,
    ours: Program,
    first: Program,
    second: Program,
    answers: tuple[str, Callable[[Any], Any]],
    wanted: tuple[Wanted, ...] = NEAR,
) -> Row:
    name, read = answers
    return Row(
        f"{title} of all, {world.name}",
        {**both(ours), "igraph": first, "NetworKit": second},
        wanted,
        {OURS: column(name), TWO: column(name), "igraph": read, "NetworKit": scores},
        runs=1,
    )
