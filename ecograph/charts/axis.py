"""Axes: ticks people can read between, and the scale from values to places."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
LEAST_SPAN, LEAST = 1e-12, 1e-300  # as a share of the values, and at all


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a value stands: ``low`` at ``start``, ``high`` at ``end``, evenly between."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Place of a value."""
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.0
        return self.start + (self.end - self.start) * share


def nice_step(span: float, most: int) -> float:
    """Least step of 1, 2, 2.5 or 5 times a power of ten that divides a span into at most so many parts."""
    rough = span / most
    power = 10.0 ** math.floor(math.log10(rough))
    return next(nice * power for nice in NICE if nice * power >= rough * (1 - 1e-9))


def ticks(low: float, high: float, most: int = 6) -> tuple[Sequence[float], float]:
    """Round values that reach from below the lowest to above the highest, and the step between them.

    Parameters
    ----------
    low, high : float
        Least and greatest value, finite.
    most : int
        About how many steps; up to two more where the ends are rounded outwards.

    Returns
    -------
    ticks : sequence of float
        Multiples of the step, at least two.
    step : float
        1, 2, 2.5 or 5 times a power of ten.

    Examples
    --------
    >>> ticks(0, 87)
    ([0.0, 20.0, 40.0, 60.0, 80.0, 100.0], 20.0)
    """
    if high - low <= LEAST_SPAN * max(abs(low), abs(high)):
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low < LEAST:
        high = low + 1.0
    step = nice_step(high - low, most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [place * step for place in range(first, last + 1)], step


def reaching_nought(low: float, high: float) -> tuple[float, float]:
    """The range, drawn out to nought where nought is no farther away than the range is wide."""
    wide = high - low
    if 0 < low <= wide:
        return 0.0, high
    if 0 > high >= -wide:
        return low, 0.0
    return low, high


def every(places: Sequence[float], room: float) -> int:
    """How many of evenly spaced places share a name that needs so much room: 1 names all, 2 every second."""
    return max(1, math.ceil(room / abs(places[1] - places[0]))) if len(places) > 1 else 1
