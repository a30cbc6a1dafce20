"""Every kernel is called with arguments that are wrong in one or several ways: it answers, or refuses in a sentence.

Nothing that comes in may crash it, which is looked for under the sanitizers too.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernels.calls import CALLS, function, functions

SWEEPING = os.environ.get("ECOGRAPH_SWEEP") == "1"
ROUNDS = 5_000 if SWEEPING else 80

WHOLE = [-(2**31), -1, 0, 1, 2, 3, 5, 6, 7, 100, 2**31 - 1]
LONG = [*WHOLE, -(2**63), 2**31, 2**40, 2**62, 2**63 - 1]
REAL = [-1.0, -0.0, 0.5, 5e-324, 1e308, float("inf"), float("-inf"), float("nan")]
OTHER_TYPES = ["int8", "int32", "int64", "uint8", "uint32", "float16", "float32", "float64", "bool", "complex128"]
NO_NUMBERS = [None, "text", [0, 1], {}, np.array(["a"]), np.array([None]), np.array(["2020-01-01"], "datetime64[D]")]
COUNTS = [-(2**63), -(2**31) - 1, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8]
"""Larger ones are right for some kernels, which then take long: they have a test of their own."""
BEYOND = [2**31 - 1, 2**31, 2**40, 2**62, 2**63 - 1, 2**63, -(2**70)]

Mutation = Callable[[st.DataObject, np.ndarray], Any]


def values_of(array: np.ndarray) -> list[Any]:
    if array.dtype.kind == "f":
        return REAL
    return LONG if array.dtype.itemsize == 8 else WHOLE if array.dtype.itemsize == 4 else [0, 1, 34, 44, 255]


def another_entry(data: st.DataObject, array: np.ndarray) -> np.ndarray:
    changed = array.copy()
    if changed.size:
        changed[data.draw(st.integers(0, changed.size - 1))] = data.draw(st.sampled_from(values_of(array)))
    return changed


def any_entries(data: st.DataObject, array: np.ndarray) -> np.ndarray:
    return np.array(data.draw(st.lists(st.sampled_from(values_of(array)), max_size=12)), array.dtype)


def another_length(data: st.DataObject, array: np.ndarray) -> np.ndarray:
    return np.resize(array, data.draw(st.sampled_from([0, 1, len(array) - 1, len(array) + 1, 2 * len(array)])))


def another_order(data: st.DataObject, array: np.ndarray) -> np.ndarray:
    return np.array(data.draw(st.permutations(array.tolist())), array.dtype)


def turned(_: st.DataObject, array: np.ndarray) -> np.ndarray:
    return np.sort(array)[::-1].copy()


def another_type(data: st.DataObject, array: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        return array.astype(data.draw(st.sampled_from(OTHER_TYPES)))


def other_octets(_: st.DataObject, array: np.ndarray) -> np.ndarray:
    return array.astype(array.dtype.newbyteorder())


def with_gaps(_: st.DataObject, array: np.ndarray) -> np.ndarray:
    return np.repeat(array, 2)[::2]


def backwards(_: st.DataObject, array: np.ndarray) -> np.ndarray:
    return array[::-1]


def other_dimensions(data: st.DataObject, array: np.ndarray) -> np.ndarray:
    shapes = [(1, array.size), (array.size, 1)] + ([()] if array.size == 1 else [])
    return array.reshape(data.draw(st.sampled_from(shapes)))


def unaligned(_: st.DataObject, array: np.ndarray) -> np.ndarray:
    return np.frombuffer(b"\0" + array.tobytes(), np.uint8)[1:].view(array.dtype)


def endless(_: st.DataObject, array: np.ndarray) -> np.ndarray:
    return np.broadcast_to(np.zeros(1, array.dtype), (2**40,))


def no_numbers(data: st.DataObject, _: np.ndarray) -> Any:
    return data.draw(st.sampled_from(NO_NUMBERS))


def read_only(_: st.DataObject, array: np.ndarray) -> np.ndarray:
    changed = array.copy()
    changed.flags.writeable = False
    return changed


MUTATIONS: list[Mutation] = [
    *([another_entry] * 5),
    *([any_entries] * 3),
    *([another_length] * 3),
    *([another_order] * 2),
    turned,
    another_type,
    other_octets,
    with_gaps,
    backwards,
    other_dimensions,
    unaligned,
    endless,
    no_numbers,
    read_only,
]


def wrong(data: st.DataObject, value: Any) -> Any:
    """Another value in place of a right one."""
    if isinstance(value, np.ndarray):
        return data.draw(st.sampled_from(MUTATIONS))(data, value)
    if isinstance(value, bool):
        return data.draw(st.sampled_from([True, False, None, 2, "text"]))
    if isinstance(value, int):
        return data.draw(st.sampled_from([*COUNTS, None, "text", 1.5]))
    return data.draw(st.sampled_from(REAL if isinstance(value, float) else ["", "sum", "\0", "é" * 99]))


def answered(name: str, arguments: dict[str, Any]) -> bool:
    """Whether a call was answered; if not, that it was refused as it should be."""
    try:
        function(name)(**arguments)
    except ValueError as error:
        said = str(error)
        assert said
        assert "\n" not in said
        assert not any(internal in said for internal in ("std::", "vector", "basic_string"))
        return False
    except TypeError as error:
        if "incompatible function arguments" not in str(error):
            raise
        return False
    return True


def test_every_function_has_a_right_call() -> None:
    assert {name: sorted(call) for name, call in CALLS.items()} == {
        name: sorted(parameters) for name, parameters in functions().items()
    }


@pytest.mark.parametrize("name", CALLS)
def test_the_right_call_is_answered(name: str) -> None:
    assert answered(name, dict(CALLS[name]))


@pytest.mark.parametrize("name", CALLS)
@settings(max_examples=ROUNDS)
@given(data=st.data())
def test_a_wrong_call_is_answered_or_refused(name: str, data: st.DataObject) -> None:
    arguments = dict(CALLS[name])
    changed = data.draw(st.lists(st.sampled_from(sorted(arguments)), min_size=1, max_size=3, unique=True))
    for parameter in changed:
        arguments[parameter] = wrong(data, arguments[parameter])
    answered(name, arguments)


MUST_BE_REFUSED = [other_octets, endless, with_gaps, unaligned]


@pytest.mark.parametrize("name", CALLS)
@settings(max_examples=5)
@given(data=st.data())
def test_an_array_that_cannot_be_read_as_it_lies_is_refused(name: str, data: st.DataObject) -> None:
    for parameter, value in CALLS[name].items():
        if not isinstance(value, np.ndarray):
            continue
        for mutation in MUST_BE_REFUSED:
            if (value.itemsize == 1 and mutation in (other_octets, unaligned)) or value.size == 1:
                continue
            assert not answered(name, CALLS[name] | {parameter: mutation(data, value)}), (parameter, mutation)


HUGE = """
import resource, signal
from tests.kernels.calls import CALLS
from tests.kernels.test_fuzz import BEYOND, answered

