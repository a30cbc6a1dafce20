"""Periods: how a stretch of time is cut into days, weeks, months, quarters, years or so many days."""

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError

MONTHS = {"month": 1, "quarter": 3, "year": 12}
PERIODS = "day, week, month, quarter, year, or a number of days such as 90 days"


def period_starts(first: Any, last: Any, every: str) -> NDArray[np.datetime64]:
    """First day of each period from the one that holds a day to the one that holds another, and of the one after.

    Parameters
    ----------
    first, last : datetime64 or None
        The two days; None where there are none.
    every : str
        ``day``, ``week`` (from Monday), ``month``, ``quarter``, ``year``, or so many days counted from the first
        day (``90 days``).

    Returns
    -------
    datetime64[D] (periods + 1)
        Ascending; one entry where there are no days.

    Raises
    ------
    ParameterError
        If it is no period.

    Examples
    --------
    >>> days = np.datetime64("2025-02-03"), np.datetime64("2025-07-01")
    >>> period_starts(*days, "quarter").astype(str).tolist()
    ['2025-01-01', '2025-04-01', '2025-07-01', '2025-10-01']
    """
    stretch = re.fullmatch(r"([1-9]\d{0,4}) days?", every)
    if every not in MONTHS and every not in ("day", "week") and not stretch:
        raise ParameterError(f"every={every!r}; allowed: {PERIODS}")
    if first is None:
        return np.empty(1, "datetime64[D]")
    if every in MONTHS:
        step = MONTHS[every]
        month = int(first.astype("datetime64[M]").astype(int)) // step * step
        stop = int(last.astype("datetime64[M]").astype(int)) + step + 1
        return np.arange(month, stop, step).astype("datetime64[M]").astype("datetime64[D]")
    step = int(stretch[1]) if stretch else {"day": 1, "week": 7}[every]
    if every == "week":
        first = first - (first.astype(int) + 3) % 7  # day 0 of the epoch was a Thursday
    return np.arange(first, last + step + 1, step)
