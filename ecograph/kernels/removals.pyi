import numpy
import numpy.typing


def largest(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32], orders: numpy.typing.NDArray[numpy.int32], threads: int = 1) -> numpy.typing.NDArray[numpy.int32]:
    """
    Nodes in the largest component while nodes are taken away in each of several orders.

    Orders stand one after the other, each with every node once. Gives for each n + 1 sizes: before the first is taken
    away, after each, and 0 at the end.

    Rows hold the neighbours of each node: each once, every tie from both ends, none of a node with itself.
    """

def by_degree_left(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32], turns: numpy.typing.NDArray[numpy.int32], threads: int = 1) -> numpy.typing.NDArray[numpy.int32]:
    """
    Orders in which the node with the most neighbours left comes next.

    Turns stand one after the other, each with every node once: of nodes with equally many the first in turn comes next.
    Gives an order for each.

    Rows hold the neighbours of each node: each once, every tie from both ends, none of a node with itself.
    """
