"""The gate: runs every check, times each part against its share, and closes with one line of counts.

`tests/gate.py` runs all of it; `tests/gate.py ruff mypy` runs the named steps.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from gates import steps, wheels
from gates.run import BUILD, CHECKOUT, AbsentError, StepError, program, run
from gates.tally import Tally

MOST_MINUTES = 33


@dataclass(frozen=True)
class Part:
    """Checks that share a budget of minutes."""

    name: str
    share: float
    steps: dict[str, Callable[[], None]]


def parts() -> list[Part]:
    """Every part, in the order in which they run."""
    found = [
        Part(
            "lint, types, floors, docs",
            3,
            {
                "ruff": partial(run, program("ruff"), "check", "--output-format=concise"),
                "mypy": partial(run, program("mypy")),
                "floors": partial(run, program("lint-imports"), "--no-logo"),
                "generated": steps.generated,
                "docs": partial(run, sys.executable, "-m", "sphinx", "-W", "-q", "docs", "build/docs"),
                "numpydoc": steps.numpydoc,
            },
        ),
        Part("metrics", 9, {"tests": steps.tests, "doctests": steps.doctests}),
        Part("loading", 3, {"loading": steps.loading}),
        Part("sanitizers", 3, {"sanitizers": steps.sanitizers}),
    ]
    if steps.present(steps.QUERIES):
        queries: dict[str, Callable[[], None]] = {"packs": steps.packs}
        if steps.present(steps.SERVER):
            queries["neo4j"] = steps.neo4j
        found.append(Part("Neo4j and packs", 4, queries))
    last: dict[str, Callable[[], None]] = {
        f"wheel-{version}": partial(wheels.runs_outside, version) for version in wheels.SUPPORTED
    }
    last |= {"sdist": wheels.sdist, "browser": steps.browser, "coverage": steps.coverage}
    return [*found, Part("browser and wheels", 3, last)]


def attempt(name: str, step: Callable[[], None], tally: Tally) -> None:
    """Run one step and note how it ended; a failure does not keep the next from running."""
    print(f"\n=== {name}", flush=True)
    began = time.time()
    try:
        step()
    except AbsentError as absent:
        if os.environ.get("CI") == "true":
            tally.failed(name, f"skipped, but with CI=true nothing may be absent: {absent}")
        else:
            tally.skipped(str(absent))
    except StepError as failed:
        tally.failed(name, str(failed))
    else:
        tally.passed(name)
    print(f"=== {name} took {(time.time() - began) / 60:.2f} minutes", flush=True)


def minutes_table(minutes: dict[str, float], shares: dict[str, float]) -> list[str]:
    """The minutes of each part beside its share."""
    lines = [f"{'part':<28}{'minutes':>8}{'share':>7}"]
    for name, used in minutes.items():
        over = "  over its share" if used > shares[name] else ""
        lines.append(f"{name:<28}{used:>8.1f}{shares[name]:>7.0f}{over}")
    lines.append(f"{'the whole':<28}{sum(minutes.values()):>8.1f}{MOST_MINUTES:>7.0f}")
    return lines


def main() -> int:
    """Run the steps asked for, or all; print minutes, failures, skips and counts."""
    parser = argparse.ArgumentParser(description="Run every check, or the named steps.")
    parser.add_argument("steps", nargs="*")
    parser.add_argument("--started", type=float, default=time.time(), help="when the environment began to be made")
    asked = parser.parse_args()
    chosen = [
        Part(part.name, part.share, {name: step for name, step in part.steps.items() if name in asked.steps})
        if asked.steps
        else part
        for part in parts()
    ]
    if unknown := set(asked.steps).difference(*(part.steps for part in chosen)):
        parser.error(f"no such step: {', '.join(sorted(unknown))}")

    os.chdir(CHECKOUT)
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    tally = Tally()
    minutes = {"environment and build": (time.time() - asked.started) / 60}
    for part in chosen:
        began = time.time()
        for name, step in part.steps.items():
            attempt(name, step, tally)
        minutes[part.name] = (time.time() - began) / 60
    if sum(minutes.values()) > MOST_MINUTES:
        tally.failed("budget", f"the whole took more than {MOST_MINUTES} minutes")

    print()
    shares = {"environment and build": 6.0} | {part.name: part.share for part in chosen}
    print("\n".join([*([] if asked.steps else minutes_table(minutes, shares)), *tally.lines()]), flush=True)
    return tally.exit_code


if __name__ == "__main__":
    sys.exit(main())
