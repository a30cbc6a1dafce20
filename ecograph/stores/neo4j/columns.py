"""Columns: how the tables of an ecosystem become lists of values that a server takes, and lists become tables again.

A column goes as one list for each property it has. A day is a day; a moment is a day, for queries compare days, and its
microseconds beside it. Missing cells are properties that are not there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import NUMBER
from ecograph.stores.neo4j.names import moments_of, property_of, quoted

Places = NDArray[np.int64]

TYPES: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "moment": pa.timestamp("us", "UTC"),
    "word": pa.dictionary(pa.int32(), pa.string()),
    "count": pa.int32(),
}
COLLECTED: Mapping[str, pa.DataType] = {"word": pa.string(), "date": pa.int32(), "moment": pa.int64()}
NUMBERED = "_number"
EPOCH = "date('1970-01-01')"


@dataclass(frozen=True, slots=True)
class Stored:
    """A column of a table in the database.

    Parameters
    ----------
    name : str
        Its name in the table.
    type : str
        Its type, one of TYPES.
    property : str
        Property that queries read.
    missing : int
        How many of its cells are missing.
    """

    name: str
    type: str
    property: str
    missing: int

    def lists(self, cells: pa.ChunkedArray) -> list[list[Any]]:
        """Values of some cells, a list for each of its properties."""
        if self.type != "moment":
            return [cells.to_pylist()]
        days = pc.cast(pc.floor_temporal(cells, unit="day"), pa.date32(), safe=False)
        return [cells.cast(pa.int64()).to_pylist(), days.to_pylist()]

    def properties(self) -> list[str]:
        """Properties that hold it."""
        return [moments_of(self.property), self.property] if self.type == "moment" else [self.property]

    def collected(self, place: str) -> tuple[str, ...]:
        """Expressions that collect it on the server: where its values stand if some are missing, and its values."""
        held = f"x.{quoted(self.property)}"
        values = held
        if self.type == "moment":
            values = f"x.{quoted(moments_of(self.property))}"
        elif self.type == "date":
            values = f"duration.inDays({EPOCH}, {held}).days"
        places = f"collect(CASE WHEN {held} IS NOT NULL THEN x.{place} END)"
        return (places, f"collect({values})") if self.missing else (f"collect({values})",)

    def array(self, values: list[Any]) -> pa.Array:
        """Values as they were collected."""
        return pa.array(values, COLLECTED.get(self.type, TYPES[self.type]))

    def column(self, parts: Sequence[tuple[Places, pa.Array]], rows: int) -> pa.Array:
        """The column of values and their places, in parts; missing where there is none."""
        places = np.concatenate([places for places, _ in parts])
        taken = np.full(rows, -1, np.int64)
        taken[places] = np.arange(len(places))
        spread = pa.concat_arrays([values for _, values in parts]).take(pa.array(taken, mask=taken < 0))
        return spread.dictionary_encode() if self.type == "word" else spread.cast(TYPES[self.type])


@dataclass(frozen=True, slots=True)
class Part:
    """A table of one kind in the database: its rows, its columns, and whether some rows have keys of their own."""

    rows: int
    columns: tuple[Stored, ...]
    keyed: bool = False

    def properties(self) -> list[str]:
        """Properties that hold the columns."""
        return [name for column in self.columns for name in column.properties()]

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)

    @classmethod
    def made(cls, table: pa.Table, apart: tuple[str, ...] = ()) -> "Part":
        """How a table is held, without the columns that are held apart."""
        known = {kind: name for name, kind in TYPES.items()}
        columns = tuple(
            Stored(
                field.name,
                known[field.type],
                NUMBERED if field.name == NUMBER else property_of(field.name),
                table.column(field.name).null_count,
            )
            for field in table.schema
            if field.name not in apart
        )
        return cls(table.num_rows, columns, "key" in apart and "key" in table.column_names)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Part":
        """From plain data."""
        return cls(data["rows"], tuple(Stored(**column) for column in data["columns"]), data["keyed"])
