"""Largest eigenvalues of matrices without negative entries, and what belongs to them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ConvergenceError
from ecograph.kernels import cores, csr

if TYPE_CHECKING:
    from scipy.sparse import csr_array

DENSE = 500  # rows of a matrix that is best decomposed whole
BASIS = 60  # vectors of Lanczos before it is restarted
CLOSE = 1e-9
RESTARTS = 100  # of Arnoldi's method, which needs more only where other eigenvalues are nearly as large
SOLVED = 10_000  # rows of a matrix whose factors fit into memory, however its entries lie
STEPS = 50

Vector = NDArray[np.float64]


class Part(NamedTuple):
    """Members of a strong component and the vector of its largest eigenvalue."""

    members: NDArray[np.int64]
    vector: NDArray[np.float64]


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

    Raises
    ------
    ConvergenceError
        If other eigenvalues are so near to the largest that it cannot be found.
    """
    n = matrix.shape[0]
    scale = float(matrix.data.max(initial=0.0))
    if not scale > 0:
        return Principal(0.0, np.full(n, np.nan), "no ties")
    scaled = _scaled(matrix, scale)
    if symmetric:
        value, vector = _symmetric(scaled)
        return Principal(value * scale, _oriented(vector))
    value, parts = _largest(scaled, symmetric=False)
    if not value > 0:
        return Principal(0.0, np.full(n, np.nan), "no way leads round")
    if len(parts) > 1:
        return Principal(value * scale, np.full(n, np.nan), "several strong components are equally large")
    return Principal(value * scale, _oriented(_asymmetric(scaled, value)))


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
    found = _iterated(lambda given: scaled.T @ (scaled @ given), n) if n > DENSE else None
    value, vector = found or _symmetric((scaled.T @ scaled).tocsr())
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

    Raises
    ------
    ConvergenceError
        If other eigenvalues are so near to the largest that it cannot be found.
    """
    scale = float(matrix.data.max(initial=0.0))
    return _largest(_scaled(matrix, scale), symmetric=False)[0] * scale if scale > 0 else 0.0


def _scaled(matrix: "csr_array", scale: float) -> "csr_array":
    from scipy.sparse import csr_array

    return csr_array((matrix.data / scale, matrix.indices, matrix.indptr), shape=matrix.shape)


def _symmetric(matrix: "csr_array") -> tuple[float, Vector]:
    """Largest eigenvalue, and of the vectors that belong to it the one nearest to all ones."""
    found = _lanczos(matrix)
    if found:
        return found
    value, parts = _largest(matrix, symmetric=True)
    vector = np.zeros(matrix.shape[0])
    for members, own in parts:
        vector[members] = own * own.sum() / (own @ own)
    return value, vector


def _lanczos(matrix: "csr_array") -> tuple[float, Vector] | None:
    """The same of a matrix in which no other eigenvalue is nearly as large; else None."""
    n = matrix.shape[0]
    return _decomposed(matrix) if n <= DENSE else _iterated(matrix.__matmul__, n)


def _decomposed(matrix: "csr_array") -> tuple[float, Vector]:
    """Largest eigenvalue of a small symmetric matrix, and what ones have of its vectors."""
    values, vectors = np.linalg.eigh(matrix.toarray())
    largest = vectors[:, values >= values[-1] * (1 - CLOSE)]
    return float(values[-1]), largest @ largest.sum(axis=0)


def _iterated(times: Callable[[Vector], Vector], n: int) -> tuple[float, Vector] | None:
    """Largest eigenvalue of a symmetric matrix that is known by its products (Lanczos 1950, from ones).

    None where others are nearly as large.
    """
    from scipy.linalg import eigh_tridiagonal
    from scipy.sparse.linalg import ArpackNoConvergence, LinearOperator, eigsh

    basis = np.empty((BASIS + 1, n))
    basis[0] = 1 / np.sqrt(n)
    diagonal, beside = np.empty(BASIS), np.empty(BASIS)
    for step in range(BASIS):
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
    try:
        restarted, found = eigsh(whole, 1, which="LA", v0=_mixed(best, basis[:-1]), tol=0, maxiter=RESTARTS)
    except ArpackNoConvergence:
        return None
    return float(restarted[0]), found[:, 0]


def _shares(basis: NDArray[np.float64], vector: Vector) -> Vector:
    """What a vector has of each vector of a basis. BLAS would start threads for this, and take longer."""
    return np.asarray(np.einsum("ij,j->i", basis, vector))


def _mixed(shares: Vector, basis: NDArray[np.float64]) -> Vector:
    return np.asarray(np.einsum("i,ij->j", shares, basis))


def _asymmetric(matrix: "csr_array", value: float) -> NDArray[np.float64]:
    """Vector that belongs to the largest eigenvalue, which one strong component has."""
    found = _arnoldi(matrix)
    if found:
        return found[1]
    solve = _inverse(matrix, value * (1 + CLOSE / 1000))
    vector = np.ones(matrix.shape[0])
    for _ in range(STEPS):
        vector, before = solve(vector), vector
        if np.abs(vector - before).max() <= CLOSE / 1000:
            return vector
    raise _no_end(matrix)


def _noda(matrix: "csr_array") -> tuple[float, NDArray[np.float64]]:
    """Largest eigenvalue and vector of one strong component, however near others are (Noda 1971)."""
    vector, bound = np.ones(matrix.shape[0]), np.inf
    for _ in range(STEPS):
        ratios = (matrix @ vector) / vector
        most, least = ratios.max(), ratios.min()
        # The bound falls until nothing but rounding is left.
        if most <= least or (most >= bound and most - least <= CLOSE * most):
            return float((most + least) / 2), vector
        bound = min(bound, most)
        solved = _inverse(matrix, most * (1 + CLOSE / 100_000))(vector)
        vector = np.maximum(solved, np.finfo(np.float64).tiny)
    raise _no_end(matrix)


def _arnoldi(matrix: "csr_array") -> tuple[float, NDArray[np.float64]] | None:
    """Eigenvalue of the largest real part and its vector; None where others are nearly as large."""
    n = matrix.shape[0]
    if n > DENSE:
        from scipy.sparse.linalg import ArpackNoConvergence, eigs

        try:
            values, vectors = eigs(matrix, 1, which="LR", v0=np.ones(n), tol=0, maxiter=RESTARTS)
        except ArpackNoConvergence:
            return None
    else:
        values, vectors = np.linalg.eig(matrix.toarray())
    largest = int(np.argmax(values.real))
    return float(values[largest].real), vectors[:, largest].real


def _inverse(matrix: "csr_array", shift: float) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """What multiplies by the inverse of shift - matrix, the largest entry scaled to 1."""
    from scipy.sparse import eye_array
    from scipy.sparse.linalg import splu

    n = matrix.shape[0]
    if n > SOLVED and not _is_thin(matrix):
        raise _no_end(matrix)
    factors = splu((shift * eye_array(n) - matrix).tocsc())

    def solve(vector: NDArray[np.float64]) -> NDArray[np.float64]:
        solved = np.abs(factors.solve(vector))
        return np.asarray(solved / solved.max())

    return solve


def _is_thin(matrix: "csr_array") -> bool:
    """Whether no part of the network is so dense that its factors would fill the memory, as paths, trees and grids."""
    entries = matrix.tocoo()
    apart = entries.row != entries.col
    ends = (entries.row[apart].astype(np.int32), entries.col[apart].astype(np.int32))
    rows = csr.build(*ends, matrix.shape[0], symmetric=True)[:2]
    return int(cores.numbers(*rows).max(initial=0)) <= 2


def _no_end(matrix: "csr_array") -> ConvergenceError:
    return ConvergenceError(
        f"the largest eigenvalue of {matrix.shape[0]:,} nodes does not converge: others are nearly as large; measure "
        "a component or a kind by itself, or leave out weak ties"
    )


def _largest(matrix: "csr_array", *, symmetric: bool) -> tuple[float, list[Part]]:
    """Largest eigenvalue of the strong components, and those that have it; of an asymmetric matrix two are enough."""
    from scipy.sparse.csgraph import connected_components

    count, labels = connected_components(matrix, directed=True, connection="strong")
    sources = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    inside = labels[sources] == labels[matrix.indices]
    # No eigenvalue is larger than the largest row: components that cannot have the largest are not decomposed.
    rows = np.bincount(sources[inside], matrix.data[inside], matrix.shape[0])
    most = np.zeros(count)
    np.maximum.at(most, labels, rows)
    # One symmetric component is the whole, which Lanczos's method was tried on.
    tried = symmetric and count == 1
    first = _lanczos if symmetric else _arnoldi
    best = 0.0
    parts: list[Part] = []
    for label in np.argsort(-most, kind="stable"):
        least = best * (1 + CLOSE if len(parts) > 1 and not symmetric else 1 - CLOSE)
        if most[label] <= 0 or most[label] < least:
            break
        members = np.flatnonzero(labels == label)
        part = matrix[members][:, members]
        value, vector = (None if tried else first(part)) or _noda(part)
        if value > best * (1 + CLOSE):
            parts = []
        if value >= best * (1 - CLOSE):
            parts.append(Part(members, vector))
        best = max(best, value)
    return best, parts


def _oriented(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    """The vector of length 1 without the signs that rounding left on its zeros."""
    turned = vector * np.sign(vector.sum())
    turned = np.where(turned > len(vector) * np.finfo(np.float64).eps * np.abs(turned).max(), turned, 0.0)
    return np.asarray(turned / np.linalg.norm(turned))
