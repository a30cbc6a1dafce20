import numpy
import numpy.typing


def settled(pointers: numpy.typing.NDArray[numpy.int64], places: numpy.typing.NDArray[numpy.int32], factors: numpy.typing.NDArray[numpy.float64], start: numpy.typing.NDArray[numpy.float64], *, values: numpy.typing.NDArray[numpy.float64] | None = None, losses: numpy.typing.NDArray[numpy.float64] | None = None, shared: int | None = None, change: float = 1e-15, most: int = 1000) -> tuple[numpy.typing.NDArray[numpy.float64], float]:
    """
    Solve x = start + W (factors x) by sweeps over the nodes.

    W has the entries values, or 1, at the places of each row. With shared, rows are of nodes and places of the things they
    share, that many in all, and W is B B' with a diagonal of 0, B having these entries; it is not formed. With losses, x is
    as large as it gets when start is scaled such that sum(losses x) = sum(scale start): the solution up to a factor where
    losses are what each column of W factors leaves of 1. Sweeps end when x changes by less than change of its sum, after
    most of them, or beyond the range of float64; gives x and the last change, as a share.
    """
