"""Stages of a platform."""

from functools import reduce
from operator import or_

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.methods.belonging import Belonging
from ecograph.methods.shares import ratios
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Records
from ecograph.views.belonging import belonging, makerspaces, own_rows

RELATIONS = {
    "internal": ("MEMBER_OF", "WORKS_ON", "EMPLOYS", "MENTORS", "TEACHES", "TRACKS"),
    "market": ("TRANSFERS", "SUPPLIES", "DEMANDS", "OFFERS_SERVICE", "CHOOSES_SERVICE", "INVESTS_IN"),
    "co_creation": ("COLLABORATES", "PARTICIPATES_IN", "PARTY_TO", "INTENDS", "DECIDES"),
}
JOINING = ("SETTLED_IN", "INCUBATES", "EMPLOYS")
STAGES = {"product": "产品平台", "transaction": "交易平台", "innovation": "创新平台"}

WORDS: Words = {
    "explain": {
        "en": "Rows of {space} and its members: {internal:,} internal, {market:,} market, {co_creation:,} co-creation, "
        "{rows:,} in all. It is at the {stage} stage.",
        "zh": "{space} 及其成员共有 {rows:,} 条关系记录，其中内部关系 {internal:,} 条、市场关系 {market:,} 条、"
        "共创关系 {co_creation:,} 条，处于{stage}阶段。",
    },
    "nothing": {
        "en": "{space} and its members have no such rows, so its stage is unknown.",
        "zh": "{space} 及其成员没有这几类关系记录，无法判断所处阶段。",
    },
}


@metric(
    level="node",
    zh="平台演进阶段",
    summary_zh="众创空间是作为产品、作为交易市场，还是作为众人共同创新的平台在运作。",
    source="ecograph, operational definition after Gawer 2014 and Gawer & Cusumano 2014",
    columns={
        "co_creation": Column("share of co-creation", zh="共创关系占比", bounds=(0, 1)),
        "market": Column("share of the market", zh="市场关系占比", bounds=(0, 1)),
        "internal": Column("share of internal rows", zh="内部关系占比", bounds=(0, 1)),
        "stage": Column("stage of the platform", zh="阶段", words=STAGES),
        "rows": Column("rows counted", zh="记录数", bounds=(0, None)),
    },
    words=WORDS,
)
def platform_stages(records: Records) -> Values:
    """Whether a makerspace works as a product, as a market place, or as a platform on which many innovate together.

    Read it over time (``eco.slices(every="year").records()``): a platform that grows up moves from internal rows to the
    market and on to co-creation.

    Parameters
    ----------
    records : Records
        SETTLED_IN, INCUBATES and EMPLOYS say who belongs to a makerspace; counted are the kinds in the notes. A kind
        that is absent adds nothing.

    Returns
    -------
    Result
        Level node, one row a makerspace: shares of ``co_creation``, ``market`` and ``internal`` rows (in [0, 1], sum
        1), the ``stage`` (product, transaction or innovation) and the number of ``rows`` counted. No unit.

    Raises
    ------
    UnknownNameError
        If the schema has no makerspaces.

    Notes
    -----
    Internal (product): MEMBER_OF, WORKS_ON, EMPLOYS, MENTORS, TEACHES, TRACKS. Market (transaction): TRANSFERS,
    SUPPLIES, DEMANDS, OFFERS_SERVICE, CHOOSES_SERVICE, INVESTS_IN. Co-creation (innovation): COLLABORATES,
    PARTICIPATES_IN, PARTY_TO, INTENDS, DECIDES. A row is a makerspace's own if one of its ends is the makerspace, or
    belongs to it at some time while the row lasts: who is settled in it, a project it incubates, a person it employs.
    A row counts once for each makerspace, however many of its ends belong to it, and a row between the members of two
    makerspaces counts for both. The stage is that of the largest share, of equal ones the later. A makerspace without
    such rows has no shares: NaN and no stage, with a note.

    References
    ----------
    Gawer, A. (2014). Bridging differing perspectives on technological platforms. Research Policy 43, 1239-1249. Gawer,
    A. & Cusumano, M. A. (2014). Industry platforms and ecosystem innovation. Journal of Product Innovation Management
    31, 417-433. Which rows stand for which stage is ours. Chinese term: 平台演进阶段.

    Examples
    --------
    >>> import ecograph as eg
    >>> nodes = {"Makerspace": {"id": ["hub"]}, "Maker": {"id": ["mia", "max"]}, "Team": {"id": ["crew"]}}
    >>> joined = {"source": ["mia"], "target": ["crew"]}
    >>> tables = {"SETTLED_IN": {"source": ["mia"], "target": ["hub"]}, "MEMBER_OF": joined}
    >>> worked = {"source": ["mia", "max"], "target": ["crew", "mia"]}
    >>> eco = eg.from_tables(nodes, {**tables, "COLLABORATES": worked})
    >>> eg.platform_stages(eco.records())["stage"].tolist()
    ['innovation']
    """
    spaces = makerspaces(records)
    counts = _counts(records, spaces)
    rows = counts.sum(axis=1)
    known = rows > 0
    shares = ratios(counts, rows[:, None])
    stages = [_stage(row) if row.any() else None for row in counts]

    def explain(row: int, language: Language) -> str:
        space = records.nodes.called(int(spaces[row]))
        stage = stages[row]
        if stage is None:
            return platform_stages.said("nothing", language, space=space)
        numbers = dict(zip(RELATIONS, counts[row].tolist(), strict=True))
        worded = STAGES[stage] if language == "zh" else stage
        return platform_stages.said("explain", language, space=space, rows=int(rows[row]), stage=worded, **numbers)

    return Values(
        columns={
            **{name: shares[:, number] for number, name in enumerate(RELATIONS)},
            "stage": pa.array(stages, pa.string()),
            "rows": rows,
        },
        nodes=spaces,
        notes=[None if one else "no row tells its stage" for one in known],
        explainer=explain,
    )


def _stage(counts: NDArray[np.int64]) -> str:
    """Stage of the largest count, of equal ones the latest."""
    return list(STAGES)[int(np.flatnonzero(counts == counts.max())[-1])]


def _counts(records: Records, spaces: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many own rows of each sort each makerspace has."""
    ways = (belonging(records, relation, spaces) for relation in JOINING)
    everyone = reduce(or_, ways, Belonging.always(spaces))
    counts = np.zeros((len(spaces), len(RELATIONS)), np.int64)
    for number, relations in enumerate(RELATIONS.values()):
        for relation in relations:
            _, places = own_rows(records, relation, (everyone, everyone), len(spaces))
            counts[:, number] += np.bincount(places, minlength=len(spaces))
    return counts
