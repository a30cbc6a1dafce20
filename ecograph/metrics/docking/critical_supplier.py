"""Critical suppliers."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.metric import VIEW_UNIT, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Ledger

Numbers = NDArray[np.int64]

NO_SUPPLIES = "the data have no supplies"

WORDS: Words = {
    "explain": {
        "en": "Without {supplier}, {source} would be short of {lost:,.6g}{unit} of {resource} at {target} ({share:.1%} "
        "of the demand){others}. In all the loss of {supplier} leaves {demands:,} demands unmet.",
        "zh": "若失去 {supplier}，{source} 在 {target} 对 {resource} 的需求将缺少 {lost:,.6g}{unit}"
        "（占需求量的 {share:.1%}）{others}。失去 {supplier} 共使 {demands:,} 项需求得不到满足。",
    },
    "others": {
        "en": "; others who supply it: {alternatives:,.0f}",
        "zh": "；另有 {alternatives:,.0f} 个供应方提供该资源",
    },
    "nobody": {"en": "; nobody else supplies it", "zh": "；没有其他供应方提供该资源"},
}


@metric(
    level="relation",
    reads="amount",
    zh="关键供应方",
    summary_zh="失去哪个供应方，会使哪些已满足的需求得不到满足。",
    source="own definition; single point of failure",
    columns={
        "demands": Column("demands that the loss of the supplier leaves unmet", zh="影响的需求项数", bounds=(1, None)),
        "supplier": Column("id of the supplier", zh="供应方"),
        "supplier_kind": Column("kind of the supplier", zh="供应方类型"),
        "alternatives": Column("others who supply it now", zh="其他供应方个数", bounds=(0, None)),
        "share": Column("share of the demand that would be missing", zh="缺口占需求的比例", bounds=(0, 1)),
        "lost": Column("amount that would be missing", zh="缺口", unit=VIEW_UNIT, bounds=(0, None)),
        "unit": Column("unit of the amounts", zh="单位"),
        "resource": Column("resource demanded", zh="资源"),
    },
    words=WORDS,
)
def critical_supplier(ledger: Ledger) -> Values:
    """Whose loss leaves which demand unmet: the single points of failure among those who deliver.

    Read it from the top: suppliers without whom most demands were not met stand first, and of their demands those that
    nobody else could take over. Find a second supplier for them.

    Parameters
    ----------
    ledger : Ledger
        Demands, supplies and deliveries.

    Returns
    -------
    Result
        Level relation, one row for each demand that is met whole and would not be without a supplier, and each such
        supplier: its source demands, its target is the makerspace. ``supplier`` and ``supplier_kind``; ``demands``, how
        many rows the supplier has; ``alternatives``, how many others have an open supply of what is demanded on the
        ledger's day, wherever; ``lost``, above 0 and at most the amount demanded, in ``unit``, and its ``share``, in
        (0, 1]; ``resource``.

    Raises
    ------
    ViewError
        If the data have no table of demands, or none of transfers.

    Notes
    -----
    Which delivery is a demand's is told under ``unmet_demand``. For each supplier, anyone who delivered, the deliveries
    of all others are given out anew by the same rule, and the demands compared: a row stands for each that was filled
    whole and is not any more. A demand that two suppliers filled together has two rows; one that another delivery, left
    over before, would have filled has none. A demand of nothing needs nobody. The demander is no alternative.
    ``alternatives`` is NaN with a note in data without a table of supplies.

    References
    ----------
    The definition is our own. Chinese term: 关键供应方.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.critical_supplier(eg.dataset("harbour").ledger())
    >>> [(row["supplier"], row["demands"], row["source"], row["resource"]) for row in found.top(2).rows()]
    [('enterprise-10', 18, 'maker-081', 'resource-06'), ('enterprise-10', 18, 'maker-031', 'resource-06')]
    """
    ledger.required("DEMANDS", "TRANSFERS")
    givers, places, lost = ledger.missed
    counts = np.bincount(givers, minlength=ledger.n)[givers]
    others = _alternatives(ledger, givers, places)
    order = np.lexsort((others, givers, -counts))
    givers, places, lost = givers[order], places[order], lost[order]
    demands, who, picked = ledger.demands, pa.array(givers), pa.array(places)
    known = "SUPPLIES" in ledger.content.relations
    keys = ledger.keys(demands, places)
    columns: dict[str, Any] = {
        "demands": counts[order],
        "supplier": ledger.nodes.ids.take(who),
        "supplier_kind": ledger.nodes.kinds.take(who),
        "alternatives": others[order] if known else np.full(len(others), np.nan),
        "share": lost / demands.amounts[places],
        "lost": lost,
        "unit": demands.units.take(picked),
        "resource": demands.resources.take(picked),
    }

    def explain(position: int, language: Language) -> str:
        row = {name: cells[position] for name, cells in (keys | columns).items()}
        word = "others" if row["alternatives"] else "nobody"
        told = critical_supplier.said(word, language, **row) if known else ""
        return critical_supplier.said("explain", language, **row | {"others": told, "unit": f" {row['unit']}".rstrip()})

    notes = [None if known else NO_SUPPLIES] * len(places)
    return Values(columns=columns, keys=keys, notes=notes, explainer=explain)


def _alternatives(ledger: Ledger, givers: Numbers, places: Numbers) -> Numbers:
    """How many have an open supply of what each demand asks for, but for the giver and the demander."""
    supplies, demands, n = ledger.supplies, ledger.demands, ledger.n
    running = ledger.running(supplies)
    offers = np.unique(supplies.things[running] * n + supplies.sources[running])
    things = demands.things[places]
    counts: Numbers = np.bincount(offers // max(n, 1), minlength=len(ledger.things))[things]
    asking = demands.sources[places].astype(np.int64)
    counts[np.isin(things * n + givers, offers)] -= 1
    counts[np.isin(things * n + asking, offers) & (asking != givers)] -= 1
    return counts
