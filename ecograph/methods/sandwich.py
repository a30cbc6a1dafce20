"""Standard errors of estimated coefficients: classical, robust, and clustered one and two ways."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np

from ecograph.methods.within import Codes, Effects, Reals, numbered, summed

Errors: TypeAlias = Literal["classical", "robust", "clustered"]
Factor: TypeAlias = Literal["pyfixest", "linearmodels", "statsmodels", "leave_one_out", "none"]
"""Small-sample factor: the way of pyfixest (and fixest), of linearmodels, of statsmodels on columns that the effects
were taken out of before, of influences that leave the row's own cluster out, or none."""


def meat_of(scores: Reals, clusters: Sequence[Codes], factors: Sequence[float]) -> Reals:
    """How much sums of scores vary when the rows of a cluster go together.

    Parameters
    ----------
    scores : float64 (rows, columns)
        What each row adds.
    clusters : sequence of int64 (rows)
        Cluster of each row, one way or two; none for every row by itself.
    factors : sequence of float
        Small-sample factor of each part: of the rows, of the one way, or of both ways and their crossing.

    Returns
    -------
    float64 (columns, columns)
        The variance; with two ways V1 + V2 - V12, which in small samples need not be positive.

    Notes
    -----
    Two ways: Cameron, Gelbach & Miller (2011).
    """
    if not clusters:
        return factors[0] * (scores.T @ scores)
    meat = np.zeros((scores.shape[1], scores.shape[1]))
    for sign, codes, factor in zip((1, 1, -1), with_crossing(clusters), factors, strict=False):
        totals = summed(scores, codes, int(codes.max()) + 1)
        meat += sign * factor * (totals.T @ totals)
    return meat


def with_crossing(clusters: Sequence[Codes]) -> list[Codes]:
    """The ways of clustering, numbered without gaps, and of two their crossing.

    Parameters
    ----------
    clusters : sequence of int64 (rows)
        Cluster of each row, one way or two.

    Returns
    -------
    list of int64 (rows)
        One way, or both and their crossing.
    """
    ways = [numbered(codes) for codes in clusters]
    if len(ways) == 2:
        ways.append(numbered(ways[0] * (int(ways[1].max(initial=0)) + 1) + ways[1]))
    return ways


def nested(inner: Codes, outer: Codes) -> bool:
    """Whether every group of one grouping lies within one group of another.

    Parameters
    ----------
    inner, outer : int64 (rows)
        Group of each row.

    Returns
    -------
    bool
        Whether the inner ones lie within the outer ones.
    """
    codes = numbered(inner)
    of_group = np.zeros(int(codes.max(initial=-1)) + 1, np.int64)
    of_group[codes] = outer
    return bool(np.array_equal(of_group[codes], outer))


def factors_of(
    factor: Factor, errors: Errors, n: int, coefficients: int, effects: Effects, clusters: Sequence[Codes]
) -> tuple[list[float], float]:
    """Small-sample factors of the parts of a variance, and the degrees of freedom of its t statistics.

    Parameters
    ----------
    factor : {"pyfixest", "linearmodels", "statsmodels", "leave_one_out", "none"}
        Whose way.
    errors : {"classical", "robust", "clustered"}
        The sort of errors.
    n, coefficients : int
        Rows and coefficients.
    effects : Effects
        What was taken out.
    clusters : sequence of int64 (rows)
        The ways of clustering.

    Returns
    -------
    list of float
        One a part, as :func:`meat_of` takes them; of classical errors, what makes the mean square of the residuals a
        variance.
    float
        Degrees of freedom.

    Notes
    -----
    With k coefficients, u and p groups of one and two effects, which take up u, or u + p - 1: ``linearmodels`` has n /
    (n - k - those), whether or not the effects are nested in clusters, unless there is one effect only: it is not
    counted if it is nested in every way of clustering. ``pyfixest`` has (n - 1) / (n - k - those) and G / (G - 1), G
    the least number of clusters; effects nested in a cluster count as one together; robust errors have n / (n - k -
    those). ``statsmodels`` has the same and counts no effect. ``leave_one_out`` has (G - 1) / G.
    """
    taken = sum(effects.sizes) - max(len(effects.sizes) - 1, 0)
    if factor == "none":
        return [1.0] * 3, float(n - coefficients - taken)
    if factor == "linearmodels":
        single = errors == "clustered" and len(effects.groupings) == 1
        inside = single and all(nested(effects.groupings[0], cluster) for cluster in clusters)
        counted = 0 if inside else taken
        return [n / (n - coefficients - counted)] * 3, float(n - coefficients - taken)
    fewest = min((int(cluster.max()) + 1 for cluster in with_crossing(clusters)), default=n)
    if factor == "leave_one_out":
        return [(fewest - 1) / fewest] * 3, float(fewest - 1)
    if factor == "statsmodels":
        taken = 0
    if errors != "clustered":
        return [n / (n - coefficients - taken)] * 3, float(n - coefficients - taken)
    for codes, size in zip(effects.groupings, effects.sizes, strict=True):
        if taken and any(nested(codes, cluster) for cluster in clusters):
            taken += 1 - size
    return [(n - 1) / (n - coefficients - taken) * fewest / (fewest - 1)] * 3, float(fewest - 1)
