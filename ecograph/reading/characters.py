"""Characters that are in no text: NUL, and U+FFFD, which stands where a program lost one."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.reading.masks import to_mask
from ecograph.reading.packed import Cells, positions_where

STRIDE = 1 << 18  # bytes looked at together, few enough to stay in the processor's cache
NUL, LOST = "\0", "\ufffd"


def holding(cells: Cells, character: str) -> NDArray[np.int64]:
    """Positions of the cells that hold a character.

    Parameters
    ----------
    cells : pyarrow.Array or pyarrow.ChunkedArray
        Cells of any type; only text holds characters.
    character : str
        Which.

    Returns
    -------
    array of int64
        Ascending.
    """
    return positions_where(cells, lambda plain: _holding(plain, character))


def _holding(cells: pa.Array, character: str) -> NDArray[np.int64]:
    if not pa.types.is_string(cells.type) or not _within(cells, character.encode()[0]):
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero(to_mask(pc.match_substring(cells, character)))


def _within(cells: pa.Array, octet: int) -> bool:
    """Whether a byte stands among the letters of all cells, or of those that were cut away."""
    letters = np.frombuffer(cells.buffers()[2] or b"", np.uint8)
    return any((letters[start : start + STRIDE] == octet).any() for start in range(0, len(letters), STRIDE))
