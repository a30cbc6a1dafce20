"""Holdings: what an ecosystem holds, as the sections of a page ask for it."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.ecosystem import Ecosystem
from ecograph.page.groups import PLATFORM
from ecograph.registry import metric
from ecograph.result import Result
from ecograph.schema import Schema
from ecograph.table import Table
from ecograph.views import Ledger, Panel, Records, side

OUTSIDE = "Market"
QUARTERS = 8  # fewer of them are shown as months


class Holdings:
    """The tables of an ecosystem, each made once.

    Parameters
    ----------
    eco : Ecosystem
        The ecosystem.
    """

    def __init__(self, eco: Ecosystem) -> None:
        self.eco = eco
        self._relations: dict[str, Table] = {}
        self._results: dict[tuple[object, ...], Result] = {}
        self._panels: dict[tuple[str, ...], Panel] = {}

    @cached_property
    def summary(self) -> Table:
        """Rows of every kind, and from when to when."""
        return self.eco.summary()

    @cached_property
    def nodes(self) -> Mapping[str, int]:
        """Nodes of every kind that has any, in schema order."""
        return self._counts("node")

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Rows of every relation kind that has any, those with most first."""
        counts = self._counts("relation")
        return {kind: counts[kind] for kind in sorted(counts, key=lambda kind: (-counts[kind], kind))}

    @cached_property
    def records(self) -> Records:
        """All rows as they stand on the day of the data."""
        return self.eco.records()

    @cached_property
    def ledger(self) -> Ledger:
        """Demands, supplies and deliveries."""
        return self.eco.ledger()

    @cached_property
    def now(self) -> Ecosystem:
        """What holds on the day of the data; everything, where the data have no dates."""
        day = self.records.day
        return self.eco if day is None or self.eco.selection else self.eco.at(day.isoformat())

    @cached_property
    def outside(self) -> tuple[str, ...]:
        """Kinds that stand beyond the boundary of flows."""
        return tuple(kind.name for kind in self.eco.schema.kinds if kind.name == OUTSIDE)

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day in the data."""
        days = [day for name in ("first", "last") for day in self.summary.arrow(name).to_pylist() if day]
        return (min(days), max(days)) if days else None

    def _counts(self, what: str) -> Mapping[str, int]:
        return {row["kind"]: row["count"] for row in self.summary.rows() if row["what"] == what}

    def measured(self, name: str, **arguments: Any) -> Result:
        """Result of a metric of the records or the ledger, which several sections may show."""
        key = (name, *arguments.items())
        if key not in self._results:
            found = metric(name)
            self._results[key] = found(self.ledger if Ledger in found.views else self.records, **arguments)
        return self._results[key]

    def panel(self, makers: str, suppliers: str) -> Panel:
        """Makerspaces by quarter, or by month where there are few quarters: makers, and suppliers if there are any.

        Parameters
        ----------
        makers, suppliers : str
            What the sides are called.
        """
        if (makers, suppliers) not in self._panels:
            sides = {makers: side("Maker", through="SETTLED_IN")}
            sides |= {suppliers: side("supplier", through="SUPPLIES")} if "SUPPLIES" in self.rows else {}
            quarters = self.eco.panel(PLATFORM, "quarter", sides=sides)
            few = len(quarters.periods) < QUARTERS
            self._panels[makers, suppliers] = self.eco.panel(PLATFORM, "month", sides=sides) if few else quarters
        return self._panels[makers, suppliers]

    def relations(self, kind: str) -> Table:
        """Relations of a kind."""
        if kind not in self._relations:
            self._relations[kind] = self.eco.relations(kind)
        return self._relations[kind]

    def filled(self, kind: str, column: str) -> bool:
        """Whether a relation kind has at least one cell in a column."""
        table = self.relations(kind)
        return column in table.names and table.arrow(column).null_count < len(table)

    def described(self, kind: str, column: str) -> bool:
        """Whether a kind of node has at least one cell in a column."""
        table = self.eco.nodes(kind)
        return column in table.names and table.arrow(column).null_count < len(table)

    def words(self, kind: str, column: str) -> frozenset[str]:
        """Words that stand in a column of a relation kind."""
        table = self.relations(kind)
        return frozenset(pc.unique(table.arrow(column)).to_pylist()) - {None} if column in table.names else frozenset()

    def between(self, kind: str, source: str, target: str) -> Table:
        """Relations of a kind between two kinds of nodes."""
        table = self.relations(kind)
        ends = (("source_kind", source), ("target_kind", target))
        fits = [pc.is_in(table.arrow(end), pa.array(self.eco.schema.leaves(side))) for end, side in ends]
        return table.take(np.flatnonzero(pc.and_(*fits).to_numpy(zero_copy_only=False)))


def units(table: Table) -> list[str]:
    """Units of the amounts in a table of relations, ascending; none where it has no amounts or names no units."""
    if not {"amount", "unit"} <= set(table.names):
        return []
    given = pc.filter(table.arrow("unit"), pc.is_valid(table.arrow("amount")))
    return sorted(filter(None, pc.unique(given.cast(pa.string())).to_pylist()))


def apart(schema: Schema, relation: str) -> bool:
    """Whether no kind may stand at both ends of a relation."""
    kind = schema.relation(relation)
    return not set(schema.leaves(*kind.sources)) & set(schema.leaves(*kind.targets))


def sides(schema: Schema, relation: str) -> list[tuple[str, str]]:
    """Pairs of ends between which a two-mode view is possible."""
    kind = schema.relation(relation)
    return [
        (source, target)
        for source in kind.sources
        for target in kind.targets
        if schema.branch(source) != schema.branch(target)
        and not set(schema.leaves(source)) & set(schema.leaves(target))
    ]
