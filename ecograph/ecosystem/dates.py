"""Dates: which rows were there in a period, and how a stretch of time is cut into periods."""

import re
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.content import Content, Mask
from ecograph.errors import ParameterError

DAY = re.compile(r"\d{4}-\d\d-\d\d")


def day_of(text: str, name: str) -> Any:
    """An ISO day as a numpy date, or an error that names the parameter."""
    try:
        return np.datetime64(text if DAY.fullmatch(str(text)) else "no day", "D")
    except ValueError:
        raise ParameterError(f"{name}={text!r} is no day; write it as 2026-03-31") from None


def _dates(table: pa.Table, name: str, missing: str) -> Any:
    if name not in table.column_names:
        return np.full(table.num_rows, np.datetime64(missing), "datetime64[us]")
    column = table.column(name).combine_chunks()
    cells = column.cast(pa.timestamp("us", column.type.tz if pa.types.is_timestamp(column.type) else None))
    filled = cells.to_numpy(zero_copy_only=False).astype("datetime64[us]")
    return np.where(np.isnat(filled), np.datetime64(missing, "us"), filled)


def meets(table: pa.Table, first: Any, last: Any) -> Mask:
    """Which rows have a span that meets [first, last); an open end reaches as far as it can."""
    starts, stops = _dates(table, "valid_from", "0001-01-01"), _dates(table, "valid_to", "9999-12-31")
    return np.asarray((starts < last) & (stops > first))


def happens(table: pa.Table, first: Any, last: Any) -> Mask:
    """Which rows have their moment in [first, last)."""
    moments = _dates(table, "at", "NaT")
    return np.asarray((moments >= first) & (moments < last))


def first_and_last(table: pa.Table) -> tuple[Any, Any]:
    """First and last day that any date column of a table holds."""
    names = [name for name in ("valid_from", "valid_to", "at") if name in table.column_names]
    columns = [table.column(name).cast(pa.date32()) for name in names]
    days = [day for column in columns for day in pc.min_max(column).as_py().values() if day is not None]
    return (min(days), max(days)) if days else (None, None)


def last_day(content: Content, known: str | None) -> date | None:
    """The day a part of the data is read on.

    Parameters
    ----------
    content : Content
        The data and the steps that led to them.
    known : str or None
        Day on which the data were taken, where their folder says it.

    Returns
    -------
    datetime.date or None
        The last day of the period chosen, but not after ``known``; without a period ``known``, else the last day any
        row holds; None where there are no dates.
    """
    ends = [known] if known else []
    for step in content.selection:
        if "at" in step:
            ends.append(step["at"])
        if "between" in step:
            ends.append(str(np.datetime64(step["between"][1], "D") - 1))
    if ends:
        return date.fromisoformat(min(ends))
    lasts = [first_and_last(table)[1] for table in (*content.nodes.values(), *content.relations.values())]
    return max((day for day in lasts if day is not None), default=None)
