"""Environs."""

import numpy as np

from ecograph.methods.circulation import reciprocals
from ecograph.metric import VIEW_UNIT, Values, Words, metric
from ecograph.metric import Nodes as Names
from ecograph.table import Column, Language
from ecograph.views import Flows
from ecograph.views.pairs import loop_notes, pairs

WORDS: Words = {
    "explain": {
        "en": "{share:.2%} of what {b} takes in began at {a} ({amount:,.4g}); {export:.2%} of what passes through "
        "{a} leaves the whole at {b}.",
        "zh": "{b} 的流入有 {share:.2%} 始于 {a}（{amount:,.4g}）；流经 {a} 的资源有 {export:.2%} "
        "最终从 {b} 离开系统。",
    }
}


@metric(
    level="pair",
    reads="amount",
    zh="环境元",
    summary_zh="一个节点的流入有多大部分始于另一个节点，又在哪里离开系统。",
    source="Patten 1978; Fath & Patten 1999",
    columns={
        "share": Column("share of b's throughflow that entered at a", zh="始于甲的比例", bounds=(0, 1)),
        "amount": Column("throughflow of b that entered at a", zh="始于甲的数量", unit=VIEW_UNIT, bounds=(0, None)),
        "export": Column("share of a's throughflow that leaves at b", zh="在乙离开的比例", bounds=(0, None)),
    },
    words=WORDS,
)
def environ(flows: Flows, *, sources: Names | None = None, targets: Names | None = None) -> Values:
    """What part of one node's intake began at another, and where it leaves.

    Read a column of shares as where b's resources began: 0.3 from a university means that 30 % of what the maker takes
    in entered the ecosystem there, whoever passed it on.

    Parameters
    ----------
    flows : Flows
        ``n`` nodes inside the boundary and their amounts, in one unit.
    sources, targets : sequence of str, optional
        Nodes whose pairs are shown, as a and as b: ids, ``kind:id`` where two kinds share the id, or kinds; all if not
        given.

    Returns
    -------
    Result
        Level pair, one row for each source a and target b in the order of the nodes: ``share``, in [0, 1],
        and ``amount``, in the view's unit, of b's throughflow that entered over the boundary at a; ``export``, from 0,
        the part of a's throughflow that is exported or lost at b. NaN with a note out of loops that nothing enters.

    Raises
    ------
    ParameterError
        If there are more than a million pairs.
    UnknownNameError
        If a name is no kind and not the id of one node.

    Notes
    -----
    share = z_i N_ij / T_j with z the inputs; over all a it adds up to 1 for each b, unless somebody gives without
    taking in. export = N_ij y_j / T_j with y exports and losses; over all b it adds up to 1 in a
    balanced network. N as in ``integral_flow``, solved for the named nodes alone where there are many. A node that
    takes in nothing has shares of 0. An empty view gives an empty table.

    References
    ----------
    Patten, B. C. (1978). Systems approach to the concept of environment. Ohio Journal of Science 78. Fath, B. D. &
    Patten, B. C. (1999). Review of the foundations of network environ analysis. Ecosystems 2.
    Chinese term: 环境元.

    Examples
    --------
    >>> import ecograph as eg
    >>> moved = {"source": ["m", "a", "b"], "target": ["a", "b", "a"], "amount": [8.0, 6.0, 2.0]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}}, {"TRANSFERS": moved})
    >>> eg.environ(eco.flows("TRANSFERS", outside="Market"))["share"].round(3).tolist()
    [1.0, 1.0, 0.0, 0.0]
    """
    asked = pairs(flows.nodes, "environ", sources, targets)
    rates = reciprocals(flows.throughflows)[asked.seconds]
    visits = flows.circulation.between(asked.firsts, asked.seconds)
    amounts = flows.inputs[asked.firsts][:, np.newaxis] * visits
    leaving = visits * (flows.exports + flows.losses)[asked.seconds] * rates
    cells = {"share": np.clip(amounts * rates, 0, 1), "amount": amounts, "export": leaving}
    columns = {name: values.ravel() for name, values in cells.items()}
    notes = loop_notes(columns["amount"])

    def explain(row: int, language: Language) -> str:
        return asked.told(row, language, columns, environ.said)

    return Values(columns=columns, keys=asked.keys, notes=notes, explainer=explain)
