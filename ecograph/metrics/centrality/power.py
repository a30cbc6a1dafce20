"""Bonacich power."""

import numpy as np
import pyarrow as pa

from ecograph.methods.attenuation import attenuated
from ecograph.methods.ranking import ranks
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.need import linear

WORDS: Words = {
    "explain": {
        "en": "{node} has {value:.4g}: {own:.4g} from its own ties and {rest:+.4g} from those of its neighbours.",
        "zh": "{node} 的值为 {value:.4g}：其中自身联系 {own:.4g}，邻居的联系 {rest:+.4g}。",
    },
    "missing": {"en": "{node} has no value: no ties go out.", "zh": "{node} 没有值：网络中没有任何出边。"},
}


@metric(
    level="node",
    reads="strength",
    zh="博纳西奇权力中心性",
    summary_zh="一个节点因其邻居的联系多（或少）而有多大权力。",
    source="Bonacich 1987, eq. 2",
    columns={
        "power": Column("power, its mean square 1", zh="权力中心性"),
        "beta": Column("what a neighbour's power counts", zh="β 系数"),
        "rank": Column("rank in its kind", zh="同类排名", bounds=(1, None)),
    },
    words=WORDS,
    cost=linear(operations=120, arc=65),
)
def power(network: Network | TwoMode, *, beta: float | None = None) -> Values:
    """How powerful a node is by its ties, and by its neighbours' having many ties or few.

    Read it with a positive beta where it helps to know the well-connected, as with news; with a negative one where it
    helps to be the only choice of others, as in bargaining.

    Parameters
    ----------
    network : Network or TwoMode
        ``n`` nodes; ties are as strong as their ``strength``, 1 each without. With direction a node has power by those
        it points to.
    beta : float, optional
        What a neighbour's power counts, its size below 1 / lambda with lambda the largest eigenvalue of the strengths;
        0 for the ties alone; if not given, half of 1 / lambda.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``power``, of any sign, no unit, 1 for a node like the others; ``beta``, the one used;
        ``rank``, from 1 within the node's kind, equal ones sharing it.

    Raises
    ------
    ParameterError
        If beta is so large that the sums are infinite.
    WeightError
        If the view has roles but no strength.
    ViewError
        If the view is two-mode over a path of several steps.
    ConvergenceError
        If so many eigenvalues are nearly as large as the largest that it cannot be found.

    Notes
    -----
    c_i = sum_j strength_ij (alpha + beta c_j) with alpha such that sum c_i^2 = n, as in sna (R) and igraph, whose beta
    may also lie beyond 1 / lambda. Where no way leads round every beta is allowed, and 0 is taken if none is given. An
    isolate has 0. Where no tie goes out at all no alpha exists: NaN with a note. An empty view gives an empty table.

    References
    ----------
    Bonacich, P. (1987). Power and centrality: a family of measures. American Journal of Sociology 92, eq. 2.
    Chinese term: 博纳西奇权力中心性.

    Examples
    --------
    >>> import ecograph as eg
    >>> net = eg.dataset("florentine").network("MARRIAGE")
    >>> eg.power(net, beta=0.1).top(2)["power"].round(4).tolist()
    [1.9348, 1.3706]
    """
    ties = network.graph
    steps = ties.to_scipy("strength")
    own = np.asarray(steps.sum(axis=1), np.float64)
    factor, sums = attenuated(steps, beta, own, "beta")
    length = np.linalg.norm(sums)
    alpha = np.sqrt(ties.n) / length if length > 0 else np.nan
    powers = alpha * sums
    ranked = ranks(powers, ties.nodes.kind_codes)

    def explain(position: int, language: Language) -> str:
        node, value, direct = ties.nodes.called(position), powers[position], alpha * own[position]
        if np.isnan(value):
            return power.said("missing", language, node=node)
        return power.said("explain", language, node=node, value=value, own=direct, rest=value - direct)

    columns = {"power": powers, "beta": np.full(ties.n, factor), "rank": pa.array(ranked, mask=ranked == 0)}
    return Values(columns=columns, notes=[None if length > 0 else "no ties go out"] * ties.n, explainer=explain)
