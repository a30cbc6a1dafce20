"""Assortativity by degree."""

import numpy as np
from numpy.typing import NDArray

from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network

WORDS: Words = {
    "explain": {
        "en": "Over {count:,} {ties}, the degrees of both ends correlate with r = {value:.3f}: {reading}.",
        "zh": "在 {count:,} 条{ties}上，两端节点的度相关系数为 r = {value:.3f}：{reading}。",
    },
    "tie": {"en": "ties", "zh": "联系"},
    "arc": {"en": "arcs", "zh": "弧"},
    "alike": {"en": "well-connected nodes keep to each other", "zh": "联系多的节点彼此相连"},
    "unlike": {"en": "well-connected nodes are joined to those with few ties", "zh": "联系多的节点与联系少的节点相连"},
    "chance": {"en": "degrees mix as if by chance", "zh": "度的混合如同随机"},
    "nothing": {"en": "No two nodes are joined, so nothing can be compared.", "zh": "没有相互连接的节点，无从比较。"},
    "equal": {
        "en": "At one end or the other of all {count:,} {ties} nodes have the same degree, so nothing can be compared.",
        "zh": "全部 {count:,} 条{ties}至少有一端的节点度都相同，无从比较。",
    },
}
ROUNDING = 1e-12


@metric(
    level="whole",
    reads="strength",
    zh="度同配性",
    summary_zh="联系多的节点是彼此相连，还是与联系少的节点相连。",
    source="Newman 2002, eq. 4; Newman 2003, eq. 21; Foster et al. 2010",
    columns={
        "degree_assortativity": Column(
            "out-degree of the source with in-degree of the target", zh="度同配系数", bounds=(-1, 1)
        ),
        "in_in": Column("in-degree of the source with in-degree of the target", zh="入度—入度", bounds=(-1, 1)),
        "in_out": Column("in-degree of the source with out-degree of the target", zh="入度—出度", bounds=(-1, 1)),
        "out_out": Column("out-degree of the source with out-degree of the target", zh="出度—出度", bounds=(-1, 1)),
    },
    words=WORDS,
)
def degree_assortativity(network: Network) -> Values:
    """Whether nodes with many ties are joined to each other or to nodes with few.

    Read a value above 0 as a core whose members keep together, and losses of which are borne, one below 0 as hubs each
    of which holds many small ones; ``assortativity`` says it of kinds and other groups.

    Parameters
    ----------
    network : Network
        A degree is the sum of ``strength`` over a node's ties, their number without; every tie counts one.

    Returns
    -------
    Result
        Level whole, one row: ``degree_assortativity``, ``in_in``, ``in_out`` and ``out_out`` in [-1, 1]; all the same
        without direction. No unit.

    Raises
    ------
    WeightError
        If the view has roles but no strength.
    ParameterError
        If the view is no network.

    Notes
    -----
    Pearson's correlation, over all arcs between two nodes, of the degrees of their ends; without direction every tie is
    taken both ways. That of the out-degree of the source with the in-degree of the target is Newman's and that of
    networkx and igraph; the other three are those of Foster et al. Self-ties are left out, parallel relations are one
    tie. Where all degrees at one end are equal, as in a regular network, or no two nodes are joined, there is no
    correlation: NaN with a note.

    References
    ----------
    Newman, M. E. J. (2002). Assortative mixing in networks. Physical Review Letters 89, 208701, eq. 4. Newman, M. E. J.
    (2003). Mixing patterns in networks. Physical Review E 67, 026126, eq. 21. Foster, J. G., Foster, D. V.,
    Grassberger, P. & Paczuski, M. (2010). Edge direction and the structure of networks. PNAS 107. Chinese term:
    度同配性.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.degree_assortativity(eg.dataset("florentine").network("MARRIAGE"))
    >>> found["degree_assortativity"].round(4).tolist()
    [-0.3748]
    """
    apart = network.arcs.out_sources != network.arcs.out_targets
    sources, targets = network.arcs.out_sources[apart], network.arcs.out_targets[apart]
    strengths = network.weights("strength")[apart]
    given, taken = (np.bincount(ends, strengths, network.n) for ends in (sources, targets))
    found = {
        "degree_assortativity": _correlation(given[sources], taken[targets]),
        "in_in": _correlation(taken[sources], taken[targets]),
        "in_out": _correlation(taken[sources], given[targets]),
        "out_out": _correlation(given[sources], given[targets]),
    }
    missing = any(np.isnan(value) for value in found.values())
    note = None if not missing else "all degrees at one end are equal" if len(sources) else "no arc between two nodes"

    def explain(_: int, language: Language) -> str:
        value = found["degree_assortativity"]
        reading = "chance" if abs(value) < ROUNDING else "alike" if value > 0 else "unlike"
        sentence = "nothing" if not len(sources) else "equal" if np.isnan(value) else "explain"
        gaps = {"reading": degree_assortativity.said(reading, language), "value": value}
        gaps |= {"ties": degree_assortativity.said("arc" if network.directed else "tie", language)}
        count = len(sources) // (1 if network.directed else 2)
        return degree_assortativity.said(sentence, language, count=count, **gaps)

    return Values(columns={name: [value] for name, value in found.items()}, notes=[note], explainer=explain)


def _correlation(ones: NDArray[np.float64], others: NDArray[np.float64]) -> float:
    """Pearson's; NaN where one side does not vary by more than rounding."""
    if not len(ones) or any(np.ptp(cells) <= ROUNDING * np.abs(cells).max() for cells in (ones, others)):
        return float("nan")
    one, other = ones - ones.mean(), others - others.mean()
    found = (one * other).sum() / np.sqrt((one**2).sum()) / np.sqrt((other**2).sum())
    return float(np.clip(found, -1, 1))
