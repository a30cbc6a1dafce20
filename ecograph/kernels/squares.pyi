import numpy
import numpy.typing


def cycles(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32]) -> int:
    """
    Number of four-cycles.

    Rows hold the neighbours of each node: each once, every tie from both ends, none of a node with itself.
    """

def overlaps(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32]) -> tuple[numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.float64]]:
    """
    What each node's neighbours have in common with those of others.

    Gives for each node how many others have a neighbour in common with it, and the sum over these of the neighbours of both
    over the neighbours of either.

    Rows hold the neighbours of each node: each once, every tie from both ends, none of a node with itself.
    """
