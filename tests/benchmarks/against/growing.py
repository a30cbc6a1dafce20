"""How time and memory grow from one to ten times as many relations, and what the large network takes from its data."""

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import igraph
import networkit
import numpy as np
from timing import markdown, milliseconds, time_once

import ecograph as eg
from against.row import OURS, Row, Wanted
from against.walking import DAMPING
from against.worlds import World, heavy

ROUNDS = 5
LINEAR = ("degree", "components", "k_core", "pagerank", "hits", "katz", "reciprocity")


def from_data(relations: int) -> Row:
    """View and PageRank: every program starts from the relations in memory."""
    world = heavy(relations, directed=True)
    eco, ends, n = world.eco, np.column_stack((world.sources, world.targets)), world.n
    coordinates = world.sources.astype(np.uint64), world.targets.astype(np.uint64)
    eg.pagerank(eco.network("TRANSFERS"))
    eg.pagerank(heavy(1_000, directed=True).net)
    return Row(
        f"View and PageRank, {world.name}",
        {
            OURS: lambda: eg.pagerank(eco.network("TRANSFERS")),
            "igraph": lambda: igraph.Graph(n, edges=ends, directed=True).pagerank(damping=DAMPING),
            "NetworKit": lambda: (
                networkit.centrality.PageRank(networkit.GraphFromCoo(coordinates, n=n, directed=True), DAMPING, 1e-12)
                .run()
                .scores()
            ),
        },
        (Wanted(("igraph", "NetworKit"), 3, 4),),
        {OURS: lambda result: result["pagerank"], "NetworKit": None},
        runs=1,
        closeness=1e-7,
    )


def growth(relations: int) -> str:
    """A table: processor times at a tenth and at all of the relations, the least of rounds in which all take turns."""
    worlds = [heavy(size, directed=True) for size in (relations // 10, relations)]
    factors = {world.n: float(eg.katz(world.net)["attenuation"][0]) for world in worlds}
    programs: dict[str, Callable[[World], Any]] = {"bare scipy product": _product, "view": lambda world: world.view()}
    programs |= {name: partial(_measured, name) for name in LINEAR}
    programs["katz"] = lambda world: eg.katz(world.net, attenuation=factors[world.n])
    least = {name: [math.inf, math.inf] for name in programs}
    for _ in range(ROUNDS):
        for name, program in programs.items():
            times = [time_once(partial(program, world))[0] for world in worlds]
            least[name] = list(map(min, least[name], times))
    rows = [(name, *map(milliseconds, times), times[1] / times[0]) for name, times in least.items()]
    bare = rows[0][-1]
    cells = [(*row[:-1], f"{row[-1]:.1f}", f"{row[-1] / bare:.2f}") for row in rows]
    head = ("program", f"CPU ms, {relations // 10:,}", f"CPU ms, {relations:,}", "growth", "of the product's")
    return markdown(head, cells)


def _product(world: World) -> Any:
    return world.matrix @ np.ones(world.n)


def _measured(name: str, world: World) -> Any:
    return getattr(eg, name)(world.net)
