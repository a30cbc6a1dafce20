"""Four-cycles and overlaps, slowly: by their definitions, on sets of neighbours."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

Neighbours = Sequence[set[int]]


def four_cycles(neighbours: Neighbours) -> int:
    """Pairs of opposite corners choose two of the neighbours they share; each cycle has two such pairs."""
    shared = [len(one & other) for one, other in combinations(neighbours, 2)]
    return sum(count * (count - 1) // 2 for count in shared) // 2


def three_paths(neighbours: Neighbours) -> int:
    """Paths of four different nodes, each met from both ends."""
    ways = [
        (a, d)
        for b, around in enumerate(neighbours)
        for c in around
        for a in around - {c}
        for d in neighbours[c] - {b}
        if a != d
    ]
    return len(ways) // 2


def overlaps(neighbours: Neighbours) -> list[tuple[int, Fraction]]:
    """How many others share a neighbour with each node, and the sum of what they share over what either has."""
    found = []
    for node, own in enumerate(neighbours):
        others = [around for other, around in enumerate(neighbours) if other != node and own & around]
        found.append((len(others), sum((Fraction(len(own & one), len(own | one)) for one in others), Fraction(0))))
    return found
