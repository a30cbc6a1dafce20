"""Sums over walks of any length, each step of which takes something away."""

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.kernels.walks import settled
from ecograph.methods.spectra import radius

if TYPE_CHECKING:
    from scipy.sparse import csr_array

CHANGE = 1e-15
NEAREST = 0.999
FEW, MANY = 200, 100_000  # sweeps: before the largest factor is asked for, and at the largest


def attenuated(
    matrix: "csr_array", given: float | None, start: NDArray[np.float64], name: str
) -> tuple[float, NDArray[np.float64]]:
    """Solve x = start + factor * matrix @ x with a factor that keeps sums over walks finite.

    Parameters
    ----------
    matrix : csr_array (n, n)
        Strength of the steps, not below 0.
    given : float or None
        Factor of a step; None for half of the largest.
    start : float64 (n)
        What walks start with, not below 0, and above 0 in every row that has an entry above 0.
    name : str
        Name of the factor, for the error.

    Returns
    -------
    float
        The factor; 0 where none was given and no way leads round, so that there is no largest.
    float64 (n)
        The sums over walks of all lengths.

    Raises
    ------
    ParameterError
        If sums over walks would be infinite, or too near to it to be summed.
    """
    if given is not None and math.isfinite(given) and given >= 0:
        sums, change = _swept(matrix, given, start, FEW)
        # Factor * matrix @ x = x - start is at most NEAREST * x here, and so is the largest eigenvalue (Collatz 1942).
        if change <= CHANGE and bool((start >= (1 - NEAREST) * sums).all()):
            return given, sums
    factor = _checked(matrix, given, name)
    return factor, _swept(matrix, factor, start, MANY)[0]


def _swept(
    matrix: "csr_array", factor: float, start: NDArray[np.float64], most: int
) -> tuple[NDArray[np.float64], float]:
    return settled(
        matrix.indptr.astype(np.int64, copy=False),
        matrix.indices.astype(np.int32, copy=False),
        np.full(matrix.shape[0], factor, np.float64),
        start,
        values=matrix.data,
        change=CHANGE,
        most=most,
    )


def _checked(matrix: "csr_array", given: float | None, name: str) -> float:
    largest = radius(matrix)
    if given is None:
        return 0.5 / largest if largest > 0 else 0.0
    if not math.isfinite(given) or abs(given) * largest > NEAREST:
        limit = f"-{NEAREST / largest:.6g} < {name} < {NEAREST / largest:.6g}" if largest > 0 else "a finite number"
        raise ParameterError(f"{name}={given}; allowed in this view: {limit}, or None for half of the largest")
    return given
