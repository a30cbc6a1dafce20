"""One side of a two-mode view, its nodes tied by what they share."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.views.network import Network
from ecograph.views.two_mode import TwoMode

if TYPE_CHECKING:
    from scipy.sparse import csr_array


class Projection(NamedTuple):
    """Nodes of one side, and what joins them to the other: the ties between them are not formed.

    ``positions`` are the nodes in the view, ``joined`` has a row for each and a column for each node of the other side,
    and ``sent`` is the strength of each node's ties to others of its side, added up.
    """

    positions: NDArray[np.int64]
    joined: "csr_array"
    sent: NDArray[np.float64]

    def ties(self, place: int) -> NDArray[np.float64]:
        """Strength of the ties of one node of the side to each of its nodes; 0 to itself."""
        strengths = np.asarray((self.joined @ self.joined[[place]].T).toarray(), np.float64).ravel()
        strengths[place] = 0.0
        return strengths


def projection(view: Network | TwoMode, side: str) -> Projection:
    """Tie the nodes of one side by what they share with each other.

    A tie is as strong as the paths over the other side are many; with ``strength``, as the sum over shared nodes of the
    products of both strengths.

    Parameters
    ----------
    view : TwoMode
        The view; its factors are multiplied where the path has several steps.
    side : str
        A kind at an end of the view's path, in either language.

    Returns
    -------
    Projection
        Of that side.

    Raises
    ------
    ParameterError
        If the view is no two-mode view, or has no such side.
    UnknownNameError
        If there is no such kind.
    """
    if not isinstance(view, TwoMode):
        raise ParameterError(f"side={side!r}: a network has no sides; give a two-mode view, or leave side= out")
    kind = view.nodes.schema.kind(side).name
    if kind not in view.sides:
        raise ParameterError(f"side={side!r} is not a side of this view; allowed: {', '.join(view.sides)}")
    own = view.left if kind == view.sides[0] else ~view.left
    joined = _joined(view) if kind == view.sides[0] else _joined(view).T.tocsr()
    joined.sort_indices()
    laid = joined.T @ np.ones(joined.shape[0])
    by_others = joined.copy()
    by_others.data = joined.data * (laid[joined.indices] - joined.data)
    return Projection(np.flatnonzero(own), joined, np.asarray(by_others.sum(axis=1), np.float64))


def _joined(view: TwoMode) -> "csr_array":
    """The first side in rows, the second in columns."""
    if view.values:
        return view.graph.to_scipy("strength")[view.left][:, ~view.left].tocsr()
    product = view.factors[0]
    for factor in view.factors[1:]:
        product = product @ factor
    return product.astype(np.float64).tocsr()
