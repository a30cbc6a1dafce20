"""Unmet demand."""

from typing import Any

import numpy as np
import pyarrow as pa

from ecograph.metric import VIEW_UNIT, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Ledger

WORDS: Words = {
    "explain": {
        "en": "{source} demands {demanded:,.6g}{unit} of {resource} at {target} (first day {since}, {state}); "
        "{missing:,.6g}{unit} are missing.",
        "zh": "{source} 在 {target} 提出对 {resource} 的需求 {demanded:,.6g}{unit}（提出日期 {since}，{state}），"
        "尚缺 {missing:,.6g}{unit}。",
    },
    "open": {"en": "still open", "zh": "尚未关闭"},
    "closed": {"en": "closed", "zh": "已关闭"},
    "undated": {"en": "unknown", "zh": "日期不详"},
}


@metric(
    level="relation",
    reads="amount",
    zh="未满足的需求",
    summary_zh="哪些需求没有得到满足，由谁提出、在哪里、从何时开始。",
    source="own definition; fill rate: Silver, Pyke & Peterson 1998",
    columns={
        "days": Column("days the demand has been open", zh="已开放天数", unit="days", bounds=(0, None)),
        "missing": Column("amount that is missing", zh="缺口", unit=VIEW_UNIT, bounds=(0, None)),
        "demanded": Column("amount demanded", zh="需求量", unit=VIEW_UNIT, bounds=(0, None)),
        "unit": Column("unit of the amounts", zh="单位"),
        "resource": Column("resource demanded", zh="资源"),
        "since": Column("first day of the demand", zh="提出日期"),
        "state": Column("whether it is still open", zh="状态", words={"open": "尚未关闭", "closed": "已关闭"}),
    },
    words=WORDS,
)
def unmet_demand(ledger: Ledger) -> Values:
    """Which demands are not met, whose, where and since when.

    Read it from the top: whoever has waited longest stands first; demands that were closed unmet stand last.

    Parameters
    ----------
    ledger : Ledger
        Demands and deliveries.

    Returns
    -------
    Result
        Level relation, one row for each demand of which something is missing: its source demands, its target is the
        makerspace. ``days`` from its first day to the ledger's day, while it is open; ``missing``, above 0 and at most
        ``demanded``, in ``unit``; ``resource``; ``since``, an ISO day; ``state`` on the ledger's day, open or closed.

    Raises
    ------
    ViewError
        If the data have no table of demands, or none of transfers.

    Notes
    -----
    A delivery is a transfer to the demander, of the demanded resource or, where the ledger says so, of its category, in
    the same unit. Each delivery, by day, goes to the earliest-started demand that is open on its day and not filled,
    ties by key. It is not split: what is too much for its demand is left over. Missing = amount - min(amount,
    delivered); a billionth of the amount counts as rounding. A demand without a first day is served before all others.
    It has no ``days``, and neither has one that is closed: NaN with a note. A demand without an amount or a resource is
    in the findings.

    References
    ----------
    The definition is our own. Silver, E. A., Pyke, D. F. & Peterson, R. (1998). Inventory management and production
    planning and scheduling, for the fill rate it builds on. Chinese term: 未满足的需求.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.unmet_demand(eg.dataset("harbour").ledger())
    >>> [(row["source"], row["missing"], row["unit"], row["since"]) for row in found.top(2).rows()]
    [('project-33', 2900.0, 'CNY', '2023-08-04'), ('maker-123', 27.0, 'hours', '2023-11-25')]
    """
    ledger.required("DEMANDS", "TRANSFERS")
    demands, running, days = ledger.demands, ledger.running(ledger.demands), ledger.lasted(ledger.demands)
    missing = demands.amounts - ledger.allocation.fulfilled
    rows = np.flatnonzero(missing > 0)
    rows = rows[np.lexsort((-days[rows], ~running[rows]))]
    keys, since, picked = ledger.keys(demands, rows), demands.since(rows), pa.array(rows)
    columns: dict[str, Any] = {
        "days": days[rows],
        "missing": missing[rows],
        "demanded": demands.amounts[rows],
        "unit": demands.units.take(picked),
        "resource": demands.resources.take(picked),
        "since": since,
        "state": pa.array(np.where(running[rows], "open", "closed"), pa.string()),
    }

    def explain(position: int, language: Language) -> str:
        row = {name: cells[position] for name, cells in (keys | columns).items()}
        told = {"state": unmet_demand.said(str(row["state"]), language), "unit": f" {row['unit']}".rstrip()}
        if not since[position].is_valid:
            told["since"] = unmet_demand.said("undated", language)
        return unmet_demand.said("explain", language, **row | told)

    missed = zip(np.isnan(columns["days"]), running[rows], strict=True)
    notes = [("no first day" if still else "closed") if one else None for one, still in missed]
    return Values(columns=columns, keys=keys, notes=notes, explainer=explain)
