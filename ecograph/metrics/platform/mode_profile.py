"""Mode profile."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.innovation import SCHEMA
from ecograph.methods.belonging import Belonging
from ecograph.methods.looking_up import cells, looked_up
from ecograph.methods.shares import ratios
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Records
from ecograph.views.belonging import belonging, makerspaces, own_rows

MODES = {word.name: word.zh for word in SCHEMA.vocabulary("mode").words}
MIXED = "ecosystem"
PURE = tuple(mode for mode in MODES if mode != MIXED)
EVENTS, TRAINING, MEDIA, INVESTMENT, SPACE, CHAIN = range(len(PURE))
NONE = -1

WORDS: Words = {
    "explain": {
        "en": "{space} has {rows:,} rows that tell its mode: {shares}. {verdict} The nearest pure mode is {nearest} "
        "(cosine {cosine:.2f}).",
        "zh": "{space} 有 {rows:,} 条记录可用于判断模式：{shares}。{verdict}最接近的单一模式是{nearest}"
        "（余弦 {cosine:.2f}）。",
    },
    "pure": {
        "en": "More than half are of one sort, so it is {mode}.",
        "zh": "其中一类超过半数，因此为{mode}。",
    },
    "mixed": {
        "en": "None exceeds half, so it is an ecosystem.",
        "zh": "没有一类超过半数，因此为综合创业生态体系型。",
    },
    "nothing": {
        "en": "{space} has no event, training, media, investment, space or service on record, so its mode is unknown.",
        "zh": "{space} 没有活动、培训、媒体、投资、场地或服务的记录，无法判断模式。",
    },
}


@metric(
    level="node",
    zh="模式画像",
    summary_zh="各众创空间主要做什么（活动、培训、媒体、投资、场地或服务），因而属于哪种模式。",
    source="ecograph, operational definition of the makerspace modes (众创空间模式); Salton & McGill 1983, ch. 4",
    columns={
        "largest": Column("largest of the six shares", zh="最大份额", bounds=(0, 1)),
        "mode": Column("mode it works in", zh="模式", words=MODES),
        **{mode: Column(f"share of {mode.replace('_', ' ')}", zh=f"{MODES[mode]}份额", bounds=(0, 1)) for mode in PURE},
        **{
            f"cosine_{mode}": Column(
                f"likeness to pure {mode.replace('_', ' ')}", zh=f"与{MODES[mode]}的余弦相似度", bounds=(0, 1)
            )
            for mode in PURE
        },
        "rows": Column("rows that tell its mode", zh="记录数", bounds=(0, None)),
    },
    words=WORDS,
)
def mode_profile(records: Records) -> Values:
    """What each makerspace mostly does - events, training, media, investment, space or services - and so its mode.

    Read it beside the mode a makerspace declares: where the two differ, the name says what it wants to be and the
    shares what it is.

    Parameters
    ----------
    records : Records
        HOSTS, MENTORS, TEACHES, EMPLOYS, OFFERS_SERVICE, INVESTS_IN, INCUBATES and SUPPLIES; one that is absent adds
        nothing.

    Returns
    -------
    Result
        Level node, one row a makerspace: the ``largest`` share, the ``mode``, the six shares (each in [0, 1], sum 1),
        the cosine to each pure mode in [0, 1], and the number of ``rows`` counted. No unit.

    Raises
    ------
    UnknownNameError
        If the schema has no makerspaces.

    Notes
    -----
    Rows counted, each once for a makerspace: events (``event_aggregation``) are HOSTS; ``training`` is MENTORS and
    TEACHES by a person it employs while the row lasts, and OFFERS_SERVICE of training; ``media`` is OFFERS_SERVICE of
    media; ``investment`` is INVESTS_IN by the makerspace, or in a project it incubates on that day; space
    (``real_estate``) is SUPPLIES of a resource of category space; chain services (``industry_chain``) are all other
    OFFERS_SERVICE. A service or supply belongs to the makerspaces at both its ends. With shares p, the mode is the
    largest if it exceeds 1/2, else ecosystem; the cosine to a pure mode k is p_k / sqrt(sum p^2). A makerspace without
    such rows has no shares: NaN and no mode, with a note. Amounts are not read: a row is a row. To look at a period,
    take ``eco.between(a, b).records()``.

    References
    ----------
    Salton, G. & McGill, M. J. (1983). Introduction to Modern Information Retrieval, ch. 4. The six kinds of rows and
    the rule of one half are ours. Chinese term: 模式画像.

    Examples
    --------
    >>> import ecograph as eg
    >>> nodes = {"Makerspace": {"id": ["hub"]}, "Event": {"id": ["e", "f"]}, "ServiceProvider": {"id": ["s"]}}
    >>> held = {"source": ["hub", "hub"], "target": ["e", "f"]}
    >>> offered = {"source": ["s"], "target": ["hub"], "service": ["media"]}
    >>> eco = eg.from_tables(nodes, {"HOSTS": held, "OFFERS_SERVICE": offered})
    >>> eg.mode_profile(eco.records())["mode"].tolist()
    ['event_aggregation']
    """
    spaces = makerspaces(records)
    counts = _counts(records, spaces)
    rows = counts.sum(axis=1)
    known = rows > 0
    shares = ratios(counts, rows[:, None])
    cosines = shares / np.sqrt((shares**2).sum(axis=1))[:, None]
    columns: dict[str, Any] = {
        "largest": np.where(known, shares.max(axis=1), np.nan),
        "mode": pa.array([_mode(row) if row.any() else None for row in counts], pa.string()),
        **{mode: shares[:, number] for number, mode in enumerate(PURE)},
        **{f"cosine_{mode}": cosines[:, number] for number, mode in enumerate(PURE)},
        "rows": rows,
    }

    def explain(row: int, language: Language) -> str:
        return _sentence(records.nodes.called(int(spaces[row])), counts[row], language)

    return Values(
        columns=columns,
        nodes=spaces,
        notes=[None if one else "no row tells its mode" for one in known],
        explainer=explain,
    )


def _mode(counts: NDArray[np.int64]) -> str:
    return PURE[int(counts.argmax())] if 2 * counts.max() > counts.sum() else MIXED


def _sentence(space: str, counts: NDArray[np.int64], language: Language) -> str:
    if not counts.any():
        return mode_profile.said("nothing", language, space=space)
    order = [int(number) for number in np.argsort(-counts, kind="stable") if counts[number]]
    names = [MODES[mode] if language == "zh" else mode.replace("_", " ") for mode in PURE]
    shares = [f"{names[number]} {counts[number] / counts.sum():.0%}" for number in order]
    return mode_profile.said(
        "explain",
        language,
        space=space,
        rows=int(counts.sum()),
        shares=("、" if language == "zh" else ", ").join(shares),
        verdict=mode_profile.said("mixed" if _mode(counts) == MIXED else "pure", language, mode=names[order[0]]),
        nearest=names[order[0]],
        cosine=counts.max() / np.linalg.norm(counts),
    )


def _counts(records: Records, spaces: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many rows of each pure mode each makerspace has."""
    itself = Belonging.always(spaces)
    staff, incubated = (belonging(records, relation, spaces) for relation in ("EMPLOYS", "INCUBATES"))
    sides: dict[str, tuple[Belonging | None, Belonging | None]] = {
        "HOSTS": (itself, None),
        "MENTORS": (staff, None),
        "TEACHES": (staff, None),
        "OFFERS_SERVICE": (itself, itself),
        "INVESTS_IN": (itself, incubated),
        "SUPPLIES": (itself, itself),
    }
    counts = np.zeros((len(spaces), len(PURE)), np.int64)
    for relation, pair in sides.items():
        rows, places = own_rows(records, relation, pair, len(spaces))
        modes = _modes(records, relation)[rows]
        np.add.at(counts, (places[modes != NONE], modes[modes != NONE]), 1)
    return counts


def _modes(records: Records, relation: str) -> NDArray[np.int64]:
    """Number of the pure mode each row tells; -1 where it tells none."""
    table = records.content.relations.get(relation)
    if table is None:
        return np.empty(0, np.int64)
    if relation == "OFFERS_SERVICE":
        return np.select(
            [_are(cells(table, "service"), name) for name in ("training", "media")], [TRAINING, MEDIA], CHAIN
        )
    if relation == "SUPPLIES":
        categories = looked_up(table, "resource", records.nodes.tables.get("Resource"), "category")
        return np.where(_are(categories, "space"), SPACE, NONE)
    told = {"HOSTS": EVENTS, "MENTORS": TRAINING, "TEACHES": TRAINING, "INVESTS_IN": INVESTMENT}
    return np.full(table.num_rows, told[relation])


def _are(words: pa.Array, word: str) -> NDArray[np.bool_]:
    return np.asarray(pc.equal(words, word).fill_null(False).to_numpy(zero_copy_only=False), np.bool_)
