"""What stands on a drawing of a network: where its nodes are, how large, and in which style."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ecograph.charts.apart import moved_apart
from ecograph.charts.given import Numbers, names, numbers, parts
from ecograph.charts.layout import Places, checked_ends, layout
from ecograph.charts.marks import reach

WIDTH = 840.0
LEAST_HIGH, MOST_HIGH = 120.0, 620.0
MARGIN = 24.0
MOST_APART = 80.0  # pixels between neighbours of a small network
COVER = 0.06  # share of the paper under nodes
LEAST_AREA, MOST_AREA, EQUAL_AREA = 12.0, 600.0, 90.0


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A network on paper, one entry a node.

    Parameters
    ----------
    labels, kinds : list of str
        Name and kind.
    values : array or None
        What the areas tell; without values all nodes are equally large.
    ends : array of shape (arcs, 2)
        Both ends of every arc.
    spots : array of shape (n, 2)
        Where the nodes stand, in pixels across and down.
    areas : array
        How large they are, in square pixels.
    height : float
        Height of the paper, which is 840 pixels wide.
    """

    labels: list[str]
    kinds: list[str]
    values: Numbers | None
    ends: Places
    spots: Numbers
    areas: Numbers
    height: float

    @property
    def degrees(self) -> Places:
        """How many arcs end at each node."""
        return np.bincount(self.ends.ravel(), minlength=len(self.labels))

    @property
    def ranks(self) -> list[int]:
        """Nodes from the highest value down, or where there are none, from the most arcs down."""
        weights = self.degrees if self.values is None else np.nan_to_num(self.values, nan=-1.0)
        return [int(node) for node in np.argsort(-weights, kind="stable")]

    @property
    def styles(self) -> dict[str, int]:
        """Style of every kind, the most frequent first."""
        return _styles(self.kinds)

    @property
    def reaches(self) -> Numbers:
        """Distance from the middle of each node to its farthest corner."""
        return _reaches(self.kinds, self.areas)

    @property
    def opacity(self) -> float:
        """How dark one arc is: many arcs are drawn lighter, so that they do not run together."""
        return float(np.clip(16 / np.sqrt(max(1, len(self.ends))), 0.15, 0.7))


def scene(
    labels: Sequence[str],
    kinds: Sequence[str],
    sources: ArrayLike,
    targets: ArrayLike,
    *,
    values: ArrayLike | None = None,
    positions: ArrayLike | None = None,
    seed: int = 0,
) -> Scene:
    """Put a network of at most 2,000 nodes on paper.

    Parameters
    ----------
    labels, kinds : sequence of str
        Name and kind of every node.
    sources, targets : array_like of int
        Ends of the arcs, as places in ``labels``.
    values : array_like of float, optional
        Values of the nodes, not negative; areas are in proportion to them.
    positions : array_like of float, one row a node, optional
        Where the nodes stand, from :func:`layout`; computed when they are not given.
    seed : int
        Seed of the layout.

    Returns
    -------
    Scene
        Places and sizes, nodes moved apart where they would cover each other.

    Raises
    ------
    ParameterError
        If lengths differ, an arc ends at no node, a value is negative, or there are more than 2,000 nodes.
    """
    given = names("labels", labels)
    count = len(given)
    ends = checked_ends(count, sources, targets)
    called = names("kinds", kinds, count)
    sizes = None if values is None else parts("value", numbers("values", values, count), given)
    if not given:
        return Scene(given, called, sizes, ends, np.empty((0, 2)), np.empty(0), LEAST_HIGH)
    if positions is None:
        places = layout(count, ends[:, 0], ends[:, 1], seed=seed)
    else:
        places = numbers("positions", positions, count, 2)
    spots, high = _on_paper(places)
    areas = _areas(sizes, count, WIDTH * high)
    reaches = _reaches(called, areas)
    edges = reaches[:, None] + 2
    spots = np.clip(moved_apart(spots, reaches), edges, np.array([WIDTH, high]) - edges)
    return Scene(given, called, sizes, ends, spots, areas, high)


def _styles(kinds: Sequence[str]) -> dict[str, int]:
    counts = Counter(kinds)
    return {kind: style for style, kind in enumerate(sorted(counts, key=lambda kind: (-counts[kind], kind)))}


def _reaches(kinds: Sequence[str], areas: Numbers) -> Numbers:
    styles = _styles(kinds)
    return np.array([reach(styles[kind], area) for kind, area in zip(kinds, areas.tolist(), strict=True)])


def _on_paper(places: Numbers) -> tuple[Numbers, float]:
    """Places in pixels, and the height of the drawing."""
    spans = np.maximum(np.ptp(places, axis=0), 1e-9)
    growth = min(MOST_APART, (WIDTH - 2 * MARGIN) / spans[0], (MOST_HIGH - 2 * MARGIN) / spans[1])
    high = max(LEAST_HIGH, float(spans[1]) * growth + 2 * MARGIN)
    return (places - (places.min(axis=0) + places.max(axis=0)) / 2) * growth + (WIDTH / 2, high / 2), high


def _areas(values: Numbers | None, count: int, paper: float) -> Numbers:
    """Areas in proportion to the values, none too small to be seen."""
    if values is None:
        return np.full(count, min(EQUAL_AREA, COVER * paper / count))
    known = np.nan_to_num(values)
    most = float(known.max())
    shares = known / most if most > 0 else known
    return np.maximum(LEAST_AREA, shares * min(MOST_AREA, COVER * paper / max(1.0, float(shares.sum()))))
