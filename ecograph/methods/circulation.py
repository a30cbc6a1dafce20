"""Circulation: what becomes of a unit that is in a network of flows, step after step until it has left."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Amounts = NDArray[np.float64]

LARGE_COMPONENT = 1_000
"""Nodes of a strong component above which an inverse takes longer than many solutions."""
LARGEST_TABLE = 5_000
"""Nodes up to which an inverse is made, of the whole or of a strong component: 7 s of CPU and 600 MiB."""
SMALL = 300
PANEL = 64
FEW, MANY = 50, 4
PRECISION = 1e-13
RESTART, RESTARTS = 40, 100
ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Circulation:
    """Shares that nodes pass on, and the visits that follow from them: N = I + G + G^2 + ... = (I - G)^-1.

    Parameters
    ----------
    shares : csr_array (n, n)
        G: share of what passes through a node (row) that it passes on to a node (column).
    throughflows : float64 (n)
        What passes through each node.
    components : int32 (n)
        Number of the strong component of each node; flows between components lead to lower numbers only.
    closed : bool (n)
        Whether the node stands in a loop that nothing enters, where visits have no end; its shares are left out.

    Notes
    -----
    Tables stand in the order of ``order``, in which every flow between components leads onwards, so that the table is
    block triangular: N_ij is made of the flows of i's own component and of the rows that come after it.
    """

    shares: "csr_array"
    throughflows: Amounts
    components: NDArray[np.int32]
    closed: NDArray[np.bool_]

    @property
    def n(self) -> int:
        """How many nodes there are."""
        return len(self.throughflows)

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """Nodes such that flows between components lead onwards, and, in a large one, most flows inside it."""
        ranks = np.zeros(self.n, np.int64)
        for members in self.large:
            ranks[members[_breadth_first(self.shares[members][:, members])]] = np.arange(len(members))
        return np.lexsort((ranks, -self.components))

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """How many nodes each component has."""
        return np.bincount(self.components)

    @property
    def large(self) -> list[NDArray[np.int64]]:
        """Members of the components that are large."""
        found = np.flatnonzero(self.sizes > LARGE_COMPONENT)
        return [np.flatnonzero(self.components == one) for one in found]

    @property
    def is_tabled(self) -> bool:
        """Whether the table of all visits can be made."""
        return self.n <= LARGEST_TABLE

    @cached_property
    def ordered(self) -> "csr_array":
        """Shares in the order of ``order``."""
        if (self.order[1:] > self.order[:-1]).all():
            return self.shares
        return self.shares[self.order][:, self.order].tocsr()

    def blocks(self) -> Iterator[tuple[int, int]]:
        """First place and place after the last of each component in ``order``."""
        stops = np.cumsum(self.sizes[::-1])
        yield from zip((stops - self.sizes[::-1]).tolist(), stops.tolist(), strict=True)

    def table(self) -> Amounts:
        """Visits N in the order of ``order``; of those who start in a row to the nodes of the columns."""
        shares, visits = self.ordered, np.zeros((self.n, self.n))
        for first, stop in reversed(list(self._panels())):
            rows = shares[first:stop]
            inner = inverse(rows[:, first:stop])
            visits[first:stop, first:stop] = inner
            if stop < self.n:
                visits[first:stop, stop:] = inner @ (rows[:, stop:] @ visits[stop:])[:, stop:]
        return visits

    def _panels(self) -> Iterator[tuple[int, int]]:
        """Components that follow each other, put together until they are worth a product of tables."""
        begun = 0
        for _, stop in self.blocks():
            if stop - begun >= PANEL or stop == self.n:
                yield begun, stop
                begun = stop

    def collected(self, values: Amounts, precision: float = PRECISION) -> Amounts:
        """Give N v: what a unit that starts at each node collects if a visit to a node gives its value.

        Parameters
        ----------
        values : float64 (n) or (n, columns)
            Value of a visit to each node.
        precision : float
            Largest error that may remain, as a share of the values.

        Returns
        -------
        float64, shape of values
            NaN where the sums do not settle.
        """
        return self._solved(values, precision, transposed=False)

    def caused(self, inputs: Amounts, precision: float = PRECISION) -> Amounts:
        """Give z N: throughflow of each node that follows from inputs at nodes.

        Parameters
        ----------
        inputs : float64 (n) or (n, columns)
            What enters at each node.
        precision : float
            Largest error that may remain, as a share of the inputs.

        Returns
        -------
        float64, shape of inputs
            NaN where the sums do not settle.
        """
        return self._solved(inputs, precision, transposed=True)

    def between(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Amounts:
        """Visits N of those who start at some nodes to some nodes.

        Parameters
        ----------
        rows, columns : int64
            Where they start, and the nodes visited.

        Returns
        -------
        float64 (rows, columns)
            NaN out of loops that nothing enters.
        """
        fewest = min(len(rows), len(columns))
        if self.is_tabled and fewest > self.n / (MANY if self.large else FEW):
            places = np.empty(self.n, np.int64)
            places[self.order] = np.arange(self.n)
            found = self._visits[np.ix_(places[rows], places[columns])]
        elif len(rows) <= len(columns):
            found = self.caused(_units(self.n, rows)).T[:, columns]
        else:
            found = self.collected(_units(self.n, columns))[rows]
        return np.where(self.closed[rows][:, np.newaxis], np.nan, np.maximum(found, 0.0) + 0.0)

    def without(self, nodes: NDArray[np.bool_]) -> "Circulation":
        """Give the same, but for nodes that keep what they take in.

        Parameters
        ----------
        nodes : bool (n)
            The nodes.

        Returns
        -------
        Circulation
            With the throughflows as they were.
        """
        from scipy.sparse.csgraph import connected_components

        shares = self.shares.copy()
        shares.data[np.repeat(nodes, np.diff(shares.indptr))] = 0.0
        shares.eliminate_zeros()
        _, components = connected_components(shares, connection="strong")
        return Circulation(shares, self.throughflows, components.astype(np.int32), self.closed)

    def _solved(self, values: Amounts, precision: float, *, transposed: bool) -> Amounts:
        given = values[self.order]
        if self.n <= SMALL:
            found = (self._visits.T if transposed else self._visits) @ given
        else:
            wide = given.reshape(self.n, -1)
            found = np.column_stack([self._settled(column, precision, transposed=transposed) for column in wide.T])
        solved = np.empty_like(given)
        solved[self.order] = found.reshape(given.shape)
        return solved

    @cached_property
    def _visits(self) -> Amounts:
        return self.table()

    @cached_property
    def _system(self) -> tuple[Any, Any, Callable[..., Amounts]]:
        """I - G, its transpose, and the solver of its upper triangle, which is all of it where nothing leads back."""
        from scipy.sparse import eye_array, triu
        from scipy.sparse.linalg import splu

        system = (eye_array(self.n) - self.ordered).tocsr()
        forward = splu(triu(system, format="csc"), permc_spec="NATURAL", diag_pivot_thresh=0.0)
        return system, system.T.tocsr(), forward.solve

    def _settled(self, values: Amounts, precision: float, *, transposed: bool) -> Amounts:
        from scipy.sparse.linalg import LinearOperator, gmres

        system, turned, forward = self._system
        how = "T" if transposed else "N"
        ahead = LinearOperator((self.n, self.n), matvec=lambda one: forward(one, trans=how), dtype=np.float64)
        matrix = turned if transposed else system
        found, failed = gmres(matrix, values, M=ahead, rtol=precision, atol=0.0, restart=RESTART, maxiter=RESTARTS)
        size = np.abs(values).max(initial=0.0)
        if failed and not np.abs(matrix @ found - values).max() <= 1e-9 * size:
            return np.full(self.n, np.nan)
        return np.asarray(found, np.float64)


def circulation(amounts: "csr_array", throughflows: Amounts, inputs: Amounts) -> Circulation:
    """Make the circulation of flows.

    Parameters
    ----------
    amounts : csr_array (n, n)
        Amount that moved from a node (row) to a node (column).
    throughflows : float64 (n)
        What each node took in, T. Shares are G_ij = F_ij / T_i, none where T_i is 0.
    inputs : float64 (n)
        The part of it that came over the boundary.

    Returns
    -------
    Circulation
        Shares and components.

    Notes
    -----
    T'(I - G) holds what enters a component from elsewhere, so that the visits have an end unless nothing does: a loop
    that nothing enters is ``closed``.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    flows = csr_array(amounts)
    if not flows.data.all():
        flows = flows.copy()
        flows.eliminate_zeros()
    count, components = connected_components(flows, connection="strong")
    sources = np.repeat(np.arange(len(inputs)), np.diff(flows.indptr))
    between = components[sources] != components[flows.indices]
    entering = np.bincount(components, inputs, count)
    entering += np.bincount(components[flows.indices[between]], flows.data[between], count)
    inside = np.bincount(components[sources[~between]], flows.data[~between], count)
    closed = ((inside > 0) & (entering <= ROUNDING * inside))[components]
    rates = np.divide(1.0, throughflows, out=np.zeros_like(throughflows), where=(throughflows > 0) & ~closed)
    shares = csr_array((flows.data * rates[sources], flows.indices, flows.indptr), shape=flows.shape)
    return Circulation(shares, throughflows, components.astype(np.int32), closed)


def inverse(shares: "csr_array") -> Amounts:
    """(I - G)^-1 of the shares that some nodes pass on to each other."""
    from scipy.linalg import inv

    system = np.negative(shares.toarray(order="F"))
    system[np.diag_indices(len(system))] += 1.0
    return np.asarray(inv(system, overwrite_a=True, check_finite=False), np.float64)


def reciprocals(throughflows: Amounts) -> Amounts:
    """1/T, and 0 where nothing passes through."""
    return np.divide(1.0, throughflows, out=np.zeros_like(throughflows), where=throughflows > 0)


def _units(n: int, nodes: NDArray[np.int64]) -> Amounts:
    """One unit at each of some nodes, a column each."""
    units = np.zeros((n, len(nodes)))
    units[nodes, np.arange(len(nodes))] = 1.0
    return units


def _breadth_first(shares: Any) -> NDArray[np.int64]:
    """Places of a strong component as they are met from its first node, so that few flows lead back."""
    from scipy.sparse.csgraph import breadth_first_order

    return np.asarray(breadth_first_order(shares, 0, return_predecessors=False), np.int64)
