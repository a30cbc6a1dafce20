"""Assortativity."""

import numpy as np

from ecograph.given import codes_of, labels_of, unlabelled
from ecograph.methods.mixing import apart, assortativity_of
from ecograph.metric import Labels, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.carried import carried

WORDS: Words = {
    "explain": {
        "en": "{within:.1%} of the whole stays within a group; joined at random, {chance:.1%} would: {reading}.",
        "zh": "全部之中有 {within:.1%} 留在组内；若随机连接，则为 {chance:.1%}：{reading}。",
    },
    "alike": {"en": "like joins like", "zh": "同类相聚"},
    "unlike": {"en": "groups seek each other", "zh": "异类相吸"},
    "chance": {"en": "groups mix as if by chance", "zh": "各组的混合如同随机"},
    "one": {"en": "One group has everything, so nothing can be compared.", "zh": "全部联系都在同一组内，无从比较。"},
    "nothing": {"en": "Nothing goes between nodes with a group.", "zh": "有组别的节点之间没有任何联系。"},
}


@metric(
    level="whole",
    reads="any",
    zh="同配性",
    summary_zh="同类相连的程度比随机情形高多少。",
    source="Newman 2003, eq. 2",
    columns={
        "assortativity": Column("like with like beyond chance", zh="同配系数", bounds=(None, 1)),
        "within": Column("share within groups", zh="组内份额", bounds=(0, 1)),
        "chance": Column("share within groups if ends were joined at random", zh="随机期望的组内份额", bounds=(0, 1)),
        "groups": Column("groups with nodes", zh="组数", bounds=(0, None)),
    },
    words=WORDS,
)
def assortativity(network: Network, *, by: Labels = "kind") -> Values:
    """How much more than by chance like is joined to like.

    Read 1 as groups that keep to themselves, 0 as an open mix, below 0 as groups that seek each other.

    Parameters
    ----------
    network : Network
        What is added up is the role given (amount, count or strength); ties, if none is given.
    by : str, Result or Table
        The groups: an attribute's name, ``kind``, a partition's result, or a table with kind, id and value.

    Returns
    -------
    Result
        Level whole, one row: ``assortativity``, at most 1; ``within`` and ``chance`` in [0, 1]; ``groups``, a whole
        number from 0. No unit.

    Raises
    ------
    UnknownNameError
        If no node has such an attribute.
    ParameterError
        If a table lacks kind, id or a value, or names a node twice; if the view has several roles, or a distance.

    Notes
    -----
    With e_ab the share of the whole that goes from group a to b and a_a, b_b its row and column sums: within = sum
    e_aa, chance = sum a_a b_a, r = (within - chance) / (1 - chance). Parallel relations are one tie. Self-ties are left
    out, and so, with a finding, are nodes without a group. Where nothing is carried there are no shares, and where one
    group has all of it no r: NaN with a note. ``mixing`` shows the shares.

    References
    ----------
    Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E 67, 026126, eq. 2. Chinese term: 同配性.

    Examples
    --------
    >>> import ecograph as eg
    >>> ties = {"source": ["m", "m"], "target": ["u", "n"]}
    >>> eco = eg.from_tables({"Maker": {"id": ["m", "n"]}, "University": {"id": ["u"]}}, {"COLLABORATES": ties})
    >>> eg.assortativity(eco.network("COLLABORATES"))["assortativity"].round(4).tolist()
    [-0.3333]
    """
    groups, names = codes_of(labels_of(network, by, "by"))
    amounts = carried(network, "assortativity")
    arcs = apart(network.arcs.out_sources, network.arcs.out_targets, groups, amounts)
    found = assortativity_of(arcs, len(names))

    def explain(_: int, language: Language) -> str:
        if np.isnan(found["assortativity"]):
            return assortativity.said("nothing" if np.isnan(found["within"]) else "one", language)
        close = abs(found["within"] - found["chance"]) < 1e-12
        reading = "chance" if close else "alike" if found["assortativity"] > 0 else "unlike"
        gaps = {name: found[name] for name in ("within", "chance")}
        return assortativity.said("explain", language, reading=assortativity.said(reading, language), **gaps)

    note = None if not np.isnan(found["assortativity"]) else "one group has everything"
    return Values(
        columns={**{name: [cell] for name, cell in found.items()}, "groups": [len(names)]},
        notes=["nothing goes between nodes with a group" if np.isnan(found["within"]) else note],
        findings=unlabelled(groups, by),
        explainer=explain,
    )
