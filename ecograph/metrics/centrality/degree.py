"""Degree."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.methods.ranking import ranks
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.need import linear

WORDS: Words = {
    "explain": {
        "en": "{node} is joined to {degree:,} others by {relations:,} relations: {out:,} arcs out, {in_:,} in.",
        "zh": "{node} 通过 {relations:,} 条关系与 {degree:,} 个节点相连：出 {out:,}，入 {in_:,}。",
    }
}


@metric(
    level="node",
    zh="度",
    summary_zh="一个节点与多少个其他节点相连。",
    source="Freeman 1979, eq. 1; Wasserman & Faust 1994, ch. 5.2",
    columns={
        "degree": Column("neighbours", zh="度", bounds=(0, None)),
        "in_degree": Column("neighbours it is reached from", zh="入度", bounds=(0, None)),
        "out_degree": Column("neighbours it reaches", zh="出度", bounds=(0, None)),
        "relations": Column("relations, parallel ones counted", zh="关系数", bounds=(0, None)),
        "share": Column("degree over the others there are to join", zh="归一化值", bounds=(0, None)),
        "rank": Column("rank in its kind", zh="同类排名", bounds=(1, None)),
    },
    words=WORDS,
    cost=linear(operations=2, arc=0),
)
def degree(network: Network | TwoMode) -> Values:
    """How many others a node is joined to.

    Read it as the size of a node's immediate surroundings: who could be asked without an introduction.

    Parameters
    ----------
    network : Network or TwoMode
        ``n`` nodes. Roles are not read. Of a two-mode view each node counts its neighbours on the other side.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``degree`` (without direction: neighbours; with direction: in plus out), ``in_degree``,
        ``out_degree`` (both equal to ``degree`` without direction) and ``relations``, which counts parallel
        relations; whole numbers from 0, no unit; ``share``, from 0, at most 1 without self-ties; ``rank``, from 1
        within the node's kind, equal ones sharing it.

    Raises
    ------
    ViewError
        If the view is two-mode over a path of several steps.

    Notes
    -----
    With adjacency a: in_i = sum_j a_ji, out_i = sum_j a_ij. A self-tie counts 2 in ``degree`` and in ``relations``,
    one end each, as in networkx and igraph. The share is degree / (n - 1), half of that with direction, and of a
    two-mode view degree / the size of the other side (Borgatti & Everett 1997). An isolate has 0; an
    empty view gives an empty table.

    References
    ----------
    Freeman, L. C. (1979). Centrality in social networks: conceptual clarification. Social Networks 1, eq. 1.
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, ch. 5.2.
    Borgatti, S. P. & Everett, M. G. (1997). Network analysis of 2-mode data. Social Networks 19, 243-269.
    Chinese term: 度.

    Examples
    --------
    >>> import ecograph as eg
    >>> net = eg.dataset("florentine").network("MARRIAGE")
    >>> eg.degree(net).top(2)["degree"].tolist()
    [6, 4]
    """
    ties = network.graph
    arcs = ties.arcs
    outs, ins = np.diff(arcs.out_pointers), np.diff(arcs.in_pointers)
    loops = arcs.out_sources == arcs.out_targets
    own = np.bincount(arcs.out_sources[loops], minlength=ties.n)
    sent = np.bincount(arcs.out_sources, weights=arcs.multiplicity, minlength=ties.n).astype(np.int64)
    received = np.bincount(arcs.out_targets, weights=arcs.multiplicity, minlength=ties.n).astype(np.int64)
    if ties.directed:
        degrees, relations = ins + outs, sent + received
    else:
        repeated = np.bincount(arcs.out_sources[loops], weights=arcs.multiplicity[loops], minlength=ties.n).astype(
            np.int64
        )
        ins = outs = degrees = outs + own
        relations = sent + repeated

    def explain(position: int, language: Language) -> str:
        return degree.said(
            "explain",
            language,
            node=ties.nodes.called(position),
            degree=int(degrees[position]),
            relations=int(relations[position]),
            out=int(outs[position]),
            in_=int(ins[position]),
        )

    shares = degrees / np.maximum(_others(network), 1)
    ranked = pa.array(ranks(degrees.astype(np.float64), ties.nodes.kind_codes))
    columns = {"degree": degrees, "in_degree": ins, "out_degree": outs, "relations": relations}
    return Values(columns={**columns, "share": shares, "rank": ranked}, explainer=explain)


def _others(network: Network | TwoMode) -> NDArray[np.int64]:
    """The largest degree a node of a view of this size could have without self-ties."""
    if isinstance(network, Network):
        return np.full(network.n, (network.n - 1) * (2 if network.directed else 1))
    left = int(network.left.sum())
    return np.where(network.left, network.n - left, left)
