"""Maximum flow."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.methods.cutting import maximum_flow as sent_through
from ecograph.methods.shares import ratios
from ecograph.metric import VIEW_UNIT, Nodes, Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.chosen import chosen
from ecograph.views.relation_arcs import relation_arcs, relation_values

Mask = NDArray[np.bool_]

WORDS: Words = {
    "explain": {
        "en": "From {source} to {target} {flow:,.6g} of {capacity:,.6g}{unit} flow{cut}; {value:,.6g} arrive in all.",
        "zh": "从 {source} 到 {target} 通过 {flow:,.6g}，容量为 {capacity:,.6g}{unit}{cut}；总共到达 {value:,.6g}。",
    },
    "cut": {
        "en": ": it is part of the bottleneck, which holds {share:.1%} of what arrives here",
        "zh": "，属于瓶颈，承担到达总量的 {share:.1%}",
    },
}


@metric(
    level="relation",
    reads="amount",
    zh="最大流与最小割",
    summary_zh="从供方到项目最多能送到多少，卡在哪些关系上。",
    source="Ford & Fulkerson 1956; Dinic 1970",
    columns={
        "share": Column("share of the maximum flow that the cut has here", zh="占最大流的比例", bounds=(0, 1)),
        "flow": Column("what flows at the maximum", zh="流量", unit=VIEW_UNIT, bounds=(0, None)),
        "capacity": Column("what could flow", zh="容量", unit=VIEW_UNIT, bounds=(0, None)),
        "state": Column(
            "whether it is in the cut, full or has room",
            zh="状态",
            words={"cut": "瓶颈", "full": "已满", "room": "有余量"},
        ),
    },
    words=WORDS,
)
def maximum_flow(network: Network, *, sources: Nodes | None = None, targets: Nodes | None = None) -> Values:
    """How much can get from those who supply to those who need it, and which relations keep it from being more.

    Read the rows whose ``state`` is ``cut``: the bottleneck. More arrives only if one of them is widened, or a way
    around them is opened; to widen any other relation changes nothing.

    Parameters
    ----------
    network : Network
        What its relations carry is how much each could carry; 1 each in a network without amounts.
    sources, targets : list of str, optional
        Where it starts and ends: ids, ``kind:id``, or kinds. Left out, sources are the nodes that only give, targets
        those that only receive.

    Returns
    -------
    Result
        Level relation, one row for each relation through which something flows: those of the cut first, by ``share``;
        these shares add up to 1, and the ``flow`` of the cut to the maximum flow. ``flow`` from 0 to ``capacity``, in
        the view's unit; ``state`` cut, full or room. No rows where nothing can arrive, with a finding.

    Raises
    ------
    ParameterError
        If a node is both source and target, or no node of the view is meant.
    UnknownNameError
        If a name is no kind and not the id of one node.
    ViewError
        If the network is of a path, whose arcs are no relations.

    Notes
    -----
    Each arc carries at most its capacity, and every node but sources and targets gives out what it takes in. The
    maximum that arrives equals the least capacity of relations whose loss would part all sources from all targets (Ford
    & Fulkerson 1956). Of several such cuts the one nearest to the sources is told; it is unique. Of several flows that
    reach the maximum one is told, found by blocking flows (Dinic 1970). Parallel relations share what their arc carries
    in proportion to their capacities; a relation without direction carries one way. Decimals of up to six digits are
    counted exactly as long as their sum, without the point, is below 2^53; else results have the rounding of floats.
    Flows of a node to itself are none. The states of the other relations may depend on which maximum flow is told.

    References
    ----------
    Ford, L. R. & Fulkerson, D. R. (1956). Maximal flow through a network. Canadian Journal of Mathematics 8. Dinic, E.
    A. (1970). Algorithm for solution of a problem of maximum flow in a network with power estimation. Soviet
    Mathematics Doklady 11. Chinese term: 最大流与最小割.

    Examples
    --------
    >>> import ecograph as eg
    >>> sent = {"source": ["a", "a", "b"], "target": ["b", "c", "c"], "amount": [5.0, 1.0, 3.0], "unit": ["h"] * 3}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b", "c"]}}, {"TRANSFERS": sent})
    >>> found = eg.maximum_flow(eco.network("TRANSFERS", amount="amount"), sources=["a"], targets=["c"])
    >>> [(row["source"], row["target"], row["flow"], row["state"]) for row in found.table.rows()]
    [('b', 'c', 3.0, 'cut'), ('a', 'c', 1.0, 'cut'), ('a', 'b', 3.0, 'room')]
    """
    capacities = network.weights("amount")
    starts, ends = _ends(network, sources, targets)
    parts = relation_arcs(network)
    found = sent_through((network.arcs.out_pointers, network.arcs.out_targets), capacities, starts, ends)
    used = np.where((parts.back >= 0) & (found.flows[parts.back] > 0), parts.back, parts.there)
    limits = relation_values(network, "amount")
    flows = found.flows[used] * ratios(limits, capacities[used])
    rows = np.flatnonzero(flows > 0)
    cut = found.arcs[used]
    states = np.where(cut, "cut", np.where(found.flows[used] >= capacities[used], "full", "room"))
    shares = np.where(cut, flows / (found.value or 1.0), 0.0)
    order = rows[np.lexsort((-flows[rows], -shares[rows], ~cut[rows]))]
    columns: dict[str, Any] = {
        "share": shares[order],
        "flow": flows[order],
        "capacity": limits[order],
        "state": pa.array(states[order], pa.string()),
    }
    keys = {name: cells.take(pa.array(order)) for name, cells in parts.keys.items()}

    def explain(position: int, language: Language) -> str:
        row = {name: cells[position] for name, cells in (keys | columns).items()}
        told = maximum_flow.said("cut", language, **row) if str(row["state"]) == "cut" else ""
        unit = f" {network.unit}".rstrip()
        return maximum_flow.said("explain", language, **row | {"cut": told, "unit": unit, "value": found.value})

    findings = [] if found.value else [Finding("no_way", int(starts.sum()), details={"targets": int(ends.sum())})]
    return Values(columns=columns, keys=keys, findings=findings, explainer=explain)


def _ends(network: Network, sources: Sequence[str] | None, targets: Sequence[str] | None) -> tuple[Mask, Mask]:
    """Where flow starts and ends; by default who only gives and who only receives."""
    sides = network.arcs.out_sources, network.arcs.out_targets
    apart = sides[0] != sides[1]
    gives, takes = (np.bincount(side[apart], minlength=network.n) > 0 for side in sides)
    starts = gives & ~takes if sources is None else chosen(network.nodes, sources, "sources")
    ends = takes & ~gives if targets is None else chosen(network.nodes, targets, "targets")
    both = np.flatnonzero(starts & ends)
    if len(both):
        raise ParameterError(
            f"sources= and targets= share {len(both)} nodes, first {network.nodes.called(int(both[0]))!r}; leave each "
            f"in one of them"
        )
    return starts, ends
