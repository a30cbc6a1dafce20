"""Consensus communities."""

import numpy as np

from ecograph.methods.consensus import checked_runs, consensus_of, stabilities
from ecograph.methods.partitions import Communities, checked_search
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.bonds import bonds_of, of_searches

WORDS: Words = {
    "explain": {
        "en": "{node} is in community {community:,} with {others:,} other nodes; in {runs:,} searches {stability:.1%} "
        "of them were with it on average, and {community_stability:.1%} of the community held.",
        "zh": "{node} 与另外 {others:,} 个节点同属第 {community:,} 个社群；在 {runs:,} 次搜索中，平均有 "
        "{stability:.1%} 与它同在，该社群整体保持了 {community_stability:.1%}。",
    },
    "alone": {
        "en": "{node} is a community of its own, number {community:,}; in {runs:,} searches it was alone in "
        "{stability:.1%}.",
        "zh": "{node} 自成第 {community:,} 个社群；在 {runs:,} 次搜索中，有 {stability:.1%} 它独自一个。",
    },
}


@metric(
    level="node",
    reads="any",
    zh="共识社群",
    summary_zh="从不同起点多次搜索之后，哪些社群依然存在，各节点和各社群有多稳定。",
    source="Lancichinetti & Fortunato 2012; Tandon et al. 2019; Hennig 2007, sec. 2",
    columns={
        "community": Column("number of its community, 1 is the largest", zh="社群", bounds=(1, None)),
        "size": Column("nodes in its community", zh="社群大小", bounds=(1, None)),
        "stability": Column("mean share of its community that is with it", zh="节点稳定性", bounds=(0, 1)),
        "community_stability": Column("mean likeness of its community found again", zh="社群稳定性", bounds=(0, 1)),
    },
    words=WORDS,
    cost=of_searches(operations=450, remedy="give fewer runs="),
)
def consensus(
    network: Network | TwoMode, *, resolution: float = 1.0, seed: int = 0, runs: int = 50, threshold: float = 0.5
) -> Values:
    """Which communities are still there when the search starts elsewhere, and how firmly each node belongs.

    Read a stability near 1 as a circle that is plain to see, below a half as one that the data hardly tell apart; a
    node less stable than its community stands between circles.

    Parameters
    ----------
    network : Network or TwoMode
        What is added up is the role given (amount, count or strength); ties, if none is given. Communities of a
        two-mode view have nodes of both sides.
    resolution : float
        Weight of what chance would give, 0 or more: above 1 favours small communities, below 1 large ones.
    seed : int
        Seed of the searches, from 0.
    runs : int
        How many searches, 2 to 1,000.
    threshold : float
        Share of the searches, 0 to 1, in which two joined nodes must be together to stay joined.

    Returns
    -------
    Result
        Level node: ``community``, numbered from 1 by size, then by smallest member; ``size``; ``stability`` and
        ``community_stability`` in [0, 1]; no unit.

    Raises
    ------
    ParameterError
        If resolution, seed, runs or threshold is outside its range; if the view has several roles, or a distance.
    ViewError
        If the view is two-mode over a path of several steps.

    Notes
    -----
    The network is searched ``runs`` times by the method of ``leiden``, each time from one start. Every tie then gets
    the share of the searches in which its ends are together; ties below the threshold are left out, but for the
    strongest of a node that would have none; and what is left is searched as often, until all searches agree, at most
    10 times over; then the partition of the largest modularity there is taken (Lancichinetti & Fortunato 2012, on the
    ties there are, as Tandon et al. 2019).

    Stability is taken over the first searches: of a node, the mean share of the other members of its community that are
    with it, and of a node alone the share in which it is alone; of a community, the mean of the largest Jaccard
    likeness to any community found (Hennig 2007). An empty view gives an empty table.

    References
    ----------
    Lancichinetti, A. & Fortunato, S. (2012). Consensus clustering in complex networks. Scientific Reports 2, 336.
    Tandon, A., Albeshri, A., Thayananthan, V., Alhalabi, W. & Fortunato, S. (2019). Fast consensus clustering in
    complex networks. Physical Review E 99, 042301. Hennig, C. (2007). Cluster-wise assessment of cluster stability.
    Computational Statistics & Data Analysis 52. Chinese term: 共识社群.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.consensus(eg.dataset("florentine").network("MARRIAGE"))
    >>> found["stability"][found["id"] == "Pucci"].tolist()
    [1.0]
    """
    checked_search(resolution, seed)
    checked_runs(runs, threshold)
    bonds = bonds_of(network, "consensus")
    partitions = bonds.partitions(refined=True, resolution=resolution, seed=seed, starts=runs)
    labels = consensus_of(bonds, partitions, resolution=resolution, seed=seed, threshold=threshold)
    found = Communities(bonds, labels, resolution)
    of_nodes, of_communities = stabilities(labels, partitions)
    of_communities = of_communities[labels]

    def explain(position: int, language: Language) -> str:
        others = int(found.sizes[position]) - 1
        gaps = {"community": int(labels[position]) + 1, "others": others, "runs": runs}
        gaps |= {"stability": of_nodes[position], "community_stability": of_communities[position]}
        sentence = "explain" if others else "alone"
        return consensus.said(sentence, language, node=network.nodes.called(position), **gaps)

    return Values(
        columns={
            "community": labels + 1,
            "size": found.sizes,
            "stability": np.minimum(of_nodes, 1.0),
            "community_stability": np.minimum(of_communities, 1.0),
        },
        explainer=explain,
    )
