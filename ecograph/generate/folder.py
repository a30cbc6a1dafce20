"""Folder: a harbour as files."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa

from ecograph.errors import AddressError, ParameterError

MANIFEST = "ecosystem.toml"


def write(folder: Path, parts: Mapping[str, Mapping[str, pa.Table]], manifest: Mapping[str, str], ending: str) -> None:
    """Write tables into ``<part>/<name>.<ending>`` and the manifest beside them.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    parts : mapping of str to mapping of str to pyarrow.Table
        Tables by part and name.
    manifest : mapping of str to str
        Lines of ``ecosystem.toml``.
    ending : {"csv", "parquet"}
        How tables are written.

    Raises
    ------
    AddressError
        If one of the parts or the manifest is there already, or the folder is a file.
    ParameterError
        If the ending is neither.
    """
    if ending not in WRITERS:
        raise ParameterError(f"format={ending!r}; allowed: {', '.join(WRITERS)}")
    there = [name for name in (*parts, MANIFEST) if (folder / name).exists()]
    if there or folder.is_file():
        raise AddressError(
            f"address={str(folder)!r}: {', '.join(there) or 'a file'} is there; give a new or empty folder"
        )
    for part, tables in parts.items():
        (folder / part).mkdir(parents=True)
        for name, table in tables.items():
            WRITERS[ending](table, folder / part / f"{name}.{ending}")
    lines = [f"{name} = {_toml(value)}" for name, value in manifest.items()]
    (folder / MANIFEST).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _toml(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _csv(table: pa.Table, path: Path) -> None:
    from pyarrow import csv

    with path.open("wb") as file:
        file.write((",".join(table.column_names) + "\n").encode())
        csv.write_csv(table, file, csv.WriteOptions(include_header=False, quoting_style="none"))


def _parquet(table: pa.Table, path: Path) -> None:
    from pyarrow import parquet

    parquet.write_table(table, path)


WRITERS: Mapping[str, Callable[[pa.Table, Path], None]] = {"csv": _csv, "parquet": _parquet}
