"""Turnover of communities."""

from collections import Counter

import numpy as np

from ecograph.given import grouped_along, without_label
from ecograph.methods.agreement import agreement_of, crossing
from ecograph.methods.matching import Grouping, Step, checked_matching
from ecograph.metric import Labels, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, Series, TwoMode
from ecograph.views.bonds import communities_of, of_searches
from ecograph.views.following import trail_of

WORDS: Words = {
    "explain": {
        "en": "Of {before:,} nodes in communities, {left:,} left and {joined:,} joined, a turnover of {turnover:.1%}; "
        "of {communities:,} communities {continuations:,} go on, {births:,} are new, {merges:,} were made by merging "
        "and {splits:,} of those before split, {deaths:,} are gone.{agreement}",
        "zh": "社群原有 {before:,} 个节点，离开 {left:,} 个、加入 {joined:,} 个，更替率为 {turnover:.1%}；"
        "现有 {communities:,} 个社群，其中延续 {continuations:,} 个、新生 {births:,} 个、合并而成 {merges:,} 个；"
        "原有社群中分裂 {splits:,} 个、消亡 {deaths:,} 个。{agreement}",
    },
    "agreement": {
        "en": " Of the {stayed:,} who stayed, the groupings agree by {ari:.1%} beyond chance (ARI).",
        "zh": "在留下的 {stayed:,} 个节点中，两种划分扣除随机一致后的一致程度为 {ari:.1%}（ARI）。",
    },
    "first": {
        "en": "{communities:,} communities have {nodes:,} nodes; nothing is before the first slice.",
        "zh": "{communities:,} 个社群共有 {nodes:,} 个节点；首个时段之前没有可比的时段。",
    },
    "nobody": {
        "en": "No node is in a community, here or in the slice before.",
        "zh": "本时段与上一时段均没有节点属于社群。",
    },
}
FIRST = "nothing is before the first slice"
NOBODY = "no node is in a community here or before"
NO_ONE_STAYED = "nmi, ami, ari: no node is in a community here and before"


