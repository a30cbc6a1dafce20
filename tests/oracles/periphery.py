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
