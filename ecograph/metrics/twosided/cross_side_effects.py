"""Effects of each side on both."""

from typing import Any

import numpy as np
import pyarrow as pa

from ecograph.errors import EstimateError, ParameterError
from ecograph.methods.systems import Estimator, System, two_equations
from ecograph.methods.wild import wild_bootstrap
from ecograph.metric import Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Panel
from ecograph.views.diagnoses import FEW, diagnosed, needed, placebos, refused, with_note
from ecograph.views.lagged import Lagged, Quantity, lagged

MANY = "so many platforms need no bootstrap"
COLUMNS = ("estimate", "error", "low", "high", "p", "plain", "wild_p")

WORDS: Words = {
    "logs": {
        "en": "{equation}: where {side} were 1 % more at t-{lag}, {equation} are {estimate:+.3f} % at t "
        "({low:+.3f} to {high:+.3f}); plain fixed effects say {plain:+.3f}.",
        "zh": "{equation}：{lag} 个时期前 {side} 每多 1%，{equation} 变动 {estimate:+.3f}%"
        "（{low:+.3f} 至 {high:+.3f}）；未校正的固定效应为 {plain:+.3f}。",
    },
    "sizes": {
        "en": "{equation}: for one more of {side} at t-{lag}, {equation} are {estimate:+.3g} at t "
        "({low:+.3g} to {high:+.3g}); plain fixed effects say {plain:+.3g}.",
        "zh": "{equation}：{lag} 个时期前 {side} 每多 1，{equation} 变动 {estimate:+.3g}"
        "（{low:+.3g} 至 {high:+.3g}）；未校正的固定效应为 {plain:+.3g}。",
    },
    "nothing": {"en": "{equation}: {reason}.", "zh": "{equation}：无法估计（{reason}）。"},
}


@metric(
    level="term",
    zh="双边网络效应",
    summary_zh="一边的规模对两边下一时期规模的影响：同边效应与跨边效应。",
    source="Rysman 2004; Chu & Manchanda 2016; Breitung, Kripfganz & Hayakawa 2022; Dhaene & Jochmans 2015",
    columns={
        "estimate": Column("effect", zh="效应"),
        "error": Column("standard error, clustered by platform", zh="标准误（按平台聚类）", bounds=(0, None)),
        "low": Column("low end of the interval", zh="区间下限"),
        "high": Column("high end of the interval", zh="区间上限"),
        "p": Column("p-value of no effect", zh="p 值", bounds=(0, 1)),
        "plain": Column("plain fixed effects, biased in short panels", zh="未校正的固定效应（短面板有偏）"),
        "wild_p": Column(
            "p-value of no effect by wild cluster bootstrap of the plain one", zh="野聚类自助法 p 值", bounds=(0, 1)
        ),
        "rows": Column("rows used", zh="使用行数", bounds=(0, None)),
        "platforms": Column("platforms used", zh="使用平台数", bounds=(0, None)),
    },
    words=WORDS,
    cost=needed,
)
def cross_side_effects(
    panel: Panel,
    *,
    pair: list[str] | None = None,
    of: Quantity = "active",
    lags: int = 1,
    logs: bool = True,
    estimator: Estimator = "recommended",
    confidence: float = 0.95,
    draws: int = 999,
    shuffles: int = 99,
    seed: int = 1,
) -> Values:
    """How much each side's size a period ago draws members to its own side and to the other.

    Read the rows of one equation together: the own side's effect is what stays or attracts its like, the other side's
    is the cross-side effect. The findings say what the data can and cannot tell.

    Parameters
    ----------
    panel : Panel
        Platforms by periods, with both sides.
    pair : list of str, optional
        Two sides of the panel; the only two if not given.
    of : {"active", "links", "value"}
        What the size of a side is.
    lags : int
        How many periods back, 1 or more.
    logs : bool
        Whether sizes are taken as logarithms, so that effects are elasticities.
    estimator : {"recommended", "corrected", "jackknife", "within"}
        ``corrected`` is free of the bias of short panels; ``jackknife`` takes most of it off; ``within`` is plain
        two-way fixed effects; ``recommended`` is ``corrected`` where it exists, else ``jackknife``, which a finding
        then says not to go by.
    confidence : float
        Level of the intervals, above 0 and below 1.
    draws : int
        Draws of the wild cluster bootstrap, made where there are fewer than 40 platforms; 0 for none.
    shuffles : int
        How often the platforms' other sides are shuffled for the placebo; 0 for none.
    seed : int
        Seed of both.

    Returns
    -------
    Result
        Level term: two equations, one a side, and in each a term ``<side> (t-1)`` a side and lag. ``estimate``,
        ``error``, ``low``, ``high``, ``p``, ``plain``, ``wild_p``, ``rows``, ``platforms``.

    Raises
    ------
    ParameterError
        If lags, confidence, draws or shuffles are not allowed, or the pair are not two sides.
    ViewError
        If the panel has not two sides and none are named.

    Notes
    -----
    y_it = a_i + d_t + r y_i,t-1 + b z_i,t-1 + e_it and its mirror. A past exists only where the period before is a row.
    Unknown sizes, and with logs sizes of 0, are gaps, with a finding. Errors are clustered by platform; the
    small-sample factor is in the findings. One finding says which estimate to go by, ``use_corrected`` or ``use_wild``
    (with fewer than 12 platforms), or why none: ``no_corrected``, ``unit_root`` (a root of 0.95 or more) or
    ``too_flat`` (less than half of the slope of the equations is left once the bias is off). The wild bootstrap imposes
    the null on the plain estimate. Where nothing can be estimated, NaN with the reason as note.

    References
    ----------
    Rysman, M. (2004). Competition between networks. Review of Economic Studies 71. Chu, J. & Manchanda, P. (2016).
    Quantifying cross and direct network effects in online consumer-to-consumer platforms. Marketing Science 35.
    Breitung, J., Kripfganz, S. & Hayakawa, K. (2022). Bias-corrected method of moments estimators for dynamic panel
    data models. Econometrics and Statistics 24. Dhaene, G. & Jochmans, K. (2015). Split-panel jackknife estimation of
    fixed-effect models. Review of Economic Studies 82. Chinese term: 双边网络效应.

    Examples
    --------
    >>> import ecograph as eg
    >>> panel = {"space": list("aaaaabbbbbccccc"), "year": [1, 2, 3, 4, 5] * 3}
    >>> panel["makers"] = [5, 7, 9, 8, 9, 20, 24, 30, 33, 30, 3, 3, 4, 6, 5]
    >>> panel["suppliers"] = [2, 3, 3, 4, 4, 9, 9, 11, 12, 14, 1, 2, 2, 2, 3]
    >>> sides = {"makers": "makers", "suppliers": "suppliers"}
    >>> found = eg.cross_side_effects(eg.panel_from_table(panel, "space", "year", sides), estimator="within")
    >>> list(zip(found["equation"], found["term"], found["estimate"].round(2).tolist()))[:2]
    [('makers', 'makers (t-1)', 0.05), ('makers', 'suppliers (t-1)', 0.29)]
    """
    if not 0 < confidence < 1 or min(draws, shuffles) < 0:
        raise ParameterError(
            f"confidence={confidence}, draws={draws}, shuffles={shuffles}; the first is between 0 and 1"
        )
    data = lagged(panel, pair, of, lags=lags, logs=logs)
    terms = [(side, lag) for lag in range(1, lags + 1) for side in data.sides]
    keys = {
        "equation": [equation for equation in data.sides for _ in terms],
        "term": [f"{side} (t-{lag})" for _ in data.sides for side, lag in terms],
    }
    findings = [*data.findings, Finding("exogeneity_assumed")]
    try:
        system = two_equations(data.now, data.past, data.units, data.periods, estimator)
    except EstimateError as error:
        return _nothing(keys, refused(error), findings)
    columns, notes = _columns(system, data, confidence, draws, seed)
    told = [*diagnosed(system, data), *placebos(data, shuffles, seed)]

    def explain(position: int, language: Language) -> str:
        side, lag = terms[position % len(terms)]
        numbers = {name: columns[name][position] for name in ("estimate", "low", "high", "plain")}
        equation = keys["equation"][position]
        name = "logs" if logs else "sizes"
        sentence = cross_side_effects.said(name, language, equation=equation, side=side, lag=lag, **numbers)
        return with_note(sentence, told[0], language)

    return Values(columns=columns, keys=_texts(keys), notes=notes, findings=[*findings, *told], explainer=explain)


