"""Largest eigenvalues of matrices without negative entries, and what belongs to them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

DENSE = 500  # rows of a matrix that is best decomposed whole
STEPS = 60  # of Lanczos before it is restarted
CLOSE = 1e-9

Vector = NDArray[np.float64]


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
        value, vector = _decomposed(scaled) if n <= DENSE else _iterated(scaled.__matmul__, n)
        return Principal(value * scale, _oriented(vector))
    value, count = _radius(scaled)
    if not value > 0:
        return Principal(0.0, np.full(n, np.nan), "no way leads round")
    if count > 1:
        return Principal(value * scale, np.full(n, np.nan), "several strong components are equally large")
    return Principal(value * scale, _oriented(_asymmetric(scaled)[1]))


def principal_square(matrix: "csr_array") -> Principal:
    """Largest eigenvalue of A'A and its eigenvector, as :func:`principal` gives them for a symmetric matrix.

    Parameters
    ----------
    matrix : csr_array (n, n)
        A, no entry below 0; A'A is not formed where it is large.

    Returns
    -------
    Principal
        Missing where all entries are 0.
    """
    n = matrix.shape[0]
    scale = float(matrix.data.max(initial=0.0))
    if not scale > 0:
        return Principal(0.0, np.full(n, np.nan), "no ties")
    scaled = _scaled(matrix, scale)
    if n <= DENSE:
        value, vector = _decomposed(scaled.T @ scaled)
    else:
        value, vector = _iterated(lambda given: scaled.T @ (scaled @ given), n)
    return Principal(value * scale**2, _oriented(vector))


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


def _decomposed(matrix: "csr_array") -> tuple[float, Vector]:
    """Largest eigenvalue of a small symmetric matrix, and what ones have of its vectors."""
    values, vectors = np.linalg.eigh(matrix.toarray())
    largest = vectors[:, values >= values[-1] * (1 - CLOSE)]
    return float(values[-1]), largest @ largest.sum(axis=0)


def _iterated(times: Callable[[Vector], Vector], n: int) -> tuple[float, Vector]:
    """Largest eigenvalue of a symmetric matrix that is known by its products (Lanczos 1950, from ones)."""
    from scipy.linalg import eigh_tridiagonal
    from scipy.sparse.linalg import LinearOperator, eigsh

    basis = np.empty((STEPS + 1, n))
    basis[0] = 1 / np.sqrt(n)
    diagonal, beside = np.empty(STEPS), np.empty(STEPS)
    for step in range(STEPS):
        known = basis[: step + 1]
        fresh = times(basis[step])
        shares = _shares(known, fresh)
        diagonal[step] = shares[-1]
        fresh = fresh - _mixed(shares, known)
        beside[step] = np.sqrt(_shares(fresh[None], fresh)[0])
        values, vectors = eigh_tridiagonal(diagonal[: step + 1], beside[:step])
        best = np.asarray(vectors[:, -1], np.float64)
        if beside[step] * abs(best[-1]) <= np.finfo(np.float64).eps * values[-1]:
            return float(values[-1]), _mixed(best, known)
        basis[step + 1] = fresh / beside[step]
    whole = LinearOperator((n, n), matvec=times, dtype=np.float64)
    restarted, found = eigsh(whole, 1, which="LA", v0=_mixed(best, basis[:-1]), tol=0)
    return float(restarted[0]), found[:, 0]


def _shares(basis: NDArray[np.float64], vector: Vector) -> Vector:
    """What a vector has of each vector of a basis. BLAS would start threads for this, and take longer."""
    return np.asarray(np.einsum("ij,j->i", basis, vector))


def _mixed(shares: Vector, basis: NDArray[np.float64]) -> Vector:
    return np.asarray(np.einsum("i,ij->j", shares, basis))


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
