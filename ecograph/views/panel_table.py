"""A panel from a table of numbers, one row a platform and period, where members are not known one by one."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import Nodes
from ecograph.errors import LoadError, ParameterError, unknown
from ecograph.methods.periods import MONTHS, period_starts
from ecograph.quality import Finding, Findings
from ecograph.schema import NodeKind, Schema
from ecograph.table import to_arrow
from ecograph.views.panel import QUANTITIES, Panel, SideSizes

PLATFORM = "Platform"
SCHEMA = Schema("panel", (NodeKind(PLATFORM, zh="平台"),), ())
ACTIVE = "active"


def panel_from_table(
    table: Any, unit: str, period: str, sides: Mapping[str, str | Mapping[str, str]], *, every: str | None = None
) -> Panel:
    """Make a panel of a table that has the sizes of the sides already.

    Parameters
    ----------
    table : mapping, frame or anything with an Arrow stream
        One row a platform and period, in any order.
    unit : str
        Column that says the platform.
    period : str
        Column that says the period: days (dates, or text such as 2026-03-31), or whole numbers one apart, such as
        years.
    sides : mapping of str to str or mapping
        For each side the column of its size, or columns by quantity: ``{"active": "drivers", "entering": "hired",
        "leaving": "left", "links": "contracts", "value": "trips"}``, any of them.
    every : str, optional
        How long a period is, as for :meth:`ecograph.Ecosystem.slices`, where ``period`` says days. Left out: the
        longest of year, quarter, month, week and day on whose first days all of them stand.

    Returns
    -------
    Panel
        The view. A period a platform has no row for is a gap; an empty cell is not known. Rows without platform or
        period are left out, with a finding.

    Raises
    ------
    UnknownNameError
        If the table has no such column.
    ParameterError
        If no side is given, or ``every`` is no period.
    LoadError
        If a platform has a period twice, a period is neither a day nor a whole number, or a size is no number, infinite
        or negative.

    Examples
    --------
    >>> import ecograph as eg
    >>> rides = {"base": ["a", "a", "b"], "day": ["2015-01-01", "2015-01-02", "2015-01-01"], "cars": [3, 4, 1]}
    >>> panel = eg.panel_from_table(rides, unit="base", period="day", sides={"cars": "cars"})
    >>> panel.sides["cars"].active.tolist(), panel.previous.tolist()
    ([3.0, 4.0, 1.0], [-1, 0, -1])
    """
    rows = to_arrow(table)
    asked = {name: {ACTIVE: given} if isinstance(given, str) else dict(given) for name, given in sides.items()}
    _named(rows, [unit, period], asked)
    known = np.asarray(pc.and_(pc.is_valid(rows[unit]), pc.is_valid(rows[period])))
    findings = [
        Finding("missing_value", rows[name].null_count, column=name) for name in (unit, period) if rows[name].null_count
    ]
    places = np.flatnonzero(known)
    rows = rows.take(pa.array(places))
    ids = rows[unit].combine_chunks().cast(pa.string())
    names = pa.array(sorted(ids.unique().to_pylist()), pa.string())
    units = np.asarray(pc.index_in(ids, names), np.int64)
    periods, codes = _periods(rows[period].combine_chunks(), period, every)
    order = np.lexsort((codes, units))
    _once(units[order], codes[order], places[order], (ids, unit, period, periods))
    cells = {name: _numbers(rows, columns, order) for name, columns in asked.items()}
    said = {"unit": unit, "period": period, "sides": {name: dict(one) for name, one in asked.items()}, "every": every}
    return Panel(
        nodes=Nodes(SCHEMA, {PLATFORM: pa.table({"id": names})}),
        recipe={"view": "panel_from_table", "relations": [], "arguments": said, "selection": []},
        origin=lambda: _fingerprint(said, (names.take(pa.array(units[order])), pa.array(codes[order]), periods), cells),
        findings=Findings(findings),
        units=names,
        periods=periods,
        unit_codes=units[order],
        period_codes=codes[order],
        sides=cells,
    ).judged()


def _named(rows: pa.Table, keys: list[str], asked: Mapping[str, Mapping[str, str]]) -> None:
    """Refuse names that mean nothing here."""
    if not asked:
        raise ParameterError("sides: none; give one or more: {'vehicles': 'active_vehicles'}")
    for name, columns in asked.items():
        for quantity in columns:
            if quantity not in QUANTITIES:
                raise unknown(f"quantity of the side {name}", quantity, QUANTITIES)
    for column in [*keys, *(one for columns in asked.values() for one in columns.values())]:
        if column not in rows.column_names:
            raise unknown("column of the table", column, rows.column_names)


def _periods(cells: pa.Array, name: str, every: str | None) -> tuple[pa.Array, NDArray[np.int64]]:
    """Every period from the first to the last, and the place of each row's among them."""
    if pa.types.is_integer(cells.type):
        if every is not None:
            raise ParameterError(f"every={every!r}: the periods in {name} are whole numbers one apart; leave it out")
        numbers = np.asarray(cells, np.int64)
        least, most = (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, -1)
        return pa.array(np.arange(least, most + 1)), numbers - least
    try:
        days = np.asarray(cells.cast(pa.date32()), "datetime64[D]")
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise LoadError(f"{name}: {error}; write days as 2026-03-31, or whole numbers") from None
    first, last = (days.min(), days.max()) if len(days) else (None, None)
    starts = period_starts(first, last, every or _longest(days))
    return pa.array(starts[:-1]), np.searchsorted(starts, days, "right") - 1


