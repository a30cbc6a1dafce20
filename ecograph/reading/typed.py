"""Tables whose columns have types already: what a file of them must meet, and what is left out of it."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.errors import LoadError
from ecograph.quality import Finding
from ecograph.reading.headings import told_apart
from ecograph.reading.limits import Limits
from ecograph.reading.log import shown
from ecograph.reading.raw import FIRST_ROW, Raw


def as_raw(table: pa.Table, nested: Sequence[str], file: str, limits: Limits) -> tuple[Raw, tuple[Finding, ...]]:
    """Rows of a file whose columns have types.

    Parameters
    ----------
    table : pyarrow.Table
        Columns with one value a cell.
    nested : sequence of str
        Headings of the columns with lists or records for cells, which are left out.
    file : str
        How findings and errors call it.
    limits : Limits
        The most that is taken in.

    Returns
    -------
    Raw
        Columns whose headings tell them apart.
    tuple of Finding
        What was left out.

    Raises
    ------
    LoadError
        If a cell or a column is beyond a limit.
    """
    rows = np.arange(FIRST_ROW, FIRST_ROW + table.num_rows, dtype=np.int32)
    limits.check_cells(table, rows, file)
    named, left_out = told_apart(table, file)
    found = tuple(Finding("nested_column", table.num_rows, file, 1, shown(name)) for name in nested)
    return Raw(named, file, rows), (*found, *left_out)


def check_letters(table: pa.Table, file: str) -> None:
    """Refuse text that is not UTF-8, which would fail much later.

    Raises
    ------
    LoadError
        If there is some: where the first of it stands.
    """
    for name, column in zip(table.column_names, table.columns, strict=True):
        _check_column(column, f"column {shown(name)!r}", file)


def _check_column(column: pa.ChunkedArray, name: str, file: str) -> None:
    row = FIRST_ROW
    for chunk in column.chunks:
        try:
            chunk.validate(full=True)
        except pa.ArrowInvalid as error:
            if "UTF8" not in str(error):  # words without bounds cannot be looked at
                raise
            broken = _broken(chunk)
            if not len(broken):
                raise
            place = f"{file} row {row + int(broken[0])}, {name}"
            raise LoadError(f"{place}: the bytes are not UTF-8; write the file anew") from None
        row += len(chunk)


def _broken(cells: pa.Array) -> NDArray[np.int64]:
    """Positions of text, packed or not, that is not UTF-8."""
    if not pa.types.is_dictionary(cells.type):
        words = cells.cast(pa.large_binary()).to_pylist() if is_text(cells.type) else []
        return np.flatnonzero([not _is_utf8(word) for word in words])
    words = cells.dictionary.cast(pa.binary()).to_pylist() if is_text(cells.type.value_type) else []
    broken = [number for number, word in enumerate(words) if not _is_utf8(word)]
    return np.flatnonzero(np.isin(cells.indices.fill_null(-1).to_numpy(), broken))


def _is_utf8(word: bytes | None) -> bool:
    try:
        (word or b"").decode()
    except UnicodeDecodeError:
        return False
    return True


def is_text(kind: pa.DataType) -> bool:
    """Whether cells of this type are text, as letters or as bytes."""
    return kind in (pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary())
