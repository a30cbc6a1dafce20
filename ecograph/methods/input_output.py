"""Input-output: what groups that sell to each other must put out so that something leaves them."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Amounts = NDArray[np.float64]

BOUND = 1e10
"""Output for one unit of final demand beyond which nothing leaves a system but by rounding."""


@dataclass(frozen=True, eq=False)
class Economy:
    """Groups that sell to each other.

    Parameters
    ----------
    sales : csr_array (groups, groups)
        What a group (row) sells to a group (column).
    inputs, finals : float64 (groups)
        What each takes in from outside, and what leaves it for good.
    """

    sales: "csr_array"
    inputs: Amounts
    finals: Amounts

    @cached_property
    def outputs(self) -> Amounts:
        """What each group puts out: sold and final."""
        return np.asarray(self.sales.sum(axis=1), np.float64).ravel() + self.finals

    @property
    def mirrored(self) -> "Economy":
        """The same from the side of supply: who buys sells, what comes in leaves."""
        return Economy(self.sales.T.tocsr(), self.finals, self.inputs)

    @cached_property
    def coefficients(self) -> "csr_array":
        """What a group (row) sells to a group (column) for each unit the latter puts out; 0 if it puts out nothing."""
        from scipy.sparse import diags_array

        shares = np.divide(1.0, self.outputs, out=np.zeros(len(self.outputs)), where=self.outputs > 0)
        found: csr_array = (self.sales @ diags_array(shares)).tocsr()
        return found

    @cached_property
    def demand(self) -> Amounts:
        """Final demand: what leaves each group for good or goes to groups that put out nothing."""
        ends: Amounts = self.sales @ (self.outputs == 0).astype(np.float64)
        return self.finals + ends

    @property
    def idle(self) -> int:
        """How many groups take in something and put out nothing."""
        taken = np.asarray(self.sales.sum(axis=0)).ravel() + self.inputs
        return int(((self.outputs == 0) & (taken > 0)).sum())

    @cached_property
    def multipliers(self) -> Amounts | None:
        """Output of all groups that a unit of final demand for each calls for; None where a unit calls for no end."""
        found = self._solved(self.coefficients.T)
        return found if found is not None and (found >= 1 - 1e-9).all() and (found < BOUND).all() else None

    @property
    def sensitivities(self) -> Amounts | None:
        """Output of each group that a unit of final demand for every group calls for; None as above."""
        return None if self.multipliers is None else self._solved(self.coefficients)

    @property
    def inverse(self) -> Amounts | None:
        """Output of each group (row) that a unit of final demand for each (column) calls for; None as above."""
        if self.multipliers is None:
            return None
        n = len(self.outputs)
        found: Amounts = np.linalg.solve(np.eye(n) - self.coefficients.toarray(), np.eye(n))
        return np.maximum(found, 0.0)

    def _solved(self, coefficients: Any) -> Amounts | None:
        """Solution of (I - coefficients) p = 1; None where it is singular."""
        from scipy.sparse import eye_array
        from scipy.sparse.linalg import splu

        n = len(self.outputs)
        if not n:
            return np.empty(0)
        try:
            return np.asarray(splu((eye_array(n) - coefficients).tocsc()).solve(np.ones(n)), np.float64)
        except RuntimeError:  # what scipy says of an exactly singular system
            return None


def economy(amounts: "csr_array", inputs: Amounts, finals: Amounts, groups: NDArray[np.int64], n: int) -> Economy:
    """Add up flows between nodes by their groups.

    Parameters
    ----------
    amounts : csr_array (nodes, nodes)
        What moved from a node (row) to a node (column).
    inputs, finals : float64 (nodes)
        What each took in from outside, and gave out for good.
    groups : int64 (nodes)
        Group of each node, from 0; -1 for none, which is outside.
    n : int
        How many groups there are.

    Returns
    -------
    Economy
        Of the groups.
    """
    from scipy.sparse import csr_array

    inside = np.flatnonzero(groups >= 0)
    ones = np.ones(len(inside))
    member = csr_array((ones, (inside, groups[inside])), shape=(len(groups), n))
    outside = (groups < 0).astype(np.float64)
    return Economy(
        (member.T @ amounts @ member).tocsr(),
        member.T @ (inputs + amounts.T @ outside),
        member.T @ (finals + amounts @ outside),
    )
