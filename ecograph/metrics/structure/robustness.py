"""Robustness."""

import numpy as np

from ecograph.given import numbers_of, unnumbered
from ecograph.methods.contingency import interval
from ecograph.methods.removal import is_order, removals
from ecograph.metric import Numbers, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.need import repeated
from ecograph.views.neighbours import neighbours_of

WORDS: Words = {
    "explain": {
        "en": "While nodes leave until none is left, those with {by} first, the largest component holds "
        "{robustness:.1%} of them on average, at random {random:.1%} ({random_low:.1%} to {random_high:.1%}); it is "
        "half what it was once {half:.1%} have left, at random {random_half:.1%}.",
        "zh": "按{by}从大到小逐个移除全部节点的过程中，最大连通分量平均占全部节点的 {robustness:.1%}，随机移除时为 "
        "{random:.1%}（{random_low:.1%} 至 {random_high:.1%}）；移除 {half:.1%} 的节点后它减半，随机移除时为 "
        "{random_half:.1%}。",
    },
    "degree": {"en": "the most neighbours", "zh": "邻居数"},
    "degree left": {"en": "the most neighbours left", "zh": "当时剩余的邻居数"},
    "given": {"en": "the largest numbers given", "zh": "给定的数值"},
    "nothing": {"en": "There are no nodes.", "zh": "没有节点。"},
}


@metric(
    level="whole",
    zh="鲁棒性",
    summary_zh="节点随机流失，或最重要的节点先离开时，网络还能保持多大程度的连通。",
    source="Schneider et al. 2011, eq. 1; Albert, Jeong & Barabasi 2000; Holme et al. 2002",
    columns={
        "robustness": Column("mean share left together when targets leave first", zh="鲁棒性", bounds=(0, 0.5)),
        "random": Column("the same when nodes leave at random", zh="随机移除时的鲁棒性", bounds=(0, 0.5)),
        "random_low": Column("random, lower end of the middle 95 % of runs", zh="随机区间下限", bounds=(0, 0.5)),
        "random_high": Column("random, upper end of the middle 95 % of runs", zh="随机区间上限", bounds=(0, 0.5)),
        "half": Column("share of nodes gone when the largest component is half", zh="减半所需移除比例", bounds=(0, 1)),
        "random_half": Column("the same when nodes leave at random", zh="随机移除时减半比例", bounds=(0, 1)),
    },
    cost=repeated("runs", operations=4.5, node=80, arc=0, held=2.9, most=7e7),
    words=WORDS,
)
def robustness(network: Network | TwoMode, *, by: Numbers = "degree", runs: int = 100, seed: int = 0) -> Values:
    """How much of a network holds together while nodes leave, at random or the most important first.

    Read a ``robustness`` far below ``random`` as an ecosystem that stands on a few: losses by chance hardly hurt, the
    loss of its hubs breaks it up. ``removal_curve`` shows it step by step, ``articulation_points`` node by node.

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
        Level whole, one row: ``robustness``, the mean over all runs, and ``random`` with the middle 95 % of its runs,
        in [0, 0.5); ``half`` and ``random_half`` in [0, 1], means over all runs. No unit.

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
    R = 1/n sum of s(q) for q = 1 .. n, with s(q) the nodes of the largest component once q have left, over n. A star
    whose centre leaves first has (n - 1) / n^2, a complete network (n - 1) / 2n. ``degree`` is the order of Albert,
    Jeong and Barabasi; ``degree left`` is Holme's recalculated degree, by which R is mostly computed. ``half`` is the
    smallest q / n with s(q) at most s(0) / 2. Nodes without a number leave last, with a finding. Without nodes there is
    no share: NaN with a note.

    References
    ----------
    Schneider, C. M., Moreira, A. A., Andrade, J. S., Havlin, S. & Herrmann, H. J. (2011). Mitigation of malicious
    attacks on networks. PNAS 108, eq. 1. Albert, R., Jeong, H. & Barabasi, A.-L. (2000). Error and attack tolerance of
    complex networks. Nature 406. Holme, P., Kim, B. J., Yoon, C. N. & Han, S. K. (2002). Attack vulnerability of
    complex networks. Physical Review E 65, 056109. Chinese term: 鲁棒性.

    Examples
    --------
    >>> import ecograph as eg
    >>> net = eg.dataset("florentine").network("MARRIAGE")
    >>> eg.robustness(net, by=eg.betweenness(net))["robustness"].round(4).tolist()
    [0.2109]
    """
    joined = neighbours_of(network.graph)
    numbers = by if is_order(by) else numbers_of(network, by, "by")
    targeted, by_chance = removals(*joined, numbers, runs=runs, seed=seed)
    low, high = interval(by_chance.areas) if network.n else (np.nan, np.nan)
    cells = {
        "robustness": targeted.areas.mean(),
        "random": by_chance.areas.mean(),
        "random_low": low,
        "random_high": high,
        "half": targeted.halves.mean(),
        "random_half": by_chance.halves.mean(),
    }

    def explain(_: int, language: Language) -> str:
        order = robustness.said(by if is_order(by) else "given", language)
        return robustness.said("explain" if network.n else "nothing", language, by=order, **cells)

    return Values(
        columns={name: [float(cell)] for name, cell in cells.items()},
        notes=[None if network.n else "no nodes"],
        findings=[] if isinstance(numbers, str) else unnumbered(numbers, by),
        explainer=explain,
    )
