"""Rich club."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.methods.rewiring import Ends, checked_draws
from ecograph.methods.surprise import surprise
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.need import repeated
from ecograph.views.rewiring import Kept, undirected_rewiring_of, unmixed

WORDS: Words = {
    "explain": {
        "en": "The {nodes:,} nodes with more than {degree:,} neighbours have {ties:,} ties among themselves, "
        "{rich_club:.1%} of their pairs; in networks drawn with the same degrees it is {expected:.1%} (p = {p:.3f}).",
        "zh": "邻居多于 {degree:,} 个的 {nodes:,} 个节点之间有 {ties:,} 条联系，占其全部配对的 {rich_club:.1%}；"
        "在度相同的随机网络中为 {expected:.1%}（p = {p:.3f}）。",
    },
}


@metric(
    level="group",
    zh="富人俱乐部系数",
    summary_zh="联系多的节点彼此之间是否也联系更多。",
    source="Zhou & Mondragon 2004, eq. 1; Colizza et al. 2006, eqs. 1 and 3",
    columns={
        "rich_club": Column("share of pairs joined among nodes of larger degree", zh="富人俱乐部系数", bounds=(0, 1)),
        "expected": Column("the same in networks drawn", zh="随机网络均值", bounds=(0, 1)),
        "ratio": Column("rich club over expected", zh="归一化系数", bounds=(0, None)),
        "z": Column("standard deviations by which it is above expected", zh="z 值"),
        "p": Column("probability of as much in networks drawn", zh="p 值", bounds=(0, 1)),
        "nodes": Column("nodes of larger degree", zh="节点数", bounds=(2, None)),
        "ties": Column("ties among them", zh="联系数", bounds=(0, None)),
    },
    cost=repeated("samples", "attempts", operations=10, node=150, arc=60, held=3, most=8e7),
    words=WORDS,
)
def rich_club(
    network: Network, *, keep: Kept = "degrees", samples: int = 99, attempts: int = 20, seed: int = 0
) -> Values:
    """Whether those with many neighbours keep to each other more than their degrees make them.

    Read a ratio above 1 with a small p as a club of the well connected, below 1 as hubs that leave each other alone;
    the coefficient itself grows with degree in every network and says little.

    Parameters
    ----------
    network : Network
        Roles, direction, parallel relations and self-ties are not read: two nodes joined in any way have one tie.
    keep : {"degrees", "kinds"}
        What nodes keep in the networks drawn: how many neighbours they have, or how many of each kind.
    samples : int
        How many networks are drawn, 1 to 100,000.
    attempts : int
        Attempts to change a network drawn, per tie, 1 to 100,000.
    seed : int
        Seed of the draws, from 0.

    Returns
    -------
    Result
        Level group, one row a degree, rising: ``group`` is the degree, and measured are the nodes with more neighbours;
        degrees that fewer than two nodes exceed have no row. ``rich_club`` and ``expected`` in [0, 1]; ``ratio``, from
        0; ``z``; ``p`` in (0, 1], a multiple of 1 / (samples + 1); ``nodes``, from 2, and ``ties``. No unit.

    Raises
    ------
    ParameterError
        If samples, attempts or seed is outside its range.

    Notes
    -----
    With N nodes of a degree above k and E ties among them, phi(k) = 2 E / (N (N - 1)) (Zhou & Mondragon 2004), and the
    ratio is phi(k) over its mean in networks of the same degrees (Colizza et al. 2006). These are drawn evenly from all
    simple ones that keep what is asked, by swapping ends of ties; p holds however few the attempts, which decide what
    can be seen (Besag & Clifford 1989; see ``partition_significance``), and of equal values places are drawn by the
    seed. Each p stands for itself: over many degrees some are small by chance.

    Where nothing is expected there is no ratio, where all draws are equal no z: NaN with a note. A network without ties
    has no rows.

    References
    ----------
    Zhou, S. & Mondragon, R. J. (2004). The rich-club phenomenon in the Internet topology. IEEE Communications Letters
    8. Colizza, V., Flammini, A., Serrano, M. A. & Vespignani, A. (2006). Detecting rich-club ordering in complex
    networks. Nature Physics 2. Besag, J. & Clifford, P. (1989). Generalized Monte Carlo significance tests. Biometrika
    76. Chinese term: 富人俱乐部系数.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.rich_club(eg.dataset("florentine").network("MARRIAGE"))
    >>> found["group"].tolist(), found["ties"].tolist()
    (['0', '1', '2', '3'], [20, 16, 13, 0])
    """
    checked_draws(samples, attempts, seed)
    null = undirected_rewiring_of(network, keep)
    degrees = np.bincount(null.sources, minlength=null.n) + np.bincount(null.targets, minlength=null.n)
    present, counts = np.unique(degrees, return_counts=True)
    nodes = counts.sum() - np.cumsum(counts)
    rows, nodes = present[nodes >= 2], nodes[nodes >= 2]

    def ties_of(ends: Ends) -> NDArray[np.int64]:
        poorer = np.sort(np.minimum(degrees[ends[0]], degrees[ends[1]]))
        return np.asarray(len(poorer) - np.searchsorted(poorer, rows, side="right"))

    ties = ties_of((null.sources, null.targets))
    drawn, mixing = null.measured(ties_of, samples=samples, attempts=attempts, seed=seed)
    pairs, random = nodes * (nodes - 1) / 2, np.random.default_rng(seed)
    shares = np.array(drawn).reshape(samples, len(rows)) / pairs
    found = [surprise(one, others, random) for one, others in zip(ties / pairs, shares.T, strict=True)]
    columns = {name: np.array([getattr(one, name) for one in found]) for name in ("expected", "z", "p")}
    ratios = np.full(len(rows), np.nan)
    np.divide(ties / pairs, columns["expected"], out=ratios, where=columns["expected"] > 0)
    columns |= {"rich_club": ties / pairs, "ratio": ratios, "nodes": nodes, "ties": ties}

    def explain(position: int, language: Language) -> str:
        gaps = {name: columns[name][position].item() for name in ("nodes", "ties", "rich_club", "expected", "p")}
        return rich_club.said("explain", language, degree=int(rows[position]), **gaps)

    return Values(
        columns=columns,
        keys={"group": pa.array(rows.astype(str), pa.string())},
        notes=[_note(ratio, one.z) for ratio, one in zip(ratios, found, strict=True)],
        findings=unmixed(mixing),
        explainer=explain,
    )


def _note(ratio: float, z: float) -> str | None:
    """Why a value is missing."""
    missing = {"ratio: nothing is expected": ratio, "z: all draws are equal": z}
    return "; ".join(reason for reason, value in missing.items() if np.isnan(value)) or None
