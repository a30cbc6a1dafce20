"""What holds together while nodes are taken away."""

from typing import Literal, NamedTuple, TypeGuard, get_args

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.kernels import removals as kernel
from ecograph.methods.threads import threads

STEPS = 20
"""Parts of the whole after which the curves are looked at."""
AT_ONCE = 10_000_000
"""Nodes of all orders that are followed together."""
MOST_RUNS = 10_000
Order = Literal["degree", "degree left"]


class Removals(NamedTuple):
    """What is left of the largest component, run by run.

    ``areas`` are means over all steps of the share of nodes in it (Schneider et al. 2011, eq. 1), ``halves`` the share
    of nodes whose removal leaves at most half of it, and ``shares`` the share of nodes in it after each of 20 parts of
    the nodes, and before.
    """

    areas: NDArray[np.float64]
    halves: NDArray[np.float64]
    shares: NDArray[np.float64]


def is_order(by: object) -> TypeGuard[Order]:
    """Whether nodes leave by their neighbours, as the network has them or as are left, and not by a number given."""
    return isinstance(by, str) and by in get_args(Order)


def removals(
    pointers: NDArray[np.int64],
    neighbours: NDArray[np.int32],
    numbers: NDArray[np.float64] | Order,
    *,
    runs: int,
    seed: int,
) -> tuple[Removals, Removals]:
    """Take nodes away by their numbers, and at random.

    Parameters
    ----------
    pointers : int64 (n + 1)
        Start of each node's row.
    neighbours : int32 (ends)
        Neighbours of each node: each once, every tie from both ends, none of a node with itself.
    numbers : float64 (n), "degree" or "degree left"
        The largest go first, NaN last, equal ones at random; or the number of neighbours, as it is before, or as it is
        at each step.
    runs : int
        How often, from 1 to 10,000.
    seed : int
        Seed of what is random, from 0.

    Returns
    -------
    targeted : Removals
        By the numbers.
    by_chance : Removals
        At random.

    Raises
    ------
    ParameterError
        If runs or seed is not allowed.
    """
    if not 1 <= runs <= MOST_RUNS:
        raise ParameterError(f"runs={runs}; give 1 to {MOST_RUNS:,}")
    if seed < 0:
        raise ParameterError(f"seed={seed}; it must be at least 0")
    n = len(pointers) - 1
    random = np.random.default_rng(seed)
    targeted, by_chance = [], []
    for chunk in np.array_split(np.arange(runs), min(runs, 1 + runs * n // AT_ONCE)):
        turns = random.permuted(np.tile(np.arange(n, dtype=np.int32), (len(chunk), 1)), axis=1)
        by_chance.append(_followed(pointers, neighbours, turns))
        targeted.append(_followed(pointers, neighbours, _targeted(pointers, neighbours, numbers, turns)))
    return _joined(targeted), _joined(by_chance)


def _targeted(
    pointers: NDArray[np.int64],
    neighbours: NDArray[np.int32],
    numbers: NDArray[np.float64] | Order,
    turns: NDArray[np.int32],
) -> NDArray[np.int32]:
    """Orders by the numbers, those of equal numbers in turn."""
    if isinstance(numbers, str):
        if numbers == "degree left":
            found = kernel.by_degree_left(pointers, neighbours, turns.ravel(), threads=threads())
            return found.reshape(turns.shape)
        numbers = np.diff(pointers).astype(np.float64)
    return np.take_along_axis(turns, np.argsort(-numbers[turns], axis=1, kind="stable"), axis=1)


def _followed(pointers: NDArray[np.int64], neighbours: NDArray[np.int32], orders: NDArray[np.int32]) -> Removals:
    runs, n = orders.shape
    if not n:
        missing = np.full((runs, STEPS + 1), np.nan)
        return Removals(missing[:, 0], missing[:, 0], missing)
    sizes = kernel.largest(pointers, neighbours, orders.ravel(), threads=threads()).reshape(runs, n + 1)
    areas = sizes[:, 1:].sum(axis=1, dtype=np.int64) / n**2
    halves = (sizes > sizes[:, :1] / 2).sum(axis=1) / n
    return Removals(areas, halves, sizes[:, removed(n)] / n)


def removed(n: int) -> NDArray[np.int64]:
    """How many of n nodes each step has taken away: every twentieth part, rounded."""
    return (2 * np.arange(STEPS + 1) * n + STEPS) // (2 * STEPS)


def _joined(parts: list[Removals]) -> Removals:
    return Removals(*(np.concatenate(cells) for cells in zip(*parts, strict=True)))
