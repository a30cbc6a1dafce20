"""Core number."""

import numpy as np

from ecograph.kernels import cores
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.need import of_neighbours
from ecograph.views.neighbours import neighbours_of

WORDS: Words = {
    "explain": {
        "en": "{node} is in the {core:,}-core: {size:,} nodes that each have at least {core:,} neighbours among "
        "themselves; of its {degree:,} neighbours {inside:,} are there.",
        "zh": "{node} 属于 {core:,}-核：其中 {size:,} 个节点彼此之间各有至少 {core:,} 个邻居；"
        "它的 {degree:,} 个邻居中有 {inside:,} 个在内。",
    }
}


@metric(
    level="node",
    zh="核数",
    summary_zh="各节点处于网络核心的多深处：最大的 k，使其属于一个成员彼此各有至少 k 个邻居的群体。",
    source="Seidman 1983; Batagelj & Zaversnik 2003",
    columns={
        "core": Column("largest k of a k-core it is in", zh="核数", bounds=(0, None)),
        "core_size": Column("nodes in that core", zh="核的大小", bounds=(1, None)),
        "degree": Column("neighbours", zh="邻居数", bounds=(0, None)),
    },
    words=WORDS,
    cost=of_neighbours(operations=5, node=80),
)
def k_core(network: Network | TwoMode) -> Values:
    """How deep in the core of a network each node is.

    Read a large number as a place in the stable middle, where everyone has many partners who have many partners; a node
    with many neighbours but a small number is a hub of the periphery.

    Parameters
    ----------
    network : Network or TwoMode
        ``n`` nodes. Roles, direction, parallel relations and self-ties are not read.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``core`` and ``degree``, whole numbers from 0; ``core_size``, from 1; no unit.

    Raises
    ------
    ViewError
        If the view is two-mode over a path of several steps.

    Notes
    -----
    The k-core is what is left when nodes with fewer than k neighbours are taken away again and again; the core number
    is the largest k whose core has the node. Two nodes are neighbours if an arc joins them either way. An isolate has
    0, a node of a tree 1; an empty view gives an empty table.

    References
    ----------
    Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5. Batagelj, V. & Zaversnik, M. (2003).
    An O(m) algorithm for cores decomposition of networks. arXiv:cs/0310049. Chinese term: 核数.

    Examples
    --------
    >>> import ecograph as eg
    >>> eg.k_core(eg.dataset("florentine").network("MARRIAGE")).top(3)["core"].tolist()
    [2, 2, 2]
    """
    graph = network.graph
    joined = neighbours_of(graph)
    numbers = cores.numbers(joined.pointers, joined.nodes)
    sizes = np.cumsum(np.bincount(numbers)[::-1])[::-1][numbers] if graph.n else numbers

    def explain(position: int, language: Language) -> str:
        row = joined.nodes[slice(*joined.pointers[position : position + 2])]
        gaps = {"core": int(numbers[position]), "size": int(sizes[position]), "degree": len(row)}
        gaps |= {"inside": int((numbers[row] >= numbers[position]).sum())}
        return k_core.said("explain", language, node=graph.nodes.called(position), **gaps)

    return Values(columns={"core": numbers, "core_size": sizes, "degree": joined.degrees}, explainer=explain)
