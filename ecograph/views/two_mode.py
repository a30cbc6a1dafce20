"""TwoMode: two sides joined by a meta-path, kept as a chain of factors and never multiplied out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from ecograph.content import Content, Nodes
from ecograph.errors import ParameterError, ViewError
from ecograph.quality import Findings
from ecograph.views.arcs import Ties, collapsed
from ecograph.views.network import Network, filters
from ecograph.views.paths import Path, is_path, read_path, step_ends
from ecograph.views.roles import Inverse, named_roles, role_values
from ecograph.views.view import View, recipe_of

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class TwoMode(View):
    """Two sides joined by a path.

    Parameters
    ----------
    sides : pair of str
        Kind at the left end and at the right end of the path.
    left : array of bool (n)
        Whether each node stands on the first side.
    factors : tuple of csr_array
        One matrix a step: how many relations lead from a node (rows) to a node (columns).
    network : Network or None
        Both sides as one network in which every relation is an undirected tie; None for a path of several steps.
    """

    sides: tuple[str, str]
    left: NDArray[np.bool_]
    factors: "tuple[csr_array, ...]"
    network: Network | None = None

    @property
    def values(self) -> Mapping[str, NDArray[np.float64]]:
        """Values of the roles that were given, on the arcs of ``network``."""
        return self.network.values if self.network else {}

    @property
    def graph(self) -> Network:
        """The network of both sides: what one-mode measures read; only for a path of one step."""
        if self.network is None:
            path = self.recipe["relations"][0]
            raise ViewError(f"path {path!r} has several steps and this measure reads ties; use network(path) of a side")
        return self.network

    @property
    def size(self) -> int:
        """How many arcs its network has, else how many cells its factors."""
        return self.network.size if self.network else sum(factor.nnz for factor in self.factors)

    def unweighted(self) -> "TwoMode":
        """The same ties without roles: every relation counts one."""
        recipe = {**self.recipe, "unweighted": True}
        ties = None if self.network is None else replace(self.network.unweighted(), recipe=recipe)
        return replace(self, unit="", recipe=recipe, network=ties)

    def reached(self, marked: NDArray[np.bool_], *, from_left: bool) -> NDArray[np.bool_]:
        """Nodes of the other side joined to at least one marked node of this side; arrays are by side."""
        reach = marked.astype(np.float64)
        for factor in self.factors if from_left else reversed(self.factors):
            reach = np.minimum((factor.T if from_left else factor) @ reach, 1.0)
        return np.asarray(reach > 0)


def two_mode(
    content: Content,
    path: str,
    *,
    where: Mapping[str, Mapping[str, Any]] | None = None,
    strength: str | Inverse | None = None,
    distance: str | Inverse | None = None,
    count: str | Inverse | None = None,
    amount: str | Inverse | None = None,
    unit: str | None = None,
    parallel: Literal["sum", "max", "min", "mean"] | None = None,
) -> TwoMode:
    """Make a two-mode view of a meta-path; its left end is the first side.

    The doors' text is at :meth:`ecograph.ecosystem.Ecosystem.two_mode`.
    """
    arguments = {
        "where": where,
        "strength": strength,
        "distance": distance,
        "count": count,
        "amount": amount,
        "unit": unit,
        "parallel": parallel,
    }
    if not is_path(path):
        raise ParameterError(f"path={path!r} is no path; write it as 'Maker -WORKS_ON-> Project'")
    read = read_path(path, content.schema)
    if content.schema.branch(read.start) == content.schema.branch(read.end):
        raise ViewError(f"path {path!r} has both ends in {content.schema.branch(read.start)}; use network(path)")
    if both := set(content.schema.leaves(read.start)).intersection(content.schema.leaves(read.end)):
        raise ViewError(f"path {path!r} has {', '.join(sorted(both))} at both ends; name kinds that are apart")
    roles = named_roles(arguments)
    if len(read.steps) > 1 and (roles or unit or parallel):
        name = next(iter(roles), "unit" if unit else "parallel")
        raise ViewError(f"{name}= has no meaning on a path of {len(read.steps)} steps; take one step, or leave it out")
    recipe = recipe_of("two_mode", content, (path,), arguments)
    return (
        _chain(content, read, recipe, arguments) if len(read.steps) > 1 else _single(content, read, recipe, arguments)
    )


def _chain(content: Content, path: Path, recipe: Mapping[str, Any], arguments: Mapping[str, Any]) -> TwoMode:
    from scipy.sparse import csr_array

    checked = filters(content, [step.relation for step in path.steps], arguments["where"])
    factors, departs = [], path.start
    for step in path.steps:
        _, starts, stops = step_ends(content, departs, step, checked.get(step.relation, {}))
        rows, columns = content.index.of(departs), content.index.of(step.arrives)
        ends = (np.cumsum(rows) - 1)[starts], (np.cumsum(columns) - 1)[stops]
        shape = (int(rows.sum()), int(columns.sum()))
        factors.append(csr_array((np.ones(len(starts)), ends), shape=shape))
        departs = step.arrives
    return _view(content, path, recipe, tuple(factors))


def _single(content: Content, path: Path, recipe: Mapping[str, Any], arguments: Mapping[str, Any]) -> TwoMode:
    """One step: every relation is an undirected tie of the network of both sides."""
    step = path.steps[0]
    checked = filters(content, [step.relation], arguments["where"]).get(step.relation, {})
    rows, starts, stops = step_ends(content, path.start, step, checked)
    roles = named_roles(arguments)
    chosen, unit, findings = role_values(content, step.relation, rows, roles, arguments["unit"])
    kept = np.isin(rows, chosen.positions)
    order = np.searchsorted(chosen.positions, rows[kept], sorter=(by_row := np.argsort(chosen.positions)))
    values = {role: cells[by_row[order]] for role, cells in chosen.values.items()}
    present = content.index.of(path.start, path.end)
    renumbered = (np.cumsum(present) - 1).astype(np.int32)
    relations = Ties(renumbered[starts[kept]], renumbered[stops[kept]], values, symmetric=True)
    arcs, reduced = collapsed(relations, int(present.sum()), arguments["parallel"])
    ties = Network(
        nodes=content.index.kept(present),
        recipe=recipe,
        origin=content.origin,
        unit=unit,
        findings=Findings(findings),
        directed=False,
        arcs=arcs,
        values=reduced,
        content=content,
        picked={step.relation: rows[kept]},
    )
    return _sided(content, path, ties)


def _sided(content: Content, path: Path, ties: Network) -> TwoMode:
    """The network of both sides, seen from its left side."""
    left = ties.nodes.of(path.start)
    rows, columns = np.flatnonzero(left), np.flatnonzero(~left)
    counts = replace(ties, values={"count": ties.arcs.multiplicity.astype(np.float64)}).to_scipy("count")
    view = _view(content, path, ties.recipe, (counts[rows][:, columns],))
    return replace(view, unit=ties.unit, findings=ties.findings, network=ties)


def _view(content: Content, path: Path, recipe: Mapping[str, Any], factors: "tuple[csr_array, ...]") -> TwoMode:
    nodes: Nodes = content.index.kept(content.index.of(path.start, path.end))
    return TwoMode(
        nodes=nodes,
        recipe=recipe,
        origin=content.origin,
        findings=Findings(),
        sides=(path.start, path.end),
        left=nodes.of(path.start),
        factors=factors,
    )
