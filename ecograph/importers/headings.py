"""Headings: columns of a foreign file, found by name; which are missing and which are left out is noted."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from ecograph.errors import LoadError
from ecograph.quality import Finding
from ecograph.reading import Raw, read_csv
from ecograph.reading.log import Log
from ecograph.reading.packed import unpacked
from ecograph.schema import Attribute


def opened(path: Path, needed: Sequence[str], log: Log) -> Raw:
    """Read a CSV file; what stands between its cells may be whatever its headings show.

    Parameters
    ----------
    path : Path
        Where it is.
    needed : sequence of str
        Headings without which it says nothing.
    log : Log
        Takes the rows that cannot be read.

    Returns
    -------
    Raw
        Text columns under the file's headings.

    Raises
    ------
    LoadError
        If the file cannot be read, or a needed heading is missing.
    """
    raw, findings = read_csv(path, path.name)
    log.add(finding for finding in findings if finding.code != "assumed_separator")
    names = raw.table.column_names
    if missing := [heading for heading in needed if heading not in names]:
        raise LoadError(
            f"{path.name} row 1: no column {', '.join(missing)}; found: {', '.join(names)}; "
            "name the columns so, or download the file anew"
        )
    return raw


def column(raw: Raw, heading: str) -> pa.Array:
    """Cells under a heading."""
    return unpacked(raw.table.column(heading)).combine_chunks()


def picked(raw: Raw, headings: Mapping[str, str], known: Sequence[Attribute], log: Log) -> dict[str, pa.Array]:
    """Pick the columns that have these headings, under our names; the others are noted.

    Parameters
    ----------
    raw : Raw
        The file's rows.
    headings : mapping of str to str
        Heading by our name of the column.
    known : sequence of Attribute
        What our columns are.
    log : Log
        Takes the headings that are missing.

    Returns
    -------
    dict of str to pyarrow.Array
        Cells by our name, in the order of the headings.
    """
    chinese = {attribute.name: attribute.zh for attribute in known}
    absent = [name for name, heading in headings.items() if heading not in raw.table.column_names]
    for name in absent:
        details = {"attribute": name, "attribute_zh": chinese[name]}
        log.add([Finding("absent_column", raw.table.num_rows, raw.file, None, headings[name], details=details)])
    return {name: column(raw, heading) for name, heading in headings.items() if name not in absent}


def note_left_out(raw: Raw, used: Collection[str], log: Log) -> None:
    """Note the columns that nothing is made of."""
    left = [heading for heading in raw.table.column_names if heading not in used]
    if left:
        log.add([Finding("left_out_columns", len(left), raw.file, value=", ".join(left))])
