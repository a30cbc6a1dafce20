"""Leiden communities."""

import numpy as np

from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.bonds import of_searches, searched_of

WORDS: Words = {
    "explain": {
        "en": "{node} is in community {community:,}, which has {size:,} of {n:,} nodes and {inside:.1%} of what {node} "
        "carries; the {communities:,} communities have a modularity of {modularity:.4f}.",
        "zh": "{node} 属于第 {community:,} 个社群，该社群有 {size:,} 个节点（共 {n:,} 个），占 {node} 全部联系的 "
        "{inside:.1%}；{communities:,} 个社群的模块度为 {modularity:.4f}。",
    },
    "alone": {
        "en": "{node} has no ties and is a community of its own, number {community:,}.",
        "zh": "{node} 没有任何联系，自成第 {community:,} 个社群。",
    },
}


@metric(
    level="node",
    reads="any",
    zh="莱顿社群",
    summary_zh="哪些节点彼此往来多于随机情形，从而形成内部连通的社群（莱顿算法）。",
    source="Traag, Waltman & van Eck 2019, Algorithm A.2; Barber 2007, eq. 15",
    columns={
        "community": Column("number of its community, 1 is the largest", zh="社群", bounds=(1, None)),
        "size": Column("nodes in its community", zh="社群大小", bounds=(1, None)),
    },
    words=WORDS,
    cost=of_searches(operations=400, remedy="give fewer starts="),
)
def leiden(
    network: Network | TwoMode,
    *,
    resolution: float = 1.0,
    seed: int = 0,
    starts: int | None = None,
    side: str | None = None,
) -> Values:
    """Which nodes keep to each other more than chance would make them, in communities that hold together.

    Read it as the circles an ecosystem is made of; ``modularity(view, by=result)`` says how plain they are, and
    ``consensus`` how much of them is left when the search starts elsewhere.

    Parameters
    ----------
    network : Network or TwoMode
        What is added up is the role given (amount, count or strength); ties, if none is given. Communities of a
        two-mode view have nodes of both sides.
    resolution : float
        Weight of what chance would give, 0 or more: above 1 favours small communities, below 1 large ones.
    seed : int
        Seed of the search, from 0.
    starts : int, optional
        How often to start anew, 1 to 1,000; the best is kept. If not given, as often as a fixed amount of work allows:
        1,000 times in a network of some dozens of nodes, once in one of 100,000 ties.
    side : str, optional
        A side of a two-mode view, whose nodes alone have communities: tied by how much they share. Communities have
        nodes of both sides if not given.

    Returns
    -------
    Result
        Level node, one row a node, or one a node of the side: ``community``, numbered from 1 by size, then by smallest
        member, and ``size``; no unit.

    Raises
    ------
    ParameterError
        If resolution, seed or starts is outside its range; if the view has several roles, or a distance, or no such
        side.
    UnknownNameError
        If the side is no kind.
    WeightError
        If there is a side, and the view has another role than strength.
    ViewError
        If the view is two-mode over a path of several steps and no side is given.

    Notes
    -----
    The modularity of ``modularity`` is raised: nodes move to the community of a neighbour while that gains; then each
    community is taken apart into parts that hold together, and the parts move; up to 10 times over. Of the parts a node
    may join, every fourth start, the first among them, takes the one where it gains most; the others draw one, by the
    exponential of the gain as Traag et al. do. Communities are connected, direction left aside. The best partition of
    all cannot be known but in small networks; what is found depends on the seed, the same for any order of rows and any
    number of threads. A node without ties is a community of its own; an empty view gives an empty table.

    With a side, the tie of two of its nodes is the number of paths between them over the other side, or the sum of the
    products of their strengths; a node has no tie with itself. The modularity is that of the network of these ties,
    which is not formed: memory is that of the relations.

    References
    ----------
    Traag, V. A., Waltman, L. & van Eck, N. J. (2019). From Louvain to Leiden: guaranteeing well-connected communities.
    Scientific Reports 9, 5233. Barber, M. J. (2007). Modularity and community detection in bipartite networks. Physical
    Review E 76, 066102, eq. 15. Chinese term: 莱顿社群.

    Examples
    --------
    >>> import ecograph as eg
    >>> net = eg.dataset("florentine").network("MARRIAGE")
    >>> found = eg.leiden(net)
    >>> sorted(set(found["community"].tolist()))
    [1, 2, 3, 4]
    >>> eg.modularity(net, by=found)["modularity"].round(4).tolist()
    [0.3987]
    >>> joined = eg.dataset("cordis-h2020").two_mode("Organisation -PARTICIPATES_IN-> Project")
    >>> len(eg.leiden(joined)), len(eg.leiden(joined, side="Organisation"))
    (3716, 3114)
    """
    positions, searched = searched_of(network, "leiden", side)
    found = searched.communities(refined=True, resolution=resolution, seed=seed, starts=starts)

    def explain(place: int, language: Language) -> str:
        sentence = "alone" if np.isnan(found.inside[place]) else "explain"
        node = network.nodes.called(int(positions[place]))
        return leiden.said(sentence, language, node=node, **found.told(place))

    return Values(columns={"community": found.labels + 1, "size": found.sizes}, nodes=positions, explainer=explain)
