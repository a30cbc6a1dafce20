"""Loops: how much of what passes through nodes comes back after few steps."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ecograph.methods.circulation import Amounts, Circulation

if TYPE_CHECKING:
    from scipy.sparse import csr_array

WAYS = 20_000_000
KEPT = 100


@dataclass(frozen=True)
class Loops:
    """What comes back to nodes, by its steps.

    Parameters
    ----------
    soon : float64 (n)
        Share of what passes through each node that comes back for the first time after one to four steps.
    later : float64 (n)
        Share that goes round in five or six steps along strong ways: a guess of how unevenly the rest is spread.
    """

    soon: Amounts
    later: Amounts


def loops(circulation: Circulation) -> Loops:
    """Find what comes back to nodes in few steps.

    Parameters
    ----------
    circulation : Circulation
        Shares of ``n`` nodes.

    Returns
    -------
    Loops
        0 where nothing comes back.

    Notes
    -----
    With S the diagonal of G and A = (I - S)^-1 (G - S), what has left a node comes back first after two, three or four
    steps by the diagonals of A^2, A^3, and A^4 less the square of the first. Of A^2 and A^3 the ways that move most,
    100 a node, are kept for the loops of five and six steps: one that much goes round is made of such ways.
    """
    own = circulation.shares.diagonal()
    steps = _left(circulation, own)
    turned = steps.T.tocsr()
    twice, thrice, fourfold = np.zeros((3, circulation.n))
    kept = []
    parts = list(_parts(_ways(steps, steps) + _ways(turned, turned)))
    for rows in parts:
        two = steps[rows] @ steps
        twice[rows] = _closed(steps[rows], turned[rows])
        thrice[rows] = _closed(two, turned[rows])
        fourfold[rows] = _closed(two, turned[rows] @ turned)
        kept.append(_strongest(two, circulation.throughflows[rows], KEPT * circulation.n // len(parts)))
    soon = twice + thrice + fourfold - twice**2
    return Loops(own + (1 - own) * soon, (1 - own) * _longer(_stacked(kept), steps, circulation.throughflows))


def _left(circulation: Circulation, own: Amounts) -> "csr_array":
    """Shares of what leaves each node."""
    steps = circulation.shares.copy()
    steps.setdiag(0.0)
    steps.eliminate_zeros()
    steps.data /= np.repeat(1 - own, np.diff(steps.indptr))
    return steps


def _longer(two: "csr_array", steps: "csr_array", flows: Amounts) -> Amounts:
    """What goes round in five and six steps, along some ways of two."""
    parts = list(_parts(_ways(two, steps)))
    three = _stacked([_strongest(two[rows] @ steps, flows[rows], KEPT * len(flows) // len(parts)) for rows in parts])
    back = three.T.tocsr()
    return _closed(two, back) + _closed(three, back)


def _closed(ways: "csr_array", back: "csr_array") -> Amounts:
    """Share of each row that goes along some ways and comes back along others, which are given turned."""
    return np.asarray(ways.multiply(back).sum(axis=1), np.float64).ravel()


def _strongest(ways: "csr_array", flows: Amounts, count: int) -> "csr_array":
    """The ways that move most, of what passes through where they begin."""
    if ways.nnz > count:
        moved = ways.data * np.repeat(flows, np.diff(ways.indptr))
        ways.data[moved < np.partition(moved, -count)[-count]] = 0.0
        ways.eliminate_zeros()
    return ways


def _stacked(parts: list["csr_array"]) -> "csr_array":
    from scipy.sparse import vstack

    stacked: csr_array = vstack(parts, format="csr")
    return stacked


def _ways(first: "csr_array", then: "csr_array") -> Amounts:
    """How many ways each row begins: a step of the first, then one of the others."""
    return np.asarray(first.astype(np.bool_).astype(np.float64) @ np.diff(then.indptr), np.float64)


def _parts(ways: Amounts) -> Iterator[slice]:
    """Rows in parts whose ways fit into memory."""
    sums = np.cumsum(ways)
    stops = np.unique(np.searchsorted(sums, np.arange(1, sums[-1] // WAYS + 2) * WAYS, side="right").clip(1))
    yield from map(slice, [0, *stops[:-1].tolist()], stops.tolist())
