import numpy
import numpy.typing


def partitions(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32], weights: numpy.typing.NDArray[numpy.float64], given: numpy.typing.NDArray[numpy.float64], taken: numpy.typing.NDArray[numpy.float64], *, refined: bool, resolution: float = 1.0, seed: int = 0, starts: int = 1, passes: int = 1, threads: int = 1) -> numpy.typing.NDArray[numpy.int32]:
    """
    Partition nodes so that modularity is large, once for each start.

    With a_ij what goes from i to j, and without direction also from j to i: rows hold a_ij + a_ji for each node and its
    neighbours, given the sum of a_ij by i and taken the sum of a_ij by j. Ties of a node with itself may stand in the rows
    or not.

    Gives n labels a start, one start after the other. refined is Leiden, whose communities are connected, up to `passes`
    times each after the other; else Louvain. Starts 0, 4, 8, ... of Leiden join parts where a node gains most, the others
    draw. The result does not depend on threads.
    """

def shared_partitions(pointers: numpy.typing.NDArray[numpy.int64], things: numpy.typing.NDArray[numpy.int32], amounts: numpy.typing.NDArray[numpy.float64], sent: numpy.typing.NDArray[numpy.float64], *, n_things: int, refined: bool, resolution: float = 1.0, seed: int = 0, starts: int = 1, passes: int = 1, threads: int = 1) -> numpy.typing.NDArray[numpy.int32]:
    """
    Partition nodes that share things as partitions does, without forming their ties.

    A tie of two nodes is the sum over things of the product of what both have in it: rows hold that for each node and its
    things, each thing once, and sent the sum of the ties of each node with others. Takes memory for the rows, not for the
    ties.
    """
