import numpy
import numpy.typing


def find(words: numpy.typing.NDArray[numpy.int32], word_letters: numpy.typing.NDArray[numpy.uint8], cells: numpy.typing.NDArray[numpy.int32], cell_letters: numpy.typing.NDArray[numpy.uint8], *, threads: int = 1) -> numpy.typing.NDArray[numpy.int32]:
    """
    Number of the first word that is equal to each cell; -1 where none is.

    words and cells hold the offsets of texts among their letters, one more than there are texts, as Arrow lays out text.
    The result does not depend on threads.
    """
