"""Packed columns: where few words fill many cells, each word is kept and read once, and a cell is its number."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

FEW = 4  # cells for each distinct word, at least
UNITS = ("unit", "currency")
"""Columns of few words in many rows: they stay packed in an ecosystem, where they came so."""
PACKED = pa.dictionary(pa.int32(), pa.string())

Cells: TypeAlias = pa.Array | pa.ChunkedArray
Numbers = NDArray[np.int64]


def is_packed(kind: pa.DataType) -> bool:
    """Whether cells of a type are numbers of words of text."""
    return bool(pa.types.is_dictionary(kind) and pa.types.is_string(kind.value_type) and kind.index_type == pa.int32())


def worth_packing(batch: pa.RecordBatch) -> list[bool]:
    """Which columns of text repeat their words."""
    rows = batch.num_rows
    return [rows >= FEW and FEW * pc.count_distinct(column, mode="all").as_py() <= rows for column in batch.columns]


def pieces(cells: Cells) -> Iterator[tuple[int, pa.Array]]:
    """Chunks of a column, each with the position it starts at."""
    start = 0
    for chunk in cells.chunks if isinstance(cells, pa.ChunkedArray) else [cells]:
        yield start, chunk
        start += len(chunk)


def positions_where(cells: Cells, find: Callable[[pa.Array], Numbers]) -> Numbers:
    """Positions of the cells that are found, looked for in each word of a packed column once.

    Parameters
    ----------
    cells : pyarrow.Array or pyarrow.ChunkedArray
        Cells, packed or not.
    find : callable
        Gives positions in plain cells.

    Returns
    -------
    array of int64
        Ascending.
    """
    found = [start + _positions(chunk, find) for start, chunk in pieces(cells)]
    return np.concatenate([np.empty(0, np.int64), *found])


def _positions(chunk: pa.Array, find: Callable[[pa.Array], Numbers]) -> Numbers:
    if not is_packed(chunk.type):
        return find(chunk)
    return cells_of(chunk, find(chunk.dictionary))


def cells_of(chunk: pa.DictionaryArray, words: Numbers) -> Numbers:
    """Positions of the cells that hold one of these words, given by number."""
    if not len(words):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.isin(pc.fill_null(chunk.indices, -1).to_numpy(), words))


def unpacked(cells: Cells) -> Cells:
    """The same cells as plain text."""
    return cells.cast(pa.string()) if is_packed(cells.type) else cells


def picked_from(cells: Cells, positions: Numbers) -> pa.Array:
    """The cells at these positions, in one piece of plain cells."""
    if not len(positions):
        return pa.array([], pa.string())
    taken = unpacked(cells.take(pa.array(positions)))
    return taken.combine_chunks() if isinstance(taken, pa.ChunkedArray) else taken
