"""Every network with the same degrees, by trying all."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, product

Pairs = frozenset[tuple[int, int]]


def like(pairs: Pairs, kinds: Sequence[int], directed: bool) -> list[Pairs]:
    """All simple networks in which every node has as many neighbours of each kind as in the one given."""
    n, wanted = len(kinds), degrees(pairs, kinds, directed)
    possible = [(a, b) for a, b in product(range(n), repeat=2) if a != b and (directed or a < b)]
    tried = (frozenset(chosen) for chosen in combinations(possible, len(pairs)))
    return [one for one in tried if degrees(one, kinds, directed) == wanted]


def degrees(pairs: Pairs, kinds: Sequence[int], directed: bool) -> Counter[tuple[str, int, int]]:
    """How many arcs leave and enter each node, by kind of the other end; without direction both are one."""
    leaving = Counter(("out", a, kinds[b]) for a, b in pairs)
    return leaving + Counter(("in" if directed else "out", b, kinds[a]) for a, b in pairs)


def dealt(rows: Sequence[Sequence[int]], others: int) -> list[Pairs]:
    """All ways to give rows as many different numbers below `others` in which each number is given as often."""
    wanted = Counter(number for row in rows for number in row)
    tried = product(*(combinations(range(others), len(row)) for row in rows))
    return [
        frozenset((row, number) for row, numbers in enumerate(one) for number in numbers)
        for one in tried
        if Counter(number for numbers in one for number in numbers) == wanted
    ]
