"""Closeness."""

import numpy as np
import pyarrow as pa

from ecograph.methods.ranking import ranks
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.reach import cost_of_reach, own_side, reach

WORDS: Words = {
    "explain": {
        "en": "{node} reaches {reached:,} of {others:,} others, at a mean distance of {mean:.3g}.",
        "zh": "{node} 可到达其余 {others:,} 个节点中的 {reached:,} 个，平均距离为 {mean:.3g}。",
    },
    "nobody": {"en": "{node} reaches no other node.", "zh": "{node} 无法到达任何其他节点。"},
}


@metric(
    level="node",
    reads="distance",
    zh="接近中心性",
    summary_zh="一个节点离它能到达的其他节点有多近。",
    source="Freeman 1979, eq. 12; Wasserman & Faust 1994, eq. 5.22; Faust 1997; Borgatti & Halgin 2011",
    columns={
        "closeness": Column("closeness to what it reaches", zh="接近中心性", bounds=(0, None)),
        "reached": Column("share of the others it reaches", zh="可到达份额", bounds=(0, 1)),
        "wasserman_faust": Column("closeness times the share reached", zh="修正接近中心性", bounds=(0, None)),
        "rank": Column("rank in its kind by wasserman_faust", zh="同类排名", bounds=(1, None)),
    },
    words=WORDS,
    cost=cost_of_reach,
)
def closeness(network: Network | TwoMode) -> Values:
    """How near a node is to the others it can reach.

    Read it as how fast a word from a node gets to everybody. Where the network falls into pieces, a node of a small
    piece is near to the few it reaches: compare nodes of different pieces by ``wasserman_faust``.

    Parameters
    ----------
    network : Network or TwoMode
        ``n`` nodes. Arcs are as long as their ``distance``, one step without, and are followed in their direction;
        ``direction="reversed"`` measures how fast a node hears of the others.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``closeness``, in (0, 1] without distances, else per unit of distance; ``reached``, in
        [0, 1]; ``wasserman_faust``, the product of both; ``rank``, from 1 within the node's kind, equal ones sharing
        it.

    Raises
    ------
    WeightError
        If the view has roles but no distance.
    ViewError
        If the view is two-mode over a path of several steps.

    Notes
    -----
    With r others reached, at distances d: closeness = r / sum d, reached = r / (n - 1), and their product is Wasserman
    and Faust's closeness for any graph, which is networkx's default, here of distances from the node. In a two-mode
    view nodes of the own side are two steps away at best: with a of them reached, closeness = (r + a) / sum d, which
    in a connected one is Faust's (m + 2 (k - 1)) / sum d for a side of k nodes against m. Self-ties and parallel ties
    change nothing. A node that reaches nobody, or only nodes at distance 0, has no closeness: NaN with a note, its
    product 0 and, at distance 0, NaN. An empty view gives an empty table.

    References
    ----------
    Freeman, L. C. (1979). Centrality in social networks: conceptual clarification. Social Networks 1, eq. 12.
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, eq. 5.22.
    Faust, K. (1997). Centrality in affiliation networks. Social Networks 19, 157-191.
    Borgatti, S. P. & Halgin, D. S. (2011). Analyzing affiliation networks. SAGE Handbook of Social Network Analysis,
    ch. 28. Chinese term: 接近中心性.

    Examples
    --------
    >>> import ecograph as eg
    >>> net = eg.dataset("florentine").network("MARRIAGE")
    >>> eg.closeness(net).top(2)["closeness"].tolist()
    [0.56, 0.5]
    """
    found = reach(network)
    others = max(network.n - 1, 1)
    least = found.reached + own_side(network)
    near = np.full(network.n, np.nan)
    np.divide(least, found.farness, out=near, where=found.farness > 0)
    shares = found.reached / others
    product = np.where(found.reached > 0, near * shares, 0.0)
    ranked = ranks(product, network.nodes.kind_codes)
    notes = np.where(found.reached == 0, "reaches no other node", "all it reaches are at distance 0")

    def explain(position: int, language: Language) -> str:
        reached, node = int(found.reached[position]), network.nodes.called(position)
        if not reached:
            return closeness.said("nobody", language, node=node)
        mean = found.farness[position] / reached
        return closeness.said("explain", language, node=node, reached=reached, others=others, mean=mean)

    columns = {
        "closeness": near,
        "reached": shares,
        "wasserman_faust": product,
        "rank": pa.array(ranked, mask=ranked == 0),
    }
    return Values(
        columns=columns,
        notes=[str(note) if np.isnan(cell) else None for note, cell in zip(notes, near, strict=True)],
        explainer=explain,
    )
