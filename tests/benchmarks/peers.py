"""The measures of ecograph against igraph, NetworKit, scikit-network and scipy, on the same seeded ecosystems.

`python tests/benchmarks/peers.py` prints Markdown tables at 20,000 relations, `--size 1000000` those at a million, and
`pagerank hits` these rows alone. Every program starts from its own network in memory.
"""

import argparse
from functools import partial
from typing import Any

import networkit
from against import growing, pieces, shortest, walking
from timing import machine, versions

SMALL, PROMISED = 20_000, 1_000_000
"""Relations unless asked for more, and those of which a speed is promised."""
SHARES = {"betweenness": 10, "closeness": 10, "harmonic": 10, "betweenness_far": 100, "harmonic_far": 100}
"""Rows of all pairs of nodes have fewer relations, by these factors."""
ROWS: dict[str, Any] = {
    "betweenness_from_some": shortest.some_between,
    "betweenness": shortest.between,
    "betweenness_far": partial(shortest.between, far=True),
    "closeness": shortest.closeness,
    "harmonic": shortest.harmonic,
    "harmonic_far": partial(shortest.harmonic, far=True),
    "pagerank": walking.pagerank,
    "personalised": walking.personalised,
    "hits": walking.hits,
    "katz": walking.katz,
    "projection": walking.projected,
    "components": pieces.components,
    "k_core": pieces.k_core,
    "clustering": pieces.clustering,
    "constraint": pieces.constraint,
    "from_data": growing.from_data,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rows", nargs="*", choices=[*ROWS, "growth", []], help="rows to run; all if none is named")
    parser.add_argument("--size", type=int, default=SMALL, help="relations; ten times as many where growth is told")
    chosen = parser.parse_args()
    networkit.setNumberOfThreads(1)
    print("## Measures of networks\n")
    packages = ("ecograph", "numpy", "scipy", "igraph", "networkit", "scikit-network")
    print(f"{machine()}; {versions(*packages)}.")
    print("Heavy-tailed networks; peers on one thread. Medians of runs taken in turns, after a warm-up in which all")
    print("programs gave the same answer unless said.")
    for name in chosen.rows or [*ROWS, "growth"]:
        if name == "growth":
            print(f"\n### From {chosen.size:,} relations to ten times as many\n\n{growing.growth(10 * chosen.size)}")
        else:
            factor = 10 if name == "from_data" else 1 / SHARES.get(name, 1)
            ROWS[name](int(chosen.size * factor)).show(judged=chosen.size == PROMISED)


if __name__ == "__main__":
    main()
