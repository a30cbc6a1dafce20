"""Parquet: columns keep their types, and text stays packed until it is known to have room."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as arrow_parquet
from numpy.typing import NDArray

from ecograph.errors import LoadError
from ecograph.quality import Finding
from ecograph.reading.files import check_file
from ecograph.reading.headings import told_apart
from ecograph.reading.limits import LIMITS, Limits
from ecograph.reading.log import shown
from ecograph.reading.raw import FIRST_ROW, Raw


def read_parquet(path: Path, file: str, *, limits: Limits = LIMITS) -> tuple[Raw, tuple[Finding, ...]]:
    """Read a Parquet file.

    Parameters
    ----------
    path : Path
        Where it is.
    file : str
        How findings and errors call it.
    limits : Limits, optional
        The most that is taken in.

    Returns
    -------
    Raw
        Columns of the file's types.
    tuple of Finding
        Columns that were left out: without a heading, with a repeated one, or with lists or records for cells.

    Raises
    ------
    LoadError
        If it is no Parquet file, is broken, or is beyond a limit.
    """
    check_file(path, file, limits)
    try:
        packed, nested = _packed(path, limits, file)
        table = _unpacked(packed, file, limits)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise LoadError(f"{file}: cannot be read as Parquet ({shown(str(error))}); write the file anew") from None
    rows = np.arange(FIRST_ROW, FIRST_ROW + table.num_rows, dtype=np.int32)
    limits.check_cells(table, rows, file)
    named, left_out = told_apart(table, file)
    return Raw(named, file, rows), (*nested, *left_out)


def _packed(path: Path, limits: Limits, file: str) -> tuple[pa.Table, tuple[Finding, ...]]:
    """Columns with one value a cell, each distinct text once; numbers alone may be too many to be read."""
    with arrow_parquet.ParquetFile(path) as opened:
        rows, fields = opened.metadata.num_rows, list(opened.schema_arrow)
    flat = [field for field in fields if not pa.types.is_nested(field.type)]
    limits.check("rows", rows, file)
    limits.check("columns", len(fields), file)
    limits.check("file_bytes", rows * sum(_width(field.type) for field in flat), f"{file}: unpacked")
    packed = [field.name for field in flat if _is_text(field.type)]
    with arrow_parquet.ParquetFile(path, read_dictionary=packed) as opened:
        table = opened.read(list(dict.fromkeys(field.name for field in flat)), use_threads=False)
    table = table.select([place for place, field in enumerate(table.schema) if not pa.types.is_nested(field.type)])
    for name, column in zip(table.column_names, table.columns, strict=True):
        check_letters(column, f"column {shown(name)!r}", file)
    nested = [shown(field.name) for field in fields if field not in flat]
    return table, tuple(Finding("nested_column", rows, file, 1, name) for name in nested)


def check_letters(column: pa.ChunkedArray, name: str, file: str) -> None:
    """Refuse text that is not UTF-8, which would fail much later."""
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
        words = cells.cast(pa.large_binary()).to_pylist() if _is_text(cells.type) else []
        return np.flatnonzero([not _is_utf8(word) for word in words])
    words = cells.dictionary.cast(pa.binary()).to_pylist() if _is_text(cells.type.value_type) else []
    broken = [number for number, word in enumerate(words) if not _is_utf8(word)]
    return np.flatnonzero(np.isin(cells.indices.fill_null(-1).to_numpy(), broken))


def _is_utf8(word: bytes | None) -> bool:
    try:
        (word or b"").decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_text(kind: pa.DataType) -> bool:
    return kind in (pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary())


def _width(kind: pa.DataType) -> int:
    """Bytes of a cell; of text, those of the number of its word."""
    try:
        return int(kind.bit_width + 7) // 8
    except ValueError:
        return 4


def _unpacked(table: pa.Table, file: str, limits: Limits) -> pa.Table:
    """Text in full, if all of it together has room."""
    total = 0
    for position, (name, column) in enumerate(zip(table.column_names, table.columns, strict=True)):
        if not pa.types.is_dictionary(column.type):
            continue
        chunks = []
        for chunk in column.chunks:
            total += _text_bytes(chunk)
            limits.check("file_bytes", total, f"{file}: unpacked up to column {shown(name)!r}")
            chunks.append(chunk.dictionary_decode())
        table = table.set_column(position, name, pa.chunked_array(chunks, column.type.value_type))
    return table


def _text_bytes(cells: pa.DictionaryArray) -> int:
    """Bytes of the text of all cells together."""
    if not _is_text(cells.dictionary.type):
        return 0
    lengths = pc.fill_null(pc.binary_length(cells.dictionary), 0).to_numpy().astype(np.int64)
    times = np.bincount(cells.indices.drop_null().to_numpy(), minlength=len(lengths))
    return int(times @ lengths)
