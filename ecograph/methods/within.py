"""What is left of numbers once the means of one or two groupings are taken out of them."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Reals = NDArray[np.float64]

DENSE = 500
"""Levels of the smaller grouping up to which its equations are factored; beyond, they are solved by iteration."""
CROWDED = 0.05
"""Share of cells with rows from which on a table of two groupings is multiplied as a full one."""
BLOCK = 4_000_000
PRECISION = 1e-10


class Effects:
    """One or two groupings of the same rows, and what projects them out.

    Parameters
    ----------
    groupings : sequence of int64 (rows)
        Group of each row, by grouping; any whole numbers.

    Notes
    -----
    Two groupings are solved exactly: the means of the larger grouping are put into the normal equations of the smaller
    (Abowd, Creecy & Kramarz 2002), of which one group in every connected part is set to 0, since only differences
    inside a part are known. The result is projected twice, which takes off what rounding left.
    """

    def __init__(self, groupings: Sequence[Codes]) -> None:
        self.groupings = [numbered(codes) for codes in groupings]
        self.counts = [np.bincount(codes).astype(np.float64) for codes in self.groupings]
        self.sizes = [len(counts) for counts in self.counts]

    @cached_property
    def _larger(self) -> int:
        return int(np.argmax(self.sizes))

    @cached_property
    def _crossing(self) -> Any:
        """Rows in each pair of groups: larger grouping by smaller, sparse."""
        from scipy.sparse import coo_array

        large, small = self._larger, 1 - self._larger
        ones = np.ones(len(self.groupings[0]))
        shape = (self.sizes[large], self.sizes[small])
        rows = coo_array((ones, (self.groupings[large], self.groupings[small])), shape=shape)
        return rows.tocsr()  # which adds up rows of the same pair

    @cached_property
    def _part_of_group(self) -> Codes:
        """Connected part of each group of the smaller grouping."""
        from scipy.sparse import block_array
        from scipy.sparse.csgraph import connected_components

        groups = self._crossing.shape[1]
        if np.diff(self._crossing.indptr).max() == groups:  # a group that meets all others joins them
            return np.zeros(groups, np.int64)
        joined = block_array([[None, self._crossing], [self._crossing.T, None]])
        _, parts = connected_components(joined, directed=False)
        return parts[self.sizes[self._larger] :].astype(np.int64)

    @property
    def parts(self) -> int:
        """How many parts of the rows share no group; 1 for a single grouping."""
        return int(self._part_of_group.max()) + 1 if len(self.groupings) == 2 else 1

    @property
    def rank(self) -> int:
        """How many numbers the groupings take up."""
        if len(self.groupings) < 2:
            return sum(self.sizes)
        return sum(self.sizes) - self.parts

    @cached_property
    def _free(self) -> Codes:
        """Groups of the smaller grouping whose effect is not set to 0."""
        _, firsts = np.unique(self._part_of_group, return_index=True)
        return np.setdiff1d(np.arange(len(self._part_of_group)), firsts)

    @cached_property
    def _factor(self) -> Any:
        from scipy.linalg import cho_factor

        return cho_factor(self._equations()[np.ix_(self._free, self._free)], overwrite_a=True, check_finite=False)

    def _equations(self) -> Reals:
        """Normal equations of the smaller grouping once the means of the larger are out, in full."""
        roots = 1.0 / np.sqrt(self.counts[self._larger])
        crossing, groups = self._crossing, self.sizes[1 - self._larger]
        scaled = crossing.multiply(roots[:, None]).tocsr()
        if crossing.nnz < CROWDED * crossing.shape[0] * groups:
            product = (scaled.T @ scaled).toarray()
        else:
            product = np.zeros((groups, groups))
            step = max(1, BLOCK // groups)
            for start in range(0, crossing.shape[0], step):
                block = scaled[start : start + step].toarray()
                product += block.T @ block
        return np.asarray(np.diag(self.counts[1 - self._larger]) - product, np.float64)

    def solved(self, totals: Reals) -> Reals:
        """Effects of the smaller grouping from what its groups sum to once the means of the larger are out.

        Parameters
        ----------
        totals : float64 (groups, columns)
            Sums over the groups of the smaller grouping.

        Returns
        -------
        float64 (groups, columns)
            Effects, 0 for one group in every connected part.
        """
        from scipy.linalg import cho_solve

        effects = np.zeros_like(totals)
        if not len(self._free):
            return effects
        if len(self._free) <= DENSE:
            effects[self._free] = cho_solve(self._factor, totals[self._free], check_finite=False)
        else:
            for column in range(totals.shape[1]):
                effects[self._free, column] = self._iterated(totals[self._free, column])
        return effects

    def _iterated(self, totals: Reals) -> Reals:
        from scipy.sparse import diags_array
        from scipy.sparse.linalg import LinearOperator, cg

        crossing = self._crossing[:, self._free]
        across, counts = crossing.T.tocsr(), self.counts[1 - self._larger][self._free]
        means = 1.0 / self.counts[self._larger]

        def applied(effects: Reals) -> Reals:
            return np.asarray(counts * effects - across @ (means * (crossing @ effects)), np.float64)

        n = len(totals)
        operator = LinearOperator((n, n), matvec=applied, dtype=np.float64)
        found, _ = cg(operator, totals, rtol=PRECISION, maxiter=10 * n, M=diags_array(1.0 / counts))
        return np.asarray(found, np.float64)

    def out(self, columns: Reals) -> Reals:
        """Take the groupings out of columns of numbers.

        Parameters
        ----------
        columns : float64 (rows, columns)
            Numbers.

        Returns
        -------
        float64 (rows, columns)
            What is left: it sums to 0 in every group.
        """
        if not self.groupings:
            return columns.copy()
        return self._projected(self._projected(columns))

    def _projected(self, columns: Reals) -> Reals:
        large = self._larger
        left = columns - self._means(columns, large)[self.groupings[large]]
        if len(self.groupings) == 1:
            return left
        effects = self.solved(summed(left, self.groupings[1 - large], self.sizes[1 - large]))
        left -= effects[self.groupings[1 - large]]
        left -= self._means(left, large)[self.groupings[large]]
        return left

    def _means(self, columns: Reals, grouping: int) -> Reals:
        return summed(columns, self.groupings[grouping], self.sizes[grouping]) / self.counts[grouping][:, None]


def summed(columns: Reals, codes: Codes, groups: int) -> Reals:
    """Sums of columns over the rows of each group.

    Parameters
    ----------
    columns : float64 (rows, columns)
        Numbers.
    codes : int64 (rows)
        Group of each row.
    groups : int
        How many groups there are.

    Returns
    -------
    float64 (groups, columns)
        Sums.
    """
    totals = [np.bincount(codes, weights=column, minlength=groups) for column in columns.T]
    return np.column_stack(totals) if totals else np.zeros((groups, 0))


def alone(groupings: Sequence[Codes]) -> NDArray[np.bool_]:
    """Rows that are, or become, the only one of a group once other such rows are gone.

    Parameters
    ----------
    groupings : sequence of int64 (rows)
        Group of each row, by grouping.

    Returns
    -------
    bool (rows)
        Whether nothing can be learned from the row: its own effect takes it up whole.

    Examples
    --------
    >>> alone([np.array([0, 0, 1, 2, 2]), np.array([0, 1, 0, 0, 2])]).tolist()
    [True, True, True, True, True]
    """
    ways = [numbered(codes) for codes in groupings]
    gone = np.zeros(len(groupings[0]) if len(groupings) else 0, np.bool_)
    while True:
        before = int(gone.sum())
        for codes in ways:
            gone |= np.bincount(codes[~gone], minlength=int(codes.max(initial=-1)) + 1)[codes] == 1
        if int(gone.sum()) == before:
            return gone


def numbered(codes: Codes) -> Codes:
    """Codes that count from 0 without gaps, in the order of the given ones.

    Parameters
    ----------
    codes : int64 (rows)
        Any whole numbers.

    Returns
    -------
    int64 (rows)
        Number of each row's code among the codes there are.

    Examples
    --------
    >>> numbered(np.array([7, -2, 7, 9])).tolist()
    [1, 0, 1, 2]
    """
    if not len(codes):
        return np.zeros(0, np.int64)
    low, high = int(codes.min()), int(codes.max())
    if high - low > 4 * len(codes) + 1_000:
        return np.asarray(np.unique(codes, return_inverse=True)[1], np.int64)
    seen = np.bincount(codes - low, minlength=high - low + 1) > 0
    return np.asarray((np.cumsum(seen) - 1)[codes - low], np.int64)
