"""Amounts of spans that a period cuts: the part of each that falls into it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal, get_args

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.content import Content
from ecograph.errors import ParameterError, ViewError
from ecograph.quality import Finding

Apportion = Literal["days", "start"]
DAY = np.timedelta64(1, "D")


def apportioned(
    content: Content, relations: Sequence[str], amount: str, how: Apportion | None
) -> tuple[Content, list[Finding]]:
    """Give each amount of a span that a period cuts the part that falls into the period.

    Parameters
    ----------
    content : Content
        Tables, perhaps narrowed to a period.
    relations : sequence of str
        Relation kinds; only spans have anything to divide.
    amount : str
        Column of the amounts.
    how : {"days", "start"} or None
        ``days`` divides an amount evenly over the days of its span; ``start`` counts it whole in the period its span
        begins in.

    Returns
    -------
    Content
        The same where no span is cut.
    list of Finding
        Spans without the day that is needed, which are left out.

    Raises
    ------
    ParameterError
        If ``how`` is none of the two.
    ViewError
        If spans are cut and nothing is said.
    """
    if how is not None and how not in get_args(Apportion):
        raise ParameterError(f"apportion={how!r}; allowed: {', '.join(get_args(Apportion))}")
    chosen = chosen_period(content)
    tables, findings = dict(content.relations), list[Finding]()
    for name in {content.schema.relation(relation).name for relation in relations} & tables.keys():
        if chosen is None or content.schema.relation(name).time != "span" or amount not in tables[name].column_names:
            continue
        first, last = chosen
        starts, stops = (_days(tables[name], column) for column in ("valid_from", "valid_to"))
        cut = np.isnat(starts) | (starts < first) | np.isnat(stops) | (stops > last)
        if not cut.any():
            continue
        if how is None:
            raise ViewError(
                f"{name}: {int(cut.sum())} amounts stand on spans that the period from {first} to {last} cuts; "
                f"say apportion='days' or apportion='start'"
            )
        shares = _shares(starts, stops, first, last, how)
        missing = int(np.isnan(shares).sum())
        findings += [Finding("open_span", missing, f"relations/{name}", column=amount)] if missing else []
        tables[name] = _divided(tables[name], amount, shares)
    changed = any(tables[name] is not content.relations[name] for name in tables)
    return (replace(content, relations=tables, origins={}, known="") if changed else content), findings


def chosen_period(content: Content) -> tuple[Any, Any] | None:
    """The days [first, last) that every step of selection leaves; None where nothing was cut by time."""
    periods = [np.array(step["between"], "datetime64[D]") for step in content.selection if "between" in step]
    days = [np.datetime64(step["at"], "D") for step in content.selection if "at" in step]
    periods += [np.array([day, day + DAY]) for day in days]
    if not periods:
        return None
    return max(one[0] for one in periods), min(one[1] for one in periods)


def _days(table: pa.Table, name: str) -> NDArray[np.datetime64]:
    if name not in table.column_names:
        return np.full(table.num_rows, np.datetime64("NaT"), "datetime64[D]")
    return np.asarray(table.column(name).to_numpy(), "datetime64[D]")


def _shares(starts: Any, stops: Any, first: Any, last: Any, how: Apportion) -> NDArray[np.float64]:
    """Part of each span that counts in the period; NaN where a day is missing that is needed."""
    if how == "start":
        return np.where(np.isnat(starts), np.nan, ((starts >= first) & (starts < last)).astype(np.float64))
    open_ended = np.isnat(starts) | np.isnat(stops)
    lengths = np.where(open_ended, DAY, stops - starts) / DAY
    inside = np.where(open_ended, DAY, np.minimum(stops, last) - np.maximum(starts, first)) / DAY
    return np.where(open_ended, np.nan, inside / lengths)


def _divided(table: pa.Table, amount: str, shares: NDArray[np.float64]) -> pa.Table:
    place = table.column_names.index(amount)
    amounts = table.column(amount).combine_chunks().cast(pa.float64())
    cells = amounts.to_numpy(zero_copy_only=False) * shares
    column = pa.array(cells, mask=np.asarray(amounts.is_null()) | np.isnan(shares))
    return table.set_column(place, amount, column).filter(pa.array(shares > 0))
