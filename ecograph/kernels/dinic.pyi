import numpy
import numpy.typing


def flow(out_pointers: numpy.typing.NDArray[numpy.int64], out_targets: numpy.typing.NDArray[numpy.int32], capacities: numpy.typing.NDArray[numpy.float64], n: int, sources: numpy.typing.NDArray[numpy.int32], sinks: numpy.typing.NDArray[numpy.int32]) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.uint8]]:
    """
    Send as much as possible along arcs from sources to sinks.

    Gives what is sent along each arc, in out order, and for each node 1 where more could still be sent from a source: the
    arcs that leave these nodes for others are the minimum cut nearest to the sources. Exact where the capacities are whole
    numbers whose sum is below 2**53.
    """
