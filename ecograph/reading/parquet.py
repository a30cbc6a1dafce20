"""Parquet: columns keep their types, and text stays packed until it is known to have room."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as arrow_parquet

from ecograph.errors import LoadError
from ecograph.quality import Finding
from ecograph.reading.files import check_file
from ecograph.reading.limits import LIMITS, Limits
from ecograph.reading.log import shown
from ecograph.reading.raw import Raw
from ecograph.reading.typed import as_raw, check_letters, is_text


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
    return as_raw(table, nested, file, limits)


def _packed(path: Path, limits: Limits, file: str) -> tuple[pa.Table, list[str]]:
    """Columns with one value a cell, each distinct text once; numbers alone may be too many to be read."""
    with arrow_parquet.ParquetFile(path) as opened:
        rows, fields = opened.metadata.num_rows, list(opened.schema_arrow)
    flat = [field for field in fields if not pa.types.is_nested(field.type)]
    limits.check("rows", rows, file)
    limits.check("columns", len(fields), file)
    limits.check("file_bytes", rows * sum(_width(field.type) for field in flat), f"{file}: unpacked")
    packed = [field.name for field in flat if is_text(field.type)]
    with arrow_parquet.ParquetFile(path, read_dictionary=packed) as opened:
        table = opened.read(list(dict.fromkeys(field.name for field in flat)), use_threads=False)
    table = table.select([place for place, field in enumerate(table.schema) if not pa.types.is_nested(field.type)])
    check_letters(table, file)
    return table, [field.name for field in fields if field not in flat]


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
    if not is_text(cells.dictionary.type):
        return 0
    lengths = pc.fill_null(pc.binary_length(cells.dictionary), 0).to_numpy().astype(np.int64)
    times = np.bincount(cells.indices.drop_null().to_numpy(), minlength=len(lengths))
    return int(times @ lengths)
