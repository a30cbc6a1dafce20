"""Parquet: columns keep their types."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as arrow_parquet

from ecograph.errors import LoadError
from ecograph.quality import Finding
from ecograph.reading.log import shown
from ecograph.reading.raw import Raw


def read_parquet(path: Path, file: str) -> tuple[Raw, tuple[Finding, ...]]:
    """Read a Parquet file.

    Parameters
    ----------
    path : Path
        Where it is.
    file : str
        How findings and errors call it.

    Returns
    -------
    Raw
        Columns of the file's types.
    tuple of Finding
        Nothing: a Parquet file has no rows of a wrong length.

    Raises
    ------
    LoadError
        If it is no Parquet file or is broken, or has missing or repeated headings.
    """
    try:
        with arrow_parquet.ParquetFile(path) as opened:
            table = opened.read()
        table.validate(full=True)  # text that is not UTF-8 would fail much later
    except (pa.ArrowException, OSError) as error:
        raise LoadError(f"{file}: cannot be read as Parquet ({shown(str(error))}); write the file anew") from None
    return Raw(table, file), ()
