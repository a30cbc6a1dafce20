"""Centralisation."""

import numpy as np
from numpy.typing import NDArray

from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.dependencies import dependencies
from ecograph.views.reach import reach

WORDS: Words = {
    "explain": {
        "en": "Compared with a star, in which one has everything, degree is at {degree}, betweenness at {betweenness} "
        "and closeness at {closeness}.",
        "zh": "与一切集中于一点的星形网络相比，度为 {degree}，中介中心性为 {betweenness}，接近中心性为 {closeness}。",
    },
    "missing": {"en": "no value", "zh": "无值"},
}


@metric(
    level="whole",
    zh="网络中心势",
    summary_zh="网络在多大程度上集中于一个节点。",
    source="Freeman 1979, eqs. 6, 10 and 14; Wasserman & Faust 1994, eqs. 5.5, 5.9 and 5.13",
    columns={
        "degree": Column("of degree", zh="度中心势", bounds=(0, 1)),
        "betweenness": Column("of betweenness", zh="中介中心势", bounds=(0, 1)),
        "closeness": Column("of closeness", zh="接近中心势", bounds=(0, 1)),
    },
    words=WORDS,
)
def centralisation(network: Network) -> Values:
    """How much a network centres on one node.

    Read 1 as a star, in which everything goes through one, 0 as a network in which no node is ahead of another.

    Parameters
    ----------
    network : Network
        ``n`` nodes. Roles are not read.

    Returns
    -------
    Result
        Level whole, one row: ``degree``, ``betweenness`` and ``closeness``, in [0, 1], no unit.

    Raises
    ------
    ParameterError
        If the view is no network.

    Notes
    -----
    Sum over nodes of (c_max - c_i), divided by what it is in a star of n nodes: (n - 1)(n - 2) for degree,
    (n - 1)^2 (n - 2) / 2 for betweenness and (n - 1)(n - 2) / (2 n - 3) for closeness; the first two doubled with
    direction, where the star has arcs both ways. Self-ties and parallel ties are left out. Closeness exists where
    every node reaches every other, so that ``isolates=False`` may be wanted, and has no bound with direction; below 3
    nodes there is no star: NaN with a note.

    References
    ----------
    Freeman, L. C. (1979). Centrality in social networks: conceptual clarification. Social Networks 1, eqs. 6, 10, 14.
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, eqs. 5.5, 5.9 and 5.13. Chinese term: 网络中心势.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.centralisation(eg.dataset("florentine").network("MARRIAGE", isolates=False))
    >>> found["closeness"].round(5).tolist()
    [0.32245]
    """
    ties = network.unweighted()
    n, ways = ties.n, 2 if ties.directed else 1
    if n < 3:
        found = dict.fromkeys(("degree", "betweenness", "closeness"), float("nan"))
        note: str | None = "fewer than 3 nodes"
    else:
        near = None if ties.directed else _closeness(ties)
        found = {
            "degree": _ahead(_degrees(ties)) / ((n - 1) * (n - 2) * ways),
            "betweenness": _ahead(dependencies(ties).nodes) / ((n - 1) ** 2 * (n - 2)),
            "closeness": float("nan") if near is None else _ahead(near) / ((n - 1) * (n - 2) / (2 * n - 3)),
        }
        note = None if near is not None else "closeness: " + ("with direction" if ties.directed else "in pieces")

    def explain(_: int, language: Language) -> str:
        none = centralisation.said("missing", language)
        told = {name: none if np.isnan(value) else f"{value:.1%}" for name, value in found.items()}
        return centralisation.said("explain", language, **told)

    return Values(columns={name: [value] for name, value in found.items()}, notes=[note], explainer=explain)


def _ahead(values: NDArray[np.float64]) -> float:
    """How far the largest is ahead of all, summed up."""
    return float((values.max() - values).sum())


def _degrees(ties: Network) -> NDArray[np.float64]:
    """Neighbours of each node; with direction, arcs out and in."""
    apart = ties.arcs.out_sources != ties.arcs.out_targets
    outs, ins = (np.bincount(ends[apart], minlength=ties.n) for ends in (ties.arcs.out_sources, ties.arcs.out_targets))
    return np.asarray(outs + ins if ties.directed else outs, np.float64)


def _closeness(ties: Network) -> NDArray[np.float64] | None:
    """Closeness of each node; None unless every node reaches every other."""
    found = reach(ties)
    return (ties.n - 1) / found.farness if (found.reached == ties.n - 1).all() else None
