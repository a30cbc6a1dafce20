"""Sums over walks of any length, each step of which takes something away."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.methods.spectra import radius

if TYPE_CHECKING:
    from scipy.sparse import csr_array

CHANGE = 1e-17
NEAREST = 0.999


def step_factor(matrix: "csr_array", given: float | None, name: str) -> float:
    """Factor of a step: the one given, if sums over walks are finite with it, else half of the largest possible.

    Parameters
    ----------
    matrix : csr_array (n, n)
        Strength of the steps, not below 0.
    given : float or None
        The factor; None for half of the largest.
    name : str
        Name of the parameter, for the error.

    Returns
    -------
    float
        The factor; 0 where none was given and no way leads round, so that there is no largest.

    Raises
    ------
    ParameterError
        If sums over walks would be infinite, or too near to it to be summed.
    """
    largest = radius(matrix)
    if given is None:
        return 0.5 / largest if largest > 0 else 0.0
    if not math.isfinite(given) or abs(given) * largest > NEAREST:
        limit = f"-{NEAREST / largest:.6g} < {name} < {NEAREST / largest:.6g}" if largest > 0 else "a finite number"
        raise ParameterError(f"{name}={given}; allowed in this view: {limit}, or None for half of the largest")
    return given


def attenuated(matrix: "csr_array", factor: float, start: NDArray[np.float64]) -> NDArray[np.float64]:
    """Solve x = start + factor * matrix @ x.

    Parameters
    ----------
    matrix : csr_array (n, n)
        Strength of the steps.
    factor : float
        Factor of a step, below the inverse of the largest eigenvalue.
    start : float64 (n)
        What walks start with.

    Returns
    -------
    float64 (n)
        The sums over walks of all lengths.
    """
    whole: NDArray[np.float64] = start.copy()
    added: NDArray[Any] = start
    while np.abs(added).max(initial=0.0) > CHANGE * np.abs(whole).max(initial=0.0):
        added = factor * (matrix @ added)
        whole = whole + added
    return whole
