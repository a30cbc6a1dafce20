"""Rows: raw tables of one kind, headings matched and cells cast, one below the other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import Mask
from ecograph.errors import LoadError
from ecograph.reading.cells import arrow_type, cast
from ecograph.reading.characters import LOST, NUL, holding
from ecograph.reading.dates import narrowed
from ecograph.reading.log import Log, Places, shown
from ecograph.reading.masks import to_mask
from ecograph.reading.memory import give_back
from ecograph.reading.packed import PACKED, UNITS, Cells, is_packed, picked_from, unpacked
from ecograph.reading.raw import Raw
from ecograph.reading.texts import to_text, trimmed
from ecograph.schema import NODE_COLUMNS, TIME_COLUMNS, Attribute, Schema

START, END = (column.name for column in TIME_COLUMNS["span"])
OWN_DATES = frozenset(column.name for columns in TIME_COLUMNS.values() for column in columns)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A typed table and the places its lines came from."""

    table: pa.Table
    places: Places

    def kept(self, mask: Mask) -> "Rows":
        """The lines where the mask is true."""
        return self if mask.all() else Rows(self.table.filter(pa.array(mask)), self.places.take(mask))

    def without(self, positions: NDArray[np.int64], reasons: Mapping[str, Mask], column: str, log: Log) -> "Rows":
        """The lines but those, among these positions, where a reason to leave them out is true."""
        stay = np.ones(self.table.num_rows, dtype=bool)
        for code, mask in reasons.items():
            left = positions[mask]
            log.rows(code, self.places.take(left), self.column(column).take(pa.array(left)), column)
            stay[left] = False
        return self.kept(stay)

    def ordered(self, order: NDArray[np.integer[Any]], known: Mapping[str, pa.Array] | None = None) -> "Rows":
        """The lines at these positions, in this order; ``known`` columns are in this order already."""
        taken, columns = pa.array(order), dict(known or {})
        for name, column in zip(self.table.column_names, self.table.columns, strict=True):
            if name not in columns:
                columns[name] = column.combine_chunks().take(taken)
        cells = [columns[name] for name in self.table.column_names]
        return Rows(pa.table(cells, schema=self.table.schema), self.places.take(order))

    def cells(self, name: str) -> Cells:
        """One column in its pieces; missing cells if there is no such column."""
        if name not in self.table.column_names:
            return pa.nulls(self.table.num_rows, pa.string())
        return self.table.column(name)

    def column(self, name: str) -> pa.Array:
        """One column in one piece."""
        cells = self.cells(name)
        return cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells

    def blank(self, name: str) -> Mask:
        """Where a text column has no more than space."""
        return to_mask(trimmed(self.column(name)).is_null())

    def finished(self) -> pa.Table:
        """The table in one piece, with days where every moment of a column is a midnight."""
        table = self.table.combine_chunks()
        for position, column in enumerate(table.schema):
            if pa.types.is_timestamp(column.type):
                table = table.set_column(position, column.name, narrowed(table.column(position)))
        return table


def gathered(
    raws: Iterable[Raw], columns: Sequence[Attribute], needed: Sequence[str], schema: Schema, log: Log
) -> Rows:
    """Stack raw tables of one kind; a row whose own dates are mistaken is left out, elsewhere only the cell.

    Parameters
    ----------
    raws : iterable of Raw
        Tables of the kind in order of their files; each is let go before the next is asked for.
    columns : sequence of Attribute
        The columns the kind may have; others are kept as text and found.
    needed : sequence of str
        The columns it must have.
    schema : Schema
        Where vocabularies stand.
    log : Log
        Takes what is found.

    Returns
    -------
    Rows
        Known columns in the order of the schema, then the others by name.

    Raises
    ------
    LoadError
        If a needed column is missing or a column stands twice, in English and Chinese.
    """
    parts, usable, places = [], [np.empty(0, dtype=bool)], []
    for raw in raws:
        part, sound = _typed(raw, columns, needed, schema, log)
        parts.append(part)
        usable.append(sound)
        places.append((raw.file, raw.rows))
        del raw
        give_back()
    return Rows(_stacked(parts, columns), Places.joined(places)).kept(np.concatenate(usable))


