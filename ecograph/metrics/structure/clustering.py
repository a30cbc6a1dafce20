"""Local clustering."""

import numpy as np

from ecograph.kernels import triangles as kernel
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.need import of_neighbours
from ecograph.views.neighbours import neighbours_of

WORDS: Words = {
    "explain": {
        "en": "{node}: {triangles:,} of {pairs:,} pairs of its neighbours are joined ({share:.1%}).",
        "zh": "{node}：其邻居组成的 {pairs:,} 对中有 {triangles:,} 对彼此相连（{share:.1%}）。",
    },
    "few": {
        "en": "{node} has fewer than two neighbours, so there is no pair of them.",
        "zh": "{node} 的邻居不足两个，无法成对。",
    },
}
NOTE = "fewer than two neighbours"


@metric(
    level="node",
    zh="聚类系数",
    summary_zh="一个节点的邻居彼此相连的比例。",
    source="Watts & Strogatz 1998",
    columns={
        "clustering": Column("share of pairs of neighbours that are joined", zh="聚类系数", bounds=(0, 1)),
        "triangles": Column("pairs of neighbours that are joined", zh="三角形数", bounds=(0, None)),
        "pairs": Column("pairs of neighbours", zh="邻居对数", bounds=(0, None)),
    },
    words=WORDS,
    cost=of_neighbours(arc=6),
)
def clustering(network: Network) -> Values:
    """How many of a node's neighbours are joined to each other.

    Read 1 as a closed circle in which everyone knows everyone, 0 as neighbours who meet only through this node;
    ``transitivity`` says it of the whole.

    Parameters
    ----------
    network : Network
        ``n`` nodes. Roles, direction, parallel relations and self-ties are not read.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``clustering`` in [0, 1]; ``triangles`` and ``pairs``, whole numbers from 0; no unit.

    Raises
    ------
    ParameterError
        If the view is no network.

    Notes
    -----
    c_i = t_i / (k_i (k_i - 1) / 2), with k_i neighbours, t_i pairs of which are joined. Two nodes are neighbours if an
    arc joins them either way. With fewer than two neighbours there is no pair: NaN with a note, as in igraph (networkx
    says 0). An empty view gives an empty table.

    References
    ----------
    Watts, D. J. & Strogatz, S. H. (1998). Collective dynamics of 'small-world' networks. Nature 393. Chinese term:
    聚类系数.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.clustering(eg.dataset("florentine").network("MARRIAGE"))
    >>> found["clustering"][found["id"] == "Medici"].round(4).tolist()
    [0.0667]
    """
    joined = neighbours_of(network)
    triangles = kernel.counts(joined.pointers, joined.nodes)
    pairs = joined.degrees * (joined.degrees - 1) // 2
    shares = np.full(network.n, np.nan)
    np.divide(triangles, pairs, out=shares, where=pairs > 0)

    def explain(position: int, language: Language) -> str:
        gaps = {"triangles": int(triangles[position]), "pairs": int(pairs[position]), "share": shares[position]}
        sentence = "explain" if pairs[position] else "few"
        return clustering.said(sentence, language, node=network.nodes.called(position), **gaps)

    return Values(
        columns={"clustering": shares, "triangles": triangles, "pairs": pairs},
        notes=[None if count else NOTE for count in pairs.tolist()],
        explainer=explain,
    )
