"""Table: Arrow columns, each with its meaning, unit and Chinese name.

Node tables, relation tables, findings, results and query rows are Tables; this is the one place that meets pandas.
"""

import csv
import html
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.errors import ParameterError, unknown
from ecograph.text.width import padded, width

if TYPE_CHECKING:
    import pandas as pd

Language = Literal["en", "zh"]
Frame: TypeAlias = "pd.DataFrame"

SHOWN_ROWS = 20
GUARDED = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")  # no program takes it for a formula


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: meaning, its Chinese name, unit, least and greatest value, and the words of its cells.

    Parameters
    ----------
    meaning : str
        What one cell says, in English.
    zh : str
        The column's heading in Chinese.
    unit : str
        Unit of the numbers; empty for none.
    bounds : pair of float or None
        Least and greatest value; None where there is no bound.
    words : mapping of str to str
        Chinese of the words that stand in the cells.
    """

    meaning: str = ""
    zh: str = ""
    unit: str = ""
    bounds: tuple[float | None, float | None] = (None, None)
    words: Mapping[str, str] = field(default_factory=dict)


class Table:
    """Columns of equal length that know what they mean; frozen.

    Parameters
    ----------
    data : mapping, pandas or Polars frame, pyarrow Table, or anything with an Arrow stream
        The cells.
    columns : mapping of str to Column, optional
        What the columns mean; a column without an entry means its name.

    Examples
    --------
    >>> table = Table({"id": ["ada", "bo"], "share": [0.75, 0.25]}, {"share": Column("share of visits", zh="份额")})
    >>> len(table), table.names
    (2, ('id', 'share'))
    >>> table.translated("zh").names
    ('id', '份额')
    """

    __slots__ = ("_data", "columns")

    def __init__(self, data: Any, columns: Mapping[str, Column] | None = None) -> None:
        self._data = to_arrow(data)
        known = dict(columns or {})
        self.columns: Mapping[str, Column] = {name: known.get(name, Column()) for name in self._data.column_names}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(self._data.column_names)

    def __len__(self) -> int:
        return int(self._data.num_rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        if self.columns != other.columns or not self._data.schema.equals(other._data.schema):
            return False
        return all(_equal(self.arrow(name), other.arrow(name)) for name in self.names)

    __hash__ = None  # type: ignore[assignment]  # equality is by content

    def __getitem__(self, name: str) -> NDArray[Any]:
        """One column as a numpy array; text and dates with missing cells come as objects."""
        return np.asarray(self.arrow(name).to_numpy(zero_copy_only=False))

    def arrow(self, name: str) -> Any:
        """One column as an Arrow array."""
        if name not in self.columns:
            raise unknown("column", name, self.names)
        return self._data.column(name).combine_chunks()

    def rows(self) -> Iterator[dict[str, Any]]:
        """Rows as dictionaries, in order."""
        yield from self._data.to_pylist()

    def take(self, positions: Sequence[int] | NDArray[Any]) -> "Table":
        """Rows at these positions, in this order."""
        return Table(self._data.take(pa.array(np.asarray(positions, dtype=np.int64))), self.columns)

    def frame(self) -> Frame:
        """Rows as a pandas frame; text is text, missing cells are missing."""
        frame: Frame = self._data.to_pandas(date_as_object=False)
        return frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._data.__arrow_c_stream__(requested_schema)

    def translated(self, language: Language) -> "Table":
        """Headings and vocabulary words in the language; a heading without a translation stays as it is."""
        if language not in ("en", "zh"):
            raise ParameterError(f"language={language!r}; allowed: en, zh")
        if language == "en":
            return self
        heads = [column.zh or name for name, column in self.columns.items()]
        pairs = zip(heads, self.names, strict=True)
        names = [head if heads.count(head) == 1 else f"{head} ({name})" for head, name in pairs]
        data = [_worded(self.arrow(name), column.words) for name, column in self.columns.items()]
        return Table(pa.table(data, names=names), dict(zip(names, self.columns.values(), strict=True)))

    def to_csv(self, path: str | Path) -> None:
        """Write UTF-8 with a byte-order mark, so that spreadsheets read Chinese; missing cells and NaN are empty.

        A text cell that a spreadsheet would run as a formula (it starts with = + - @ or a tab and is no number) gets an
        apostrophe.
        """
        with Path(path).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([_guarded(name) for name in self.names])
            for batch in self._data.to_batches(max_chunksize=65_536):
                writer.writerows(zip(*(_cells(column) for column in batch.columns), strict=True))

    def to_json(self) -> str:
        """Rows as a JSON array of objects; missing cells and NaN are null, dates are ISO text."""
        rows = [{name: _plain(cell) for name, cell in row.items()} for row in self.rows()]
        return json.dumps(rows, ensure_ascii=False)

    def __repr__(self) -> str:
        shown = self._data.slice(0, SHOWN_ROWS).to_pylist()
        cells = [list(self.names)] + [[_shown(cell) for cell in row.values()] for row in shown]
        widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
        lines = ["  ".join(map(padded, row, widths)).rstrip() for row in cells]
        return "\n".join([*lines, *self._rest()])

    def _rest(self) -> list[str]:
        return [f"… {len(self) - SHOWN_ROWS} more of {len(self)} rows"] if len(self) > SHOWN_ROWS else []

    def _repr_html_(self) -> str:
        rest = "".join(f"<p>{html.escape(line)}</p>" for line in self._rest())
        return self.html(SHOWN_ROWS) + rest

    def html(self, rows: int | None = None) -> str:
        """The first rows, all if not said otherwise, as an HTML table; every cell is escaped."""
        heads = "".join(
            f'<th title="{html.escape(column.meaning)}">{html.escape(name)}{_unit(column)}</th>'
            for name, column in self.columns.items()
        )
        cells = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_shown(cell))}</td>" for cell in row.values()) + "</tr>"
            for row in self._data.slice(0, rows).to_pylist()
        )
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table>"

    def described(self) -> dict[str, Any]:
        """What the columns mean, as plain data that :func:`columns_from` reads back."""
        return {name: asdict(column) for name, column in self.columns.items()}


def columns_from(described: Mapping[str, Mapping[str, Any]]) -> dict[str, Column]:
    """Columns from the plain data of :meth:`Table.described`."""
    return {name: Column(**{**parts, "bounds": tuple(parts["bounds"])}) for name, parts in described.items()}


def to_arrow(data: Any) -> Any:
    """Make a pyarrow Table of anything tabular; dictionary and view text becomes plain text.

    Parameters
    ----------
    data : mapping, Table, pandas or Polars frame, pyarrow Table, or anything with an Arrow stream
        The cells. A pandas index is left out; numbers and missing cells are kept as they are.

    Returns
    -------
    pyarrow.Table
        The same columns in the same order.

    Raises
    ------
    ParameterError
        If it is none of these, or its columns have different lengths.
    """
    if isinstance(data, pa.Table):
        table = data
    elif isinstance(data, Mapping):
        try:
            table = pa.table({str(name): _array(cells) for name, cells in data.items()})
        except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError) as error:
            raise ParameterError(
                f"these columns make no table: {error}; give equal lengths and one type each"
            ) from None
    elif hasattr(data, "__arrow_c_stream__"):
        table = _without_index(pa.table(data))
    else:
        found = type(data).__name__
        raise ParameterError(f"a table cannot be made of {found}; give a frame, a dict of columns or an Arrow table")
    return _plain_text(table)


def _equal(one: Any, other: Any) -> bool:
    """Equality to the bit: missing equals missing and NaN equals NaN."""
    if pa.types.is_floating(one.type):
        missing = bool(one.is_null().equals(other.is_null()))
        cells = (pc.fill_null(column, 0.0).to_numpy(zero_copy_only=False).tobytes() for column in (one, other))
        return missing and bool(next(cells) == next(cells))
    return bool(one.equals(other))


def _array(cells: Any) -> Any:
    return cells if isinstance(cells, (pa.Array, pa.ChunkedArray)) else pa.array(cells)


def _without_index(table: Any) -> Any:
    """Drop the index columns pandas puts into its Arrow stream; users' columns never have these names."""
    extra = [name for name in table.column_names if name.startswith("__index_level_")]
    return table.drop_columns(extra) if extra else table


