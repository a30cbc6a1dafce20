"""Totals of flow analysis: what needs every entry of the integral flows, and what solutions give without them."""

from dataclasses import dataclass

import numpy as np

from ecograph.methods.circulation import Amounts, Circulation, reciprocals
from ecograph.methods.first_returns import Cycled, cycled, first_returns

AMPLIFIED = 1 + 5e-11  # above 1 when rounded to ten decimals, as enaR counts
NAN = float("nan")


@dataclass(frozen=True)
class Totals:
    """Totals over all pairs of nodes; NaN where they are not known.

    Parameters
    ----------
    visits : float64 (n)
        Row sums of N: nodes that a unit passes from each node on.
    outputs, inputs : float
        Sums of N and of N', the integral flows by what is given and by what is taken in.
    homogenization_output, homogenization_input : float
        cv(G) / cv(N) and cv(G') / cv(N').
    amplification_output, amplification_input : float
        Pairs of different nodes with N, or N', above 1.
    returns : float64 (n)
        Share of what passes through each node that comes back to it; NaN where it is estimated as a whole only.
    cycled : Cycled
        What comes back of all throughflow.
    """

    visits: Amounts
    outputs: float
    inputs: float
    homogenization_output: float
    homogenization_input: float
    amplification_output: float
    amplification_input: float
    returns: Amounts
    cycled: Cycled


def flow_totals(circulation: Circulation, seed: int) -> Totals:
    """Sum up the integral flows of a circulation.

    Parameters
    ----------
    circulation : Circulation
        Shares of ``n`` nodes, without a loop that nothing enters.
    seed : int
        Seed of the draws where something is estimated.

    Returns
    -------
    Totals
        Exact from the table of integral flows where it is made; else the sums by solving, cycling by strong component
        or by an estimate, and NaN for what needs all entries.

    Notes
    -----
    N'_ij = T_i N_ij / T_j, so that one table gives both.
    """
    return _of_table(circulation) if circulation.is_tabled else _of_solutions(circulation, seed)


def _of_table(circulation: Circulation) -> Totals:
    order, table = circulation.order, circulation.table()
    flows = circulation.throughflows[order]
    own = np.diag(table).copy()
    visits, returns = np.empty(circulation.n), np.empty(circulation.n)
    visits[order], returns[order] = table.sum(axis=1), 1 - 1 / own
    given = _spread(circulation.shares.data, circulation.n) / _spread(table, circulation.n)
    outputs, amplified = float(table.sum()), _above(table, own)
    table *= flows[:, np.newaxis]
    table *= reciprocals(flows)
    table[np.diag_indices(circulation.n)] = own
    taken = _spread(_intake_shares(circulation), circulation.n) / _spread(table, circulation.n)
    whole = float(circulation.throughflows @ returns)
    return Totals(
        visits, outputs, float(table.sum()), given, taken, amplified, _above(table, own), returns,
        Cycled(whole, whole, whole),
    )  # fmt: skip


def _of_solutions(circulation: Circulation, seed: int) -> Totals:
    flows = circulation.throughflows
    visits = circulation.collected(np.ones(circulation.n))
    inputs = float(flows @ circulation.collected(reciprocals(flows))) + int((flows == 0).sum())
    returns = first_returns(circulation)
    found = cycled(circulation, returns, seed)
    return Totals(visits, float(visits.sum()), inputs, NAN, NAN, NAN, NAN, returns, found)


def intake_total(circulation: Circulation) -> float:
    """Sum of G', the shares of what each node takes in from inside."""
    return float(_intake_shares(circulation).sum())


def _intake_shares(circulation: Circulation) -> Amounts:
    shares, flows = circulation.shares, circulation.throughflows
    amounts = shares.data * np.repeat(flows, np.diff(shares.indptr))
    return np.asarray(amounts * reciprocals(flows)[shares.indices], np.float64)


def _spread(cells: Amounts, n: int) -> float:
    """Coefficient of variation over all n^2 entries, of which the cells left out are 0."""
    entries, total = n * n, float(cells.sum())
    if entries < 2 or total == 0:
        return NAN
    squares = float(np.vdot(cells, cells)) - total**2 / entries
    spread = np.sqrt(max(squares, 0.0) / (entries - 1)) / (total / entries)
    return float(spread) if spread > 0 else NAN


def _above(table: Amounts, own: Amounts) -> float:
    return float(np.count_nonzero(table > AMPLIFIED) - np.count_nonzero(own > AMPLIFIED))
