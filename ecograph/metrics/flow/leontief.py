"""Leontief requirements."""

from typing import Any

import numpy as np

from ecograph.errors import ParameterError
from ecograph.given import codes_of, labels_of, pairs_of_groups, totals_of, unlabelled
from ecograph.methods.input_output import economy
from ecograph.methods.shares import ratios
from ecograph.metric import Labels, Numbers, Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Flows
from ecograph.views.labels import label_called

LARGEST = 3_162
NO_END = "nothing leaves the system, so nothing bounds what is put out"

WORDS: Words = {
    "explain": {
        "en": "For each unit that {b} gives to final demand {a} puts out {total:.4g}, and sells {direct:.4g} to {b} "
        "for each unit {b} puts out. The final demand of {b} calls for {called:,.6g} of {a}.",
        "zh": "{b} 每向最终需求提供一单位，{a} 需产出 {total:.4g}；{b} 每产出一单位，{a} 直接供给 {direct:.4g}。"
        "{b} 的最终需求共带动 {a} {called:,.6g}。",
    },
    "nothing": {
        "en": "{a} sells {direct:.4g} to {b} for each unit {b} puts out; what leaves the system "
        "sets no bound to the rest.",
        "zh": "{b} 每产出一单位，{a} 直接供给 {direct:.4g}；系统没有足够的最终需求，完全需求无法确定。",
    },
}


@metric(
    level="pair",
    reads="amount",
    zh="里昂惕夫完全需求",
    summary_zh="最终需求每增加一单位，各组直接和间接需要产出多少。",
    source="Leontief 1936; Miller & Blair 2009, ch. 2",
    columns={
        "total": Column("output of a for each unit of final demand for b", zh="完全需求系数", bounds=(0, None)),
        "direct": Column("sold by a to b for each unit b puts out", zh="直接消耗系数", bounds=(0, None)),
        "called": Column("output of a that the final demand for b calls for", zh="带动的产出", bounds=(0, None)),
    },
    words=WORDS,
)
def leontief(
    flows: Flows, *, by: Labels = "kind", demand: Numbers | None = None, account: Numbers | None = None
) -> Values:
    """How much every group must put out, directly and through others, so that something leaves a group for good.

    Read a column (one ``b``) as what a unit of final demand sets in motion; its sum is the output multiplier. With
    ``demand`` the sum of ``called`` over a row (one ``a``) says what the group would put out then.

    Parameters
    ----------
    flows : Flows
        What nodes sell to each other; exports and losses are final demand.
    by : str, Result or Table
        The groups: ``kind``, ``node`` for each node by itself, an attribute's name, a partition's result, or a table
        with kind, id and value.
    demand : str, Result or Table, optional
        What if: final demand by node, an attribute or a table with kind, id and value, or by group, a table with group
        and value. Left out: what the view has.
    account : str, Result or Table, optional
        What putting out takes or makes, such as hours or emissions, likewise. ``called`` is then in its unit: what of
        the account of ``a`` the final demand for ``b`` is answerable for.

    Returns
    -------
    Result
        Level pair, one row for each ordered pair of groups, by name; the kind of a group is the attribute's name.
        ``total``, ``direct`` and ``called`` from 0; ``called`` in the view's unit, or in that of the account.

    Raises
    ------
    UnknownNameError
        If no node has such an attribute.
    ParameterError
        If ``demand`` or ``account`` holds what is no number or is not in the view; if there are more than 3,162 groups.

    Notes
    -----
    With Z_ab what a sells to b, f final demand and x = Z1 + f the outputs: A_ab = Z_ab / x_b (``direct``), L = (I -
    A)^-1 (``total``), and ``called`` = L_ab f_b, whose sums over b are x. Of an account F it is F_a / x_a times that.
    What goes to a group that puts out nothing is final demand. Flows inside a group count; what moves between a node of
    a group and one without crosses the boundary. L >= I exists where each group's output leaves the system in the end;
    where it does not, as in a closed one, ``total`` and ``called`` are NaN with a note, and a finding says so.

    References
    ----------
    Leontief, W. (1936). Quantitative input and output relations in the economic system of the United States. Review of
    Economics and Statistics 18. Miller, R. E. & Blair, P. D. (2009). Input-output analysis, 2nd ed., ch. 2 and, for
    accounts, ch. 9-10. Chinese term: 里昂惕夫完全需求.

    Examples
    --------
    >>> import ecograph as eg
    >>> sold = {"source": ["a", "a", "b", "b"], "target": ["a", "b", "a", "b"], "amount": [150.0, 500.0, 200.0, 100.0]}
    >>> schema = eg.Schema(
    ...     "trade",
    ...     (eg.NodeKind("Sector", attributes=(eg.Attribute("final", "number"),)),),
    ...     (
    ...         eg.RelationKind(
    ...             "SELLS", ("Sector",), ("Sector",), self_ties=True, attributes=(eg.Attribute("amount", "number"),
    ...             eg.Attribute("unit")),
    ...         ),
    ...     ),
    ... )
    >>> eco = eg.from_tables({"Sector": {"id": ["a", "b"], "final": [350.0, 1700.0]}}, {"SELLS": sold}, schema)
    >>> eg.leontief(eco.flows("SELLS", exports="final"), by="node")["total"].round(4).tolist()
    [1.2541, 0.33, 0.264, 1.1221]
    """
    groups, names = codes_of(labels_of(flows, by, "by"))
    n = len(names)
    if n > LARGEST:
        raise ParameterError(f"by: {n:,} groups make {n * n:,} pairs; take a coarser grouping of at most {LARGEST:,}")
    economics = economy(flows.amounts, flows.inputs, flows.exports + flows.losses, groups, n)
    asked = economics.demand if demand is None else totals_of(flows, demand, "demand", groups, names)
    inverse = economics.inverse
    total = np.full((n, n), np.nan) if inverse is None else inverse
    intensities = np.ones(n)
    if account is not None:
        intensities = np.nan_to_num(ratios(totals_of(flows, account, "account", groups, names), economics.outputs))
    first, second = np.indices((n, n)).reshape(2, -1)
    columns: dict[str, Any] = {
        "total": total.ravel(),
        "direct": economics.coefficients.toarray().ravel(),
        "called": (intensities[:, None] * total * asked).ravel(),
    }

    def explain(position: int, language: Language) -> str:
        row = {name: cells[position] for name, cells in columns.items()}
        a, b = (label_called(flows.nodes.schema, by, names[end[position]], language) for end in (first, second))
        return leontief.said("nothing" if inverse is None else "explain", language, a=a, b=b, **row)

    idle = economics.idle
    told = [Finding("only_receives", idle)] * bool(idle) + [Finding("no_end")] * (inverse is None)
    return Values(
        columns=columns,
        keys=pairs_of_groups(by, names, first, second),
        notes=[NO_END if inverse is None else None] * (n * n),
        findings=[*unlabelled(groups, by), *told],
        explainer=explain,
    )
