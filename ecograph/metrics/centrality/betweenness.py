"""Betweenness."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.methods.ranking import ranks
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.dependencies import dependencies, of_dependencies

WORDS: Words = {
    "explain": {
        "en": "{node} lies on the shortest paths between {count:,.6g} pairs of others{error}: {share:.2%} of the most "
        "possible.",
        "zh": "{node} 位于相当于 {count:,.6g} 对其他节点的最短路径上{error}，占可能最大值的 {share:.2%}。",
    },
    "error": {"en": " (give or take {error:,.3g})", "zh": "（误差不超过 {error:,.3g}）"},
    "missing": {
        "en": "{node}: shortest paths cannot be counted: {note}.",
        "zh": "{node}：无法计算最短路径的条数（{note_zh}）。",
    },
    "an arc has distance 0": {"en": "an arc has distance 0", "zh": "存在距离为 0 的弧"},
    "too many shortest paths to count": {"en": "there are too many", "zh": "条数过多"},
}


@metric(
    level="node",
    reads="distance",
    zh="中介中心性",
    summary_zh="其他节点之间的最短路径有多少经过这个节点。",
    source="Freeman 1977; Brandes 2001, eq. 6; Brandes & Pich 2007; Borgatti & Halgin 2011",
    columns={
        "betweenness": Column(
            "pairs of others whose shortest paths lead through it", zh="中介中心性", bounds=(0, None)
        ),
        "share": Column("betweenness over the most possible", zh="归一化值", bounds=(0, None)),
        "error": Column("how far betweenness is off at most, with probability 95 %", zh="误差界", bounds=(0, None)),
        "rank": Column("rank in its kind", zh="同类排名", bounds=(1, None)),
    },
    words=WORDS,
    cost=of_dependencies(),
)
def betweenness(network: Network | TwoMode, *, sources: int | None = None, seed: int = 0) -> Values:
    """How often a node lies on the shortest paths between others.

    Read it as who could broker, or block, what goes between the others.

    Parameters
    ----------
    network : Network or TwoMode
        ``n`` nodes. Arcs are as long as their ``distance``, one step without.
    sources : int, optional
        From how many nodes, drawn at random, paths are searched, at least 3; from all, which is exact, if not given or
        if there are no more.
    seed : int
        Seed of the draw, from 0.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``betweenness``, from 0, in pairs of nodes, ordered pairs in a directed network;
        ``share`` of the most possible, in [0, 1] if exact; ``error``, 0 if exact; ``rank``, from 1 within the node's
        kind, equal ones sharing it.

    Raises
    ------
    ParameterError
        If ``sources`` is below 3 or ``seed`` below 0.
    WeightError
        If the view has roles but no distance.
    ViewError
        If the view is two-mode over a path of several steps.

    Notes
    -----
    betweenness(v) = sum over pairs s, t other than v of the share of their shortest paths that lead through v;
    parallel ties are one path, self-ties none. The most possible is (n - 1)(n - 2) / 2, twice that with direction; in
    a two-mode view it is Borgatti and Halgin's for the node's side. Lengths that differ by less than 1e-12 of them are
    equal.

    With k sources, betweenness(v) is n - 1 times the mean of what the sources other than v owe to it. No node is
    further off than ``error`` with probability 95 %: sqrt(2 ln(2 n / 0.05)) times the largest standard error of these
    means, drawn without replacement (Cochran 1977, eq. 2.20): the normal bound, for all n nodes at once (Bonferroni).
    It rests on the variance in the sample and is too small where a few sources, none of them drawn, owe the most.

    Where an arc between two nodes has distance 0, shortest paths go round for ever and all is NaN with a note; so too
    where there are more than 1e308 of them. An isolate has 0; an empty view gives an empty table.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry 40, 35-41.
    Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of Mathematical Sociology 25, eq. 6.
    Brandes, U. & Pich, C. (2007). Centrality estimation in large networks. Int. J. Bifurcation and Chaos 17, 3.1.
    Cochran, W. G. (1977). Sampling Techniques, eq. 2.20.
    Borgatti, S. P. & Halgin, D. S. (2011). Analyzing affiliation networks. SAGE Handbook of Social Network Analysis,
    ch. 28. Chinese term: 中介中心性.

    Examples
    --------
    >>> import ecograph as eg
    >>> net = eg.dataset("florentine").network("MARRIAGE")
    >>> eg.betweenness(net).top(2)["betweenness"].round(4).tolist()
    [47.5, 23.1667]
    """
    ties = network.graph
    found = dependencies(ties, sources, seed)
    pairs = 1 if ties.directed else 2
    between, error = found.nodes / pairs, found.error / pairs
    shares = between / np.maximum(_most(network), 1)
    ranked = ranks(between, network.nodes.kind_codes)

    def explain(position: int, language: Language) -> str:
        node = network.nodes.called(position)
        if found.note:
            note = {"note": betweenness.said(found.note, "en"), "note_zh": betweenness.said(found.note, "zh")}
            return betweenness.said("missing", language, node=node, **note)
        said = betweenness.said("error", language, error=error) if error else ""
        gaps = {"count": between[position], "share": shares[position], "error": said}
        return betweenness.said("explain", language, node=node, **gaps)

    columns = {
        "betweenness": between,
        "share": shares,
        "error": np.full(network.n, error),
        "rank": pa.array(ranked, mask=ranked == 0),
    }
    return Values(columns=columns, notes=[found.note] * network.n, explainer=explain)


def _most(network: Network | TwoMode) -> NDArray[np.float64]:
    """The largest betweenness a node of a view of this size could have."""
    n = network.n
    if isinstance(network, Network):
        return np.full(n, (n - 1) * (n - 2) / (1 if network.directed else 2))
    left = int(network.left.sum())
    return np.where(network.left, _most_of_side(left, n - left), _most_of_side(n - left, left))


def _most_of_side(own: int, other: int) -> float:
    """Of a node of a side of this size, the others spread over the other side as evenly as can be."""
    if not own or not other:
        return 0.0
    whole, rest = divmod(own - 1, other)
    squares = other**2 * (whole + 1) ** 2 + other * (whole + 1) * (2 * rest - whole - 1)
    return (squares - rest * (2 * whole - rest + 3)) / 2
