"""Calendar: the periods that rows with dates fall into, cut to the period chosen and the day of the data."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecograph.content import Content, Mask
from ecograph.errors import ViewError
from ecograph.methods.periods import period_starts
from ecograph.quality import Finding
from ecograph.views.apportion import chosen_period
from ecograph.views.records import EVER, NEVER

Numbers = NDArray[np.int64]
Spans = tuple[Numbers, Numbers]


class Calendar(NamedTuple):
    """Periods one after the other.

    Parameters
    ----------
    days : datetime64[D] (periods)
        First day of each period.
    edges : int64 (periods + 1)
        From which day on rows count in each, as days since 1970-01-01, and the first day they no longer count: the
        first and the last period are cut to the period chosen and to the day of the data.
    """

    days: NDArray[np.datetime64]
    edges: Numbers

    def inside(self, spans: Spans) -> Mask:
        """Which spans hold on a day of some period."""
        return np.asarray((spans[0] < self.edges[-1]) & (spans[1] > self.edges[0]))

    def numbered(self, spans: Spans) -> Spans:
        """Number of the first period, and of the first period no longer, of spans that hold on a day of some period."""
        firsts = np.maximum(np.searchsorted(self.edges, spans[0], "right") - 1, 0)
        return firsts, np.searchsorted(self.edges, np.minimum(spans[1], self.edges[-1]), "left")

    def ahead(self, relation: str, starts: Numbers) -> list[Finding]:
        """How many rows begin after the last day."""
        count = int((starts >= self.edges[-1]).sum())
        day = str(np.datetime64(int(self.edges[-1]) - 1, "D"))
        return [Finding("after_day", count, f"relations/{relation}", value=day)] if count else []


def calendar(content: Content, spans: Sequence[Spans], names: str, every: str, today: date | None) -> Calendar:
    """Periods from the first day of some rows, or of the period chosen, to the day of the data.

    Parameters
    ----------
    content : Content
        The tables.
    spans : sequence of pair of int64
        First day, and first day no longer, of the rows of each relation kind; ``EVER`` and ``NEVER`` where open.
    names : str
        The relation kinds, for the error.
    every : str
        How long a period is.
    today : date or None
        The last day.

    Returns
    -------
    Calendar
        One period or more.

    Raises
    ------
    ParameterError
        If ``every`` is no period.
    ViewError
        If nothing has a date.
    """
    chosen = chosen_period(content)
    known = np.concatenate(
        [np.concatenate([starts[starts > EVER], stops[stops < NEVER] - 1]) for starts, stops in spans]
    )
    if today is None or (chosen is None and not len(known)):
        raise ViewError(f"{names}: the rows have no dates, so there are no periods; add valid_from and valid_to, or at")
    last = np.datetime64(today, "D")
    first = min(np.datetime64(int(known.min()), "D") if chosen is None else chosen[0], last)
    days = period_starts(first, last, every)
    edges = days.astype(np.int64)
    edges[-1] = last.astype(np.int64) + 1
    if chosen is not None:
        edges[0] = first.astype(np.int64)
    return Calendar(days[:-1], edges)
