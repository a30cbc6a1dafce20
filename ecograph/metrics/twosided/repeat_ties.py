"""Repeat ties."""

import numpy as np
import pyarrow as pa

from ecograph.methods.belonging import lasting
from ecograph.methods.repeats import repeats
from ecograph.methods.shares import ratios
from ecograph.metric import Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Records
from ecograph.views.calendar import calendar
from ecograph.views.records import EVER

WORDS: Words = {
    "explain": {
        "en": "{group}: of {ties:,} ties {repeated:,} ({repeat:.1%}) stood in the period before; of their neighbours "
        "in the two periods nodes have {persistence} in common.",
        "zh": "{group}：{ties:,} 条联系中有 {repeated:,} 条（{repeat:.1%}）在上一时期已存在；"
        "各节点前后两期的邻居平均有 {persistence} 相同。",
    },
    "none": {
        "en": "{group}: nobody is tied, so no tie can be one that stood before.",
        "zh": "{group}：没有任何联系，无从判断有多少延续自上一时期。",
    },
    "first": {
        "en": "{group}: {ties:,} ties; it is the first period, so nothing stood before.",
        "zh": "{group}：{ties:,} 条联系；这是首个时期，没有上一时期可比。",
    },
}


@metric(
    level="group",
    zh="重复联系",
    summary_zh="本期的联系有多少在上一期已存在，各节点的邻居有多稳定。",
    source="Jaccard 1901; ecograph, operational definition of user stickiness (用户黏性)",
    columns={
        "repeat": Column("share of ties that stood in the period before", zh="重复联系比例", bounds=(0, 1)),
        "persistence": Column("mean share of neighbours in common", zh="邻居延续度", bounds=(0, 1)),
        "ties": Column("pairs that are tied", zh="联系数", bounds=(0, None)),
        "repeated": Column("of these, tied in the period before", zh="重复联系数", bounds=(0, None)),
        "nodes": Column("nodes compared: tied in the period or the one before", zh="比较的节点数", bounds=(0, None)),
    },
    words=WORDS,
)
def repeat_ties(records: Records, *, through: str = "COLLABORATES", every: str = "quarter") -> Values:
    """How much of a period's ties stood in the period before, and how far nodes keep their neighbours.

    Read both beside ``ties``: a network that doubles repeats at most half of its ties. Where ``repeat`` is high and
    ``persistence`` low, a few busy nodes stay together while the others change.

    Parameters
    ----------
    records : Records
        Rows of the relation; ``eco.records("COLLABORATES")``.
    through : str
        Relation kind.
    every : str
        ``day``, ``week``, ``month``, ``quarter``, ``year`` or a number of days (``"90 days"``).

    Returns
    -------
    Result
        Level group, one row a period, called by its first day, from that of the first row's to that of the view's day.
        ``repeat`` and ``persistence`` in [0, 1]; ``ties``, ``repeated`` and ``nodes``, whole numbers from 0.

    Raises
    ------
    ParameterError
        If ``every`` is no period.
    ViewError
        If there are no rows of the relation, or none has a date.

    Notes
    -----
    Two nodes are tied in a period if a row between them, in either direction, holds on one of its days; a moment holds
    on its day. A row from a node to itself is no tie. Repeat = repeated / ties. Persistence is the mean, over nodes
    with a neighbour in the period or in the one before, of the neighbours in both / the neighbours in either. In the
    first period both are not known: NaN with a note, as where nobody is tied. Moments without a day, and rows that
    begin after the view's day, are left out, with a finding; a period chosen cuts its first and last period.

    References
    ----------
    Jaccard, P. (1901). Étude comparative de la distribution florale dans une portion des Alpes et des Jura. Bulletin de
    la Société Vaudoise des Sciences Naturelles 37. Chinese term: 重复联系.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.repeat_ties(eg.dataset("harbour").records(), every="year")
    >>> found["group"].tolist(), found["repeat"].round(2).tolist()
    (['2023-01-01', '2024-01-01', '2025-01-01'], [nan, 0.43, 0.65])
    """
    content, kind = records.content, records.content.schema.relation(through)
    records.required(kind.name)
    starts, stops = spans = lasting(*records.spans(kind.name), records.days(kind.name, "at", EVER))
    undated = (starts == EVER) & (kind.time == "moment")
    times = calendar(content, [(starts[~undated], stops[~undated])], kind.name, every, records.day)
    sources, targets = (end.astype(np.int64) for end in content.ends(kind.name))
    rows = ~undated & (sources != targets) & times.inside(spans)
    firsts, afters = times.numbered((starts[rows], stops[rows]))
    found = repeats(sources[rows], targets[rows], firsts, afters, (records.n, len(times.days)))
    repeat = ratios(found.repeated, found.ties)
    repeat[:1] = np.nan
    groups = times.days.astype(str).tolist()
    lost = Finding("missing_value", int(undated.sum()), f"relations/{kind.name}", column="at")

    def explain(position: int, language: Language) -> str:
        row = {name: int(getattr(found, name)[position]) for name in ("ties", "repeated")}
        sentence = "first" if position == 0 else "explain" if row["ties"] else "none"
        share = f"{found.persistence[position]:.1%}"
        gaps = {"group": groups[position], "repeat": repeat[position], "persistence": share}
        return repeat_ties.said(sentence, language, **row, **gaps)

    counts = {name: getattr(found, name) for name in ("ties", "repeated", "nodes")}
    notes = [None if ties else "nobody is tied" for ties in found.ties]
    return Values(
        columns={"repeat": repeat, "persistence": found.persistence, **counts},
        keys={"group": pa.array(groups, pa.string())},
        notes=["nothing stands before the first period", *notes[1:]],
        findings=[*([lost] if lost.count else []), *times.ahead(kind.name, starts[~undated])],
        explainer=explain,
    )
