"""Composition of platforms by type of member."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.given import codes_of, labels_of, unlabelled
from ecograph.methods.contingency import checked_draws, interval, location_quotients, resampled
from ecograph.methods.incidence import incidence, types_joined
from ecograph.methods.shares import ratios
from ecograph.metric import Labels, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import TwoMode
from ecograph.views.labels import label_called

WORDS: Words = {
    "explain": {
        "en": "{count:,} of {members:,} members of {platform} are of type {type} ({share:.1%}), on all platforms "
        "{share_of_all:.1%}: a location quotient of {location_quotient:.2f}{interval}.",
        "zh": "{platform} 的 {members:,} 个成员中有 {count:,} 个是{type}（{share:.1%}），全部平台为 "
        "{share_of_all:.1%}，区位商为 {location_quotient:.2f}{interval}。",
    },
    "interval": {
        "en": ", with 95 % confidence {low:.2f} to {high:.2f}: {reading}",
        "zh": "，95% 置信区间为 {low:.2f} 至 {high:.2f}：{reading}",
    },
    "more": {"en": "more than elsewhere", "zh": "高于整体"},
    "fewer": {"en": "fewer than elsewhere", "zh": "低于整体"},
    "chance": {"en": "the difference may be chance", "zh": "差异可能出于偶然"},
    "empty": {
        "en": "{platform} has no member with a type, so there is nothing to compare.",
        "zh": "{platform} 没有已知类型的成员，无从比较。",
    },
    "unmet": {"en": "No member of any platform is of type {type}.", "zh": "各平台的成员中都没有{type}。"},
}


@metric(
    level="pair",
    zh="成员构成",
    summary_zh="各平台有哪些类型的成员，其中哪些比其他平台多。",
    source="Florence 1939; Isard 1960, ch. 5; Efron & Tibshirani 1993, ch. 13",
    columns={
        "location_quotient": Column("share here over share of all", zh="区位商", bounds=(0, None)),
        "low": Column("low end of its 95 % interval", zh="区位商下限", bounds=(0, None)),
        "high": Column("high end of its 95 % interval", zh="区位商上限", bounds=(0, None)),
        "count": Column("members of this type here", zh="人数", bounds=(0, None)),
        "share": Column("share of the platform's members", zh="在该平台的份额", bounds=(0, 1)),
        "share_of_all": Column("share of the members of all platforms", zh="在全部平台的份额", bounds=(0, 1)),
    },
    example={"by": "kind"},
    words=WORDS,
)
def composition(two_mode: TwoMode, *, by: Labels = "background", resamples: int = 1000, seed: int = 0) -> Values:
    """Which types of members each platform has, and has more of than the others.

    Read the location quotient as how many times as common a type is here as on all platforms together; where the
    interval holds 1 the difference may be chance. Whether platforms differ at all is what ``association`` tests.

    Parameters
    ----------
    two_mode : TwoMode
        Members on the first side, platforms on the second, joined by a path of one or several steps.
    by : str, Result or Table
        Type of each member: an attribute's name, ``kind``, a partition's result, or a table with kind, id and value.
    resamples : int
        How many tables are drawn for the intervals: at least 100, or 0 for no intervals.
    seed : int
        Seed of the draws, 0 or more.

    Returns
    -------
    Result
        Level pair, one row a platform (a) and type (b, its kind the attribute's name), in the order of the platforms,
        then of the names of the types: ``location_quotient`` from 0 with the ends of its 95 % interval; ``count``, a
        whole number; ``share`` and ``share_of_all`` in [0, 1].

    Raises
    ------
    UnknownNameError
        If no node has such an attribute.
    ParameterError
        If a table lacks kind, id or a value, or names a node twice; if there are 1 to 99 resamples, or more than 100
        million cells in all of them; if the seed is below 0.

    Notes
    -----
    With n_pt members of type t at platform p: LQ = (n_pt / n_p) / (n_t / n). A member counts once at a platform and at
    each of its platforms. Members without a type are left out, with a finding. The interval is the middle 95 % of the
    quotients of tables drawn, with replacement, from the members met; a count of 0 stays 0 in each of them, so its
    interval says nothing. A platform without members, and a type nobody of whom is joined, have NaN with a note.

    References
    ----------
    Isard, W. (1960). Methods of Regional Analysis, ch. 5. Efron, B. & Tibshirani, R. J. (1993). An Introduction to
    the Bootstrap, ch. 13. Chinese term: 成员构成.

    Examples
    --------
    >>> import ecograph as eg
    >>> view = eg.dataset("harbour").two_mode("Maker -SETTLED_IN-> Makerspace")
    >>> found = eg.composition(view, by="background").frame()
    >>> int(found["count"].sum()), sorted(set(found["b_kind"]))
    (239, ['background'])
    """
    checked_draws(resamples, seed)
    types, names = codes_of(labels_of(two_mode, by, "by").filter(pa.array(two_mode.left)))
    counts = types_joined(incidence(two_mode.factors), types, len(names))
    low, high = _intervals(counts, resamples, seed)
    columns: dict[str, NDArray[Any]] = {
        "location_quotient": location_quotients(counts.astype(np.float64)),
        "low": low,
        "high": high,
        "count": counts,
        "share": ratios(counts, counts.sum(axis=1, keepdims=True)),
        "share_of_all": ratios(np.broadcast_to(counts.sum(axis=0), counts.shape), counts.sum(keepdims=True)),
    }
    attribute = by if isinstance(by, str) else "by"
    platforms = np.flatnonzero(~two_mode.left)

    def explain(position: int, language: Language) -> str:
        place, number = divmod(position, len(names))
        gaps = {name: cells[place, number].item() for name, cells in columns.items()}
        gaps |= {"platform": two_mode.nodes.called(int(platforms[place])), "members": int(counts[place].sum())}
        gaps["type"] = label_called(two_mode.nodes.schema, by, names[number], language)
        return _sentence(gaps, language)

    return Values(
        columns={name: cells.ravel() for name, cells in columns.items()},
        keys=_keys(two_mode, attribute, names),
        notes=_notes(counts, resamples),
        findings=unlabelled(types, by),
        explainer=explain,
    )


def _sentence(gaps: Mapping[str, Any], language: Language) -> str:
    """Why a platform has this quotient of a type."""
    if np.isnan(gaps["location_quotient"]):
        return composition.said("unmet" if gaps["members"] else "empty", language, **gaps)
    interval = ""
    if gaps["count"] and not np.isnan(gaps["low"]):
        case = "more" if gaps["low"] > 1 else "fewer" if gaps["high"] < 1 else "chance"
        interval = composition.said("interval", language, reading=composition.said(case, language), **gaps)
    return composition.said("explain", language, interval=interval, **gaps)


def _intervals(counts: NDArray[np.int64], resamples: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ends of the interval of each location quotient; NaN where there is no quotient."""
    low, high = np.full(counts.shape, np.nan), np.full(counts.shape, np.nan)
    if resamples and counts.any():
        known = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) > 0
        drawn = location_quotients(resampled(counts, resamples, seed))
        low[known], high[known] = interval(drawn[:, known])
    return low, high


def _keys(two_mode: TwoMode, attribute: str, names: list[str]) -> dict[str, pa.Array]:
    """Each platform with each type."""
    side = np.flatnonzero(~two_mode.left)
    rows = pa.array(np.repeat(side, len(names)))
    cells = len(side) * len(names)
    return {
        "a_kind": two_mode.nodes.kinds.take(rows),
        "a": two_mode.nodes.ids.take(rows),
        "b_kind": pa.array([attribute] * cells, pa.string()),
        "b": pa.array(names * len(side), pa.string()),
    }


def _notes(counts: NDArray[np.int64], resamples: int) -> list[str | None]:
    """Why a quotient or its interval is missing."""
    empty = np.broadcast_to(~counts.any(axis=1, keepdims=True), counts.shape).ravel()
    unmet = np.broadcast_to(~counts.any(axis=0), counts.shape).ravel()
    else_missing = None if resamples else "no interval: resamples=0"
    return [
        "no member with a type" if nobody else "nobody of this type is joined" if never else else_missing
        for nobody, never in zip(empty, unmet, strict=True)
    ]
