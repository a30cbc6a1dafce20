"""Marks of equal area: each kind has a shape and a colour of its own, so that neither is needed to read the other."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ecograph.charts.palette import COLOURS
from ecograph.charts.svg import Element, element, short

OUTLINE, NAMED_OUTLINE = 0.8, 2.0  # widths
INK = "#222222"


def _polygon(corners: int, turn: float = 0.0, inner: float = 1.0) -> NDArray[np.float64]:
    """A regular polygon, or a star where every other corner is drawn in; scaled to an area of one."""
    angles = np.arange(corners) * 2 * math.pi / corners + turn - math.pi / 2
    points = np.column_stack([np.cos(angles), np.sin(angles)])
    points[1::2] *= inner
    return _of_area_one(points)


def _of_area_one(points: NDArray[np.float64]) -> NDArray[np.float64]:
    following = np.roll(points, -1, axis=0)
    area = abs(np.sum(points[:, 0] * following[:, 1] - points[:, 1] * following[:, 0])) / 2
    return points / math.sqrt(area)


def _cross(half: float = 0.36) -> NDArray[np.float64]:
    steps = [(-half, -1), (half, -1), (half, -half), (1, -half), (1, half), (half, half)]
    return _of_area_one(np.array([*steps, *((-x, -y) for x, y in steps)], dtype=np.float64))


# None is the circle
SHAPES: Sequence[NDArray[np.float64] | None] = (
    None,
    _polygon(4, math.pi / 4),
    _polygon(3),
    _polygon(4),
    _polygon(3, math.pi),
    _polygon(6),
    _cross(),
    _polygon(10, inner=0.5),
)


def mark(style: int, x: float, y: float, area: float, *, outline: float = OUTLINE) -> Element:
    """The mark of a style: eight shapes and seven colours, so 56 styles before one comes again."""
    fill = COLOURS[style % len(COLOURS)]
    shape = SHAPES[style % len(SHAPES)]
    if shape is None:
        return element("circle", cx=x, cy=y, r=math.sqrt(area / math.pi), fill=fill, stroke=INK, stroke_width=outline)
    corners = shape * math.sqrt(area) + (x, y)
    points = " ".join(f"{short(across)},{short(down)}" for across, down in corners.tolist())
    return element("polygon", points=points, fill=fill, stroke=INK, stroke_width=outline)


def reach(style: int, area: float) -> float:
    """Distance from the middle of a mark to its farthest corner."""
    shape = SHAPES[style % len(SHAPES)]
    return math.sqrt(area / math.pi) if shape is None else float(np.hypot(*shape.T).max()) * math.sqrt(area)
