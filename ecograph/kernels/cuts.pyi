import numpy
import numpy.typing


def cuts(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32]) -> tuple[numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32]]:
    """
    What falls apart without a node, and without a tie.

    Gives for each node in how many pieces the others of its component lie without it, and how many of them lie outside the
    largest piece; and of each bridge its two ends, the smaller first, and how many nodes its smaller side has.

    Rows hold the neighbours of each node: each once, every tie from both ends, none of a node with itself.
    """
