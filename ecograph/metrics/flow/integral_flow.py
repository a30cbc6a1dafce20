"""Integral flow."""

import numpy as np

from ecograph.methods.circulation import reciprocals
from ecograph.metric import Nodes as Names
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Flows
from ecograph.views.pairs import loop_notes, pairs

WORDS: Words = {
    "explain": {
        "en": "A unit that is at {a} comes to {b} {integral:,.4g} times in all, {direct:,.4g} times in one step.",
        "zh": "处于 {a} 的每单位资源总共到达 {b} {integral:,.4g} 次，其中一步直达 {direct:,.4g} 次。",
    }
}


@metric(
    level="pair",
    reads="amount",
    zh="积分流",
    summary_zh="一个节点的资源最终有多少经由直接和间接路径到达另一个节点。",
    source="Patten 1978; Fath & Patten 1999",
    columns={
        "integral": Column("visits to b of a unit at a, over all ways (N)", zh="积分流（输出侧）", bounds=(0, None)),
        "integral_input": Column("visits to a behind a unit at b (N')", zh="积分流（输入侧）", bounds=(0, None)),
        "direct": Column("share of a's throughflow given to b (G)", zh="直接流（输出侧）", bounds=(0, None)),
        "direct_input": Column("share of b's throughflow taken from a (G')", zh="直接流（输入侧）", bounds=(0, 1)),
    },
    words=WORDS,
)
def integral_flow(flows: Flows, *, sources: Names | None = None, targets: Names | None = None) -> Values:
    """How much of what is at one node comes to another, over all ways.

    Read it as reach: 0.4 from a to b means that of each unit at a, 0.4 units will pass through b, at once or after
    many steps.

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
        Level pair, one row for each source a and target b in the order of the nodes: ``integral`` (N)
        and ``integral_input`` (N'), from 0, the start counted as a visit; ``direct`` (G) and ``direct_input`` (G'),
        from 0, G' at most 1; no unit. NaN with a note out of loops that nothing enters.

    Raises
    ------
    ParameterError
        If there are more than a million pairs.
    UnknownNameError
        If a name is no kind and not the id of one node.

    Notes
    -----
    G_ij = F_ij / T_i and N = (I - G)^-1 = I + G + G^2 + ...; G'_ij = F_ij / T_j and N'_ij = T_i N_ij / T_j. Inputs
    times N are the throughflows: z'N = T'. Up to 5,000 nodes many pairs come from the table of N;
    else each named source or target is solved by itself, to 1e-13. A node that takes in nothing has no
    shares. An empty view gives an empty table.

    References
    ----------
    Patten, B. C. (1978). Systems approach to the concept of environment. Ohio Journal of Science 78. Fath, B. D. &
    Patten, B. C. (1999). Review of the foundations of network environ analysis. Ecosystems 2.
    Chinese term: 积分流.

    Examples
    --------
    >>> import ecograph as eg
    >>> moved = {"source": ["m", "a", "b"], "target": ["a", "b", "a"], "amount": [8.0, 6.0, 2.0]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}}, {"TRANSFERS": moved})
    >>> eg.integral_flow(eco.flows("TRANSFERS", outside="Market"))["integral"].round(3).tolist()
    [1.25, 0.75, 0.417, 1.25]
    """
    asked = pairs(flows.nodes, "integral_flow", sources, targets)
    circulation, through = flows.circulation, flows.throughflows
    visits = circulation.between(asked.firsts, asked.seconds)
    shares = circulation.shares[asked.firsts][:, asked.seconds].toarray()
    turned = through[asked.firsts][:, np.newaxis] * reciprocals(through)[asked.seconds]
    same = asked.firsts[:, np.newaxis] == asked.seconds
    cells = {"integral": visits, "integral_input": np.where(same, visits, visits * turned)}
    cells |= {"direct": shares, "direct_input": shares * turned}
    columns = {name: values.ravel() for name, values in cells.items()}
    notes = loop_notes(columns["integral"])

    def explain(row: int, language: Language) -> str:
        return asked.told(row, language, columns, integral_flow.said)

    return Values(columns=columns, keys=asked.keys, notes=notes, explainer=explain)
