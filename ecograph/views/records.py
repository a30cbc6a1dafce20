"""Records: rows of relations as they stand, without arcs, and the day they are read on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.content import Content
from ecograph.errors import ParameterError, ViewError
from ecograph.views.network import filters
from ecograph.views.roles import chosen_rows
from ecograph.views.view import View, recipe_of

Days = NDArray[np.int64]

EVER, NEVER = np.iinfo(np.int64).min, np.iinfo(np.int64).max
"""Start and stop of an open span."""


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Records(View):
    """Rows of relations as they stand.

    Parameters
    ----------
    content : Content
        The nodes and the chosen rows; a relation kind the data do not have is not in it.
    day : date or None
        The day on which what is active is asked; None where the data have no dates.
    """

    content: Content
    day: date | None

    @property
    def size(self) -> int:
        """How many rows it has."""
        return sum(table.num_rows for table in self.content.relations.values())

    @property
    def today(self) -> int:
        """The day as days since 1970-01-01.

        Raises
        ------
        ViewError
            If the data have no dates.
        """
        if self.day is None:
            raise ViewError("the data have no dates, so nothing says which day is meant; give day=2026-03-31")
        return int(np.datetime64(self.day, "D").astype(np.int64))

    def required(self, *relations: str) -> None:
        """Refuse data without one of these tables.

        Raises
        ------
        ViewError
            If a relation kind has no rows here, with the table to add.
        """
        for relation in relations:
            if relation not in self.content.relations:
                names = [column.name for column in self.content.schema.relation_columns(relation)]
                columns = [name for name in names if not name.endswith("_kind") and name != "key"]
                raise ViewError(
                    f"{relation}: no such rows here; add a table relations/{relation}.csv with {', '.join(columns)}"
                )

    def days(self, relation: str, name: str, missing: int) -> Days:
        """A column of dates as days since 1970-01-01, with a day that stands for missing cells; empty if no rows."""
        table = self.content.relations.get(relation)
        if table is None:
            return np.empty(0, np.int64)
        return days_of(table, name, missing)

    def spans(self, relation: str) -> tuple[Days, Days]:
        """First day, and first day no longer, of each row of a relation kind."""
        return self.days(relation, "valid_from", EVER), self.days(relation, "valid_to", NEVER)

    def active(self, relation: str) -> NDArray[np.bool_]:
        """Which rows of a relation kind have a span that holds the day."""
        starts, stops = self.spans(relation)
        return (starts <= self.today) & (self.today < stops)


def days_of(table: pa.Table, name: str, missing: int) -> Days:
    """A column of dates as days since 1970-01-01, with a day that stands for missing cells."""
    if name not in table.column_names:
        return np.full(table.num_rows, missing, np.int64)
    cells = table.column(name).combine_chunks().cast(pa.date32()).cast(pa.int32()).cast(pa.int64())
    return np.asarray(cells.fill_null(missing).to_numpy(zero_copy_only=False), np.int64)


def dates_of(days: Days, missing: int) -> pa.Array:
    """Dates of days since 1970-01-01; empty where a day is the one that stands for missing cells."""
    unknown = days == missing
    return pa.array(np.where(unknown, 0, days).astype(np.int32), mask=unknown).cast(pa.date32())


def records(
    content: Content,
    *relations: str,
    where: Mapping[str, Mapping[str, Any]] | None = None,
    day: str | None = None,
    today: date | None = None,
) -> Records:
    """Take the rows of relation kinds, of all that have rows if none is named.

    The door's text is at :meth:`ecograph.ecosystem.Ecosystem.records`; ``today`` is the day it found.
    """
    names = tuple(content.schema.relation(relation).name for relation in relations)
    if len(set(names)) < len(names):
        raise ParameterError(f"relations={', '.join(names)}: one stands twice; name each once")
    asked = names or tuple(content.relations)
    wanted = filters(content, asked, where)
    tables = {name: content.relations[name] for name in asked if name in content.relations}
    for name, values in wanted.items():
        tables[name] = tables[name].take(pa.array(chosen_rows(content, name, values)))
    return Records(
        nodes=content.index,
        recipe=recipe_of("records", content, names, {"where": where, "day": day}),
        origin=content.origin,
        content=replace(content, relations={name: table for name, table in tables.items() if table.num_rows}),
        day=today,
    )
