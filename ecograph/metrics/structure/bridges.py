"""Bridges."""

import numpy as np
import pyarrow as pa

from ecograph.kernels import cuts as kernel
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.neighbours import neighbours_of

WORDS: Words = {
    "explain": {
        "en": "Nothing but their tie joins {one} and {other}: without it the smaller side, of size {cut_off:,}, is cut "
        "off.",
        "zh": "{one} 与 {other} 之间除这条联系外别无通路：一旦断开，较小的一侧（{cut_off:,} 个节点）将被隔断。",
    }
}


@metric(
    level="pair",
    zh="桥",
    summary_zh="哪些联系一旦断开，就会有节点彼此隔断。",
    source="Hopcroft & Tarjan 1973",
    columns={"cut_off": Column("nodes of the smaller side without it", zh="较小一侧的节点数", bounds=(1, None))},
    words=WORDS,
)
def bridges(network: Network | TwoMode) -> Values:
    """Which ties hold two parts together that nothing else joins.

    Read ``cut_off`` as the damage if the two fall out: a partner who hangs on one tie has 1.

    Parameters
    ----------
    network : Network or TwoMode
        Roles, direction, parallel relations and self-ties are not read: nodes joined in any way have one tie.

    Returns
    -------
    Result
        Level pair, one row a bridge, by first end, then second: ``cut_off``, a whole number from 1; no unit.

    Raises
    ------
    ViewError
        If the view is two-mode over a path of several steps.

    Notes
    -----
    A tie is a bridge if its ends lie in two components without it; ``cut_off`` is the size of the smaller of the two.
    Ends stand in the order of the nodes. A network without bridges gives an empty table.

    References
    ----------
    Hopcroft, J. & Tarjan, R. (1973). Algorithm 447: efficient algorithms for graph manipulation. Communications of the
    ACM 16. Chinese term: 桥.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.bridges(eg.dataset("florentine").network("MARRIAGE"))
    >>> [(row["a"], row["b"]) for row in found.table.rows() if row["cut_off"] > 1]
    [('Medici', 'Salviati')]
    """
    graph = network.graph
    joined = neighbours_of(graph)
    *_, one, other, cut_off = kernel.cuts(joined.pointers, joined.nodes)
    order = np.lexsort((other, one))
    ends = {"a": pa.array(one[order]), "b": pa.array(other[order])}
    keys: dict[str, pa.Array] = {}
    for end, positions in ends.items():
        keys |= {f"{end}_kind": graph.nodes.kinds.take(positions), end: graph.nodes.ids.take(positions)}

    def explain(row: int, language: Language) -> str:
        called = {"one": graph.nodes.called(int(one[order][row])), "other": graph.nodes.called(int(other[order][row]))}
        return bridges.said("explain", language, **called, cut_off=int(cut_off[order][row]))

    return Values(columns={"cut_off": cut_off[order]}, keys=keys, explainer=explain)
