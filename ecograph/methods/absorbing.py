"""Absorbing chains: where those end who go from state to state, and how often they are in each on the way."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Shares = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Absorption:
    """What a table of steps says of an absorbing chain.

    Parameters
    ----------
    shares : float64 (states, states + ends)
        Share of the steps out of each state that go to each state and end; NaN out of a state without steps.
    visits : float64 (states, states)
        Expected visits to each state (columns) of those who start in one, the start included.
    ends : float64 (states, ends)
        Share of those who start in each state that come to each end.

    Notes
    -----
    Visits and ends are NaN where the chain does not tell them: somewhere on the way nobody has taken a step yet, or no
    end can be reached.
    """

    shares: Shares
    visits: Shares
    ends: Shares

    def visits_before(self, end: int) -> Shares:
        """Expected visits of those only who come to one of the ends; NaN where nobody does."""
        reached = self.ends[:, end]
        known = reached > 0
        found = np.full(self.visits.shape, np.nan)
        found[known] = self.visits[known] * np.nan_to_num(reached) / reached[known, np.newaxis]
        return found


def absorption(steps: NDArray[np.int64]) -> Absorption:
    """Solve the chain whose shares are those of the steps counted.

    Parameters
    ----------
    steps : int64 (states, states + ends)
        How often each state was followed by each state, and by each end.

    Returns
    -------
    Absorption
        Shares, visits and ends.

    Notes
    -----
    With the shares Q between states and R to ends: N = (I - Q)^-1 are the expected visits and N R the shares of the
    ends (Kemeny & Snell 1960, theorems 3.2.4 and 3.3.7). Of those who come to end k, by Bayes' rule n_ij b_jk / b_ik
    visits are expected, with B = N R.

    Examples
    --------
    >>> found = absorption(np.array([[0, 3, 1], [1, 0, 1]]))
    >>> found.visits.round(3).tolist(), found.ends.round(3).tolist()
    ([[1.6, 1.2], [0.8, 1.6]], [[1.0], [1.0]])
    """
    n = len(steps)
    totals = steps.sum(axis=1, keepdims=True)
    shares = np.full(steps.shape, np.nan)
    np.divide(steps, totals, out=shares, where=totals > 0)
    told = _told(steps > 0, n)
    inner = shares[told][:, :n][:, told]
    visits, ends = np.full((n, n), np.nan), np.full((n, steps.shape[1] - n), np.nan)
    solved = np.linalg.solve(np.eye(len(inner)) - inner, np.eye(len(inner)))
    visits[told] = 0.0
    visits[np.ix_(told, told)] = solved
    ends[told] = solved @ shares[told][:, n:]
    return Absorption(shares, visits, ends)


def _told(taken: NDArray[np.bool_], n: int) -> NDArray[np.bool_]:
    """States from which every way leads over states with steps, each of which has a way to an end."""
    reach = np.eye(n, dtype=np.bool_)
    for _ in range(n):
        reach = reach | (reach @ taken[:, :n])
    has_an_end = (reach @ taken[:, n:]).any(axis=1)
    return np.asarray(~(reach & ~has_an_end).any(axis=1))
