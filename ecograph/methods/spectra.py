"""Largest eigenvalues of matrices without negative entries, and what belongs to them."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

DENSE = 500  # rows of a matrix that is best decomposed whole
CLOSE = 1e-9


class Principal(NamedTuple):
    """The largest eigenvalue, a vector of length 1 without negative entries that belongs to it, and why it is missing.

    The vector is NaN where there is a ``note``.
    """

    value: float
    vector: NDArray[np.float64]
    note: str | None = None


def principal(matrix: "csr_array", *, symmetric: bool) -> Principal:
    """Largest eigenvalue of a matrix and its right eigenvector.

    Parameters
    ----------
    matrix : csr_array (n, n)
        No entry below 0.
    symmetric : bool
        Whether it is symmetric. Where several vectors belong to the eigenvalue, as with equal components, the one
        nearest to all ones is given: what repeated multiplication of ones leads to.

    Returns
    -------
    Principal
        Missing where all entries are 0, and without symmetry where no power of the matrix has a diagonal, or where
        several of its strong components have the largest eigenvalue.
    """
    n = matrix.shape[0]
    scale = float(matrix.data.max(initial=0.0))
    if not scale > 0:
        return Principal(0.0, np.full(n, np.nan), "no ties")
    scaled = _scaled(matrix, scale)
    if symmetric:
        value, vector = _symmetric(scaled)
        return Principal(value * scale, _oriented(vector))
    value, count = _radius(scaled)
    if not value > 0:
        return Principal(0.0, np.full(n, np.nan), "no way leads round")
    if count > 1:
        return Principal(value * scale, np.full(n, np.nan), "several strong components are equally large")
    return Principal(value * scale, _oriented(_asymmetric(scaled)[1]))


def radius(matrix: "csr_array") -> float:
    """Largest eigenvalue of a matrix.

    Parameters
    ----------
    matrix : csr_array (n, n)
        No entry below 0.

    Returns
    -------
    float
        Its spectral radius; 0 where no way leads round.
    """
    scale = float(matrix.data.max(initial=0.0))
    return _radius(_scaled(matrix, scale))[0] * scale if scale > 0 else 0.0


def _scaled(matrix: "csr_array", scale: float) -> "csr_array":
    from scipy.sparse import csr_array

    return csr_array((matrix.data / scale, matrix.indices, matrix.indptr), shape=matrix.shape)


def _symmetric(matrix: "csr_array") -> tuple[float, NDArray[np.float64]]:
    n = matrix.shape[0]
    if n > DENSE:
        from scipy.sparse.linalg import eigsh

        values, vectors = eigsh(matrix, 1, which="LA", v0=np.ones(n), tol=0)
        return float(values[0]), vectors[:, 0]
    values, vectors = np.linalg.eigh(matrix.toarray())
    largest = vectors[:, values >= values[-1] * (1 - CLOSE)]
    return float(values[-1]), largest @ largest.sum(axis=0)


def _asymmetric(matrix: "csr_array") -> tuple[float, NDArray[np.float64]]:
    n = matrix.shape[0]
    if n > DENSE:
        from scipy.sparse.linalg import eigs

        values, vectors = eigs(matrix, 1, which="LR", v0=np.ones(n), tol=0)
    else:
        values, vectors = np.linalg.eig(matrix.toarray())
    largest = int(np.argmax(values.real))
    return float(values[largest].real), vectors[:, largest].real


def _radius(matrix: "csr_array") -> tuple[float, int]:
    """Largest eigenvalue of the strong components, and how many have it."""
    from scipy.sparse.csgraph import connected_components

    count, labels = connected_components(matrix, directed=True, connection="strong")
    sources = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    inside = labels[sources] == labels[matrix.indices]
    # No eigenvalue is larger than the largest row: components that cannot have the largest are not decomposed.
    rows = np.bincount(sources[inside], matrix.data[inside], matrix.shape[0])
    most = np.zeros(count)
    np.maximum.at(most, labels, rows)
    best, found = 0.0, 0
    for label in np.argsort(-most, kind="stable"):
        least = best * (1 + CLOSE if found > 1 else 1 - CLOSE)
        if most[label] <= 0 or most[label] < least:
            break
        members = np.flatnonzero(labels == label)
        value = _asymmetric(matrix[members][:, members])[0]
        found = found + 1 if abs(value - best) <= CLOSE * best else 1 if value > best else found
        best = max(best, value)
    return best, found


def _oriented(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    """The vector of length 1 without the signs that rounding left on its zeros."""
    turned = vector * np.sign(vector.sum())
    turned = np.where(turned > len(vector) * np.finfo(np.float64).eps * np.abs(turned).max(), turned, 0.0)
    return np.asarray(turned / np.linalg.norm(turned))