def _texts(keys: dict[str, list[str]]) -> dict[str, pa.Array]:
    return {name: pa.array(values, pa.string()) for name, values in keys.items()}


def _nothing(keys: dict[str, list[str]], why: Finding, findings: list[Finding]) -> Values:
    n = len(keys["term"])
    columns: dict[str, Any] = {name: np.full(n, np.nan) for name in COLUMNS}
    columns |= {"rows": np.zeros(n, np.int64), "platforms": np.zeros(n, np.int64)}

    def explain(position: int, language: Language) -> str:
        equation = keys["equation"][position]
        return cross_side_effects.said("nothing", language, equation=equation, reason=why.reason(language))

    return Values(
        columns=columns,
        keys=_texts(keys),
        notes=[why.line()] * n,
        findings=[*findings, why],
        explainer=explain,
    )


def _columns(
    system: System, data: Lagged, confidence: float, draws: int, seed: int
) -> tuple[dict[str, Any], list[str | None]]:
    low, high = system.estimate.interval(confidence)
    platforms = len(np.unique(data.units[system.corrected.used]))
    n = system.matrix.size
    wild = np.full(n, np.nan)
    if draws and platforms < FEW:
        width = system.matrix.shape[1]
        for row in range(n):
            tested = wild_bootstrap(system.plain[row // width], data.units, row % width, draws=draws, seed=seed)
            wild[row] = tested.p_value
    note = None if draws and platforms < FEW else MANY if draws else "no draws asked for"
    columns: dict[str, Any] = {
        "estimate": system.estimate.coefficients,
        "error": system.estimate.errors,
        "low": low,
        "high": high,
        "p": system.estimate.p_values,
        "plain": np.concatenate([one.coefficients for one in system.plain]),
        "wild_p": wild,
        "rows": np.full(n, system.corrected.n, np.int64),
        "platforms": np.full(n, platforms, np.int64),
    }
    return columns, [note] * n
