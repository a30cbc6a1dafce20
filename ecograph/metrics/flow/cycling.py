"""Cycling with and without what a group gives."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecograph.given import codes_of, labels_of, unlabelled
from ecograph.methods.first_returns import first_returns
from ecograph.metric import VIEW_UNIT, Labels, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Flows
from ecograph.views.labels import label_called

WORDS: Words = {
    "explain": {
        "en": "{cycling:.2%} of all flow has been at its node before; if {group} gave nothing to others inside it "
        "would be {without:.2%}. {amount:,.6g}{unit} come round at {group} itself ({share:.0%} of what cycles).",
        "zh": "全部通量中有 {cycling:.2%} 曾到过同一节点；若{group}不向内部其他节点供给，则为 {without:.2%}。"
        "循环回到{group}的有 {amount:,.6g}{unit}（占循环量的 {share:.0%}）。",
    },
    "unknown": {
        "en": "How much cycles with and without what {group} gives is not known: {note}.",
        "zh": "{group}的供给对循环的作用未知（{note}）。",
    },
}
LOOP, LARGE, NOTHING = "nothing enters a loop", "a strong component has more than 5,000 nodes", "nothing flows"


@metric(
    level="group",
    reads="amount",
    zh="循环贡献",
    summary_zh="某类节点（如创客）也向他人供给资源时，与不供给时相比循环有多大差别。",
    source="Finn 1976; extraction after Dietzenbacher et al. 1993",
    columns={
        "carried": Column("cycling that goes without what the group gives", zh="循环贡献", bounds=(0, 1)),
        "cycling": Column("cycling as it is (FCI)", zh="芬恩循环指数", bounds=(0, 1)),
        "without": Column("cycling if the group gave nothing inside", zh="无其供给时的循环指数", bounds=(0, 1)),
        "amount": Column("what comes round at the group's nodes", zh="循环量", unit=VIEW_UNIT, bounds=(0, None)),
        "share": Column("share of all that cycles", zh="占循环量比例", bounds=(0, 1)),
        "n": Column("nodes of the group", zh="节点数", bounds=(0, None)),
    },
    words=WORDS,
)
def cycling(flows: Flows, *, by: Labels = "kind") -> Values:
    """How much of the flow goes round, with and without what a group gives to others.

    Read the row of makers: where they only receive, cycling is the same without them; where they also supply, it falls,
    and by how much says what their sharing adds.

    Parameters
    ----------
    flows : Flows
        ``n`` nodes inside the boundary and their amounts, in one unit.
    by : str, Result or table
        What makes the groups: an attribute's name, ``kind``, a partition's Result, or a table of kind, id and value.

    Returns
    -------
    Result
        Level group, one row a group in the order of their names: ``cycling``, the same for all, and ``without``, in
        [0, 1); ``carried``, their difference, 0 where it would rise; ``amount``, in the view's unit, and ``share`` of
        what comes round at the group's nodes; ``n``. NaN with a note where a loop has no input, nothing flows, or a
        strong component has more than 5,000 nodes.

    Raises
    ------
    UnknownNameError
        If no node has the attribute.

    Notes
    -----
    Cycling is Finn's index, sum_i T_i (N_ii - 1) / N_ii / TST. Without a group: its rows of G are 0, so that its nodes
    keep what they take in, everybody else passes on the same shares of what still arrives, T follows from the inputs,
    and the index is computed anew (hypothetical extraction). An unbalanced network is measured as it is. Nodes without
    a label are in no group; an empty view gives an empty table.

    References
    ----------
    Finn, J. T. (1976). Measures of ecosystem structure and function derived from analysis of flows. Journal of
    Theoretical Biology 56. Dietzenbacher, E., van der Linden, J. A. & Steenge, A. E. (1993). The regional extraction
    method. Economic Systems Research 5. Chinese term: 循环贡献.

    Examples
    --------
    >>> import ecograph as eg
    >>> moved = {"source": ["m", "s", "a"], "target": ["s", "a", "s"], "amount": [8.0, 10.0, 2.0]}
    >>> nodes = {"Maker": {"id": ["a"]}, "Makerspace": {"id": ["s"]}, "Market": {"id": ["m"]}}
    >>> view = eg.from_tables(nodes, {"TRANSFERS": moved}).flows("TRANSFERS", outside="Market")
    >>> [(row["group"], round(row["cycling"], 3), row["without"]) for row in eg.cycling(view).table.rows()]
    [('Maker', 0.2, 0.0), ('Makerspace', 0.2, 0.0)]
    """
    codes, names = codes_of(labels_of(flows, by, "by"))
    returns = first_returns(flows.circulation)
    amounts = flows.throughflows * returns
    total = float(flows.throughflows.sum())
    note = LOOP if flows.circulation.closed.any() else LARGE if np.isnan(returns).any() else None
    note = NOTHING if total == 0 else note
    whole = float("nan") if note else float(amounts.sum()) / total
    without = np.array([float("nan") if note else _without(flows, codes == code) for code in range(len(names))])
    sums = np.bincount(codes[codes >= 0], np.nan_to_num(amounts)[codes >= 0], len(names))
    columns: dict[str, Any] = {
        "carried": np.maximum(whole - without, 0.0) + 0.0,
        "cycling": np.full(len(names), whole),
        "without": without,
        "amount": np.full(len(names), np.nan) if note else sums,
        "share": np.full(len(names), np.nan) if note else sums / (amounts.sum() or 1.0),
        "n": np.bincount(codes[codes >= 0], minlength=len(names)),
    }

    def explain(row: int, language: Language) -> str:
        told = {name: columns[name][row] for name in ("cycling", "without", "amount", "share")}
        group = label_called(flows.nodes.schema, by, names[row], language)
        unit = f" {flows.unit}" if flows.unit else ""
        return cycling.said("unknown" if note else "explain", language, group=group, unit=unit, note=note, **told)

    notes = [note] * len(names) if note else None
    return Values(
        columns=columns, keys={"group": names}, notes=notes, findings=unlabelled(codes, by), explainer=explain
    )


def _without(flows: Flows, group: NDArray[np.bool_]) -> float:
    """Cycling if the nodes of a group kept what they take in."""
    kept = flows.circulation.without(group)
    through = kept.caused(flows.inputs + _from_nothing(flows))
    return float(through @ first_returns(kept)) / float(through.sum() or 1.0)


def _from_nothing(flows: Flows) -> NDArray[np.float64]:
    """What nodes take in from those who take in nothing."""
    givers = flows.throughflows == 0
    return np.asarray(flows.amounts.T @ givers.astype(np.float64), np.float64)
