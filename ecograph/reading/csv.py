"""CSV in UTF-8: every cell is text, so 00123 stays 00123 and NA is a name."""

import csv
import re
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from ecograph.errors import LoadError
from ecograph.quality import Finding
from ecograph.reading.log import LISTED, rest, shown
from ecograph.reading.raw import Raw

BLOCK = 1 << 24  # bytes; one row must fit into a block
REMEDY = "save it as CSV UTF-8"


def read_csv(path: Path, file: str, *, separator: str = ",") -> tuple[Raw, tuple[Finding, ...]]:
    """Read a CSV file: UTF-8 with or without byte-order mark, commas, line breaks allowed inside quotes.

    Rows with a wrong number of cells are left out and found; at most 1,000 of them are listed one by one, the others
    are counted in one finding.

    Parameters
    ----------
    path : Path
        Where it is.
    file : str
        How findings and errors call it.
    separator : str
        What stands between cells: a comma unless said otherwise.

    Returns
    -------
    Raw
        Text columns.
    tuple of Finding
        Rows that were left out.

    Raises
    ------
    LoadError
        If it is empty, is not UTF-8, leaves a quote open, or has missing or repeated headings.
    """
    skipped = _Skipped(file)
    try:
        content = pa.memory_map(str(path)).read_buffer() if path.stat().st_size else pa.py_buffer(b"")
        _check_encoding(content, file)
        table = _parsed(content, _headings(content, file, separator), separator, skipped)
    except OSError as error:
        raise LoadError(f"{file}: cannot be read ({error.strerror or error}); check the file") from None
    except (pa.ArrowException, csv.Error) as error:
        raise LoadError(f"{file}: {shown(str(error))}; check the quotes and {REMEDY}") from None
    if 1 in skipped.numbers:
        raise LoadError(f"{file} row 1: the quotes of the headings do not match; close every quote")
    rows = np.arange(1, table.num_rows + len(skipped.numbers) + 1, dtype=np.int32)
    rows = np.delete(rows, np.array(skipped.numbers, dtype=np.int64) - 1)
    _check_last_quote(content, table, f"{file} row {rows[-1]}")
    return Raw(table.slice(1), file, rows[1:]), skipped.findings()


def _check_encoding(content: pa.Buffer, file: str) -> None:
    """Refuse bytes that are not UTF-8: checked whole at once, as Arrow does not name the row of every such byte."""
    bounds = pa.py_buffer(np.array([0, content.size], dtype=np.int64))
    whole = pa.Array.from_buffers(pa.large_binary(), 1, [None, bounds, content])
    try:
        pc.cast(whole, pa.large_string())
    except pa.ArrowInvalid:
        text = content.to_pybytes().decode("utf-8", errors="surrogateescape")
        before = re.split("[\udc80-\udcff]", text, maxsplit=1)[0]
        row = 1 + len(re.findall(r"\r\n|\r|\n", re.sub(r'"[^"]*("|$)', "", before)))
        raise LoadError(f"{file} row {row}: the bytes are not UTF-8; {REMEDY}") from None


def _headings(content: pa.Buffer, file: str, separator: str) -> list[str]:
    with TextIOWrapper(pa.BufferReader(content), encoding="utf-8-sig", newline="") as text:
        names = next(csv.reader(text, delimiter=separator), [])
    if not names:
        raise LoadError(f"{file}: row 1 is empty; the first row names the columns")
    return names


class _Skipped:
    """Rows with a wrong number of cells: their numbers, and the first of them whole."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.numbers: list[int] = []
        self._listed: list[Finding] = []

    def __call__(self, row: Any) -> str:
        self.numbers.append(row.number)
        if len(self._listed) < LISTED:
            details = {"expected": row.expected_columns, "actual": row.actual_columns}
            finding = Finding("wrong_fields", 1, self.file, row.number, value=shown(row.text), details=details)
            self._listed.append(finding)
        return "skip"

    def findings(self) -> tuple[Finding, ...]:
        further = len(self.numbers) - len(self._listed)
        if not further:
            return tuple(self._listed)
        details = {**self._listed[0].details, "actual": "…"}
        return (*self._listed, Finding("wrong_fields", further, self.file, value=rest(further), details=details))


def _parsed(content: pa.Buffer, names: list[str], separator: str, skipped: _Skipped) -> pa.Table:
    """Parse all rows, the headings too, so that rows count as in a spreadsheet."""
    columns = [str(number) for number in range(len(names))]
    table = arrow_csv.read_csv(
        pa.BufferReader(content),
        arrow_csv.ReadOptions(use_threads=False, block_size=BLOCK, column_names=columns),
        arrow_csv.ParseOptions(
            delimiter=separator, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=skipped
        ),
        arrow_csv.ConvertOptions(
            check_utf8=False,
            column_types=dict.fromkeys(columns, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
        ),
    )
    return table.rename_columns(names)


def _check_last_quote(content: pa.Buffer, table: pa.Table, place: str) -> None:
    """Refuse a quote that is never closed: it would swallow all rows after it."""
    last = table.column(table.num_columns - 1)[table.num_rows - 1].as_py() or ""
    end = content.slice(max(0, content.size - 64)).to_pybytes().rstrip(b"\r\n")
    if re.search(r"[\r\n]", last) and not end.endswith(b'"'):
        raise LoadError(f"{place}: a quote is opened and never closed; close it")
