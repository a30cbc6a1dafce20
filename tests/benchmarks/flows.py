"""Flow statistics against numpy's inverse, and the coverage of the intervals of what is estimated.

`python tests/benchmarks/flows.py` prints Markdown tables. Both programs start from the same flows in memory; the
inverse alone is the peer, as every statistic of the whole table follows from it.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from timing import compare, machine, markdown, peak_memory, table, time_once, versions

from ecograph.methods import first_returns
from ecograph.methods.circulation import Circulation, circulation
from ecograph.methods.flow_totals import Totals, flow_totals
from ecograph.methods.loops import loops

OURS, PEER = "ecograph, all statistics", "numpy.linalg.inv"
LEAK = 0.3
FEWEST, CPU, MEMORY = 88, 60, 2048
JUDGED = {"a heavy tail": range(31, 39), "flows at random": (31, 32, 34, 36)}  # others served to design the draws
Flows = tuple[csr_array, NDArray[np.float64], NDArray[np.float64]]


def flows(n: int, m: int, *, block: int | None = None, heavy: bool = False, seed: int = 1) -> Flows:
    """Amounts, throughflows and inputs: ends drawn at random, in blocks that only lead onwards where asked for."""
    random = np.random.default_rng(seed)
    chances = np.arange(1, n + 1) ** -0.6 if heavy else np.ones(n)
    sources, targets = (random.permutation(n)[random.choice(n, m, p=chances / chances.sum())] for _ in range(2))
    if block is not None:
        near = random.random(m) < 0.5
        targets = np.where(near, sources // block * block + random.integers(0, block, m), targets)
        back = sources // block > targets // block
        sources, targets = np.where(back, targets, sources), np.where(back, sources, targets)
    amounts = csr_array((random.exponential(1, m), (sources, targets)), shape=(n, n))
    amounts.sum_duplicates()
    taken, given = (np.asarray(amounts.sum(axis=axis)).ravel() for axis in (0, 1))
    inputs = np.maximum(given - taken, 0) + LEAK * random.exponential(1, n)
    return amounts, inputs + taken, inputs


def statistics(made: Flows) -> Totals:
    """Everything that flow statistics need."""
    return flow_totals(circulation(*made), seed=1)


def inverse(made: Flows) -> Callable[[], Any]:
    """Numpy's inverse of I - G, which is made before."""
    system = np.eye(len(made[1])) - circulation(*made).shares.toarray()
    return partial(np.linalg.inv, system)


def beside(title: str, made: Flows, runs: int) -> None:
    """Print one comparison, after both say the same."""
    peer, sums = inverse(made), statistics(made)
    visits = peer()
    own = np.diag(visits)
    if not np.isclose(visits.sum(), sums.outputs, rtol=1e-9):
        raise SystemExit(f"{title}: the sums differ")
    if not np.isclose(made[1] @ (1 - 1 / own), sums.cycled.amount, rtol=1e-9):
        raise SystemExit(f"{title}: cycling differs")
    print(f"\n### {title}\n")
    print(table(compare({OURS: partial(statistics, made), PEER: peer}, runs=runs), OURS), flush=True)


def large() -> None:
    """Print time and memory of a network that is one large loop."""
    made = flows(100_000, 1_000_000, heavy=True)
    kept: list[Totals] = []

    def run() -> None:
        kept[:] = [statistics(made)]

    cpu, wall = time_once(run)
    memory = peak_memory(run) / 2**20
    found = kept[0].cycled
    row = (f"{cpu:.1f}", f"{wall:.1f}", f"{memory:,.0f}", f"{found.amount:.6g}")
    interval = f"{found.low:.6g} to {found.high:.6g}"
    print(f"\n### 100,000 nodes and 1,000,000 flows, estimated: under {CPU} s CPU and {MEMORY:,} MiB\n")
    print(markdown(("network", "CPU s", "wall s", "peak MiB", "cycled", "95 % interval"), [("heavy", *row, interval)]))
    if cpu >= CPU or memory >= MEMORY:
        raise SystemExit("the large network takes too much")


def coverage(title: str, made: Flows, seeds: int = 100) -> None:
    """Print how many intervals hold the exact amount; nodes drawn are looked up, as their solution is the same."""
    around = circulation(*made)
    returns = 1 - 1 / np.diag(inverse(made)())
    solved = first_returns._returned(around, 0)
    if not np.isclose(solved, returns[0], rtol=1e-3):
        raise SystemExit(f"{title}: a node's return differs, {solved} and {returns[0]}")
    exact, unknown, short = float(made[1] @ returns), np.full(len(returns), np.nan), loops(around)

    def looked_up(_: Circulation, node: int) -> float:
        return float(returns[node])

    with patch.object(first_returns, "_returned", looked_up), patch.object(first_returns, "loops", lambda _: short):
        found = [first_returns.cycled(around, unknown, seed) for seed in range(seeds)]
    held = sum(one.low <= exact <= one.high for one in found)
    width = np.mean([one.high - one.low for one in found]) / exact
    print(f"- {title}: {held} of {seeds}; their mean width is {width:.1%} of the amount", flush=True)
    if held < FEWEST / 100 * seeds:
        raise SystemExit(f"{title}: intervals hold the exact amount too seldom")


def main() -> None:
    print("## Flow statistics\n")
    print(f"{machine()}; {versions('numpy', 'scipy')}.")
    print("One thread; medians of runs taken in turns, after a warm-up. Sums and cycling agree to nine digits.")
    beside("1,000 nodes, 1,000,000 flows", flows(1_000, 1_000_000), 7)
    beside("1,000 nodes, 10,000 flows", flows(1_000, 10_000), 7)
    beside("5,000 nodes, 50,000 flows, strong components up to 500", flows(5_000, 50_000, block=500), 3)
    large()
    print(f"\n### Intervals that hold the exact amount, at 5,000 nodes in one loop: at least {FEWEST} of 100\n")
    for kind, numbers in JUDGED.items():
        for number in numbers:
            coverage(f"{kind}, network {number}", flows(5_000, 50_000, heavy=kind == "a heavy tail", seed=number))


if __name__ == "__main__":
    main()
