"""CSV: every cell is text, so 00123 stays 00123 and NA is a name."""

import time
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from ecograph.errors import LoadError
from ecograph.quality import Finding
from ecograph.reading.encodings import to_utf8
from ecograph.reading.files import opened
from ecograph.reading.headings import headings, told_apart
from ecograph.reading.limits import LIMITS, Limits
from ecograph.reading.log import LISTED, rest, shown
from ecograph.reading.memory import give_back
from ecograph.reading.packed import worth_packing
from ecograph.reading.quotes import check_quotes
from ecograph.reading.raw import Raw
from ecograph.reading.separators import SEPARATORS, sniffed

BLOCK = 1 << 21  # bytes; small enough to be used again and again, and one row must fit into it
LARGEST_BLOCK = (1 << 31) - 1
PATIENCE = 10.0  # seconds; threads that have ended their work let go within a fraction of one


def read_csv(
    path: Path, file: str, *, encoding: str = "", separator: str = "", limits: Limits = LIMITS
) -> tuple[Raw, tuple[Finding, ...]]:
    """Read a CSV file.

    Rows with a wrong number of cells are left out and found; at most 1,000 of them are listed one by one, the others
    are counted in one finding. So are columns without a heading or with a repeated one.

    Parameters
    ----------
    path : Path
        Where it is.
    file : str
        How findings and errors call it.
    encoding : str, optional
        ``utf-8``, ``utf-16``, ``gb18030`` or ``latin-1``; by default what the bytes show, see ``to_utf8``.
    separator : str, optional
        What stands between cells: a comma, a semicolon or a tab; by default what the headings show.
    limits : Limits, optional
        The most that is taken in.

    Returns
    -------
    Raw
        Text columns, packed where words repeat.
    tuple of Finding
        Rows and columns that were left out, and what was assumed.

    Raises
    ------
    LoadError
        If it is empty, holds bytes of no known encoding, leaves a quote open, is something else than text, or is beyond
        a limit.
    """
    content, assumed = to_utf8(opened(path, file, limits), file, encoding)
    chosen = separator or sniffed(content)
    check_quotes(content, file, chosen)
    table, skipped = _parsed(content, chosen, file, limits)
    rows = np.arange(1, table.num_rows + len(skipped.numbers) + 1, dtype=np.int32)
    rows = np.delete(rows, np.array(skipped.numbers, dtype=np.int64) - 1)
    limits.check_cells(table, rows, file)
    named, left_out = told_apart(table.slice(1), file)
    notes = [Finding("assumed_encoding", 1, file, value=assumed)] * bool(assumed)
    if not separator and chosen != ",":
        notes.append(Finding("assumed_separator", 1, file, details=SEPARATORS[chosen]))
    return Raw(named, file, rows[1:]), (*notes, *left_out, *skipped.findings())


class _Skipped:
    """Rows with a wrong number of cells: their numbers, and the first of them whole."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.numbers: list[int] = []
        self._listed: list[Finding] = []

    def note(self, row: Any) -> str:
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


def _parsed(content: pa.Buffer, separator: str, file: str, limits: Limits) -> tuple[pa.Table, _Skipped]:
    """Parse all rows, the headings too, so that rows count as in a spreadsheet."""
    names = headings(content, file, separator, limits)
    skipped = _Skipped(file)
    block = min(max(BLOCK, 2 * limits.cell_bytes), LARGEST_BLOCK)
    handler = skipped.note
    options = _options(len(names), separator, block, handler)
    held = weakref.ref(handler)
    del handler
    batches: list[pa.RecordBatch] = []
    packing: list[bool] = []
    found = 0
    try:
        for batch in arrow_csv.open_csv(pa.BufferReader(content), *options):
            packing = packing or worth_packing(batch)
            batches.append(_packed(batch, packing))
            found += batch.num_rows
            limits.check("rows", found + len(skipped.numbers) - 1, file)
    except pa.ArrowInvalid:
        place = f"{file} row {found + len(skipped.numbers) + 1}"
        raise LoadError(f"{place}: the row is longer than {block:,} bytes; split it, or check the file") from None
    finally:
        options.clear()
        wait_for_the_end_of(held)
    if 1 in skipped.numbers:
        raise LoadError(f"{file} row 1: the quotes of the headings do not match; close every quote")
    give_back()
    return pa.Table.from_batches(batches).rename_columns(names), skipped


def _options(columns: int, separator: str, block: int, handler: Callable[[Any], str]) -> list[Any]:
    names = [str(number) for number in range(columns)]
    return [
        arrow_csv.ReadOptions(use_threads=False, block_size=block, column_names=names),
        arrow_csv.ParseOptions(
            delimiter=separator, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=handler
        ),
        arrow_csv.ConvertOptions(
            check_utf8=False,
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
        ),
    ]


def wait_for_the_end_of(held: weakref.ref[Any]) -> None:
    """Wait until no thread of Arrow holds the handler: one that lets go while Python ends aborts the process."""
    until = time.monotonic() + PATIENCE
    while held() is not None and time.monotonic() < until:
        time.sleep(0.0005)


def _packed(batch: pa.RecordBatch, packing: Sequence[bool]) -> pa.RecordBatch:
    """The same batch, with each word of some columns once."""
    columns = [cells.dictionary_encode() if pack else cells for cells, pack in zip(batch.columns, packing, strict=True)]
    return pa.record_batch(columns, batch.schema.names)
