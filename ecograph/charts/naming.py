"""Names beside nodes, placed so that no two overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from ecograph.charts.given import Numbers
from ecograph.charts.lettering import SMALL, cut, text_width

Box: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom

ROOM = 185.0
HIGH = 15.0
SPACE, DESCENT = 3.0, 3.5
LATER = 5.0  # what a place further down the list costs, in covered area
NAMED_WEIGHT = 8.0  # how much worse it is to cover a node that has a name itself


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its box, and where in the box it begins or ends: next to its node."""

    text: str
    node: int
    box: Box
    anchor: str

    @property
    def place(self) -> tuple[float, float]:
        """Where the text is anchored, on its baseline."""
        left, _, right, bottom = self.box
        across = {"start": left, "middle": (left + right) / 2, "end": right}[self.anchor]
        return across, bottom - DESCENT


def named(
    order: Sequence[int], texts: Sequence[str], positions: Numbers, reaches: Numbers, size: tuple[float, float]
) -> list[Name]:
    """Names of nodes in order, each where it covers the least; one that finds no free place is left out.

    Parameters
    ----------
    order : sequence of int
        Nodes to be named, the most important first.
    texts : sequence of str
        Names of all nodes.
    positions : array of shape (n, 2)
        Where the nodes stand.
    reaches : array
        How far each node reaches from its middle.
    size : pair of float
        Width and height of the drawing, which names do not leave.

    Returns
    -------
    list of Name
        The names that found a place.
    """
    placed: list[Name] = []
    weights = np.ones(len(reaches))
    weights[list(order)] = NAMED_WEIGHT
    for node in order:
        text = cut(texts[node], ROOM, SMALL)
        free = [
            (_covered(box, positions, reaches, weights) + LATER * turn, box, anchor)
            for turn, (box, anchor) in enumerate(
                _boxes(positions[node], reaches[node] + SPACE, text_width(text, SMALL))
            )
            if box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1]
            if not any(_overlap(box, other.box) for other in placed)
        ]
        if text and free:
            _, box, anchor = min(free)
            placed.append(Name(text, node, box, anchor))
    return placed


def _boxes(position: Numbers, away: float, wide: float) -> list[tuple[Box, str]]:
    """Places around a node and the side of the name next to it: right, left, above, below, then the corners."""
    x, y = position.tolist()
    slant = 0.7 * away
    corners = [
        (x + away, y - HIGH / 2, "start"),
        (x - away - wide, y - HIGH / 2, "end"),
        (x - wide / 2, y - away - HIGH, "middle"),
        (x - wide / 2, y + away, "middle"),
        (x + slant, y - slant - HIGH, "start"),
        (x + slant, y + slant, "start"),
        (x - slant - wide, y - slant - HIGH, "end"),
        (x - slant - wide, y + slant, "end"),
    ]
    return [((left, top, left + wide, top + HIGH), anchor) for left, top, anchor in corners]


def _overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def _covered(box: Box, positions: Numbers, reaches: Numbers, weights: Numbers) -> float:
    """How much of nodes lies under a box."""
    nearest = np.clip(positions, (box[0], box[1]), (box[2], box[3]))
    depths = np.maximum(reaches - np.hypot(*(positions - nearest).T), 0)
    return float(np.sum(weights * depths**2))
