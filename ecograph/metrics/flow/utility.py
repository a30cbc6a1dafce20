"""Utility."""

from ecograph.methods.utilities import net_gains, utilities
from ecograph.metric import VIEW_UNIT, Values, Words, metric
from ecograph.metric import Nodes as Names
from ecograph.table import Column, Language
from ecograph.views import Flows
from ecograph.views.pairs import missing_notes, pairs, table_allowed

WORDS: Words = {
    "explain": {
        "en": "A unit that passes through {b} is worth {utility:,.4g} to {a} over all ways, {direct:,.4g} directly.",
        "zh": "流经 {b} 的每单位资源对 {a} 的总效用为 {utility:,.4g}，其中直接效用为 {direct:,.4g}。",
    }
}


@metric(
    level="pair",
    reads="amount",
    zh="效用分析",
    summary_zh="一个节点从另一个节点那里总体上是受益还是受损。",
    source="Patten 1991; Fath & Patten 1998",
    columns={
        "utility": Column("net gain of a from a unit of b, over all ways (U)", zh="效用"),
        "weighted": Column("the same of all that passes through b (Y)", zh="加权效用", unit=VIEW_UNIT),
        "direct": Column("net gain of a from b, directly (D)", zh="直接效用", bounds=(None, 1)),
    },
    words=WORDS,
)
def utility(flows: Flows, *, sources: Names | None = None, targets: Names | None = None) -> Values:
    """Whether one node gains or loses from another, all ways counted.

    Read a pair both ways: both above 0 is mutualism, one above and one below is exploitation, both below competition.

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
        Level pair, one row for each source a and target b in the order of the nodes: ``utility`` (U), any
        sign, no unit; ``weighted`` (Y) in the view's unit; ``direct`` (D), at most 1. NaN with a note where I - D is
        singular.

    Raises
    ------
    ParameterError
        If there are more than a million pairs, or more than 2,000 nodes.
    UnknownNameError
        If a name is no kind and not the id of one node.

    Notes
    -----
    D_ij = (F_ij - F_ji) / T_j, U = (I - D)^-1 = I + D + D^2 + ..., Y_ij = U_ij T_j. The series has a sum only where
    the largest eigenvalue of D is below 1 in size (``spectral_radius`` of ``mutualism``); beyond, U is the formal
    inverse, as in enaR. U has entries everywhere, so the whole table is made, up to 2,000 nodes. Flows to oneself do
    not count; a column of a node that takes in nothing is 0. An empty view gives an empty table.

    References
    ----------
    Patten, B. C. (1991). Network ecology: indirect determination of the life-environment relationship in ecosystems.
    In Theoretical Studies of Ecosystems. Fath, B. D. & Patten, B. C. (1998). Network synergism. Ecological
    Modelling 107.
    Chinese term: 效用分析.

    Examples
    --------
    >>> import ecograph as eg
    >>> moved = {"source": ["m", "a", "b"], "target": ["a", "b", "a"], "amount": [8.0, 6.0, 2.0]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}}, {"TRANSFERS": moved})
    >>> eg.utility(eco.flows("TRANSFERS", outside="Market"))["utility"].round(3).tolist()
    [0.789, 0.526, -0.316, 0.789]
    """
    asked = pairs(flows.nodes, "utility", sources, targets)
    table_allowed(flows.nodes, "utility")
    direct = net_gains(flows.amounts.toarray(), flows.throughflows)
    found = utilities(direct)
    columns = {
        "utility": asked.picked(found),
        "weighted": asked.picked(found * flows.throughflows),
        "direct": asked.picked(direct),
    }
    notes = missing_notes(columns["utility"], "the system is singular")

    def explain(row: int, language: Language) -> str:
        return asked.told(row, language, columns, utility.said)

    return Values(columns=columns, keys=asked.keys, notes=notes, explainer=explain)
