"""Effects of both sides on who enters and who leaves."""

from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.errors import EstimateError, ParameterError
from ecograph.methods.advice import jackknife_advised
from ecograph.methods.fixed_effects import Estimate, estimated, within
from ecograph.methods.jackknife import half_panel
from ecograph.methods.refusals import refusal
from ecograph.methods.systems import two_equations
from ecograph.metric import Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Panel
from ecograph.views.diagnoses import FEW, needed, refused, with_note
from ecograph.views.lagged import Lagged, lagged

MOVES = ("entering", "leaving")
NUMBERS = ("estimate", "error", "low", "high", "p", "plain")

WORDS: Words = {
    "logs": {
        "en": "{equation}: where {side} were 1 % more a period before, {estimate:+.3f} % ({low:+.3f} to {high:+.3f}).",
        "zh": "{equation}：上一时期 {side} 每多 1%，变动 {estimate:+.3f}%（{low:+.3f} 至 {high:+.3f}）。",
    },
    "sizes": {
        "en": "{equation}: for one more of {side} a period before, {estimate:+.3g} ({low:+.3g} to {high:+.3g}).",
        "zh": "{equation}：上一时期 {side} 每多 1，变动 {estimate:+.3g}（{low:+.3g} 至 {high:+.3g}）。",
    },
    "nothing": {"en": "{equation}: {reason}.", "zh": "{equation}：无法估计（{reason}）。"},
}


@metric(
    level="term",
    zh="进入与退出效应",
    summary_zh="两边的规模分别如何影响每一边的进入与退出：吸引新成员，还是留住老成员。",
    source="Hinz, Otter & Skiera 2020; Dhaene & Jochmans 2015",
    columns={
        "estimate": Column("effect", zh="效应"),
        "error": Column("standard error, clustered by platform", zh="标准误（按平台聚类）", bounds=(0, None)),
        "low": Column("low end of the interval", zh="区间下限"),
        "high": Column("high end of the interval", zh="区间上限"),
        "p": Column("p-value of no effect", zh="p 值", bounds=(0, 1)),
        "plain": Column("plain fixed effects, biased in short panels", zh="未校正的固定效应（短面板有偏）"),
        "rows": Column("rows used", zh="使用行数", bounds=(0, None)),
        "platforms": Column("platforms used", zh="使用平台数", bounds=(0, None)),
    },
    words=WORDS,
    cost=needed,
)
def entry_exit_effects(
    panel: Panel,
    *,
    pair: list[str] | None = None,
    logs: bool = True,
    estimator: Literal["jackknife", "within"] = "jackknife",
    confidence: float = 0.95,
) -> Values:
    """How each side's size draws new members in, and how it keeps those who are there.

    Read an effect on ``entering`` as acquisition and one on ``leaving`` as churn: the same growth of a side may come
    from either, and asks for different measures.

    Parameters
    ----------
    panel : Panel
        Platforms by periods, with who enters and leaves both sides.
    pair : list of str, optional
        Two sides of the panel; the only two if not given.
    logs : bool
        Whether sizes are taken as logarithms, and entries and exits as logarithms of one more than their number.
    estimator : {"jackknife", "within"}
        The half-panel jackknife, which takes most of the bias of short panels off, or plain two-way fixed effects.
    confidence : float
        Level of the intervals, above 0 and below 1.

    Returns
    -------
    Result
        Level term: equations ``<side> entering`` and ``<side> leaving``, in each a term ``<side> (t-1)`` a side.
        ``estimate``, ``error``, ``low``, ``high``, ``p``, ``plain``, ``rows``, ``platforms``.

    Raises
    ------
    ParameterError
        If confidence is not allowed, or the pair are not two sides.
    ViewError
        If the panel has not two sides and none are named.

    Notes
    -----
    entering_it = a_i + d_t + b_A A_i,t-1 + b_B B_i,t-1 + e_it, and the same for leaving and for the other side. Sizes a
    period ago are made of earlier entries and exits, so plain fixed effects are biased in short panels. Rows whose
    entries or exits are not known are left out of that equation, with a finding. Errors are clustered by platform with
    the factor of pyfixest. A finding says whether to go by the jackknife: ``use_jackknife`` or ``short_for_jackknife``.
    Where nothing can be estimated, NaN with the reason as note.

    References
    ----------
    Hinz, O., Otter, T. & Skiera, B. (2020). Estimating network effects in two-sided markets. Journal of Management
    Information Systems 37. Dhaene, G. & Jochmans, K. (2015). Split-panel jackknife estimation of fixed-effect models.
    Review of Economic Studies 82. Chinese term: 进入与退出效应.

    Examples
    --------
    >>> import ecograph as eg
    >>> table = {"space": list("aaaaabbbbbccccc"), "year": [1, 2, 3, 4, 5] * 3}
    >>> table["makers"] = [5, 7, 9, 8, 9, 20, 24, 30, 33, 30, 3, 3, 4, 6, 5]
    >>> table["joined"] = [0, 2, 3, 1, 2, 0, 5, 6, 4, 1, 0, 1, 1, 2, 1]
    >>> table["left"] = [0, 0, 1, 2, 1, 0, 1, 0, 1, 4, 0, 1, 0, 0, 2]
    >>> table["suppliers"] = [2, 3, 3, 4, 4, 9, 9, 11, 12, 14, 1, 2, 2, 2, 3]
    >>> makers = {"active": "makers", "entering": "joined", "leaving": "left"}
    >>> panel = eg.panel_from_table(table, "space", "year", {"makers": makers, "suppliers": "suppliers"})
    >>> found = eg.entry_exit_effects(panel, estimator="within")
    >>> found["equation"].tolist()[::2]
    ['makers entering', 'makers leaving', 'suppliers entering', 'suppliers leaving']
    >>> found["note"].tolist()[3:5]
    [None, 'nothing is known of suppliers entering; fill in who enters and who leaves']
    """
    if not 0 < confidence < 1:
        raise ParameterError(f"confidence={confidence}; it must be between 0 and 1")
    data = lagged(panel, pair, lags=1, logs=logs)
    findings = [*data.findings, Finding("exogeneity_assumed")]
    platforms = len(np.unique(data.units))
    advice = _advice(data, len(data.units) / max(platforms, 1))
    findings.append(advice)
    findings += [Finding("few_platforms", platforms)] if 0 < platforms < FEW else []
    parts = []
    for side in data.sides:
        for move in MOVES:
            counts = getattr(panel.sides[side], move)[data.rows]
            missing = int(np.isnan(counts).sum())
            findings += [Finding("unknown_moves", missing, column=f"{side} {move}")] if missing else []
            parts.append(_equation(f"{side} {move}", counts, data, (logs, estimator, confidence)))
    reasons = [part["reason"] for part in parts for _ in data.sides]
    findings += [part["reason"] for part in parts if part["reason"]]
    columns: dict[str, Any] = {name: np.concatenate([part[name] for part in parts]) for name in NUMBERS}
    columns |= {name: np.repeat([part[name] for part in parts], 2) for name in ("rows", "platforms")}
    equations = [part["equation"] for part in parts for _ in data.sides]
    keys = {"equation": pa.array(equations), "term": pa.array([f"{side} (t-1)" for side in data.sides] * len(parts))}

    def explain(position: int, language: Language) -> str:
        gaps: dict[str, Any] = {name: columns[name][position] for name in ("estimate", "low", "high")}
        gaps |= {"equation": equations[position], "side": data.sides[position % 2]}
        if reason := reasons[position]:
            return entry_exit_effects.said("nothing", language, **gaps, reason=reason.reason(language))
        sentence = entry_exit_effects.said("logs" if logs else "sizes", language, **gaps)
        return with_note(sentence, advice, language)

    notes = [reason.line() if reason else None for reason in reasons]
    return Values(columns=columns, keys=keys, notes=notes, findings=findings, explainer=explain)


