"""Random walks."""

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ecograph.kernels.walks import settled

if TYPE_CHECKING:
    from scipy.sparse import csr_array

CHANGE = 1e-15


def visits(
    in_pointers: NDArray[np.int64],
    in_sources: NDArray[np.int32],
    strengths: NDArray[np.float64] | None,
    sent: NDArray[np.float64],
    damping: float,
    aims: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Share of visits of a walker that follows arcs with probability damping and else jumps.

    Parameters
    ----------
    in_pointers : int64 (n + 1)
        Start of each node's row of incoming arcs.
    in_sources : int32 (arcs)
        Source of each incoming arc.
    strengths : float64 (arcs) or None
        Strength of each incoming arc; None for 1 each.
    sent : float64 (n)
        Strength of the arcs that leave each node, added up.
    damping : float
        Probability of following an arc, 0 <= damping < 1.
    aims : float64 (n)
        Probability of each node to be jumped to, sum 1.

    Returns
    -------
    float64 (n)
        Shares with sum 1.
    """
    return _shares(in_pointers, in_sources, sent, damping, aims, values=strengths)


def shared_visits(
    joined: "csr_array", sent: NDArray[np.float64], damping: float, aims: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Share of visits of a walker that goes from a node, over something it is joined to, to another node, or jumps.

    The walker is as likely to go to a node as the sum, over what both are joined to, of the products of their entries:
    on the projection of the rows, which is not formed.

    Parameters
    ----------
    joined : csr_array (n, things)
        How strongly each node is joined to each thing.
    sent : float64 (n)
        Sum of each node's row of the projection, without itself.
    damping : float
        Probability of going on rather than jumping, 0 <= damping < 1.
    aims : float64 (n)
        Probability of each node to be jumped to, sum 1.

    Returns
    -------
    float64 (n)
        Shares with sum 1.
    """
    pointers, things = joined.indptr.astype(np.int64), joined.indices.astype(np.int32, copy=False)
    values = None if (joined.data == 1).all() else np.asarray(joined.data, np.float64)
    return _shares(pointers, things, sent, damping, aims, values=values, shared=joined.shape[1])


def _shares(
    pointers: NDArray[np.int64],
    places: NDArray[np.int32],
    sent: NDArray[np.float64],
    damping: float,
    aims: NDArray[np.float64],
    *,
    values: NDArray[np.float64] | None,
    shared: int | None = None,
) -> NDArray[np.float64]:
    """Visits, of which a node passes on the share `damping`, or none where nothing leaves it: the rest jumps."""
    followed = np.zeros(len(sent))
    np.divide(damping, sent, out=followed, where=sent > 0)
    jumping = np.where(sent > 0, 1.0 - damping, 1.0)
    shares, _ = settled(
        pointers,
        places,
        followed,
        aims,
        values=values,
        losses=jumping,
        shared=shared,
        change=CHANGE,
        most=_steps(damping),
    )
    return shares / shares.sum() if len(shares) else shares


def _steps(damping: float) -> int:
    """Steps after which what is left of the start is below the precision of a float."""
    return 1 if damping == 0 else math.ceil(-math.log(1e-17) / -math.log(damping)) + 1
