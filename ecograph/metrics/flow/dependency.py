"""Dependency."""

import numpy as np

from ecograph.methods.circulation import reciprocals
from ecograph.methods.first_returns import own_visits
from ecograph.metric import Nodes as Names
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Flows
from ecograph.views.pairs import loop_notes, pairs

WORDS: Words = {
    "explain": {
        "en": "{dependency:.2%} of what {b} takes in has passed through {a}, at once or on the way.",
        "zh": "{b} 的流入有 {dependency:.2%} 曾直接或间接流经 {a}。",
    }
}


@metric(
    level="pair",
    reads="amount",
    zh="总依赖系数",
    summary_zh="一个节点的流入有多大比例曾经过另一个节点。",
    source="Szyrmer & Ulanowicz 1987",
    columns={
        "dependency": Column("share of b's throughflow that has passed a", zh="总依赖系数", bounds=(0, 1)),
    },
    words=WORDS,
)
def dependency(flows: Flows, *, sources: Names | None = None, targets: Names | None = None) -> Values:
    """What share of one node's intake has passed through another, at once or on the way.

    Read a column as whom b depends on: 0.9 on the platform means that all but a tenth of b's resources came through
    it.

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
        Level pair, one row for each source a and target b in the order of the nodes: ``dependency``, in
        [0, 1], no unit, of b on a; of a node on itself, what has been there before. NaN with a note out of loops that
        nothing enters.

    Raises
    ------
    ParameterError
        If there are more than a million pairs.
    UnknownNameError
        If a name is no kind and not the id of one node.

    Notes
    -----
    (N' - I)_ij / N'_ii with N'_ij = T_i N_ij / T_j, the chance that a unit at j has been at i. N as in
    ``integral_flow``, solved for the named nodes alone where there are many. A node that takes in nothing depends on
    nobody: 0. An empty view gives an empty table.

    References
    ----------
    Szyrmer, J. & Ulanowicz, R. E. (1987). Total flows in ecosystems. Ecological Modelling 35.
    Chinese term: 总依赖系数.

    Examples
    --------
    >>> import ecograph as eg
    >>> moved = {"source": ["m", "a", "b"], "target": ["a", "b", "a"], "amount": [8.0, 6.0, 2.0]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}}, {"TRANSFERS": moved})
    >>> eg.dependency(eco.flows("TRANSFERS", outside="Market"))["dependency"].round(3).tolist()
    [0.2, 1.0, 0.2, 0.2]
    """
    asked = pairs(flows.nodes, "dependency", sources, targets)
    through = flows.throughflows
    visits = flows.circulation.between(asked.firsts, asked.seconds)
    same = asked.firsts[:, np.newaxis] == asked.seconds
    taken = (visits - same) * through[asked.firsts][:, np.newaxis] * reciprocals(through)[asked.seconds]
    shares = taken / own_visits(flows.circulation, asked.firsts)[:, np.newaxis]
    columns = {"dependency": np.clip(shares, 0, 1).ravel() + 0.0}
    notes = loop_notes(columns["dependency"])

    def explain(row: int, language: Language) -> str:
        return asked.told(row, language, columns, dependency.said)

    return Values(columns=columns, keys=asked.keys, notes=notes, explainer=explain)
