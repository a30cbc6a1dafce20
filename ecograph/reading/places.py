"""Places in a text: the row and the column a byte stands in, as a spreadsheet counts them."""

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper

import pyarrow as pa

from ecograph.reading.log import shown


def place_of(content: pa.Buffer, offset: int, file: str, separator: str, encoding: str = "utf-8") -> str:
    """Tell in which file, row and column a byte stands.

    Parameters
    ----------
    content : pyarrow.Buffer
        Text, sound before that byte.
    offset : int
        Which byte.
    file : str
        How errors call the file.
    separator : str
        What stands between cells.
    encoding : str
        Its encoding.

    Returns
    -------
    str
        ``nodes/Maker.csv row 3, column 'name'``; the number of the column where it has no heading.
    """
    row, cells = 0, [""]
    headings: list[str] = []
    with (
        unlimited_cells(),
        TextIOWrapper(
            pa.BufferReader(content.slice(0, offset + 1)), encoding=encoding, errors="replace", newline=""
        ) as text,
    ):
        for cells in csv.reader(text, delimiter=separator):
            row += 1
            headings = headings or cells
    name = shown("".join(headings[len(cells) - 1 : len(cells)]).strip()) if row > 1 else ""
    return f"{file} row {row}, column {repr(name) if name else len(cells)}"


@contextmanager
def unlimited_cells() -> Iterator[None]:
    """Let the csv module read cells of any size; the limits on cells are ours."""
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)
