"""Mixed trophic impact."""

import numpy as np

from ecograph.methods.circulation import reciprocals
from ecograph.methods.utilities import utilities
from ecograph.metric import Nodes as Names
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Flows
from ecograph.views.chosen import chosen
from ecograph.views.pairs import missing_notes, pairs, table_allowed

WORDS: Words = {
    "explain": {
        "en": "One percent more of {a} would mean {impact:+.4g} percent to {b} over all ways, {direct:+.4g} directly.",
        "zh": "{a} 增加百分之一，对 {b} 的总影响为 {impact:+.4g}%，其中直接影响为 {direct:+.4g}%。",
    }
}


@metric(
    level="pair",
    reads="amount",
    zh="混合营养影响",
    summary_zh="一个节点的增减会对另一个节点产生怎样的直接和间接影响。",
    source="Ulanowicz & Puccia 1990",
    columns={
        "impact": Column("of a on b over all ways (M)", zh="总影响"),
        "direct": Column("of a on b directly: benefit less harm (Q)", zh="直接影响"),
        "benefit": Column("share of b's intake that comes from a (G)", zh="供给收益", bounds=(0, 1)),
        "harm": Column("share of what a has to give that goes to b (FP)", zh="占用影响", bounds=(0, None)),
    },
    words=WORDS,
)
def mixed_trophic_impact(
    flows: Flows, *, passive: Names | None = None, sources: Names | None = None, targets: Names | None = None
) -> Values:
    """What more of one node would mean to another, over all ways.

    Read it as a first guess of who would feel a change: above 0 b would gain, below 0 it would lose, by competition for
    the same source or otherwise.

    Parameters
    ----------
    flows : Flows
        ``n`` nodes inside the boundary and their amounts, in one unit.
    passive : sequence of str, optional
        Nodes that take what comes and harm nobody by it: detritus in a food web, a store or a fund here.
    sources, targets : sequence of str, optional
        Nodes whose pairs are shown, as a and as b: ids, ``kind:id`` where two kinds share the id, or kinds; all if not
        given.

    Returns
    -------
    Result
        Level pair, one row for each source a and target b in the order of the nodes: ``impact`` (M), any
        sign; ``direct`` (Q); ``benefit`` (G), in [0, 1]; ``harm`` (FP), from 0; no unit. NaN with a note where I - Q is
        singular.

    Raises
    ------
    ParameterError
        If there are more than a million pairs, or more than 2,000 nodes.
    UnknownNameError
        If a name is no kind and not the id of one node.

    Notes
    -----
    G_ij = F_ij / T_j; FP_ij = F_ij / (T_i - loss_i), with columns of 0 for passive nodes and rows of 0 where nothing is
    left; Q = G - FP'; M = (I - Q)^-1 - I. M has entries everywhere, so the whole table is made, up to 2,000 nodes. A
    node that takes in nothing gains nothing. An empty view gives an empty table.

    References
    ----------
    Ulanowicz, R. E. & Puccia, C. J. (1990). Mixed trophic impacts in ecosystems. Coenoses 5.
    Chinese term: 混合营养影响.

    Examples
    --------
    >>> import ecograph as eg
    >>> moved = {"source": ["m", "a", "b"], "target": ["a", "b", "a"], "amount": [8.0, 6.0, 2.0]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}}, {"TRANSFERS": moved})
    >>> eg.mixed_trophic_impact(eco.flows("TRANSFERS", outside="Market"))["impact"].round(3).tolist()
    [-0.211, 0.526, -0.316, -0.211]
    """
    asked = pairs(flows.nodes, "mixed_trophic_impact", sources, targets)
    table_allowed(flows.nodes, "mixed_trophic_impact")
    amounts, through = flows.amounts.toarray(), flows.throughflows
    benefit = amounts * reciprocals(through)
    harm = amounts * reciprocals(through - flows.losses)[:, np.newaxis]
    if passive is not None:
        harm[:, chosen(flows.nodes, passive, "passive")] = 0.0
    direct = benefit - harm.T
    tables = {"impact": utilities(direct) - np.eye(flows.n), "direct": direct, "benefit": benefit, "harm": harm}
    columns = {name: asked.picked(table) for name, table in tables.items()}
    notes = missing_notes(columns["impact"], "the system is singular")

    def explain(row: int, language: Language) -> str:
        return asked.told(row, language, columns, mixed_trophic_impact.said)

    return Values(columns=columns, keys=asked.keys, notes=notes, explainer=explain)
