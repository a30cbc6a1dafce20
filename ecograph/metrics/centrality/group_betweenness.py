"""Group betweenness."""

import numpy as np
import pyarrow as pa

from ecograph.given import codes_of, labels_of, unlabelled
from ecograph.metric import Labels, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.labels import label_called
from ecograph.views.passages import cost_of_passages, passages_of

WORDS: Words = {
    "explain": {
        "en": "{group}: of {pairs:,} pairs of others joined by a path, what amounts to {count:,.6g} have their "
        "shortest paths through the group, {whole:,} of them all of these: {share:.2%} of the most possible.",
        "zh": "{group}：在有路径相连的 {pairs:,} 对组外节点中，相当于 {count:,.6g} 对的最短路径经过该组，"
        "其中 {whole:,} 对的最短路径全部经过；占可能最大值的 {share:.2%}。",
    },
    "few": {
        "en": "{group}: fewer than two nodes are outside, so there is nothing between them.",
        "zh": "{group}：组外节点不足两个，谈不上居间。",
    },
    "missing": {
        "en": "{group}: shortest paths cannot be counted: {note}.",
        "zh": "{group}：无法计算最短路径的条数（{note}）。",
    },
    "an arc has distance 0": {"en": "an arc has distance 0", "zh": "存在距离为 0 的弧"},
    "too many shortest paths to count": {"en": "there are too many", "zh": "条数过多"},
}
FEW = "fewer than two nodes outside"


@metric(
    level="group",
    reads="distance",
    zh="群体中介中心性",
    summary_zh="组外节点之间的最短路径有多少经过一个组。",
    source="Everett & Borgatti 1999, group betweenness",
    columns={
        "group_betweenness": Column(
            "pairs of others whose shortest paths lead through the group", zh="群体中介中心性", bounds=(0, None)
        ),
        "share": Column("that over all pairs of others", zh="归一化值", bounds=(0, 1)),
        "pairs": Column("pairs of others joined by a path", zh="相连对数", bounds=(0, None)),
        "dependent": Column("pairs all of whose shortest paths lead through it", zh="完全依赖的对数", bounds=(0, None)),
        "nodes": Column("nodes of the group", zh="节点数", bounds=(1, None)),
    },
    cost=cost_of_passages,
    words=WORDS,
)
def group_betweenness(network: Network, *, by: Labels = "kind") -> Values:
    """How much of the shortest paths between others leads through each group.

    Read it as what a group could broker, or block, if it acted as one: two members on the same path count once, so it
    is not the sum of its members' betweenness.

    Parameters
    ----------
    network : Network
        ``n`` nodes. Arcs are as long as their ``distance``, one step without.
    by : str, Result or Table
        The groups: an attribute's name, ``kind``, a partition's result, or a table with kind, id and value.

    Returns
    -------
    Result
        Level group, one row a group by name: ``group_betweenness``, from 0, in pairs of nodes, ordered pairs in a
        directed network; ``share`` in [0, 1]; ``pairs`` and ``dependent``, whole numbers from 0 in the same pairs;
        ``nodes``, from 1. No unit.

    Raises
    ------
    UnknownNameError
        If no node has such an attribute.
    ParameterError
        If a table lacks kind, id or a value, or names a node twice.
    WeightError
        If the view has roles but no distance.

    Notes
    -----
    C(G) = sum over pairs s, t outside G of the share of their shortest paths that meet a node of G; pairs without a
    path add nothing. With m nodes outside there are m (m - 1) / 2 pairs, twice that with direction, which ``share``
    divides by. Parallel ties are one path, self-ties none. Lengths that differ by less than 1e-12 of them are equal.
    Nodes without a group are outside of all, with a finding. Paths are searched from every node, in time n times arcs,
    and looked at once more for every seven groups. networkx 3.6 gives other values for some groups of three or more.

    With fewer than two nodes outside there is no share: NaN with a note. Where an arc between two nodes has distance 0,
    or there are more than 1e308 paths, they cannot be counted and both values are NaN with a note. An empty view gives
    an empty table.

    References
    ----------
    Everett, M. G. & Borgatti, S. P. (1999). The centrality of groups and classes. Journal of Mathematical Sociology 23,
    181-201. Chinese term: 群体中介中心性.

    Examples
    --------
    >>> import ecograph as eg
    >>> nodes = {"Maker": {"id": ["a", "b", "c"]}, "University": {"id": ["u"]}}
    >>> ties = {"source": ["a", "u", "b"], "target": ["u", "b", "c"]}
    >>> net = eg.from_tables(nodes, {"COLLABORATES": ties}).network("COLLABORATES")
    >>> eg.group_betweenness(net).frame()[["group", "group_betweenness", "pairs"]].values.tolist()
    [['Maker', 0.0, 0], ['University', 2.0, 3]]
    """
    groups, names = codes_of(labels_of(network, by, "by"))
    everyone = np.ones(network.n, np.bool_)
    found = passages_of(network, everyone, everyone, groups, len(names))
    ways = 1 if network.directed else 2
    sizes = np.bincount(groups[groups >= 0], minlength=len(names))
    others = network.n - sizes
    possible = others * (others - 1) // ways
    passing, pairs, whole = found.passing / ways, found.pairs // ways, found.whole // ways
    shares = np.full(len(names), np.nan)
    np.divide(passing, possible, out=shares, where=possible > 0)

    def explain(position: int, language: Language) -> str:
        group = label_called(network.nodes.schema, by, names[position], language)
        if found.note:
            note = group_betweenness.said(found.note, language)
            return group_betweenness.said("missing", language, group=group, note=note)
        gaps = {"count": passing[position], "pairs": int(pairs[position]), "whole": int(whole[position])}
        sentence = "explain" if possible[position] else "few"
        return group_betweenness.said(sentence, language, group=group, share=shares[position], **gaps)

    return Values(
        columns={
            "group_betweenness": passing,
            "share": shares,
            "pairs": pairs,
            "dependent": whole,
            "nodes": sizes,
        },
        keys={"group": pa.array(names, pa.string())},
        notes=[found.note or (None if some else FEW) for some in possible.tolist()],
        findings=unlabelled(groups, by),
        explainer=explain,
    )
