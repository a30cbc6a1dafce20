import numpy
import numpy.typing


def reach(out_pointers: numpy.typing.NDArray[numpy.int64], out_targets: numpy.typing.NDArray[numpy.int32], in_pointers: numpy.typing.NDArray[numpy.int64], in_sources: numpy.typing.NDArray[numpy.int32], n: int, *, distances: numpy.typing.NDArray[numpy.float64] | None = None, threads: int = 1) -> tuple[numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.float64]]:
    """
    Sum up the distances from each node to all others along arcs.

    Gives how many others it reaches, the sum of their distances, and the sum of 1 / distance, infinite where one is at
    distance 0. distances holds one for each arc in out-order; without them every arc is one step long. The in-rows must be
    of the same arcs as the out-rows. The result does not depend on threads.
    """
