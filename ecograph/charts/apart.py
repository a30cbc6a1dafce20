"""Nodes of a drawing moved apart where they would cover each other."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]

SEARCHES, MOVES = 6, 8
SPARE = 6.0  # farther than nodes come in the moves between two searches
GAP = 1.5


def moved_apart(positions: Numbers, reaches: Numbers) -> Numbers:
    """Positions where no node covers another, as far as a bounded number of small moves achieves it."""
    moved = positions.copy()
    for _ in range(SEARCHES):
        first, second = _near(moved, reaches)
        wanted = reaches[first] + reaches[second] + GAP
        for _ in range(MOVES):
            apart = moved[first] - moved[second]
            distances = np.maximum(np.hypot(apart[:, 0], apart[:, 1]), 1e-6)
            push = np.maximum(wanted - distances, 0) / (2 * distances)
            if not push.any():
                break
            for axis in (0, 1):
                steps = push * apart[:, axis]
                moved[:, axis] += np.bincount(first, steps, len(moved)) - np.bincount(second, steps, len(moved))
    return moved


def _near(positions: Numbers, reaches: Numbers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of nodes that touch or nearly do, the lower place first."""
    order = np.argsort(positions[:, 0], kind="stable")
    across = positions[order, 0]
    limits = np.searchsorted(across, across + reaches[order] + reaches.max(initial=0) + GAP + SPARE, side="right")
    counts = limits - np.arange(1, len(order) + 1)
    left = np.repeat(np.arange(len(order)), counts)
    right = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + left + 1
    first, second = order[left], order[right]
    distances = np.hypot(*(positions[first] - positions[second]).T)
    near = distances < reaches[first] + reaches[second] + GAP + SPARE
    return first[near], second[near]
