"""First returns: how much of what passes through nodes has been there before."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.circulation import LARGEST_COMPONENT, Amounts, Circulation

if TYPE_CHECKING:
    from scipy.sparse import csr_array

DRAWS = 400
WAYS = 20_000_000
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


def first_returns(circulation: Circulation) -> Amounts:
    """Share of what passes through each node that will come back to it: (N_ii - 1) / N_ii.

    Parameters
    ----------
    circulation : Circulation
        Shares of ``n`` nodes.

    Returns
    -------
    float64 (n)
        In [0, 1); exactly 0 outside of loops; NaN in a loop that nothing enters and in a component too large to be
        solved in one piece.

    Notes
    -----
    Who leaves a strong component never comes back to it, so that the diagonal of N is that of the components.
    """
    from scipy.linalg import inv

    shares = circulation.ordered
    returns = circulation.ordered.diagonal()
    for first, stop in circulation.blocks():
        if stop - first > LARGEST_COMPONENT:
            returns[first:stop] = np.nan
        elif stop - first > 1:
            within = np.eye(stop - first) - shares[first:stop, first:stop].toarray()
            returns[first:stop] = 1 - 1 / np.diag(inv(within, overwrite_a=True, check_finite=False))
    found = np.empty_like(returns)
    found[circulation.order] = returns
    found[circulation.closed] = np.nan
    return found


def own_visits(circulation: Circulation, nodes: NDArray[np.int64]) -> Amounts:
    """Visits N_ii of those who start at some nodes to the node itself, each solved where its component is large.

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
    returns = first_returns(circulation)[nodes]
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
    What returns in one to three steps is known of every node and added exactly; the rest is estimated from nodes drawn
    with replacement and solved one by one (Hansen & Hurwitz 1943), half of the probability in proportion to T and half
    to T times the closed ways of four steps, of which most of an uneven rest is made. The interval is Student's.
    """
    flows = circulation.throughflows
    open_nodes = np.flatnonzero(np.isnan(returns) & ~circulation.closed)
    known = float(np.sum(flows * np.nan_to_num(returns)))
    if circulation.closed.any():
        return Cycled(np.nan, np.nan, np.nan)
    if not len(open_nodes):
        return Cycled(known, known, known)
    soon, around = soon_returned(circulation)
    known += float(flows[open_nodes] @ soon[open_nodes])
    size = flows[open_nodes]
    uneven = size * around[open_nodes]
    chances = (size / size.sum() + uneven / uneven.sum()) / 2 if uneven.any() else size / size.sum()
    counts = np.random.default_rng(seed).multinomial(draws, chances / chances.sum())
    drawn = np.flatnonzero(counts)
    later = np.array([_returned(circulation, node) for node in open_nodes[drawn]]) - soon[open_nodes[drawn]]
    return _interval(known, size[drawn] * later / chances[drawn], counts[drawn])


def soon_returned(circulation: Circulation) -> tuple[Amounts, Amounts]:
    """Share of what passes through each node that comes back in one to three steps, and what goes round in four.

    Parameters
    ----------
    circulation : Circulation
        Shares of ``n`` nodes.

    Returns
    -------
    float64 (n)
        Returns for the first time after one, two or three steps.
    float64 (n)
        Closed ways of four steps: a guess of how unevenly the rest is spread.
    """
    own = circulation.shares.diagonal()
    others = circulation.shares.copy()
    others.setdiag(0.0)
    others.eliminate_zeros()
    turned = others.T.tocsr()
    back = others.multiply(turned).tocsr()
    soon = own + np.asarray(back.sum(axis=1)).ravel() + back @ own
    around = np.zeros(circulation.n)
    for rows in _row_parts(others):
        two = others[rows] @ others
        soon[rows] += np.asarray(two.multiply(turned[rows]).sum(axis=1)).ravel()
        around[rows] = np.asarray(two.multiply(turned[rows] @ turned).sum(axis=1)).ravel()
    return soon, around


def _row_parts(shares: "csr_array") -> Iterator[slice]:
    """Rows in parts whose ways of two steps fit into memory."""
    steps = shares.astype(np.bool_).astype(np.float64)
    outs, ins = (np.asarray(steps.sum(axis=axis), np.float64).ravel() for axis in (1, 0))
    ways = np.cumsum(steps @ outs + steps.T @ ins)
    stops = np.unique(np.searchsorted(ways, np.arange(1, ways[-1] // WAYS + 2) * WAYS, side="right").clip(1))
    yield from map(slice, [0, *stops[:-1].tolist()], stops.tolist())


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
