"""Slow twin of shortest paths: lengths as fractions, every pair and every node between it by the definition."""

from fractions import Fraction
from typing import NamedTuple

Pair = tuple[int, int]


class Shortest(NamedTuple):
    """Length of the shortest paths of each pair that has one, and how many there are."""

    lengths: dict[Pair, Fraction]
    counts: dict[Pair, int]


def shortest(arcs: dict[Pair, Fraction], n: int) -> Shortest:
    """Shortest paths over arcs with a distance above 0."""
    lengths: dict[Pair, Fraction] = {(node, node): Fraction(0) for node in range(n)}
    grown = True
    while grown:
        grown = False
        for source in range(n):
            for (a, b), distance in arcs.items():
                if (source, a) not in lengths:
                    continue
                length = lengths[source, a] + distance
                if (source, b) not in lengths or length < lengths[source, b]:
                    lengths[source, b] = length
                    grown = True
    counts: dict[Pair, int] = {}
    for source, target in sorted(lengths, key=lambda pair: lengths[pair]):
        before = [
            a
            for (a, b), distance in arcs.items()
            if b == target != a
            and lengths.get((source, a), 0) + distance == lengths[source, target]
            and (source, a) in lengths
        ]
        counts[source, target] = 1 if source == target else sum(counts[source, a] for a in before)
    return Shortest(lengths, counts)


def reach(found: Shortest, n: int) -> list[tuple[int, Fraction, Fraction]]:
    """Of each node: how many others it reaches, the sum of their distances, and the sum of 1 / distance."""
    rows = []
    for node in range(n):
        lengths = [length for (source, target), length in found.lengths.items() if source == node != target]
        rows.append((len(lengths), sum(lengths, Fraction(0)), sum((1 / length for length in lengths), Fraction(0))))
    return rows


def share(found: Shortest, source: int, target: int, between: tuple[int, int], distance: Fraction) -> Fraction:
    """Share of the shortest paths from source to target that go through a node, or over an arc of this distance."""
    first, last = (source, between[0]), (between[1], target)
    if first not in found.lengths or last not in found.lengths or (source, target) not in found.lengths:
        return Fraction(0)
    if found.lengths[first] + distance + found.lengths[last] != found.lengths[source, target]:
        return Fraction(0)
    return Fraction(found.counts[first] * found.counts[last], found.counts[source, target])


def dependencies(found: Shortest, n: int, source: int) -> list[Fraction]:
    """What the paths from a source owe to each node between it and their ends."""
    return [
        sum(
            (
                share(found, source, target, (node, node), Fraction(0))
                for target in range(n)
                if source != target and node not in (source, target)
            ),
            Fraction(0),
        )
        for node in range(n)
    ]


def arc_dependencies(found: Shortest, arcs: dict[Pair, Fraction], n: int, source: int) -> dict[Pair, Fraction]:
    """What the paths from a source owe to each arc."""
    return {
        pair: sum(
            (share(found, source, target, pair, distance) for target in range(n) if target != source), Fraction(0)
        )
        for pair, distance in arcs.items()
    }


def passages(
    arcs: dict[Pair, Fraction], n: int, starts: list[int], ends: set[int], group: set[int]
) -> tuple[Fraction, int, int]:
    """Paths counted with a group and without it, over pairs outside: shares through it, pairs, pairs wholly through."""
    found = shortest(arcs, n)
    clear = shortest({pair: distance for pair, distance in arcs.items() if group.isdisjoint(pair)}, n)
    shares = [
        1 - Fraction(clear.counts[pair], found.counts[pair])
        if clear.lengths.get(pair) == found.lengths[pair]
        else Fraction(1)
        for pair in ((a, b) for a in starts for b in ends if a != b)
        if group.isdisjoint(pair) and pair in found.lengths
    ]
    return sum(shares, Fraction(0)), len(shares), shares.count(Fraction(1))
