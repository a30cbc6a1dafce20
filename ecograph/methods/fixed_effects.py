"""Fixed effects: coefficients of regressors once the means of units and periods are out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.methods.refusals import refusal
from ecograph.methods.sandwich import Errors, Factor, factors_of, meat_of, with_crossing
from ecograph.methods.within import Codes, Effects, Reals, alone

COLLINEAR = 1e-7
"""Share of a regressor's length that must be left once effects and the regressors before it are out."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Within:
    """A regression once effects are out, with what its errors are made of.

    Parameters
    ----------
    used : bool (rows given)
        Rows that the regression is of; the others were dropped, being the only ones of a group.
    effects : Effects
        What was taken out, of the rows used.
    regressors : float64 (rows, coefficients)
        What is left of the regressors.
    residuals : float64 (rows)
        What is left of the outcome.
    coefficients : float64 (regressors)
        NaN where a regressor says nothing beyond effects and the regressors before it.
    """

    used: NDArray[np.bool_]
    effects: Effects
    regressors: Reals
    residuals: Reals
    coefficients: Reals

    @property
    def n(self) -> int:
        """How many rows it is of."""
        return len(self.residuals)

    @property
    def singletons(self) -> int:
        """How many rows were dropped since they are the only ones of a group."""
        return int(len(self.used) - self.used.sum())

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Whether each regressor has a coefficient."""
        return ~np.isnan(self.coefficients)

    @property
    def scores(self) -> Reals:
        """What each row adds to the estimating equations, of the regressors kept."""
        return self.regressors[:, self.kept] * self.residuals[:, None]

    @cached_property
    def bread(self) -> Reals:
        """Inverse of the cross products of the regressors kept."""
        triangle = np.linalg.qr(self.regressors[:, self.kept], mode="r")
        root = np.linalg.inv(triangle)
        return np.asarray(root @ root.T, np.float64)

    @property
    def influence(self) -> Reals:
        """By how much each row moves each coefficient kept."""
        return self.scores @ self.bread

    def influence_at(self, coefficients: Reals) -> Reals:
        """By how much each row would move each coefficient, were these the true ones; all must be kept."""
        residuals = self.residuals + self.regressors @ (self.coefficients - coefficients)
        return (self.regressors * residuals[:, None]) @ self.bread


@dataclass(frozen=True, eq=False, kw_only=True)
class Corrected:
    """Coefficients without the bias that fixed effects bring to short panels.

    Parameters
    ----------
    used : bool (rows given)
        Rows that the estimate is of.
    effects : Effects
        What was taken out, of the rows used.
    plain : float64 (regressors)
        Coefficients of the rows used before the correction.
    coefficients : float64 (regressors)
        Coefficients after it.
    influence : float64 (rows, regressors)
        By how much each row used moves each coefficient.
    equations : int
        How many equations the coefficients are of.
    steepness : float
        How much of the slope of the equations the correction leaves, in the direction in which it leaves least: 1 where
        there is nothing to correct, 0 where every persistence would fit.
    """

    used: NDArray[np.bool_]
    effects: Effects
    plain: Reals
    coefficients: Reals
    influence: Reals
    equations: int = 1
    steepness: float = 1.0

    @property
    def n(self) -> int:
        """How many rows it is of."""
        return len(self.influence)

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Whether each regressor has a coefficient: all have."""
        return np.ones(len(self.coefficients), np.bool_)


@dataclass(frozen=True, eq=False, kw_only=True)
class Estimate:
    """Coefficients with their variance.

    Parameters
    ----------
    coefficients : float64 (regressors)
        NaN where a regressor says nothing beyond effects and the regressors before it.
    variance : float64 (regressors, regressors)
        Their variance; NaN likewise.
    freedom : float
        Degrees of freedom of t statistics.
    clusters : int
        Clusters of the way with the fewest; 0 if errors are not clustered.
    """

    coefficients: Reals
    variance: Reals
    freedom: float
    clusters: int = 0

    @property
    def errors(self) -> Reals:
        """Standard errors; NaN where a two-way variance is negative."""
        with np.errstate(invalid="ignore"):
            return np.sqrt(np.diag(self.variance))

    @property
    def p_values(self) -> Reals:
        """Two-sided p-values of the coefficients being 0."""
        from scipy.special import stdtr

        return np.asarray(2.0 * stdtr(self.freedom, -np.abs(self.coefficients / self.errors)), np.float64)

    def interval(self, confidence: float = 0.95) -> tuple[Reals, Reals]:
        """Low and high ends of the coefficients' intervals."""
        from scipy.special import stdtrit

        width = self.errors * stdtrit(self.freedom, (1.0 + confidence) / 2.0)
        return self.coefficients - width, self.coefficients + width


def joined(parts: Sequence[Corrected]) -> Corrected:
    """Equations of the same rows as one estimate.

    Parameters
    ----------
    parts : sequence of Corrected
        One an equation.

    Returns
    -------
    Corrected
        The coefficients of the first equation, then those of the next.
    """
    return Corrected(
        used=parts[0].used,
        effects=parts[0].effects,
        plain=np.concatenate([part.plain for part in parts]),
        coefficients=np.concatenate([part.coefficients for part in parts]),
        influence=np.column_stack([part.influence for part in parts]),
        equations=len(parts),
    )


