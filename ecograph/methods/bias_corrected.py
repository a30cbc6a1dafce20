"""Several outcomes that depend on each other's past: fixed effects without the bias that short panels bring."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.fixed_effects import Corrected
from ecograph.methods.refusals import refusal
from ecograph.methods.within import Codes, Effects, Reals, numbered, summed

STEPS = 40
CLOSE = 1e-10
LONGEST_STEP = 0.3
TINY = 1e-30
NOTHING = 1e-9
TOGETHER = 4_000
"""Units times points up to which equations are told of all points at once."""
NO_SOLUTION = "no_solution"


def bias_corrected(
    outcomes: Reals,
    past: Reals,
    units: Codes,
    periods: Codes,
    *,
    two_way: bool = True,
    effects: Effects | None = None,
) -> Corrected:
    """Estimate how outcomes depend on the past of all of them, with fixed effects and without their bias.

    Parameters
    ----------
    outcomes : float64 (rows, equations)
        The outcomes.
    past : float64 (rows, lags * equations)
        All outcomes one period before, then all two periods before, and so on.
    units, periods : int64 (rows)
        Unit and period of each row; any may be missing. Periods count by 1.
    two_way : bool
        Whether periods have effects too.
    effects : Effects, optional
        Those of units, and of periods if two-way, where they are at hand.

    Returns
    -------
    Corrected
        Coefficients of the first equation, then those of the next. The influence of a row is what leaving its unit out
        would move them by, so the factor of its errors is ``leave_one_out``.

    Raises
    ------
    EstimateError
        ``no_solution`` if no coefficients solve the equations: the panel is too short for how persistent it is;
        ``past_does_not_vary`` if the past says nothing beyond the effects, ``rests_on_one`` if that is so without one
        of the units, so that errors are not known.

    Notes
    -----
    With unit means taken out, past and errors of a unit with T rows go together by B = -(1/T) sum over rows s before t
    of F^(t-1-s) S, F the coefficients (of several lags: the companion matrix) and S the errors' variance, whatever the
    first values and the unit's effect. The coefficients solve X'(Y - X F') - sum B(F, S) = 0 together with S = E'E over
    its degrees of freedom, so they are consistent for many units however few rows each has: Breitung, Kripfganz &
    Hayakawa 2022 (one outcome), Juodis 2013 (several). It supposes errors of a variance that does not change
    with time. Period effects shrink B and E'E by (rows - effects) / (rows - units), which is exact without gaps.
    """
    taken = effects or Effects([units, periods][: 1 + two_way])
    moments = _Moments(outcomes, past, units, periods, two_way, taken)
    point = moments.first
    for _ in range(STEPS):
        values, slopes, _ = moments.around(point, moments.of_all)
        value, slope = values[0], slopes[0]
        if abs(np.linalg.det(slope)) == 0.0:
            break
        step = -np.linalg.solve(slope, value)
        step *= min(1.0, LONGEST_STEP / np.abs(step[: moments.coefficients]).max())
        point = point + step
        if np.abs(step / moments.scale).max() < CLOSE:
            return moments.corrected(point)
    raise refusal(NO_SOLUTION, rows=moments.n, platforms=moments.units)


@dataclass(frozen=True, eq=False)
class _Sums:
    """What the estimating equations are made of: one entry a unit, or a single one of all together.

    Parameters
    ----------
    past, mixed, own : float64 (units, ...)
        Cross products of past and past, past and outcomes, outcomes and outcomes.
    pairs : float64 (units, k)
        How many rows have a row k + 1 periods before, over the rows of their unit.
    spare : float64 (units)
        Rows less one.
    """

    past: Reals
    mixed: Reals
    own: Reals
    pairs: Reals
    spare: Reals

    def total(self) -> "_Sums":
        """All units together: the equations are linear in these."""
        every = (self.past, self.mixed, self.own, self.pairs, self.spare)
        return _Sums(*(part.sum(axis=0, keepdims=True) for part in every))


@dataclass(frozen=True, eq=False)
class _Moments:
    """The estimating equations."""

    outcomes: Reals
    past: Reals
    unit_codes: Codes
    period_codes: Codes
    two_way: bool
    effects: Effects

    @cached_property
    def codes(self) -> Codes:
        return numbered(self.unit_codes)

    @cached_property
    def left(self) -> tuple[Reals, Reals]:
        """Past and outcomes once the effects are out."""
        both = self.effects.out(np.column_stack([self.past, self.outcomes]))
        return both[:, : self.past.shape[1]], both[:, self.past.shape[1] :]

    @property
    def n(self) -> int:
        return len(self.codes)

    @property
    def units(self) -> int:
        return int(self.codes.max()) + 1

    @property
    def coefficients(self) -> int:
        return int(self.past.shape[1] * self.outcomes.shape[1])

    @cached_property
    def rows(self) -> Reals:
        return np.bincount(self.codes).astype(np.float64)

    @property
    def shrunk(self) -> float:
        return (self.n - self.effects.rank) / (self.n - self.units)

    @property
    def grown(self) -> Reals:
        """By how much a unit's part grows when effects of periods are told from the others alone."""
        if not self.two_way:
            return np.ones(self.units)
        periods = numbered(self.period_codes)
        others = np.maximum(np.bincount(periods)[periods] - 1.0, 1.0)
        return np.bincount(self.codes, weights=1.0 + 1.0 / others) / self.rows

    @cached_property
    def upper(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        return np.triu_indices(self.outcomes.shape[1])

    @cached_property
    def of_units(self) -> _Sums:
        """Sums of each unit."""
        past, outcomes = self.left
        products = (self._crossed(past, past), self._crossed(past, outcomes), self._crossed(outcomes, outcomes))
        return _Sums(*products, self.pairs, self.rows - 1.0)

    @cached_property
    def of_all(self) -> _Sums:
        """Sums of all units."""
        return self.of_units.total()

    def _crossed(self, one: Reals, other: Reals) -> Reals:
        cells = (one[:, :, None] * other[:, None, :]).reshape(self.n, -1)
        return summed(cells, self.codes, self.units).reshape(self.units, one.shape[1], other.shape[1])

    @cached_property
    def pairs(self) -> Reals:
        """By unit and k, how many of its rows have a row k + 1 periods before, over its rows."""
        times = self.period_codes - self.period_codes.min()
        span = int(times.max()) + 1
        there = np.zeros((self.units, span))
        there[self.codes, times] = 1.0
        turned = np.fft.rfft(there, 2 * span, axis=1)
        counts = np.round(np.fft.irfft(np.abs(turned) ** 2, 2 * span, axis=1))[:, 1:span]
        return np.asarray(counts / self.rows[:, None], np.float64)

    @cached_property
    def first(self) -> Reals:
        """Coefficients and variance with the bias still in."""
        past, outcomes = self.left
        inner, mixed = self.of_all.past[0], self.of_all.mixed[0]
        if np.linalg.matrix_rank(inner) < len(inner) or self.n <= self.effects.rank + len(inner):
            raise refusal("past_does_not_vary")
        found = np.linalg.solve(inner, mixed)
        errors = outcomes - past @ found
        variance = errors.T @ errors / (self.n - self.effects.rank)
        return np.concatenate([found.T.ravel(), variance[self.upper]])

    @cached_property
    def scale(self) -> Reals:
        variances = self.first[self.coefficients :]
        return np.concatenate([np.ones(self.coefficients), np.full(len(variances), np.abs(variances).max())])

    def parts(self, points: Any) -> tuple[Any, Any]:
        """Coefficients (points, equations, past) and variance of points, which may be complex."""
        equations = self.outcomes.shape[1]
        variance = np.zeros((len(points), equations, equations), points.dtype)
        rows, columns = self.upper
        variance[:, rows, columns] = variance[:, columns, rows] = points[:, self.coefficients :]
        return points[:, : self.coefficients].reshape(len(points), equations, -1), variance

    def biases(self, points: Any, pairs: Reals) -> Any:
        """What unit means make past and errors have in common: (points, units, past, equations)."""
        coefficients, variance = self.parts(points)
        _, equations, width = coefficients.shape
        companion = np.broadcast_to(np.eye(width, k=-equations, dtype=points.dtype), (len(points), width, width)).copy()
        companion[:, :equations] = coefficients
        reached = np.zeros((pairs.shape[1], len(points), width, equations), points.dtype)
        now = np.zeros((len(points), width, equations), points.dtype)
        now[:, :equations] = variance
        with np.errstate(over="ignore", invalid="ignore"):
            for later in range(len(reached)):
                reached[later] = now
                now = companion @ now
            return -self.shrunk * np.tensordot(pairs, reached, 1).swapaxes(0, 1)

    def at(self, points: Any, sums: _Sums) -> tuple[Any, Any]:
        """The equations at points, (points, units, equations), and the biases in them."""
        coefficients, variance = (part[:, None] for part in self.parts(points))
        biases = self.biases(points, sums.pairs)
        turned = coefficients.swapaxes(2, 3)
        first = sums.mixed - sums.past @ turned - biases
        through = coefficients @ sums.mixed
        second = sums.own - through - through.swapaxes(2, 3) + coefficients @ sums.past @ turned
        second = second - self.shrunk * sums.spare[:, None, None] * variance
        flat = first.swapaxes(2, 3).reshape(*first.shape[:2], -1)
        return np.concatenate([flat, second[:, :, self.upper[0], self.upper[1]]], axis=2), biases

    def around(self, point: Reals, sums: _Sums) -> tuple[Reals, Reals, Reals]:
        """The equations at a point, how they change with it, (units, equations, point), and the biases in them.

        The slopes are exact, by steps off the real line so small that they leave the real part as it is.
        """
        points = point + 1j * TINY * np.eye(len(point))
        slopes = np.empty((len(sums.spare), len(point), len(point)))
        step = max(1, TOGETHER // len(sums.spare))
        for start in range(0, len(points), step):
            values, biases = self.at(points[start : start + step], sums)
            slopes[:, :, start : start + step] = np.moveaxis(values.imag, 0, 2) / TINY
        return values[0].real, slopes, biases[0].real

    def corrected(self, point: Reals) -> Corrected:
        """The estimate with the influence of each row."""
        past, outcomes = self.left
        coefficients, variance = (part[0] for part in self.parts(point[None]))
        _, slopes, biases = self.around(point, self.of_units)
        errors = outcomes - past @ coefficients.T
        shares = 1.0 / self.rows[self.codes]
        first = (
            errors[:, :, None] * past[:, None, :] - (biases.transpose(0, 2, 1) / self.rows[:, None, None])[self.codes]
        )
        spare = self.shrunk * (1.0 - shares)
        second = errors[:, :, None] * errors[:, None, :] - spare[:, None, None] * variance
        scores = np.concatenate([first.reshape(self.n, -1), second[:, self.upper[0], self.upper[1]]], axis=1)
        scores *= self.grown[self.codes][:, None]
        turned = -np.linalg.solve(self.without(slopes), np.eye(len(point)))[:, : self.coefficients]
        return Corrected(
            used=np.ones(self.n, np.bool_),
            effects=self.effects,
            plain=self.first[: self.coefficients],
            coefficients=point[: self.coefficients],
            influence=np.einsum("rkm,rm->rk", turned[self.codes], scores),
            equations=self.outcomes.shape[1],
            steepness=self.steepness(slopes.sum(axis=0)),
        )

    def without(self, slopes: Reals) -> Reals:
        """Slopes with each unit left out in turn."""
        total = slopes.sum(axis=0)
        left: Reals = total - self.grown[:, None, None] * slopes
        if np.abs(np.linalg.det(left)).min() < NOTHING * abs(np.linalg.det(total)):
            raise refusal("rests_on_one")
        return left

    def steepness(self, slope: Reals) -> float:
        """Least share of the slope that is left once the bias and the errors' variance follow the coefficients."""
        own, across = np.split(slope, [self.coefficients])
        following = np.linalg.solve(across[:, self.coefficients :], across[:, : self.coefficients])
        left = own[:, : self.coefficients] - own[:, self.coefficients :] @ following
        plain = np.kron(np.eye(self.outcomes.shape[1]), self.of_all.past[0])
        return float(np.linalg.eigvals(np.linalg.solve(plain, -left)).real.min())
