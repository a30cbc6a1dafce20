"""Taking nodes away, slowly: components of what is left, after every step."""

from collections.abc import Sequence

from oracles.falling_apart import Neighbours, pieces


def largest(neighbours: Neighbours, order: Sequence[int]) -> list[int]:
    """Size of the largest component before and after each step."""
    left = [set(order[step:]) for step in range(len(order) + 1)]
    return [max(map(len, pieces(neighbours, kept)), default=0) for kept in left]


def by_degree_left(neighbours: Neighbours, turns: Sequence[int]) -> list[int]:
    """The node with the most neighbours among those left, of equals the first in turn, again and again."""
    left, order = list(turns), []
    while left:
        order.append(max(left, key=lambda node: len(neighbours[node] & set(left))))
        left.remove(order[-1])
    return order