@metric(
    level="whole",
    reads="any",
    zh="社群更替",
    summary_zh="从一个时段到下一个时段，社群及其成员有多少留下，多少改变。",
    source="Greene, Doyle & Cunningham 2010; Hubert & Arabie 1985, eq. 5; Vinh, Epps & Bailey 2010",
    columns={
        "turnover": Column("share of all members of either slice that left or joined", zh="更替率", bounds=(0, 1)),
        "ari": Column("pairs that agree beyond chance, of those who stayed", zh="调整兰德指数", bounds=(None, 1)),
        "nmi": Column("mutual information over mean entropy, of those who stayed", zh="标准化互信息", bounds=(0, 1)),
        "ami": Column("mutual information beyond chance, of those who stayed", zh="调整互信息", bounds=(None, 1)),
        "nodes": Column("nodes in communities", zh="节点数", bounds=(0, None)),
        "stayed": Column("nodes in communities here and in the slice before", zh="留下", bounds=(0, None)),
        "joined": Column("nodes in communities here only", zh="加入", bounds=(0, None)),
        "left": Column("nodes in communities in the slice before only", zh="离开", bounds=(0, None)),
        "communities": Column("communities", zh="社群数", bounds=(0, None)),
        "births": Column("communities that none before matches", zh="新生", bounds=(0, None)),
        "deaths": Column("communities before that none matches", zh="消亡", bounds=(0, None)),
        "merges": Column("communities that several before match", zh="合并", bounds=(0, None)),
        "splits": Column("communities before that several match", zh="分裂", bounds=(0, None)),
        "continuations": Column("communities that match one before and no other does", zh="延续", bounds=(0, None)),
    },
    words=WORDS,
    cost=of_searches(operations=400, remedy="give the groups as by="),
)
def community_turnover(
    series: Series[Network | TwoMode], *, by: Labels | None = None, threshold: float = 0.3, smallest: int = 2
) -> Values:
    """How much of the communities and of who is in them is still there in the next slice.

    Read a low turnover with an ARI near 1 as circles that stay as they are, and a low turnover with an ARI near 0 as
    the same people in other circles.

    Parameters
    ----------
    series : Series of Network or TwoMode
        Views of slices in time, as ``eco.slices(every="year").network(…)`` gives. A view that is no slice is taken as
        the only one.
    by : str, Result or Table, optional
        The communities: the result of a partition of the same slices, a table with slice, kind, id and a value, or an
        attribute's name. If not given, those of ``leiden``.
    threshold : float
        Communities of slices in a row that are more alike than this match: from 0 to below 1.
    smallest : int
        Communities with fewer nodes are left out, 1 or more.

    Returns
    -------
    Result
        Level whole, one row a slice: ``turnover`` and ``nmi`` in [0, 1], ``ari`` and ``ami``, at most 1; ``nodes``,
        ``stayed``, ``joined``, ``left``, ``communities``, ``births``, ``deaths``, ``merges``, ``splits`` and
        ``continuations``, whole numbers from 0. No unit.

    Raises
    ------
    UnknownNameError
        If no node has such an attribute.
    ParameterError
        If threshold or smallest is outside its range; if the slices are platforms; if a table lacks kind, id or a
        value, or names a node twice in a slice; if the view has several roles, or a distance.
    ViewError
        If a view is two-mode over a path of several steps, and ``by`` is not given.

    Notes
    -----
    Each slice is compared with the one before. With stayed, joined and left counting nodes that are in a community of
    both, of this and of the other slice only, turnover = (joined + left) / (stayed + joined + left). The indices of
    agreement are those of ``partition_comparison`` over who stayed. Communities match as in ``community_matching``:
    births, merges and continuations count by the ``origin`` of the communities here, deaths and splits by the ``fate``
    of those before. The first slice has no values but nodes and communities; where no node is in a community turnover
    is missing, and where none stayed the indices: NaN with a note.

    References
    ----------
    Greene, D., Doyle, D. & Cunningham, P. (2010). Tracking the evolution of communities in dynamic social networks.
    Proceedings of the International Conference on Advances in Social Networks Analysis and Mining. Hubert, L.
    & Arabie, P. (1985). Comparing partitions. Journal of Classification 2, eq. 5. Vinh, N. X., Epps, J. & Bailey, J.
    (2010). Information theoretic measures for clusterings comparison. Journal of Machine Learning Research 11. Chinese
    term: 社群更替.

    Examples
    --------
    >>> import ecograph as eg
    >>> days = ["2024-01-01"] * 2 + ["2025-01-01"] * 4
    >>> ties = {"source": list("acaabb"), "target": list("bdcdcd"), "valid_from": days, "valid_to": ["2025-12-31"] * 6}
    >>> eco = eg.from_tables({"Maker": {"id": list("abcd")}}, {"COLLABORATES": ties})
    >>> found = eg.community_turnover(eco.slices(every="year").network("COLLABORATES"))
    >>> found["turnover"].tolist(), found["merges"].tolist()
    ([nan, 0.0], [nan, 1.0])
    """
    checked_matching(threshold, smallest)
    groups = grouped_along(series, by, "by", lambda view: communities_of(view, "community_turnover"))
    trail = trail_of(groups, threshold=threshold, smallest=smallest)
    rows = [_first(grouping) for grouping in trail.groupings[:1]] + [_changed(step) for step in trail.steps]
    notes = [FIRST, *(_missing(step) for step in trail.steps)]

    def explain(position: int, language: Language) -> str:
        found = rows[position]
        if notes[position] == FIRST:
            return community_turnover.said("first", language, **found)
        if notes[position] == NOBODY:
            return community_turnover.said("nobody", language)
        agreement = "" if notes[position] else community_turnover.said("agreement", language, **found)
        before = found["stayed"] + found["left"]
        return community_turnover.said("explain", language, **found, before=before, agreement=agreement)

    return Values(
        columns={name: [row.get(name, float("nan")) for row in rows] for name in community_turnover.columns},
        slices=np.arange(len(rows)),
        notes=notes,
        findings=without_label(trail.ungrouped, by),
        explainer=explain,
    )


def _first(grouping: Grouping) -> dict[str, float]:
    return {"nodes": len(grouping.members), "communities": len(grouping.names)}


def _missing(step: Step) -> str | None:
    if not len(step.before.members) + len(step.after.members):
        return NOBODY
    return None if len(step.both[0]) else NO_ONE_STAYED


def _changed(step: Step) -> dict[str, float]:
    """Values of a slice and the one before, by name; without those that are missing."""
    stayed = len(step.both[0])
    left, joined = len(step.before.members) - stayed, len(step.after.members) - stayed
    found: dict[str, float] = {**_first(step.after), "stayed": stayed, "joined": joined, "left": left}
    if stayed + joined + left:
        found["turnover"] = (joined + left) / (stayed + joined + left)
    if stayed:
        found |= agreement_of(crossing(*step.both))
    origins, fates = Counter(step.origins), Counter(step.fates)
    found |= {"births": origins["birth"], "merges": origins["merge"], "continuations": origins["continuation"]}
    return found | {"deaths": fates["death"], "splits": fates["split"]}
