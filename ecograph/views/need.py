"""What a measure needs of a machine before it is made: operations and memory, by the size of its view."""

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from ecograph.views.network import Network
from ecograph.views.two_mode import TwoMode


class Need(NamedTuple):
    """What a measure needs.

    ``operations`` are those of one thread, each as long as it takes to put a relation into rows; ``bytes`` is the most
    it holds at a time beside its view; ``remedy`` says which of its options would make it less.
    """

    operations: float
    bytes: float
    remedy: str = ""


Cost: TypeAlias = Callable[[Any, Mapping[str, Any]], Need]
"""What a measure needs of a view, given its options by name."""


def linear(*, operations: float = 20, node: float = 300, arc: float = 45) -> Cost:
    """Cost of a measure that goes through nodes and arcs a few times.

    Parameters
    ----------
    operations : float
        Operations for each node and each arc.
    node, arc : float
        Bytes for each node and for each arc or row.

    Returns
    -------
    callable
        The cost.
    """

    def cost(view: Any, _: Mapping[str, Any]) -> Need:
        return Need(operations * (view.n + view.size), node * view.n + arc * view.size)

    return cost


def repeated(
    *counts: str, operations: float, node: float = 300, arc: float = 45, held: float = 0, most: float = 0
) -> Cost:
    """Cost of a measure that does the same many times over.

    Parameters
    ----------
    *counts : str
        Options that are numbers, whose product says how many times; fewer make it less.
    operations : float
        Operations of each time, for each node and each arc.
    node, arc : float
        Bytes for each node and for each arc or row, however many times.
    held : float
        Bytes that each time adds for each node and each arc.
    most : float
        The most that they add together.

    Returns
    -------
    callable
        The cost.
    """

    def cost(view: Any, options: Mapping[str, Any]) -> Need:
        times, size = math.prod(options[name] for name in counts), view.n + view.size
        added = min(held * options[counts[0]] * size, most)
        return Need(operations * times * size, node * view.n + arc * view.size + added, f"give fewer {counts[0]}=")

    return cost


def steps_apart(n: int, arcs: int) -> float:
    """About how many steps lie between two nodes, were arcs drawn at random.

    Parameters
    ----------
    n, arcs : int
        How many there are.

    Returns
    -------
    float
        Steps, from 1.
    """
    return max(math.log(max(n, 2)) / math.log(max(arcs / max(n, 1), 2)), 1.0)


def of_neighbours(*, operations: float = 20, node: float = 110, arc: float = 0) -> Cost:
    """Cost of a measure of who is joined to whom: rows of ties serve as they are, those of arcs are made anew.

    Parameters
    ----------
    operations : float
        Operations for each node and each arc.
    node, arc : float
        Bytes for each node and for each arc beside the rows.

    Returns
    -------
    callable
        The cost.
    """

    def cost(view: Network | TwoMode, _: Mapping[str, Any]) -> Need:
        made_anew = 40 if view.graph.directed else 0
        return Need(operations * (view.n + view.size), node * view.n + (arc + made_anew) * view.size)

    return cost
