"""Coreness."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ecograph.methods.periphery import profile_of
from ecograph.methods.surprise import checked_seed
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.need import Need

if TYPE_CHECKING:
    from scipy.sparse import csr_array

WORDS: Words = {
    "explain": {
        "en": "{node} is number {place:,} of {n:,} from the edge inwards; a walker among it and those before it stays "
        "there with a chance of {coreness:.1%}.",
        "zh": "从边缘向内数，{node} 是 {n:,} 个节点中的第 {place:,} 个；在它与排在它之前的节点之间随机游走，"
        "下一步仍留在其中的概率为 {coreness:.1%}。",
    },
    "network": {
        "en": " The network has a centralisation of {centralisation:.2f} (a star 1, a network in which all are joined "
        "0).",
        "zh": "网络的核心—边缘集中度为 {centralisation:.2f}（星形为 1，全连通为 0）。",
    },
    "alone": {"en": "{node} has no ties and stands at the edge.", "zh": "{node} 没有任何联系，处于最外缘。"},
}


def _cost(network: Network, _: Mapping[str, Any]) -> Need:
    return Need(0.7 * network.n**2, 150.0 * network.n + 45.0 * network.size)


@metric(
    level="node",
    reads="strength",
    zh="核心度",
    summary_zh="各节点离网络的核心有多近：从最外缘起逐一纳入节点，看随机游走者多难离开它们。",
    source="Della Rossa, Dercole & Piccardi 2013, eqs. 2 and 3",
    columns={
        "coreness": Column("chance to stay among it and those farther out", zh="核心度", bounds=(0, 1)),
        "place": Column("place from the edge inwards, 1 is the outermost", zh="由外向内的位次", bounds=(1, None)),
        "strength": Column("sum over its ties", zh="联系强度", bounds=(0, None)),
    },
    cost=_cost,
    words=WORDS,
)
def coreness(network: Network, *, seed: int = 0) -> Values:
    """How near the core of a network each node is, without a border between core and periphery.

    Read 0 as a place at the edge, among nodes that have no ties with each other, 1 as the innermost; many zeros and
    then a steep rise are a small core that all else hangs on. ``core_periphery`` draws a border and tests it.

    Parameters
    ----------
    network : Network
        ``n`` nodes. ``strength`` is read; without roles every tie counts one. With direction, the strengths of both
        arcs of a pair are added up; self-ties are left out.
    seed : int
        Seed of the choice among equal nodes, from 0.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``coreness`` in [0, 1]; ``place``, 1 to n; ``strength``, from 0. No unit.

    Raises
    ------
    ParameterError
        If seed is outside its range.
    WeightError
        If the view has only other roles.

    Notes
    -----
    A node of the least strength is taken first, then always the one with which a walker leaves those taken soonest:
    with alpha = (strength of ties within) / (strength of all ties of those taken), a tie within counted from both ends,
    the one that gives the least alpha, which is its coreness; of equals one is drawn. ``explain`` gives the
    centralisation 1 - 2 / (n - 2) x sum of all but the last alpha: 1 in a star, 0 where all are joined. There
    the order, and so the coreness, of equal nodes is chance alone. Direction is left aside, where the source lets the
    walker follow it. Time grows with the square of n.

    Nodes without ties have 0. An empty view gives an empty table.

    References
    ----------
    Della Rossa, F., Dercole, F. & Piccardi, C. (2013). Profiling core-periphery network structure by random walkers.
    Scientific Reports 3, 1467. Chinese term: 核心度.

    Examples
    --------
    >>> import ecograph as eg
    >>> eg.coreness(eg.dataset("florentine").network("MARRIAGE")).top(1)["id"].tolist()
    ['Medici']
    """
    checked_seed(seed)
    ties = _apart(network)
    found = profile_of(ties, np.random.default_rng(seed))
    strengths = np.asarray(ties.sum(axis=1), np.float64)

    def explain(position: int, language: Language) -> str:
        node = network.nodes.called(position)
        if not strengths[position]:
            return coreness.said("alone", language, node=node)
        gaps = {"place": int(found.places[position]) + 1, "coreness": float(found.coreness[position])}
        said = coreness.said("explain", language, node=node, n=network.n, **gaps)
        if network.n < 3:
            return said
        return said + coreness.said("network", language, centralisation=found.centralisation)

    columns = {"coreness": found.coreness, "place": found.places + 1, "strength": strengths}
    return Values(columns=columns, explainer=explain)


def _apart(network: Network) -> "csr_array":
    """What ties two different nodes, both ways."""
    from scipy.sparse import csr_array

    sources, targets = network.arcs.out_sources, network.arcs.out_targets
    used = (sources != targets) & (network.weights("strength") > 0)
    cells = network.weights("strength")[used], (sources[used], targets[used])
    ties = csr_array(cells, shape=(network.n, network.n))
    return (ties + ties.T).tocsr() if network.directed else ties
