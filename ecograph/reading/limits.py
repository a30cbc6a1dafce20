"""Limits: the most that is taken in; a file beyond them is refused before it fills the memory."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.errors import LoadError
from ecograph.reading.log import shown
from ecograph.reading.packed import is_packed, unpacked

MEASURED = (pa.string(), pa.large_string(), pa.binary(), pa.large_binary())
COLUMN_BYTES = 2**31 - 1  # the text of one column is addressed with 32 bits


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one file may hold.

    Parameters
    ----------
    file_bytes : int
        Bytes of the file, and of its cells once they are unpacked.
    rows : int
        Rows below the headings.
    columns : int
        Columns.
    cell_bytes : int
        Bytes of one cell.
    """

    file_bytes: int = 4 * 2**30
    rows: int = 50_000_000
    columns: int = 1_000
    cell_bytes: int = 2**20

    def check(self, limit: str, found: int, place: str) -> None:
        """Refuse what is beyond a limit.

        Raises
        ------
        LoadError
            If more was found.
        """
        if found > (allowed := getattr(self, limit)):
            raise LoadError(
                f"{place}: {limit}={found:,}; allowed: {allowed:,}; "
                f"check the file, or raise {limit} under [limits] in ecosystem.toml"
            )

    def check_cells(self, table: pa.Table, rows: NDArray[np.int32], file: str) -> None:
        """Refuse a cell that is larger than allowed, and a column whose text has no room in memory.

        Raises
        ------
        LoadError
            If there is one.
        """
        for name, found in zip(table.column_names, table.columns, strict=True):
            column = found.cast(pa.large_string()) if pa.types.is_string_view(found.type) else found
            cells = unpacked(column) if _largest_word(column) > self.cell_bytes else column
            if cells.type not in MEASURED:
                continue
            lengths = pc.binary_length(cells)
            if (pc.max(lengths).as_py() or 0) > self.cell_bytes:
                first = pc.index(pc.greater(lengths, self.cell_bytes), True).as_py()
                self.check("cell_bytes", lengths[first].as_py(), f"{file} row {rows[first]}, column {shown(name)!r}")
            if (pc.sum(lengths).as_py() or 0) > COLUMN_BYTES:
                raise LoadError(f"{file}: column {name!r} holds more than {COLUMN_BYTES:,} bytes; split the file")


def _largest_word(column: pa.ChunkedArray) -> int:
    """Bytes of the largest word of packed text, which need not be any cell's; 0 for what is not packed."""
    if not is_packed(column.type):
        return 0
    return max((pc.max(pc.binary_length(chunk.dictionary)).as_py() or 0 for chunk in column.chunks), default=0)


LIMITS = Limits()
