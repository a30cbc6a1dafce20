"""Ghosh allocation."""

from typing import Any

import numpy as np

from ecograph.errors import ParameterError
from ecograph.given import codes_of, labels_of, pairs_of_groups, totals_of, unlabelled
from ecograph.methods.input_output import economy
from ecograph.metric import Labels, Numbers, Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Flows
from ecograph.views.labels import label_called

LARGEST = 3_162
NO_END = "nothing comes in, so nothing bounds what is passed on"

WORDS: Words = {
    "explain": {
        "en": "Each unit that {a} takes in from outside becomes {total:.4g} of what {b} has, and of each unit {a} has "
        "{direct:.4g} goes to {b}. The primary input of {a} becomes {passed:,.6g} of {b}.",
        "zh": "{a} 每获得一单位初始投入，会形成 {b} 的 {total:.4g}；{a} 每有一单位，其中 {direct:.4g} 直接分配给 {b}。"
        "{a} 的初始投入共形成 {b} 的 {passed:,.6g}。",
    },
    "nothing": {
        "en": "Of each unit {a} has {direct:.4g} goes to {b}; what comes in from outside sets no bound to the rest.",
        "zh": "{a} 每有一单位，其中 {direct:.4g} 直接分配给 {b}；系统没有足够的初始投入，完全分配无法确定。",
    },
}


@metric(
    level="pair",
    reads="amount",
    zh="高希完全分配",
    summary_zh="外部投入每增加一单位，直接和间接会分配到哪些组。",
    source="Ghosh 1958; Miller & Blair 2009, ch. 12",
    columns={
        "total": Column("what b has for each unit a takes in from outside", zh="完全分配系数", bounds=(0, None)),
        "direct": Column("share of what a has that goes to b", zh="直接分配系数", bounds=(0, None)),
        "passed": Column("what b has of the primary input of a", zh="形成的量", bounds=(0, None)),
    },
    words=WORDS,
)
def ghosh(flows: Flows, *, by: Labels = "kind", primary_inputs: Numbers | None = None) -> Values:
    """How what comes in from outside is passed on, directly and through others: where an investment ends up.

    Read a row (one ``a``) as what a unit that comes in at ``a`` multiplies to; its sum is the input multiplier. With
    ``primary_inputs`` the sum of ``passed`` over a column (one ``b``) says what the group would have then.

    Parameters
    ----------
    flows : Flows
        What nodes pass on to each other, and what comes in over the boundary: primary input.
    by : str, Result or Table
        The groups: ``kind``, ``node`` for each node by itself, an attribute's name, a partition's result, or a table
        with kind, id and value.
    primary_inputs : str, Result or Table, optional
        What if: primary input by node, an attribute or a table with kind, id and value, or by group, a table with group
        and value. Left out: what the view has.

    Returns
    -------
    Result
        Level pair, one row for each ordered pair of groups, by name; the kind of a group is the attribute's name.
        ``total``, ``direct`` and ``passed`` from 0; ``passed`` in the view's unit.

    Raises
    ------
    UnknownNameError
        If no node has such an attribute.
    ParameterError
        If ``primary_inputs`` holds what is no number or is not in the view; if there are more than 3,162 groups.

    Notes
    -----
    With Z_ab what a passes on to b, v primary input and x = Z'1 + v what each has: B_ab = Z_ab / x_a (``direct``), G =
    (I - B)^-1 (``total``), and ``passed`` = v_a G_ab, whose sums over a are x. What a group gives that takes in nothing
    is primary input of those who get it. Flows inside a group count; what moves between a node of a group and one
    without crosses the boundary. G >= I exists where all that a group has came in from outside in the end; where not,
    ``total`` and ``passed`` are NaN with a note, and a finding says so. Of flows in balance x is what Leontief's has.

    References
    ----------
    Ghosh, A. (1958). Input-output approach in an allocation system. Economica 25. Miller, R. E. & Blair, P. D. (2009).
    Input-output analysis, 2nd ed., ch. 12. Chinese term: 高希完全分配.

    Examples
    --------
    >>> import ecograph as eg
    >>> moved = {"source": ["m", "a"], "target": ["a", "b"], "amount": [4.0, 3.0], "unit": ["CNY", "CNY"]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}}, {"TRANSFERS": moved})
    >>> found = eg.ghosh(eco.flows("TRANSFERS", outside="Market"), by="node")
    >>> [(row["a"], row["b"], row["total"], row["passed"]) for row in found.top(3).rows()]
    [('a', 'a', 1.0, 4.0), ('b', 'b', 1.0, 0.0), ('a', 'b', 0.75, 3.0)]
    """
    groups, names = codes_of(labels_of(flows, by, "by"))
    n = len(names)
    if n > LARGEST:
        raise ParameterError(f"by: {n:,} groups make {n * n:,} pairs; take a coarser grouping of at most {LARGEST:,}")
    supplies = economy(flows.amounts, flows.inputs, flows.exports + flows.losses, groups, n).mirrored
    given = (
        supplies.demand if primary_inputs is None else totals_of(flows, primary_inputs, "primary_inputs", groups, names)
    )
    inverse = supplies.inverse
    total = np.full((n, n), np.nan) if inverse is None else inverse.T
    first, second = np.indices((n, n)).reshape(2, -1)
    columns: dict[str, Any] = {
        "total": total.ravel(),
        "direct": supplies.coefficients.toarray().T.ravel(),
        "passed": (given[:, None] * total).ravel(),
    }

    def explain(position: int, language: Language) -> str:
        row = {name: cells[position] for name, cells in columns.items()}
        a, b = (label_called(flows.nodes.schema, by, names[end[position]], language) for end in (first, second))
        return ghosh.said("nothing" if inverse is None else "explain", language, a=a, b=b, **row)

    idle = supplies.idle
    told = [Finding("only_gives", idle)] * bool(idle) + [Finding("no_start")] * (inverse is None)
    return Values(
        columns=columns,
        keys=pairs_of_groups(by, names, first, second),
        notes=[NO_END if inverse is None else None] * (n * n),
        findings=[*unlabelled(groups, by), *told],
        explainer=explain,
    )
