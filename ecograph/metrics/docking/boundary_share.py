"""Boundary share."""

from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.given import codes_of
from ecograph.methods.belonging import Belonging, distinct
from ecograph.methods.shares import ratios
from ecograph.metric import VIEW_UNIT, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Ledger
from ecograph.views.belonging import belonging, makerspaces

Numbers = NDArray[np.int64]

WORDS: Words = {
    "explain": {
        "en": "{group}: of {total:,.6g}{unit} that its members gave or got, {crossing:,.6g} crossed its boundary{share}"
        ": {inward:,.6g} came in and {outward:,.6g} went out.",
        "zh": "{group}：成员给出或得到的 {total:,.6g}{unit} 中，有 {crossing:,.6g} 跨越平台边界{share}："
        "流入 {inward:,.6g}，流出 {outward:,.6g}。",
    },
    "share": {"en": " ({boundary_share:.1%})", "zh": "（{boundary_share:.1%}）"},
}


@metric(
    level="group",
    reads="amount",
    zh="跨界流动占比",
    summary_zh="与平台成员有关的资源流动中，有多少跨越了平台的边界。",
    source="own definition; Krackhardt & Stern 1988 for the idea of external and internal ties",
    columns={
        "boundary_share": Column("share that crosses the boundary", zh="跨界流动占比", bounds=(0, 1)),
        "inward": Column("amount that came in", zh="流入量", unit=VIEW_UNIT, bounds=(0, None)),
        "outward": Column("amount that went out", zh="流出量", unit=VIEW_UNIT, bounds=(0, None)),
        "inside": Column("amount that moved between members", zh="内部流动量", unit=VIEW_UNIT, bounds=(0, None)),
        "unit": Column("unit of the amounts", zh="单位"),
        "makerspace": Column("id of the makerspace", zh="众创空间"),
    },
    words=WORDS,
)
def boundary_share(ledger: Ledger) -> Values:
    """How much of what a platform's members give and get crosses its boundary.

    Read 0 as a closed house and 1 as one whose members share nothing with each other. A low share with unmet demands
    tells of weak docking with the outside (外部对接), a high one with idle supplies of weak exchange within.

    Parameters
    ----------
    ledger : Ledger
        Transfers, and who has settled in which makerspace.

    Returns
    -------
    Result
        Level group, one row for each makerspace and unit in which something touched its members, ascending by id, since
        amounts of two units do not add up; where a makerspace has several units, the unit stands behind its id.
        ``boundary_share`` in [0, 1]; ``inward``, ``outward`` and ``inside``, amounts in ``unit``; ``makerspace``.

    Raises
    ------
    ViewError
        If the data have no table of transfers, or none of SETTLED_IN.

    Notes
    -----
    Inside a makerspace on the day of a transfer are the makerspace itself and whoever has a SETTLED_IN there that holds
    the day; a member that had left, or not come yet, is outside. A transfer touches a makerspace if its source or its
    target is inside, and crosses its boundary if only one of them is. The share is the amount that crosses over the
    amount that touches. Between members of two makerspaces a transfer crosses the boundary of both; from a node to
    itself it is inside. NaN with a note where all amounts are 0. Transfers without a day, a resource or an amount are
    in the findings.

    References
    ----------
    The definition is our own. Krackhardt, D. & Stern, R. N. (1988). Informal networks and organizational crises. Social
    Psychology Quarterly 51, for external and internal ties. Chinese term: 跨界流动占比.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.boundary_share(eg.dataset("harbour").ledger(unit="hours"))
    >>> [(row["group"], round(row["boundary_share"], 3)) for row in found.table.rows()][5:7]
    [('makerspace-06', 0.87), ('makerspace-07', 0.755)]
    """
    ledger.required("TRANSFERS", "SETTLED_IN")
    spaces, sent = makerspaces(ledger), ledger.deliveries
    n_spaces = len(spaces)
    members = belonging(ledger, "SETTLED_IN", spaces) | Belonging.always(spaces)
    given, taken = (
        _codes(members.pairs(ends, sent.starts, sent.stops), n_spaces) for ends in (sent.sources, sent.targets)
    )
    units, words = codes_of(sent.units)
    width = max(len(words), 1)
    codes = np.union1d(given, taken)
    rows, places = codes // max(n_spaces, 1), codes % max(n_spaces, 1)
    groups, numbers = np.unique(places * width + units[rows], return_inverse=True)
    out, back = np.isin(codes, given), np.isin(codes, taken)
    inward, outward, inside = (
        np.bincount(numbers, sent.amounts[rows] * kind, len(groups)) for kind in (back & ~out, out & ~back, out & back)
    )
    ids = ledger.nodes.ids.take(pa.array(spaces[groups // width])).to_pylist()
    named = [words[kind] for kind in groups % width]
    times = Counter(ids)
    names = [one if times[one] == 1 else f"{one} ({unit})" for one, unit in zip(ids, named, strict=True)]
    columns: dict[str, Any] = {
        "boundary_share": ratios(inward + outward, inward + outward + inside),
        "inward": inward,
        "outward": outward,
        "inside": inside,
        "unit": pa.array(named, pa.string()),
        "makerspace": pa.array(ids, pa.string()),
    }

    def explain(position: int, language: Language) -> str:
        row = {name: cells[position] for name, cells in columns.items()}
        crossing = row["inward"] + row["outward"]
        share = "" if np.isnan(row["boundary_share"]) else boundary_share.said("share", language, **row)
        gaps = {"crossing": crossing, "total": crossing + row["inside"], "share": share, "group": ids[position]}
        return boundary_share.said("explain", language, **row | gaps | {"unit": f" {row['unit']}".rstrip()})

    notes = ["nothing moved" if one else None for one in np.isnan(columns["boundary_share"])]
    return Values(columns=columns, keys={"group": pa.array(names, pa.string())}, notes=notes, explainer=explain)


def _codes(pairs: tuple[Numbers, Numbers], n_spaces: int) -> Numbers:
    """Number of each transfer and a makerspace that one end of it is inside."""
    rows, places = distinct([pairs], n_spaces)
    return rows * n_spaces + places
