import numpy
import numpy.typing


def through(out_pointers: numpy.typing.NDArray[numpy.int64], out_targets: numpy.typing.NDArray[numpy.int32], in_pointers: numpy.typing.NDArray[numpy.int64], in_sources: numpy.typing.NDArray[numpy.int32], n: int, starts: numpy.typing.NDArray[numpy.int32], ends: numpy.typing.NDArray[numpy.uint8], groups: numpy.typing.NDArray[numpy.int32], count: int, *, distances: numpy.typing.NDArray[numpy.float64] | None = None, threads: int = 1) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.int64]]:
    """
    Sum up, for each group, the shares of shortest paths that lead through it.

    Looked at are the pairs of an entry of starts and another node it reaches that is marked in ends, both outside the
    group. Gives, for each of the groups 0 to count - 1, the sum over these pairs of the share of their shortest paths that
    meet a node of the group, how many pairs there are, and of how many every shortest path meets it. groups holds the group
    of each node, -1 for none.

    distances holds one above 0 for each arc in out-order; without them every arc is one step long. Lengths of paths that
    differ by less than 1e-12 of them are equal. The in-rows must be of the same arcs as the out-rows. A number of paths
    beyond the range of float64 gives NaN. The result does not depend on threads.
    """
