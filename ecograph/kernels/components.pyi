import numpy
import numpy.typing


def weak(out_pointers: numpy.typing.NDArray[numpy.int64], out_targets: numpy.typing.NDArray[numpy.int32], n: int) -> numpy.typing.NDArray[numpy.int32]:
    """
    Number the weakly connected component of each node.

    Components are numbered by size, the largest first, then by their smallest member.
    """
