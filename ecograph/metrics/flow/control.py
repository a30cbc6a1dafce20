"""Control."""

import numpy as np

from ecograph.methods.controls import controls
from ecograph.metric import Nodes as Names
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Flows
from ecograph.views.pairs import loop_notes, pairs, table_allowed

WORDS: Words = {
    "explain": {
        "en": "{a} has {allocation:.1%} of its control over {b}, and {b} has {dependence:.1%} of what "
        "controls it from {a}.",
        "zh": "{a} 的控制力有 {allocation:.1%} 作用于 {b}，{b} 所受的控制有 {dependence:.1%} 来自 {a}。",
    }
}


@metric(
    level="pair",
    reads="amount",
    zh="控制分析",
    summary_zh="一个节点在多大程度上控制另一个节点。",
    source="Patten & Auble 1981; Fath 2004; Schramski et al. 2006",
    columns={
        "dominance": Column("control of b over a (CN)", zh="乙对甲的控制力", bounds=(0, 1)),
        "net_dominance": Column("control of a over b less that of b over a (CR)", zh="净控制差", bounds=(-1, 1)),
        "difference": Column("of flow, each by the other's throughflow (CD)", zh="控制差"),
        "allocation": Column("share of a's control that goes to b (CA)", zh="控制分配", bounds=(0, 1)),
        "dependence": Column("share of the control over b that comes from a (CDep)", zh="控制依赖", bounds=(0, 1)),
    },
    words=WORDS,
)
def control(flows: Flows, *, sources: Names | None = None, targets: Names | None = None) -> Values:
    """How far one node controls another.

    Read the net dominance as who could do without whom: 1 where b lives by a and a takes nothing from b, 0 where they
    are even, -1 where it is the other way round.

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
        Level pair, one row for each source a and target b in the order of the nodes: ``dominance`` (CN),
        ``allocation`` (CA) and ``dependence`` (CDep), in [0, 1]; ``net_dominance`` (CR), in [-1, 1]; ``difference``
        (CD), any sign, per unit. NaN with a note where nothing enters a loop.

    Raises
    ------
    ParameterError
        If there are more than a million pairs, or more than 2,000 nodes.
    UnknownNameError
        If a name is no kind and not the id of one node.

    Notes
    -----
    CN_ij = max(0, 1 - N'_ij / N_ji), 0 where N_ji = 0; CR_ij = CN_ji - CN_ij; CD_ij = N_ij / T_j - N_ji / T_i, terms
    of nodes that take in nothing 0. With P_ij = max(0, N_ij - N'_ji) off the diagonal: CA divides P by its row sums,
    CDep by its column sums, 0 where the sum is 0 (enaR's CDep divides row i by the sum of column i). Values below
    1e-12 count as 0. The whole table of N is made, up to 2,000 nodes. An empty view gives an empty table.

    References
    ----------
    Patten, B. C. & Auble, G. T. (1981). System theory of the ecological niche. American Naturalist 117. Fath, B. D.
    (2004). Distributed control in ecological networks. Ecological Modelling 179. Schramski, J. R. et al. (2006).
    Indirect effects and distributed control in ecosystems. Ecological Modelling 194.
    Chinese term: 控制分析.

    Examples
    --------
    >>> import ecograph as eg
    >>> moved = {"source": ["m", "a", "b"], "target": ["a", "b", "a"], "amount": [8.0, 6.0, 2.0]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}}, {"TRANSFERS": moved})
    >>> eg.control(eco.flows("TRANSFERS", outside="Market"))["allocation"].round(3).tolist()
    [0.0, 1.0, 0.0, 0.0]
    """
    asked = pairs(flows.nodes, "control", sources, targets)
    table_allowed(flows.nodes, "control")
    everyone = np.arange(flows.n)
    tables = controls(flows.circulation.between(everyone, everyone), flows.throughflows)
    columns = {name: asked.picked(table) for name, table in tables.items()}
    notes = loop_notes(columns["difference"])

    def explain(row: int, language: Language) -> str:
        return asked.told(row, language, columns, control.said)

    return Values(columns=columns, keys=asked.keys, notes=notes, explainer=explain)
