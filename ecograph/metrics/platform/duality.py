"""Duality."""

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.shares import ratios
from ecograph.metric import VIEW_UNIT, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Flows
from ecograph.views.labels import label_called

WORDS: Words = {
    "explain": {
        "en": "{node} gives {given:,.6g}{unit} and takes {taken:,.6g}{unit} inside: duality {duality:.2f}. {share}",
        "zh": "{node} 在边界内流出 {given:,.6g}{unit}、流入 {taken:,.6g}{unit}，双重角色指数为 {duality:.2f}。{share}",
    },
    "nothing": {
        "en": "{node} neither gives nor takes anything inside. {share}",
        "zh": "{node} 在边界内既无流出也无流入。{share}",
    },
    "share": {
        "en": "Of {n:,} nodes of kind {kind}, {both:,} do both ({part:.1%}).",
        "zh": "{n:,} 个{kind}中有 {both:,} 个既有流出又有流入（{part:.1%}）。",
    },
}


@metric(
    level="node",
    reads="amount",
    zh="双重角色指数",
    summary_zh="一个节点既供给又需求，两种角色有多均衡。",
    source="ecograph, operational definition of the dual role (双重角色)",
    columns={
        "duality": Column("0 if it only gives or only takes, 1 if both alike", zh="双重角色指数", bounds=(0, 1)),
        "out": Column("given to other nodes inside", zh="流出", unit=VIEW_UNIT, bounds=(0, None)),
        "in": Column("taken from other nodes inside", zh="流入", unit=VIEW_UNIT, bounds=(0, None)),
        "both": Column("1 if it gives and takes, else 0", zh="是否兼具流入与流出", bounds=(0, 1)),
    },
    words=WORDS,
)
def duality(flows: Flows) -> Values:
    """How evenly a node is supplier and demander at once.

    Read it as the two sides in one: makers who only take are an audience, makers who also give carry the platform.

    Parameters
    ----------
    flows : Flows
        ``n`` nodes inside the boundary and their amounts, in one unit.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``duality`` in [0, 1] without unit; ``out`` and ``in``, from 0, in the view's unit;
        ``both``, 1 where both are above 0, else 0.

    Raises
    ------
    ParameterError
        If the view is no flow view.

    Notes
    -----
    D = 1 - abs(out - in) / (out + in), with what moves between the node and other nodes inside the boundary; what
    crosses the boundary, and what a node moves to itself, is neither. Where out + in = 0 D does not exist: NaN with a
    note. The mean of ``both`` over the makers is the share of dual-role makers; ``explain`` says it for the kind of the
    node, those that move nothing included. An empty view gives an empty table.

    References
    ----------
    The index is ours: 2 min(out, in) / (out + in), the share of what a node moves that is balanced. Chinese term:
    双重角色指数.

    Examples
    --------
    >>> import ecograph as eg
    >>> moved = {"source": ["a", "b"], "target": ["b", "a"], "amount": [3.0, 1.0], "unit": ["hours", "hours"]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b", "c"]}}, {"TRANSFERS": moved})
    >>> eg.duality(eco.flows("TRANSFERS"))["duality"].tolist()
    [0.5, 0.5, nan]
    """
    given, taken = _between_nodes(flows)
    both = (given > 0) & (taken > 0)
    greater = np.maximum(given, taken)
    known = greater > 0
    # the least over the greatest, not the sum, which may exceed what a float can hold
    parts = ratios(np.minimum(given, taken), greater)
    values = 2 * parts / (1 + parts)

    def explain(row: int, language: Language) -> str:
        kind = flows.nodes.kinds[row].as_py()
        peers = flows.nodes.of(kind)
        n, dual = int(peers.sum()), int(both[peers].sum())
        worded = label_called(flows.nodes.schema, "kind", kind, language)
        return duality.said(
            "explain" if known[row] else "nothing",
            language,
            node=flows.nodes.called(row),
            given=given[row],
            taken=taken[row],
            unit=f" {flows.unit}" if flows.unit else "",
            duality=values[row],
            share=duality.said("share", language, n=n, kind=worded, both=dual, part=dual / n),
        )

    return Values(
        columns={"duality": values, "out": given, "in": taken, "both": both.astype(np.int64)},
        notes=[None if one else "moves nothing inside" for one in known],
        explainer=explain,
    )


def _between_nodes(flows: Flows) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What each node gives to other nodes, and takes from them."""
    cells = flows.amounts.tocoo()
    apart = cells.row != cells.col
    moved = cells.data[apart]
    ends = (cells.row[apart], cells.col[apart])
    given, taken = (np.bincount(one, moved, minlength=flows.n).astype(np.float64) for one in ends)
    return given, taken
