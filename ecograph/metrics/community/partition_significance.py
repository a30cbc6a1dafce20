"""Significance of a partition."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ecograph.given import codes_of, labels_of, unlabelled
from ecograph.methods.partitions import Bonds, checked_search
from ecograph.methods.rewiring import Ends, Rewiring, Swaps, checked_draws
from ecograph.methods.surprise import surprise
from ecograph.metric import Labels, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.need import Need, repeated
from ecograph.views.rewiring import Kept, rewiring_of, unmixed

COLUMNS = ("modularity", "expected", "z", "p", "acceptance", "memory")
WORDS: Words = {
    "explain": {
        "en": "The modularity is {modularity:.4f}; the best communities of networks drawn with the same {keep} have "
        "{expected:.4f} on average, and a share of {p:.3f} have as much.",
        "zh": "模块度为 {modularity:.4f}；在保持相同{keep}的随机网络中，最佳社群的模块度平均为 {expected:.4f}，"
        "达到同样数值的比例为 {p:.3f}。",
    },
    "degrees": {"en": "degrees", "zh": "度"},
    "kinds": {"en": "degrees by kind", "zh": "分类型的度"},
    "nothing": {"en": "There are no ties, so there is nothing to compare.", "zh": "没有联系，无从比较。"},
}


DRAWS = repeated("samples", "attempts", operations=10, node=150, arc=100, held=3, most=8e7)


def _cost(view: Network | TwoMode, options: Mapping[str, Any]) -> Need:
    """That of the draws, and of a search in each."""
    need = DRAWS(view.graph, options)
    searches = 180.0 * options["samples"] * options["starts"] * (view.n + view.graph.size)
    return need._replace(operations=need.operations + searches)


@metric(
    level="whole",
    zh="社群划分的显著性",
    summary_zh="社群划分的模块度是否大于度相同的随机网络所能达到的水平。",
    source="Guimera, Sales-Pardo & Amaral 2004; Besag & Clifford 1989",
    columns={
        "modularity": Column("share within groups beyond chance", zh="模块度", bounds=(None, 1)),
        "expected": Column("mean of the best of networks drawn", zh="随机网络最佳模块度均值", bounds=(None, 1)),
        "z": Column("standard deviations by which modularity is above that", zh="z 值"),
        "p": Column("probability of as much in networks drawn", zh="p 值", bounds=(0, 1)),
        "acceptance": Column("share of attempts that changed something", zh="接受率", bounds=(0, 1)),
        "memory": Column("what draws still hold of their start beyond chance", zh="残留记忆", bounds=(0, 1)),
    },
    cost=_cost,
    words=WORDS,
)
def partition_significance(
    network: Network | TwoMode,
    *,
    by: Labels | None = None,
    keep: Kept = "degrees",
    resolution: float = 1.0,
    samples: int = 99,
    attempts: int = 20,
    starts: int = 1,
    seed: int = 0,
) -> Values:
    """Whether communities are more than what a search finds in any network of the same degrees.

    Read a small p as communities that degrees alone do not make; a search finds some modularity in every network, more
    in a sparse one, and ``expected`` says how much.

    Parameters
    ----------
    network : Network or TwoMode
        Ties are counted: roles, parallel relations and self-ties are not read.
    by : str, Result or Table, optional
        The groups: an attribute's name, ``kind``, a partition's result, or a table with kind, id and value. If not
        given, the communities that Leiden finds, as in the networks drawn.
    keep : {"degrees", "kinds"}
        What nodes keep in the networks drawn: how many neighbours they have, or how many of each kind.
    resolution : float
        Weight of what chance would give, 0 or more.
    samples : int
        How many networks are drawn, 1 to 100,000.
    attempts : int
        Attempts to change a network drawn, per tie (of two modes, to keep degrees, per node of the smaller side), 1 to
        100,000.
    starts : int
        How often Leiden starts anew in each network, 1 to 1,000; the best is kept.
    seed : int
        Seed of draws and searches, from 0.

    Returns
    -------
    Result
        Level whole, one row: ``modularity`` and ``expected``, at most 1; ``z``; ``p`` in (0, 1], a multiple of
        1 / (samples + 1); ``acceptance`` and ``memory`` in [0, 1]. No unit.

    Raises
    ------
    UnknownNameError
        If no node has such an attribute.
    ParameterError
        If a number is outside its range; if a table lacks kind, id or a value, or names a node twice.
    ViewError
        If the view is two-mode over a path of several steps.

    Notes
    -----
    Modularity is that of ``modularity``; in every network drawn the largest that Leiden finds is taken (Guimera,
    Sales-Pardo & Amaral 2004). Without ``by``, p is uniform if the network is itself a draw; a partition known
    beforehand has to be better than the best of the draws, so its p is large unless it is nearly the best.

    Networks are drawn evenly from all simple ones that keep what is asked: ends of two ties change places, and attempts
    that would make a self-tie or a parallel one change nothing but count (Fosdick et al. 2018); with direction, cycles
    of three arcs are turned round too, without which not all networks are reached (Rao et al. 1996); in two modes,
    neighbours are traded (Strona et al. 2014; Carstens 2015). All draws and the network itself are as far from one
    network between them, so that p holds however few the attempts (Besag & Clifford 1989); of equal values places are
    drawn by the seed. ``memory`` is 0 when a draw has no more ties in common with its start than with another draw,
    and 1 when nothing moved; above 0.05 a finding says so.

    Nodes without a group are left out with a finding. Where all draws have the same modularity there is no z; without
    ties no value at all: NaN with a note.

    References
    ----------
    Guimera, R., Sales-Pardo, M. & Amaral, L. A. N. (2004). Modularity from fluctuations in random graphs and complex
    networks. Physical Review E 70, 025101. Besag, J. & Clifford, P. (1989). Generalized Monte Carlo significance tests.
    Biometrika 76. Fosdick, B. K., Larremore, D. B., Nishimura, J. & Ugander, J. (2018). Configuring random graph models
    with fixed degree sequences. SIAM Review 60. Rao, A. R., Jana, R. & Bandyopadhyay, S. (1996). A Markov chain Monte
    Carlo method for generating random (0,1)-matrices with given marginals. Sankhya A 58. Strona, G. et al. (2014). A
    fast and unbiased procedure to randomize ecological binary matrices with fixed row and column totals. Nature
    Communications 5, 4114. Carstens, C. J. (2015). Proof of uniform sampling of binary matrices with fixed row sums and
    column sums for the fast Curveball algorithm. Physical Review E 91, 042812. Chinese term: 社群划分的显著性.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.partition_significance(eg.dataset("florentine").network("MARRIAGE"))
    >>> bool(found["modularity"][0] > found["expected"][0])
    True
    """
    checked_search(resolution, seed)
    checked_draws(samples, attempts, seed)
    groups = None if by is None else codes_of(labels_of(network, by, "by"))[0]
    null = rewiring_of(network, keep, None if groups is None else groups >= 0)
    missing = [] if groups is None else unlabelled(groups, by)
    if not len(null.sources):
        return Values(
            columns={name: [float("nan")] for name in COLUMNS},
            notes=["no ties"],
            findings=missing,
            explainer=lambda _, language: partition_significance.said("nothing", language),
        )
    random = np.random.default_rng(seed)

    def best(ends: Ends) -> float:
        bonds, drawn = _bonds(network, null, ends), int(random.integers(2**31))
        return bonds.communities(refined=True, resolution=resolution, seed=drawn, starts=starts).modularity

    own = null.sources, null.targets
    value = best(own)
    if groups is not None:
        value = float(_bonds(network, null, own).modularities(np.maximum(groups, 0)[None], resolution)[0])
    drawn, mixing = null.measured(best, samples=samples, attempts=attempts, seed=seed)
    found = surprise(value, drawn, random)
    told = {"modularity": value, "expected": found.expected, "p": found.p}

    def explain(_: int, language: Language) -> str:
        return partition_significance.said(
            "explain", language, keep=partition_significance.said(keep, language), **told
        )

    columns = {**told, "z": found.z, "acceptance": mixing.acceptance, "memory": mixing.memory}
    return Values(
        columns={name: [cell] for name, cell in columns.items()},
        notes=["z: all draws are equal" if np.isnan(found.z) else None],
        findings=[*missing, *unmixed(mixing)],
        explainer=explain,
    )


def _bonds(view: Network | TwoMode, null: Rewiring, ends: Ends) -> Bonds:
    """What joins nodes in a network drawn, as modularity counts it."""
    sources, targets = ends
    if isinstance(view, TwoMode):
        first = view.left[sources]
        sources, targets = np.where(first, sources, targets), np.where(first, targets, sources)
    elif isinstance(null, Swaps) and not null.directed:
        sources, targets = np.concatenate(ends), np.concatenate(ends[::-1])
    return Bonds(null.n, sources, targets, np.ones(len(sources)))
