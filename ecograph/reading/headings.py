"""Headings: which column is which; what no heading tells apart is left out and found."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa

from ecograph.errors import LoadError
from ecograph.quality import Finding
from ecograph.reading.limits import Limits
from ecograph.reading.log import shown
from ecograph.reading.raw import Raw
from ecograph.reading.separators import HEAD, SEPARATORS, first_rows

OTHER_SEPARATORS = "，；、|"


def headings(content: pa.Buffer, file: str, separator: str, limits: Limits) -> list[str]:
    """Headings of a CSV file, as they stand in its first row.

    Raises
    ------
    LoadError
        If the first row is empty, too long, holds NUL bytes, or its cells stand between other separators.
    """
    names = first_rows(content, separator)[separator]
    if not names:
        empty = content.size <= HEAD or content.slice(0, 1).to_pybytes() in b"\r\n"
        why = "is empty" if empty else f"is longer than {HEAD:,} bytes"
        raise LoadError(f"{file}: row 1 {why}; the first row names the columns")
    limits.check("columns", len(names), f"{file} row 1")
    if names[0].lower().startswith("sep=") and not any(names[1:]):
        raise LoadError(f"{file} row 1: {shown(names[0])!r} is a hint to a program and no heading; delete the row")
    if len(names) == 1:
        _check_only(names[0], file)
    for number, name in enumerate(names, start=1):
        if "\0" in name:
            raise LoadError(
                f"{file} row 1, column {number}: the heading holds a NUL byte, as text in UTF-16 without a mark does; "
                "save it as CSV UTF-8, or name its encoding in ecosystem.toml"
            )
    return names


def _check_only(name: str, file: str) -> None:
    """Refuse several headings between other separators."""
    if found := [mark for mark in OTHER_SEPARATORS if mark in name]:
        allowed = ", ".join(words["separator"] for words in SEPARATORS.values())
        raise LoadError(
            f"{file} row 1: {found[0]!r} stands between the headings; allowed: {allowed}; save it as CSV UTF-8"
        )


def told_apart(table: pa.Table, file: str) -> tuple[pa.Table, tuple[Finding, ...]]:
    """Leave out columns without a heading and those whose heading stands twice.

    Parameters
    ----------
    table : pyarrow.Table
        A table as it was found.
    file : str
        How findings call it.

    Returns
    -------
    pyarrow.Table
        Columns whose headings, without the space around them, tell them apart.
    tuple of Finding
        What was left out; a column without any cell is no loss.
    """
    names = [name.strip("\ufeff").strip() for name in table.column_names]
    counts = [table.num_rows - column.null_count for column in table.columns]
    kept, findings = [], []
    for position, (name, count) in enumerate(zip(names, counts, strict=True)):
        same = [other for other, its in enumerate(names) if its == name]
        rivals = [other for other in same if counts[other]] or same
        details = {"position": position + 1}
        if not name and count:
            findings.append(Finding("missing_heading", count, file, 1, details=details))
        elif name and len(rivals) > 1 and position in rivals:
            findings.append(Finding("repeated_heading", count, file, 1, shown(name), details=details))
        elif name and position in rivals:
            kept.append(position)
    return table.select(kept).rename_columns([names[position] for position in kept]), tuple(findings)


def declared(raw: Raw, columns: Mapping[str, str], values: Mapping[str, str], *, only: bool) -> Raw:
    """Give columns the names that were declared for them, and add those that were declared to hold one value.

    Parameters
    ----------
    raw : Raw
        A table.
    columns : mapping of str to str
        Our name of a column by its heading; an empty name leaves it out.
    values : mapping of str to str
        The value of every row by our name of a column that the file has not.
    only : bool
        Whether columns that are not declared are left out.

    Returns
    -------
    Raw
        The same rows.

    Raises
    ------
    LoadError
        If a heading is not in the file, or two columns would have one name.
    """
    for heading in columns:
        if heading not in raw.table.column_names:
            found = shown(", ".join(raw.table.column_names))
            raise LoadError(f"{raw.file} row 1: no column {heading!r}, which ecosystem.toml names; found: {found}")
    names = {heading: columns.get(heading, "" if only else heading) for heading in raw.table.column_names}
    kept = [heading for heading, name in names.items() if name]
    for name, times in Counter([*(names[heading] for heading in kept), *values]).items():
        if times > 1:
            made = [heading for heading in kept if names[heading] == name] + [name] * (name in values)
            raise LoadError(
                f"{raw.file} row 1: {' and '.join(map(repr, made))} would both be the column {name!r}; "
                "mend columns or values in ecosystem.toml"
            )
    table = raw.table.select(kept).rename_columns([names[heading] for heading in kept])
    for name, value in values.items():
        table = table.append_column(name, pa.repeat(pa.scalar(value, pa.string()), table.num_rows))
    return replace(raw.holding(table), headings={names[heading]: heading for heading in kept})
