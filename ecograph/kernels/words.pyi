import numpy
import numpy.typing


class Words:
    """
    A list of words, given by the offsets of texts among their letters.

    There is one offset more than there are texts, as Arrow lays out text.
    """

    def __init__(self, words: numpy.typing.NDArray[numpy.int32], letters: numpy.typing.NDArray[numpy.uint8]) -> None: ...

    def find(self, cells: numpy.typing.NDArray[numpy.int32], letters: numpy.typing.NDArray[numpy.uint8], *, threads: int = 1) -> numpy.typing.NDArray[numpy.int32]:
        """
        Number of the first word that is equal to each cell; -1 where none is.

        The result does not depend on threads.
        """
