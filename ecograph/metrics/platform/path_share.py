"""Share of paths through the platform."""

import numpy as np

from ecograph.metric import Nodes, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.chosen import named
from ecograph.views.passages import cost_of_passages, passages_of

WORDS: Words = {
    "explain": {
        "en": "Of the shortest paths from {starts} to {ends}, {share:.1%} lead through {through}; of {pairs:,} pairs "
        "joined by a path, {whole:,} have no other shortest one, and {unjoined:,} pairs are not joined at all.",
        "zh": "从{starts}到{ends}的最短路径中，{share:.1%} 经过{through}；在有路径相连的 {pairs:,} 对中，{whole:,} 对的"
        "最短路径全部经过它，另有 {unjoined:,} 对之间没有任何路径。",
    },
    "nothing": {
        "en": "No path leads from {starts} to {ends}; {unjoined:,} pairs are not joined.",
        "zh": "从{starts}到{ends}没有任何路径；{unjoined:,} 对互不相连。",
    },
    "missing": {
        "en": "Shortest paths from {starts} to {ends} cannot be counted: {note}.",
        "zh": "无法计算从{starts}到{ends}的最短路径条数（{note}）。",
    },
    "an arc has distance 0": {"en": "an arc has distance 0", "zh": "存在距离为 0 的弧"},
    "too many shortest paths to count": {"en": "there are too many", "zh": "条数过多"},
    "nobody": {"en": "nobody", "zh": "（无）"},
}
NOTE = "no path joins the two sides"


@metric(
    level="whole",
    reads="distance",
    zh="平台路径份额",
    summary_zh="两类节点之间的最短路径有多大份额经过平台。",
    source="Everett & Borgatti 1999, group betweenness, between two sides",
    columns={
        "share": Column("share of the shortest paths that lead through", zh="路径份额", bounds=(0, 1)),
        "pairs": Column("pairs joined by a path", zh="相连对数", bounds=(0, None)),
        "dependent": Column("pairs all of whose shortest paths lead through", zh="完全依赖的对数", bounds=(0, None)),
        "unjoined": Column("pairs without a path", zh="不相连对数", bounds=(0, None)),
    },
    example={"through": ["University"]},
    cost=cost_of_passages,
    words=WORDS,
)
def path_share(
    network: Network,
    *,
    starts: Nodes = ("Maker",),
    ends: Nodes = ("Enterprise",),
    through: Nodes = ("Makerspace",),
) -> Values:
    """How much of what could go between two sides, makers and enterprises say, goes through the platform.

    Read 1 as two sides that meet on the platform only, 0 as two sides that meet without it.

    Parameters
    ----------
    network : Network
        ``n`` nodes. Arcs are as long as their ``distance``, one step without; with direction paths lead from ``starts``
        to ``ends``.
    starts, ends : sequence of str
        The two sides: ids, ``kind:id`` where two kinds share the id, or kinds, whose nodes are all meant.
    through : sequence of str
        The platform, named likewise: one makerspace, or all of them.

    Returns
    -------
    Result
        Level whole, one row: ``share`` in [0, 1]; ``pairs``, ``dependent`` and ``unjoined``, whole numbers from 0. No
        unit.

    Raises
    ------
    UnknownNameError
        If a name is no kind and not the id of one node.
    WeightError
        If the view has roles but no distance.

    Notes
    -----
    The mean, over the pairs of a start s and an end t other than s that a path joins, of the share of their shortest
    paths that meet a node of ``through`` between s and t. Starts and ends that are themselves of ``through`` are left
    out. Parallel ties are one path, self-ties none. Lengths that differ by less than 1e-12 of them are equal.
    ``group_betweenness`` counts the same between all others.

    Where no path joins the sides, as where a kind has no nodes, there is no share; where an arc between two nodes has
    distance 0, or there are more than 1e308 paths, they cannot be counted: NaN with a note.

    References
    ----------
    Everett, M. G. & Borgatti, S. P. (1999). The centrality of groups and classes. Journal of Mathematical Sociology 23,
    181-201. Chinese term: 平台路径份额.

    Examples
    --------
    >>> import ecograph as eg
    >>> nodes = {"Maker": {"id": ["m", "n"]}, "Makerspace": {"id": ["hub"]}, "Enterprise": {"id": ["e"]}}
    >>> ties = {"source": ["m", "hub", "n"], "target": ["hub", "e", "e"]}
    >>> net = eg.from_tables(nodes, {"COLLABORATES": ties}).network("COLLABORATES")
    >>> found = eg.path_share(net)
    >>> found["share"].tolist(), found["pairs"].tolist(), found["dependent"].tolist()
    ([0.5], [2], [1])
    """
    inside = named(network.nodes, through)
    departs, arrives = (named(network.nodes, names) & ~inside for names in (starts, ends))
    found = passages_of(network, departs, arrives, np.where(inside, 0, -1), 1)
    possible = int(departs.sum()) * int(arrives.sum()) - int((departs & arrives).sum())
    pairs, whole = int(found.pairs[0]), int(found.whole[0])
    share = float(found.passing[0] / pairs) if pairs else float("nan")
    unjoined = possible - pairs

    def explain(_: int, language: Language) -> str:
        sides = {"starts": starts, "ends": ends, "through": through}
        gaps = {side: _called(network, names, language) for side, names in sides.items()}
        if found.note:
            return path_share.said("missing", language, note=path_share.said(found.note, language), **gaps)
        sentence = "explain" if pairs else "nothing"
        return path_share.said(sentence, language, share=share, pairs=pairs, whole=whole, unjoined=unjoined, **gaps)

    return Values(
        columns={"share": [share], "pairs": [pairs], "dependent": [whole], "unjoined": [unjoined]},
        notes=[found.note or (None if pairs else NOTE)],
        explainer=explain,
    )


def _called(network: Network, names: Nodes, language: Language) -> str:
    """What the nodes named are called in a sentence."""
    schema = network.nodes.schema
    kinds = {name: kind for kind in schema.kinds for name in (kind.name, kind.zh)}
    said = [
        (kinds[name].zh if language == "zh" else kinds[name].name)
        if name in kinds
        else network.nodes.called(int(np.flatnonzero(named(network.nodes, [name]))[0]))
        for name in ([names] if isinstance(names, str) else names)
    ]
    return ("、" if language == "zh" else ", ").join(said) or path_share.said("nobody", language)
