"""One row of the comparison: programs that must give the same answer, and how much faster ecograph wants to be."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from timing import Timing, compare, table

OURS = "ecograph"
Program = Callable[[], Any]


@dataclass(frozen=True)
class Wanted:
    """How many times as fast as the fastest of these peers ecograph must be, and aims to be."""

    peers: tuple[str, ...]
    must: float
    aim: float

    def told(self, timings: Mapping[str, Timing]) -> str:
        """One sentence: the fastest peer against our fastest, in processor and in wall time."""
        rivals = {name: timing for name, timing in timings.items() if name.startswith(self.peers)}
        ours = [timing for name, timing in timings.items() if name.startswith(OURS)]
        first = min(rivals, key=lambda name: rivals[name].cpu)
        ratio = rivals[first].cpu / min(timing.cpu for timing in ours)
        wall = min(timing.wall for timing in rivals.values()) / min(timing.wall for timing in ours)
        verdict = "missed" if min(ratio, wall) < self.must else "kept" if min(ratio, wall) < self.aim else "aim reached"
        return (
            f"{ratio:.2f} times as fast as {first} in CPU time, {wall:.2f} in wall time; "
            f"must {self.must:.3g}, aim {self.aim:.3g}: {verdict}."
        )


@dataclass(frozen=True)
class Row:
    """A comparison: by name of the program what is timed; `read` makes answers comparable, None where they are not."""

    title: str
    programs: Mapping[str, Program]
    wanted: tuple[Wanted, ...]
    read: Mapping[str, Callable[[Any], Any] | None] = field(default_factory=dict)
    runs: int = 5
    closeness: float = 1e-9

    def show(self, *, judged: bool) -> None:
        """Run, check, and print it; at the size it was promised for, with what ecograph must and aims to reach."""
        self._check()
        timings = compare(self.programs, runs=self.runs, warm_ups=0)
        print(f"\n### {self.title}\n\n{table(timings, OURS)}\n")
        for wanted in self.wanted if judged else ():
            print(wanted.told(timings), flush=True)

    def _check(self) -> None:
        """Warm up, and refuse programs that do not say the same."""
        answers = {}
        for name, program in self.programs.items():
            read = self.read.get(name, np.asarray)
            given = program()
            if read is not None:
                answers[name] = np.asarray(read(given), np.float64)
        for name, answer in answers.items():
            if not np.allclose(answer, answers[OURS], rtol=self.closeness, atol=self.closeness * abs(answer).max()):
                raise SystemExit(f"{self.title}: {name} differs from {OURS}")


def on_threads(threads: int, program: Program) -> Program:
    """The program with that many threads in the kernels of ecograph."""

    def run() -> Any:
        os.environ["ECOGRAPH_THREADS"] = str(threads)
        return program()

    return run


def column(name: str) -> Callable[[Any], Any]:
    """Reads a column of a result."""
    return lambda result: result[name]
