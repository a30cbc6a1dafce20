"""Gain of the loop between two sides."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.errors import EstimateError, ParameterError
from ecograph.methods.feedback import Gain, drawn_gains, loop_gain_of, turning_point
from ecograph.methods.sandwich import factors_of
from ecograph.methods.systems import Estimator, System, two_equations
from ecograph.methods.within import numbered, summed
from ecograph.metric import Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Panel
from ecograph.views.diagnoses import diagnosed, needed, refused, with_note
from ecograph.views.lagged import Lagged, Quantity, lagged

Reals = NDArray[np.float64]

WORDS: Words = {
    "stable": {
        "en": "Of a lasting change of one side, {gain:.1%} comes back through the other ({low:.1%} to {high:.1%}); "
        "the loop dies out and makes the change {multiplier:.2f} times as large in the long run.",
        "zh": "一边的持久变化有 {gain:.1%} 经由另一边反馈回来（{low:.1%} 至 {high:.1%}）；"
        "反馈逐渐衰减，长期放大 {multiplier:.2f} 倍。",
    },
    "unstable": {
        "en": "Of a lasting change of one side, {gain:.1%} comes back through the other ({low:.1%} to {high:.1%}): "
        "the loop feeds itself, and below the critical mass it shrinks.",
        "zh": "一边的持久变化有 {gain:.1%} 经由另一边反馈回来（{low:.1%} 至 {high:.1%}）："
        "反馈自我增强，低于临界规模则萎缩。",
    },
    "nothing": {"en": "The gain is not known: {reason}.", "zh": "无法得出增益：{reason}。"},
}


@metric(
    level="whole",
    zh="反馈增益",
    summary_zh="一边的变化经由另一边反馈回来多少：循环是否稳定，临界规模在哪里。",
    source="Evans & Schmalensee 2010; Katz & Shapiro 1985",
    columns={
        "gain": Column("share of a lasting change that comes back through the other side", zh="反馈增益"),
        "error": Column("standard error by the delta method", zh="标准误（德尔塔法）", bounds=(0, None)),
        "low": Column("low end of the interval by the delta method", zh="区间下限（德尔塔法）"),
        "high": Column("high end of the interval by the delta method", zh="区间上限（德尔塔法）"),
        "drawn_low": Column("low end of the bootstrap's interval", zh="区间下限（自助法）"),
        "drawn_high": Column("high end of the bootstrap's interval", zh="区间上限（自助法）"),
        "stability": Column("whether the loop dies out", zh="稳定性", words={"stable": "稳定", "unstable": "不稳定"}),
        "multiplier": Column("long-run over first size of a lasting change", zh="长期乘数"),
        "critical_mass": Column("sizes of both sides below which they shrink", zh="临界规模"),
        "platforms": Column("platforms used", zh="使用平台数", bounds=(0, None)),
    },
    words=WORDS,
    cost=needed,
)
def loop_gain(
    panel: Panel,
    *,
    pair: list[str] | None = None,
    of: Quantity = "active",
    lags: int = 1,
    logs: bool = True,
    estimator: Estimator = "recommended",
    confidence: float = 0.95,
    draws: int = 999,
    seed: int = 1,
) -> Values:
    """How much of a change of one side comes back to it through the other side.

    Read it as the virtuous circle in one number: below 1 each round is smaller than the last, from 1 on the loop feeds
    itself.

    Parameters
    ----------
    panel : Panel
        Platforms by periods, with both sides.
    pair : list of str, optional
        Two sides of the panel; the only two if not given.
    of : {"active", "links", "value"}
        What the size of a side is.
    lags : int
        How many periods back, 1 or more; effects of several are added up.
    logs : bool
        Whether sizes are taken as logarithms.
    estimator : {"recommended", "corrected", "jackknife", "within"}
        As in :func:`cross_side_effects`.
    confidence : float
        Level of the intervals, above 0 and below 1.
    draws : int
        Draws of platforms for the bootstrap's interval, 100 or more.
    seed : int
        Seed of the draws.

    Returns
    -------
    Result
        Level whole. ``gain``, ``error``, ``low``, ``high``, ``drawn_low``, ``drawn_high``; ``stability``, stable or
        unstable; ``multiplier``,
        at least 0, NaN where the loop is not stable; ``critical_mass`` as text, ``none: stable`` where it is stable;
        ``platforms``.

    Raises
    ------
    ParameterError
        If lags, confidence or draws are not allowed, or the pair are not two sides.
    ViewError
        If the panel has not two sides and none are named.

    Notes
    -----
    g = b_AB b_BA / ((1 - r_A)(1 - r_B)), multiplier 1 / (1 - g). With straight response curves in logarithms there is
    one fixed point; it is the critical mass if g > 1, else it is where sizes settle. It is that of the platform in the
    middle: with the mean of the platforms' and periods' constants. Where an own effect is 1 or more, or nothing can be
    estimated, NaN with a note.

    References
    ----------
    Evans, D. S. & Schmalensee, R. (2010). Failure to launch: critical mass in platform businesses. Review of Network
    Economics 9(4). Katz, M. L. & Shapiro, C. (1985). Network externalities, competition, and compatibility. American
    Economic Review 75. Chinese term: 反馈增益.

    Examples
    --------
    >>> import ecograph as eg
    >>> panel = {"space": list("aaaaabbbbbccccc"), "year": [1, 2, 3, 4, 5] * 3}
    >>> panel["makers"] = [5, 7, 9, 8, 9, 20, 24, 30, 33, 30, 3, 3, 4, 6, 5]
    >>> panel["suppliers"] = [2, 3, 3, 4, 4, 9, 9, 11, 12, 14, 1, 2, 2, 2, 3]
    >>> sides = {"makers": "makers", "suppliers": "suppliers"}
    >>> found = eg.loop_gain(eg.panel_from_table(panel, "space", "year", sides), estimator="within")
    >>> found["critical_mass"].tolist()
    ['none: stable']
    """
    if not 0 < confidence < 1 or draws < 100:
        raise ParameterError(f"confidence={confidence}, draws={draws}; between 0 and 1, and at least 100")
    data = lagged(panel, pair, of, lags=lags, logs=logs)
    findings = [*data.findings, Finding("exogeneity_assumed")]
    try:
        system = two_equations(data.now, data.past, data.units, data.periods, estimator)
    except EstimateError as error:
        return _nothing(refused(error), findings)
    added = _added(lags)
    effects = added @ system.estimate.coefficients
    found = loop_gain_of(effects, added @ system.estimate.variance @ added.T)
    if np.isnan(found.gain):
        return _nothing(Finding("grows_alone"), findings)
    told = list(diagnosed(system, data))
    drawn = _drawn(system, data, added, confidence, draws, seed)
    low, high = _interval(found, system.estimate.freedom, confidence)
    columns: dict[str, Any] = {
        "gain": [found.gain],
        "error": [found.error],
        "low": [low],
        "high": [high],
        "drawn_low": [drawn[0]],
        "drawn_high": [drawn[1]],
        "stability": pa.array(["stable" if found.stable else "unstable"], pa.string()),
        "multiplier": [found.multiplier],
        "critical_mass": pa.array([_critical_mass(found, system, data, added, logs=logs)], pa.string()),
        "platforms": np.array([len(np.unique(data.units[system.corrected.used]))], np.int64),
    }
    note = None if found.stable else "the loop is not stable: no multiplier"
    if np.isnan(drawn).any():
        note = "; ".join(filter(None, (note, "some draws grow without end: no bound")))

    def explain(_: int, language: Language) -> str:
        numbers = {"gain": found.gain, "low": low, "high": high, "multiplier": found.multiplier}
        sentence = loop_gain.said("stable" if found.stable else "unstable", language, **numbers)
        return with_note(sentence, told[0], language)

    return Values(columns=columns, notes=[note], findings=[*findings, *told], explainer=explain)


def _nothing(why: Finding, findings: list[Finding]) -> Values:
    numbers = ("gain", "error", "low", "high", "drawn_low", "drawn_high", "multiplier")
    columns: dict[str, Any] = {name: [float("nan")] for name in numbers}
    columns |= {"stability": pa.array([None], pa.string()), "critical_mass": pa.array([None], pa.string())}
    columns |= {"platforms": np.zeros(1, np.int64)}

    def explain(_: int, language: Language) -> str:
        return loop_gain.said("nothing", language, reason=why.reason(language))

    return Values(columns=columns, notes=[why.line()], findings=[*findings, why], explainer=explain)


def _added(lags: int) -> Reals:
    """Matrix that adds up the effects of several lags: own, other on it, it on other, other's own."""
    row = np.kron(np.ones(lags), np.eye(2))
    return np.kron(np.eye(2), row)


