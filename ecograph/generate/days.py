"""Days: three years, as numbers of days since 1970-01-01; a span ends on the first day no longer, or on BLANK."""

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.generate.draws import Numbers

_EPOCH = date(1970, 1, 1)
FIRST = (date(2023, 1, 1) - _EPOCH).days
END = (date(2026, 1, 1) - _EPOCH).days
AS_OF = END - 1
BLANK = 2**31 - 1
QUARTERS = np.array([(date(2023 + n // 4, n % 4 * 3 + 1, 1) - _EPOCH).days for n in range(13)])


def iso(day: int) -> str:
    """Write a day as 2026-01-01."""
    return date.fromordinal(_EPOCH.toordinal() + day).isoformat()


def uniform(lows: Numbers, highs: Numbers | int, random: np.random.Generator) -> Numbers:
    """Draw one day of each window [low, high)."""
    return random.integers(lows, highs, dtype=np.int64)


def anytime(n: int, random: np.random.Generator, *, before: int = END) -> Numbers:
    """Draw n days of the three years, all before this one."""
    return random.integers(FIRST, before, size=n)


def spans(n: int, random: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Draw n spans inside the three years, most of them open."""
    return inside(np.full(n, FIRST), np.full(n, BLANK), random)


def inside(
    starts: Numbers, stops: Numbers, random: np.random.Generator, *, lasting: float = 0.6
) -> tuple[Numbers, Numbers]:
    """Draw a span inside each span [start, stop); this share of them lasts as long as the span itself."""
    ends = np.minimum(stops, END)
    firsts = uniform(starts, ends, random)
    lasts = uniform(firsts + 1, ends + 1, random)
    return firsts, np.where(random.random(len(starts)) < lasting, stops, lasts)


def cells(days: NDArray[Any]) -> pa.Array:
    """Dates of days; empty where a day is BLANK."""
    return pa.array(days.astype(np.int32), mask=np.asarray(days == BLANK)).cast(pa.date32())
