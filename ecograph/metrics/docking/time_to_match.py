"""Time to match."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.given import codes_of
from ecograph.methods.survival import kaplan_meier
from ecograph.metric import Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Ledger
from ecograph.views.demanded import By, demand_labels
from ecograph.views.labels import label_called
from ecograph.views.records import EVER, NEVER

Waits = tuple[NDArray[np.int64], NDArray[np.bool_]]

POINTS = (7, 30, 90, 365)

WORDS: Words = {
    "explain": {
        "en": "{group}: {matched:,} of {demands:,} demands have had a delivery{half}{curve}.",
        "zh": "{group}：{demands:,} 项需求中有 {matched:,} 项已得到交付{half}{curve}。",
    },
    "whole": {"en": "all demands", "zh": "全部需求"},
    "median": {
        "en": "; half wait at most {median:,.0f} days for it",
        "zh": "；半数需求的等待时间不超过 {median:,.0f} 天",
    },
    "fewer": {"en": "; fewer than half so far", "zh": "；目前不足半数"},
    "point": {"en": "; within {days} days {share:.1%}", "zh": "；{days} 天内得到交付的占 {share:.1%}"},
}


@metric(
    level="group",
    reads="amount",
    zh="匹配时长",
    summary_zh="需求要等多久才得到第一次交付。",
    source="Kaplan & Meier 1958, eq. 2b",
    columns={
        "median": Column("days to the first delivery, median", zh="匹配时长中位数", unit="days", bounds=(0, None)),
        **{
            f"within_{days}": Column(
                f"share that had a delivery within {days} days", zh=f"{days} 天内得到交付的比例", bounds=(0, 1)
            )
            for days in POINTS
        },
        "demands": Column("demands", zh="需求项数", bounds=(0, None)),
        "matched": Column("demands that had a delivery", zh="已得到交付的项数", bounds=(0, None)),
    },
    words=WORDS,
)
def time_to_match(ledger: Ledger, *, by: By = "whole") -> Values:
    """How long a demand waits for its first delivery.

    Read the median beside ``within_7`` to ``within_365``, four points of one curve: a platform that serves some at once
    and others never has high first points and no median.

    Parameters
    ----------
    ledger : Ledger
        Demands and deliveries.
    by : {"whole", "category", "background", "stage", "platform", "resource"}
        How demands are grouped: by category or id of the resource, by background of the demander, by stage the
        demanding project is in on the demand's first day, by id of the makerspace.

    Returns
    -------
    Result
        Level group, one row for each group that has demands with a first day: ``median``, in days; ``within_7``,
        ``within_30``, ``within_90`` and ``within_365``, in [0, 1] and never falling; ``demands`` and, of these,
        ``matched``.

    Raises
    ------
    ParameterError
        If ``by`` is none of these.
    ViewError
        If the data have no table of demands or of transfers, or none of INCUBATES to group by stage.

    Notes
    -----
    Which delivery is a demand's is told under ``unmet_demand``: each goes, by day, to the earliest-started demand for
    it that is open and not filled. A demand waits from its first day to its first delivery. One without a delivery is
    censored: it has waited at least to its last day or, while it is open, to the ledger's day. With d_i first
    deliveries after t_i days among the n_i demands that waited at least so long, S(t) = prod over t_i <= t of (1 - d_i
    / n_i); ``within_t`` = 1 - S(t), and the median is the least t with S(t) <= 1/2. A demand of nothing is met on its
    first day. NaN with a note: the median where S stays above 1/2, a point beyond the longest wait seen. A demand
    without a first day, or of no group, is left out, with a finding.

    References
    ----------
    Kaplan, E. L. & Meier, P. (1958). Nonparametric estimation from incomplete observations. Journal of the American
    Statistical Association 53, eq. 2b. Chinese term: 匹配时长.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.time_to_match(eg.dataset("harbour").ledger(), by="category")
    >>> [(row["group"], row["median"], round(row["within_30"], 2)) for row in found.top(2).rows()]
    [('space', 55.0, 0.38), ('talent', 36.0, 0.46)]
    """
    ledger.required("DEMANDS", "TRANSFERS")
    dated = np.flatnonzero(ledger.demands.starts > EVER)
    labels = demand_labels(ledger, by).take(pa.array(dated))
    groups, names = codes_of(labels)
    days, over = (cells[dated] for cells in _waits(ledger))
    rows = [_row(days[groups == number], over[groups == number]) for number in range(len(names))]
    columns: dict[str, Any] = {
        name: np.array([row[name] for row in rows], np.int64 if name in ("demands", "matched") else np.float64)
        for name in time_to_match.columns
    }

    def explain(position: int, language: Language) -> str:
        row = rows[position]
        half = time_to_match.said("fewer" if np.isnan(row["median"]) else "median", language, **row)
        shares = [(point, row[f"within_{point}"]) for point in POINTS if not np.isnan(row[f"within_{point}"])]
        told = [time_to_match.said("point", language, days=point, share=share) for point, share in shares]
        schema, label = ledger.content.schema, names[position]
        group = time_to_match.said(by, language) if by == "whole" else label_called(schema, by, label, language)
        return time_to_match.said("explain", language, **row, group=group, half=half, curve="".join(told))

    lost = [
        Finding("missing_value", len(ledger.demands) - len(dated), "relations/DEMANDS", column="valid_from"),
        Finding("no_group", labels.null_count, "relations/DEMANDS", column=by),
    ]
    return Values(
        columns=columns,
        keys={"group": pa.array(names, pa.string())},
        notes=[_note(row) for row in rows],
        findings=[finding for finding in lost if finding.count],
        explainer=explain,
    )


def _waits(ledger: Ledger) -> Waits:
    """Days each demand waited for its first delivery, or was seen to wait, and whether it came."""
    demands, deliveries, places = ledger.demands, ledger.deliveries, ledger.allocation.places
    first = np.where(demands.amounts > 0, NEVER, demands.starts)
    given = places >= 0
    np.minimum.at(first, places[given], deliveries.starts[given])
    over = first < NEVER
    seen = demands.stops - 1 if ledger.day is None else np.minimum(demands.stops - 1, ledger.today)
    until = np.where(over, first, seen)
    dated = demands.starts > EVER
    return np.where(dated, until, 0) - np.where(dated, demands.starts, 0), over


def _row(days: NDArray[np.int64], over: NDArray[np.bool_]) -> dict[str, float]:
    """The curve of some demands."""
    curve = kaplan_meier(days, over)
    shares = curve.lasting(POINTS)
    known = (days.max() >= np.array(POINTS)) | (shares == 0)
    within = dict(zip((f"within_{point}" for point in POINTS), np.where(known, 1 - shares, np.nan), strict=True))
    return {"median": curve.median, **within, "demands": len(days), "matched": int(over.sum())}


def _note(row: dict[str, float]) -> str | None:
    beyond = next(
        (f"no demand was watched for {point} days" for point in POINTS if np.isnan(row[f"within_{point}"])), ""
    )
    half = "fewer than half had a delivery" if np.isnan(row["median"]) else ""
    return "; ".join(filter(None, (half, beyond))) or None
