"""Fewest errors of a core and a periphery, by trying every core."""

from collections.abc import Collection
from itertools import chain, combinations

import numpy as np


def errors(pairs: Collection[tuple[int, int]], core: set[int], n: int) -> int:
    """Pairs within the core that are not joined, and pairs within the periphery that are."""
    inside = [pair for pair in combinations(range(n), 2) if (pair[0] in core) == (pair[1] in core)]
    return sum((pair in pairs) != (pair[0] in core) for pair in inside)


def fewest_errors(pairs: Collection[tuple[int, int]], n: int) -> int:
    """The fewest errors of any core of 1 to n - 1 nodes."""
    cores = chain.from_iterable(combinations(range(n), size) for size in range(1, n))
    return min(errors(pairs, set(core), n) for core in cores)


def fit(pairs: Collection[tuple[int, int]], core: set[int], n: int) -> float:
    """Correlation of ties with the ideal over the pairs within core and periphery."""
    inside = [pair for pair in combinations(range(n), 2) if (pair[0] in core) == (pair[1] in core)]
    return float(np.corrcoef([pair in pairs for pair in inside], [pair[0] in core for pair in inside])[0, 1])


def coreness(strengths: "np.ndarray", order: list[int]) -> tuple[list[float], list[float]]:
    """Coreness of nodes taken in an order, by the sums themselves; and the least any other could have at each place."""
    found, least = [], []
    for place in range(len(order)):
        chances = []
        for other in order[place:]:
            taken = [*order[:place], other]
            leaving = strengths[taken].sum()
            chances.append(strengths[np.ix_(taken, taken)].sum() / leaving if leaving else 0.0)
        found.append(chances[0])
        least.append(min(chances))
    return found, least
