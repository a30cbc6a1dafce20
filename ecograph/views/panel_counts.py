"""Counting a panel: the sides of platforms, period by period, from the dates of relations."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.content import Content, Nodes
from ecograph.errors import ParameterError, ViewError, unknown
from ecograph.methods.stays import present, spread, stays, turnover
from ecograph.quality import Finding, Findings
from ecograph.views.apportion import Apportion
from ecograph.views.calendar import Calendar, calendar
from ecograph.views.panel import Panel, SideSizes
from ecograph.views.records import EVER, NEVER, days_of
from ecograph.views.roles import role_values
from ecograph.views.sides import Memberships, Side, memberships, side_of
from ecograph.views.view import recipe_of

Codes = NDArray[np.int64]
Sizes = NDArray[np.float64]


class Cells(NamedTuple):
    """The platforms by periods a panel is made of: its periods, its rows and its shape."""

    times: Calendar
    units: Codes
    periods: Codes
    shape: tuple[int, int]

    def at(self, matrix: NDArray[Any]) -> Sizes:
        """Entries of a matrix of platforms by periods at the rows."""
        return np.asarray(matrix[self.units, self.periods], np.float64)


def panel(
    content: Content,
    by: str,
    every: str = "quarter",
    *,
    sides: Mapping[str, Any],
    value: str | None = None,
    unit: str | None = None,
    apportion: Apportion | None = None,
    today: date | None = None,
) -> Panel:
    """Count the sides of platforms period by period.

    The door's text is at :meth:`ecograph.ecosystem.Ecosystem.panel`; ``today`` is the day it found.
    """
    kind = content.schema.kind(by).name
    platforms = content.index.of(kind)
    asked = {name: side_of(given, name) for name, given in sides.items()}
    if not asked:
        raise ParameterError("sides: none; give one or more: {'makers': eg.side('Maker', through='SETTLED_IN')}")
    _carrying(content, asked.values(), value)
    found = {name: memberships(content, platforms, name, given) for name, given in asked.items()}
    joined = {name: rows for name, (rows, _) in found.items()}
    names = ", ".join(dict.fromkeys(rows.relation for rows in joined.values()))
    times = calendar(content, [(rows.starts, rows.stops) for rows in joined.values()], names, every, today)
    nodes = content.index.kept(platforms)
    there = _there(nodes, times.edges)
    n_units, n_periods = there.shape
    cells = Cells(times, *np.divmod(np.flatnonzero(there), n_periods), (n_units, n_periods))
    counted, findings = {}, [finding for _, lost in found.values() for finding in lost]
    for name, rows in joined.items():
        findings += times.ahead(rows.relation, rows.starts)
        inside = rows.kept(times.inside((rows.starts, rows.stops)))
        sizes, beyond = _counted(inside, cells, there)
        numbers, its_unit, lost = _valued(content, inside, cells, value, unit, apportion)
        counted[name] = replace(sizes, value=numbers, unit=its_unit)
        findings += [*beyond, *lost]
    units = {one.unit for one in counted.values()} - {""}
    return Panel(
        nodes=nodes,
        recipe=recipe_of(
            "panel",
            content,
            (kind,),
            {"every": every, "sides": asked, "value": value, "unit": unit, "apportion": apportion},
        ),
        origin=content.origin,
        unit=units.pop() if len(units) == 1 else "",
        findings=Findings(findings),
        units=nodes.ids,
        periods=pa.array(times.days),
        unit_codes=cells.units,
        period_codes=cells.periods,
        sides=counted,
    ).judged()


def _there(nodes: Nodes, edges: Codes) -> NDArray[np.bool_]:
    """Whether each platform is there in each period."""
    spans = [(days_of(table, "valid_from", EVER), days_of(table, "valid_to", NEVER)) for table in nodes.tables.values()]
    starts, stops = (np.concatenate(one) for one in zip(*spans, strict=True))
    return (starts[:, np.newaxis] < edges[1:]) & (stops[:, np.newaxis] > edges[:-1])


def _counted(rows: Memberships, cells: Cells, there: NDArray[np.bool_]) -> tuple[SideSizes, list[Finding]]:
    """Members, who enters and leaves, and links of a side."""
    firsts, afters = cells.times.numbered((rows.starts, rows.stops))
    found = stays(rows.units, rows.members, firsts, afters)
    entering, leaving = turnover(found, cells.shape)
    links = present(rows.units, firsts, afters, cells.shape)
    lost = int(links[~there].sum())
    beyond = [Finding("platform_away", lost, f"relations/{rows.relation}")] if lost else []
    sizes = SideSizes(
        active=cells.at(present(found.units, found.starts, found.stops, cells.shape)),
        entering=cells.at(entering),
        leaving=cells.at(leaving),
        links=cells.at(links),
        value=np.full(len(cells.units), np.nan),
        stays=found,
    )
    return sizes, beyond


def _carrying(content: Content, asked: Iterable[Side], value: str | None) -> None:
    """Refuse a value that no relation of the sides has."""
    kinds = [content.schema.relation(one.through).name for one in asked]
    known = {name for kind in kinds for name in _columns(content, kind)}
    if value is not None and value not in known:
        raise unknown(f"column of {', '.join(dict.fromkeys(kinds))}", value, known)


def _columns(content: Content, relation: str) -> set[str]:
    declared = {attribute.name for attribute in content.schema.relation_columns(relation)[5:]}
    return declared | set(content.relations[relation].column_names if relation in content.relations else ())


def _valued(
    content: Content, rows: Memberships, cells: Cells, value: str | None, unit: str | None, how: Apportion | None
) -> tuple[Sizes, str, list[Finding]]:
    """Sum of the value of a side by row of the panel, its unit, and what was left out of it."""
    if value is None or value not in _columns(content, rows.relation):
        return np.full(len(cells.units), np.nan), "", []
    if not len(rows.rows):
        return np.zeros(len(cells.units)), unit or "", []
    role = "amount" if "unit" in _columns(content, rows.relation) else "count"
    chosen, its_unit, findings = role_values(content, rows.relation, rows.rows, {role: value}, unit)
    picked = np.zeros(len(rows.rows), np.bool_)
    picked[np.searchsorted(rows.rows, chosen.positions)] = True
    kept, amounts, edges = rows.kept(picked), chosen.values[role], cells.times.edges
    starts, stops = kept.starts, kept.stops
    places = np.searchsorted(edges, starts, "right")
    divided = (places == 0) | (stops > np.append(edges, NEVER)[places])
    if divided.any() and how is None:
        raise ViewError(
            f"{rows.relation}: {int(divided.sum())} values of {value} stand on spans longer than their period; "
            f"say apportion='days' or apportion='start'"
        )
    usable = (starts > EVER) & ((stops < NEVER) | (how == "start"))
    if lost := int((~usable).sum()):
        findings.append(Finding("open_span", lost, f"relations/{rows.relation}", column=value))
    until = starts + 1 if how == "start" else stops
    sums = spread(kept.units[usable], starts[usable], until[usable], amounts[usable], edges, cells.shape[0])
    return cells.at(sums), its_unit, findings
