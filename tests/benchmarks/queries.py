"""Every shipped query on the embedded engine: the copy built from a snapshot, opened from the cache, and asked.

`python tests/benchmarks/queries.py` prints a Markdown table, and which of its times are above their limits.
"""

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from timing import machine, markdown, time_once, versions

import ecograph as eg
from ecograph import packs
from ecograph.cypher.embedded import Embedded
from ecograph.cypher.gate import check
from ecograph.ecosystem import Ecosystem

RELATIONS = (100_000, 1_000_000)
RUNS = 3
ROWS = 10_000_000
BUILT, OPENED = "built from a snapshot, kept in the cache", "opened from the cache"
LIMITS = {BUILT: (12.0, 12.0), OPENED: (1.0, 1.0)}
ASKED = (2.0, 10.0)
"""Seconds that a query may take at each size."""


def main() -> None:
    found = [measured(relations) for relations in RELATIONS]
    print("## Queries on the embedded engine\n")
    print(f"{machine()}; {versions('kglite', 'pyarrow')}. Seconds of wall time, the least of {RUNS} runs; each query")
    print("with its defaults. At both sizes the copy holds every relation of the tables, counted kind by kind.\n")
    rows = [(name, *(f"{one[name]:.2f}" for one in found)) for name in found[0]]
    print(markdown(("what", *(f"{relations:,} relations" for relations in RELATIONS)), rows))
    late = [name for name in found[0] if any(one[name] > most for one, most in zip(found, limits(name), strict=True))]
    print(
        f"\nAbove its limit: {', '.join(late) or 'nothing'}. Limits are 12 s to build and 1 s to open a copy, and for"
    )
    print("a query 2 s at 100,000 relations and 10 s at 1,000,000.")


def limits(name: str) -> tuple[float, float]:
    return LIMITS.get(name, ASKED)


def measured(relations: int) -> dict[str, float]:
    """Seconds of building, of opening and of every query."""
    with TemporaryDirectory() as place:
        folder, cache = Path(place) / "tables", Path(place) / "copies"
        eg.write(eg.harbour(relations=relations).ecosystem, folder)
        seconds = {
            BUILT: least(partial(built, folder, cache)),
            OPENED: least(partial(opened, folder, cache)),
        }
        os.environ["ECOGRAPH_CACHE"] = str(cache)
        eco = eg.read(folder)
        counted(eco, Embedded(eco.content))
        for name in packs.names():
            seconds[name] = least(partial(packs.query(name).run, eco, timeout=600, max_rows=ROWS))
    return seconds


def least(program: Callable[[], Any]) -> float:
    return min(time_once(program)[1] for _ in range(RUNS))


def built(folder: Path, cache: Path) -> Embedded:
    shutil.rmtree(cache, ignore_errors=True)
    return opened(folder, cache)


def opened(folder: Path, cache: Path) -> Embedded:
    return Embedded(eg.read(folder).content, cache)


def counted(eco: Ecosystem, copy: Embedded) -> None:
    """Refuse to go on with a copy that lost a relation."""
    for name, table in eco.content.relations.items():
        directed = eco.schema.relation(name).directed
        statement = check(f"MATCH ()-[r:{name}]-{'>' * directed}() RETURN count(r) AS many", eco.schema)
        many = copy.run(statement)["many"][0] // (1 if directed else 2)
        if many != table.num_rows:
            raise RuntimeError(f"{name}: {many:,} of {table.num_rows:,} relations are in the copy")


if __name__ == "__main__":
    main()
