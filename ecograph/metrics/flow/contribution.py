"""Contribution."""

import numpy as np

from ecograph.methods.first_returns import own_visits
from ecograph.metric import Nodes as Names
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Flows
from ecograph.views.pairs import loop_notes, pairs

WORDS: Words = {
    "explain": {
        "en": "{contribution:.2%} of what passes through {a} comes to {b}, at once or on the way.",
        "zh": "流经 {a} 的资源有 {contribution:.2%} 会直接或间接到达 {b}。",
    }
}


@metric(
    level="pair",
    reads="amount",
    zh="总贡献系数",
    summary_zh="一个节点的资源有多大比例最终到达另一个节点。",
    source="Szyrmer & Ulanowicz 1987",
    columns={
        "contribution": Column("share of a's throughflow that comes to b", zh="总贡献系数", bounds=(0, None)),
    },
    words=WORDS,
)
def contribution(flows: Flows, *, sources: Names | None = None, targets: Names | None = None) -> Values:
    """What share of one node's throughflow comes to another, at once or on the way.

    Read a row as who profits from a: 0.4 means that 40 % of what passes through a passes through b later.

    Parameters
    ----------
    flows : Flows
        ``n`` nodes inside the boundary and their amounts, in one unit.
    sources, targets : sequence of str, optional
        Nodes whose pairs are shown, as a and as b: ids, ``kind:id`` where two kinds share the id, or kinds; all if not
        given.

    Returns
    -------
    Result
        Level pair, one row for each source a and target b in the order of the nodes: ``contribution``, in [0, 1] in a
        balanced network, no unit; of a node to itself, what comes back to it. NaN with a note out of loops that nothing
        enters.

    Raises
    ------
    ParameterError
        If there are more than a million pairs.
    UnknownNameError
        If a name is no kind and not the id of one node.

    Notes
    -----
    (N - I)_ij / N_jj, the chance to come to j of a unit that is at i. N as in ``integral_flow``, solved for the
    named nodes alone where there are many. In an unbalanced network, whose nodes give more than they take in, it may be
    above 1. An empty view gives an empty table.

    References
    ----------
    Szyrmer, J. & Ulanowicz, R. E. (1987). Total flows in ecosystems. Ecological Modelling 35.
    Chinese term: 总贡献系数.

    Examples
    --------
    >>> import ecograph as eg
    >>> moved = {"source": ["m", "a", "b"], "target": ["a", "b", "a"], "amount": [8.0, 6.0, 2.0]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}}, {"TRANSFERS": moved})
    >>> eg.contribution(eco.flows("TRANSFERS", outside="Market"))["contribution"].round(3).tolist()
    [0.2, 0.6, 0.333, 0.2]
    """
    asked = pairs(flows.nodes, "contribution", sources, targets)
    visits = flows.circulation.between(asked.firsts, asked.seconds)
    same = asked.firsts[:, np.newaxis] == asked.seconds
    shares = (visits - same) / own_visits(flows.circulation, asked.seconds)
    columns = {"contribution": np.maximum(shares, 0.0).ravel() + 0.0}
    notes = loop_notes(columns["contribution"])

    def explain(row: int, language: Language) -> str:
        return asked.told(row, language, columns, contribution.said)

    return Values(columns=columns, keys=asked.keys, notes=notes, explainer=explain)
