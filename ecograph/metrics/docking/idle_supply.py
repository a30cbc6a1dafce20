"""Idle supply."""

from typing import Any

import numpy as np
import pyarrow as pa

from ecograph.methods.allocation import ROUNDING
from ecograph.metric import VIEW_UNIT, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Ledger

WORDS: Words = {
    "explain": {
        "en": "{source} supplies {supplied:,.6g}{unit} of {resource} at {target} ({state}); {idle:,.6g}{unit} "
        "went to nobody ({share:.1%}).",
        "zh": "{source} 向 {target} 供应 {resource} 共 {supplied:,.6g}{unit}（{state}），其中 {idle:,.6g}{unit} "
        "未交付给任何一方（{share:.1%}）。",
    },
    "open": {"en": "still open", "zh": "供应中"},
    "closed": {"en": "closed", "zh": "已结束"},
}


@metric(
    level="relation",
    reads="amount",
    zh="闲置供给",
    summary_zh="哪些供给没有用完，由谁提供、在哪里、还剩多少。",
    source="own definition",
    columns={
        "available": Column("share of the supply that can still be had", zh="可用比例", bounds=(0, 1)),
        "idle": Column("amount that nobody got", zh="闲置量", unit=VIEW_UNIT, bounds=(0, None)),
        "supplied": Column("amount supplied", zh="供给量", unit=VIEW_UNIT, bounds=(0, None)),
        "unit": Column("unit of the amounts", zh="单位"),
        "resource": Column("resource supplied", zh="资源"),
        "since": Column("first day of the supply", zh="起始日期"),
        "state": Column("whether it is still open", zh="状态", words={"open": "供应中", "closed": "已结束"}),
    },
    words=WORDS,
)
def idle_supply(ledger: Ledger) -> Values:
    """Which supplies are not used up, whose, where and how much of them is left.

    Read it from the top: what is still open and least used stands first; what ended with something left stands last.

    Parameters
    ----------
    ledger : Ledger
        Supplies and deliveries.

    Returns
    -------
    Result
        Level relation, one row for each supply of which something is left: its source supplies, its target is the
        makerspace. ``available``, in [0, 1], is the share that is idle of a supply still open, 0 of one that is closed;
        ``idle``, above 0 and at most ``supplied``, in ``unit``; ``resource``; ``since``, an ISO day, missing where
        there is none; ``state`` on the ledger's day, open or closed.

    Raises
    ------
    ViewError
        If the data have no table of supplies, or none of transfers.

    Notes
    -----
    Idle = supplied - delivered, where delivered is what the supplier transferred of that resource or, where the ledger
    says so, of its category, to anyone, in the same unit and within the supply's span; a billionth of the supply counts
    as rounding. A transfer does not say from which of several supplies it was taken: it counts for every supply of that
    supplier and resource whose span holds its day. A supply without an amount or a resource is in the findings.

    References
    ----------
    The definition is our own. Chinese term: 闲置供给.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.idle_supply(eg.dataset("harbour").ledger())
    >>> [(row["source"], row["resource"], row["idle"], row["unit"]) for row in found.top(2).rows()]
    [('enterprise-28', 'resource-17', 5300.0, 'CNY'), ('enterprise-27', 'resource-06', 60.0, 'hours')]
    """
    ledger.required("SUPPLIES", "TRANSFERS")
    supplies, running = ledger.supplies, ledger.running(ledger.supplies)
    idle = supplies.amounts - ledger.delivered
    rows = np.flatnonzero(idle > supplies.amounts * ROUNDING)
    shares = idle[rows] / supplies.amounts[rows]
    order = np.lexsort((-shares, ~running[rows]))
    rows, shares = rows[order], shares[order]
    keys, picked = ledger.keys(supplies, rows), pa.array(rows)
    columns: dict[str, Any] = {
        "available": np.where(running[rows], shares, 0.0),
        "idle": idle[rows],
        "supplied": supplies.amounts[rows],
        "unit": supplies.units.take(picked),
        "resource": supplies.resources.take(picked),
        "since": supplies.since(rows),
        "state": pa.array(np.where(running[rows], "open", "closed"), pa.string()),
    }

    def explain(position: int, language: Language) -> str:
        row = {name: cells[position] for name, cells in (keys | columns).items()}
        told = {"state": idle_supply.said(str(row["state"]), language), "unit": f" {row['unit']}".rstrip()}
        told["share"] = shares[position]
        return idle_supply.said("explain", language, **row | told)

    return Values(columns=columns, keys=keys, explainer=explain)
