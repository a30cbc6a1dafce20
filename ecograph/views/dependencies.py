"""What the shortest paths of a view owe to its nodes and arcs: of all nodes, or of some drawn at random."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.kernels import betweenness
from ecograph.methods.threads import threads
from ecograph.views.need import Cost, Need, steps_apart
from ecograph.views.network import Network
from ecograph.views.two_mode import TwoMode

DOUBT = 0.05
LANES = 8
"""How many searches the kernel makes at once where arcs have no distances."""
MOST_SUMS = 1 << 25
"""How many sums it keeps at most, of blocks of searches."""


class Dependencies(NamedTuple):
    """Sums over all ordered pairs of nodes, estimated where sources were drawn.

    ``nodes`` and ``arcs`` (in out order, empty unless wanted) are the sums, ``error`` bounds how far one of ``nodes``
    is off, and ``note`` says why all are missing.
    """

    nodes: NDArray[np.float64]
    arcs: NDArray[np.float64]
    error: float
    note: str | None = None


def dependencies(ties: Network, sources: int | None = None, seed: int = 0, *, want_arcs: bool = False) -> Dependencies:
    """Sum up, over ordered pairs, the share of their shortest paths that lead through each node and over each arc.

    Parameters
    ----------
    ties : Network
        Arcs are as long as their ``distance``, one step without.
    sources : int, optional
        From how many nodes paths are searched; all if not given.
    seed : int
        Seed of the draw.
    want_arcs : bool
        Whether arcs are wanted.

    Returns
    -------
    Dependencies
        The sums; NaN with a note where shortest paths cannot be counted.

    Raises
    ------
    ParameterError
        If ``sources`` is below 3 or ``seed`` below 0.
    WeightError
        If the view has roles but no distance.
    """
    if sources is not None and sources < 3:
        raise ParameterError(f"sources={sources}; allowed: 3 or more, or None for all nodes")
    if seed < 0:
        raise ParameterError(f"seed={seed}; allowed: 0 or more")
    distances = ties.weights("distance") if ties.values else None
    arcs = len(ties.arcs) if want_arcs else 0
    if distances is not None and (distances[ties.arcs.out_sources != ties.arcs.out_targets] == 0).any():
        return _missing(ties.n, arcs, "an arc has distance 0")
    drawn = _drawn(ties.n, sources, seed)
    nodes, squares, on_arcs = betweenness.from_sources(
        *ties.arcs.rows, ties.n, drawn, distances=distances, want_arcs=want_arcs, threads=threads()
    )
    if not (np.isfinite(nodes).all() and np.isfinite(on_arcs).all()):
        return _missing(ties.n, arcs, "too many shortest paths to count")
    if len(drawn) == ties.n:
        return Dependencies(nodes, on_arcs, 0.0)
    others = np.full(ties.n, len(drawn))
    others[drawn] -= 1
    means = nodes / others
    deviations = np.sqrt(np.maximum(squares / others - means**2, 0) * others / np.maximum(others - 1, 1))
    unseen = np.sqrt(1 - others / (ties.n - 1))
    standard_errors = deviations * unseen / np.sqrt(others)
    error = math.sqrt(2 * math.log(2 * ties.n / DOUBT)) * float(standard_errors.max()) * (ties.n - 1)
    return Dependencies(means * (ties.n - 1), on_arcs * (ties.n / len(drawn)), error)


def of_dependencies(*, want_arcs: bool = False) -> Cost:
    """Cost of a measure made of dependencies.

    Parameters
    ----------
    want_arcs : bool
        Whether arcs are wanted.

    Returns
    -------
    callable
        The cost; the option ``sources`` counts.
    """

    def cost(view: Network | TwoMode, options: Mapping[str, Any]) -> Need:
        ties = view.graph
        n, arcs, drawn = ties.n, ties.size, min(options.get("sources") or ties.n, ties.n)
        searches = drawn if ties.values else drawn / LANES
        blocks = min(searches, max(2, min(16, MOST_SUMS / max(2 * n + want_arcs * arcs, 1))))
        workers = min(threads(), blocks)
        sums = 30 * n + 8 * want_arcs * arcs
        return Need(
            (8 if ties.values else 2.5 * steps_apart(n, arcs)) * searches * (n + arcs) / max(workers, 1),
            (blocks + 1) * sums + workers * (60 if ties.values else 170) * n + 250 * n + want_arcs * 250 * arcs,
            "draw fewer sources=" if "sources" in options else "",
        )

    return cost


def _drawn(n: int, sources: int | None, seed: int) -> NDArray[np.int32]:
    """Positions of the sources, ascending."""
    if sources is None or sources >= n:
        return np.arange(n, dtype=np.int32)
    return np.sort(np.random.default_rng(seed).choice(n, sources, replace=False)).astype(np.int32)


def _missing(n: int, arcs: int, note: str) -> Dependencies:
    return Dependencies(np.full(n, np.nan), np.full(arcs, np.nan), math.nan, note)
