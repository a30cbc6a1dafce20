import numpy
import numpy.typing


def alternate(octets: numpy.typing.NDArray[numpy.uint8], separator: int) -> bool:
    """
    Whether quotes, by turns, open at the start of a cell and close at its end.

    Cells end at the separator, at a line break and at a quote: one inside a quoted cell is written twice.
    """
