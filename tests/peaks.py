"""How much memory measures take, each beside its estimate: run as a program, it prints a line of JSON a case."""

import ctypes
import gc
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

import ecograph as eg
from ecograph import registry

CASES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("degree", "wide", {}),
    ("components", "wide", {}),
    ("pagerank", "wide", {}),
    ("eigenvector", "wide", {}),
    ("katz", "wide", {}),
    ("power", "wide", {}),
    ("hits", "directed", {}),
    ("reciprocity", "directed", {}),
    ("brokerage", "wide", {"by": "background"}),
    ("mixing", "wide", {"by": "background"}),
    ("clustering", "wide", {}),
    ("k_core", "wide", {}),
    ("betweenness", "wide", {"sources": 64}),
    ("betweenness", "wide", {"sources": 256}),
    ("betweenness", "far", {"sources": 64}),
    ("relation_betweenness", "dense", {}),
    ("closeness", "narrow", {}),
    ("harmonic", "narrow", {}),
    ("leiden", "wide", {"starts": 1}),
    ("leiden", "narrow", {"starts": 10}),
    ("louvain", "wide", {"starts": 1}),
    ("louvain", "sides", {"starts": 1}),
    ("consensus", "narrow", {"runs": 6}),
    ("brokerage_significance", "narrow", {"by": "background", "permutations": 64}),
    ("robustness", "wide", {"runs": 5}),
    ("rich_club", "narrow", {"samples": 19, "attempts": 2}),
    ("partition_significance", "narrow", {"samples": 19, "attempts": 2}),
    ("core_periphery", "wide", {"samples": 19}),
    ("constraint", "wide", {}),
    ("two_mode_overlap", "sides", {}),
)
"""Metric, view and options."""


def network(n: int, relations: int, relation: str, **roles: Any) -> Any:
    """A network of relations drawn at random."""
    random = np.random.default_rng(0)
    ids = pa.array([f"maker-{number:06d}" for number in range(n)])
    sources, targets = (ids.take(pa.array(ends)) for ends in random.integers(0, n, (2, relations)))
    backgrounds = pa.array(["student", "teacher", "returnee"]).take(pa.array(np.arange(n) % 3))
    nodes = {"Maker": pa.table({"id": ids, "background": backgrounds})}
    hours = random.integers(1, 50, relations).astype(np.float64)
    ties = pa.table({"source": sources, "target": targets, "hours": hours})
    return eg.from_tables(nodes, {relation: ties}).network(relation, **roles)


def sides(n: int, relations: int) -> Any:
    """Two sides, joined at random."""
    random = np.random.default_rng(0)
    nodes = {kind: pa.table({"id": [f"{kind}-{number:06d}" for number in range(n)]}) for kind in ("Maker", "Project")}
    ends = (nodes[kind].column("id").take(pa.array(random.integers(0, n, relations))) for kind in nodes)
    ties = pa.table(dict(zip(("source", "target"), ends, strict=True)))
    return eg.from_tables(nodes, {"WORKS_ON": ties}).two_mode("Maker -WORKS_ON-> Project")


VIEWS = {
    "wide": lambda: network(100_000, 300_000, "COLLABORATES"),
    "narrow": lambda: network(30_000, 90_000, "COLLABORATES"),
    "dense": lambda: network(1_500, 150_000, "COLLABORATES"),
    "directed": lambda: network(100_000, 300_000, "TEACHES"),
    "far": lambda: network(100_000, 150_000, "COLLABORATES", distance="hours", parallel="min"),
    "sides": lambda: sides(50_000, 300_000),
}


def held(name: str) -> int:
    """Bytes of memory, now (VmRSS) or at most since they were last asked for (VmHWM)."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) * 1024


def settled() -> int:
    """Bytes held once all that is free was given back; the most is counted anew from here."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
    return held("VmRSS")


def main() -> None:
    """Measure every case; a small call before it takes in what is imported at the first."""
    small = {name: network(4, 8, "COLLABORATES") for name in VIEWS}
    small["sides"] = sides(4, 8)
    small["far"] = network(4, 8, "COLLABORATES", distance="hours", parallel="min")
    for view_name, make in VIEWS.items():
        view = make()
        assert view.loaded
        for metric_name, on, options in CASES:
            if on != view_name:
                continue
            metric = registry.metric(metric_name)
            metric(small[on], **options)
            estimate = eg.estimate(metric, view, **options)
            before = settled()
            result = metric(view, **options)
            case = {"case": f"{metric_name} {on} {options}", "estimate": estimate.bytes}
            print(json.dumps(case | {"peak": held("VmHWM") - before}), flush=True)
            del result


if __name__ == "__main__":
    main()
