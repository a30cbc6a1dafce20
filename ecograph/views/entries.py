"""Entries: rows that say how much of what, and the reasons for which rows are left out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import Content, Mask, Positions
from ecograph.errors import WeightError
from ecograph.methods.looking_up import looked_up
from ecograph.quality import Finding
from ecograph.views.records import EVER, NEVER, Days, dates_of, days_of
from ecograph.views.roles import column_of

Codes = NDArray[np.int64]
Amounts = NDArray[np.float64]
Match = Literal["resource", "category"]

SHOWN = 5


@dataclass(frozen=True, eq=False)
class Entries:
    """Rows of one relation kind that say how much of what.

    Parameters
    ----------
    relation : str
        The relation kind.
    rows : int64 (entries)
        Row of the relation's table, ascending.
    sources, targets : int32 (entries)
        Positions of the ends.
    resources, labels, units : pyarrow.Array (entries)
        Id of the resource, what is matched (the resource or its category), and the unit, empty for none.
    things : int64 (entries)
        Number of the label together with the unit; rows are compared where it is the same.
    starts, stops : int64 (entries)
        First day, and first day no longer, as days since 1970-01-01; of a moment its day and the next.
    amounts : float64 (entries)
        How much, in the unit.
    findings : tuple of Finding
        Rows that were left out.
    """

    relation: str
    rows: Codes
    sources: Positions
    targets: Positions
    resources: pa.Array
    labels: pa.Array
    units: pa.Array
    things: Codes
    starts: Days
    stops: Days
    amounts: Amounts
    findings: tuple[Finding, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def since(self, picked: Codes) -> pa.Array:
        """First day of some entries as ISO text; missing where there is none."""
        return dates_of(self.starts[picked], EVER).cast(pa.string())

    def kept(self, mask: Mask) -> "Entries":
        """The entries where the mask is true."""
        picked: dict[str, Any] = {
            name: cells.filter(pa.array(mask)) if isinstance(cells, pa.Array) else cells[mask]
            for name, cells in vars(self).items()
            if name not in ("relation", "findings")
        }
        return replace(self, **picked)


def entries_of(content: Content, relation: str, match: Match, unit: str | None, today: int) -> Entries:
    """Rows of a relation kind that have a resource, an amount in the unit asked for, and begin by a day.

    Parameters
    ----------
    content : Content
        The data.
    relation : str
        A relation kind with resource, amount and unit.
    match : {"resource", "category"}
        What is matched: the resource or its category.
    unit : str or None
        Unit of all amounts; None for the unit each row has.
    today : int
        Day after which nothing is known, as days since 1970-01-01.

    Returns
    -------
    Entries
        Not numbered by thing yet.

    Raises
    ------
    WeightError
        If an amount is negative, NaN or infinite.
    """
    if relation not in content.relations:
        nothing, nobody, none = np.empty(0, np.int64), np.empty(0, np.int32), pa.nulls(0, pa.string())
        return Entries(relation, nothing, nobody, nobody, none, none, none, nothing, nothing, nothing, np.empty(0))
    table = content.relations[relation]
    rows = np.arange(table.num_rows)
    resources, cells = (column_of(content, relation, name).cast(pa.string()) for name in ("resource", "unit"))
    units, factors = _converted(content, cells, unit)
    whole = Entries(
        relation,
        rows,
        *content.ends(relation),
        resources,
        resources if match == "resource" else looked_up(table, "resource", content.nodes.get("Resource"), match),
        units,
        np.zeros_like(rows),
        *_days(content, relation),
        _amounts(content, relation) * factors,
    )
    kept, findings = np.ones(len(rows), np.bool_), []
    for finding, mask in _reasons(whole, unit, today, _opened(content, whole)):
        count = int((kept & mask).sum())
        findings += [replace(finding, count=count, file=f"relations/{relation}")] * bool(count)
        kept &= ~mask
    return replace(whole.kept(kept), findings=tuple(findings))


def _days(content: Content, relation: str) -> tuple[Days, Days]:
    """First day of each row, and first day no longer; a moment without a day has neither."""
    table = content.relations[relation]
    if content.schema.relation(relation).time == "span":
        return days_of(table, "valid_from", EVER), days_of(table, "valid_to", NEVER)
    days = days_of(table, "at", EVER)
    return days, np.where(days > EVER, days + 1, EVER)


def _converted(content: Content, units: pa.Array, unit: str | None) -> tuple[pa.Array, Amounts]:
    """Unit of each row, missing where it is not the one asked for, and the factor that leads to it."""
    if unit is None:
        return units.fill_null(""), np.ones(len(units))
    known = {one: factor for (one, to), factor in content.factors.items() if to == unit} | {unit: 1.0}
    places = pc.index_in(units, pa.array(list(known), pa.string()))
    factors = pa.array(list(known.values()), pa.float64()).take(places).fill_null(1.0)
    return pc.if_else(places.is_valid(), unit, None).cast(pa.string()), factors.to_numpy(zero_copy_only=False)


def _amounts(content: Content, relation: str) -> Amounts:
    """Amounts, NaN where there is none; what no amount may be is refused."""
    cells = column_of(content, relation, "amount").cast(pa.float64())
    amounts = np.asarray(cells.to_numpy(zero_copy_only=False), np.float64)
    bad = np.isinf(amounts) | (amounts < 0)
    if bad.any():
        keys = content.keys(relation, np.flatnonzero(bad)[:SHOWN]).to_pylist()
        raise WeightError(
            f"{relation}.amount: {int(bad.sum())} values are negative or infinite, first {float(amounts[bad][0])} at "
            f"{'; '.join(keys)}; mend these rows"
        )
    return amounts


def _opened(content: Content, whole: Entries) -> Days:
    """First day of what each span is at; a moment is at nothing."""
    if content.schema.relation(whole.relation).time != "span":
        return np.full(len(whole), EVER)
    firsts = [days_of(table, "valid_from", EVER) for table in content.nodes.values()]
    return np.concatenate(firsts)[whole.targets]


def _reasons(whole: Entries, unit: str | None, today: int, opened: Days) -> Iterator[tuple[Finding, Mask]]:
    """Why rows are left out; a row is counted for the first reason."""
    late = whole.starts > today
    yield Finding("after_day", value=str(np.datetime64(today, "D")) if late.any() else ""), late
    yield Finding("before_platform"), (whole.starts > EVER) & (whole.starts < opened)
    yield Finding("missing_value", column="at"), whole.stops == EVER
    yield Finding("missing_value", column="resource"), _is_null(whole.resources)
    yield Finding("missing_value", column="category"), _is_null(whole.labels)
    yield Finding("other_unit", details={"unit": unit}), _is_null(whole.units)
    yield Finding("missing_value", column="amount"), np.isnan(whole.amounts)


def _is_null(cells: pa.Array) -> Mask:
    return np.asarray(cells.is_null().to_numpy(zero_copy_only=False), np.bool_)
