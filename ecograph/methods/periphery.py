"""A core whose members are all joined and a periphery whose members are not: how near a network comes to that."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

TINY = np.finfo(np.float64).tiny


class Core(NamedTuple):
    """The core that leaves the fewest pairs wrong.

    Parameters
    ----------
    members : int64 (size)
        Nodes of the core, those of the largest degree first.
    errors : int
        Pairs within the core that are not joined and pairs within the periphery that are.
    """

    members: NDArray[np.int64]
    errors: int


def core_of(degrees: NDArray[np.int64]) -> Core:
    """Find the core that leaves the fewest pairs wrong (Lip 2011, sec. 3).

    Parameters
    ----------
    degrees : int64 (n)
        Neighbours of each node, at least two nodes.

    Returns
    -------
    Core
        Of the at most two sizes that leave the fewest the one that parts no nodes of the same degree, or the smaller;
        if nodes of the same degree are parted, the first are taken.
    """
    order = np.argsort(-degrees, kind="stable")
    wrong = degrees.sum() // 2 + np.cumsum(np.arange(len(order)) - degrees[order])
    falls = np.diff(degrees[order]) < 0  # after each but the last
    best = np.flatnonzero(wrong[:-1] == wrong[:-1].min())
    size = int(best[np.argmax(falls[best])]) + 1
    return Core(order[:size], int(wrong[size - 1]))


def fit_of(core_ties: int, core_pairs: int, periphery_ties: int, periphery_pairs: int) -> float:
    """Correlation of ties with the ideal over pairs within the core and pairs within the periphery.

    Parameters
    ----------
    core_ties, core_pairs, periphery_ties, periphery_pairs : int
        Pairs that are joined, and all pairs, within each.

    Returns
    -------
    float
        The correlation; 1 where the ideal is met, NaN where else all pairs, or none, are joined or should be.
    """
    if core_ties == core_pairs and periphery_ties == 0:
        return 1.0
    ties, pairs = core_ties + periphery_ties, core_pairs + periphery_pairs
    spread = np.sqrt(float(core_pairs) * periphery_pairs) * np.sqrt(float(ties) * (pairs - ties))
    return float((core_ties * periphery_pairs - periphery_ties * core_pairs) / spread) if spread > 0 else float("nan")


def degrees_at_random(n: int, ties: int, random: np.random.Generator) -> NDArray[np.int64]:
    """Degrees in a network drawn evenly from all with as many nodes and ties (Erdos & Renyi 1959).

    Parameters
    ----------
    n, ties : int
        Nodes, at least two, and ties.
    random : numpy.random.Generator
        Where pairs are drawn from.

    Returns
    -------
    int64 (n)
        Neighbours of each node.
    """
    # Pairs laid out without gaps: each node of an odd circle with those up to half way round, and with one outside.
    around, width = n - 1 + n % 2, n // 2
    one, step = np.divmod(random.choice(around * width, ties, replace=False, shuffle=False), width)
    other = np.where((step == width - 1) & (n % 2 == 0), n - 1, (one + 1 + step) % around)
    return np.bincount(one, minlength=n) + np.bincount(other, minlength=n)


class Profile(NamedTuple):
    """Nodes from the periphery inwards.

    Parameters
    ----------
    places : int64 (n)
        Place of each node, from 0, the outermost.
    coreness : float64 (n)
        Chance of a walker among a node and those before it to be among them still after one step.
    """

    places: NDArray[np.int64]
    coreness: NDArray[np.float64]

    @property
    def centralisation(self) -> float:
        """How far the profile is from that where all are joined: 0 there, 1 in a star; of at least 3 nodes."""
        n = len(self.places)
        return float(1 - 2 / (n - 2) * self.coreness[self.places < n - 1].sum())


def profile_of(strengths: "csr_array", random: np.random.Generator) -> Profile:
    """Take nodes in so that a walker leaves those taken as soon as can be (Della Rossa, Dercole & Piccardi 2013).

    Parameters
    ----------
    strengths : csr_array (n, n)
        What ties two nodes, both ways, none of a node with itself.
    random : numpy.random.Generator
        Where one of equal nodes is drawn from.

    Returns
    -------
    Profile
        The profile; nodes without ties stand first, with 0.
    """
    n = strengths.shape[0]
    whole = np.asarray(strengths.sum(axis=1), np.float64)
    towards, places, coreness = np.zeros(n), np.full(n, -1), np.zeros(n)
    within = reached = 0.0
    scores = whole.copy()  # the first is one of the weakest
    for place in range(n):
        scores[places >= 0] = np.inf
        one = int(random.choice(np.flatnonzero(scores == scores.min())))
        places[one] = place
        within += 2 * towards[one]
        reached += whole[one]
        coreness[one] = min(within / reached, 1.0) if reached > 0 else 0.0
        row = slice(*strengths.indptr[one : one + 2])
        towards[strengths.indices[row]] += strengths.data[row]
        scores = (within + 2 * towards) / np.maximum(reached + whole, TINY)
    return Profile(places, coreness)
