"""The wild cluster bootstrap: tests and intervals of a coefficient when clusters are few."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from ecograph.errors import ParameterError
from ecograph.methods.fixed_effects import Within
from ecograph.methods.sandwich import nested
from ecograph.methods.within import Codes, Reals, numbered, summed

Signs: TypeAlias = Literal["rademacher", "webb"]
FEW = 12
"""Clusters up to which signs alone make too few different draws (2^12 = 4,096)."""
HALVINGS = 60
REACH = 60
BLOCK = 20_000_000
ROUNDING = 1e-10
UNKNOWN = 1e-10
"""Share of the largest root below which a root is 0: each connected part of a panel leaves one effect unknown."""


@dataclass(frozen=True, eq=False)
class Wild:
    """A wild cluster bootstrap of one coefficient.

    Parameters
    ----------
    statistic : float
        t statistic of the coefficient being the value tested.
    p_value : float
        Share of the draws whose statistic is at least as far from 0.
    low, high : float
        Ends of the interval: the values that are not rejected; infinite where none is rejected on that side.
    draws : int
        How many draws.
    signs : {"rademacher", "webb"}
        What the residuals of a cluster were multiplied with.
    clusters : int
        How many clusters.
    """

    statistic: float
    p_value: float
    low: float
    high: float
    draws: int
    signs: Signs
    clusters: int


def signs_of(clusters: int) -> Signs:
    """The draws that fit a number of clusters: six-point ones up to 12."""
    return "webb" if clusters <= FEW else "rademacher"


def drawn(clusters: int, draws: int, signs: Signs, seed: int) -> Reals:
    """What each cluster's residuals are multiplied with: 1 or -1, or Webb's six points.

    Parameters
    ----------
    clusters, draws : int
        How many.
    signs : {"rademacher", "webb"}
        Two points of equal chance, or six: plus and minus the roots of 1/2, 1 and 3/2.
    seed : int
        Seed of the draws.

    Returns
    -------
    float64 (clusters, draws)
        Of mean 0 and variance 1.
    """
    points = np.array([1.0]) if signs == "rademacher" else np.sqrt([0.5, 1.0, 1.5])
    both = np.concatenate([-points, points])
    return both[np.random.default_rng(seed).integers(0, len(both), (clusters, draws))]


def wild_bootstrap(
    regression: Within,
    clusters: Codes,
    coefficient: int,
    *,
    null: float = 0.0,
    draws: int = 999,
    signs: Signs | None = None,
    seed: int = 1,
    confidence: float = 0.95,
) -> Wild:
    """Bootstrap one coefficient of a regression with fixed effects, the null imposed.

    Parameters
    ----------
    regression : Within
        The regression; no regressor may say nothing.
    clusters : int64 (rows given)
        Cluster of each row. The groups of at least one of two effects, or of the only one, lie inside clusters.
    coefficient : int
        Number of the coefficient.
    null : float
        The value tested.
    draws : int
        How many draws.
    signs : {"rademacher", "webb"}, optional
        What to multiply residuals with; ``webb`` up to 12 clusters if not given.
    seed : int
        Seed of the draws.
    confidence : float
        Level of the interval.

    Returns
    -------
    Wild
        Test and interval.

    Raises
    ------
    ParameterError
        If there are fewer than two clusters, or effects that no clusters hold.

    Notes
    -----
    WCR of Cameron, Gelbach & Miller (2008); Webb (2023) for six points. Nothing is estimated again: with a the row of
    (X'X)^-1 of the coefficient, a draw v moves the numerator by sum over clusters g of v_g a's_g, and cluster g's part
    of the error is v_g a's_g - a'X_g'X_g (X'X)^-1 sum v_h s_h - h_g'S^+ Z'v, where s are the restricted scores of
    clusters and h, Z the sums of the regressors and residuals of each cluster over the groups of the other effect
    (Roodman, MacKinnon, Nielsen & Webb 2019). All are linear in the null, so the interval, the set of values
    that are not rejected, takes no draw more.
    """
    if not regression.kept.all():
        raise ParameterError("a regressor says nothing beyond the effects; leave it out before drawing")
    codes = numbered(clusters[regression.used])
    groups = int(codes.max()) + 1
    if groups < 2:
        raise ParameterError("clusters: all rows are of one cluster; the wild bootstrap needs at least two")
    signs = signs or signs_of(groups)
    parts = Draws(regression, codes, coefficient)
    weights = drawn(groups, draws, signs, seed)
    drawn_at = parts.statistics(weights)
    estimate = float(regression.coefficients[coefficient])

    def p_at(value: float) -> float:
        own, others = abs(parts.own(value)), np.abs(drawn_at(value))
        return float(np.mean(others >= own * (1.0 - ROUNDING)))

    width = parts.error * 2.0
    low, high = (_edge(p_at, estimate, way * width, 1.0 - confidence) for way in (-1, 1))
    return Wild(parts.own(null), p_at(null), low, high, draws, signs, groups)


def _edge(p_at: Callable[[float], float], start: float, width: float, level: float) -> float:
    """The value on one side of an estimate where rejection begins."""
    inside, step = start, width
    for _ in range(REACH):
        if p_at(start + step) < level:
            break
        inside, step = start + step, 2 * step
    else:
        return float(np.copysign(np.inf, width))
    outside = start + step
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if p_at(middle) >= level else (inside, middle)
    return inside


class Draws:
    """Sums over clusters from which every draw follows, for the null 0 and for what a null of 1 takes off.

    Parameters
    ----------
    regression : Within
        The regression.
    codes : int64 (rows)
        Cluster of each row used, counting from 0.
    coefficient : int
        Number of the coefficient.
    """

    def __init__(self, regression: Within, codes: Codes, coefficient: int) -> None:
        groups = int(codes.max()) + 1
        table, bread = regression.regressors, regression.bread
        self.estimate = float(regression.coefficients[coefficient])
        self.row = bread[coefficient]
        projected = table @ self.row
        fitted = regression.residuals + table @ regression.coefficients
        others = np.delete(np.arange(table.shape[1]), coefficient)
        self.residuals = _without(table[:, others], np.column_stack([fitted, table[:, coefficient]]))
        # a'X_g'X_g (X'X)^-1: how cluster g's part follows the coefficients of a draw
        self.moved = summed(projected[:, None] * table, codes, groups) @ bread
        self.scores = np.stack([summed(table * part[:, None], codes, groups) for part in self.residuals.T])
        self.shared = _Shared(regression, codes, projected, self.residuals)
        self.error = float(np.sqrt(((self.totals(regression.residuals, codes, table)) ** 2).sum()))

    def totals(self, residuals: Reals, codes: Codes, table: Reals) -> Reals:
        """Cluster parts of the coefficient's error."""
        return np.asarray(np.bincount(codes, weights=(table @ self.row) * residuals), np.float64)

    def own(self, null: float) -> float:
        """Statistic of the data."""
        return (self.estimate - null) / self.error if self.error else float("nan")

    def statistics(self, weights: Reals) -> Callable[[float], Reals]:
        """Statistics of all draws (clusters, draws) as a function of the null."""
        squares = np.zeros((3, weights.shape[1]))
        parts = [self._of(part, weights) for part in range(2)]
        numerators = [part[0] for part in parts]
        squares[0] = (parts[0][1] ** 2).sum(axis=0)
        squares[1] = (parts[0][1] * parts[1][1]).sum(axis=0)
        squares[2] = (parts[1][1] ** 2).sum(axis=0)

        def at(null: float) -> Reals:
            variance = squares[0] - 2 * null * squares[1] + null**2 * squares[2]
            with np.errstate(divide="ignore", invalid="ignore"):
                found = (numerators[0] - null * numerators[1]) / np.sqrt(np.maximum(variance, 0.0))
            return np.asarray(np.nan_to_num(found, nan=0.0), np.float64)

        return at

    def _of(self, part: int, weights: Reals) -> tuple[Reals, Reals]:
        """Numerators (draws) and cluster parts of the errors (clusters, draws) of one restricted residual."""
        moved = self.scores[part].T @ weights
        own = (self.scores[part] @ self.row)[:, None] * weights
        return self.row @ moved, own - self.moved @ moved - self.shared.of(part, weights)


