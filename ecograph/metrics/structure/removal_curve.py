"""Removal curve."""

import numpy as np

from ecograph.given import numbers_of, unnumbered
from ecograph.methods.contingency import interval
from ecograph.methods.removal import STEPS, is_order, removals, removed
from ecograph.metric import Numbers, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.need import repeated
from ecograph.views.neighbours import neighbours_of

WORDS: Words = {
    "explain": {
        "en": "Once {removed:,} of {n:,} nodes have left, those with {by} first, the largest component holds "
        "{targeted:.1%} of all nodes; when they leave at random, {random:.1%} ({random_low:.1%} to {random_high:.1%}).",
        "zh": "按{by}从大到小移除 {n:,} 个节点中的 {removed:,} 个后，最大连通分量占全部节点的 {targeted:.1%}；"
        "随机移除时为 {random:.1%}（{random_low:.1%} 至 {random_high:.1%}）。",
    },
    "degree": {"en": "the most neighbours", "zh": "邻居数"},
    "degree left": {"en": "the most neighbours left", "zh": "当时剩余的邻居数"},
    "given": {"en": "the largest numbers given", "zh": "给定的数值"},
    "nothing": {"en": "There are no nodes.", "zh": "没有节点。"},
}


@metric(
    level="group",
    zh="节点移除曲线",
    summary_zh="随着节点逐步流失（随机，或最重要的先离开），还有多少节点连在一起。",
    source="Albert, Jeong & Barabasi 2000, fig. 3; Holme et al. 2002",
    columns={
        "targeted": Column("share of nodes left together when targets leave first", zh="定向移除", bounds=(0, 1)),
        "random": Column("the same when nodes leave at random", zh="随机移除", bounds=(0, 1)),
        "random_low": Column("random, lower end of the middle 95 % of runs", zh="随机区间下限", bounds=(0, 1)),
        "random_high": Column("random, upper end of the middle 95 % of runs", zh="随机区间上限", bounds=(0, 1)),
        "removed": Column("nodes that have left", zh="已移除节点数", bounds=(0, None)),
    },
    cost=repeated("runs", operations=4.5, node=80, arc=0, held=2.9, most=7e7),
    words=WORDS,
)
def removal_curve(network: Network | TwoMode, *, by: Numbers = "degree", runs: int = 100, seed: int = 0) -> Values:
    """How many nodes still hold together as more and more leave, at random or the most important first.

    Read where ``targeted`` falls off: up to there the ecosystem bears the loss of its most important members.
    ``robustness`` says it in one number.

    Parameters
    ----------
    network : Network or TwoMode
        ``n`` nodes. Roles, direction, parallel relations and self-ties are not read.
    by : str, Result or Table
        Who leaves first: ``degree``, those with the most neighbours; ``degree left``, at each step the one with the
        most neighbours left; or those with the largest number: an attribute's name, a result such as that of
        ``betweenness``, or a table with kind, id and value.
    runs : int
        How often nodes leave at random, and how often nodes of equal numbers are put in a random order; 1 to 10,000.
    seed : int
        Seed of these orders, from 0.

    Returns
    -------
    Result
        Level group, 21 rows, the share of nodes that have left in steps of 5 %: ``targeted``, the mean over all runs,
        and ``random`` with the middle 95 % of its runs, in [0, 1]; ``removed``, a whole number from 0. No unit.

    Raises
    ------
    ParameterError
        If runs or seed is outside its range; if ``by`` holds something else than numbers.
    UnknownNameError
        If no node has such an attribute.
    ViewError
        If the view is two-mode over a path of several steps.

    Notes
    -----
    Each row gives the nodes of the largest component of what is left, over all n nodes, once 0 %, 5 %, ... of them,
    rounded to whole nodes, have left. ``degree`` is the order of Albert, Jeong and Barabasi; ``degree left`` is Holme's
    recalculated degree. Nodes without a number leave last, with a finding. Without nodes there is no share: NaN with a
    note.

    References
    ----------
    Albert, R., Jeong, H. & Barabasi, A.-L. (2000). Error and attack tolerance of complex networks. Nature 406, fig. 3.
    Holme, P., Kim, B. J., Yoon, C. N. & Han, S. K. (2002). Attack vulnerability of complex networks. Physical Review E
    65, 056109. Chinese term: 节点移除曲线.

    Examples
    --------
    >>> import ecograph as eg
    >>> net = eg.dataset("florentine").network("MARRIAGE")
    >>> eg.removal_curve(net, by=eg.betweenness(net))["targeted"][:5].round(4).tolist()
    [0.9375, 0.6875, 0.4375, 0.4375, 0.4375]
    """
    joined = neighbours_of(network.graph)
    numbers = by if is_order(by) else numbers_of(network, by, "by")
    targeted, by_chance = removals(*joined, numbers, runs=runs, seed=seed)
    low, high = interval(by_chance.shares) if network.n else (by_chance.shares[0], by_chance.shares[0])
    columns = {
        "targeted": targeted.shares.mean(axis=0),
        "random": by_chance.shares.mean(axis=0),
        "random_low": low,
        "random_high": high,
        "removed": removed(network.n),
    }

    def explain(position: int, language: Language) -> str:
        gaps = {name: cells[position].item() for name, cells in columns.items()}
        order = removal_curve.said(by if is_order(by) else "given", language)
        return removal_curve.said("explain" if network.n else "nothing", language, by=order, n=network.n, **gaps)

    return Values(
        columns=columns,
        keys={"group": [f"{100 * step // STEPS}%" for step in range(STEPS + 1)]},
        notes=np.full(STEPS + 1, None if network.n else "no nodes").tolist(),
        findings=[] if isinstance(numbers, str) else unnumbered(numbers, by),
        explainer=explain,
    )