def within(
    outcomes: Reals, regressors: Reals, effects: Sequence[Codes] | Effects, *, keep_singletons: bool = False
) -> Within:
    """Regress an outcome on regressors with fixed effects of one or two groupings.

    Parameters
    ----------
    outcomes : float64 (rows)
        The outcome.
    regressors : float64 (rows, regressors)
        The regressors, the more important first: of two that say the same, the later has no coefficient.
    effects : sequence of int64 (rows), or Effects
        Group of each row, by grouping: units, or units and periods. Rows may be in any order and any may be missing.
        Of regressions of the same rows, give all the same Effects; singletons stay then.
    keep_singletons : bool
        Whether rows that are the only ones of a group stay. They change no coefficient, only the count of rows.

    Returns
    -------
    Within
        The regression.

    Raises
    ------
    ParameterError
        If a number is missing or infinite, or no row is left.

    Notes
    -----
    The effects are projected out exactly (Frisch & Waugh 1933; Lovell 1963), whatever rows are missing. A regressor of
    which less than 1e-7 of its length is left says nothing.

    Examples
    --------
    >>> units, periods = np.divmod(np.arange(6), 3)
    >>> sizes = np.array([1.0, 2, 4, 3, 1, 0])
    >>> found = within(3 * sizes + 10 * units + periods, sizes[:, None], [units, periods])
    >>> found.coefficients.round(12).tolist(), found.n
    ([3.0], 6)
    """
    if not (np.isfinite(outcomes).all() and np.isfinite(regressors).all()):
        raise ParameterError("outcomes and regressors must be finite; leave out rows with a missing number")
    given = effects if isinstance(effects, Effects) else None
    groupings = effects.groupings if isinstance(effects, Effects) else effects
    keeps = keep_singletons or given is not None or not len(groupings)
    used = np.ones(len(outcomes), np.bool_) if keeps else ~alone(groupings)
    if not used.any():
        raise ParameterError(f"{len(used)} rows, and none is left: every one is the only row of a unit or of a period")
    taken = given or Effects([codes[used] for codes in groupings])
    left = taken.out(np.column_stack([outcomes[used], regressors[used]]))
    lengths = np.linalg.norm(regressors[used] - (regressors[used].mean(axis=0) if len(groupings) else 0.0), axis=0)
    lengths = np.maximum(lengths, COLLINEAR * np.linalg.norm(regressors[used], axis=0))
    coefficients = _solved(left[:, 0], left[:, 1:], lengths)
    residuals = left[:, 0] - left[:, 1:] @ np.nan_to_num(coefficients)
    return Within(used=used, effects=taken, regressors=left[:, 1:], residuals=residuals, coefficients=coefficients)


def _solved(outcomes: Reals, regressors: Reals, lengths: Reals) -> Reals:
    """Coefficients of least squares; NaN of a column that the ones before it leave too little of."""
    directions = np.zeros((len(outcomes), 0))
    kept = []
    for column, length in enumerate(lengths):
        left = regressors[:, column]
        for _ in range(2):  # once more takes off what rounding left
            left = left - directions @ (directions.T @ left)
        if np.linalg.norm(left) > COLLINEAR * length:
            kept.append(column)
            directions = np.column_stack([directions, left / np.linalg.norm(left)])
    coefficients = np.full(len(lengths), np.nan)
    coefficients[kept] = np.linalg.solve(directions.T @ regressors[:, kept], directions.T @ outcomes)
    return coefficients


def estimated(
    regression: Within | Corrected, errors: Errors, clusters: Sequence[Codes] = (), *, factor: Factor = "pyfixest"
) -> Estimate:
    """Put errors to the coefficients of a regression.

    Parameters
    ----------
    regression : Within or Corrected
        The regression; of a corrected one no classical errors are known.
    errors : {"classical", "robust", "clustered"}
        Of equal variance; of any variance; of any variance and going together inside clusters.
    clusters : sequence of int64 (rows given)
        Cluster of each row, one way or two, if clustered.
    factor : {"pyfixest", "linearmodels", "statsmodels", "leave_one_out", "none"}
        Small-sample factor, see :func:`ecograph.methods.sandwich.factors_of`.

    Returns
    -------
    Estimate
        Coefficients and their variance.

    Raises
    ------
    EstimateError
        If there are fewer rows than numbers to estimate.
    ParameterError
        If there are fewer than two clusters, or clusters do not fit the errors.
    """
    if (errors == "clustered") != bool(clusters) or len(clusters) > 2:
        raise ParameterError(f"errors={errors!r} with {len(clusters)} ways of clustering; clustered takes one or two")
    if errors == "classical" and isinstance(regression, Corrected):
        raise ParameterError("errors='classical' are not known after a correction; take robust or clustered ones")
    kept = regression.kept
    terms = int(kept.sum()) // (1 if isinstance(regression, Within) else regression.equations)
    if regression.n <= terms + regression.effects.rank:
        raise refusal("no_rows_for_errors", rows=regression.n, coefficients=terms, effects=regression.effects.rank)
    ways = [codes[regression.used] for codes in clusters]
    fewest = min((int(codes.max()) + 1 for codes in with_crossing(ways)), default=0)
    if clusters and fewest < 2:
        raise ParameterError("clusters: all rows are of one cluster; give at least two, or other errors")
    factors, freedom = factors_of(factor, errors, regression.n, terms, regression.effects, ways)
    if errors == "classical" and isinstance(regression, Within):
        found = factors[0] * float(np.mean(regression.residuals**2)) * regression.bread
    else:
        found = meat_of(regression.influence, ways, factors)
    variance = np.full((len(kept), len(kept)), np.nan)
    variance[np.ix_(kept, kept)] = found
    return Estimate(coefficients=regression.coefficients, variance=variance, freedom=freedom, clusters=fewest)
