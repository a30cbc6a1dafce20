import numpy
import numpy.typing


def from_sources(out_pointers: numpy.typing.NDArray[numpy.int64], out_targets: numpy.typing.NDArray[numpy.int32], in_pointers: numpy.typing.NDArray[numpy.int64], in_sources: numpy.typing.NDArray[numpy.int32], n: int, sources: numpy.typing.NDArray[numpy.int32], *, distances: numpy.typing.NDArray[numpy.float64] | None = None, want_arcs: bool = False, threads: int = 1) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.float64]]:
    """
    Sum up the dependencies of the sources on every node and on every arc.

    The dependency of s on v is the sum, over all t, of the share of the shortest paths from s to t that lead through v,
    which is neither s nor t; that of s on an arc likewise. Gives the sum of dependencies on each node, the sum of their
    squares, and the sum on each arc in out-order, empty unless want_arcs. Every entry of sources counts.

    distances holds one above 0 for each arc in out-order; without them every arc is one step long. Lengths of paths that
    differ by less than 1e-12 of them are equal. The in-rows must be of the same arcs as the out-rows. A number of paths
    beyond the range of float64 gives NaN. The result does not depend on threads.
    """
