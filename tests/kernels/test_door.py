"""What the kernels refuse, and how they say it; nothing that comes in may crash them."""

import re
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

from ecograph.kernels import brokers, components, csr, passages, triangles


def int32(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


def int64(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int64)


ONE = int32(0)
ENDS: list[tuple[tuple[Any, ...], str]] = [
    ((int32(0, 4, 9), int32(0, 0, 0), 5), "sources[2] = 9 is outside 0..4"),
    ((int32(0, 0), int32(4, -1), 5), "targets[1] = -1 is outside 0..4"),
    ((ONE, ONE, 0), "sources[0] = 0 is an index where none is possible"),
    ((ONE, int32(0, 1), 3), "targets has 2 entries; it needs 1, as many as sources"),
    ((ONE, ONE, -1), "n=-1 is outside 0..2147483647"),
    ((ONE, ONE, 2**31), "n=2147483648 is outside 0..2147483647"),
    ((np.array([0.5]), ONE, 1), "sources holds float64; an array of int32 is needed"),
    ((ONE, int64(0), 1), "targets holds int64; an array of int32 is needed"),
    ((np.array([True]), ONE, 1), "sources holds bool; an array of int32 is needed"),
    ((np.array([0], np.uint32), ONE, 1), "sources holds uint32; an array of int32 is needed"),
    ((np.array([0j]), ONE, 1), "sources holds complex128; an array of int32 is needed"),
    ((np.zeros((1, 1), np.int32), ONE, 1), "sources has 2 dimensions; an array of one dimension is needed"),
    ((np.zeros((), np.int32), ONE, 1), "sources has 0 dimensions; an array of one dimension is needed"),
    ((int32(0, 1, 2, 3)[::2], int32(0, 1), 4), "sources is not contiguous; numpy.ascontiguousarray makes it so"),
    ((int32(0, 1)[::-1], int32(0, 1), 4), "sources is not contiguous; numpy.ascontiguousarray makes it so"),
    ((np.frombuffer(bytes(9), np.int32, 2, 1), int32(0, 0), 1), "sources is not aligned; numpy.require with 'ALIGNED'"),
]
POINTERS: list[tuple[tuple[Any, ...], str]] = [
    ((int64(), int32(), 0), "out_pointers has 0 entries; it needs 1, one more than rows"),
    ((int64(0, 1), int32(0), 2), "out_pointers has 2 entries; it needs 3, one more than rows"),
    ((int64(1, 1), int32(0), 1), "out_pointers[0] = 1; it must be 0"),
    ((int64(0, 3, 2, 3), int32(0, 0, 0), 3), "out_pointers falls from 3 to 2 at entry 2"),
    ((int64(0, -5, 1), int32(0), 2), "out_pointers falls from 0 to -5 at entry 1"),
    ((int64(0, 2**62), int32(0), 1), f"out_pointers ends at {2**62}; it must end at the number of entries, 1"),
    ((int64(0, 1), int32(1), 1), "out_targets[0] = 1 is outside 0..0"),
    ((int32(0, 1), int32(0), 1), "out_pointers holds int32; an array of int64 is needed"),
]
VALUES: list[tuple[tuple[Any, ...], dict[str, Any], str]] = [
    ((np.array([1.0]), ONE, 1, "median"), {}, "how='median' is not one of sum, mean, max, min"),
    ((np.array([1.0, 2.0]), ONE, 1, "sum"), {}, "relation_arcs has 1 entries; it needs 2, as many as values"),
    ((np.array([1.0]), int32(1), 1, "sum"), {}, "relation_arcs[0] = 1 is outside 0..0"),
    ((np.array([1.0]), ONE, -1, "sum"), {}, "arcs=-1 is outside 0..2147483647"),
    ((np.array([1.0, np.nan]), int32(0, 0), 1, "sum"), {}, "values[1] is NaN; leave it out"),
    ((np.array([1], np.float32), ONE, 1, "sum"), {}, "values holds float32; an array of float64 is needed"),
    ((np.array([1.0]), ONE, 1, "sum"), {"mirror": int32()}, "mirror has 0 entries; it needs 1, as many as arcs"),
    ((np.array([1.0]), ONE, 1, "sum"), {"mirror": int32(7)}, "mirror[0] = 7 is outside 0..0"),
]


def refused(message: str) -> Any:
    return pytest.raises(ValueError, match=f"^{re.escape(message)}")


@pytest.mark.parametrize(("arguments", "message"), ENDS)
def test_ends(arguments: tuple[Any, ...], message: str) -> None:
    with refused(message):
        csr.build(*arguments)


@pytest.mark.parametrize("threads", [0, -1, 1025])
def test_threads(threads: int) -> None:
    with refused(f"threads={threads} is outside 1..1024"):
        csr.build(ONE, ONE, 1, threads=threads)


@pytest.mark.parametrize(("arguments", "message"), POINTERS)
def test_pointers(arguments: tuple[Any, ...], message: str) -> None:
    with refused(message):
        components.weak(*arguments)


@pytest.mark.parametrize(("arguments", "options", "message"), VALUES)
def test_values(arguments: tuple[Any, ...], options: dict[str, Any], message: str) -> None:
    with refused(message):
        csr.reduce(*arguments, **options)


NO_ARRAYS = [
    None,
    "text",
    [0],
    {},
    np.array(["a"]),
    np.array([None]),
    np.array(["2020-01-01"], "datetime64[D]"),
    np.zeros(1, [("field", np.int32)]),
    np.zeros(1, np.dtype(np.int32).newbyteorder()),
]


@pytest.mark.parametrize("given", NO_ARRAYS, ids=repr)
def test_what_is_no_array_of_numbers(given: object) -> None:
    with pytest.raises(TypeError, match="incompatible function arguments"):
        csr.build(given, ONE, 1)


def odd_array(random: np.random.Generator) -> np.ndarray:
    """An array that may be right, or wrong in one or several ways."""
    length = int(random.integers(0, 4))
    dtype = random.choice([np.int32, np.int32, np.int32, np.int64, np.int64, np.float64, np.uint8])
    array = random.choice([0, 0, 0, 0, 1, 1, 1, 2, 3, -1, -(2**31), 2**31 - 1], length).astype(dtype)
    made: list[Callable[[np.ndarray], np.ndarray]]
    made = [np.copy, np.copy, np.copy, np.sort, np.sort, np.sort, lambda a: a[::2], lambda a: a[None]]
    array = made[int(random.integers(0, len(made)))](array)
    array.flags.writeable = bool(random.integers(0, 2))
    return array


@pytest.mark.parametrize("seed", range(10))
def test_any_arrays_are_answered_or_refused_in_one_line(seed: int) -> None:
    random = np.random.default_rng(seed)
    answers, refusals = [], []
    for _ in range(1000):
        first, second, third = (odd_array(random) for _ in range(3))
        n = int(random.choice([-1, 0, 1, 3, 5, 2**31, 2**40]))
        for call in (
            partial(csr.build, first, second, n, symmetric=True, want_arcs=True, threads=2),
            partial(components.weak, first, second, n),
            partial(csr.reduce, first, second, n, "mean", mirror=third),
            partial(triangles.detours, first, second, third, third),
            partial(passages.through, first, second, first, second, n, second, third, second, 2),
            partial(brokers.counts, first, second, first, second, n, third, 3, 1),
        ):
            try:
                answers.append(call())
            except ValueError as error:
                refusals.append(str(error))
    assert answers
    assert refusals
    assert not any("\n" in refusal for refusal in refusals)


INTERRUPTED = """
import os, signal, sys, threading
from functools import partial
import numpy as np
from ecograph.kernels import csr

signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background begins without
n, length = 400_000, 6_000_000
random = np.random.default_rng(0)
sources, targets = (random.integers(0, n, length, dtype=np.int32) for _ in range(2))
build = partial(csr.build, targets=targets, n=n, symmetric=True, want_arcs=True, threads=int(sys.argv[1]))
built = []
threading.Timer(0.05, os.kill, [os.getpid(), signal.SIGINT]).start()
try:
    built.extend(map(build, [sources]))  # no bytecode runs between the kernel and the list
except KeyboardInterrupt:
    print("interrupted", len(built))
"""


@pytest.mark.parametrize("threads", [1, 2])
def test_ctrl_c_ends_a_long_call(threads: int) -> None:
    arguments = [sys.executable, "-c", INTERRUPTED, str(threads)]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.split() == ["interrupted", "0"]
