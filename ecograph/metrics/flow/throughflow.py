"""Throughflow."""

from typing import Any

import numpy as np

from ecograph.metric import VIEW_UNIT, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Flows

WORDS: Words = {
    "explain": {
        "en": "{flow:,.6g}{unit} pass through {node}: {input:,.6g} from outside, {intake:,.6g} from {count:,} nodes "
        "inside{most}.",
        "zh": "{node} 的通量为 {flow:,.6g}{unit}：来自边界外 {input:,.6g}，来自内部 {count:,} 个节点 {intake:,.6g}"
        "{most}。",
    },
    "most": {"en": ", most from {name} ({amount:,.6g})", "zh": "，最多的来自 {name}（{amount:,.6g}）"},
}


@metric(
    level="node",
    reads="amount",
    zh="通量",
    summary_zh="每个节点的流通量有多大。",
    source="Finn 1976; Patten 1978",
    columns={
        "throughflow": Column("what it takes in from inside and outside", zh="通量", unit=VIEW_UNIT, bounds=(0, None)),
        "input": Column("taken in over the boundary", zh="边界输入", unit=VIEW_UNIT, bounds=(0, None)),
        "intake": Column("taken in from nodes inside", zh="内部流入", unit=VIEW_UNIT, bounds=(0, None)),
        "release": Column("given to nodes inside", zh="内部流出", unit=VIEW_UNIT, bounds=(0, None)),
        "export": Column("given over the boundary", zh="边界输出", unit=VIEW_UNIT, bounds=(0, None)),
        "loss": Column("lost", zh="损耗", unit=VIEW_UNIT, bounds=(0, None)),
        "imbalance": Column("taken in less given, exported and lost", zh="收支差", unit=VIEW_UNIT),
    },
    words=WORDS,
)
def throughflow(flows: Flows) -> Values:
    """How much passes through each node.

    Read it as the size of a node in the traffic of resources, whether it keeps, uses or passes them on.

    Parameters
    ----------
    flows : Flows
        ``n`` nodes inside the boundary and their amounts, in one unit.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``throughflow`` = ``input`` + ``intake``, then ``release``, ``export``, ``loss`` and the
        ``imbalance``, all in the view's unit; from 0 but for the imbalance, which has any sign.

    Raises
    ------
    ParameterError
        If the view is no flow view.

    Notes
    -----
    T_i = z_i + sum_j F_ji with F_ij the flow from i to j and z the inputs; the imbalance is T_i - sum_j F_ij - y_i, y
    exports and losses. Total system throughflow is the sum. Flows of a node to itself count in both sums. A node
    that moves nothing has 0; an empty view gives an empty table.

    References
    ----------
    Finn, J. T. (1976). Measures of ecosystem structure and function derived from analysis of flows. Journal of
    Theoretical Biology 56. Chinese term: 通量.

    Examples
    --------
    >>> import ecograph as eg
    >>> moved = {"source": ["m", "a"], "target": ["a", "b"], "amount": [5.0, 3.0], "unit": ["CNY", "CNY"]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}}, {"TRANSFERS": moved})
    >>> eg.throughflow(eco.flows("TRANSFERS", outside="Market"))["throughflow"].tolist()
    [5.0, 3.0]
    """
    intakes, releases = flows.intakes, flows.releases
    columns: dict[str, Any] = {
        "throughflow": flows.inputs + intakes,
        "input": flows.inputs,
        "intake": intakes,
        "release": releases,
        "export": flows.exports,
        "loss": flows.losses,
        "imbalance": flows.imbalances,
    }

    def explain(position: int, language: Language) -> str:
        received = flows.amounts[:, [position]].toarray().ravel()
        most = ""
        if received.any():
            giver = flows.nodes.called(int(np.argmax(received)))
            most = throughflow.said("most", language, name=giver, amount=received.max())
        return throughflow.said(
            "explain",
            language,
            node=flows.nodes.called(position),
            unit=f" {flows.unit}" if flows.unit else "",
            flow=columns["throughflow"][position],
            input=flows.inputs[position],
            intake=intakes[position],
            count=int((received > 0).sum()),
            most=most,
        )

    return Values(columns=columns, explainer=explain)
