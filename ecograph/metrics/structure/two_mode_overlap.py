"""Two-mode overlap."""

from ecograph.kernels import squares
from ecograph.methods.shares import ratios
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import TwoMode
from ecograph.views.need import linear
from ecograph.views.neighbours import neighbours_of

WORDS: Words = {
    "explain": {
        "en": "{node} meets {others:,} others in its {degree:,} places; on average {overlap:.1%} of the places of "
        "either are places of both.",
        "zh": "{node} 在 {degree:,} 处与另外 {others:,} 个节点相遇；平均而言，双方所到之处有 {overlap:.1%} 是共同的。",
    },
    "nobody": {"en": "{node} meets no other node of its side.", "zh": "{node} 没有与同一侧的任何其他节点相遇。"},
}
NOTE = "meets no other node of its side"


@metric(
    level="node",
    zh="双模重叠度",
    summary_zh="一个节点与它遇到的各方，所到之处有多少相同。",
    source="Latapy, Magnien & Del Vecchio 2008, sect. 4",
    columns={
        "overlap": Column("mean overlap with those it meets", zh="双模重叠度", bounds=(0, 1)),
        "others": Column("others of its side it meets", zh="相遇节点数", bounds=(0, None)),
        "degree": Column("nodes of the other side it is joined to", zh="度", bounds=(0, None)),
    },
    cost=linear(operations=15, node=110, arc=0),
    words=WORDS,
)
def two_mode_overlap(view: TwoMode) -> Values:
    """How much a node goes to the same places as those it meets there.

    Read a value near 1 as a fixed circle that does everything together, one near 0 as a node that meets each of its
    partners in one of many places.

    Parameters
    ----------
    view : TwoMode
        A path of one step with ``n`` nodes. Roles and parallel relations are not read.

    Returns
    -------
    Result
        Level node, ``n`` rows, of both sides: ``overlap`` in [0, 1]; ``others`` and ``degree``, whole numbers from 0;
        no unit.

    Raises
    ------
    ViewError
        If the view is two-mode over a path of several steps.

    Notes
    -----
    The mean over the nodes v that share a neighbour with u of their common neighbours over the neighbours of either,
    the clustering coefficient cc. of Latapy, Magnien and Del Vecchio. A node that shares none has no value: NaN with a
    note (networkx says 0). An empty view gives an empty table. ``two_mode_clustering`` says it of the whole, by another
    count.

    References
    ----------
    Latapy, M., Magnien, C. & Del Vecchio, N. (2008). Basic notions for the analysis of large two-mode networks. Social
    Networks 30, 31-48, sect. 4. Chinese term: 双模重叠度.

    Examples
    --------
    >>> import ecograph as eg
    >>> joins = {"source": ["a", "a", "b", "b", "c"], "target": ["p", "q", "p", "q", "q"]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b", "c"]}, "Project": {"id": ["p", "q"]}}, {"WORKS_ON": joins})
    >>> eg.two_mode_overlap(eco.two_mode("Maker -WORKS_ON-> Project")).top(2)["overlap"].tolist()
    [0.75, 0.75]
    """
    graph = view.graph
    joined = neighbours_of(graph)
    others, shares = squares.overlaps(joined.pointers, joined.nodes)
    overlap = ratios(shares, others)

    def explain(position: int, language: Language) -> str:
        gaps = {"others": int(others[position]), "degree": int(joined.degrees[position]), "overlap": overlap[position]}
        sentence = "explain" if others[position] else "nobody"
        return two_mode_overlap.said(sentence, language, node=graph.nodes.called(position), **gaps)

    return Values(
        columns={"overlap": overlap, "others": others, "degree": joined.degrees},
        notes=[None if count else NOTE for count in others.tolist()],
        explainer=explain,
    )