def _plain_text(table: Any) -> Any:
    for position, column in enumerate(table.schema):
        kind = column.type
        if pa.types.is_dictionary(kind):
            kind = kind.value_type
        if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
            kind = pa.string()
        if kind != column.type:
            table = table.set_column(position, column.name, table.column(position).cast(kind))
    return table


def _worded(cells: Any, words: Mapping[str, str]) -> Any:
    if not words or not pa.types.is_string(cells.type):
        return cells
    found = pc.index_in(cells, pa.array(list(words)))
    return pc.coalesce(pc.take(pa.array(list(words.values())), found), cells)


def _guarded(text: str) -> str:
    return "'" + text if text.startswith(GUARDED) and not NUMBER.fullmatch(text) else text


def _cells(column: Any) -> list[Any]:
    cells = column.to_pylist()
    if pa.types.is_string(column.type):
        return ["" if cell is None else _guarded(cell) for cell in cells]
    if pa.types.is_list(column.type):
        return ["" if cell is None else _guarded(", ".join(map(str, cell))) for cell in cells]
    return ["" if cell is None else _plain(cell) for cell in cells]


def _plain(cell: Any) -> Any:
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else (None if math.isnan(cell) else str(cell))
    return cell.isoformat() if hasattr(cell, "isoformat") else cell


def _shown(cell: Any) -> str:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return "–"
    if isinstance(cell, float):
        return f"{cell:,.6g}" if abs(cell) < 1e6 else f"{cell:,.2f}"
    return str(cell)


def _unit(column: Column) -> str:
    return f" ({html.escape(column.unit)})" if column.unit else ""
