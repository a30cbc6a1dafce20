"""Transitivity."""

import numpy as np

from ecograph.kernels import triangles as kernel
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.neighbours import neighbours_of

WORDS: Words = {
    "explain": {
        "en": "{closed:,} of {pairs:,} pairs of neighbours of a node are joined ({share:.1%}), in {triangles:,} "
        "triangles; the mean of the nodes' own shares is {average:.1%}.",
        "zh": "节点的 {pairs:,} 对邻居中有 {closed:,} 对彼此相连（{share:.1%}），构成 {triangles:,} 个三角形；"
        "各节点比例的平均值为 {average:.1%}。",
    },
    "nothing": {
        "en": "No node has two neighbours, so there is no pair of them.",
        "zh": "没有节点有两个邻居，无法成对。",
    },
}


@metric(
    level="whole",
    zh="传递性",
    summary_zh="朋友的朋友也是朋友的比例。",
    source="Wasserman & Faust 1994, ch. 6.4; Newman, Watts & Strogatz 2002; Watts & Strogatz 1998",
    columns={
        "transitivity": Column("share of pairs of neighbours that are joined", zh="传递性", bounds=(0, 1)),
        "average_clustering": Column("mean of the nodes' own shares", zh="平均聚类系数", bounds=(0, 1)),
        "triangles": Column("triangles", zh="三角形数", bounds=(0, None)),
        "pairs": Column("pairs of neighbours of a node", zh="邻居对数", bounds=(0, None)),
    },
    words=WORDS,
)
def transitivity(network: Network) -> Values:
    """How often two partners of one node are partners themselves.

    Read it as closure: near 1 where people meet in circles, near 0 where contacts are spread by few go-betweens.

    Parameters
    ----------
    network : Network
        Roles, direction, parallel relations and self-ties are not read.

    Returns
    -------
    Result
        Level whole, one row: ``transitivity`` and ``average_clustering`` in [0, 1]; ``triangles`` and ``pairs``, whole
        numbers from 0. No unit.

    Raises
    ------
    ParameterError
        If the view is no network.

    Notes
    -----
    T = 3 triangles / pairs, with pairs = sum of k (k - 1) / 2 over the nodes' numbers of neighbours k, which gives
    nodes with many neighbours more weight; the average of ``clustering`` gives all with two or more the same. Two nodes
    are neighbours if an arc joins them either way. Without a pair there is no share: NaN with a note.

    References
    ----------
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, ch. 6.4. Newman, M. E. J., Watts, D. J. & Strogatz, S. H.
    (2002). Random graph models of social networks. PNAS 99. Chinese term: 传递性.

    Examples
    --------
    >>> import ecograph as eg
    >>> eg.transitivity(eg.dataset("florentine").network("MARRIAGE"))["transitivity"].round(4).tolist()
    [0.1915]
    """
    joined = neighbours_of(network)
    closed = kernel.counts(joined.pointers, joined.nodes)
    pairs = joined.degrees * (joined.degrees - 1) // 2
    some = pairs > 0
    share = average = float("nan")
    if some.any():
        share, average = closed.sum() / pairs.sum(), float(np.mean(closed[some] / pairs[some]))
    gaps = {"closed": int(closed.sum()), "triangles": int(closed.sum()) // 3, "pairs": int(pairs.sum())}

    def explain(_: int, language: Language) -> str:
        return transitivity.said("explain" if some.any() else "nothing", language, share=share, average=average, **gaps)

    return Values(
        columns={
            "transitivity": [share],
            "average_clustering": [average],
            "triangles": [gaps["triangles"]],
            "pairs": [gaps["pairs"]],
        },
        notes=[None if some.any() else "no node has two neighbours"],
        explainer=explain,
    )
