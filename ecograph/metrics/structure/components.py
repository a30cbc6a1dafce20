"""Weak components."""

import numpy as np

from ecograph.kernels import components as kernel
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.need import linear

WORDS: Words = {
    "explain": {
        "en": "{node} is in component {component:,}, which has {size:,} of {n:,} nodes.",
        "zh": "{node} 属于第 {component:,} 个连通分量，该分量有 {size:,} 个节点（共 {n:,} 个）。",
    }
}


@metric(
    level="node",
    zh="连通分量",
    summary_zh="不计方向时，哪些节点能够彼此到达。",
    source="Harary 1969, ch. 2; Wasserman & Faust 1994, ch. 4.2.6",
    columns={
        "component": Column("number of its component, 1 is the largest", zh="连通分量", bounds=(1, None)),
        "size": Column("nodes in its component", zh="分量大小", bounds=(1, None)),
    },
    words=WORDS,
    cost=linear(operations=2, node=65, arc=0),
)
def components(network: Network | TwoMode) -> Values:
    """Which nodes can reach each other when direction is left aside.

    Read it as the pieces an ecosystem falls into: between two of them nothing flows and nobody meets.

    Parameters
    ----------
    network : Network or TwoMode
        ``n`` nodes. Roles and direction are not read.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``component``, numbered from 1 by size, then by smallest member, and ``size``; no unit.

    Raises
    ------
    ViewError
        If the view is two-mode over a path of several steps.

    Notes
    -----
    Weak components: i and j are in one if a path joins them over arcs taken either way. An isolate is a component of
    size 1; self-ties change nothing; an empty view gives an empty table.

    References
    ----------
    Harary, F. (1969). Graph Theory, ch. 2. Chinese term: 连通分量.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.components(eg.dataset("florentine").network("MARRIAGE"))
    >>> sorted(set(found["size"].tolist()))
    [1, 15]
    """
    ties = network.graph
    labels = kernel.weak(ties.arcs.out_pointers, ties.arcs.out_targets, ties.n)
    sizes = np.bincount(labels, minlength=1)[labels]

    def explain(position: int, language: Language) -> str:
        gaps = {"component": int(labels[position]) + 1, "size": int(sizes[position]), "n": ties.n}
        return components.said("explain", language, node=ties.nodes.called(position), **gaps)

    return Values(columns={"component": labels + 1, "size": sizes}, explainer=explain)
