"""Strength."""

import numpy as np
import pyarrow as pa

from ecograph.methods.ranking import ranks
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.need import linear

WORDS: Words = {
    "explain": {
        "en": "{node} has ties of strength {strength:,.6g} in all: {out:,.6g} going out, {in_:,.6g} coming in.",
        "zh": "{node} 的联系强度合计 {strength:,.6g}：出 {out:,.6g}，入 {in_:,.6g}。",
    }
}


@metric(
    level="node",
    reads="strength",
    zh="强度",
    summary_zh="一个节点的全部联系合起来有多强。",
    source="Barrat et al. 2004, eq. 2",
    columns={
        "strength": Column("sum of the strengths of its ties", zh="强度", bounds=(0, None)),
        "in_strength": Column("of ties coming in", zh="入强度", bounds=(0, None)),
        "out_strength": Column("of ties going out", zh="出强度", bounds=(0, None)),
        "rank": Column("rank in its kind", zh="同类排名", bounds=(1, None)),
    },
    words=WORDS,
    cost=linear(operations=2, arc=0),
)
def strength(network: Network | TwoMode) -> Values:
    """How strong the ties of a node are in all.

    Read it beside ``degree``: of two nodes with as many neighbours, the stronger one is joined to them more closely.

    Parameters
    ----------
    network : Network or TwoMode
        ``n`` nodes; ties are as strong as their ``strength``, 1 each without.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``strength``, ``in_strength`` and ``out_strength``, from 0, in the unit of the
        strengths; ``rank``, from 1 within the node's kind, equal ones sharing it.

    Raises
    ------
    WeightError
        If the view has roles but no strength.
    ViewError
        If the view is two-mode over a path of several steps.

    Notes
    -----
    With strengths w: out_i = sum_j w_ij, in_i = sum_j w_ji, and strength is their sum with direction; without
    direction all three are sum_j w_ij with a self-tie counted twice, one end each, as in networkx and igraph. How
    parallel relations become one tie is said at the view. An isolate has 0; an empty view gives an empty table.

    References
    ----------
    Barrat, A., Barthelemy, M., Pastor-Satorras, R. & Vespignani, A. (2004). The architecture of complex weighted
    networks. PNAS 101, eq. 2. Chinese term: 强度.

    Examples
    --------
    >>> import ecograph as eg
    >>> taught = {"source": ["a", "b"], "target": ["b", "c"]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b", "c"]}}, {"TEACHES": taught})
    >>> eg.strength(eco.network("TEACHES"))["strength"].tolist()
    [1.0, 2.0, 1.0]
    """
    ties = network.graph
    values = ties.weights("strength")
    sources, targets = ties.arcs.out_sources, ties.arcs.out_targets
    outs, ins = (np.bincount(ends, values, ties.n).astype(np.float64) for ends in (sources, targets))
    if ties.directed:
        whole = outs + ins
    else:
        own = sources == targets
        outs = ins = whole = outs + np.bincount(sources[own], values[own], ties.n)

    def explain(position: int, language: Language) -> str:
        gaps = {"strength": whole[position], "out": outs[position], "in_": ins[position]}
        return strength.said("explain", language, node=ties.nodes.called(position), **gaps)

    ranked = pa.array(ranks(whole, ties.nodes.kind_codes))
    columns = {"strength": whole, "in_strength": ins, "out_strength": outs, "rank": ranked}
    return Values(columns=columns, explainer=explain)
