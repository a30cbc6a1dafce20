"""The drawing of a matrix: coloured cells, their values, the names of rows and columns, and the key of colours."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ecograph.charts.frame import MARGIN, WIDTH, Body, Words
from ecograph.charts.given import Numbers
from ecograph.charts.lettering import ELLIPSIS, SMALL, cut, label, text_width, wrapped, written
from ecograph.charts.palette import PAPER, readable_on, shade
from ecograph.charts.svg import Element, element, group, rectangle

ROOM = 150.0
NAME_ROOM = 125.0
SLANT = 0.71
LINE = 15.0
SHOWN = 40
FEW = 25  # up to so many rows the cells are high
NARROW, WIDEST, LEAST_HIGH, MOST_HIGH = 40.0, 96.0, 16.0, 26.0
KEY_STEPS, KEY_WIDTH = 24, 180.0


@dataclass(frozen=True, slots=True)
class Matrix:
    """Values and why some are missing, with names of rows and columns."""

    rows: list[str]
    columns: list[str]
    values: Numbers
    reasons: list[list[str]]

    def largest(self) -> "Matrix":
        """Rows and columns with the largest sums, in their order."""
        sizes = np.abs(np.where(np.isfinite(self.values), self.values, 0))
        down = np.sort(np.argsort(-sizes.sum(axis=1), kind="stable")[:SHOWN]).tolist()
        along = np.sort(np.argsort(-sizes.sum(axis=0), kind="stable")[:SHOWN]).tolist()
        return Matrix(
            [self.rows[row] for row in down],
            [self.columns[column] for column in along],
            self.values[np.ix_(down, along)],
            [[self.reasons[row][column] for column in along] for row in down],
        )


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where cells stand and how large they are; names of columns in lines, or slanted where they have no room."""

    left: float
    head: float
    wide: float
    high: float
    names: list[list[str]]
    slanted: bool


def _grid(shown: Matrix) -> _Grid:
    left = MARGIN + 10 + min(ROOM, max(text_width(row, SMALL) for row in shown.rows))
    high = MOST_HIGH if len(shown.rows) <= FEW else LEAST_HIGH
    wide = min(WIDEST, (WIDTH - MARGIN - left) / len(shown.columns))
    names = [wrapped(name, wide - 6, SMALL) for name in shown.columns]
    if wide >= NARROW and not any(ELLIPSIS in line for lines in names for line in lines):
        return _Grid(left, 8 + LINE * max(map(len, names)), wide, high, names, slanted=False)
    names = [[cut(name, NAME_ROOM, SMALL)] for name in shown.columns]
    fall = SLANT * max(text_width(name, SMALL) for (name,) in names)
    left = max(left, MARGIN + fall)
    wide = min(WIDEST, (WIDTH - MARGIN - left) / len(shown.columns))
    return _Grid(left, fall + 14, wide, high, names, slanted=True)


def matrix_drawn(words: Words, shown: Matrix, notes: Sequence[str]) -> Body:
    """The cells with their values where all of them fit, names around them, and the key below."""
    grid = _grid(shown)
    most = float(np.abs(shown.values[np.isfinite(shown.values)]).max(initial=0.0))
    printed = all(text_width(words.printed(value), SMALL) <= grid.wide - 4 for value in shown.values.ravel().tolist())
    drawn = [_heading(grid, column, name) for column, name in enumerate(shown.columns)]
    for place, name in enumerate(shown.rows):
        y = grid.head + place * grid.high
        drawn.append(label(grid.left - 8, y + grid.high / 2 + 4.5, name, ROOM, size=SMALL, anchor="end"))
        cells = _row(words, shown, place, grid, most)
        inside = _values(words, shown.values[place], grid, most) if printed else []
        drawn.append(group(*cells, *inside, x=grid.left, y=y))
    bottom = grid.head + len(shown.rows) * grid.high
    drawn.append(group(*_key(words, shown.values, most), x=grid.left, y=bottom + 10))
    return Body(drawn, bottom + 36, notes=notes)


def _heading(grid: _Grid, column: int, name: str) -> Element:
    """Name of a column above it, its last line next to the cells."""
    x, lines = grid.left + (column + 0.5) * grid.wide, grid.names[column]
    if grid.slanted:
        text = element("g", written(0, 0, lines[0], size=SMALL, anchor="end"), transform="rotate(45)")
        return group(text, x=x, y=grid.head - 6, title=name)
    top = grid.head - 7 - (len(lines) - 1) * LINE
    return group(*(written(x, top + row * LINE, line, size=SMALL, anchor="middle") for row, line in enumerate(lines)))


def _fill(value: float, most: float) -> str:
    return shade(value, most) if np.isfinite(value) else PAPER


def _row(words: Words, shown: Matrix, place: int, grid: _Grid, most: float) -> list[Element]:
    """Cells of a row; a pointer resting on one shows its value, or why there is none."""
    drawn: list[Element] = []
    for column, value in enumerate(shown.values[place].tolist()):
        told = words.amount(value)
        if np.isnan(value):
            told = f"{told} {shown.reasons[place][column] or words.said('valueless')}"
        about = words.about(shown.rows[place], shown.columns[column], value=told)
        cell = rectangle(column * grid.wide, 0, grid.wide, grid.high, _fill(value, most), PAPER)
        drawn.append(group(cell, title=about))
    return drawn


def _values(words: Words, values: Numbers, grid: _Grid, most: float) -> list[Element]:
    """Values in the cells of a row, in black or white."""
    return [
        element(
            "text",
            words.printed(value),
            x=(column + 0.5) * grid.wide,
            y=grid.high / 2 + 4.5,
            font_size=SMALL,
            text_anchor="middle",
            fill=readable_on(_fill(value, most)),
            pointer_events="none",
        )
        for column, value in enumerate(values.tolist())
    ]


def _key(words: Words, values: Numbers, most: float) -> list[Element]:
    """The colours in order, with the numbers at their ends."""
    known = values[np.isfinite(values)]
    low, high = (-most if np.any(known < 0) else 0.0), (most if np.any(known > 0) else 0.0)
    if low == high:
        return []
    before = words.printed(low)
    start = text_width(before, SMALL) + 6
    step = (high - low) / KEY_STEPS
    wide = KEY_WIDTH / KEY_STEPS
    steps = [
        rectangle(start + place * wide, 0, wide + 0.3, 12, shade(low + (place + 0.5) * step, most))
        for place in range(KEY_STEPS)
    ]
    after = words.printed(high)
    return [written(0, 10.5, before, size=SMALL), *steps, written(start + KEY_WIDTH + 6, 10.5, after, size=SMALL)]
