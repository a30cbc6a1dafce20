"""Horizontal bars in order of value."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ecograph.charts.axis import Scale
from ecograph.charts.chart import Chart
from ecograph.charts.format import DASH
from ecograph.charts.frame import MARGIN, WIDTH, Body, Words, empty, framed
from ecograph.charts.given import data_table, names, numbers, reasons_of
from ecograph.charts.lettering import SMALL, label, text_width, written
from ecograph.charts.marks import INK, mark
from ecograph.charts.palette import COLOURS
from ecograph.charts.svg import GREY, Element, group, line, rectangle
from ecograph.errors import ParameterError
from ecograph.table import Language

PITCH = 25.0
THICK = 16.0
LABEL_ROOM = 290.0
MEANINGS = {
    "label": ("what the bar is of", "名称"),
    "value": ("length of the bar", "数值"),
    "category": ("what the bar belongs to", "类别"),
    "reason": ("why there is no value", "缺失原因"),
}


@dataclass(frozen=True, slots=True)
class _Bar:
    label: str
    value: float
    category: str
    reason: str


def bars(
    labels: Sequence[str],
    values: ArrayLike,
    *,
    title: str,
    measure: str = "",
    unit: str = "",
    categories: Sequence[str] | None = None,
    reasons: Sequence[str | None] | None = None,
    top: int = 20,
    language: Language = "en",
) -> Chart:
    """Draw horizontal bars in order of value, the greatest first.

    Parameters
    ----------
    labels : sequence of str
        What the bars are of, in the language.
    values : array_like of float
        Their lengths; negative ones go to the left, NaN is shown as a dash.
    title, measure, unit : str
        What the chart is of, what its numbers tell and in which unit, in the language.
    categories : sequence of str, optional
        What each bar belongs to; shown by colour and mark.
    reasons : sequence of str or None, optional
        Why a value is missing.
    top : int
        How many bars are drawn; a note counts the others.
    language : {"en", "zh"}
        Language of the words.

    Returns
    -------
    Chart
        The drawing; its table holds every bar in the order given.

    Raises
    ------
    ParameterError
        If lengths differ, values are not numbers, or ``top`` is not positive.

    Examples
    --------
    >>> bars(["Ada", "Bo"], [3, 5], title="Hours", unit="h").alternative
    'Hours. Bars of 2: Bo has the most, 5 h; Ada the least, 3 h.'
    """
    words = Words(title, measure, unit, language)
    if top < 1:
        raise ParameterError(f"top={top}; allowed: 1 or more")
    given = names("labels", labels)
    lengths = numbers("values", values, len(given))
    groups = [""] * len(given) if categories is None else names("categories", categories, len(given))
    why = reasons_of(reasons, len(given))
    table = data_table(
        MEANINGS,
        unit,
        label=given,
        value=lengths,
        category=None if categories is None else groups,
        reason=None if reasons is None else why,
    )
    if not given:
        return empty(words, table)
    order = np.argsort(-lengths, kind="stable")
    ranked = [_Bar(given[place], float(lengths[place]), groups[place], why[place]) for place in order.tolist()]
    return framed(words, _body(words, ranked, top), _alternative(words, ranked), table)


def _alternative(words: Words, ranked: list[_Bar]) -> str:
    known = [bar for bar in ranked if np.isfinite(bar.value)]
    missing = len(ranked) - len(known)
    without = words.without(missing)
    if not known:
        return words.told(words.sentence, without)
    first, last = known[0], known[-1]
    return words.told(
        words.said(
            "bars" if len(known) > 1 else "bar",
            title=words.title,
            count=f"{len(ranked):,}",
            first=first.label,
            most=words.amount(first.value),
            last=last.label,
            least=words.amount(last.value),
        ),
        without,
    )


def _body(words: Words, ranked: list[_Bar], top: int) -> Body:
    shown = ranked[:top]
    styles = {name: style for style, name in enumerate(dict.fromkeys(bar.category for bar in shown if bar.category))}
    beside = max(text_width(words.printed(bar.value), SMALL) for bar in shown) + 10
    left = MARGIN + min(LABEL_ROOM, max(text_width(bar.label) for bar in shown)) + 10 + (18 if styles else 0)
    values = [bar.value for bar in shown if np.isfinite(bar.value)]
    low, high = min([0.0, *values]), max([0.0, *values])
    scale = Scale(low, high, left + (beside if low < 0 else 0), WIDTH - MARGIN - beside)
    rows = [group(*_row(words, bar, styles, left, scale), y=place * PITCH) for place, bar in enumerate(shown)]
    axis = line(scale(0), 0, scale(0), len(shown) * PITCH, GREY)
    return Body([*rows, axis], len(shown) * PITCH + 4, list(styles.items()), words.more(len(ranked) - len(shown)))


def _row(words: Words, bar: _Bar, styles: dict[str, int], left: float, scale: Scale) -> list[Element]:
    """Name, mark of the category, bar and value."""
    style = styles.get(bar.category, 0)
    drawn = [label(left - (28 if styles else 10), 17.5, bar.label, LABEL_ROOM, anchor="end")]
    if bar.category:
        drawn.append(mark(style, left - 14, PITCH / 2, 70))
    return [*drawn, _length(words, bar, style, scale)]


def _length(words: Words, bar: _Bar, style: int, scale: Scale) -> Element:
    """The bar and its value, or why there is none."""
    nought, shown = scale(0), words.printed(bar.value)
    if np.isnan(bar.value):
        shown = f"{DASH} {bar.reason or words.said('valueless')}"
    if not np.isfinite(bar.value):
        return label(nought + 6, 17, shown, WIDTH - MARGIN - nought - 6, size=SMALL)
    end = scale(bar.value)
    fill = COLOURS[style % len(COLOURS)]
    box = rectangle(min(nought, end), (PITCH - THICK) / 2, abs(end - nought), THICK, fill, INK)
    outwards, anchor = (-5, "end") if bar.value < 0 else (5, None)
    about = words.about(bar.label, value=words.amount(bar.value))
    return group(box, written(end + outwards, 17, shown, size=SMALL, anchor=anchor), title=about)
