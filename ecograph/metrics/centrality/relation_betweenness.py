"""Betweenness of relations."""

import numpy as np

from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.dependencies import dependencies, of_dependencies
from ecograph.views.relation_arcs import relation_arcs

WORDS: Words = {
    "explain": {
        "en": "The shortest paths of {count:,.6g} of {pairs:,} pairs lead over {source} – {target} ({share:.2%}).",
        "zh": "{pairs:,} 对节点中，有相当于 {count:,.6g} 对的最短路径经过“{source} – {target}”（{share:.2%}）。",
    },
    "missing": {
        "en": "Shortest paths over {source} – {target} cannot be counted.",
        "zh": "无法计算经过“{source} – {target}”的最短路径的条数。",
    },
}


@metric(
    level="relation",
    reads="distance",
    zh="关系中介中心性",
    summary_zh="节点之间的最短路径有多少经过这条关系。",
    source="Girvan & Newman 2002; Brandes 2008, sect. 3.5",
    columns={
        "betweenness": Column("pairs whose shortest paths lead over it", zh="关系中介中心性", bounds=(0, None)),
        "share": Column("share of all pairs", zh="占全部节点对的份额", bounds=(0, 1)),
    },
    words=WORDS,
    cost=of_dependencies(want_arcs=True),
)
def relation_betweenness(network: Network | TwoMode) -> Values:
    """How often a relation lies on the shortest paths between nodes.

    Read it as what would be cut: the relations on top hold parts together that have little else in common.

    Parameters
    ----------
    network : Network or TwoMode
        ``n`` nodes. Arcs are as long as their ``distance``, one step without.

    Returns
    -------
    Result
        Level relation, one row for each relation of the view, kind by kind: ``betweenness``, from 0, in pairs of
        nodes, ordered pairs in a directed network, and ``share``, what part this is of all pairs, in [0, 1].

    Raises
    ------
    WeightError
        If the view has roles but no distance.
    ViewError
        If the view is of a path, whose arcs are no relations.

    Notes
    -----
    betweenness(e) = sum over pairs s, t of the share of their shortest paths that lead over e. Parallel relations are
    one path and have equal parts of it; a relation without direction in a directed network has what goes either way.
    A self-tie has 0. Lengths that differ by less than 1e-12 of them are equal. Where an arc between two nodes has
    distance 0 shortest paths go round for ever, and all is NaN with a note; so too where there are more than 1e308 of
    them. A view without relations gives an empty table.

    References
    ----------
    Girvan, M. & Newman, M. E. J. (2002). Community structure in social and biological networks. PNAS 99, 7821-7826.
    Brandes, U. (2008). On variants of shortest-path betweenness centrality. Social Networks 30, 3.5.
    Chinese term: 关系中介中心性.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.relation_betweenness(eg.dataset("florentine").network("MARRIAGE"))
    >>> [(row["source"], row["target"], row["betweenness"]) for row in found.top(1).rows()]
    [('Medici', 'Salviati', 26.0)]
    """
    ties = network.graph
    relations = relation_arcs(ties)
    found = dependencies(ties, want_arcs=True)
    parts = np.append(found.arcs / ties.arcs.multiplicity, 0.0)  # the last stands for no way back
    between = (parts[relations.there] + parts[relations.back]) / (1 if ties.directed else 2)
    pairs = ties.n * (ties.n - 1) // (1 if ties.directed else 2)
    shares = between / max(pairs, 1)

    def explain(position: int, language: Language) -> str:
        ends = {name: relations.keys[name][position].as_py() for name in ("source", "target")}
        gaps = {"count": between[position], "pairs": pairs, "share": shares[position], **ends}
        return relation_betweenness.said("missing" if found.note else "explain", language, **gaps)

    columns = {"betweenness": between, "share": shares}
    return Values(columns=columns, keys=relations.keys, notes=[found.note] * len(between), explainer=explain)