def _advice(data: Lagged, periods: float) -> Finding:
    """Whether to go by the jackknife, as a finding."""
    try:
        sides = two_equations(data.now, data.past, data.units, data.periods, "within")
    except EstimateError:
        sides = None
    return Finding(jackknife_advised(sides, periods), details={"periods": f"{periods:.1f}"})


def _equation(name: str, counts: NDArray[np.float64], data: Lagged, options: tuple[bool, str, float]) -> dict[str, Any]:
    """One equation: numbers by column, or the reason why there are none."""
    logs, estimator, confidence = options
    known = ~np.isnan(counts)
    empty: dict[str, Any] = {column: np.full(2, np.nan) for column in NUMBERS}
    empty |= {"equation": name, "rows": 0, "platforms": 0}
    if not known.any():
        return {**empty, "reason": Finding("moves_not_known", details={"equation": name})}
    outcomes = np.log1p(counts[known]) if logs else counts[known]
    try:
        found, plain, used = _estimate(outcomes, data.past[known], data.units[known], data.periods[known], estimator)
    except EstimateError as error:
        return {**empty, "reason": refused(error)}
    low, high = found.interval(confidence)
    numbers = (found.coefficients, found.errors, low, high, found.p_values, plain)
    told = {"rows": int(used.sum()), "platforms": found.clusters, "reason": None}
    return {"equation": name, **dict(zip(NUMBERS, numbers, strict=True)), **told}


def _estimate(
    outcomes: NDArray[np.float64],
    past: NDArray[np.float64],
    units: NDArray[np.int64],
    periods: NDArray[np.int64],
    estimator: str,
) -> tuple[Estimate, NDArray[np.float64], NDArray[np.bool_]]:
    whole = within(outcomes, past, [units, periods], keep_singletons=True)
    if not whole.kept.all():
        raise refusal("past_does_not_vary")
    if estimator == "within":
        return estimated(whole, "clustered", [units]), whole.coefficients, whole.used
    halves = half_panel(outcomes, past, units, periods)
    return estimated(halves, "clustered", [units]), whole.coefficients, halves.used
