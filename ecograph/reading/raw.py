"""Raw: a table as it stands in a file or a frame, and where its rows stand there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import Mask
from ecograph.errors import LoadError
from ecograph.reading.masks import to_mask
from ecograph.reading.packed import is_packed
from ecograph.table import to_arrow

FIRST_ROW = 2


@dataclass(frozen=True, slots=True)
class Numerals:
    """How numbers are written as text: what stands before the decimals, and what between groups of three digits."""

    decimal: str = "."
    thousands: str = ""


NUMERALS = Numerals()


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """A table as it was found.

    Parameters
    ----------
    table : pyarrow.Table
        Columns of any type under the headings of the file.
    file : str
        How findings call it: ``relations/TRANSFERS.csv``, or ``relations/TRANSFERS`` for a frame.
    rows : array of int32, optional
        Row of each line as a spreadsheet counts it: the header is row 1. By default 2, 3, 4 and so on.
    numerals : Numerals, optional
        How its text writes numbers; by default with a decimal point and without separators.
    headings : mapping of str to str, optional
        Heading in the file of each column that has another name here.

    Raises
    ------
    LoadError
        If a column has no heading, or two have the same.
    """

    table: pa.Table
    file: str
    rows: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, dtype=np.int32))
    numerals: Numerals = NUMERALS
    headings: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_headings(self.table.column_names, self.file)
        if not len(self.rows):
            rows = np.arange(FIRST_ROW, FIRST_ROW + self.table.num_rows, dtype=np.int32)
            object.__setattr__(self, "rows", rows)

    def tidied(self) -> "Raw":
        """The same cells with plain types, empty text as missing cells, and no row that has no cell at all."""
        table = _without_empty_text(_plain(self.table))
        if not table.num_columns or not all(column.null_count for column in table.columns):
            return self.holding(table)
        filled = ~np.logical_and.reduce([to_mask(column.is_null()) for column in table.columns])
        return self.holding(table).kept(filled)

    def holding(self, table: pa.Table) -> "Raw":
        """Other columns of the same rows."""
        return replace(self, table=table)

    def kept(self, mask: Mask) -> "Raw":
        """The rows where the mask is true."""
        return replace(self, table=self.table.filter(pa.array(mask)), rows=self.rows[mask])


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """A table that is read when its turn comes, so that it need not be held beside others.

    Parameters
    ----------
    file : str
        How findings call it.
    read : callable
        Reads it.
    """

    file: str
    read: Callable[[], Raw]


def _check_headings(names: list[str], file: str) -> None:
    seen = set()
    for number, name in enumerate(names, start=1):
        if not name.strip():
            raise LoadError(f"{file} row 1: column {number} has no heading; name it or delete it")
        if name in seen:
            raise LoadError(f"{file} row 1: the heading {name!r} stands twice; rename or delete one of the columns")
        seen.add(name)


def _plain(table: pa.Table) -> pa.Table:
    """Plain types, but text that is packed stays so."""
    packed = [
        position
        for position, column in enumerate(table.columns)
        if is_packed(column.type) and not any(_has_blank(chunk.dictionary) for chunk in column.chunks)
    ]
    names = table.column_names
    plain = to_arrow(table.drop_columns([names[position] for position in packed]))
    for position in packed:
        plain = plain.add_column(position, names[position], table.column(position))
    return plain


def _has_blank(words: pa.Array) -> bool:
    return bool(words.null_count or pc.min(pc.binary_length(words)).as_py() == 0)


def _without_empty_text(table: pa.Table) -> pa.Table:
    for position, column in enumerate(table.columns):
        if pa.types.is_string(column.type) and pc.min(pc.binary_length(column)).as_py() == 0:
            filled = pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)
            table = table.set_column(position, table.column_names[position], filled)
    return table