def _interval(found: Gain, freedom: float, confidence: float) -> tuple[float, float]:
    from scipy.special import stdtrit

    width = found.error * float(stdtrit(freedom, (1.0 + confidence) / 2.0))
    return found.gain - width, found.gain + width


def _drawn(system: System, data: Lagged, added: Reals, confidence: float, draws: int, seed: int) -> Reals:
    """Ends of the bootstrap's interval; NaN where an end is not bounded."""
    units = data.units[system.corrected.used]
    codes = numbered(units)
    influence = summed(system.corrected.influence, codes, int(codes.max()) + 1) @ added.T
    terms, n = system.matrix.shape[1], system.corrected.n
    factors, _ = factors_of(system.factor, "clustered", n, terms, system.corrected.effects, [units])
    gains = drawn_gains(added @ system.estimate.coefficients, influence, draws, seed, factor=factors[0])
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    ends = np.quantile(gains, tails, method="inverted_cdf")
    return np.where(np.isfinite(ends), ends, np.nan)


def _critical_mass(found: Gain, system: System, data: Lagged, added: Reals, *, logs: bool) -> str:
    """Where the two response curves cross, if sizes move away from it."""
    if found.stable:
        return "none: stable"
    matrix = (added @ system.estimate.coefficients).reshape(2, 2)
    used = system.corrected.used
    constants = (data.now[used] - data.past[used] @ system.matrix.T).mean(axis=0)
    point = turning_point(matrix, constants)
    sizes = np.exp(point) if logs else point
    return ", ".join(f"{side}: {size:,.6g}" for side, size in zip(data.sides, sizes, strict=True))
