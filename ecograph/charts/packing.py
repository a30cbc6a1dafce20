"""Connected parts side by side: each has room for its nodes, in shelves from the largest part down."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Places: TypeAlias = NDArray[np.int64]
Positions: TypeAlias = NDArray[np.float64]

ASPECT = 1.4
GAP = 1.8
TRIES = 40


def packed(positions: Positions, parts: Places) -> Positions:
    """Positions with the parts apart; about one unit of area a node, the middle of all at nought."""
    sizes = np.bincount(parts)
    lows, spans = _boxes(positions, parts, len(sizes))
    # a part drawn as a line has hardly an area: it counts as one sixth as high as it is long
    areas = np.maximum(spans[:, 0] * spans[:, 1], spans.max(axis=1) ** 2 / 6)
    growth = np.sqrt(sizes / np.where(areas > 0, areas, 1.0))
    boxes = spans * growth[:, None] + GAP
    order = np.lexsort((-boxes[:, 0] * boxes[:, 1], -sizes))
    corners = np.empty_like(boxes)
    corners[order] = _shelves(boxes[order])
    placed = (positions - lows[parts]) * growth[parts, None] + corners[parts]
    middle: Positions = (placed.min(axis=0) + placed.max(axis=0)) / 2
    return placed - middle


def _boxes(positions: Positions, parts: Places, count: int) -> tuple[Positions, Positions]:
    """Least corner and extent of every part."""
    lows, highs = np.full((count, 2), np.inf), np.full((count, 2), -np.inf)
    np.minimum.at(lows, parts, positions)
    np.maximum.at(highs, parts, positions)
    return lows, highs - lows


def _shelves(boxes: Positions) -> Positions:
    """Corners of boxes put in rows one after the other; the breadth is the one that gives the fullest drawing."""
    least = float(boxes[:, 0].max())
    broad = max(least, float(np.sqrt((boxes[:, 0] * boxes[:, 1]).sum() * ASPECT)))
    tried = [_rows(boxes, breadth) for breadth in np.linspace(least, max(least, 2 * broad), TRIES).tolist()]
    return min(tried, key=lambda corners: float(np.max((corners + boxes).max(axis=0) / (ASPECT, 1.0))))


def _rows(boxes: Positions, breadth: float) -> Positions:
    corners = np.empty_like(boxes)
    x = y = tall = 0.0
    for place, (wide, high) in enumerate(boxes.tolist()):
        if x and x + wide > breadth:
            x, y, tall = 0.0, y + tall, 0.0
        corners[place] = x, y
        x, tall = x + wide, max(tall, high)
    return corners
