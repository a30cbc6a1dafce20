"""Coverage."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from ecograph.errors import ParameterError
from ecograph.given import codes_of
from ecograph.methods.shares import ratios
from ecograph.metric import VIEW_UNIT, Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Ledger
from ecograph.views.demanded import By, demand_labels
from ecograph.views.entries import Amounts, Codes
from ecograph.views.labels import label_called
from ecograph.views.records import EVER

WORDS: Words = {
    "explain": {
        "en": "{group}: {met:,} of {demands:,} demands are met whole, and of {demanded:,.6g}{unit} demanded "
        "{fulfilled:,.6g}{unit} have come{share}.{timely}{possible}",
        "zh": "{group}：{demands:,} 项需求中有 {met:,} 项完全满足；共需求 {demanded:,.6g}{unit}，"
        "已到位 {fulfilled:,.6g}{unit}{share}。{timely}{possible}",
    },
    "whole": {"en": "all demands", "zh": "全部需求"},
    "share": {"en": " ({by_amount:.1%})", "zh": "（{by_amount:.1%}）"},
    "timely": {"en": " Within {days} days {in_time:.1%} were met.", "zh": "{days} 天内满足的占 {in_time:.1%}。"},
    "possible": {
        "en": " What is supplied could meet {potential:.1%} of the amount.",
        "zh": "按供给总量，最多可满足需求量的 {potential:.1%}。",
    },
}


@metric(
    level="group",
    reads="amount",
    zh="供需对接覆盖率",
    summary_zh="需求得到了多少交付：按数量、按项数和按时限来看。",
    source="own definition; fill rate: Silver, Pyke & Peterson 1998",
    columns={
        "by_amount": Column("share of the amount demanded that came", zh="按数量的覆盖率", bounds=(0, 1)),
        "by_count": Column("share of the demands met whole", zh="按项数的覆盖率", bounds=(0, 1)),
        "in_time": Column("share of the demands met whole in time", zh="按时满足率", bounds=(0, 1)),
        "potential": Column("share of the amount demanded that supplies allow", zh="潜在覆盖率", bounds=(0, 1)),
        "demands": Column("demands", zh="需求项数", bounds=(0, None)),
        "unmet": Column("demands not met whole", zh="未满足项数", bounds=(0, None)),
        "demanded": Column("amount demanded", zh="需求量", unit=VIEW_UNIT, bounds=(0, None)),
        "fulfilled": Column("amount that came", zh="到位量", unit=VIEW_UNIT, bounds=(0, None)),
        "unit": Column("unit of the amounts", zh="单位"),
    },
    words=WORDS,
)
def coverage(ledger: Ledger, *, by: By = "whole", days: int = 30) -> Values:
    """How much of what is demanded is delivered: in amount, in number of demands, and in time.

    Read ``by_amount`` against ``potential``: where coverage is low and potential high, what is demanded is supplied by
    somebody and does not reach the demander; where both are low, it is not there.

    Parameters
    ----------
    ledger : Ledger
        Demands, supplies and deliveries.
    by : {"whole", "category", "background", "stage", "platform", "resource"}
        How demands are grouped: by category or id of the resource, by background of the demander, by stage the
        demanding project is in on the demand's first day, by id of the makerspace.
    days : int
        Days from its first day within which a demand is met in time, at least 0.

    Returns
    -------
    Result
        Level group, one row for each group and unit that has demands, since amounts of two units do not add up; where a
        group has several units, the unit stands behind its name. ``by_amount``, ``by_count``, ``in_time`` and
        ``potential`` in [0, 1]; ``demands`` and ``unmet`` are counts, ``demanded`` and ``fulfilled`` amounts in
        ``unit``.

    Raises
    ------
    ParameterError
        If days is below 0, or ``by`` is none of these.
    ViewError
        If the data have no table of demands or of transfers, or none of INCUBATES to group by stage.

    Notes
    -----
    A delivery is a transfer to the demander, of the demanded resource or, where the ledger says so, of its category, in
    the same unit. Each delivery, by day, goes to the earliest-started demand that is open on its day and not filled,
    ties by key; it is not split. Fulfilled = min(amount, delivered). ``by_amount`` = sum fulfilled / sum amount;
    ``by_count`` = share of the demands fulfilled whole; ``in_time`` = share fulfilled whole at most ``days`` after the
    first day, among those that have a first day; a demand of yesterday is not yet met and counts as such.
    ``potential`` of a resource = min(total supply, total demand) / total demand, whenever it was supplied; by platform
    what is supplied to the platform; of a group the mean over what it demands, weighted by amount, so each demander of
    a scarce resource has the same share of it. NaN with a note: ``by_amount`` and ``potential`` where nothing is
    demanded, ``potential`` in data without a table of supplies, ``in_time`` where no demand has a first day. A demand
    that belongs to no group (a team has no background) is left out, with a finding. Of several stages on a day the one
    begun last counts.

    References
    ----------
    The definition is our own. Silver, E. A., Pyke, D. F. & Peterson, R. (1998). Inventory management and production
    planning and scheduling, for fill rate and service level. Chinese term: 供需对接覆盖率.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.coverage(eg.dataset("harbour").ledger(), by="category")
    >>> [(row["group"], round(row["by_amount"], 3), row["unmet"]) for row in found.top(2).rows()]
    [('capital', 1.0, 0), ('knowledge', 0.988, 1)]
    """
    if days < 0:
        raise ParameterError(f"days={days}; it must be at least 0")
    ledger.required("DEMANDS", "TRANSFERS")
    labels = demand_labels(ledger, by)
    groups, named, units = _groups(labels, ledger.demands.units)
    sums = {name: _sums(groups, cells, len(named)) for name, cells in _told(ledger, by, days).items()}
    columns = _columns(sums) | {"unit": units}

    def explain(position: int, language: Language) -> str:
        row = {name: cells[position] for name, cells in columns.items()} | {"days": days}
        parts = {
            part: "" if np.isnan(row[column]) else coverage.said(part, language, **row)
            for part, column in (("share", "by_amount"), ("timely", "in_time"), ("possible", "potential"))
        }
        schema, label = ledger.content.schema, named[position]
        parts["group"] = coverage.said(by, language) if by == "whole" else label_called(schema, by, label, language)
        parts |= {"unit": f" {units[position]}".rstrip(), "met": row["demands"] - row["unmet"]}
        return coverage.said("explain", language, **row | parts)

    lost = Finding("no_group", labels.null_count, "relations/DEMANDS", column=by)
    return Values(
        columns=columns,
        keys={"group": _names(named, units)},
        notes=_notes(sums),
        findings=[lost] if lost.count else [],
        explainer=explain,
    )


def _columns(sums: Mapping[str, Amounts]) -> dict[str, Any]:
    return {
        "by_amount": ratios(sums["fulfilled"], sums["demanded"]),
        "by_count": ratios(sums["met"], sums["demands"]),
        "in_time": ratios(sums["timely"], sums["dated"]),
        "potential": ratios(sums["possible"], sums["suppliable"]),
        "demands": sums["demands"].astype(np.int64),
        "unmet": (sums["demands"] - sums["met"]).astype(np.int64),
        "demanded": sums["demanded"],
        "fulfilled": sums["fulfilled"],
    }


def _notes(sums: Mapping[str, Amounts]) -> list[str | None]:
    missing = {
        "nothing is demanded": sums["demanded"] == 0,
        "the data have no supplies": sums["suppliable"] < sums["demanded"],
        "no demand has a first day": sums["dated"] == 0,
    }
    rows = zip(*missing.values(), strict=True)
    return ["; ".join(reason for reason, holds in zip(missing, row, strict=True) if holds) or None for row in rows]


def _sums(groups: Codes, cells: Amounts, n: int) -> Amounts:
    """Sum of each group; who is of none, -1, is left out."""
    return np.asarray(np.bincount(groups + 1, cells, n + 1)[1:], np.float64)


def _groups(labels: pa.Array, units: pa.Array) -> tuple[Codes, list[str], pa.Array]:
    """Group of each demand, -1 for none, and label and unit of each group."""
    (ranks, names), (kinds, words) = codes_of(labels), codes_of(units)
    pairs, codes = np.unique(np.where(ranks < 0, -1, ranks * len(words) + kinds), return_inverse=True)
    first = int(np.searchsorted(pairs, 0))
    places = [divmod(pair, len(words)) for pair in pairs[first:].tolist()]
    named, counted = [names[name] for name, _ in places], [words[word] for _, word in places]
    return codes - first, named, pa.array(counted, pa.string())


def _names(labels: Sequence[str], units: pa.Array) -> pa.Array:
    """Name of each group: its label, with the unit where it has several."""
    times, pairs = Counter(labels), zip(labels, units.to_pylist(), strict=True)
    return pa.array([label if times[label] == 1 else f"{label} ({unit})" for label, unit in pairs], pa.string())


def _told(ledger: Ledger, by: By, days: int) -> dict[str, Amounts]:
    """What each demand adds to the sums of its group."""
    demands, came = ledger.demands, ledger.allocation
    dated = demands.starts > EVER
    waited = np.where(came.whole & dated, came.filled, 0) - np.where(came.whole & dated, demands.starts, 0)
    return {
        "demands": np.ones(len(demands)),
        "met": came.whole.astype(np.float64),
        "dated": dated.astype(np.float64),
        "timely": (came.whole & dated & (waited <= days)).astype(np.float64),
        "demanded": demands.amounts,
        "fulfilled": came.fulfilled,
        "suppliable": demands.amounts * ("SUPPLIES" in ledger.content.relations),
        "possible": _possible(ledger, by),
    }


def _possible(ledger: Ledger, by: By) -> Amounts:
    """What of each demand could be met if all that is supplied were shared out in proportion to what is demanded."""
    demands, supplies = ledger.demands, ledger.supplies
    platforms = np.concatenate([demands.targets, supplies.targets]).astype(np.int64) * (by == "platform")
    things = np.concatenate([demands.things, supplies.things]) * (ledger.n + 1) + platforms
    asked, offered = np.split(np.unique(things, return_inverse=True)[1], [len(demands)])
    wanted, given = (_sums(*pair, len(things)) for pair in ((asked, demands.amounts), (offered, supplies.amounts)))
    met = ratios(np.minimum(given, wanted), wanted)
    return np.where(demands.amounts > 0, demands.amounts * met[asked], 0.0)
