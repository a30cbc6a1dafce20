"""Ledger: who demands, supplies and delivers how much of what, and which delivery goes to which demand."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import get_args

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.content import Content, Positions
from ecograph.errors import ParameterError, ViewError, WeightError
from ecograph.methods.allocation import Allocation, Claims, Deliveries, allocated, delivered, missed
from ecograph.quality import Findings
from ecograph.views.entries import Amounts, Codes, Entries, Match, entries_of
from ecograph.views.records import EVER, NEVER, Records
from ecograph.views.roles import column_of
from ecograph.views.things import numbered
from ecograph.views.view import recipe_of

RELATIONS = ("DEMANDS", "SUPPLIES", "TRANSFERS")


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Ledger(Records):
    """Demands, supplies and deliveries, and what they are of.

    Parameters
    ----------
    match : {"resource", "category"}
        What a delivery must have in common with a demand; their unit must be the same, too.
    demands, supplies, deliveries : Entries
        Rows of DEMANDS, SUPPLIES and TRANSFERS that say how much of what.
    things, units : pyarrow.Array
        What is matched, a resource or a category, and the unit it is counted in; entries have its number.
    """

    match: Match
    demands: Entries
    supplies: Entries
    deliveries: Entries
    things: pa.Array
    units: pa.Array

    @cached_property
    def allocation(self) -> Allocation:
        """Which demand each delivery goes to, and what came for each demand."""
        return allocated(self._claims(self.demands), self._delivered(self.deliveries.targets))

    @cached_property
    def delivered(self) -> Amounts:
        """What the supplier of each supply delivered of it within its span."""
        return delivered(self._claims(self.supplies), self._delivered(self.deliveries.sources))

    @cached_property
    def missed(self) -> tuple[Codes, Codes, Amounts]:
        """Who delivered, a demand that would not be met without them, and what it would be short of."""
        deliveries = self._delivered(self.deliveries.targets)
        return missed(self._claims(self.demands), deliveries, self.deliveries.sources.astype(np.int64))

    def running(self, entries: Entries) -> NDArray[np.bool_]:
        """Which of these entries still hold on the day; all where the data have no dates."""
        return entries.stops > self.today if self.day else np.ones(len(entries), np.bool_)

    def lasted(self, entries: Entries) -> Amounts:
        """Days for which these entries have held on the day; NaN where they no longer do or have no first day."""
        if self.day is None:
            return np.full(len(entries), np.nan)
        known = self.running(entries) & (entries.starts > EVER)
        return np.where(known, self.today - np.where(known, entries.starts, 0), np.nan)

    def keys(self, entries: Entries, picked: Codes) -> dict[str, pa.Array]:
        """Key columns of some of these entries."""
        keys = {
            "relation": pa.array([entries.relation] * len(picked), pa.string()),
            "key": self.content.keys(entries.relation, entries.rows[picked]),
        }
        for name, ends in (("source", entries.sources), ("target", entries.targets)):
            positions = pa.array(ends[picked])
            keys |= {f"{name}_kind": self.nodes.kinds.take(positions), name: self.nodes.ids.take(positions)}
        return keys

    def _claims(self, entries: Entries) -> Claims:
        return Claims(self._pairs(entries.sources, entries), entries.starts, entries.stops, entries.amounts)

    def _delivered(self, ends: Positions) -> Deliveries:
        return Deliveries(self._pairs(ends, self.deliveries), self.deliveries.starts, self.deliveries.amounts)

    def _pairs(self, ends: Positions, entries: Entries) -> Codes:
        """Number of who and what."""
        return ends.astype(np.int64) * len(self.things) + entries.things


def ledger(
    content: Content,
    match: Match = "resource",
    *,
    unit: str | None = None,
    day: str | None = None,
    today: date | None = None,
) -> Ledger:
    """Make a ledger of demands, supplies and transfers.

    The door's text is at :meth:`ecograph.ecosystem.Ecosystem.ledger`; ``today`` is the day it found.
    """
    if match not in get_args(Match):
        raise ParameterError(f"match={match!r}; allowed: {', '.join(get_args(Match))}")
    if any("at" in step for step in content.selection):
        raise ViewError(
            "eco.at(day) has no transfers, which are moments; use eco.ledger(day=...) for the state of a day"
        )
    if unit is not None:
        _check_unit(content, unit)
    last = NEVER if today is None else int(np.datetime64(today, "D").astype(np.int64))
    parts = [entries_of(content, relation, match, unit, last) for relation in RELATIONS]
    made, things, units = numbered(parts, content.factors)
    used = units.unique().to_pylist()
    return Ledger(
        nodes=content.index,
        recipe=recipe_of("ledger", content, (), {"match": match, "unit": unit, "day": day}),
        origin=content.origin,
        unit=unit or (used[0] if len(used) == 1 else ""),
        findings=Findings(finding for part in made for finding in part.findings),
        content=content,
        day=today,
        match=match,
        **dict(zip(("demands", "supplies", "deliveries"), made, strict=True)),
        things=things,
        units=units,
    )


def _check_unit(content: Content, unit: str) -> None:
    """Refuse a unit that no row has or can be put into; a slice may well have none."""
    tables = [relation for relation in RELATIONS if relation in content.relations]
    cells = [column_of(content, relation, "unit").cast(pa.string()) for relation in tables]
    found = {one for column in cells for one in column.unique().to_pylist() if one}
    known = {unit, *(one for one, to in content.factors if to == unit)}
    if found and not found & known and not content.selection:
        raise WeightError(
            f"unit={unit!r}: no amount is in it or has a factor to it; found: {', '.join(sorted(found))}; give one of "
            f"these"
        )