def _longest(days: NDArray[np.datetime64]) -> str:
    """Longest period on whose first days all days stand."""
    months = days.astype("datetime64[M]")
    if (months == days).all() and len(days):
        numbers = months.astype(np.int64)
        return next(name for name, step in reversed(MONTHS.items()) if not (numbers % step).any())
    mondays = (days.astype(np.int64) + 3) % 7 == 0
    return "week" if mondays.all() and len(days) else "day"


def _once(units: Any, codes: Any, places: Any, said: tuple[pa.Array, str, str, pa.Array]) -> None:
    """Refuse a platform that has a period twice; rows are counted from 1."""
    twice = np.flatnonzero((np.diff(units) == 0) & (np.diff(codes) == 0))
    if not len(twice):
        return
    ids, unit, period, periods = said
    names = sorted(ids.unique().to_pylist())
    first = int(twice[0])
    rows = sorted(places[first : first + 2] + 1)
    raise LoadError(
        f"{unit} {names[units[first]]!r} has the {period} {periods[int(codes[first])]} twice, in rows {rows[0]} and "
        f"{rows[1]}, and {len(twice) - 1} more such; keep one row each"
    )


def _numbers(rows: pa.Table, columns: Mapping[str, str], order: NDArray[np.int64]) -> SideSizes:
    """Sizes of a side by row of the panel."""
    found: dict[str, Any] = {quantity: np.full(len(order), np.nan) for quantity in QUANTITIES}
    for quantity, column in columns.items():
        try:
            cells = rows[column].combine_chunks().cast(pa.float64())
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise LoadError(f"{column}: {error}; give numbers") from None
        numbers = np.asarray(cells.to_numpy(zero_copy_only=False), np.float64)[order]
        bad = np.isinf(numbers) | ((numbers < 0) & (quantity != "value"))
        if bad.any():
            raise LoadError(
                f"{column} holds {int(bad.sum())} numbers that no {quantity} can be, first {numbers[bad][0]:g}; "
                f"mend them or leave the cells empty"
            )
        found[quantity] = numbers
    return SideSizes(**found)


def _fingerprint(said: Mapping[str, Any], keys: tuple[pa.Array, ...], cells: Mapping[str, SideSizes]) -> str:
    """SHA-256 of the numbers in order and of how they were read."""
    found = hashlib.sha256(json.dumps(said, sort_keys=True).encode())
    for column in keys:
        found.update("\n".join(map(str, column.to_pylist())).encode())
    for _, side in sorted(cells.items()):
        for quantity in QUANTITIES:
            found.update(getattr(side, quantity).tobytes())
    return found.hexdigest()
