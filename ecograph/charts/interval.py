"""Points with their intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ecograph.charts.axis import Scale, every, reaching_nought, ticks
from ecograph.charts.chart import Chart
from ecograph.charts.format import DASH, alike
from ecograph.charts.frame import MARGIN, WIDTH, Body, Words, empty, framed
from ecograph.charts.given import Numbers, data_table, names, numbers, reasons_of
from ecograph.charts.lettering import SMALL, label, text_width, written
from ecograph.charts.marks import mark
from ecograph.charts.svg import BLACK, GREY, Element, element, group, line, short
from ecograph.errors import ParameterError
from ecograph.table import Language

PITCH = 26.0
LABEL_ROOM = 180.0
AREA = 75.0
CAP = 5.0
BEYOND = 16.0
MEANINGS = {
    "label": ("what the point is of", "名称"),
    "value": ("the point", "数值"),
    "low": ("lower end of the interval", "下限"),
    "high": ("upper end of the interval", "上限"),
    "reason": ("why there is no value", "缺失原因"),
}


@dataclass(frozen=True, slots=True)
class _Point:
    label: str
    value: float
    low: float
    high: float
    reason: str

    def told(self, words: Words) -> str:
        """Value and interval in one line."""
        if np.isnan(self.value):
            return f"{DASH} {self.reason or words.said('valueless')}"
        shown = words.printed(self.value)
        if np.isnan(self.low) and np.isnan(self.high):
            return shown
        low, high = words.printed(self.low), words.printed(self.high)
        return f"{shown} ({words.said('range', low=low, high=high)})"


def interval(
    labels: Sequence[str],
    values: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    *,
    title: str,
    measure: str = "",
    unit: str = "",
    reference: float | None = None,
    reasons: Sequence[str | None] | None = None,
    top: int = 30,
    language: Language = "en",
) -> Chart:
    """Draw points with their intervals, in the order given.

    Parameters
    ----------
    labels : sequence of str
        What the points are of, in the language.
    values : array_like of float
        The points; NaN is shown as a dash.
    low, high : array_like of float
        Ends of the intervals; NaN for none, an infinite end runs to the edge as an arrow.
    title, measure, unit : str
        What the chart is of, what its numbers tell and in which unit, in the language.
    reference : float, optional
        A value to compare with, drawn as a line.
    reasons : sequence of str or None, optional
        Why a value is missing.
    top : int
        How many points are drawn; a note counts the others.
    language : {"en", "zh"}
        Language of the words.

    Returns
    -------
    Chart
        The drawing; its table holds every point.

    Raises
    ------
    ParameterError
        If lengths differ, values are not numbers, an interval ends below its start, or ``top`` is not positive.

    Examples
    --------
    >>> interval(["Ada", "Bo"], [1.2, 0.8], [1.0, 0.5], [1.4, 1.1], title="Location quotient").alternative
    'Location quotient. Points with intervals for 2: Ada is highest, 1.2; Bo lowest, 0.8.'
    """
    words = Words(title, measure, unit, language)
    given = names("labels", labels)
    middles, starts, stops = (
        numbers(what, ends, len(given)) for what, ends in (("values", values), ("low", low), ("high", high))
    )
    _checked(given, starts, stops, top, reference)
    why = reasons_of(reasons, len(given))
    table = data_table(
        MEANINGS,
        unit,
        ("value", "low", "high"),
        label=given,
        value=middles,
        low=starts,
        high=stops,
        reason=None if reasons is None else why,
    )
    points = [
        _Point(*parts) for parts in zip(given, *(ends.tolist() for ends in (middles, starts, stops)), why, strict=True)
    ]
    if not given:
        return empty(words, table)
    return framed(words, _body(words, points, top, reference), _alternative(words, points), table)


def _checked(given: list[str], starts: Numbers, stops: Numbers, top: int, reference: float | None) -> None:
    crossed = np.flatnonzero(starts > stops)
    if crossed.size:
        first = int(crossed[0])
        raise ParameterError(
            f"interval of {given[first]!r} runs from {starts[first]:g} to {stops[first]:g}; give low <= high"
        )
    if top < 1:
        raise ParameterError(f"top={top}; allowed: 1 or more")
    if reference is not None and not np.isfinite(reference):
        raise ParameterError(f"reference={reference}; allowed: a finite number, or None")


def _alternative(words: Words, points: list[_Point]) -> str:
    known = sorted((point for point in points if np.isfinite(point.value)), key=lambda point: -point.value)
    missing = len(points) - len(known)
    without = words.without(missing)
    if not known:
        return words.told(words.sentence, without)
    return words.told(
        words.said(
            "interval",
            title=words.title,
            count=f"{len(points):,}",
            first=known[0].label,
            most=words.amount(known[0].value),
            last=known[-1].label,
            least=words.amount(known[-1].value),
        ),
        without,
    )


def _body(words: Words, points: list[_Point], top: int, reference: float | None) -> Body:
    shown = points[:top]
    told = ["" if np.isnan(point.value) else point.told(words) for point in shown]
    left = MARGIN + min(LABEL_ROOM, max(text_width(point.label) for point in shown)) + 22
    right = WIDTH - MARGIN - max(text_width(text, SMALL) for text in told) - 22
    ends = [end for point in shown for end in (point.value, point.low, point.high) if np.isfinite(end)]
    ends += [reference] if reference is not None else []
    values, step = ticks(*reaching_nought(min(ends, default=0.0), max(ends, default=0.0)), 5)
    scale = Scale(values[0], values[-1], left, right)
    bottom = len(shown) * PITCH + 4
    drawn = [line(scale(value), 0, scale(value), bottom) for value in values]
    texts = alike(values, step, words.language)
    nth = every([scale(value) for value in values], max(text_width(text, SMALL) for text in texts) + 6)
    for value, text in list(zip(values, texts, strict=True))[::nth]:
        drawn.append(written(scale(value), bottom + 15, text, size=SMALL, anchor="middle"))
    if reference is not None:
        drawn.append(line(scale(reference), 0, scale(reference), bottom, BLACK, 1.5))
    for place, (point, text) in enumerate(zip(shown, told, strict=True)):
        row = [label(left - 22, 17.5, point.label, LABEL_ROOM, anchor="end"), *_whisker(words, point, scale)]
        if text:
            row.append(written(right + 22, 17.5, text, size=SMALL))
        drawn.append(group(*row, y=place * PITCH, title=words.about(point.label, value=point.told(words))))
    return Body(drawn, bottom + 22, notes=words.more(len(points) - len(shown)))


def _whisker(words: Words, point: _Point, scale: Scale) -> list[Element]:
    """The interval with its ends and the point on it, or why there is none."""
    middle = PITCH / 2
    if np.isnan(point.value):
        return [label(scale.start + 6, 17.5, point.told(words), scale.end - scale.start - 6, size=SMALL)]
    drawn: list[Element] = []
    low, high = (_place(end, scale) for end in (point.low, point.high))
    if not np.isnan(low) and not np.isnan(high):
        drawn.append(line(low, middle, high, middle, GREY, 2))
        drawn += [_cap(end, place, middle) for end, place in ((point.low, low), (point.high, high))]
    if np.isfinite(point.value):
        drawn.append(mark(0, scale(point.value), middle, AREA))
    return drawn


def _place(end: float, scale: Scale) -> float:
    """Where an interval ends; without an end, a little beyond the axis."""
    if np.isinf(end):
        return scale.end + BEYOND if end > 0 else scale.start - BEYOND
    return scale(end)


def _cap(end: float, x: float, y: float) -> Element:
    """A stroke across the end of an interval, or an arrow where it has none."""
    if np.isfinite(end):
        return line(x, y - CAP, x, y + CAP, GREY, 2)
    inwards = x - np.sign(end) * 2 * CAP
    points = " ".join(
        f"{short(across)},{short(down)}" for across, down in ((x, y), (inwards, y - CAP), (inwards, y + CAP))
    )
    return element("polygon", points=points, fill=GREY)
