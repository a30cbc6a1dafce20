"""Stages one after the other, and what is left at each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from ecograph.charts.chart import Chart
from ecograph.charts.format import DASH, quantity
from ecograph.charts.frame import MARGIN, WIDTH, Body, Words, empty, framed
from ecograph.charts.given import data_table, names, numbers, parts, reasons_of
from ecograph.charts.lettering import SMALL, label, text_width
from ecograph.charts.marks import INK
from ecograph.charts.palette import COLOURS, mixed
from ecograph.charts.svg import Element, element, group, rectangle, short
from ecograph.table import Language

HIGH, BETWEEN = 28.0, 20.0
LABEL_ROOM, BESIDE_ROOM = 170.0, 190.0
VEIL = mixed(COLOURS[0], "#FFFFFF", 0.85)
MEANINGS = {
    "label": ("the stage", "阶段"),
    "value": ("how much reaches the stage", "数值"),
    "reason": ("why there is no value", "缺失原因"),
}


@dataclass(frozen=True, slots=True)
class _Stage:
    label: str
    value: float
    share: float  # of the stage before
    reason: str


def funnel(
    labels: Sequence[str],
    values: ArrayLike,
    *,
    title: str,
    measure: str = "",
    unit: str = "",
    reasons: Sequence[str | None] | None = None,
    language: Language = "en",
) -> Chart:
    """Draw the stages of a path and what is left at each, from the first down.

    Parameters
    ----------
    labels : sequence of str
        Stages in order, in the language.
    values : array_like of float
        What reaches each stage; not negative, NaN is shown as a dash. A stage may hold more than the one before.
    title, measure, unit : str
        What the chart is of, what its numbers tell and in which unit, in the language.
    reasons : sequence of str or None, optional
        Why a value is missing.
    language : {"en", "zh"}
        Language of the words.

    Returns
    -------
    Chart
        The drawing; beside each stage stands its share of the stage before.

    Raises
    ------
    ParameterError
        If lengths differ, or values are negative or not numbers.

    Examples
    --------
    >>> funnel(["idea", "trial"], [40, 10], title="Projects").alternative
    'Projects. 2 stages from idea, 40, to trial, 10.'
    """
    words = Words(title, measure, unit, language)
    given = names("labels", labels)
    sizes = parts("value", numbers("values", values, len(given)), given)
    why = reasons_of(reasons, len(given))
    table = data_table(MEANINGS, unit, label=given, value=sizes, reason=None if reasons is None else why)
    if not given:
        return empty(words, table)
    before = np.concatenate([[np.nan], sizes[:-1]])
    with np.errstate(over="ignore"):
        shares = np.divide(sizes, before, out=np.full(len(sizes), np.nan), where=before > 0)
    stages = [_Stage(*parts) for parts in zip(given, sizes.tolist(), shares.tolist(), why, strict=True)]
    alternative = words.said(
        "funnel",
        title=title,
        count=len(stages),
        first=given[0],
        start=words.amount(sizes[0]),
        last=given[-1],
        end=words.amount(sizes[-1]),
    )
    return framed(words, _body(words, stages), alternative, table)


def _body(words: Words, stages: list[_Stage]) -> Body:
    left = MARGIN + min(LABEL_ROOM, max(text_width(stage.label) for stage in stages)) + 12
    beside = [_beside(words, stage) for stage in stages]
    right = WIDTH - MARGIN - min(BESIDE_ROOM, max(text_width(text, SMALL) for text in beside)) - 12
    most = max((stage.value for stage in stages if np.isfinite(stage.value)), default=0.0)
    middle = (left + right) / 2
    halves = [stage.value / (most or 1.0) * (right - left) / 2 if np.isfinite(stage.value) else 0.0 for stage in stages]
    veils = [
        _veil(middle, (above, below), place * (HIGH + BETWEEN) + HIGH)
        for place, (above, below) in enumerate(pairwise(halves))
        if not np.isnan(stages[place].value + stages[place + 1].value)
    ]
    rows: list[Element] = []
    for place, (stage, half, text) in enumerate(zip(stages, halves, beside, strict=True)):
        row = [label(left - 12, HIGH / 2 + 5, stage.label, LABEL_ROOM, anchor="end")]
        row.append(rectangle(middle - half, 0, 2 * half, HIGH, COLOURS[0], INK))
        row.append(label(right + 12, HIGH / 2 + 4.5, text, BESIDE_ROOM, size=SMALL))
        rows.append(group(*row, y=place * (HIGH + BETWEEN), title=words.about(stage.label, value=text)))
    return Body([*veils, *rows], len(stages) * (HIGH + BETWEEN) - BETWEEN + 4)


def _beside(words: Words, stage: _Stage) -> str:
    """The value, and its share of the stage before."""
    if np.isnan(stage.value):
        return f"{DASH} {stage.reason or words.said('valueless')}"
    shown = words.printed(stage.value)
    if np.isnan(stage.share):
        return shown
    share = quantity(100 * stage.share, "%", words.language)
    return words.said("semicolon").join([shown, words.said("of_previous", share=share)])


def _veil(middle: float, halves: tuple[float, float], y: float) -> Element:
    """The narrowing between two stages."""
    above, below = halves
    corners = [(middle - above, y), (middle + above, y), (middle + below, y + BETWEEN), (middle - below, y + BETWEEN)]
    return element("polygon", points=" ".join(f"{short(x)},{short(down)}" for x, down in corners), fill=VEIL)
