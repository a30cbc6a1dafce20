"""Panel: platforms by periods, and for each side its members, who enters and leaves, its links and its value."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.methods.stays import Stays
from ecograph.quality import Finding
from ecograph.table import Column, Frame, Table
from ecograph.views.view import View

Codes = NDArray[np.int64]
Sizes = NDArray[np.float64]

UNIT, PERIOD = "unit", "period"
QUANTITIES: Mapping[str, Column] = {
    "active": Column("members there in the period", zh="活跃成员数", bounds=(0, None)),
    "entering": Column("members who were not there in the period before", zh="新进入成员数", bounds=(0, None)),
    "leaving": Column("members of the period before who are not there", zh="离开成员数", bounds=(0, None)),
    "links": Column("relations that hold in the period", zh="联系数", bounds=(0, None)),
    "value": Column("value in the period", zh="价值"),
}


@dataclass(frozen=True, eq=False, kw_only=True)
class SideSizes:
    """One side of a panel, one entry a row of it; NaN where a number is not known.

    Parameters
    ----------
    active : float64 (rows)
        Members whose span meets the period.
    entering, leaving : float64 (rows)
        Members who were not there in the period before, and those of the period before who are not there; both
        unknown in the first period.
    links : float64 (rows)
        Relations that hold in the period.
    value : float64 (rows)
        Sum of the value within the period.
    unit : str
        Unit of the value; empty where there is none.
    stays : Stays or None
        Who was there from which period to which; None where only numbers are known.
    """

    active: Sizes
    entering: Sizes
    leaving: Sizes
    links: Sizes
    value: Sizes
    unit: str = ""
    stays: Stays | None = None


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Panel(View):
    """Platforms by periods. Rows stand by platform, then by period; a period a platform does not have is no row.

    Parameters
    ----------
    units : pyarrow.Array
        Id of each platform, as text.
    periods : pyarrow.Array
        First day of each period, or its whole number, one after the other without a gap.
    unit_codes, period_codes : int64 (rows)
        Place of the platform in ``units`` and of the period in ``periods``.
    sides : mapping of str to SideSizes
        What is known of each side.
    """

    units: pa.Array
    periods: pa.Array
    unit_codes: Codes
    period_codes: Codes
    sides: Mapping[str, SideSizes]

    @property
    def size(self) -> int:
        """How many rows it has."""
        return len(self.unit_codes)

    @cached_property
    def previous(self) -> Codes:
        """Row of the same platform in the period before; -1 where that is no row."""
        follows = np.diff(self.unit_codes, prepend=-1) == 0
        follows &= np.diff(self.period_codes, prepend=-1) == 1
        return np.where(follows, np.arange(self.size) - 1, -1)

    def table(self) -> Table:
        """The panel as a table.

        Returns
        -------
        Table
            Columns ``unit`` and ``period``, then ``<side>_active``, ``<side>_entering``, ``<side>_leaving``,
            ``<side>_links`` and ``<side>_value`` of each side, those without a number left out.
        """
        cells = {
            UNIT: self.units.take(pa.array(self.unit_codes)),
            PERIOD: self.periods.take(pa.array(self.period_codes)),
        }
        columns = {UNIT: Column("platform", zh="平台"), PERIOD: Column("period", zh="时期")}
        for name, side in self.sides.items():
            for quantity, about in QUANTITIES.items():
                numbers = getattr(side, quantity)
                if not np.isnan(numbers).all():
                    one = f"{name}_{quantity}"
                    cells[one] = pa.array(numbers, from_pandas=True)
                    unit = side.unit if quantity == "value" else ""
                    columns[one] = Column(f"{name}: {about.meaning}", f"{name} {about.zh}", unit, about.bounds)
        return Table(cells, columns)

    def frame(self) -> Frame:
        """The panel as a pandas frame."""
        return self.table().frame()

    def judged(self) -> "Panel":
        """The same, with findings of what it cannot answer: one platform, one period, a side that never changes."""
        found = [Finding("one_platform")] if len(self.units) == 1 else []
        found += [Finding("one_period")] if len(self.periods) == 1 else []
        found += [Finding("constant_side", column=name) for name, side in self.sides.items() if self._constant(side)]
        found += [Finding("no_lag")] if len(self.periods) > 1 and not (self.previous >= 0).any() else []
        return replace(self, findings=self.findings + found)

    def _constant(self, side: SideSizes) -> bool:
        """Whether the size of a side, or its value where no size is known, is compared and never differs."""
        numbers = side.value if np.isnan(side.active).all() else side.active
        rows = np.flatnonzero(~np.isnan(numbers))
        changes = np.diff(numbers[rows])[np.diff(self.unit_codes[rows]) == 0]
        return len(changes) > 0 and not changes.any()
