"""Sheet: a table as a page shows it - headings, units, numbers of one form, and how many rows are left out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.page.wording import Sentences
from ecograph.result import Result
from ecograph.table import Table

SHOWN = 15
NAMES = frozenset(  # long cells
    {
        *("name", "label", "most_joined", "busiest", "reason", "example", "remedy", "wanted", "platform", "makerspace"),
        *("from", "at", "resource", "waits", "waits_at", "offers", "offers_at", "a", "b", "missing", "agreed_by"),
    }
)
UNBROKEN = frozenset(  # cells that are not broken into lines
    {"id", "key", "since", "entered", "last_news", "active_since", "tracked_until", "first", "last"}
)
RANK = "_rank"
DASH = "–"
DIGITS = 6
LEAST_DECIMALS, MOST_DECIMALS = 2, 7
PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Head:
    """Heading of a column, its unit, and the form of its cells: number, name or text."""

    text: str
    unit: str
    form: str


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table as a page shows it.

    Parameters
    ----------
    name : str
        What the table is called among the files.
    title : str
        What it shows, in the page's language.
    table : Table
        All of its rows; words in its cells are in the page's language.
    results : sequence of Result
        What it was made from.
    shown : int
        How many rows stand on the page.
    open : bool
        Whether they are seen at once, or when the reader asks for them.
    """

    name: str
    title: str
    table: Table
    results: Sequence[Result] = ()
    shown: int = SHOWN
    open: bool = False

    def heads(self, wording: Sentences) -> list[Head]:
        """Headings in order."""
        return [
            Head(wording.column(name, column), wording.unit(column.unit), self._form(name))
            for name, column in self.table.columns.items()
        ]

    def _form(self, name: str) -> str:
        if is_number(self.table.arrow(name)):
            return "number rank" if name.endswith(RANK) else "number"
        return "unbroken" if name in UNBROKEN else "name" if name in NAMES else "text"

    @cached_property
    def rows(self) -> list[list[str]]:
        """The first rows, as text."""
        described = self.table.columns.items()
        columns = [figures(self.table.arrow(name), self.shown, column.unit) for name, column in described]
        return [list(row) for row in zip(*columns, strict=True)]

    @property
    def rest(self) -> int:
        """How many rows are not on the page."""
        return max(len(self.table) - self.shown, 0)


def is_number(column: Any) -> bool:
    """Whether a column holds numbers."""
    return bool(pa.types.is_floating(column.type) or pa.types.is_integer(column.type))


def figures(column: Any, shown: int, unit: str = "") -> list[str]:
    """The first cells as text; the numbers of a column have the same decimals, missing ones are a dash."""
    first = column[:shown]
    if not is_number(column):
        return [DASH if cell in (None, "") else str(cell) for cell in first.to_pylist()]
    cells = pc.fill_null(first.cast(pa.float64()), math.nan).to_numpy(zero_copy_only=False)
    places = decimals(cells, unit) if pa.types.is_floating(column.type) else 0
    return [DASH if math.isnan(cell) else f"{cell:,.{places}f}" for cell in cells.tolist()]


def decimals(values: Any, unit: str = "") -> int:
    """Decimals that six digits of the largest value need, at least two, and none where all values are whole."""
    known = np.abs(values[np.isfinite(values)])
    if not len(known) or bool(np.all(known == np.round(known))):
        return 0
    before = math.floor(math.log10(known.max())) + 1
    most = LEAST_DECIMALS if unit == PERCENT else min(max(DIGITS - before, LEAST_DECIMALS), MOST_DECIMALS)
    exact = (places for places in range(LEAST_DECIMALS, most) if np.array_equal(np.round(known, places), known))
    return next(exact, most)


def exactly(value: float) -> str:
    """A number with as many decimals as a table shows."""
    return figures(pa.array([float(value)]), 1)[0]


def shares(values: Any) -> NDArray[np.float64]:
    """Values in percent of their sum; none where the sum is 0."""
    cells = np.asarray(values, dtype=np.float64)
    return 100 * cells / cells.sum() if cells.sum() else np.full(len(cells), math.nan)


def percent(value: float) -> str:
    """A share in percent."""
    return DASH if math.isnan(value) else f"{value:.1%}"
