"""Two sides of many platforms: panels drawn from equations that are known, and the members who make them up."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.ecosystem import Ecosystem, from_tables
from ecograph.errors import ParameterError
from ecograph.generate.draws import Numbers
from ecograph.generate.sides import EQUATIONS, SIDES, Equation, stayed
from ecograph.views import Panel, panel_from_table

Reals = NDArray[np.float64]

FIRST = np.datetime64("2000-01-01")
BURNT = 60
"""Periods drawn and thrown away, so that the first one kept is like any other."""
PERSISTENCE = 0.8
"""Of the confounder, from one period to the next."""
CHURN = 0.06
"""Of the smaller of two periods' sizes, leaves and is replaced."""
STEEPNESS = 0.5
"""Standard deviation of the logarithms of the sizes that platforms tend to."""
OTHER = dict(zip(SIDES, reversed(SIDES), strict=True))
MEMBERS = {"makers": ("Maker", "SETTLED_IN"), "suppliers": ("Enterprise", "SUPPLIES")}
"""Kind of the members of each side, and the relation that joins them to a makerspace."""


class Dated(NamedTuple):
    """Members of a side: platform, first day, first day no longer, and whether there is the latter."""

    platforms: Numbers
    starts: Numbers
    stops: Numbers
    ends: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class TwoSided:
    """Sizes of two sides of many platforms, and the equations they come from.

    Parameters
    ----------
    sizes : mapping of str to int64 (platforms, periods)
        Members of each side, 1 or more, also where there is no row.
    entering, leaving : mapping of str to int64 (platforms, periods)
        Who was not there in the period before, and who was and is not: in the first period of a platform that comes
        later everybody and nobody, 0 in the first of all.
    there : bool (platforms, periods)
        Between the first and the last period of each platform.
    rows : bool (platforms, periods)
        Whether the panel has a row: the platform is there, and it is no gap.
    equations : mapping of str to Equation
        What was planted, by side.
    seed : int
        Seed of the draws.
    """

    sizes: Mapping[str, Numbers]
    entering: Mapping[str, Numbers]
    leaving: Mapping[str, Numbers]
    there: NDArray[np.bool_]
    rows: NDArray[np.bool_]
    equations: Mapping[str, Equation]
    seed: int

    @cached_property
    def platforms(self) -> pa.Array:
        """Id of each platform."""
        n = len(self.rows)
        return pc.binary_join_element_wise("p", pc.utf8_lpad(_texts(np.arange(n) + 1), len(str(n)), "0"), "")

    @cached_property
    def starts(self) -> NDArray[np.datetime64]:
        """First day of each quarter, and of the one after the last."""
        quarters = np.arange(self.rows.shape[1] + 1) * 3
        return np.asarray((FIRST.astype("datetime64[M]") + quarters).astype("datetime64[D]"))

    @cached_property
    def table(self) -> pa.Table:
        """One row a platform and quarter: ``platform``, ``quarter``, ``makers``, ``makers_entering``, …."""
        units, periods = np.nonzero(self.rows)
        cells = {"platform": self.platforms.take(pa.array(units)), "quarter": pa.array(self.starts[periods])}
        for side in SIDES:
            cells[side] = pa.array(self.sizes[side][units, periods])
            for name, flows in (("entering", self.entering), ("leaving", self.leaving)):
                cells[f"{side}_{name}"] = pa.array(flows[side][units, periods], mask=periods == 0)
        return pa.table(cells)

    @cached_property
    def panel(self) -> Panel:
        """The table as a panel."""
        quantities = {side: {"active": side} | {n: f"{side}_{n}" for n in ("entering", "leaving")} for side in SIDES}
        return panel_from_table(self.table, "platform", "quarter", quantities, every="quarter")

    def ecosystem(self) -> Ecosystem:
        """An ecosystem of makerspaces, makers and enterprises whose dates give these sizes; gaps cannot be in it.

        Returns
        -------
        Ecosystem
            Makerspaces with dates, makers by SETTLED_IN, enterprises by SUPPLIES, each of one makerspace; they enter
            and leave on days drawn inside the quarters.
        """
        random = np.random.default_rng(self.seed)
        n_periods = self.there.shape[1]
        firsts, lasts = self.there.argmax(axis=1), n_periods - 1 - self.there[:, ::-1].argmax(axis=1)
        over = lasts < n_periods - 1
        spaces = {
            "id": self.platforms,
            "valid_from": pa.array(self.starts[firsts]),
            "valid_to": pa.array(self.starts[lasts + 1], mask=~over),
        }
        nodes, relations = {"Makerspace": pa.table(spaces)}, {}
        for side, (kind, relation) in MEMBERS.items():
            members = self._dated(side, random)
            ids = pc.binary_join_element_wise(side[0], _texts(np.arange(len(members.platforms))), "")
            nodes[kind] = pa.table({"id": ids})
            relations[relation] = pa.table({
                "source": ids,
                "target": self.platforms.take(pa.array(members.platforms)),
                "valid_from": pa.array(members.starts.astype("datetime64[D]")),
                "valid_to": pa.array(members.stops.astype("datetime64[D]"), mask=~members.ends),
            })  # fmt: skip
        return from_tables(nodes, relations)

    def _dated(self, side: str, random: np.random.Generator) -> "Dated":
        """Members of a side and their days, drawn inside the quarters."""
        entering, leaving = np.where(self.there, self.entering[side], 0), self.leaving[side][:, 1:].copy()
        entering[:, 0] = np.where(self.there[:, 0], self.sizes[side][:, 0], 0)
        closing = self.there[:, :-1] & ~self.there[:, 1:]
        leaving[closing] = self.sizes[side][:, :-1][closing]
        where, firsts, lasts = stayed(entering, np.where(self.there[:, :-1], leaving, 0), random)
        ends = lasts < entering.shape[1]
        days = self.starts.astype(np.int64)
        starts = random.integers(days[firsts], days[firsts + 1])
        final = np.where(ends, lasts, firsts)
        stops = random.integers(np.maximum(starts, days[final]) + 1, days[final + 1] + 1)
        return Dated(where, starts, stops, ends)


