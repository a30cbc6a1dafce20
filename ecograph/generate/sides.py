"""Two sides of every makerspace: makers and suppliers draw each other in, quarter by quarter, as planted."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecograph.generate import days
from ecograph.generate.arrays import Arrays
from ecograph.generate.draws import Numbers, occurrences

Reals = NDArray[np.float64]

CHURN = 0.06  # of the smaller of two quarters' sizes, leaves and is replaced
STEEPNESS = {"makers": 0.7, "suppliers": 0.35}  # of the Zipf law of sizes over platforms
FIRST_SIZE = 0.7  # of the size a platform tends to


@dataclass(frozen=True, slots=True)
class Equation:
    """log size = intercept + own x log own size + cross x log other side's size, a quarter ago, + noise."""

    own: float
    cross: float
    noise: float


EQUATIONS: Mapping[str, Equation] = {"makers": Equation(0.5, 0.25, 0.2), "suppliers": Equation(0.4, 0.3, 0.2)}
SIDES = tuple(EQUATIONS)


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Sizes of both sides of every platform.

    Parameters
    ----------
    sizes : mapping of str to int64 (platforms, 12)
        Active members by side, platform and quarter, 1 or more.
    intercepts : mapping of str to float64 (platforms)
        Intercept of every platform's equation by side.
    """

    sizes: Mapping[str, Numbers]
    intercepts: Mapping[str, Reals]


@dataclass(frozen=True, eq=False)
class Spells(Arrays):
    """Memberships of numbered platforms: the platform, the first day and the first day no longer of each."""

    platforms: Numbers
    starts: Numbers
    stops: Numbers


def panel(platforms: int, totals: Mapping[str, float], random: np.random.Generator) -> Panel:
    """Draw the sizes of both sides.

    Parameters
    ----------
    platforms : int
        How many platforms there are.
    totals : mapping of str to float
        Size that all platforms together tend to, by side.
    random : numpy.random.Generator
        Draws the noise.

    Returns
    -------
    Panel
        The sizes.
    """
    ranks = random.permutation(platforms) + 1
    levels = {side: _levels(ranks, totals[side], STEEPNESS[side]) for side in SIDES}
    other = dict(zip(SIDES, reversed(SIDES), strict=True))
    intercepts = {
        side: levels[side] * (1 - equation.own) - equation.cross * levels[other[side]]
        for side, equation in EQUATIONS.items()
    }
    sizes = {side: np.empty((platforms, len(days.QUARTERS) - 1), np.int64) for side in SIDES}
    for side in SIDES:
        sizes[side][:, 0] = _whole(levels[side] + np.log(FIRST_SIZE))
    for quarter in range(1, len(days.QUARTERS) - 1):
        logs = {side: np.log(sizes[side][:, quarter - 1]) for side in SIDES}
        for side, equation in EQUATIONS.items():
            noise = equation.noise * random.standard_normal(platforms)
            expected = intercepts[side] + equation.own * logs[side] + equation.cross * logs[other[side]]
            sizes[side][:, quarter] = _whole(expected + noise)
    return Panel(sizes, intercepts)


def _levels(ranks: Numbers, total: float, steepness: float) -> Reals:
    """Logarithms of the sizes that platforms tend to, by their rank."""
    shares = ranks.astype(np.float64) ** -steepness
    return np.asarray(np.log(np.maximum(1.0, total * shares / shares.sum())))


def _whole(logs: Reals) -> Numbers:
    return np.maximum(1, np.rint(np.exp(logs))).astype(np.int64)


def spells(sizes: Numbers, random: np.random.Generator) -> Spells:
    """Draw memberships that give exactly these sizes, some leaving and being replaced.

    Parameters
    ----------
    sizes : int64 (platforms, quarters)
        Members active in each quarter.
    random : numpy.random.Generator
        Draws who leaves and when.

    Returns
    -------
    Spells
        One a membership, by quarter of entry and platform.
    """
    platforms, quarters = sizes.shape
    swaps = np.floor(CHURN * np.minimum(sizes[:, :-1], sizes[:, 1:]) + random.random((platforms, quarters - 1)))
    change = np.diff(sizes)
    leaving = np.maximum(-change, 0) + swaps.astype(np.int64)
    entering = np.hstack([sizes[:, :1], np.maximum(change, 0) + swaps.astype(np.int64)])
    where, firsts, lasts = stayed(entering, leaving, random)
    return _dated(where, firsts, lasts, random)


def stayed(entering: Numbers, leaving: Numbers, random: np.random.Generator) -> tuple[Numbers, Numbers, Numbers]:
    """Draw who leaves when.

    Parameters
    ----------
    entering : int64 (platforms, periods)
        Members who enter in each period.
    leaving : int64 (platforms, periods - 1)
        Members of each period but the last who are gone in the next; never more than there are.
    random : numpy.random.Generator
        Draws who leaves.

    Returns
    -------
    platforms : int64 (members)
        Platform of each member.
    firsts : int64 (members)
        First period, ascending.
    lasts : int64 (members)
        Last period; the number of periods where the member stays to the end.
    """
    platforms, periods = entering.shape
    codes = np.divmod(np.arange(platforms * periods), platforms)
    firsts, where = (np.repeat(one, entering.T.ravel()) for one in codes)
    lasts = np.full(len(firsts), periods)
    for period in range(periods - 1):
        present = random.permutation(np.flatnonzero((firsts <= period) & (lasts == periods)))
        gone = present[occurrences(where[present]) < leaving[where[present], period]]
        lasts[gone] = period
    return where, firsts, lasts


def _dated(where: Numbers, firsts: Numbers, lasts: Numbers, random: np.random.Generator) -> Spells:
    """Days inside the first and the last quarter of each membership."""
    starts = days.uniform(days.QUARTERS[firsts], days.QUARTERS[firsts + 1], random)
    left = np.minimum(lasts, len(days.QUARTERS) - 2)
    lows = np.maximum(starts, days.QUARTERS[left]) + 1
    stops = days.uniform(lows, days.QUARTERS[left + 1] + 1, random)
    return Spells(where, starts, np.where(lasts < len(days.QUARTERS) - 1, stops, days.BLANK))
