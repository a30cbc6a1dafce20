"""Folder: a harbour as files."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from ecograph.errors import AddressError, ParameterError

MANIFEST = "ecosystem.toml"


def write(folder: Path, parts: Mapping[str, Mapping[str, pa.Table]], manifest: Mapping[str, Any], ending: str) -> None:
    """Write tables into ``<part>/<name>.<ending>`` and the manifest beside them.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    parts : mapping of str to mapping of str to pyarrow.Table
        Tables by part and name.
    manifest : mapping of str to str or int
        Lines of ``ecosystem.toml``.
    ending : {"csv", "parquet"}
        How tables are written.

    Raises
    ------
    ParameterError
        If the ending is neither.
    """
    if ending not in WRITERS:
        raise ParameterError(f"format={ending!r}; allowed: {', '.join(WRITERS)}")
    for part, tables in parts.items():
        (folder / part).mkdir(parents=True)
        for name, table in tables.items():
            WRITERS[ending](table, folder / part / f"{name}.{ending}")
    lines = [f"{name} = {_toml(value)}" for name, value in manifest.items()]
    (folder / MANIFEST).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def check_empty(folder: Path) -> None:
    """Refuse a folder that holds anything.

    Raises
    ------
    AddressError
        If it does, or is no folder.
    """
    if folder.exists() and not folder.is_dir():
        raise AddressError(f"address={str(folder)!r} is a file; give a new or an empty folder")
    if folder.is_dir() and any(folder.iterdir()):
        raise AddressError(f"address={str(folder)!r}: the folder is not empty; give a new or an empty one")


def _toml(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _csv(table: pa.Table, path: Path) -> None:
    from pyarrow import csv

    with path.open("wb") as file:
        file.write((",".join(table.column_names) + "\n").encode())
        csv.write_csv(table, file, csv.WriteOptions(include_header=False, quoting_style="needed"))


def _parquet(table: pa.Table, path: Path) -> None:
    from pyarrow import parquet

    parquet.write_table(table, path)


WRITERS: Mapping[str, Callable[[pa.Table, Path], None]] = {"csv": _csv, "parquet": _parquet}