def two_sided(
    platforms: int = 100,
    periods: int = 20,
    *,
    equations: Mapping[str, Equation] = EQUATIONS,
    size: float = 500.0,
    shocks: float = 0.1,
    confounder: float = 0.0,
    late: float = 0.0,
    gaps: float = 0.0,
    seed: int = 1,
) -> TwoSided:
    """Draw a panel in which each side's size follows from both sides' sizes a period ago.

    Parameters
    ----------
    platforms, periods : int
        How many there are, 1 or more.
    equations : mapping of str to Equation
        For ``makers`` and for ``suppliers``: own effect, cross effect and standard deviation of the noise.
    size : float
        Size that a platform in the middle tends to.
    shocks : float
        Standard deviation of what befalls a side of all platforms in a period alike.
    confounder : float
        How much both sides follow something of the platform that nobody sees, which lasts from period to period: above
        0 the other side's size is not exogenous.
    late : float
        Share of platforms that come after the first period or go before the last.
    gaps : float
        Share of rows that are missing.
    seed : int
        Seed of the draws, 0 or more.

    Returns
    -------
    TwoSided
        The panel, its equations and its members.

    Raises
    ------
    ParameterError
        If a number is not allowed, or the equations have no size that platforms tend to.

    Notes
    -----
    ``log size = intercept of the platform + shock of the period + own x log own size + cross x log other size +
    confounder x u + noise``, with the sizes a period ago and u = 0.8 u a period ago + 0.6 x a standard normal draw.
    Sizes are whole numbers, at least 1, and enter the next period as such, so rounding is part of the noise.

    Examples
    --------
    >>> made = two_sided(3, 4)
    >>> made.table.num_rows, made.panel.previous.tolist()[:5]
    (12, [-1, 0, 1, 2, -1])
    """
    _checked(platforms, periods, late, gaps, seed)
    _settling(equations)
    random = np.random.default_rng(seed)
    levels = {side: np.log(size) + STEEPNESS * random.standard_normal(platforms) for side in SIDES}
    logs, unseen = dict(levels), random.standard_normal(platforms)
    told: dict[str, list[Numbers]] = {side: [] for side in SIDES}
    for _ in range(BURNT + periods):
        unseen = PERSISTENCE * unseen + np.sqrt(1 - PERSISTENCE**2) * random.standard_normal(platforms)
        apart = {side: logs[side] - levels[side] for side in SIDES}
        for side, one in equations.items():
            drift = one.own * apart[side] + one.cross * apart[OTHER[side]] + confounder * unseen
            noise = shocks * random.standard_normal() + one.noise * random.standard_normal(platforms)
            told[side].append(_whole(levels[side] + drift + noise))
        logs = {side: np.log(told[side][-1]) for side in SIDES}
    sizes = {side: np.column_stack(told[side][BURNT:]) for side in SIDES}
    there, rows = _rows((platforms, periods), late, gaps, random)
    flows = {side: _turnover(sizes[side], there, random) for side in SIDES}
    entering, leaving = ({side: flows[side][which] for side in SIDES} for which in (0, 1))
    return TwoSided(sizes, entering, leaving, there, rows, equations, seed)


