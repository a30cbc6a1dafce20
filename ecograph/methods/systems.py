"""Two sides that depend on each other's past, estimated together."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import EstimateError
from ecograph.methods.bias_corrected import NO_SOLUTION, bias_corrected
from ecograph.methods.fixed_effects import Corrected, Estimate, Within, estimated, joined, within
from ecograph.methods.jackknife import half_panel
from ecograph.methods.refusals import refusal
from ecograph.methods.sandwich import Factor
from ecograph.methods.within import Codes, Reals

Estimator: TypeAlias = Literal["recommended", "corrected", "jackknife", "within"]
EXPLOSIVE = 0.95
"""Largest root from which on sizes hardly come back, and intervals of short panels cannot be relied on."""


@dataclass(frozen=True, eq=False)
class System:
    """Both equations of two sides.

    Parameters
    ----------
    estimator : str
        What they were estimated with: corrected, jackknife or within.
    corrected : Corrected
        Coefficients and influence: of the first side its equation's, then the second's.
    estimate : Estimate
        The same with errors clustered by unit.
    factor : str
        Small-sample factor of the errors.
    plain : tuple of Within
        Plain fixed effects of each equation.
    solved : bool
        Whether coefficients exist that have the bias the panel shows; False where the recommended estimator had to be
        another.
    """

    estimator: str
    corrected: Corrected
    estimate: Estimate
    factor: Factor
    plain: tuple[Within, ...]
    solved: bool

    @property
    def matrix(self) -> Reals:
        """Coefficients (equations, regressors)."""
        return self.estimate.coefficients.reshape(len(self.plain), -1)

    @property
    def root(self) -> float:
        """Largest root: what is left of a shock after a period, in the long run."""
        equations, width = self.matrix.shape
        companion = np.eye(width, k=-equations)
        companion[:equations] = self.matrix
        return float(np.abs(np.linalg.eigvals(companion)).max())


def two_equations(
    now: Reals, past: Reals, units: Codes, periods: Codes, estimator: Estimator = "recommended"
) -> System:
    """Estimate both equations with effects of units and periods, errors clustered by unit.

    Parameters
    ----------
    now : float64 (rows, sides)
        Sizes.
    past : float64 (rows, sides * lags)
        All sizes one period before, then two periods before, and so on.
    units, periods : int64 (rows)
        Unit and period of each row.
    estimator : {"recommended", "corrected", "jackknife", "within"}
        Free of bias, if that exists, else the jackknife; or one of them.

    Returns
    -------
    System
        The estimates.

    Raises
    ------
    EstimateError
        If there are too few rows, or the past does not vary beyond the effects.
    """
    units_there = len(np.unique(units))
    if units_there < 2:
        raise refusal("too_few_pasts", platforms=units_there)
    plain = tuple(within(side, past, [units, periods], keep_singletons=True) for side in now.T)
    if not all(one.kept.all() for one in plain):
        raise refusal("past_does_not_vary")
    if estimator in ("recommended", "corrected"):
        try:
            found = bias_corrected(now, past, units, periods)
            return _system("corrected", found, units, "leave_one_out", plain)
        except EstimateError as error:
            if estimator == "corrected" or error.code != NO_SOLUTION:
                raise
    if estimator == "within":
        return _system("within", joined([_as_corrected(one) for one in plain]), units, "pyfixest", plain)
    halves = joined([half_panel(side, past, units, periods) for side in now.T])
    return _system("jackknife", halves, units, "pyfixest", plain, solved=estimator != "recommended")


def _system(
    name: str, found: Corrected, units: Codes, factor: Factor, plain: tuple[Within, ...], *, solved: bool = True
) -> System:
    estimate = estimated(found, "clustered", [units], factor=factor)
    return System(name, found, estimate, factor, plain, solved)


def _as_corrected(one: Within) -> Corrected:
    return Corrected(
        used=one.used,
        effects=one.effects,
        plain=one.coefficients,
        coefficients=one.coefficients,
        influence=one.influence,
    )


def left_over(system: System, now: Reals, past: Reals) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Errors of both equations, and the past, with the effects out.

    Parameters
    ----------
    system : System
        The estimates.
    now, past : float64 (rows, ...)
        What they are of.

    Returns
    -------
    float64 (rows used, equations)
        Errors.
    float64 (rows used, regressors)
        The past.
    """
    used = system.corrected.used
    errors = now[used] - past[used] @ system.matrix.T
    both = system.corrected.effects.out(np.column_stack([errors, past[used]]))
    return both[:, : now.shape[1]], both[:, now.shape[1] :]
