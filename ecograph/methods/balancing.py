"""Balancing: flows changed so that each node gives out what it takes in."""

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.circulation import Amounts, circulation

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Balancing: TypeAlias = Literal["input", "output", "average"]
METHODS: tuple[Balancing, ...] = get_args(Balancing)
Parts: TypeAlias = "tuple[csr_array, Amounts, Amounts, Amounts]"


class UnbalancedError(ArithmeticError):
    """Some nodes cannot be brought into balance.

    Parameters
    ----------
    nodes : int64
        The nodes.
    side : {"out", "in"}
        What they have no way for.
    """

    def __init__(self, nodes: NDArray[np.int64], side: str) -> None:
        super().__init__(side)
        self.nodes, self.side = nodes, side


def balance(
    amounts: "csr_array", inputs: Amounts, exports: Amounts, losses: Amounts, method: Balancing
) -> "tuple[csr_array, Amounts, Amounts, Amounts]":
    """Balance flows by one of the methods of Allesina and Bondavalli.

    Parameters
    ----------
    amounts : csr_array (n, n)
        Amount that moved from a node (row) to a node (column).
    inputs, exports, losses : float64 (n)
        Amounts over the boundary.
    method : {"input", "output", "average"}
        ``input`` keeps the inputs and the shares in which each node divides what it gives; ``output`` the exports and
        losses and the shares of which each node's intake is made; ``average`` is the mean of both.

    Returns
    -------
    tuple
        Amounts, inputs, exports and losses, in balance.

    Raises
    ------
    UnbalancedError
        If a node, or a loop, takes in and has no way out (input), or gives and has no way in (output).

    Notes
    -----
    With F_ij the share of what i gives that goes to j, U' = z'(I - F)^-1 is what passes through each node, and flows
    become F_ij U_i; the output method does the same with all flows turned round.

    References
    ----------
    Allesina, S. & Bondavalli, C. (2003). Steady state of ecosystem flow networks: a comparison between balancing
    procedures. Ecological Modelling 165.
    """
    if method == "input":
        return _by_inputs(amounts, inputs, exports, losses)
    if method == "output":
        return _by_outputs(amounts, inputs, exports, losses)
    one, other = _by_inputs(amounts, inputs, exports, losses), _by_outputs(amounts, inputs, exports, losses)
    moved = ((one[0] + other[0]) / 2).tocsr()
    return moved, (one[1] + other[1]) / 2, (one[2] + other[2]) / 2, (one[3] + other[3]) / 2


def _by_inputs(amounts: "csr_array", inputs: Amounts, exports: Amounts, losses: Amounts) -> Parts:
    rates = _rates(amounts, inputs, exports + losses, "out")
    return _scaled(amounts, rates), inputs, exports * rates, losses * rates


def _by_outputs(amounts: "csr_array", inputs: Amounts, exports: Amounts, losses: Amounts) -> Parts:
    rates = _rates(amounts.T.tocsr(), exports + losses, inputs, "in")
    return _scaled(amounts.T.tocsr(), rates).T.tocsr(), inputs * rates, exports, losses


def _rates(amounts: "csr_array", kept: Amounts, other: Amounts, side: str) -> Amounts:
    """What each row has to be multiplied by: what passes through it, from what is kept, over what it says now."""
    totals = np.asarray(amounts.sum(axis=1), np.float64).ravel() + other
    # Turned round, a loop without a way out is one that nothing enters.
    turned = circulation(amounts.T.tocsr(), totals, other)
    if turned.closed.any():
        raise UnbalancedError(np.flatnonzero(turned.closed), side)
    through = circulation(amounts, totals, kept).caused(kept)
    stuck = (totals == 0) & (through > 0)
    if stuck.any():
        raise UnbalancedError(np.flatnonzero(stuck), side)
    return np.divide(through, totals, out=np.zeros_like(totals), where=totals > 0)


def _scaled(amounts: "csr_array", rates: Amounts) -> "csr_array":
    from scipy.sparse import csr_array

    cells = amounts.data * np.repeat(rates, np.diff(amounts.indptr))
    return csr_array((cells, amounts.indices, amounts.indptr), shape=amounts.shape)
