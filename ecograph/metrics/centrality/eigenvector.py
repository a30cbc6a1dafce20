"""Eigenvector centrality."""

import numpy as np
import pyarrow as pa

from ecograph.methods.ranking import ranks
from ecograph.methods.spectra import principal
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.arriving import arriving
from ecograph.views.need import linear

WORDS: Words = {
    "explain": {
        "en": "{node} has {value:.4g}; neighbours that give to it: {count:,}{most}.",
        "zh": "{node} 的值为 {value:.4g}，来自 {count:,} 个邻居{most}。",
    },
    "most": {"en": ", most from {name} ({share:.1%})", "zh": "，最多的来自 {name}（{share:.1%}）"},
    "missing": {"en": "{node} has no value: {note}.", "zh": "{node} 没有值：{note}。"},
    "no ties": {"en": "there are no ties", "zh": "网络中没有联系"},
    "no way leads round": {"en": "no way leads round", "zh": "网络中没有环路"},
    "several strong components are equally large": {
        "en": "several strong components are equally large",
        "zh": "有多个强连通分量并列最大",
    },
}


@metric(
    level="node",
    reads="strength",
    zh="特征向量中心性",
    summary_zh="一个节点与多少个自身也处于中心的节点相连。",
    source="Bonacich 1972, eq. 4; Bonacich 1987, eq. 1",
    columns={
        "eigenvector": Column("share of the principal eigenvector", zh="特征向量中心性", bounds=(0, 1)),
        "rank": Column("rank in its kind", zh="同类排名", bounds=(1, None)),
    },
    words=WORDS,
    cost=linear(operations=100),
)
def eigenvector(network: Network | TwoMode) -> Values:
    """How much a node is joined to nodes that are central themselves.

    Read it as standing that comes from the company one keeps: few well-placed neighbours may be worth more than many.

    Parameters
    ----------
    network : Network or TwoMode
        ``n`` nodes; ties are as strong as their ``strength``, 1 each without. With direction a node has its value from
        the nodes that point to it.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``eigenvector``, in [0, 1], the sum of squares 1, no unit; ``rank``, from 1 within the
        node's kind, equal ones sharing it.

    Raises
    ------
    WeightError
        If the view has roles but no strength.
    ViewError
        If the view is two-mode over a path of several steps.
    ConvergenceError
        If so many eigenvalues are nearly as large as the largest that it cannot be found.

    Notes
    -----
    lambda x_i = sum_j strength_ji x_j for the largest lambda, with sum x_i^2 = 1. Only one component has a value where
    there are several, the one with the largest lambda; without direction components of equal lambda share, as
    multiplying ones again and again would lead to. A self-tie counts once. With direction there is no value where no
    way leads round, and none where several strong components have the largest lambda; so too without any tie: NaN with
    a note. In a two-mode view nodes take from the other side, whose sum of squares is a half, like that of their own.
    An empty view gives an empty table.

    References
    ----------
    Bonacich, P. (1972). Factoring and weighting approaches to status scores and clique identification. Journal of
    Mathematical Sociology 2, eq. 4.
    Bonacich, P. (1987). Power and centrality: a family of measures. American Journal of Sociology 92, eq. 1.
    Chinese term: 特征向量中心性.

    Examples
    --------
    >>> import ecograph as eg
    >>> net = eg.dataset("florentine").network("MARRIAGE")
    >>> eg.eigenvector(net).top(2)["eigenvector"].round(5).tolist()
    [0.43031, 0.35598]
    """
    ties = network.graph
    given = arriving(ties, "strength")
    found = principal(given, symmetric=not ties.directed)
    ranked = ranks(found.vector, ties.nodes.kind_codes)

    def explain(position: int, language: Language) -> str:
        node = ties.nodes.called(position)
        if found.note:
            return eigenvector.said("missing", language, node=node, note=eigenvector.said(found.note, language))
        row = slice(*given.indptr[position : position + 2])
        taken = given.data[row] * found.vector[given.indices[row]]
        most = ""
        if taken.any():
            name = ties.nodes.called(int(given.indices[row][np.argmax(taken)]))
            most = eigenvector.said("most", language, name=name, share=taken.max() / taken.sum())
        gaps = {"value": found.vector[position], "count": int((taken > 0).sum()), "most": most}
        return eigenvector.said("explain", language, node=node, **gaps)

    columns = {"eigenvector": found.vector, "rank": pa.array(ranked, mask=ranked == 0)}
    return Values(columns=columns, notes=[found.note] * ties.n, explainer=explain)
