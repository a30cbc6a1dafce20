"""Arrow: streams and files of record batches; columns keep their types."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from ecograph.errors import LoadError
from ecograph.quality import Finding
from ecograph.reading.files import check_file
from ecograph.reading.limits import LIMITS, Limits
from ecograph.reading.log import shown
from ecograph.reading.raw import Raw
from ecograph.reading.typed import as_raw, check_letters

FILE_MARK = b"ARROW1\0\0"


def read_arrow(path: Path, file: str, *, limits: Limits = LIMITS) -> tuple[Raw, tuple[Finding, ...]]:
    """Read an Arrow stream, or a file of the same (Feather).

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
        If it is neither, is broken, or is beyond a limit.
    """
    check_file(path, file, limits)
    try:
        with pa.OSFile(str(path)) as source:
            marked = source.read(len(FILE_MARK)) == FILE_MARK
            source.seek(0)
            table = _gathered(_batches(source, marked=marked), file, limits)
        nested = [number for number, field in enumerate(table.schema) if pa.types.is_nested(field.type)]
        flat = table.select([number for number in range(table.num_columns) if number not in nested])
        check_letters(flat, file)
    except (pa.ArrowException, OSError, EOFError, UnicodeDecodeError) as error:
        raise LoadError(f"{file}: cannot be read as Arrow ({shown(str(error))}); write the file anew") from None
    return as_raw(flat, [table.column_names[number] for number in nested], file, limits)


def _batches(source: pa.NativeFile, *, marked: bool) -> Iterable[pa.RecordBatch]:
    if not marked:
        reader = pa.ipc.open_stream(source)
        yield pa.RecordBatch.from_pylist([], schema=reader.schema)
        yield from reader
        return
    opened = pa.ipc.open_file(source)
    yield pa.RecordBatch.from_pylist([], schema=opened.schema)
    yield from (opened.get_batch(number) for number in range(opened.num_record_batches))


def _gathered(batches: Iterable[pa.RecordBatch], file: str, limits: Limits) -> pa.Table:
    """All batches; what is packed small may be too much once it is unpacked, and is refused as it grows."""
    kept, rows, size = [], 0, 0
    for batch in batches:
        kept.append(batch)
        rows, size = rows + batch.num_rows, size + batch.nbytes
        limits.check("columns", batch.num_columns, file)
        limits.check("rows", rows, file)
        limits.check("file_bytes", size, f"{file}: unpacked")
    return pa.Table.from_batches(kept)
