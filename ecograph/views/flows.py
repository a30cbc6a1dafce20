"""Flows: amounts that move between nodes inside a boundary, and what crosses it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.content import Content, Nodes
from ecograph.errors import ParameterError, WeightError, unknown
from ecograph.quality import Finding
from ecograph.views.network import Network, network
from ecograph.views.view import View, recipe_of

if TYPE_CHECKING:
    from scipy.sparse import csr_array

SHOWN = 5


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Flows(View):
    """Flows between the nodes inside a boundary.

    Parameters
    ----------
    amounts : csr_array (n, n)
        Amount that moved from a node (row) to a node (column).
    inputs, exports, losses : float64 (n)
        Amount each node took in over the boundary, gave out over it, and lost.
    """

    amounts: "csr_array"
    inputs: NDArray[np.float64]
    exports: NDArray[np.float64]
    losses: NDArray[np.float64]

    @property
    def intakes(self) -> NDArray[np.float64]:
        """Amount each node took in from nodes inside."""
        return np.asarray(self.amounts.sum(axis=0), np.float64).ravel()

    @property
    def releases(self) -> NDArray[np.float64]:
        """Amount each node gave to nodes inside."""
        return np.asarray(self.amounts.sum(axis=1), np.float64).ravel()

    @property
    def imbalances(self) -> NDArray[np.float64]:
        """What each node took in less what it gave out, exported and lost; 0 in a balanced network."""
        return self.inputs + self.intakes - self.releases - self.exports - self.losses


def flows(
    content: Content,
    *relations: str,
    amount: str = "amount",
    unit: str | None = None,
    outside: str | Sequence[str] = (),
    inputs: str | None = None,
    exports: str | None = None,
    losses: str | None = None,
    where: Mapping[str, Mapping[str, Any]] | None = None,
) -> Flows:
    """Make a flow view of relation kinds.

    The doors' text is at :meth:`ecograph.ecosystem.Ecosystem.flows`.
    """
    beyond = [outside] if isinstance(outside, str) else list(outside)
    arguments = {
        "amount": amount,
        "unit": unit,
        "outside": beyond,
        "inputs": inputs,
        "exports": exports,
        "losses": losses,
        "where": where,
    }
    for relation in relations:
        if not content.schema.relation(relation).directed:
            raise ParameterError(f"{relation} has no direction, and a flow has one; name directed relations")
    everything = network(content, *relations, amount=amount, unit=unit, where=where, direction="as declared")
    inside = ~everything.nodes.of(*beyond)
    matrix = everything.to_scipy("amount")
    kept, gone = np.flatnonzero(inside), np.flatnonzero(~inside)
    nodes = everything.nodes.kept(inside)
    view = Flows(
        nodes=nodes,
        recipe=recipe_of("flows", content, tuple(everything.recipe["relations"]), arguments),
        origin=everything.origin,
        unit=everything.unit,
        findings=everything.findings + _passing(everything, matrix[gone][:, gone]),
        amounts=matrix[kept][:, kept],
        inputs=np.asarray(matrix[gone][:, kept].sum(axis=0)).ravel() + _column(nodes, inputs),
        exports=np.asarray(matrix[kept][:, gone].sum(axis=1)).ravel() + _column(nodes, exports),
        losses=_column(nodes, losses),
    )
    return replace(view, findings=view.findings + _unbalanced(view))


def _passing(everything: Network, beyond: Any) -> list[Finding]:
    """Flows from outside to outside touch nobody here; they are counted, not kept."""
    name = ", ".join(everything.recipe["relations"])
    return [Finding("outside_both", int(beyond.nnz), f"relations/{name}")] if beyond.nnz else []


def _unbalanced(view: Flows) -> list[Finding]:
    scale = np.maximum(view.inputs + view.intakes, view.releases + view.exports + view.losses)
    count = int((np.abs(view.imbalances) > 1e-9 * scale).sum())
    return [Finding("unbalanced_nodes", count, value=f"{np.abs(view.imbalances).max():.6g}")] if count else []


def _column(nodes: Nodes, name: str | None) -> NDArray[np.float64]:
    """A column of numbers of the nodes; a missing cell moves nothing."""
    if name is None:
        return np.zeros(nodes.n)
    if not any(name in table.column_names for table in nodes.tables.values()):
        known = set[str]().union(*(table.column_names for table in nodes.tables.values()))
        raise unknown("attribute of these nodes", name, known)
    parts = [_numbers(nodes, kind, name) for kind in nodes.tables]
    cells = np.concatenate(parts) if parts else np.empty(0)
    bad = ~np.isfinite(cells) | (cells < 0)
    if bad.any():
        shown = ", ".join(nodes.ids.take(pa.array(np.flatnonzero(bad)[:SHOWN])).to_pylist())
        raise WeightError(f"{name}: {int(bad.sum())} values are not finite and not negative, at {shown}; mend them")
    return cells


def _numbers(nodes: Nodes, kind: str, name: str) -> NDArray[np.float64]:
    table = nodes.tables[kind]
    if name not in table.column_names:
        return np.zeros(table.num_rows)
    column = table.column(name).combine_chunks()
    if not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
        raise WeightError(f"{kind}.{name} holds {column.type}, not numbers; declare it as a number in the schema")
    return np.asarray(column.cast(pa.float64()).fill_null(0.0).to_numpy(zero_copy_only=False))
