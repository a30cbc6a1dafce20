"""Core and periphery."""

import numpy as np

from ecograph.methods.periphery import Core, core_of, degrees_at_random, fit_of
from ecograph.methods.surprise import checked_samples, surprise
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.need import repeated
from ecograph.views.neighbours import Neighbours, neighbours_of

NAMED = 10
COLUMNS = ("fit", "core", "errors", "expected", "z", "p")
WORDS: Words = {
    "explain": {
        "en": "A core of {core:,} of {n:,} nodes ({names}): {inside:,} of its {pairs:,} pairs are joined, and of the "
        "{outside_pairs:,} pairs outside it {outside:,}; {errors:,} pairs are not as in the ideal, {expected:,.1f} if "
        "the ties were placed at random (p = {p:.3f}).",
        "zh": "核心有 {core:,} 个节点（共 {n:,} 个：{names}）：核心内 {pairs:,} 对中有 {inside:,} 对相连，核心外 "
        "{outside_pairs:,} 对中有 {outside:,} 对相连；{errors:,} 对与理想形态不符，若联系随机放置则为 "
        "{expected:,.1f} 对（p = {p:.3f}）。",
    },
    "more": {"en": "{names} and {rest:,} more", "zh": "{names} 等，另有 {rest:,} 个"},
    "nothing": {"en": "Without ties there is neither core nor periphery.", "zh": "没有联系，也就无所谓核心与边缘。"},
}


@metric(
    level="whole",
    zh="核心—边缘结构",
    summary_zh="网络在多大程度上由一个彼此相连的核心和一圈互不相连的边缘组成。",
    source="Borgatti & Everett 1999; Lip 2011, sec. 3; Kojaku & Masuda 2018",
    columns={
        "fit": Column("correlation with the ideal pattern", zh="拟合度", bounds=(-1, 1)),
        "core": Column("nodes in the core", zh="核心节点数", bounds=(1, None)),
        "errors": Column("pairs that are not as in the ideal", zh="不符对数", bounds=(0, None)),
        "expected": Column("such pairs if ties were placed at random", zh="随机期望不符对数", bounds=(0, None)),
        "z": Column("standard deviations by which errors are below that", zh="z 值"),
        "p": Column("probability of as few errors if ties were placed at random", zh="p 值", bounds=(0, 1)),
    },
    cost=repeated("samples", operations=2.2, node=100, arc=30),
    words=WORDS,
)
def core_periphery(network: Network, *, samples: int = 999, seed: int = 0) -> Values:
    """How near a network comes to a core in which all are joined and a periphery in which none are.

    Read a fit near 1 and a small p as one centre that holds the rest, which is told apart by how it is joined; who is
    in it, ``explain`` says. A large p says that ties placed at random make as good a core.

    Parameters
    ----------
    network : Network
        ``n`` nodes. Roles, direction, parallel relations and self-ties are not read.
    samples : int
        How many networks are drawn, 1 to 100,000.
    seed : int
        Seed of the draws, from 0.

    Returns
    -------
    Result
        Level whole, one row: ``fit`` in [-1, 1]; ``core``, a whole number from 1 to n - 1; ``errors``, from 0, and
        ``expected``; ``z``; ``p`` in (0, 1], a multiple of 1 / (samples + 1). No unit.

    Raises
    ------
    ParameterError
        If samples or seed is outside its range.

    Notes
    -----
    Errors are pairs of the core that are not joined and pairs of the periphery that are; those between core and
    periphery may be either (Borgatti & Everett 1999). With nodes by falling degree d and m ties, the first k leave
    m + sum over them of (rank - 1 - d) errors, and no other k nodes leave fewer, so the best core of all sizes from 1
    to n - 1 is found exactly (Lip 2011). Of two equally good sizes the one that parts no nodes of equal degree is
    taken, or the smaller; of nodes that are parted the first by kind and id. Fit is the correlation of ties with the
    ideal over the pairs that count.

    z and p compare errors with those of the best cores of networks with as many nodes and ties, each as likely (Erdos &
    Renyi); of equal errors places are drawn by the seed, so that p is uniform if ties are placed at random. Networks of
    the same degrees would be no measure: errors depend on degrees alone, and so, nearly, does any single core (Kojaku &
    Masuda 2018). A small p thus says that degrees are unequal in the way of a core.

    Where all networks drawn have as many errors, as when all pairs are joined, there is no z; where core or periphery
    has no pairs, and the ideal is not met, no fit; without ties no value at all: NaN with a note.

    References
    ----------
    Borgatti, S. P. & Everett, M. G. (1999). Models of core/periphery structures. Social Networks 21, 375-395. Lip, S.
    Z. W. (2011). A fast algorithm for the discrete core/periphery bipartitioning problem. arXiv:1102.5511. Kojaku, S. &
    Masuda, N. (2018). Core-periphery structure requires something else in the network. New Journal of Physics 20,
    043012. Chinese term: 核心—边缘结构.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.core_periphery(eg.dataset("florentine").network("MARRIAGE"))
    >>> found["core"].tolist(), found["errors"].tolist()
    ([3], [9])
    """
    checked_samples(samples, seed)
    joined = neighbours_of(network)
    ties = len(joined.nodes) // 2
    if not ties:
        note = "no ties"
        nothing: dict[str, list[float]] = {name: [float("nan")] for name in COLUMNS}
        return Values(
            columns=nothing, notes=[note], explainer=lambda _, language: core_periphery.said("nothing", language)
        )
    core = core_of(joined.degrees)
    random = np.random.default_rng(seed)
    drawn = [-core_of(degrees_at_random(network.n, ties, random)).errors for _ in range(samples)]
    found = surprise(-core.errors, drawn, random)
    counts = _counts(joined, core)
    fit = fit_of(counts["inside"], counts["pairs"], counts["outside"], counts["outside_pairs"])
    told = {"core": len(core.members), "errors": core.errors, "expected": -found.expected, "p": found.p}

    def explain(_: int, language: Language) -> str:
        names = ("、" if language == "zh" else ", ").join(map(network.nodes.called, core.members[:NAMED].tolist()))
        if len(core.members) > NAMED:
            names = core_periphery.said("more", language, names=names, rest=len(core.members) - NAMED)
        return core_periphery.said("explain", language, names=names, n=network.n, **counts, **told)

    missing = [name for name, value in (("fit", fit), ("z", found.z)) if np.isnan(value)]
    reasons = {"fit": "fit: nothing to correlate", "z": "z: all draws are equal"}
    return Values(
        columns={name: [value] for name, value in {"fit": fit, "z": found.z, **told}.items()},
        notes=["; ".join(reasons[name] for name in missing) or None],
        explainer=explain,
    )


def _counts(joined: Neighbours, core: Core) -> dict[str, int]:
    """Pairs within the core and within the periphery, and how many of them are joined."""
    n, size = len(joined.degrees), len(core.members)
    member = np.zeros(n, np.bool_)
    member[core.members] = True
    ends = np.repeat(member, joined.degrees), member[joined.nodes]
    return {
        "inside": int((ends[0] & ends[1]).sum()) // 2,
        "pairs": size * (size - 1) // 2,
        "outside": int((~ends[0] & ~ends[1]).sum()) // 2,
        "outside_pairs": (n - size) * (n - size - 1) // 2,
    }
