"""The drawing of lines: grid, curves with gaps where values are missing, and names at their ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ecograph.charts.axis import Scale, every, reaching_nought, ticks
from ecograph.charts.format import alike
from ecograph.charts.frame import MARGIN, WIDTH, Body, Words
from ecograph.charts.given import Numbers
from ecograph.charts.lettering import SMALL, cut, label, text_width, written
from ecograph.charts.marks import mark
from ecograph.charts.palette import INKS
from ecograph.charts.svg import GREY, HAIRLINE, Element, element, group, line, path_through

HEIGHT = 240.0
NAME_ROOM = 130.0
NAME_PITCH = 17.0
PLACE_ROOM = 110.0
MARKED = 40  # up to so many places every point gets a mark
AREA = 50.0


@dataclass(frozen=True, slots=True)
class Across:
    """Places along the axis and what they are called; measured ones stand where their number belongs."""

    places: Numbers
    named: list[str]
    measured: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: its name, its heights, and why some are missing."""

    name: str
    values: Numbers
    reasons: list[str]

    @property
    def known(self) -> Numbers:
        """Heights that can be drawn."""
        return self.values[np.isfinite(self.values)]


def curves_drawn(words: Words, across: Across, curves: Sequence[Curve], notes: Sequence[str]) -> Body:
    """The grid, the curves in the order given, and their names."""
    known = np.concatenate([curve.known for curve in curves])
    values, step = ticks(*reaching_nought(float(known.min()), float(known.max())))
    texts = alike(values, step, words.language)
    left = MARGIN + max(text_width(text, SMALL) for text in texts) + 8
    right = WIDTH - MARGIN - 22 - max(text_width(cut(curve.name, NAME_ROOM, SMALL), SMALL) for curve in curves)
    along = _along(across, left + 8, right - 8)
    up = Scale(values[0], values[-1], HEIGHT, 10)
    grid: list[Element] = []
    for value, text in zip(values, texts, strict=True):
        grid.append(line(left, up(value), right, up(value), GREY if value == 0 else HAIRLINE))
        grid.append(written(left - 8, up(value) + 4, text, size=SMALL, anchor="end"))
    drawn = [_curve(words, across, curve, style, along, up) for style, curve in enumerate(curves)]
    ends = {curve.name: up(float(curve.known[-1])) for curve in curves}
    elements = [*grid, *_below(words, across, along), *drawn, *_names(ends, right + 8)]
    return Body(elements, HEIGHT + 28, notes=notes)


def _along(across: Across, left: float, right: float) -> Scale:
    if len(across.places) == 1:
        return Scale(across.places[0] - 1, across.places[0] + 1, left, right)
    return Scale(float(across.places[0]), float(across.places[-1]), left, right)


def _below(words: Words, across: Across, along: Scale) -> list[Element]:
    """Names of the places under the axis, as many as have room."""
    places, named = across.places.tolist(), across.named
    if across.measured and len(places) > 1:
        values, step = ticks(places[0], places[-1])
        inside = [value for value in values if places[0] <= value <= places[-1]]
        places, named = inside, alike(inside, step, words.language)
    room = min(PLACE_ROOM, max(text_width(name, SMALL) for name in named))
    nth = every([along(place) for place in places], room + 10)
    drawn: list[Element] = []
    for place, name in list(zip(places, named, strict=True))[::nth]:
        drawn.append(line(along(place), HEIGHT, along(place), HEIGHT + 5, GREY))
        within = 2 * min(along(place), WIDTH - along(place))
        drawn.append(label(along(place), HEIGHT + 19, name, min(PLACE_ROOM, within), size=SMALL, anchor="middle"))
    return drawn


def _curve(words: Words, across: Across, curve: Curve, style: int, along: Scale, up: Scale) -> Element:
    """The line in unbroken runs; points get a mark where there are few, or where no line leads to them."""
    points = np.column_stack([[along(place) for place in across.places], [up(value) for value in curve.values]])
    known = np.isfinite(curve.values)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]])))
    runs = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    drawn = [
        element("path", d=path_through(points[start:stop]), fill="none", stroke=INKS[style], stroke_width=2)
        for start, stop in runs
        if stop - start > 1
    ]
    alone = {start for start, stop in runs if stop - start == 1}
    last = runs[-1][1] - 1
    for place in np.flatnonzero(known).tolist():
        if len(known) <= MARKED or place in alone or place == last:
            about = words.about(curve.name, across.named[place], value=words.amount(curve.values[place]))
            drawn.append(group(mark(style, points[place, 0], points[place, 1], AREA), title=about))
    return group(*drawn)


def _names(ends: Mapping[str, float], x: float) -> list[Element]:
    """Names beside the ends of the lines, moved apart where they would meet."""
    heights: dict[str, float] = {}
    lowest = -np.inf
    for name, y in sorted(ends.items(), key=lambda end: end[1]):
        lowest = max(y, lowest + NAME_PITCH)
        heights[name] = lowest
    ceiling = HEIGHT + NAME_PITCH
    for name in reversed(heights):
        ceiling = heights[name] = min(heights[name], ceiling - NAME_PITCH)
    return [label(x, y + 4, name, NAME_ROOM, size=SMALL) for name, y in heights.items()]
