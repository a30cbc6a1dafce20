"""Harmonic centrality."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.methods.ranking import ranks
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.reach import cost_of_reach, reach

WORDS: Words = {
    "explain": {
        "en": "{node} reaches {reached:,} of {others:,} others, as near as {nearness:.4g} neighbours would be.",
        "zh": "{node} 可到达其余 {others:,} 个节点中的 {reached:,} 个，其接近程度相当于 {nearness:.4g} 个直接邻居。",
    },
    "at_nothing": {
        "en": "{node} has others at distance 0, which are infinitely near.",
        "zh": "{node} 与某些节点的距离为 0，即无限接近。",
    },
}


@metric(
    level="node",
    reads="distance",
    zh="调和中心性",
    summary_zh="一个节点离所有其他节点有多近，到不了的节点计为零。",
    source="Marchiori & Latora 2000, eq. 1; Rochat 2009; Boldi & Vigna 2014, eq. 3",
    columns={
        "harmonic": Column("sum of 1 / distance to the others", zh="调和中心性", bounds=(0, None)),
        "share": Column("harmonic over the most possible in steps", zh="归一化值", bounds=(0, None)),
        "rank": Column("rank in its kind", zh="同类排名", bounds=(1, None)),
    },
    words=WORDS,
    cost=cost_of_reach,
)
def harmonic(network: Network | TwoMode) -> Values:
    """How near a node is to all others, where the unreachable count for nothing.

    Read it as closeness that needs no network in one piece: to how many neighbours all the others amount.

    Parameters
    ----------
    network : Network or TwoMode
        ``n`` nodes. Arcs are as long as their ``distance``, one step without, and are followed in their direction;
        ``direction="reversed"`` measures how near the others are to the node.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``harmonic``, from 0, per unit of distance; ``share``, in [0, 1] without distances;
        ``rank``, from 1 within the node's kind, equal ones sharing it.

    Raises
    ------
    WeightError
        If the view has roles but no distance.
    ViewError
        If the view is two-mode over a path of several steps.

    Notes
    -----
    harmonic = sum of 1 / d over the others at distance d, where 1 / d is 0 for those out of reach; share divides by
    n - 1, and in a two-mode view, where the k - 1 others of the own side are two steps away at best, by
    m + (k - 1) / 2 with m nodes on the other side. Boldi and Vigna sum distances to a node: that is
    ``direction="reversed"``. Self-ties and parallel ties change nothing; an isolate has 0, also where it is alone. A
    node with another at distance 0 has NaN with a note. An empty view gives an empty table.

    References
    ----------
    Marchiori, M. & Latora, V. (2000). Harmony in the small-world. Physica A 285, eq. 1.
    Boldi, P. & Vigna, S. (2014). Axioms for centrality. Internet Mathematics 10, eq. 3. Chinese term: 调和中心性.

    Examples
    --------
    >>> import ecograph as eg
    >>> net = eg.dataset("florentine").network("MARRIAGE")
    >>> eg.harmonic(net).top(2)["harmonic"].round(3).tolist()
    [9.5, 8.083]
    """
    found = reach(network)
    near = np.where(np.isinf(found.nearness), np.nan, found.nearness)
    ranked = ranks(near, network.nodes.kind_codes)

    def explain(position: int, language: Language) -> str:
        gaps = {"reached": int(found.reached[position]), "others": network.n - 1, "nearness": near[position]}
        sentence = "at_nothing" if np.isnan(near[position]) else "explain"
        return harmonic.said(sentence, language, node=network.nodes.called(position), **gaps)

    columns = {"harmonic": near, "share": near / _most(network), "rank": pa.array(ranked, mask=ranked == 0)}
    notes = ["another node is at distance 0" if np.isnan(cell) else None for cell in near]
    return Values(columns=columns, notes=notes, explainer=explain)


def _most(network: Network | TwoMode) -> NDArray[np.float64]:
    """The largest value a node of a view of this size could have; 1 where it is alone."""
    if isinstance(network, Network):
        return np.full(network.n, max(network.n - 1, 1), np.float64)
    left = int(network.left.sum())
    own = np.where(network.left, left, network.n - left)
    return np.maximum(network.n - own + (own - 1) / 2, 0.5)
