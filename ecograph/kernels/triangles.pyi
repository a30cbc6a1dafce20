import numpy
import numpy.typing


def counts(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32]) -> numpy.typing.NDArray[numpy.int64]:
    """
    Number of triangles each node is in.

    Rows hold the neighbours of each node: each once, every tie from both ends, none of a node with itself.
    """

def detours(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32], firsts: numpy.typing.NDArray[numpy.float64], seconds: numpy.typing.NDArray[numpy.float64]) -> numpy.typing.NDArray[numpy.float64]:
    """
    Add up, for each tie from i to j, what goes round over their common neighbours.

    That is the sum, over the nodes q joined to both, of the first value of the tie from i to q times the second value of
    the tie from q to j. Values and sums are one for each entry of neighbours. Rows hold the neighbours of each node: each
    once, ascending, every tie from both ends, none of a node with itself.
    """
