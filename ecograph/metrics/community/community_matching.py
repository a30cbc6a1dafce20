"""Matching of communities over slices."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from ecograph.given import grouped_along, without_label
from ecograph.methods.matching import Trail, checked_matching
from ecograph.metric import Labels, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, Series, TwoMode
from ecograph.views.bonds import communities_of, of_searches
from ecograph.views.following import trail_of

WORDS: Words = {
    "explain": {
        "en": "Community {group} has {size:,} nodes; {came}, and {goes}.",
        "zh": "第 {group} 号社群有 {size:,} 个节点；{came}；{goes}。",
    },
    "came first": {"en": "it stands in the first slice", "zh": "位于首个时段"},
    "came birth": {
        "en": "it is new, for no community of the slice before is more like it than {likeness:.1%}",
        "zh": "它是新生的：与上一时段任何社群的相似度都不超过 {likeness:.1%}",
    },
    "came continuation": {
        "en": "it goes on from the slice before, {likeness:.1%} alike",
        "zh": "它由上一时段延续而来，相似度为 {likeness:.1%}",
    },
    "came merge": {
        "en": "communities {parents} merged into it, the most like it by {likeness:.1%}",
        "zh": "它由第 {parents} 号社群合并而成，最高相似度为 {likeness:.1%}",
    },
    "came split": {
        "en": "it is a part of community {parents}, which split, and {likeness:.1%} alike",
        "zh": "它由第 {parents} 号社群分裂而来，相似度为 {likeness:.1%}",
    },
    "goes last": {"en": "this is the last slice", "zh": "此为最后一个时段"},
    "goes death": {"en": "it is gone in the next slice", "zh": "到下一时段已消亡"},
    "goes continuation": {"en": "it goes on in the next slice", "zh": "到下一时段继续存在"},
    "goes merge": {
        "en": "it merges into community {children} in the next slice",
        "zh": "到下一时段并入第 {children} 号社群",
    },
    "goes split": {
        "en": "it splits into communities {children} in the next slice",
        "zh": "到下一时段分裂为第 {children} 号社群",
    },
}
EVENTS = {"birth": "新生", "death": "消亡", "continuation": "延续", "merge": "合并", "split": "分裂"}
NOTES = {
    (False, False): None,
    (True, False): "nothing is before the first slice",
    (False, True): "nothing is after the last slice",
    (True, True): "nothing is before or after the only slice",
}
"""By whether the origin and the fate are missing."""
CELLS = {
    "size": pa.int64(),
    "likeness": pa.float64(),
    "origin": pa.string(),
    "fate": pa.string(),
    "parents": pa.string(),
    "children": pa.string(),
    "name": pa.string(),
}


@metric(
    level="group",
    reads="any",
    zh="社群匹配",
    summary_zh="各时段的社群从何而来、去向何处：新生、延续、合并、分裂、消亡，同一社群编号不变。",
    source="Greene, Doyle & Cunningham 2010",
    columns={
        "size": Column("nodes in the community", zh="社群大小", bounds=(1, None)),
        "likeness": Column("largest likeness to a community of the slice before", zh="相似度", bounds=(0, 1)),
        "origin": Column("how it came to be: birth, continuation, merge or split", zh="来历", words=EVENTS),
        "fate": Column("what becomes of it: death, continuation, merge or split", zh="去向", words=EVENTS),
        "parents": Column("numbers of the communities it comes from", zh="前身"),
        "children": Column("numbers of the communities it becomes", zh="后身"),
        "name": Column("what it is called in its slice", zh="时段内名称"),
    },
    words=WORDS,
    cost=of_searches(operations=400, remedy="give the groups as by="),
)
def community_matching(
    series: Series[Network | TwoMode], *, by: Labels | None = None, threshold: float = 0.3, smallest: int = 2
) -> Values:
    """Where the communities of each slice come from and what becomes of them, with numbers that stay theirs.

    Read the rows of one number as the life of a community: when it was born, with whom it merged, into what it split
    and when it was gone.

    Parameters
    ----------
    series : Series of Network or TwoMode
        Views of slices in time, as ``eco.slices(every="year").network(…)`` gives. A view that is no slice is taken as
        the only one.
    by : str, Result or Table, optional
        The communities: the result of a partition of the same slices, a table with slice, kind, id and a value, or an
        attribute's name. If not given, those of ``leiden``.
    threshold : float
        Communities of slices in a row that are more alike than this match: from 0 to below 1. From 0.5 on there are no
        merges and splits; at 0.3 three equal parts still are.
    smallest : int
        Communities with fewer nodes are left out, 1 or more.

    Returns
    -------
    Result
        Level group, with a slice: ``group``, the number of a community, the same in every slice, from 1; ``size``, a
        whole number from 1; ``likeness`` in [0, 1]; ``origin`` and ``fate``; ``parents`` and ``children``, the numbers
        in the slice before and the next, separated by commas; and ``name`` in its slice. No unit.

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
    The likeness of two communities is the number of nodes in both over that of nodes in either (Jaccard), a node being
    the same by kind and id; those above the threshold match. A community that none before matches is born; one that
    several match is their merge; one whose only match also matches another comes from a split; all others go on.
    Likewise forward: none, several, shared. A community that is missing in one slice is dead (d = 1 in Greene et al.).

    Of the communities that match, a number is handed on along the largest likeness, to one heir each; of equals the
    lowest number, then the largest community, comes first. What inherits no number gets the next one, by size, then
    smallest member. Where a slice comes first or last, origin or fate is missing, with a note.

    References
    ----------
    Greene, D., Doyle, D. & Cunningham, P. (2010). Tracking the evolution of communities in dynamic social networks.
    Proceedings of the International Conference on Advances in Social Networks Analysis and Mining. Chinese
    term: 社群匹配.

    Examples
    --------
    >>> import ecograph as eg
    >>> days = ["2024-01-01"] * 2 + ["2025-01-01"] * 4
    >>> ties = {"source": list("acaabb"), "target": list("bdcdcd"), "valid_from": days, "valid_to": ["2025-12-31"] * 6}
    >>> eco = eg.from_tables({"Maker": {"id": list("abcd")}}, {"COLLABORATES": ties})
    >>> found = eg.community_matching(eco.slices(every="year").network("COLLABORATES"))
    >>> found["group"].tolist(), found["size"].tolist()
    (['1', '2', '1'], [2, 2, 4])
    >>> found.explain("1", slice="2025-01-01")
    'Community 1 has 4 nodes; communities 1, 2 merged into it, the most like it by 50.0%, and this is the last slice.'
    """
    checked_matching(threshold, smallest)
    groups = grouped_along(series, by, "by", lambda view: communities_of(view, "community_matching"))
    trail = trail_of(groups, threshold=threshold, smallest=smallest)
    rows = [row for slice in range(len(trail.groupings)) for row in _rows(trail, slice)]

    def explain(position: int, language: Language) -> str:
        gaps = rows[position]._asdict()
        comma = "、" if language == "zh" else ", "
        gaps |= {name: gaps[name].replace(", ", comma) for name in ("parents", "children")}
        sentences = {"came": f"came {gaps['origin'] or 'first'}", "goes": f"goes {gaps['fate'] or 'last'}"}
        said = {name: community_matching.said(sentence, language, **gaps) for name, sentence in sentences.items()}
        return community_matching.said("explain", language, **gaps, **said)

    return Values(
        columns={name: pa.array([getattr(row, name) for row in rows], kind) for name, kind in CELLS.items()},
        keys={"group": pa.array([str(row.group) for row in rows], pa.string())},
        slices=np.array([row.slice for row in rows], np.int64),
        notes=[NOTES[row.origin is None, row.fate is None] for row in rows],
        findings=without_label(trail.ungrouped, by),
        explainer=explain,
    )


class Row(NamedTuple):
    """A community in one slice."""

    slice: int
    group: int
    size: int
    likeness: float
    origin: str | None
    fate: str | None
    parents: str
    children: str
    name: str


def _rows(trail: Trail, slice: int) -> list[Row]:
    """Communities of a slice, by number."""
    groups = trail.groupings[slice]
    came, goes = trail.steps[slice - 1 : slice] if slice else [], trail.steps[slice : slice + 1]
    n = len(groups.names)
    columns: tuple[Iterable[Any], ...] = (
        [slice] * n,
        trail.numbers[slice].tolist(),
        groups.sizes.tolist(),
        came[0].likeness.tolist() if came else [float("nan")] * n,
        came[0].origins if came else [None] * n,
        goes[0].fates if goes else [None] * n,
        [", ".join(map(str, numbers)) for numbers in trail.parents(slice)],
        [", ".join(map(str, numbers)) for numbers in trail.children(slice)],
        groups.names,
    )
    return sorted(Row(*cells) for cells in zip(*columns, strict=True))
