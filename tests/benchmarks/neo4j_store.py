"""An ecosystem into a Neo4j server and out of it, against the plain driver in a loop.

`python tests/benchmarks/neo4j_store.py` prints Markdown tables; `--size 200000` takes fewer relations than a million.
The plain driver is that without its compiled codec; it sends the same rows in the same keyed MERGE, in batches of the
size at which it did best.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

PASSWORD = "benchmark-only"
BATCHES = (2_000, 5_000, 10_000)
TRIED = 20_000
"""Relations with which the size of a batch is chosen."""
READS = 3
"""The last one counts: a server compiles what it is asked again."""
NODES = "UNWIND $rows AS row MERGE (n:Node {key: row.key}) SET n += row.properties"
RELATIONS = (
    "UNWIND $rows AS row MATCH (a:Node {key: row.source}) MATCH (b:Node {key: row.target}) "
    "MERGE (a)-[r:TRANSFERS {key: row.key}]->(b) SET r += row.properties"
)
ROW_WISE = "MATCH (a:Node)-[r:TRANSFERS]->(b:Node) RETURN a.key, b.key, r.key, r.at, r.amount, r.unit"


def ecosystem(relations: int) -> Any:
    """Nodes a tenth of the relations, of two kinds; parallel relations, dates, amounts and units."""
    import ecograph as eg

    random = np.random.default_rng(1)
    n = relations // 20
    ids = pa.array([f"{number:07}" for number in range(n)])
    nodes = {kind: {"id": ids, "name": [f"{kind} {one}" for one in range(n)]} for kind in ("Maker", "Enterprise")}
    moved = {
        "source_kind": pa.repeat("Enterprise", relations),
        "source": ids.take(pa.array(random.integers(0, n, relations))),
        "target_kind": pa.repeat("Maker", relations),
        "target": ids.take(pa.array(random.integers(0, n, relations))),
        "at": pa.array(random.integers(18_000, 20_000, relations).astype(np.int32)).cast(pa.date32()),
        "amount": np.round(random.exponential(100, relations), 2),
        "unit": pa.repeat("CNY", relations),
    }
    return eg.from_tables(nodes, {"TRANSFERS": moved})


def ours(eco: Any, address: str) -> dict[str, float]:
    """Seconds in which ecograph writes and reads."""
    import ecograph as eg

    warm = ecosystem(TRIED)
    eg.write(warm, address, ecosystem="warm-up", password=PASSWORD)
    eg.read(address, ecosystem="warm-up", password=PASSWORD)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    eg.write(eco, address, ecosystem="one", password=PASSWORD)
    write = time.perf_counter() - started
    for _ in range(READS):
        started = time.perf_counter()
        back = eg.read(address, ecosystem="one", password=PASSWORD)
        read = time.perf_counter() - started
    if back != eco:
        raise SystemExit("what was read is not what was written")
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {"write": write, "read": read, "batch": 10_000, "MiB": more / 1024}


def loop(eco: Any, address: str) -> dict[str, float]:
    """Seconds in which a loop with the plain driver, without its compiled codec, writes and reads row by row."""
    sys.modules["neo4j._rust"] = None  # type: ignore[assignment]  # as if it were not installed
    from neo4j import GraphDatabase

    nodes, relations = plain_rows(eco)
    with GraphDatabase.driver(address, auth=("neo4j", PASSWORD)) as driver, driver.session(database="neo4j") as session:

        def send(text: str, rows: list[Any], batch: int) -> float:
            started = time.perf_counter()
            for start in range(0, len(rows), batch):
                session.execute_write(lambda one, part: one.run(text, rows=part).consume(), rows[start : start + batch])
            return time.perf_counter() - started

        session.run("CREATE CONSTRAINT node FOR (n:Node) REQUIRE n.key IS UNIQUE").consume()
        seconds = send(NODES, nodes, 5_000)
        send(RELATIONS, relations[:TRIED], 5_000)
        tried = relations[TRIED : (1 + len(BATCHES)) * TRIED]
        taken = {
            batch: send(RELATIONS, tried[place * TRIED : (place + 1) * TRIED], batch)
            for place, batch in enumerate(BATCHES)
        }
        best = min(taken, key=lambda batch: taken[batch])
        rest = relations[(1 + len(BATCHES)) * TRIED :]
        seconds += send(RELATIONS, rest, best) * len(relations) / len(rest)
        for _ in range(READS):
            started = time.perf_counter()
            n_read = sum(1 for _ in session.run(ROW_WISE))
            read = time.perf_counter() - started
    if n_read != len(relations):
        raise SystemExit("the loop lost relations")
    return {"write": seconds, "read": read, "batch": best, "MiB": float("nan")}


def plain_rows(eco: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows as a loop sends them; to make them is no part of its time."""
    nodes = [
        {"key": f"{kind}/{row['id']}", "properties": {**row, "kind": kind}}
        for kind in eco.kinds
        for row in eco.nodes(kind).rows()
    ]
    relations = [
        {
            "source": f"{row['source_kind']}/{row['source']}",
            "target": f"{row['target_kind']}/{row['target']}",
            "key": row["key"],
            "properties": {name: row[name] for name in ("at", "amount", "unit")},
        }
        for row in eco.relations("TRANSFERS").rows()
    ]
    return nodes, relations


def measured(program: str, size: int) -> dict[str, float]:
    """What a program needs, in a process of its own and on a server of its own."""
    from tests.server.running import Server

    server = Server("lts", PASSWORD, heap="1g", cache="256m", quick=False)
    try:
        server.start()
        command = [sys.executable, __file__, "--size", str(size), "--program", program, "--address", server.address]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    finally:
        server.stop()
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Write into Neo4j and read back.")
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--program", choices=("ours", "loop"))
    parser.add_argument("--address")
    asked = parser.parse_args()
    if asked.program:
        program = ours if asked.program == "ours" else loop
        print(json.dumps(program(ecosystem(asked.size), asked.address)))
        return
    from timing import machine, markdown, versions

    found = {program: measured(program, asked.size) for program in ("loop", "ours")}
    rows = asked.size + asked.size // 10
    print("## Neo4j\n")
    print(f"{machine()}; Neo4j 5.26 LTS, heap 1 GiB; {versions('neo4j', 'neo4j-rust-ext')}. One run each.")
    print(
        f"{asked.size // 10:,} nodes and {asked.size:,} relations; the loop is a keyed MERGE, each on a fresh server.\n"
    )
    cells = [
        (name, f"{one['batch']:,.0f}", f"{one['write']:,.1f}", f"{rows / one['write']:,.0f}", f"{one['read']:,.1f}")
        for name, one in (("plain driver, row by row", found["loop"]), ("ecograph", found["ours"]))
    ]
    print(markdown(("program", "batch", "write s", "rows/s", "read s"), cells))
    faster, sooner = (found["loop"][part] / found["ours"][part] for part in ("write", "read"))
    print(f"\necograph writes {faster:.2g} times as fast and reads {sooner:.2g} times as fast.")
    print(f"Writing and reading took {found['ours']['MiB']:,.0f} MiB beyond the tables.")


if __name__ == "__main__":
    main()
