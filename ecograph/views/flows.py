"""Flows: amounts that move between nodes inside a boundary, and what crosses it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.content import Content, Nodes
from ecograph.errors import ParameterError, ViewError, WeightError, unknown
from ecograph.methods.balancing import METHODS, Balancing, Parts, UnbalancedError, balance
from ecograph.methods.circulation import Circulation, circulation
from ecograph.quality import Finding, Findings
from ecograph.views.apportion import Apportion, apportioned
from ecograph.views.network import Network, network
from ecograph.views.roles import column_of
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
    def size(self) -> int:
        """How many flows it has."""
        return int(self.amounts.nnz)

    @property
    def intakes(self) -> NDArray[np.float64]:
        """Amount each node took in from nodes inside."""
        return np.asarray(self.amounts.sum(axis=0), np.float64).ravel()

    @property
    def releases(self) -> NDArray[np.float64]:
        """Amount each node gave to nodes inside."""
        return np.asarray(self.amounts.sum(axis=1), np.float64).ravel()

    @property
    def parts(self) -> Parts:
        """Amounts inside, inputs, exports and losses: all that is counted."""
        return self.amounts, self.inputs, self.exports, self.losses

    @property
    def throughflows(self) -> NDArray[np.float64]:
        """What each node took in, from inside and over the boundary."""
        return self.inputs + self.intakes

    @property
    def outflows(self) -> NDArray[np.float64]:
        """What each node gave out: to nodes inside, over the boundary, and lost."""
        return self.releases + self.exports + self.losses

    @property
    def imbalances(self) -> NDArray[np.float64]:
        """What each node took in less what it gave out, exported and lost; 0 in a balanced network."""
        return self.inputs + self.intakes - self.releases - self.exports - self.losses

    @cached_property
    def circulation(self) -> Circulation:
        """What becomes of a unit that is in the network, by the shares each node passes on."""
        return circulation(self.amounts, self.throughflows, self.inputs)

    def balanced(self, method: Balancing) -> "Flows":
        """The same network in balance: flows changed by a named method so that each node gives out what it takes in.

        Parameters
        ----------
        method : {"input", "output", "average"}
            ``input`` keeps what comes in over the boundary and how each node divides what it gives; ``output`` keeps
            exports and losses and of what each node's intake is made; ``average`` is the mean of the two (Allesina &
            Bondavalli 2003, where they are IN, OUT and AVG).

        Returns
        -------
        Flows
            With a finding of how many nodes were out of balance and what share of all flow was changed.

        Raises
        ------
        ParameterError
            If the method is none of the three.
        ViewError
            If a node only receives (input), only gives (output), or a loop has no way out or in.

        Examples
        --------
        >>> import ecograph as eg
        >>> moved = {"source": ["m", "a", "b"], "target": ["a", "b", "m"], "amount": [9.0, 6.0, 3.0]}
        >>> eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}}, {"TRANSFERS": moved})
        >>> view = eco.flows("TRANSFERS", outside="Market")
        >>> [float(view.balanced(how).amounts.sum()) for how in ("input", "output", "average")]
        [9.0, 3.0, 6.0]
        """
        if method not in METHODS:
            raise ParameterError(f"method={method!r}; allowed: {', '.join(METHODS)}")
        try:
            amounts, inputs, exports, losses = balance(*self.parts, method)
        except UnbalancedError as error:
            raise ViewError(self._without_balance(method, error)) from None
        found = replace(
            self,
            amounts=amounts,
            inputs=inputs,
            exports=exports,
            losses=losses,
            recipe={**self.recipe, "balanced": method},
            findings=Findings(one for one in self.findings if one.code != "unbalanced_nodes"),
        )
        return replace(found, findings=found.findings + _rebalanced(self, found, method))

    def _without_balance(self, method: str, error: UnbalancedError) -> str:
        shown = ", ".join(self.nodes.ids.take(pa.array(error.nodes[:SHOWN])).to_pylist())
        remedy = "exports= or losses=" if error.side == "out" else "inputs="
        return (
            f"balanced(method={method!r}): {len(error.nodes)} nodes have no way {error.side} ({shown}); "
            f"name their {remedy}, or choose another method"
        )


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
    apportion: Apportion | None = None,
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
        "apportion": apportion,
    }
    for relation in relations:
        if not content.schema.relation(relation).directed:
            raise ParameterError(f"{relation} has no direction, and a flow has one; name directed relations")
    divided, undated = apportioned(content, relations, amount, apportion)
    make = partial(network, divided, *relations, amount=amount, where=where, direction="as declared")
    everything = make(unit=unit)
    unitless = _unitless(divided, everything)
    if unitless and everything.unit and unit is None:
        everything = make(unit=everything.unit)
    inside = ~everything.nodes.of(*beyond)
    matrix = everything.to_scipy("amount")
    kept, gone = np.flatnonzero(inside), np.flatnonzero(~inside)
    nodes = everything.nodes.kept(inside)
    view = Flows(
        nodes=nodes,
        recipe=recipe_of("flows", content, tuple(everything.recipe["relations"]), arguments),
        origin=everything.origin,
        unit=everything.unit,
        findings=everything.findings + undated + unitless + _passing(everything, matrix[gone][:, gone]),
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


def _unitless(content: Content, everything: Network) -> list[Finding]:
    """Amounts that nobody gave a unit, relation by relation."""
    found: list[Finding] = []
    for relation, rows in everything.picked.items():
        units = column_of(content, relation, "unit")
        missing = len(rows) - len(units.take(pa.array(rows)).drop_null())
        found += [Finding("unitless_flows", missing, f"relations/{relation}", column="unit")] if missing else []
    return found


def _rebalanced(before: Flows, after: Flows, method: str) -> list[Finding]:
    count = _out_of_balance(before)
    if not count:
        return []
    parts: Any = zip(before.parts, after.parts, strict=True)
    changed = sum(float(np.abs(new - old).sum()) for old, new in parts)
    share = changed / sum(float(part.sum()) for part in before.parts)
    return [Finding("rebalanced_nodes", count, value=method, details={"method": method, "share": f"{share:.1%}"})]


def _out_of_balance(view: Flows) -> int:
    return int((np.abs(view.imbalances) > 1e-9 * np.maximum(view.throughflows, view.outflows)).sum())


def _unbalanced(view: Flows) -> list[Finding]:
    count = _out_of_balance(view)
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
