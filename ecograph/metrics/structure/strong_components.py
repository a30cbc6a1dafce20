"""Strong components."""

import numpy as np

from ecograph.methods.partitions import numbered
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network

WORDS: Words = {
    "explain": {
        "en": "{node} is in strong component {component:,}, which has {size:,} of {n:,} nodes; other components with "
        "arcs into it: {before:,}, with arcs from it: {after:,}.",
        "zh": "{node} 属于第 {component:,} 个强连通分量，该分量有 {size:,} 个节点（共 {n:,} 个）；"
        "有弧从另外 {before:,} 个分量进入它，并从它通向另外 {after:,} 个分量。",
    }
}


@metric(
    level="node",
    zh="强连通分量",
    summary_zh="沿着弧的方向，哪些节点能够彼此往返。",
    source="Harary, Norman & Cartwright 1965, ch. 3; Wasserman & Faust 1994, ch. 4.3.3",
    columns={
        "component": Column("number of its strong component, 1 is the largest", zh="强连通分量", bounds=(1, None)),
        "size": Column("nodes in its strong component", zh="分量大小", bounds=(1, None)),
        "before": Column("other strong components with an arc into its own", zh="上游分量数", bounds=(0, None)),
        "after": Column("other strong components its own has an arc to", zh="下游分量数", bounds=(0, None)),
    },
    words=WORDS,
)
def strong_components(network: Network) -> Values:
    """Which nodes can reach each other along the arcs, there and back.

    Read a large strong component as the part in which what is given comes round again; a component with nothing
    ``before`` it only starts what goes on, one with nothing ``after`` it only ends it.

    Parameters
    ----------
    network : Network
        ``n`` nodes; arcs are followed in their direction. Roles are not read.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``component``, numbered from 1 by size, then by smallest member; ``size``; ``before``
        and ``after``, whole numbers from 0; no unit.

    Raises
    ------
    ParameterError
        If the view is no network.

    Notes
    -----
    i and j are in one strong component if a path leads from i to j and one from j to i. ``before`` and ``after`` are
    the arcs in and out of the component in the condensation, the network in which each strong component is one node
    and which has no way round (Harary, Norman & Cartwright 1965). A node on no way round is a component of size 1;
    self-ties change nothing; without direction they are the ``components``. An empty view gives an empty table.

    References
    ----------
    Harary, F., Norman, R. Z. & Cartwright, D. (1965). Structural Models, ch. 3. Wasserman, S. & Faust, K. (1994).
    Social Network Analysis, ch. 4.3.3. Chinese term: 强连通分量.

    Examples
    --------
    >>> import ecograph as eg
    >>> taught = {"source": ["a", "b", "b"], "target": ["b", "a", "c"]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b", "c"]}}, {"TEACHES": taught})
    >>> eg.strong_components(eco.network("TEACHES"))["component"].tolist()
    [1, 1, 2]
    """
    from scipy.sparse.csgraph import connected_components

    n, arcs = network.n, network.arcs
    labels = np.zeros(0, np.int64)
    if n:
        labels = numbered(connected_components(network.to_scipy(), directed=True, connection="strong")[1])
    ends = labels[arcs.out_sources], labels[arcs.out_targets]
    between = ends[0] != ends[1]
    steps = np.unique(ends[0][between] * n + ends[1][between])
    counts = {"before": steps % max(n, 1), "after": steps // max(n, 1)}
    columns = {"component": labels + 1, "size": np.bincount(labels, minlength=1)[labels]}
    columns |= {name: np.bincount(found, minlength=max(n, 1))[labels] for name, found in counts.items()}

    def explain(position: int, language: Language) -> str:
        gaps = {name: int(cells[position]) for name, cells in columns.items()}
        return strong_components.said("explain", language, node=network.nodes.called(position), n=n, **gaps)

    return Values(columns=columns, explainer=explain)
