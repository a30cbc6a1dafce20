"""Hubs and authorities."""

import pyarrow as pa

from ecograph.methods.ranking import ranks
from ecograph.methods.spectra import principal_square
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.need import linear

WORDS: Words = {
    "explain": {
        "en": "{node} has {authority:.2%} of the authority, as hubs point to it, and {hub:.2%} of the hub score, as it "
        "points to authorities.",
        "zh": "{node} 的权威值占 {authority:.2%}（有枢纽指向它），枢纽值占 {hub:.2%}（它指向权威）。",
    },
    "missing": {"en": "{node} has no value: there are no ties.", "zh": "{node} 没有值：网络中没有联系。"},
}


@metric(
    level="node",
    reads="strength",
    zh="枢纽与权威",
    summary_zh="谁被好的枢纽指向，谁指向好的权威。",
    source="Kleinberg 1999, sect. 3",
    columns={
        "authority": Column("share of authority", zh="权威值", bounds=(0, 1)),
        "hub": Column("share of the hub score", zh="枢纽值", bounds=(0, 1)),
        "rank": Column("rank in its kind by authority", zh="同类排名", bounds=(1, None)),
    },
    words=WORDS,
    cost=linear(operations=60, node=500),
)
def hits(network: Network | TwoMode) -> Values:
    """Who is pointed to by good hubs, and who points to good authorities.

    Read authorities as those whom the well-informed choose, hubs as those who choose well.

    Parameters
    ----------
    network : Network or TwoMode
        ``n`` nodes; arcs are as strong as their ``strength``, 1 each without.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``authority`` and ``hub``, in [0, 1], each with sum 1, no unit; ``rank``, from 1 within
        the node's kind, equal ones sharing it.

    Raises
    ------
    WeightError
        If the view has roles but no strength.
    ViewError
        If the view is two-mode over a path of several steps.
    ConvergenceError
        If so many eigenvalues are nearly as large as the largest that it cannot be found.

    Notes
    -----
    With strengths W, authority a is the principal eigenvector of W'W and hub = W a, each divided by its sum; where
    several vectors belong to the largest eigenvalue, the one that multiplying ones again and again leads to. Without
    direction both are the same, but for bipartite components, as those of two-mode views are. Without any tie there is
    no value: NaN with a note. An isolate has 0; an empty view gives an empty table.

    References
    ----------
    Kleinberg, J. M. (1999). Authoritative sources in a hyperlinked environment. Journal of the ACM 46, sect. 3.
    Chinese term: 枢纽与权威.

    Examples
    --------
    >>> import ecograph as eg
    >>> taught = {"source": ["a", "b", "b"], "target": ["c", "c", "d"]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b", "c", "d"]}}, {"TEACHES": taught})
    >>> eg.hits(eco.network("TEACHES"))["authority"].round(4).tolist()
    [0.0, 0.0, 0.618, 0.382]
    """
    ties = network.graph
    given = ties.to_scipy("strength")
    found = principal_square(given)
    authorities = hubs = found.vector
    if not found.note:
        hubs = given @ (authorities / given.data.max())
        authorities, hubs = authorities / authorities.sum(), hubs / hubs.sum()
    ranked = ranks(authorities, ties.nodes.kind_codes)

    def explain(position: int, language: Language) -> str:
        gaps = {"authority": authorities[position], "hub": hubs[position]}
        sentence = "missing" if found.note else "explain"
        return hits.said(sentence, language, node=ties.nodes.called(position), **gaps)

    columns = {"authority": authorities, "hub": hubs, "rank": pa.array(ranked, mask=ranked == 0)}
    return Values(columns=columns, notes=[found.note] * ties.n, explainer=explain)
