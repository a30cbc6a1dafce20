"""Periods before and after an event, as regressors."""

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.within import Codes, Reals

NEVER = np.iinfo(np.int64).min


def first_events(happening: NDArray[np.bool_], units: Codes, periods: Codes) -> tuple[Codes, NDArray[np.bool_]]:
    """Period of each unit's event: the first in which it happens.

    Parameters
    ----------
    happening : bool (rows)
        Whether it happens in the row.
    units, periods : int64 (rows)
        Unit, counting from 0 without gaps, and period of each row.

    Returns
    -------
    int64 (units)
        The period; ``NEVER`` where it does not happen.
    bool (units)
        Whether it happens in the unit's first row already, so that it may have begun before.
    """
    n = int(units.max(initial=-1)) + 1
    latest = np.iinfo(np.int64).max
    first, start = np.full(n, latest), np.full(n, latest)
    np.minimum.at(start, units, periods)
    np.minimum.at(first, units[happening], periods[happening])
    return np.where(first == latest, NEVER, first), first == start


def event_windows(events: Codes, units: Codes, periods: Codes, leads: int, lags: int) -> tuple[list[int], Reals]:
    """Indicators of the periods around each unit's event, but for the one just before it.

    Parameters
    ----------
    events : int64 (units)
        Period of each unit's event; ``NEVER`` for none.
    units, periods : int64 (rows)
        Unit and period of each row.
    leads, lags : int
        How many periods before, 2 or more, and after. The first stands for all earlier ones too, the last for all later
        ones.

    Returns
    -------
    list of int
        Periods since the event: -leads to -2, 0 to lags.
    float64 (rows, periods since)
        1 in the rows of that period, else 0.

    Notes
    -----
    The ends are binned, since otherwise effects beyond the window would count as no effect (Schmidheiny & Siegloch
    2023).

    Examples
    --------
    >>> since, table = event_windows(np.array([2]), np.zeros(5, np.int64), np.arange(5), 2, 1)
    >>> since, table.T.astype(int).tolist()
    ([-2, 0, 1], [[1, 0, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 1]])
    """
    when = events[units]
    since = np.where(when == NEVER, NEVER, np.clip(periods - np.where(when == NEVER, 0, when), -leads, lags))
    named = [*range(-leads, -1), *range(lags + 1)]
    return named, np.column_stack([(since == one).astype(np.float64) for one in named])
