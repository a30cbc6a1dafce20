"""Draws: weighted, grouped and distinct choices over whole arrays."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]
Mask = NDArray[np.bool_]


def zipf(n: int, exponent: float, random: np.random.Generator) -> Weights:
    """Weights 1, 2^-exponent, 3^-exponent, … in random order: few are very active, most hardly."""
    return np.asarray(random.permutation(np.arange(1, n + 1, dtype=np.float64) ** -exponent))


def weighted(weights: ArrayLike, size: int, random: np.random.Generator) -> Numbers:
    """Places drawn with probability proportional to their weight, with replacement."""
    bounds = np.cumsum(weights)
    places = np.searchsorted(bounds, random.random(size) * bounds[-1], side="right")
    return np.asarray(np.minimum(places, len(bounds) - 1))


def worded(shares: NDArray[np.float64], rows: Numbers, random: np.random.Generator) -> Numbers:
    """Draw a column of a table of shares for each of these of its rows."""
    bounds = np.cumsum(shares / shares.sum(axis=1, keepdims=True), axis=1)
    drawn = (random.random(len(rows))[:, None] >= bounds[rows]).sum(axis=1)
    return np.asarray(np.minimum(drawn, shares.shape[1] - 1))


def portion(n: int, share: float, least: int = 0) -> int:
    """Count of a share of n: at least so many, at most n."""
    return min(n, max(least, round(share * n)))


def dealt(shares: ArrayLike, n: int, random: np.random.Generator) -> Numbers:
    """Deal n cards whose numbers stand in these shares, as exactly as whole cards can, in random order."""
    bounds = np.cumsum(shares) / np.sum(shares)
    return random.permutation(np.searchsorted(bounds, (np.arange(n) + 0.5) / n).astype(np.int64))


class Groups:
    """Members of numbered groups, to be drawn by weight.

    Parameters
    ----------
    groups : array of int
        Group of each member.
    n : int
        How many groups there are.
    weights : array of float, optional
        How likely each member is inside its group.
    """

    def __init__(self, groups: Numbers, n: int, weights: Weights | None = None) -> None:
        self._order = np.argsort(groups, kind="stable")
        self._starts = np.searchsorted(groups[self._order], np.arange(n + 1))
        heavy = np.ones(len(groups)) if weights is None else weights[self._order]
        self._bounds = np.concatenate([[0.0], np.cumsum(heavy)])
        self.sizes = np.diff(self._starts)

    def draw(self, groups: Numbers, random: np.random.Generator) -> Numbers:
        """Draw one member of each of these groups; -1 for a group without members."""
        firsts, stops = self._starts[groups], self._starts[groups + 1]
        lows, highs = self._bounds[firsts], self._bounds[stops]
        marks = lows + random.random(len(groups)) * (highs - lows)
        places = np.clip(np.searchsorted(self._bounds, marks, side="right") - 1, firsts, np.maximum(stops - 1, firsts))
        return np.where(stops > firsts, np.append(self._order, -1)[places], -1)


def occurrences(codes: Numbers) -> Numbers:
    """How many equal codes stand before each."""
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(codes)])
    counts = np.empty(len(codes), np.int64)
    counts[order] = np.arange(len(codes)) - np.repeat(starts, np.diff(np.append(starts, len(codes))))
    return counts


def folded(*codes: Numbers) -> Numbers:
    """Code of every combination of codes, none negative."""
    combined = codes[0].astype(np.int64)
    for column in codes[1:]:
        combined = combined * (int(column.max(initial=0)) + 1) + column
    return combined


def first_of(*codes: Numbers) -> Mask:
    """Where a combination of codes stands for the first time."""
    return np.asarray(occurrences(folded(*codes)) == 0)


def first_pairs(ones: Numbers, others: Numbers) -> Mask:
    """Where a pair stands for the first time, in whichever order; a pair of two equals does not count."""
    return np.asarray(first_of(np.minimum(ones, others), np.maximum(ones, others)) & (ones != others))
