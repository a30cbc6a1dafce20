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
from ecograph.methods.within import Codes, Effects, Reals

Estimator: TypeAlias = Literal["recommended", "corrected", "jackknife", "within"]
LEAVE_ONE_OUT: Factor = "leave_one_out"
PLAIN: Factor = "pyfixest"


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
    solution : Corrected, optional
        The corrected estimate, also where another was asked for; None where no coefficients have the bias that the
        panel shows.
    """

    estimator: str
    corrected: Corrected
    estimate: Estimate
    factor: Factor
    plain: tuple[Within, ...]
    solution: Corrected | None

    @property
    def matrix(self) -> Reals:
        """Coefficients (equations, regressors)."""
        return self.estimate.coefficients.reshape(len(self.plain), -1)

    @property
    def root(self) -> float:
        """Largest root of the corrected estimate, else of that shown: what is left of a shock, in the long run."""
        equations, width = self.matrix.shape
        companion = np.eye(width, k=-equations)
        companion[:equations] = (self.solution or self.corrected).coefficients.reshape(equations, width)
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
    effects = Effects([units, periods])
    plain = tuple(within(side, past, effects) for side in now.T)
    if not all(one.kept.all() for one in plain):
        raise refusal("past_does_not_vary")
    solution: Corrected | None = None
    try:
        solution = bias_corrected(now, past, units, periods, effects=effects)
    except EstimateError as error:
        if estimator == "corrected" or (estimator == "recommended" and error.code != NO_SOLUTION):
            raise
    if solution is not None and estimator in ("recommended", "corrected"):
        found, name, factor = solution, "corrected", LEAVE_ONE_OUT
    elif estimator == "within":
        found, name, factor = joined([_as_corrected(one) for one in plain]), "within", PLAIN
    else:
        found, name, factor = joined([half_panel(side, past, units, periods) for side in now.T]), "jackknife", PLAIN
    return System(name, found, estimated(found, "clustered", [units], factor=factor), factor, plain, solution)


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
