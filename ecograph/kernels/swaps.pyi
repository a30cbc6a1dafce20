import numpy
import numpy.typing


def arcs(sources: numpy.typing.NDArray[numpy.int32], targets: numpy.typing.NDArray[numpy.int32], kinds: numpy.typing.NDArray[numpy.int32], *, directed: bool, seed: int = 0, first: int = 0, samples: int = 1, attempts: int = 0, threads: int = 1) -> tuple[numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int64]]:
    """
    Draw simple networks in which every node has as many neighbours of each kind.

    Without direction each pair stands once, either way. Gives sources and targets, arcs of a sample after those of the one
    before, and how many attempts changed something, by sample. Samples are numbered from `first`: each starts from the
    network given, with a seed of its own, and makes `attempts` attempts. The result does not depend on threads or on the
    order of arcs.
    """

def rows(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32], others: int, *, seed: int = 0, first: int = 0, samples: int = 1, attempts: int = 0, threads: int = 1) -> tuple[numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int64]]:
    """
    Draw two-mode networks in which every node of both sides has as many neighbours.

    Rows hold the neighbours of each node of one side, rising; the other side has `others` nodes. Gives neighbours, rows of
    a sample after those of the one before, each as long as given, and how many attempts changed something, by sample.
    Samples are those of `arcs`; an attempt is a trade between two rows.
    """
