"""First returns: how much of what passes through nodes has been there before."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.circulation import LARGE_COMPONENT, LARGEST_TABLE, MANY, Amounts, Circulation, inverse
from ecograph.methods.loops import loops

DRAWS = 400
LEVEL = 0.95
PRECISION = 1e-8


@dataclass(frozen=True)
class Cycled:
    """How much of all throughflow has been at its node before.

    Parameters
    ----------
    amount, low, high : float
        The amount and its 95 % interval, which is the amount itself where it is exact.
    draws : int
        How often a node was drawn for the estimate; 0 where it is exact.
    """

    amount: float
    low: float
    high: float
    draws: int = 0


def first_returns(circulation: Circulation, largest: int | None = None) -> Amounts:
    """Share of what passes through each node that will come back to it: (N_ii - 1) / N_ii.

    Parameters
    ----------
    circulation : Circulation
        Shares of ``n`` nodes.
    largest : int, optional
        Nodes of a component up to which it is solved in one piece; as many as a table may have if left out.

    Returns
    -------
    float64 (n)
        In [0, 1); exactly 0 outside of loops; NaN in a loop that nothing enters and in a component too large to be
        solved in one piece.

    Notes
    -----
    Who leaves a strong component never comes back to it, so that the diagonal of N is that of the components.
    """
    largest = LARGEST_TABLE if largest is None else largest
    shares = circulation.ordered
    returns = shares.diagonal()
    for first, stop in circulation.blocks():
        if stop - first > largest:
            returns[first:stop] = np.nan
        elif stop - first > 1:
            returns[first:stop] = 1 - 1 / np.diag(inverse(shares[first:stop, first:stop]))
    found = np.empty_like(returns)
    found[circulation.order] = returns
    found[circulation.closed] = np.nan
    return found


def own_visits(circulation: Circulation, nodes: NDArray[np.int64]) -> Amounts:
    """Visits N_ii of those who start at some nodes to the node itself, each solved where that takes less time.

    Parameters
    ----------
    circulation : Circulation
        Shares of ``n`` nodes.
    nodes : int64
        The nodes.

    Returns
    -------
    float64 (nodes)
        From 1; NaN in a loop that nothing enters.
    """
    largest = min(max(LARGE_COMPONENT, MANY * len(nodes)), LARGEST_TABLE)
    returns = first_returns(circulation, largest)[nodes]
    for place in np.flatnonzero(np.isnan(returns) & ~circulation.closed[nodes]):
        returns[place] = _returned(circulation, int(nodes[place]))
    return np.asarray(1 / (1 - returns), np.float64)


def cycled(circulation: Circulation, returns: Amounts, seed: int, draws: int = DRAWS) -> Cycled:
    """Sum of T_i (N_ii - 1) / N_ii, estimated where components are too large to be solved in one piece.

    Parameters
    ----------
    circulation : Circulation
        Shares of ``n`` nodes.
    returns : float64 (n)
        What :func:`first_returns` found; NaN where it is to be estimated.
    seed : int
        Seed of the draws.
    draws : int
        How many nodes are drawn.

    Returns
    -------
    Cycled
        NaN where a loop is closed, or the sums do not settle.

    Notes
    -----
    What returns in one to four steps is known of every node and added exactly. The rest is estimated from nodes drawn
    with replacement and solved one by one, half of the probability in proportion to T and half to T times what goes
    round in five or six steps along strong ways, as few nodes hold much of an uneven rest: the mean of value over
    probability, and Student's interval from the spread of what was drawn (Hansen & Hurwitz 1943; Cochran 1977, ch. 9A).
    """
    flows = circulation.throughflows
    open_nodes = np.flatnonzero(np.isnan(returns) & ~circulation.closed)
    known = float(np.sum(flows * np.nan_to_num(returns)))
    if circulation.closed.any():
        return Cycled(np.nan, np.nan, np.nan)
    if not len(open_nodes):
        return Cycled(known, known, known)
    back = loops(circulation)
    size, soon = flows[open_nodes], back.soon[open_nodes]
    known += float(size @ soon)
    uneven = size * back.later[open_nodes]
    chances = (size / size.sum() + uneven / uneven.sum()) / 2 if uneven.any() else size / size.sum()
    counts = np.random.default_rng(seed).multinomial(draws, chances / chances.sum())
    drawn = np.flatnonzero(counts)
    later = np.array([_returned(circulation, node) for node in open_nodes[drawn]]) - soon[drawn]
    return _interval(known, size[drawn] * later / chances[drawn], counts[drawn])


def _returned(circulation: Circulation, node: int) -> float:
    start: Amounts = np.zeros(circulation.n)
    start[node] = 1.0
    return float(1 - 1 / circulation.collected(start, PRECISION)[node])


def _interval(known: float, values: Amounts, counts: NDArray[np.int64]) -> Cycled:
    """The estimate of the rest, added to what is known, and its interval."""
    from scipy.special import stdtrit

    draws = int(counts.sum())
    mean = float(counts @ values) / draws
    spread = float(counts @ (values - mean) ** 2) / (draws - 1)
    half = float(stdtrit(draws - 1, (1 + LEVEL) / 2)) * np.sqrt(spread / draws)
    return Cycled(known + mean, known + max(mean - half, 0.0), known + mean + half, draws)
