"""Katz centrality."""

import numpy as np
import pyarrow as pa

from ecograph.errors import ParameterError
from ecograph.methods.attenuation import attenuated
from ecograph.methods.ranking import ranks
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.arriving import arriving
from ecograph.views.need import linear

WORDS: Words = {
    "explain": {
        "en": "{node} has {value:.5g}: 1 of its own, {direct:.5g} from its neighbours, {rest:.5g} from further away.",
        "zh": "{node} 的值为 {value:.5g}：自身 1，直接邻居 {direct:.5g}，更远的节点 {rest:.5g}。",
    }
}


@metric(
    level="node",
    reads="strength",
    zh="卡茨中心性",
    summary_zh="有多少条路通向一个节点，越长的路分量越小。",
    source="Katz 1953, eq. 2",
    columns={
        "katz": Column("walks that arrive, attenuated, and 1", zh="卡茨中心性", bounds=(0, None)),
        "attenuation": Column("factor of each step", zh="衰减系数", bounds=(0, None)),
        "rank": Column("rank in its kind", zh="同类排名", bounds=(1, None)),
    },
    words=WORDS,
    cost=linear(operations=120, arc=65),
)
def katz(network: Network | TwoMode, *, attenuation: float | None = None) -> Values:
    """How many walks arrive at a node, longer ones counting for less.

    Read it as eigenvector centrality that also works with direction and in pieces: everybody has a little to give.

    Parameters
    ----------
    network : Network or TwoMode
        ``n`` nodes; ties are as strong as their ``strength``, 1 each without. With direction walks follow the arcs.
    attenuation : float, optional
        Factor of each step, from 0 and below 1 / lambda with lambda the largest eigenvalue of the strengths; if not
        given, half of that.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``katz``, at least 1, no unit; ``attenuation``, the factor used; ``rank``, from 1 within
        the node's kind, equal ones sharing it.

    Raises
    ------
    ParameterError
        If the factor is below 0, or so large that the sums are infinite.
    WeightError
        If the view has roles but no strength.
    ViewError
        If the view is two-mode over a path of several steps.
    ConvergenceError
        If so many eigenvalues are nearly as large as the largest that it cannot be found.

    Notes
    -----
    x_i = 1 + a sum_j strength_ji x_j: the sum over the walks that end at i, each counting the product of its strengths
    and a for every step; the 1 is the walk without a step, which Katz leaves out and networkx and igraph count. Where
    no way leads round lambda is 0, every factor is allowed, and 0 is taken if none is given. Self-ties are walked. An
    isolate has 1; an empty view gives an empty table.

    References
    ----------
    Katz, L. (1953). A new status index derived from sociometric analysis. Psychometrika 18, eq. 2.
    Chinese term: 卡茨中心性.

    Examples
    --------
    >>> import ecograph as eg
    >>> net = eg.dataset("florentine").network("MARRIAGE")
    >>> eg.katz(net, attenuation=0.1).top(2)["katz"].round(4).tolist()
    [1.8232, 1.5831]
    """
    if attenuation is not None and attenuation < 0:
        raise ParameterError(f"attenuation={attenuation}; allowed: 0 or more, or None for half of the largest")
    ties = network.graph
    steps = arriving(ties, "strength")
    factor, sums = attenuated(steps, attenuation, np.ones(ties.n), "attenuation")
    direct = factor * steps.sum(axis=1)

    def explain(position: int, language: Language) -> str:
        own, near = sums[position], direct[position]
        return katz.said(
            "explain", language, node=ties.nodes.called(position), value=own, direct=near, rest=own - 1 - near
        )

    ranked = pa.array(ranks(sums, ties.nodes.kind_codes))
    return Values(columns={"katz": sums, "attenuation": np.full(ties.n, factor), "rank": ranked}, explainer=explain)
