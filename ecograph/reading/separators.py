"""Separators: what stands between cells, as the headings show it."""

import csv
from collections.abc import Iterable
from io import StringIO

import pyarrow as pa

from ecograph.reading.places import unlimited_cells

SEPARATORS = {
    ",": {"separator": "commas", "separator_zh": "逗号"},
    ";": {"separator": "semicolons", "separator_zh": "分号"},
    "\t": {"separator": "tabs", "separator_zh": "制表符"},
}
HEAD = 1 << 20  # bytes in which the headings must end


def sniffed(content: pa.Buffer, encoding: str = "utf-8") -> str:
    """The separator that gives the first row most cells; a comma where several do.

    Parameters
    ----------
    content : pyarrow.Buffer
        Text.
    encoding : str
        Its encoding; bytes that are not of it are passed over.

    Returns
    -------
    str
        A comma, a semicolon or a tab.
    """
    rows = first_rows(content, SEPARATORS, encoding)
    return max(SEPARATORS, key=lambda separator: len(rows[separator]))


def first_rows(content: pa.Buffer, separators: Iterable[str], encoding: str = "utf-8") -> dict[str, list[str]]:
    """Cells of the first row by what stands between them; none if it is empty or has no end within reach."""
    head = content.slice(0, min(HEAD, content.size)).to_pybytes().decode(encoding, errors="ignore")
    rows = {}
    for separator in separators:
        text = StringIO(head, newline="")
        with unlimited_cells():
            cells = next(csv.reader(text, delimiter=separator), [])
        rows[separator] = cells if text.tell() < len(head) or content.size <= HEAD else []
    return rows
