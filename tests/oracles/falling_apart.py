"""Cores, triangles and cuts, slowly: by their definitions, on sets of neighbours."""

from collections.abc import Sequence
from itertools import combinations

Neighbours = Sequence[set[int]]
Ties = dict[tuple[int, int], float]


def core_numbers(neighbours: Neighbours) -> list[int]:
    """For every k, take away nodes with fewer than k neighbours until all have k."""
    numbers = [0] * len(neighbours)
    for k in range(1, len(neighbours)):
        kept = set(range(len(neighbours)))
        while few := {node for node in kept if len(neighbours[node] & kept) < k}:
            kept -= few
        for node in kept:
            numbers[node] = k
    return numbers


def triangles(neighbours: Neighbours) -> list[int]:
    """Joined pairs among the neighbours of each node."""
    return [sum(b in neighbours[a] for a, b in combinations(around, 2)) for around in neighbours]


def detours(neighbours: Neighbours, firsts: Ties, seconds: Ties) -> Ties:
    """For each tie the products of both values over the common neighbours of its ends, added up."""
    return {
        (a, b): sum(firsts[a, via] * seconds[via, b] for via in sorted(neighbours[a] & neighbours[b]))
        for a, around in enumerate(neighbours)
        for b in around
    }


def pieces(neighbours: Neighbours, kept: set[int]) -> list[set[int]]:
    """Components of the nodes kept."""
    found = []
    left = set(kept)
    while left:
        piece = edge = {left.pop()}
        while edge := set().union(*(neighbours[node] for node in edge)) & left:
            piece = piece | edge
            left -= edge
        found.append(piece)
    return found


def without_node(neighbours: Neighbours, node: int) -> list[int]:
    """Sizes of the pieces of a node's component without it, the largest first."""
    everyone = set(range(len(neighbours)))
    (own,) = (piece for piece in pieces(neighbours, everyone) if node in piece)
    return sorted((len(piece) for piece in pieces(neighbours, own - {node})), reverse=True)


def bridges(neighbours: Neighbours) -> list[tuple[int, int, int]]:
    """Ties whose ends lie apart without them, and the size of the smaller side."""
    found = []
    for a in range(len(neighbours)):
        for b in sorted(neighbours[a]):
            cut = [
                around - {b} if node == a else around - {a} if node == b else around
                for node, around in enumerate(neighbours)
            ]
            sides = [piece for piece in pieces(cut, set(range(len(cut)))) if a in piece or b in piece]
            if a < b and len(sides) == 2:
                found.append((a, b, min(map(len, sides))))
    return found
