"""Open two-paths a -> b -> c (no arc a -> c) counted at b by the groups of the three."""

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
WORK = 20_000_000


def brokered(
    sources: NDArray[np.int32], targets: NDArray[np.int32], groups: NDArray[np.int64]
) -> dict[str, NDArray[np.int64]]:
    """Open two-paths through each node by role (Gould & Fernandez 1989).

    Parameters
    ----------
    sources, targets : int32 (arcs)
        Ends of each arc; no ordered pair twice.
    groups : int64 (n)
        Group of each node; arcs of a node with -1 are left out.

    Returns
    -------
    dict of str to int64 (n)
        Count of each role at each node.
    """
    used = (sources != targets) & (groups[sources] >= 0) & (groups[targets] >= 0)
    sources, targets = sources[used], targets[used]
    inner = groups[sources] == groups[targets]
    n = len(groups)
    same, other = (_matrix(sources[mask], targets[mask], n) for mask in (inner, ~inner))
    counts = _two_paths(same, other, groups)
    # the arcs a -> b, b -> c and a -> c, each within a group or between two, that close a two-path of the role
    closing = {
        "coordinator": (same, same, same),
        "itinerant": (other, other, same),
        "gatekeeper": (other, same, other),
        "representative": (same, other, other),
        "liaison": (other, other, other),
    }
    return {role: counts[role] - _closed(*closing[role]) for role in ROLES}


def _matrix(sources: NDArray[np.integer], targets: NDArray[np.integer], n: int) -> "csr_array":
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(sources), np.int64), (sources, targets)), shape=(n, n))


def _two_paths(same: "csr_array", other: "csr_array", groups: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """Two-paths a -> b -> c of three nodes by role, open or closed."""
    same_in, same_out, other_in, other_out = (
        np.asarray(matrix.sum(axis=axis)).ravel() for matrix in (same, other) for axis in (0, 1)
    )
    met = _matrix(np.arange(len(groups))[groups >= 0], groups[groups >= 0], max(len(groups), 1))[: len(groups)]
    returning = _row_sums((other.T @ met).multiply(other @ met))
    return {
        "coordinator": same_in * same_out - _row_sums(same.multiply(same.T)),
        "itinerant": returning - _row_sums(other.multiply(other.T)),
        "gatekeeper": other_in * same_out,
        "representative": same_in * other_out,
        "liaison": other_in * other_out - returning,
    }


def _row_sums(matrix: Any) -> NDArray[np.int64]:
    return np.asarray(matrix.sum(axis=1)).ravel().astype(np.int64)


def _closed(first: "csr_array", second: "csr_array", closing: "csr_array") -> NDArray[np.int64]:
    """Pairs a, c with first[a, b], second[b, c] and closing[a, c], counted at b; in blocks of rows, for memory."""
    backwards = second.T.tocsr()
    work = np.cumsum(closing @ np.diff(backwards.indptr)) // WORK
    bounds = np.concatenate([[0], np.flatnonzero(np.diff(work)) + 1, [len(work)]])
    counts = np.zeros(len(work), np.int64)
    for start, stop in pairwise(bounds):
        if stop > start:
            met = (closing[start:stop] @ backwards).multiply(first[start:stop])
            counts += np.asarray(met.sum(axis=0)).ravel()
    return counts
