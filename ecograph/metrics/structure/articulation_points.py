"""Articulation points."""

from ecograph.kernels import cuts as kernel
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.neighbours import neighbours_of

WORDS: Words = {
    "explain": {
        "en": "Without {node} the others of its component lie in {pieces:,} pieces, {cut_off:,} of them outside the "
        "largest.",
        "zh": "若没有 {node}，其连通分量中的其他节点将分成 {pieces:,} 块，其中 {cut_off:,} 个节点不在最大的一块中。",
    },
    "whole": {
        "en": "Without {node} nobody else is cut off.",
        "zh": "没有 {node}，其他节点也不会被隔断。",
    },
}


@metric(
    level="node",
    zh="割点",
    summary_zh="若某个节点退出，会有多少其他节点被隔断。",
    source="Hopcroft & Tarjan 1973",
    columns={
        "cut_off": Column("nodes cut off from the largest piece without it", zh="被隔断节点数", bounds=(0, None)),
        "pieces": Column("pieces the others of its component lie in without it", zh="块数", bounds=(0, None)),
    },
    words=WORDS,
)
def articulation_points(network: Network | TwoMode) -> Values:
    """How many others are cut off if a node leaves.

    Read a node with ``pieces`` above 1 as one that the ecosystem cannot lose without falling apart, and ``cut_off`` as
    the damage.

    Parameters
    ----------
    network : Network or TwoMode
        ``n`` nodes. Roles, direction, parallel relations and self-ties are not read.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``cut_off`` and ``pieces``, whole numbers from 0; no unit.

    Raises
    ------
    ViewError
        If the view is two-mode over a path of several steps.

    Notes
    -----
    Pieces are the components of the node's own component without the node: 0 for an isolate, 1 for a node that holds
    nothing together, more for an articulation point. Cut off are all but those of the largest piece. An empty view
    gives an empty table. ``bridges`` says the same of ties.

    References
    ----------
    Hopcroft, J. & Tarjan, R. (1973). Algorithm 447: efficient algorithms for graph manipulation. Communications of the
    ACM 16. Chinese term: 割点.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.articulation_points(eg.dataset("florentine").network("MARRIAGE"))
    >>> found.top(2)["id"].tolist(), found.top(2)["cut_off"].tolist()
    (['Medici', 'Albizzi'], [3, 1])
    """
    graph = network.graph
    joined = neighbours_of(graph)
    pieces, cut_off, *_ = kernel.cuts(joined.pointers, joined.nodes)

    def explain(position: int, language: Language) -> str:
        gaps = {"pieces": int(pieces[position]), "cut_off": int(cut_off[position])}
        sentence = "explain" if pieces[position] > 1 else "whole"
        return articulation_points.said(sentence, language, node=graph.nodes.called(position), **gaps)

    return Values(columns={"cut_off": cut_off, "pieces": pieces}, explainer=explain)
