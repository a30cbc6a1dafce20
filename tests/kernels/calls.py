"""A right call of every function of every kernel: what the fuzzing of kernels starts from.

A kernel is found by its stub. Its function needs a call here that says every parameter, or a test fails.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

import ecograph.kernels
from ecograph.kernels import words

STUBS = Path(str(ecograph.kernels.__file__)).parent


def int32(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


def int64(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int64)


def float64(*numbers: float) -> np.ndarray:
    return np.array(numbers, np.float64)


# A triangle 0-1-2 with 3 hanging on it, a pair 4-5, and 6 alone; each tie from both ends.
POINTERS = int64(0, 2, 4, 7, 8, 9, 10, 10)
NEIGHBOURS = int32(1, 2, 0, 2, 0, 1, 3, 2, 5, 4)
LENGTHS = float64(1, 2, 1, 1, 2, 1, 1, 1, 3, 3)
DEGREES = float64(2, 2, 3, 1, 1, 1, 0)
TIES = {"pointers": POINTERS, "neighbours": NEIGHBOURS}
BOTH_WAYS = {"out_pointers": POINTERS, "out_targets": NEIGHBOURS, "in_pointers": POINTERS, "in_sources": NEIGHBOURS}
NETWORK = BOTH_WAYS | {"n": 7}
ENDS = {"sources": int32(3, 0, 0, 2, 2), "targets": int32(1, 2, 2, 0, 2), "n": 5}
ORDERS = int32(0, 1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1, 0)
LETTERS = np.frombuffer(b"onetwothree", np.uint8)
TEXTS = int32(0, 3, 6, 11)

CALLS: Mapping[str, Mapping[str, Any]] = {
    "betweenness.from_sources": NETWORK
    | {"sources": int32(0, 3, 6), "distances": LENGTHS, "want_arcs": True, "threads": 2},
    "brokers.counts": NETWORK | {"labels": int32(0, 1, 0, -1, 1, 0, 0), "groups": 2, "labellings": 1, "threads": 2},
    "components.weak": {"out_pointers": POINTERS, "out_targets": NEIGHBOURS, "n": 7},
    "cores.numbers": TIES,
    "csr.build": ENDS | {"symmetric": True, "want_arcs": True, "threads": 2},
    "csr.order": ENDS | {"threads": 2},
    "csr.reduce": {
        "values": float64(1, 2, 3),
        "relation_arcs": int32(0, 1, 1),
        "arcs": 2,
        "how": "mean",
        "mirror": int32(1, 0),
    },
    "cuts.cuts": TIES,
    "dinic.flow": {
        "out_pointers": POINTERS,
        "out_targets": NEIGHBOURS,
        "capacities": LENGTHS,
        "n": 7,
        "sources": int32(0),
        "sinks": int32(3, 5),
    },
    "leiden.partitions": TIES
    | {
        "weights": LENGTHS,
        "given": DEGREES,
        "taken": DEGREES,
        "refined": True,
        "resolution": 1.0,
        "seed": 0,
        "starts": 2,
        "passes": 2,
        "threads": 2,
    },
    "leiden.shared_partitions": {
        "pointers": int64(0, 2, 4, 5, 5),
        "things": int32(0, 1, 1, 2, 0),
        "amounts": np.array([1.0, 2.0, 0.5, 1.0, 3.0]),
        "sent": np.array([4.0, 1.0, 3.0, 0.0]),
        "n_things": 3,
        "refined": True,
        "resolution": 1.0,
        "seed": 0,
        "starts": 2,
        "passes": 2,
        "threads": 2,
    },
    "passages.through": NETWORK
    | {
        "starts": int32(0, 3, 6),
        "ends": np.array([1, 0, 1, 1, 0, 1, 0], np.uint8),
        "groups": int32(0, 1, 0, -1, 1, 0, 0),
        "count": 2,
        "distances": LENGTHS,
        "threads": 2,
    },
    "paths.reach": NETWORK | {"distances": LENGTHS, "threads": 2},
    "quotes.alternate": {"octets": np.frombuffer(b'a,"b ""c"""\n', np.uint8), "separator": 44},
    "removals.by_degree_left": TIES | {"turns": ORDERS, "threads": 2},
    "removals.largest": TIES | {"orders": ORDERS, "threads": 2},
    "squares.cycles": TIES,
    "squares.overlaps": TIES,
    "swaps.arcs": {
        "sources": int32(0, 1, 2, 4),
        "targets": int32(1, 2, 3, 5),
        "kinds": int32(0, 0, 1, 1, 0, 0, 0),
        "directed": True,
        "seed": 0,
        "first": 0,
        "samples": 2,
        "attempts": 5,
        "threads": 2,
    },
    "swaps.rows": {
        "pointers": int64(0, 2, 3, 3),
        "neighbours": int32(0, 2, 1),
        "others": 4,
        "seed": 0,
        "first": 0,
        "samples": 2,
        "attempts": 5,
        "threads": 2,
    },
    "triangles.counts": TIES,
    "triangles.detours": TIES | {"firsts": LENGTHS, "seconds": LENGTHS},
    "walks.settled": {
        "pointers": POINTERS,
        "places": NEIGHBOURS,
        "factors": float64(0.4, 0.4, 0.3, 0.8, 0.8, 0.8, 0),
        "start": float64(1, 1, 1, 1, 1, 1, 1),
        "values": LENGTHS,
        "losses": float64(0.2, 0.2, 0.1, 0.2, 0.2, 0.2, 1),
        "shared": 6,
        "change": 1e-9,
        "most": 20,
    },
    "words.Words": {"words": TEXTS, "letters": LETTERS},
    "words.Words.find": {"cells": TEXTS, "letters": LETTERS, "threads": 2},
}


def functions() -> dict[str, list[str]]:
    """Parameters of each function, class and method of every kernel, by its dotted name."""
    found: dict[str, list[str]] = {}
    for stub in sorted(STUBS.glob("*.pyi")):
        for name, parameters in _functions(ast.parse(stub.read_text(encoding="utf-8")).body):
            found[f"{stub.stem}.{name}"] = parameters
    return found


def _functions(body: list[ast.stmt]) -> Iterator[tuple[str, list[str]]]:
    for one in body:
        if isinstance(one, ast.FunctionDef):
            arguments = [*one.args.posonlyargs, *one.args.args, *one.args.kwonlyargs]
            yield one.name, [argument.arg for argument in arguments if argument.arg != "self"]
        elif isinstance(one, ast.ClassDef):
            for name, parameters in _functions(one.body):
                yield one.name if name == "__init__" else f"{one.name}.{name}", parameters


def function(name: str) -> Callable[..., Any]:
    """The function of a dotted name; a method is that of a right object."""
    if name == "words.Words.find":
        return words.Words(**CALLS["words.Words"]).find
    module, attribute = name.split(".")
    found: Callable[..., Any] = getattr(import_module(f"ecograph.kernels.{module}"), attribute)
    return found
