"""Several outcomes that depend on each other's past: fixed effects without the bias that short panels bring."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.methods.fixed_effects import Corrected
from ecograph.methods.within import Codes, Effects, Reals, numbered, summed

STEPS = 40
CLOSE = 1e-10
LONGEST_STEP = 0.3
TINY = 1e-30


class NoSolutionError(ParameterError):
    """No coefficients have the bias that the panel shows."""


def bias_corrected(outcomes: Reals, past: Reals, units: Codes, periods: Codes, *, two_way: bool = True) -> Corrected:
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

    Returns
    -------
    Corrected
        Coefficients of the first equation, then those of the next. The influence of a row is what leaving its unit out
        would move them by, so the factor of its errors is ``leave_one_out``.

    Raises
    ------
    ParameterError
        If no coefficients solve the equations: the panel is too short for how persistent it is.

    Notes
    -----
    With unit means taken out, past and errors of a unit with T rows go together by B = -(1/T) sum over rows s before t
    of F^(t-1-s) S, F the coefficients (of several lags: the companion matrix) and S the errors' variance, whatever the
    first values and the unit's effect. The coefficients solve X'(Y - X F') - sum B(F, S) = 0 together with S = E'E over
    its degrees of freedom, so they are consistent for many units however few rows each has: Breitung, Kripfganz &
    Hayakawa 2022, sect. 2 (one outcome), Juodis 2013 (several). It supposes errors of a variance that does not change
    with time. Period effects shrink B and E'E by (rows - effects) / (rows - units), which is exact without gaps.
    """
    moments = _Moments(outcomes, past, units, periods, two_way)
    point = moments.first
    for _ in range(STEPS):
        value, slope = moments.at(point)[0].sum(axis=0), moments.slopes(point).sum(axis=0)
        if abs(np.linalg.det(slope)) == 0.0:
            break
        step = -np.linalg.solve(slope, value)
        step *= min(1.0, LONGEST_STEP / np.abs(step[: moments.coefficients]).max())
        point = point + step
        if np.abs(step / moments.scale).max() < CLOSE:
            return moments.corrected(point)
    raise NoSolutionError(
        f"{moments.n} rows of {moments.units} units: no coefficients have the bias that this panel shows; it is too "
        f"short for how persistent it is: give more periods or units"
    )


@dataclass(frozen=True, eq=False)
class _Moments:
    """The estimating equations, unit by unit."""

    outcomes: Reals
    past: Reals
    unit_codes: Codes
    period_codes: Codes
    two_way: bool

    @cached_property
    def codes(self) -> Codes:
        return numbered(self.unit_codes)

    @cached_property
    def effects(self) -> Effects:
        return Effects([self.codes, self.period_codes][: 1 + self.two_way])

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

    @cached_property
    def upper(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        return np.triu_indices(self.outcomes.shape[1])

    @cached_property
    def products(self) -> tuple[Reals, Reals, Reals]:
        """Cross products of past and past, past and outcomes, outcomes and outcomes, of each unit."""
        past, outcomes = self.left
        return self._crossed(past, past), self._crossed(past, outcomes), self._crossed(outcomes, outcomes)

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
        inner = self.products[0].sum(axis=0)
        if np.linalg.matrix_rank(inner) < len(inner) or self.n <= self.effects.rank + len(inner):
            raise ParameterError(
                f"{self.n} rows of {self.units} units: the past does not vary beyond the effects; give more periods"
            )
        found = np.linalg.solve(inner, self.products[1].sum(axis=0))
        errors = outcomes - past @ found
        variance = errors.T @ errors / (self.n - self.effects.rank)
        return np.concatenate([found.T.ravel(), variance[self.upper]])

    @cached_property
    def scale(self) -> Reals:
        variances = self.first[self.coefficients :]
        return np.concatenate([np.ones(self.coefficients), np.full(len(variances), np.abs(variances).max())])

    def parts(self, point: Any) -> tuple[Any, Any]:
        """Coefficients (equations, past) and variance of a point, which may be complex."""
        equations = self.outcomes.shape[1]
        variance = np.zeros((equations, equations), point.dtype)
        variance[self.upper] = point[self.coefficients :]
        variance += np.triu(variance, 1).T
        return point[: self.coefficients].reshape(equations, -1), variance

    def biases(self, point: Any) -> Any:
        """What unit means make past and errors have in common: (units, past, equations)."""
        coefficients, variance = self.parts(point)
        equations, width = coefficients.shape
        companion = np.eye(width, k=-equations, dtype=point.dtype)
        companion[:equations] = coefficients
        reached = np.zeros((self.pairs.shape[1], width, equations), point.dtype)
        now = np.zeros((width, equations), point.dtype)
        now[:equations] = variance
        with np.errstate(over="ignore", invalid="ignore"):
            for later in range(len(reached)):
                reached[later] = now
                now = companion @ now
            return -self.shrunk * np.tensordot(self.pairs, reached, 1)

    def at(self, point: Any) -> tuple[Any, Any]:
        """The equations of each unit at a point, and the biases in them."""
        coefficients, variance = self.parts(point)
        past, mixed, own = self.products
        biases = self.biases(point)
        first = mixed - past @ coefficients.T - biases
        through = coefficients @ mixed
        spare = self.shrunk * (self.rows - 1.0)
        second = own - through - through.transpose(0, 2, 1) + coefficients @ past @ coefficients.T
        second = second - spare[:, None, None] * variance
        flat = first.transpose(0, 2, 1).reshape(self.units, -1)
        return np.concatenate([flat, second[:, self.upper[0], self.upper[1]]], axis=1), biases

    def slopes(self, point: Reals) -> Reals:
        """How the equations of each unit change with the point; exact, by a step off the real line."""
        steps = 1j * TINY * np.eye(len(point))
        return np.stack([self.at(point + step)[0].imag / TINY for step in steps], axis=2)

    def corrected(self, point: Reals) -> Corrected:
        """The estimate with the influence of each row."""
        past, outcomes = self.left
        coefficients, variance = self.parts(point)
        slopes, biases = self.slopes(point), self.at(point)[1]
        errors = outcomes - past @ coefficients.T
        shares = 1.0 / self.rows[self.codes]
        first = (
            errors[:, :, None] * past[:, None, :] - (biases.transpose(0, 2, 1) / self.rows[:, None, None])[self.codes]
        )
        spare = self.shrunk * (1.0 - shares)
        second = errors[:, :, None] * errors[:, None, :] - spare[:, None, None] * variance
        scores = np.concatenate([first.reshape(self.n, -1), second[:, self.upper[0], self.upper[1]]], axis=1)
        without = slopes.sum(axis=0) - slopes
        turned = -np.linalg.solve(without, np.eye(len(point)))[:, : self.coefficients]
        return Corrected(
            used=np.ones(self.n, np.bool_),
            effects=self.effects,
            plain=self.first[: self.coefficients],
            coefficients=point[: self.coefficients],
            influence=np.einsum("rkm,rm->rk", turned[self.codes], scores),
            equations=self.outcomes.shape[1],
        )
