"""Event study."""

from typing import Any

import numpy as np
import pyarrow as pa

from ecograph.errors import EstimateError, ParameterError, unknown
from ecograph.methods.event_windows import NEVER, event_windows, first_events
from ecograph.methods.fixed_effects import Estimate, Within, estimated, within
from ecograph.metric import Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Panel
from ecograph.views.diagnoses import FEW, LEVEL, refused
from ecograph.views.lagged import Quantity, sizes_of
from ecograph.views.need import Need

NUMBERS = ("estimate", "error", "low", "high", "p")
BEFORE = "the period before the event, which the others are compared with"

WORDS: Words = {
    "logs": {
        "en": "{term}: {outcome} are {estimate:+.3f} in logarithms ({low:+.3f} to {high:+.3f}) from the period before "
        "the event.",
        "zh": "{term}：{outcome} 的对数相对事件前一时期变动 {estimate:+.3f}（{low:+.3f} 至 {high:+.3f}）。",
    },
    "sizes": {
        "en": "{term}: {outcome} are {estimate:+.3g} ({low:+.3g} to {high:+.3g}) from the period before the event.",
        "zh": "{term}：{outcome} 相对事件前一时期变动 {estimate:+.3g}（{low:+.3g} 至 {high:+.3g}）。",
    },
    "nothing": {"en": "{term}: {reason}.", "zh": "{term}：无法估计（{reason}）。"},
    "missing": {"en": "{term}: {reason}.", "zh": "{term}：数据不足以估计。"},
    BEFORE: {"en": "{term}: {reason}.", "zh": "{term}：事件前一时期，作为其他各期的比较基准。"},
}


@metric(
    level="term",
    zh="事件研究",
    summary_zh="一边首次出现之后，另一边的规模逐期如何变化；事件之前又如何。",
    source="Schmidheiny & Siegloch 2023",
    columns={
        "estimate": Column("difference from the period before the event", zh="相对事件前一时期之差"),
        "error": Column("standard error, clustered by platform", zh="标准误（按平台聚类）", bounds=(0, None)),
        "low": Column("low end of the interval", zh="区间下限"),
        "high": Column("high end of the interval", zh="区间上限"),
        "p": Column("p-value of no difference", zh="p 值", bounds=(0, 1)),
        "since": Column("periods since the event", zh="距事件的时期数"),
        "rows": Column("rows of the period", zh="行数", bounds=(0, None)),
    },
    example={"outcome": "makers", "event": "suppliers"},
    words=WORDS,
    cost=lambda panel, options: Need(
        200 * panel.size, 60 * (5 + options["leads"] + options["lags"]) * panel.size, "take fewer leads= and lags="
    ),
)
def event_study(
    panel: Panel,
    *,
    outcome: str,
    event: str,
    leads: int = 3,
    lags: int = 4,
    of: Quantity = "active",
    logs: bool = True,
    confidence: float = 0.95,
) -> Values:
    """How a side's size moves around the first period in which a platform has the other side.

    Read the periods before the event first: where they differ from 0 already, something else is going on, and the
    periods after it tell nothing.

    Parameters
    ----------
    panel : Panel
        Platforms by periods.
    outcome : str
        The side whose size is told.
    event : str
        The side whose first period above 0 is the event. A side may be any column of ``panel_from_table``, such as one
        that is 1 from the day a rule holds.
    leads, lags : int
        Periods before the event, 2 or more, and after it. The first stands for all earlier ones too, the last for all
        later ones.
    of : {"active", "links", "value"}
        What the size of the outcome's side is.
    logs : bool
        Whether its size is taken as a logarithm.
    confidence : float
        Level of the intervals, above 0 and below 1.

    Returns
    -------
    Result
        Level term: one equation, the outcome's side, and a term ``event-3``, …, ``event+4`` a period. ``estimate``,
        ``error``, ``low``, ``high``, ``p``; ``since``; ``rows``. The period before the event is NaN with a note.

    Raises
    ------
    ParameterError
        If leads, lags or confidence are not allowed.
    UnknownNameError
        If the panel has no such side.

    Notes
    -----
    y_it = a_i + d_t + sum over k of b_k 1[t - event_i = k] + e_it, the ends binned, errors clustered by platform with
    the factor of pyfixest. Platforms that never have the event are compared with; platforms that have it in their first
    period are left out, with a finding. A joint test of all periods before the event is among the findings. Where
    effects differ between platforms that have the event early and late, the b_k mix them (Sun & Abraham 2021).

    References
    ----------
    Schmidheiny, K. & Siegloch, S. (2023). On event studies and distributed-lags in two-way fixed effects models.
    Journal of Applied Econometrics 38(5). Sun, L. & Abraham, S. (2021). Estimating dynamic treatment effects in event
    studies with heterogeneous treatment effects. Journal of Econometrics 225. Chinese term: 事件研究.

    Examples
    --------
    >>> import ecograph as eg
    >>> table = {"space": list("aaaaabbbbbccccc"), "year": [1, 2, 3, 4, 5] * 3}
    >>> table["makers"] = [5, 5, 9, 9, 9, 20, 20, 20, 33, 33, 3, 3, 3, 3, 3]
    >>> table["suppliers"] = [0, 0, 1, 2, 2, 0, 0, 0, 4, 4, 0, 0, 0, 0, 0]
    >>> panel = eg.panel_from_table(table, "space", "year", {"makers": "makers", "suppliers": "suppliers"})
    >>> found = eg.event_study(panel, outcome="makers", event="suppliers", leads=2, lags=1)
    >>> found["term"].tolist(), found["estimate"].round(2).tolist()[2:]
    (['event-2', 'event-1', 'event+0', 'event+1'], [0.54, 0.57])
    """
    if leads < 2 or lags < 0 or not 0 < confidence < 1:
        raise ParameterError(
            f"leads={leads}, lags={lags}, confidence={confidence}; 2 or more, 0 or more, between 0 and 1"
        )
    for side in (outcome, event):
        if side not in panel.sides:
            raise unknown("side of the panel", side, panel.sides)
    sizes, findings = sizes_of(panel, outcome, of, logs=logs)
    events, at_once = first_events(panel.sides[event].active > 0, panel.unit_codes, panel.period_codes)
    rows = np.flatnonzero(~np.isnan(sizes) & ~at_once[panel.unit_codes] if len(sizes) else np.zeros(0, np.bool_))
    findings += [Finding("event_at_once", int(at_once.sum()), column=event)] if at_once.any() else []
    units, periods = panel.unit_codes[rows], panel.period_codes[rows]
    since, table = event_windows(events, units, periods, leads, lags)
    found = _estimate(sizes[rows], table, [units, periods])
    findings += [Finding("exogeneity_assumed"), *_told(found, events[~at_once], event, len(np.unique(units)), since)]
    return _values(found, since, table, (outcome, confidence, logs), findings, _reference_rows(events, units, periods))