waiting = False

def enough(number, frame):
    if waiting:
        raise TimeoutError

signal.signal(signal.SIGALRM, enough)
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
for name, call in CALLS.items():
    for parameter, value in call.items():
        if isinstance(value, bool) or not isinstance(value, int):
            continue
        for count in BEYOND:
            signal.setitimer(signal.ITIMER_REAL, 0.5)
            try:
                waiting = True
                outcome = "answered" if answered(name, call | {parameter: count}) else "refused"
                waiting = False
            except (MemoryError, TimeoutError) as error:
                waiting = False
                outcome = type(error).__name__
            print(name, parameter, count, outcome, flush=True)
"""
"""Huge counts, where memory is short and time too: a kernel that would go on for ever can be interrupted."""


@pytest.mark.skipif("asan" in os.environ.get("LD_PRELOAD", ""), reason="not applicable: a sanitizer needs all memory")
def test_huge_counts_are_refused_or_end_for_lack_of_memory_or_time() -> None:
    pytest.importorskip("resource", reason="the system has no limit of memory")
    checkout = Path(__file__).resolve().parents[2]
    variables = os.environ | {"PYTHONPATH": str(checkout)}
    command = [sys.executable, "-c", HUGE]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=variables)
    assert done.returncode == 0, done.stdout.splitlines()[-1:] + done.stderr.splitlines()[-3:]
    outcomes = [line.split()[-1] for line in done.stdout.splitlines()]
    assert outcomes.count("refused") > len(outcomes) / 2
