"""Burt's constraint and hierarchy."""

import numpy as np

from ecograph.methods.structural_holes import costs_of, hierarchy_of, row_sums
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.contacts import contacts_of

WORDS: Words = {
    "explain": {
        "en": "{node}: its {count:,} contacts cost it {constraint:.4g}; the costliest: {contacts}.",
        "zh": "{node}：{count:,} 个联系人带来的限制度合计 {constraint:.4g}，影响最大的依次为：{contacts}。",
    },
    "one": {
        "en": "{node}: all it has goes through {contact}, its only contact: {constraint:.4g}.",
        "zh": "{node}：{contact} 是其唯一的联系人，一切都经由它：限制度为 {constraint:.4g}。",
    },
    "none": {"en": "{node} has no contacts.", "zh": "{node} 没有联系人。"},
    "contact": {"en": "{contact} {cost:.4g} ({share:.1%})", "zh": "{contact} {cost:.4g}（{share:.1%}）"},
}
NOTES = ("no contacts", "one contact, so no hierarchy")
SHOWN = 3


@metric(
    level="node",
    reads="strength",
    zh="结构洞限制度",
    summary_zh="一个节点的联系在多大程度上受制于彼此相连的联系人，而非跨越结构洞。",
    source="Burt 1992, ch. 2",
    columns={
        "constraint": Column("how far its contacts close in on it", zh="限制度", bounds=(0, 2)),
        "hierarchy": Column("how far that comes from few of them", zh="等级度", bounds=(0, 1)),
        "contacts": Column("nodes it is tied to", zh="联系人数", bounds=(0, None)),
    },
    words=WORDS,
)
def constraint(network: Network) -> Values:
    """How far a node's contacts close in on it, where others' contacts lie apart.

    Read a small constraint as structural holes around the node: its contacts know nothing of each other, so that it
    hears of more and can play between them. A large one says that whatever it does goes through the same few people;
    ``hierarchy`` says whether one of them alone holds it.

    Parameters
    ----------
    network : Network
        ``n`` nodes; ties are as strong as their ``strength``, 1 each without. Two nodes are contacts if a tie with
        strength above 0 joins them either way; direction is left aside by adding up both ways.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``constraint``, above 0 and below 2, 1 with one contact; ``hierarchy`` in [0, 1];
        ``contacts``, a whole number from 0. No unit.

    Raises
    ------
    WeightError
        If the view has roles but no strength.

    Notes
    -----
    With a_ij the strength from i to j and p_ij = (a_ij + a_ji) / sum_k (a_ik + a_ki), the contact j costs i
    c_ij = (p_ij + sum_q p_iq p_qj)^2 with q other than i and j. constraint = sum c_ij over the contacts j of i alone,
    as in networkx and igraph; Burt's sum over everyone adds those whom only a contact of i knows. With N contacts and
    r_j = c_ij / (constraint / N), hierarchy = sum_j r_j ln r_j / (N ln N).

    Self-ties are left out (networkx counts them in p), and so are ties without strength. A tie both ways is twice as
    strong as one way; a node with ties in alone has a value (networkx says NaN). Without contacts there is neither
    value, with one no hierarchy: NaN with a note. An empty view gives an empty table.

    References
    ----------
    Burt, R. S. (1992). Structural Holes: The Social Structure of Competition, ch. 2.
    Chinese term: 结构洞限制度.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.constraint(eg.dataset("florentine").network("MARRIAGE"))
    >>> found["constraint"][found["id"] == "Medici"].round(7).tolist()
    [0.2098765]
    """
    contacts = contacts_of(network)
    costs = costs_of(*contacts)
    degrees = contacts.degrees
    constraints = np.where(degrees > 0, row_sums(contacts.pointers, costs), np.nan)

    def explain(position: int, language: Language) -> str:
        row = contacts.of(position)
        gaps = {"node": network.nodes.called(position), "constraint": constraints[position]}
        if not degrees[position]:
            return constraint.said("none", language, **gaps)
        named = [network.nodes.called(int(one)) for one in contacts.nodes[row]]
        if len(named) == 1:
            return constraint.said("one", language, contact=named[0], **gaps)
        shown = np.argsort(-costs[row], kind="stable")[:SHOWN]
        said = [(named[place], costs[row][place], costs[row][place] / constraints[position]) for place in shown]
        parts = [constraint.said("contact", language, contact=one, cost=cost, share=part) for one, cost, part in said]
        joined = ("、" if language == "zh" else ", ").join(parts)
        return constraint.said("explain", language, count=len(named), contacts=joined, **gaps)

    return Values(
        columns={
            "constraint": constraints,
            "hierarchy": hierarchy_of(contacts.pointers, costs),
            "contacts": degrees,
        },
        notes=[NOTES[degree] if degree < len(NOTES) else None for degree in degrees.tolist()],
        explainer=explain,
    )
