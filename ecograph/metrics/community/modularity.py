"""Modularity."""

import numpy as np

from ecograph.given import codes_of, labels_of
from ecograph.methods.partitions import checked_resolution
from ecograph.metric import Labels, Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.bonds import bonds_of

WORDS: Words = {
    "explain": {
        "en": "{within:.1%} of the whole stays inside {groups:,} groups; joined at random, {chance:.1%} would: "
        "{reading}.",
        "zh": "全部之中有 {within:.1%} 留在 {groups:,} 个组内；若随机连接，则为 {chance:.1%}：{reading}。",
    },
    "more": {"en": "they hold together more than chance", "zh": "组内联系多于随机"},
    "less": {"en": "they hold together less than chance", "zh": "组内联系少于随机"},
    "chance": {"en": "they hold together as if by chance", "zh": "组内联系与随机无异"},
    "nothing": {"en": "Nothing goes between nodes with a group.", "zh": "有组别的节点之间没有任何联系。"},
}


@metric(
    level="whole",
    reads="any",
    zh="模块度",
    summary_zh="各组内部的联系比随机情形多出多少。",
    source="Newman & Girvan 2004, eq. 5; Leicht & Newman 2008, eq. 3; Barber 2007, eq. 15",
    columns={
        "modularity": Column("share within groups beyond chance", zh="模块度", bounds=(None, 1)),
        "within": Column("share within groups", zh="组内份额", bounds=(0, 1)),
        "chance": Column("share within groups if ends were joined at random", zh="随机期望的组内份额", bounds=(0, 1)),
        "groups": Column("groups with nodes", zh="组数", bounds=(0, None)),
    },
    words=WORDS,
)
def modularity(network: Network | TwoMode, *, by: Labels = "kind", resolution: float = 1.0) -> Values:
    """How much more groups keep to themselves than chance would make them.

    Read 0 as groups without meaning for who deals with whom, above 0.3 as communities that are plain to see; compare
    groupings of one network, since the value grows with the size of the network.

    Parameters
    ----------
    network : Network or TwoMode
        What is added up is the role given (amount, count or strength); ties, if none is given.
    by : str, Result or Table
        The groups: an attribute's name, ``kind``, a partition's result, or a table with kind, id and value.
    resolution : float
        Weight of what chance would give, 0 or more: above 1 favours small groups, below 1 large ones.

    Returns
    -------
    Result
        Level whole, one row: ``modularity``, at most 1; ``within`` and ``chance`` in [0, 1]; ``groups``, a whole number
        from 0. No unit.

    Raises
    ------
    UnknownNameError
        If no node has such an attribute.
    ParameterError
        If resolution is below 0 or no number; if a table lacks kind, id or a value, or names a node twice; if the view
        has several roles, or a distance.
    ViewError
        If the view is two-mode over a path of several steps.

    Notes
    -----
    Q = sum over groups of within - resolution x chance. With A_ij what goes from i to j and W its sum, within is the
    sum of A_ij / W over i, j in the group and chance the product of what the group gives, over W, and what it takes,
    over W (Leicht & Newman 2008); without direction A_ij = A_ji, and W is twice the whole (Newman & Girvan 2004). In a
    two-mode view only the first side gives and only the second takes (Barber 2007), so a group needs nodes of both.
    Resolution after Reichardt & Bornholdt 2006, eq. 15.

    Parallel relations are one tie. A self-tie stays inside, without direction with both its ends, as in networkx and
    igraph. Nodes without a group are left out with a finding. Where nothing is carried there is no value: NaN with a
    note.

    References
    ----------
    Newman, M. E. J. & Girvan, M. (2004). Finding and evaluating community structure in networks. Physical Review E 69,
    026113, eq. 5. Leicht, E. A. & Newman, M. E. J. (2008). Community structure in directed networks. Physical Review
    Letters 100, 118703, eq. 3. Barber, M. J. (2007). Modularity and community detection in bipartite networks. Physical
    Review E 76, 066102, eq. 15. Chinese term: 模块度.

    Examples
    --------
    >>> import ecograph as eg
    >>> ties = {"source": ["m", "m"], "target": ["u", "n"]}
    >>> eco = eg.from_tables({"Maker": {"id": ["m", "n"]}, "University": {"id": ["u"]}}, {"COLLABORATES": ties})
    >>> eg.modularity(eco.network("COLLABORATES"))["modularity"].tolist()
    [-0.125]
    """
    checked_resolution(resolution)
    groups, names = codes_of(labels_of(network, by, "by"))
    shares = bonds_of(network, "modularity").held(groups)
    within = chance = float("nan")
    if len(shares.within):
        within, chance = min(float(shares.within.sum()), 1.0), min(float(shares.chance.sum()), 1.0)
    found = within - resolution * chance

    def explain(_: int, language: Language) -> str:
        if np.isnan(found):
            return modularity.said("nothing", language)
        reading = "chance" if abs(within - chance) < 1e-12 else "more" if within > chance else "less"
        gaps = {"within": within, "chance": chance, "groups": len(names)}
        return modularity.said("explain", language, reading=modularity.said(reading, language), **gaps)

    missing = int((groups < 0).sum())
    return Values(
        columns={"modularity": [found], "within": [within], "chance": [chance], "groups": [len(names)]},
        notes=["nothing goes between nodes with a group" if np.isnan(found) else None],
        findings=[Finding("no_label", missing, column=by if isinstance(by, str) else "by")] if missing else [],
        explainer=explain,
    )