def _typed(
    raw: Raw, columns: Sequence[Attribute], needed: Sequence[str], schema: Schema, log: Log
) -> tuple[Mapping[str, Cells], Mask]:
    """Columns of a raw table under their own names and types, and the rows whose own dates are usable."""
    known = {column.name: column for column in columns}
    places = Places.of([raw])
    typed, usable = {}, np.ones(raw.table.num_rows, dtype=bool)
    for name, heading in _matched(raw, columns, needed).items():
        log.called(raw.file, name, raw.headings.get(heading, heading))
        cells = _legible(raw.table.column(heading), places, shown(name), log)
        if name not in known:
            log.count("unknown_column", len(cells), raw.file, shown(name))
            typed[name] = to_text(cells)
            continue
        made = cast(cells, known[name], schema, raw.numerals)
        typed[name] = made.cells
        for mistake in made.mistakes:
            note, source = (log.words, made.cells) if mistake.code == "open_word" else (log.rows, cells)
            values = to_text(picked_from(source, mistake.picked))
            note(mistake.code, places.take(mistake.picked), values, name, **mistake.details)
            if name in OWN_DATES:
                usable[mistake.picked] = False
    return typed, usable


def _legible(cells: pa.ChunkedArray, places: Places, column: str, log: Log) -> Cells:
    """Empty cells that hold a NUL byte, and find those in which a character was lost."""
    lost, broken = holding(cells, LOST), holding(cells, NUL)
    for code, picked in (("lost_character", lost), ("nul_character", broken)):
        log.rows(code, places.take(picked), picked_from(cells, picked), column)
    if not len(broken):
        return cells
    cells = unpacked(cells)
    mask = np.zeros(len(cells), dtype=bool)
    mask[broken] = True
    return pc.if_else(pa.array(mask), pa.scalar(None, cells.type), cells)


def _matched(raw: Raw, columns: Sequence[Attribute], needed: Sequence[str]) -> dict[str, str]:
    """Heading of every column of the file, by the column's name."""
    own = {column.name for column in columns}
    spelled = [column for column in (*NODE_COLUMNS, *columns) if column.name in own]
    names = {column.zh: column.name for column in spelled if column.zh} | {name: name for name in own}
    found: dict[str, str] = {}
    for heading in raw.table.column_names:
        name = names.get(heading, heading)
        if name in found:
            raise LoadError(f"{raw.file} row 1: {found[name]!r} and {heading!r} are the same column; keep one of them")
        found[name] = heading
    for column in columns:
        if column.name in needed and column.name not in found:
            headings = shown(", ".join(found.values())) or "nothing"
            other = ", or name it under columns in ecosystem.toml" * ("." in raw.file)
            raise LoadError(
                f"{raw.file} row 1: no column {column.name} ({column.zh}); found: {headings}; add it{other}"
            )
    return found


def _stacked(parts: Sequence[Mapping[str, Cells]], columns: Sequence[Attribute]) -> pa.Table:
    types = {column.name: arrow_type(column) for column in columns if any(column.name in part for part in parts)}
    types |= dict.fromkeys(sorted({name for part in parts for name in part} - set(types)), pa.string())
    for name in types.keys() & set(UNITS):
        if all(is_packed(part[name].type) for part in parts if name in part):
            types[name] = PACKED
    schema = pa.schema(list(types.items()))
    return pa.concat_tables([schema.empty_table(), *(_alike(part, schema) for part in parts)])


def _alike(part: Mapping[str, Cells], schema: pa.Schema) -> pa.Table:
    """Add the columns that only other files have, and unpack what others have not packed."""
    length = len(next(iter(part.values())))
    cells = [
        (part[column.name] if is_packed(column.type) else unpacked(part[column.name]))
        if column.name in part
        else pa.nulls(length, column.type)
        for column in schema
    ]
    return pa.table(cells, schema=schema)


def before_start(rows: Rows, log: Log) -> Mask:
    """Find the rows that end on or before the day they start."""
    if not {START, END} <= set(rows.table.column_names):
        return np.zeros(rows.table.num_rows, dtype=bool)
    starts, ends = rows.column(START), rows.column(END)
    if not pa.types.is_timestamp(starts.type):  # columns that the schema does not know are text
        return np.zeros(rows.table.num_rows, dtype=bool)
    wrong = to_mask(pc.less_equal(ends, starts))
    if wrong.any():
        picked = pa.array(np.flatnonzero(wrong))
        spans = [pc.cast(narrowed(side.take(picked)), pa.string()) for side in (starts, ends)]
        log.rows("ends_before_start", rows.places.take(wrong), pc.binary_join_element_wise(*spans, " … "), END)
    return wrong