def _reference_rows(events: Any, units: Any, periods: Any) -> int:
    return int(((events[units] != NEVER) & (periods - np.where(events[units] == NEVER, 0, events[units]) == -1)).sum())


def _estimate(outcomes: Any, table: Any, effects: list[Any]) -> tuple[Within, Estimate] | Finding:
    """Regression and errors, or the reason why there are none."""
    if not table.any():
        return Finding("no_event")
    try:
        regression = within(outcomes, table, effects, keep_singletons=True)
        return regression, estimated(regression, "clustered", effects[:1])
    except EstimateError as error:
        return refused(error)


def _told(
    found: tuple[Within, Estimate] | Finding, events: Any, event: str, platforms: int, since: list[int]
) -> list[Finding]:
    """What the reader should know: how many have the event, and whether the periods before it differ."""
    from scipy.special import fdtrc

    if isinstance(found, Finding):
        return [found]
    having = int((events != NEVER).sum())
    told = [Finding("events", having, column=event, details={"platforms": f"{len(events):,}"})]
    told += [Finding("few_platforms", platforms)] if platforms < FEW else []
    estimate = found[1]
    before = [place for place, one in enumerate(since) if one < 0 and not np.isnan(estimate.coefficients[place])]
    variance = estimate.variance[np.ix_(before, before)]
    if before and np.linalg.matrix_rank(variance) == len(before):
        moved = estimate.coefficients[before]
        wald = float(moved @ np.linalg.solve(variance, moved)) / len(before)
        p = float(fdtrc(len(before), estimate.freedom, wald)) if wald >= 0 else float("nan")
        told.append(Finding("leads_predict" if p < LEVEL else "leads_do_not", value=f"{p:.3g}"))
    return told


def _values(
    found: tuple[Within, Estimate] | Finding,
    since: list[int],
    table: Any,
    options: tuple[str, float, bool],
    findings: list[Finding],
    reference: int,
) -> Values:
    outcome, confidence, logs = options
    place = since.index(0)
    if isinstance(found, Finding):
        numbers = [np.full(len(since), np.nan)] * len(NUMBERS)
        notes: list[str | None] = [found.line()] * (len(since) + 1)
    else:
        estimate = found[1]
        numbers = [estimate.coefficients, estimate.errors, *estimate.interval(confidence), estimate.p_values]
        reasons = [_missing(estimate, one) for one in range(len(since))]
        notes = [*reasons[:place], BEFORE, *reasons[place:]]
    named = [*since[:place], -1, *since[place:]]
    columns: dict[str, Any] = {
        name: np.insert(values, place, np.nan) for name, values in zip(NUMBERS, numbers, strict=True)
    }
    columns |= {"since": np.array(named), "rows": np.insert(table.sum(axis=0).astype(np.int64), place, reference)}
    terms = [f"event{one:+d}" for one in named]

    def explain(position: int, language: Language) -> str:
        gaps: dict[str, Any] = {name: columns[name][position] for name in ("estimate", "low", "high")}
        gaps |= {"term": terms[position], "outcome": outcome}
        if isinstance(found, Finding):
            return event_study.said("nothing", language, **gaps, reason=found.reason(language))
        if reason := notes[position]:
            return event_study.said(reason if reason in WORDS else "missing", language, **gaps, reason=reason)
        return event_study.said("logs" if logs else "sizes", language, **gaps)

    keys = {"equation": pa.array([outcome] * len(terms)), "term": pa.array(terms)}
    return Values(columns=columns, keys=keys, notes=notes, findings=findings, explainer=explain)


def _missing(estimate: Estimate, place: int) -> str | None:
    if np.isnan(estimate.coefficients[place]):
        return "cannot be told apart from the periods or the platforms: no rows of it, or no platform to compare with"
    return "its error is not known" if np.isnan(estimate.p_values[place]) else None
