"""One seeded ecosystem, and the same pairs of nodes in memory as every peer likes them best."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import igraph
import networkit
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import csr_array

import ecograph as eg

RELATIONS = {True: "TRANSFERS", False: "COLLABORATES"}


def ids_of(n: int, letter: str) -> pa.Array:
    return pa.array(np.char.add(letter, np.char.zfill(np.arange(n).astype(str), 8)))


@dataclass(frozen=True)
class World:
    """Nodes and pairs of them, each pair once and none with itself, with a distance in eighths."""

    n: int
    directed: bool
    sources: NDArray[np.int64]
    targets: NDArray[np.int64]
    lengths: NDArray[np.float64]

    @property
    def name(self) -> str:
        """Its size in words."""
        return f"{len(self.sources):,} {'arcs' if self.directed else 'ties'} over {self.n:,} nodes"

    @cached_property
    def eco(self) -> eg.Ecosystem:
        """Makers and enterprises."""
        ids, half = ids_of(self.n, "n"), self.n // 2
        columns = {"source": ids.take(pa.array(self.sources)), "target": ids.take(pa.array(self.targets))}
        if self.directed:
            count = len(self.sources)
            columns |= {"at": np.full(count, np.datetime64("2024-01-01")), "unit": np.full(count, "CNY")}
        columns["amount" if self.directed else "hours"] = self.lengths
        nodes = {"Maker": pa.table({"id": ids[:half]}), "Enterprise": pa.table({"id": ids[half:]})}
        return eg.from_tables(nodes, {RELATIONS[self.directed]: pa.table(columns)})

    def view(self, **roles: str) -> Any:
        """A new network of ecograph."""
        return self.eco.network(RELATIONS[self.directed], **roles)

    @cached_property
    def net(self) -> Any:
        """The network without roles."""
        return self.view()

    @cached_property
    def far(self) -> Any:
        """The network with distances."""
        return self.view(distance="hours")

    @cached_property
    def igraph(self) -> Any:
        """The network in igraph."""
        graph = igraph.Graph(self.n, edges=np.column_stack((self.sources, self.targets)), directed=self.directed)
        graph.es["distance"] = self.lengths
        return graph

    @cached_property
    def networkit(self) -> Any:
        """The network in NetworKit."""
        return networkit.graphtools.toUnweighted(self.networkit_far)

    @cached_property
    def networkit_far(self) -> Any:
        """The network in NetworKit, with distances."""
        ends = self.sources.astype(np.uint64), self.targets.astype(np.uint64)
        return networkit.GraphFromCoo((self.lengths, ends), n=self.n, weighted=True, directed=self.directed)

    @cached_property
    def matrix(self) -> csr_array:
        """The network as a sparse matrix of ones, sources in rows; ties both ways."""
        rows, columns = self.sources.astype(np.int32), self.targets.astype(np.int32)
        if not self.directed:
            rows, columns = np.append(rows, columns), np.append(columns, rows)
        return csr_array((np.ones(len(rows)), (rows, columns)), shape=(self.n, self.n))


def heavy(relations: int, *, directed: bool, seed: int = 2) -> World:
    """A tenth as many nodes; ends drawn with the weight rank ** -0.8: degrees fall off as degree ** -2.25."""
    random, n = np.random.default_rng(seed), max(relations // 10, 10)
    weights = np.arange(1, n + 1) ** -0.8
    bounds = np.cumsum(weights / weights.sum())
    ends = np.minimum(np.searchsorted(bounds, random.random((2, relations))), n - 1)
    ends = ends if directed else np.sort(ends, axis=0)
    codes = np.unique(ends[0, ends[0] != ends[1]] * n + ends[1, ends[0] != ends[1]])
    sources, targets = random.permutation(n)[np.stack((codes // n, codes % n))]
    lengths = (np.minimum(sources, targets) * 7_919 + np.maximum(sources, targets)) % 997 / 8 + 1
    return World(n, directed, sources, targets, lengths)


@dataclass(frozen=True)
class Workshop:
    """Makers and the projects they work on, each pair once."""

    makers: int
    projects: int
    on: NDArray[np.int64]
    of: NDArray[np.int64]

    @property
    def name(self) -> str:
        """Its size in words."""
        return f"{len(self.on):,} relations of {self.makers:,} makers and {self.projects:,} projects"

    @cached_property
    def view(self) -> Any:
        """The two-mode view of ecograph."""
        makers, projects = ids_of(self.makers, "m"), ids_of(self.projects, "p")
        nodes = {"Maker": pa.table({"id": makers}), "Project": pa.table({"id": projects})}
        works = {"source": makers.take(pa.array(self.of)), "target": projects.take(pa.array(self.on))}
        return eg.from_tables(nodes, {"WORKS_ON": pa.table(works)}).two_mode("Maker -WORKS_ON-> Project")

    @cached_property
    def matrix(self) -> csr_array:
        """Makers in rows, projects in columns."""
        places = self.of.astype(np.int32), self.on.astype(np.int32)
        return csr_array((np.ones(len(self.on)), places), shape=(self.makers, self.projects))


def workshop(relations: int) -> Workshop:
    """A tenth as many makers, half as many projects again, as large as chance makes them."""
    random, makers, projects = np.random.default_rng(3), max(relations // 10, 10), max(relations // 20, 5)
    codes = np.unique(random.integers(0, makers, relations) * projects + random.integers(0, projects, relations))
    return Workshop(makers, projects, codes % projects, codes // projects)
