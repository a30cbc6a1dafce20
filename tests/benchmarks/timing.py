"""The harness of the benchmarks, for Linux: programs take turns, warmed up, and are told by their medians."""

import ctypes
import gc
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

# The programs are compared on one thread unless they say otherwise. Libraries read this once, when they are loaded.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
if not os.environ.keys() >= ONE_THREAD.keys():
    os.execve(sys.executable, [sys.executable, *sys.argv], {**ONE_THREAD, **os.environ})

Program = Callable[[], Any]
Told = TypeVar("Told")


@dataclass(frozen=True)
class Timing:
    """Medians of one program."""

    cpu: float  # seconds, of all threads
    wall: float  # seconds
    peak: int  # bytes at most beyond what its input takes


def apart(function: Callable[..., Told], *given: Any) -> Told:
    """What a function gives, run in a process of its own: threads that a peer started keep a forked child waiting."""
    with get_context("fork").Pool(1) as process:
        return process.apply(function, given)


def compare(programs: Mapping[str, Program], *, runs: int = 7, warm_ups: int = 1) -> dict[str, Timing]:
    """Time programs in turns, so that a slow spell of the machine meets them all."""
    peaks = {name: peak_memory(program) for name, program in programs.items()}
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    for turn in range(warm_ups + runs):
        for name, program in programs.items():
            cpu, wall = time_once(program)
            if turn >= warm_ups:
                times[name].append((cpu, wall))
    return {
        name: Timing(median(cpu for cpu, _ in taken), median(wall for _, wall in taken), peaks[name])
        for name, taken in times.items()
    }


def time_once(program: Program) -> tuple[float, float]:
    """Processor and wall seconds of one run, its result thrown away outside of them."""
    gc.collect()
    gc.disable()
    wall, cpu = time.perf_counter(), time.process_time()
    result = program()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    gc.enable()
    del result
    return cpu, wall


def peak_memory(program: Program) -> int:
    """Bytes that a program takes at most, measured in a child process against one that does nothing."""
    return max(0, child_peak(program) - child_peak(lambda: None))


def child_peak(program: Program) -> int:
    ctypes.CDLL(None).malloc_trim(0)  # memory the parent no longer uses would serve the child and not be counted
    child = os.fork()
    if child == 0:
        program()
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"the program ended with status {status} when its memory was measured")
    return used.ru_maxrss * 1024


def machine() -> str:
    """The machine, in one line."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{model}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}"


def versions(*packages: str) -> str:
    """Packages and their versions, in one line."""
    return ", ".join(f"{package} {version(package)}" for package in packages)


def table(timings: Mapping[str, Timing], of: str) -> str:
    """A Markdown table of one comparison, with each program's processor time as a multiple of that of `of`."""
    rows = [
        (
            name,
            milliseconds(timing.cpu),
            milliseconds(timing.wall),
            f"{timing.peak / 2**20:,.0f}",
            f"{timing.cpu / timings[of].cpu:.2g}",
        )
        for name, timing in timings.items()
    ]
    return markdown(("program", "CPU ms", "wall ms", "peak MiB", f"CPU of {of} ="), rows)


def milliseconds(seconds: float) -> str:
    """Milliseconds with three digits that mean something."""
    digits = 3 if seconds < 1e-3 else 1 if seconds < 0.1 else 0
    return f"{seconds * 1e3:,.{digits}f}"


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, its first column of words and the others of numbers."""
    rule = ("---", *("--:" for _ in head[1:]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))
