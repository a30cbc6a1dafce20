"""Burt's effective size and efficiency."""

import numpy as np

from ecograph.methods.structural_holes import overlaps_of, row_sums
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.contacts import contacts_of

WORDS: Words = {
    "explain": {
        "en": "{node}: its {count:,} contacts are worth {size:.4g} who know nothing of each other ({share:.1%}){most}.",
        "zh": "{node}：{count:,} 个联系人相当于 {size:.4g} 个互不相识的联系人（{share:.1%}）{most}。",
    },
    "most": {
        "en": "; the one that repeats the others most is {contact}, by {overlap:.1%}",
        "zh": "；与其他联系人重复最多的是 {contact}（{overlap:.1%}）",
    },
    "none": {"en": "{node} has no contacts.", "zh": "{node} 没有联系人。"},
}
NOTE = "no contacts"


@metric(
    level="node",
    reads="strength",
    zh="有效规模",
    summary_zh="除去彼此重复的部分，一个节点的联系人相当于多少个互不相识的联系人。",
    source="Burt 1992, ch. 2; Borgatti 1997",
    columns={
        "effective_size": Column("contacts less what they repeat", zh="有效规模", bounds=(0, None)),
        "efficiency": Column("effective size over contacts", zh="效率", bounds=(0, 1)),
        "contacts": Column("nodes it is tied to", zh="联系人数", bounds=(0, None)),
    },
    words=WORDS,
)
def effective_size(network: Network) -> Values:
    """How many separate contacts a node's contacts are worth, less what they repeat.

    Read it as reach for the effort of keeping ties: with an ``efficiency`` of 1 every contact opens a world of its own;
    near 1 / contacts all of them are one circle.

    Parameters
    ----------
    network : Network
        ``n`` nodes; ties are as strong as their ``strength``, 1 each without. Two nodes are contacts if a tie with
        strength above 0 joins them either way; direction is left aside by adding up both ways.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``effective_size``, from 1 to ``contacts``; ``efficiency``, above 0 and at most 1;
        ``contacts``, a whole number from 0. No unit.

    Raises
    ------
    WeightError
        If the view has roles but no strength.

    Notes
    -----
    With a_ij the strength from i to j, p_iq = (a_iq + a_qi) / sum_k (a_ik + a_ki) and m_jq = (a_jq + a_qj) /
    max_k (a_jk + a_kj), effective size = sum over the contacts j of i of 1 - sum_q p_iq m_jq with q other than i and j;
    efficiency is that over the number of contacts. Without strengths and direction it is N - 2 t / N, with t pairs of
    the N contacts joined. networkx 3.6 agrees for nodes asked for by name; for all at once it gives other values where
    strengths differ or ties have a direction.

    Self-ties are left out (networkx counts them in p and m), and so are ties without strength. A tie both ways is twice
    as strong as one way; a node with ties in alone has a value (networkx says NaN). Without contacts there is no value:
    NaN with a note. An empty view gives an empty table.

    References
    ----------
    Burt, R. S. (1992). Structural Holes: The Social Structure of Competition, ch. 2.
    Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures. Connections 20. Chinese term:
    有效规模.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.effective_size(eg.dataset("florentine").network("MARRIAGE"))
    >>> found["effective_size"][found["id"] == "Medici"].round(4).tolist()
    [5.6667]
    """
    contacts = contacts_of(network)
    overlaps = overlaps_of(*contacts)
    degrees = contacts.degrees
    sizes = np.where(degrees > 0, degrees - row_sums(contacts.pointers, overlaps), np.nan)
    shares = sizes / np.maximum(degrees, 1)

    def explain(position: int, language: Language) -> str:
        node, repeated = network.nodes.called(position), overlaps[contacts.of(position)]
        if not len(repeated):
            return effective_size.said("none", language, node=node)
        most = ""
        if repeated.max() > 0:
            contact = network.nodes.called(int(contacts.nodes[contacts.of(position)][np.argmax(repeated)]))
            most = effective_size.said("most", language, contact=contact, overlap=repeated.max())
        gaps = {"count": len(repeated), "size": sizes[position], "share": shares[position], "most": most}
        return effective_size.said("explain", language, node=node, **gaps)

    return Values(
        columns={"effective_size": sizes, "efficiency": shares, "contacts": degrees},
        notes=[None if degree else NOTE for degree in degrees.tolist()],
        explainer=explain,
    )