class _Shared:
    """What the effect that clusters do not hold takes out of a draw, as seen by each cluster."""

    def __init__(self, regression: Within, codes: Codes, projected: Reals, residuals: Reals) -> None:
        effects = regression.effects
        outside = [number for number, group in enumerate(effects.groupings) if not nested(group, codes)]
        if len(outside) == len(effects.groupings) and outside:
            raise ParameterError(
                "clusters hold neither units nor periods whole; cluster by one of them, or by groups of"
            )
        self.none = not outside
        if self.none:
            return
        inner, outer = effects.groupings[1 - outside[0]], effects.groupings[outside[0]]
        groups, size = int(codes.max()) + 1, effects.sizes[outside[0]]
        if groups * size > BLOCK:
            raise ParameterError(
                f"{groups:,} clusters by {size:,} periods are more than {BLOCK:,} cells; clusters that many need no "
                f"bootstrap: use clustered errors"
            )
        cells = codes * size + outer

        def table(column: Reals) -> Reals:
            totals = np.bincount(cells, weights=column, minlength=groups * size)
            return totals.astype(np.float64).reshape(groups, size)

        self.sums = table(projected)
        self.residuals = [table(part) for part in residuals.T]
        self.solve = _outer_effects(inner, outer, size)

    def of(self, part: int, weights: Reals) -> Reals | float:
        """What is taken out of the cluster parts of the errors: (clusters, draws), or nothing."""
        if self.none:
            return 0.0
        taken: Reals = self.sums @ self.solve(self.residuals[part].T @ weights)
        return taken


def _outer_effects(inner: Codes, outer: Codes, size: int) -> Callable[[Reals], Reals]:
    """Effects of the outer groups from their sums, once the means of the inner groups are out."""
    from scipy.sparse import coo_array, diags_array

    counts = np.bincount(inner).astype(np.float64)
    crossing = coo_array((np.ones(len(inner)), (inner, outer)), shape=(len(counts), size)).tocsr()
    means = crossing.T @ diags_array(1.0 / counts) @ crossing
    equations = np.diag(np.bincount(outer, minlength=size).astype(np.float64)) - means.toarray()
    inverse = np.linalg.pinv(equations, rcond=UNKNOWN, hermitian=True)
    return lambda totals: inverse @ totals


def _without(table: Reals, columns: Reals) -> Reals:
    """What is left of columns once a table's columns are out."""
    return columns - table @ np.linalg.lstsq(table, columns, rcond=None)[0] if table.shape[1] else columns
