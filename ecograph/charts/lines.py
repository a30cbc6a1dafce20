"""Lines of several series over an ordered axis."""

from collections.abc import Mapping, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import ArrayLike

from ecograph.charts.chart import Chart
from ecograph.charts.curves import Across, Curve, curves_drawn
from ecograph.charts.format import number
from ecograph.charts.frame import Words, empty, framed
from ecograph.charts.given import data_table, names, numbers, reasons_of
from ecograph.charts.palette import INKS
from ecograph.errors import ParameterError
from ecograph.table import Language

MEANINGS = {
    "series": ("line the point is on", "系列"),
    "x": ("place along the axis", "横轴"),
    "value": ("height of the point", "数值"),
    "reason": ("why there is no value", "缺失原因"),
}


def lines(
    x: Sequence[str] | ArrayLike,
    series: Mapping[str, ArrayLike],
    *,
    title: str,
    measure: str = "",
    unit: str = "",
    reasons: Mapping[str, Sequence[str | None]] | None = None,
    language: Language = "en",
) -> Chart:
    """Draw one line a series over an ordered axis.

    Parameters
    ----------
    x : sequence of str, or array_like of float
        Places along the axis in order: names stand at equal distances, numbers where they belong. Give years as names.
    series : mapping of str to array_like of float
        Heights of each line; a line is broken at NaN.
    title, measure, unit : str
        What the chart is of, what its numbers tell and in which unit, in the language.
    reasons : mapping of str to sequence of str or None, optional
        Why values of a series are missing.
    language : {"en", "zh"}
        Language of the words.

    Returns
    -------
    Chart
        The drawing of at most seven series, those that end highest; its table holds all of them.

    Raises
    ------
    ParameterError
        If lengths differ, values are not numbers, or numbers along the axis do not increase.

    Examples
    --------
    >>> lines(["2024", "2025"], {"Makers": [40, 55]}, title="Members").alternative
    'Members. Lines of 1 series from 2024 to 2025: Makers from 40 to 55.'
    """
    words = Words(title, measure, unit, language)
    across = _across(x, language)
    count = len(across.named)
    why = {name: reasons_of((reasons or {}).get(name), count) for name in series}
    curves = [
        Curve(shown, numbers(f"values of {shown!r}", series[name], count), why[name])
        for shown, name in zip(names("series", list(series)), series, strict=True)
    ]
    table = data_table(
        MEANINGS,
        unit,
        series=[curve.name for curve in curves for _ in across.named],
        x=np.tile(across.places, len(curves)) if across.measured else across.named * len(curves),
        value=np.concatenate([np.empty(0), *(curve.values for curve in curves)]),
        reason=None if reasons is None else [reason for curve in curves for reason in curve.reasons],
    )
    shown = sorted((curve for curve in curves if curve.known.size), key=lambda curve: -float(curve.known[-1]))
    shown = shown[: len(INKS)]
    notes = [*words.more(len(curves) - len(shown)), *_missing(words, across, shown or curves)]
    if not shown:
        return empty(words, table, notes)
    return framed(words, curves_drawn(words, across, shown, notes), _alternative(words, across, curves, shown), table)


def _across(x: Sequence[str] | ArrayLike, language: Language) -> Across:
    """Where the points stand along the axis, and what these places are called."""
    given = np.asarray(x)
    if given.dtype.kind not in "iuf":
        named = names("x", given.tolist())
        return Across(np.arange(len(named), dtype=np.float64), named, measured=False)
    places = numbers("x", given, given.size)
    if not np.isfinite(places).all() or np.any(np.diff(places) <= 0):
        raise ParameterError("x holds numbers that do not increase; sort them, leave out missing ones, or give names")
    return Across(places, [number(place, language) for place in places.tolist()], measured=True)


def _missing(words: Words, across: Across, curves: list[Curve]) -> list[str]:
    """Notes on the gaps; places one after the other with one reason are told by the first and the last."""
    found: list[tuple[str, str]] = []
    for curve in curves:
        gaps = [reason if np.isnan(value) else None for value, reason in zip(curve.values, curve.reasons, strict=True)]
        for reason, run in groupby(range(len(gaps)), key=gaps.__getitem__):
            if reason is None:
                continue
            first, *others = run
            low = across.named[first]
            when = words.said("range", low=low, high=across.named[others[-1]]) if others else low
            found.append((reason, words.said("comma").join([curve.name, when])))
    return words.missing(found)


def _alternative(words: Words, across: Across, curves: list[Curve], shown: list[Curve]) -> str:
    ends = [
        words.said(
            "line",
            name=curve.name,
            start=words.amount(curve.known[0]),
            end=words.amount(curve.known[-1]),
        )
        for curve in shown
    ]
    return words.said(
        "lines",
        title=words.title,
        count=f"{len(curves):,}",
        first=across.named[0],
        last=across.named[-1],
        ends=words.said("semicolon").join(ends),
    )
