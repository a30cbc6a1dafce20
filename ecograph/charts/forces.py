"""Forces that move nodes to their places: neighbours attract, all nodes of a connected part repel each other.

The forces and the pace are those of Jacomy et al. (2014), "ForceAtlas2". Parts of equal size are moved together.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Places: TypeAlias = NDArray[np.int64]
Moving: TypeAlias = NDArray[np.float32]

FEWEST_MOVED = 4  # smaller parts stand well from the start
WORK = 2.4e8  # pairs of nodes looked at in all rounds of a part
LEAST_ROUNDS, MOST_ROUNDS = 60, 200
CHUNK = 1 << 17  # pairs held at a time, so that they stay in the cache
GRAVITY = np.float32(0.5)
NEAR = np.float32(1e-3)
TOLERANCE = np.float32(1.0)


def settled(positions: NDArray[np.float64], parts: Places, edges: Places) -> NDArray[np.float64]:
    """Positions after the forces, each part around its own middle."""
    moved = positions.copy()
    sizes = np.bincount(parts)
    order = np.lexsort((parts, sizes[parts]))
    degrees = np.bincount(edges.ravel(), minlength=len(parts))
    place = np.empty(len(parts), dtype=np.int64)
    for size in np.unique(sizes[sizes >= FEWEST_MOVED]).tolist():
        members = order[sizes[parts[order]] == size].reshape(-1, size)
        place[members.ravel()] = np.arange(members.size)
        inside = edges[sizes[parts[edges[:, 0]]] == size]
        masses = (degrees[members] + 1).astype(np.float32)
        moved[members] = _rounds(positions[members].astype(np.float32), masses, place[inside])
    return moved


def _rounds(positions: Moving, masses: Moving, edges: Places) -> Moving:
    """Move equally large parts at once, one row a part, each at the pace at which its nodes do not swing."""
    count = positions.shape[1]
    rounds = int(np.clip(WORK / count**2, LEAST_ROUNDS, MOST_ROUNDS))
    before = np.zeros_like(positions)
    pace = np.ones((len(positions), 1), dtype=np.float32)
    for _ in range(rounds):
        forces = _repulsion(positions, masses) + _attraction(positions, edges)
        forces -= GRAVITY * masses[..., None] * _directions(positions)
        swing = masses * np.linalg.norm(forces - before, axis=2)
        pull = masses * np.linalg.norm(forces + before, axis=2) / 2
        wanted = TOLERANCE * pull.sum(axis=1, keepdims=True) / (swing.sum(axis=1, keepdims=True) + NEAR)
        pace = np.minimum(wanted, 1.5 * pace)
        positions = positions + forces * (pace / (1 + pace * np.sqrt(swing)))[..., None]
        before = forces
    return positions


def _repulsion(positions: Moving, masses: Moving) -> Moving:
    """Away from every other node of the part, mass times mass by distance."""
    forces = np.empty_like(positions)
    parts, count, _ = positions.shape
    rows = max(1, CHUNK // count)
    together = max(1, CHUNK // count**2)
    for start in range(0, parts, together):
        across, down = positions[start : start + together].transpose(2, 0, 1)
        weights = masses[start : start + together]
        for first in range(0, count, rows):
            block = np.s_[:, first : first + rows]
            wide, high = (axis[block][..., None] - axis[:, None] for axis in (across, down))
            strengths = weights[:, None] / (wide * wide + high * high + NEAR) * weights[block][..., None]
            moves = [np.einsum("pij,pij->pi", strengths, apart) for apart in (wide, high)]
            forces[start : start + together, first : first + rows] = np.stack(moves, axis=2)
    return forces


def _attraction(positions: Moving, edges: Places) -> Moving:
    """Towards every neighbour, as strong as it is far."""
    flat = positions.reshape(-1, 2)
    first, second = edges[:, 0], edges[:, 1]
    pulls = flat[second] - flat[first]
    sums = [
        np.bincount(first, pulls[:, axis], len(flat)) - np.bincount(second, pulls[:, axis], len(flat))
        for axis in (0, 1)
    ]
    forces: Moving = np.stack(sums, axis=1).astype(np.float32).reshape(positions.shape)
    return forces


def _directions(positions: Moving) -> Moving:
    """Unit vectors away from the middle."""
    lengths: Moving = np.linalg.norm(positions, axis=2, keepdims=True) + NEAR
    return positions / lengths