def _checked(platforms: int, periods: int, late: float, gaps: float, seed: int) -> None:
    for name, count, least in (("platforms", platforms, 1), ("periods", periods, 1), ("seed", seed, 0)):
        if count < least:
            raise ParameterError(f"{name}={count}; allowed: {least} or more")
    for name, share in (("late", late), ("gaps", gaps)):
        if not 0 <= share < 1:
            raise ParameterError(f"{name}={share}; allowed: from 0 to less than 1")


def _settling(equations: Mapping[str, Equation]) -> None:
    """Refuse equations of two other sides, and those by which sizes grow without end."""
    if set(equations) != set(SIDES):
        raise ParameterError(f"equations of {', '.join(equations)}; give those of {' and '.join(SIDES)}")
    effects = [[equations[side].own, equations[side].cross] for side in SIDES]
    effects[1].reverse()
    largest = float(np.abs(np.linalg.eigvals(np.array(effects))).max())
    if largest >= 1:
        raise ParameterError(f"equations: sizes never settle (largest root {largest:.3g}); take smaller effects")


def _whole(logs: Reals) -> Numbers:
    return np.maximum(1, np.rint(np.exp(logs))).astype(np.int64)


def _turnover(sizes: Numbers, there: NDArray[np.bool_], random: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Who enters and who leaves so that these sizes come of it, some being replaced."""
    change = np.diff(sizes, axis=1, prepend=sizes[:, :1])
    before = np.hstack([sizes[:, :1], sizes[:, :-1]])
    swaps = np.floor(CHURN * np.minimum(sizes, before) + random.random(sizes.shape)).astype(np.int64)
    swaps[:, 0] = 0
    entering, leaving = np.maximum(change, 0) + swaps, np.maximum(-change, 0) + swaps
    opening = np.diff(there, axis=1, prepend=True) & there
    entering[opening], leaving[opening] = sizes[opening], 0
    return entering, leaving


def _rows(
    shape: tuple[int, int], late: float, gaps: float, random: np.random.Generator
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where platforms are there, and which of these periods have a row; none loses its first or last."""
    platforms, periods = shape
    firsts, lasts = np.zeros(platforms, np.int64), np.full(platforms, periods - 1)
    moved = random.random(platforms) < late
    halves = random.integers(0, max(periods // 2, 1), (platforms, 2))
    firsts[moved], lasts[moved] = halves[moved, 0], periods - 1 - halves[moved, 1]
    places = np.arange(periods)
    there = (places >= firsts[:, np.newaxis]) & (places <= np.maximum(lasts, firsts)[:, np.newaxis])
    ends = (places == firsts[:, np.newaxis]) | (places == np.maximum(lasts, firsts)[:, np.newaxis])
    return there, there & (ends | (random.random(shape) >= gaps))


def _texts(numbers: Numbers) -> pa.Array:
    return pc.cast(pa.array(numbers), pa.string())
