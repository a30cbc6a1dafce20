import numpy
import numpy.typing


def counts(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32]) -> numpy.typing.NDArray[numpy.int64]:
    """
    Number of triangles each node is in.

    Rows hold the neighbours of each node: each once, every tie from both ends, none of a node with itself.
    """
