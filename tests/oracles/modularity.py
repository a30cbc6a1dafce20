"""Modularity, slowly: the sums as they stand in the papers, pair by pair."""

from collections.abc import Sequence


def leicht_newman(cells: Sequence[Sequence[float]], groups: Sequence[object], resolution: float = 1.0) -> float:
    """Leicht & Newman 2008, eq. 3; of a symmetric matrix Newman & Girvan's."""
    n = len(cells)
    total = sum(map(sum, cells))
    outs = [sum(row) for row in cells]
    ins = [sum(row[node] for row in cells) for node in range(n)]
    pairs = [(i, j) for i in range(n) for j in range(n) if groups[i] == groups[j]]
    return sum(cells[i][j] - resolution * outs[i] * ins[j] / total for i, j in pairs) / total


def barber(
    cells: Sequence[Sequence[float]], rows: Sequence[object], columns: Sequence[object], resolution: float = 1.0
) -> float:
    """Barber 2007, eq. 15: rows are nodes of the first side, columns of the second."""
    total = sum(map(sum, cells))
    outs = [sum(row) for row in cells]
    ins = [sum(row[column] for row in cells) for column in range(len(columns))]
    pairs = [(i, j) for i in range(len(rows)) for j in range(len(columns)) if rows[i] == columns[j]]
    return sum(cells[i][j] - resolution * outs[i] * ins[j] / total for i, j in pairs) / total
