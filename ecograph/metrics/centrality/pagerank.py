"""PageRank."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.methods.ranking import ranks
from ecograph.methods.walks import shared_visits, visits
from ecograph.metric import Nodes, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.chosen import chosen
from ecograph.views.need import Need, linear
from ecograph.views.projection import projection

WORDS: Words = {
    "explain": {
        "en": "{node} holds {share:.2%} of the visits: {own:.2%} by jumps, the rest from {count:,} nodes{from_}.",
        "zh": "{node} 占访问的 {share:.2%}：其中随机跳转 {own:.2%}，其余来自 {count:,} 个节点{from_}。",
    },
    "from": {"en": ", most from {name} ({share:.2%})", "zh": "，最多的来自 {name}（{share:.2%}）"},
}


def _cost(view: Network | TwoMode, options: Mapping[str, Any]) -> Need:
    return linear(operations=15, node=100, arc=30 if options.get("side") else 8)(view, options)


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
    cost=_cost,
)
def pagerank(
    network: Network | TwoMode, *, damping: float = 0.85, aims: Nodes | None = None, side: str | None = None
) -> Values:
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
    side : str, optional
        A side of a two-mode view, whose nodes alone are walked on: from one to another over what they share. Both sides
        are walked on if not given.

    Returns
    -------
    Result
        Level node, ``n`` rows, or one a node of the side: ``pagerank``, between 0 and 1, sum 1, no unit; ``rank``, from
        1 within the node's kind, equal ones sharing it.

    Raises
    ------
    ParameterError
        If damping is outside [0, 1), aims are no node walked on, or the view has no such side.
    UnknownNameError
        If an aim is no kind and not the id of one node, or the side no kind.
    WeightError
        If the view has roles but no strength.
    ViewError
        If the view is two-mode over a path of several steps and no side is given.

    Notes
    -----
    x = damping (P' x + u sum of x over dangling nodes) + (1 - damping) u with P_ij = strength_ij / strength_i. and
    u = 1/n, or 1 / (number of aims) at aims and 0 elsewhere: a node without strength going out (dangling) passes its
    visits on as jumps do, which is networkx's default. Self-ties are followed. Iterated until all changes together are
    below 1e-15, so that values agree with an exact solution to about 1e-13. An empty view gives an empty table; one
    node has 1.

    With a side, strength_ij is the number of paths from i to j over the other side, or the sum of the products of their
    strengths, and none leads from a node to itself: PageRank on the projection, in the memory of the two-mode view.

    References
    ----------
    Page, L., Brin, S., Motwani, R. & Winograd, T. (1999). The PageRank citation ranking. Stanford InfoLab, 2.7.
    Arasu, A., Novak, J., Tomkins, A. & Tomlin, J. (2002). PageRank computation and the structure of the web. WWW 2002.
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
    walk = _on_arcs(network.graph, damping, aims) if side is None else _on_side(network, side, damping, aims)
    nodes = network.nodes

    def explain(place: int, language: Language) -> str:
        givers, passed = walk.passed(place)
        passed = passed * damping
        most = ""
        if passed.sum() > 0:
            giver = nodes.called(int(givers[np.argmax(passed)]))
            most = pagerank.said("from", language, name=giver, share=passed.max())
        return pagerank.said(
            "explain",
            language,
            node=nodes.called(int(walk.positions[place])),
            share=walk.shares[place],
            own=max(walk.shares[place] - passed.sum(), 0.0),
            count=int((passed > 0).sum()),
            from_=most,
        )

    ranked = pa.array(ranks(walk.shares, nodes.kind_codes[walk.positions]))
    return Values(columns={"pagerank": walk.shares, "rank": ranked}, nodes=walk.positions, explainer=explain)


class Walk(NamedTuple):
    """The nodes walked on and their shares; ``passed`` gives who passes visits on to a node and, undamped, how many."""

    positions: NDArray[np.int64]
    shares: NDArray[np.float64]
    passed: Callable[[int], tuple[NDArray[np.integer], NDArray[np.float64]]]


def _on_arcs(ties: Network, damping: float, aims: Nodes | None) -> Walk:
    arcs, positions = ties.arcs, np.arange(ties.n)
    strengths = ties.weights("strength")[arcs.in_arcs] if ties.values else None
    sent: NDArray[np.float64] = np.diff(arcs.out_pointers).astype(np.float64)
    if strengths is not None:
        sent = np.asarray(np.bincount(arcs.in_sources, weights=strengths, minlength=ties.n), np.float64)
    jumps = _jumps(ties, positions, aims)
    shares = visits(arcs.in_pointers, arcs.in_sources, strengths, sent, damping, jumps)

    def passed(place: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        row = slice(*arcs.in_pointers[place : place + 2])
        givers = arcs.in_sources[row]
        return givers, _divided(shares[givers] * (1.0 if strengths is None else strengths[row]), sent[givers])

    return Walk(positions, shares, passed)


def _on_side(view: Network | TwoMode, side: str, damping: float, aims: Nodes | None) -> Walk:
    found = projection(view, side)
    jumps = _jumps(view, found.positions, aims)
    shares = shared_visits(found.joined, found.sent, damping, jumps)

    def passed(place: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        return found.positions, _divided(found.ties(place) * shares, found.sent)

    return Walk(found.positions, shares, passed)


def _jumps(view: Network | TwoMode, positions: NDArray[np.int64], aims: Nodes | None) -> NDArray[np.float64]:
    """Probability of each of these nodes to be jumped to."""
    aimed = np.ones(len(positions), np.bool_) if aims is None else chosen(view.nodes, aims, "aims")[positions]
    if aims is not None and not aimed.any():
        raise ParameterError(f"aims={list(aims)} are no nodes of this side; name ids or kinds it has")
    return aimed / max(int(aimed.sum()), 1)


def _divided(passed: NDArray[np.float64], sent: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares of what is sent; 0 where nothing is."""
    parts: NDArray[np.float64] = np.zeros(len(passed))
    np.divide(passed, sent, out=parts, where=sent > 0)
    return parts
