"""Environ centrality."""

import numpy as np

from ecograph.methods.circulation import Amounts
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Flows

WORDS: Words = {
    "explain": {
        "en": "{node} has {centrality:.2%} of all flow that follows from flow: {out:.2%} of it ends here and "
        "{begun:.2%} begins here.",
        "zh": "{node} 占全部引发流的 {centrality:.2%}：其中 {out:.2%} 到达此处，{begun:.2%} 由此处引发。",
    },
    "unknown": {
        "en": "How central {node} is is not known: nothing enters a loop here, or the sums have no end.",
        "zh": "{node} 的中心性未知：此处有循环没有任何输入，或求和不收敛。",
    },
}


@metric(
    level="node",
    reads="amount",
    zh="环境元中心性",
    summary_zh="每个节点在直接和间接的资源流中有多重要。",
    source="Fann & Borrett 2012",
    columns={
        "centrality": Column("mean of both shares (AEC)", zh="平均环境元中心性", bounds=(0, 1)),
        "input_centrality": Column("share of N that begins at the node (ECin)", zh="输入环境元中心性", bounds=(0, 1)),
        "output_centrality": Column("share of N that ends at the node (ECout)", zh="输出环境元中心性", bounds=(0, 1)),
    },
    words=WORDS,
)
def environ_centrality(flows: Flows) -> Values:
    """How much a node matters to the flow of all, at once and indirectly.

    Read it as degree centrality that counts all ways: high where much of what anybody gives or takes comes by.

    Parameters
    ----------
    flows : Flows
        ``n`` nodes inside the boundary and their amounts, in one unit.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``centrality``, ``input_centrality`` and ``output_centrality``, in [0, 1], each of sum
        1, no unit. NaN with a note where nothing enters a loop.

    Raises
    ------
    ParameterError
        If the view is no flow view.

    Notes
    -----
    With N the integral flows, as in ``integral_flow``: ECin_i = sum_j N_ij / sum N, ECout_j = sum_i N_ij / sum N, AEC
    their mean. The names are enaR's. Solved to 1e-13 at any size. An isolate has its own unit only; an empty view gives
    an empty table.

    References
    ----------
    Fann, S. L. & Borrett, S. R. (2012). Environ centrality reveals the tendency of indirect effects to homogenize the
    functional importance of species in ecosystems. Journal of Theoretical Biology 294. Chinese term: 环境元中心性.

    Examples
    --------
    >>> import ecograph as eg
    >>> moved = {"source": ["m", "a", "b"], "target": ["a", "b", "a"], "amount": [8.0, 6.0, 2.0]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}}, {"TRANSFERS": moved})
    >>> eg.environ_centrality(eco.flows("TRANSFERS", outside="Market"))["centrality"].round(3).tolist()
    [0.5, 0.5]
    """
    begun, ended = _sums(flows)
    total = float(begun.sum())
    ins, outs = begun / total if total else begun, ended / total if total else ended
    missing = bool(np.isnan(total))

    def explain(position: int, language: Language) -> str:
        return environ_centrality.said(
            "unknown" if missing else "explain",
            language,
            node=flows.nodes.called(position),
            centrality=(ins[position] + outs[position]) / 2,
            begun=ins[position],
            out=outs[position],
        )

    return Values(
        columns={"centrality": (ins + outs) / 2, "input_centrality": ins, "output_centrality": outs},
        notes=["nothing enters a loop"] * flows.n if missing else None,
        explainer=explain,
    )


def _sums(flows: Flows) -> tuple[Amounts, Amounts]:
    """Row and column sums of N; NaN where nothing enters a loop."""
    ones: Amounts = np.ones(flows.n)
    if flows.circulation.closed.any():
        return ones * np.nan, ones * np.nan
    return flows.circulation.collected(ones), flows.circulation.caused(ones)
