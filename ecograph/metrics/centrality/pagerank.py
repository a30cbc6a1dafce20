"""PageRank."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.methods.ranking import ranks
from ecograph.methods.walks import visits
from ecograph.metric import Nodes, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.chosen import chosen
from ecograph.views.need import linear

WORDS: Words = {
    "explain": {
        "en": "{node} holds {share:.2%} of the visits: {own:.2%} by jumps, the rest from {count:,} nodes{from_}.",
        "zh": "{node} 占访问的 {share:.2%}：其中随机跳转 {own:.2%}，其余来自 {count:,} 个节点{from_}。",
    },
    "from": {"en": ", most from {name} ({share:.2%})", "zh": "，最多的来自 {name}（{share:.2%}）"},
}


@metric(
    level="node",
    reads="strength",
    zh="网页排名",
    summary_zh="随机游走者停留在各节点的时间份额。",
    source="Page, Brin, Motwani & Winograd 1999, 2.7 and 6",
    columns={
        "pagerank": Column("share of visits", zh="访问份额", bounds=(0, 1)),
        "rank": Column("rank in its kind", zh="同类排名", bounds=(1, None)),
    },
    words=WORDS,
    cost=linear(operations=30, node=150, arc=25),
)
def pagerank(network: Network | TwoMode, *, damping: float = 0.85, aims: Nodes | None = None) -> Values:
    """Share of time a random walker spends on each node.

    Read it as attention that is passed on: a node has much if nodes that have much point to it and to few others.

    Parameters
    ----------
    network : Network or TwoMode
        ``n`` nodes; the walker follows an arc with probability proportional to its ``strength``, all equal without.
    damping : float
        Probability of following an arc rather than jumping to a node drawn at random; 0 <= damping < 1.
    aims : sequence of str, optional
        Where jumps go: ids, ``kind:id`` where two kinds share the id, or kinds, whose nodes are all meant. To every
        node if not given; else a node has much if it is near to these: personalised PageRank.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``pagerank``, between 0 and 1, sum 1, no unit; ``rank``, from 1
        within the node's kind, equal ones sharing it.

    Raises
    ------
    ParameterError
        If damping is outside [0, 1), or aims are no node of the view.
    UnknownNameError
        If an aim is no kind and not the id of one node.
    WeightError
        If the view has roles but no strength.

    Notes
    -----
    x = damping (P' x + u sum of x over dangling nodes) + (1 - damping) u with P_ij = strength_ij / strength_i. and
    u = 1/n, or 1 / (number of aims) at aims and 0 elsewhere: a node without strength going out (dangling) passes its
    visits on as jumps do, which is networkx's default. Self-ties are followed. Iterated until the largest change is
    below 1e-15, so that values agree with an exact solution to about 1e-13. An empty view gives an empty table; one
    node has 1.

    References
    ----------
    Page, L., Brin, S., Motwani, R. & Winograd, T. (1999). The PageRank citation ranking. Stanford InfoLab, 2.7.
    Chinese term: 网页排名.

    Examples
    --------
    >>> import ecograph as eg
    >>> net = eg.dataset("florentine").network("MARRIAGE")
    >>> eg.pagerank(net).top(2)["pagerank"].round(4).tolist()
    [0.1444, 0.0974]
    """
    if not 0 <= damping < 1:
        raise ParameterError(f"damping={damping}; allowed: 0 <= damping < 1")
    ties = network.graph
    strengths = ties.weights("strength")
    aimed = np.ones(ties.n, np.bool_) if aims is None else chosen(ties.nodes, aims, "aims")
    jumps = aimed / max(int(aimed.sum()), 1)
    shares = visits(ties.arcs.in_pointers, ties.arcs.in_sources, strengths[ties.arcs.in_arcs], damping, jumps)
    sent = np.bincount(ties.arcs.out_sources, weights=strengths, minlength=ties.n)

    def explain(position: int, language: Language) -> str:
        row = slice(*ties.arcs.in_pointers[position : position + 2])
        sources = ties.arcs.in_sources[row]
        passed: NDArray[np.float64] = np.zeros(len(sources))
        given = strengths[ties.arcs.in_arcs[row]] * shares[sources] * damping
        np.divide(given, sent[sources], out=passed, where=sent[sources] > 0)
        most = ""
        if passed.sum() > 0:
            giver = ties.nodes.called(int(sources[np.argmax(passed)]))
            most = pagerank.said("from", language, name=giver, share=passed.max())
        return pagerank.said(
            "explain",
            language,
            node=ties.nodes.called(position),
            share=shares[position],
            own=max(shares[position] - passed.sum(), 0.0),
            count=int((passed > 0).sum()),
            from_=most,
        )

    ranked = pa.array(ranks(shares, ties.nodes.kind_codes))
    return Values(columns={"pagerank": shares, "rank": ranked}, explainer=explain)
