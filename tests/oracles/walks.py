"""Slow twin of sums over walks: the equation as a dense matrix, solved at once."""

import numpy as np


def ties(pointers: np.ndarray, places: np.ndarray, values: np.ndarray, columns: int) -> np.ndarray:
    """Rows as a dense matrix."""
    matrix = np.zeros((len(pointers) - 1, columns))
    rows = np.repeat(np.arange(len(matrix)), np.diff(pointers))
    np.add.at(matrix, (rows, places), values)
    return matrix


def shared(joined: np.ndarray) -> np.ndarray:
    """What rows share with each other, and not with themselves."""
    product = joined @ joined.T
    np.fill_diagonal(product, 0)
    return product


def settled(matrix: np.ndarray, factors: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Solution of x = start + matrix (factors x)."""
    return np.linalg.solve(np.eye(len(start)) - matrix * factors, start)
