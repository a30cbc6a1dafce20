"""Untracked projects."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Records
from ecograph.views.incubation import incubation
from ecograph.views.records import EVER, Days, dates_of

WORDS: Words = {
    "explain": {
        "en": "{project}, active since {since}{where}, is tracked by nobody: {last}. Days without a tracker: {days}.",
        "zh": "{project}{where}自 {since} 起处于活跃状态，目前无人跟踪：{last}。无人跟踪天数：{days}。",
    },
    "where": {"en": " at {hosts}", "zh": "（{hosts}）"},
    "unknown": {"en": "a day not told", "zh": "未注明的日期"},
    "never": {"en": "it never had a tracker", "zh": "从未有人跟踪过该项目"},
    "ended": {
        "en": "{tracker}, the last tracker, stopped on {stop}",
        "zh": "上一位跟踪人 {tracker} 已于 {stop} 结束跟踪",
    },
}


@metric(
    level="node",
    zh="无人跟踪的项目",
    summary_zh="当天处于活跃状态却无人跟踪的项目。",
    source="ecograph, operational definition of one-to-one tracking (一对一跟踪)",
    columns={
        "days": Column("days without a tracker while active", zh="无人跟踪天数", unit="days", bounds=(0, None)),
        "active_since": Column("first day of the present incubation", zh="本次孵化起始日"),
        "makerspace": Column("makerspaces that incubate it", zh="所在众创空间"),
        "last_tracker": Column("who tracked it last", zh="上一位跟踪人"),
        "tracked_until": Column("first day on which the last tracker was gone", zh="上次跟踪结束日"),
    },
    words=WORDS,
)
def untracked(records: Records) -> Values:
    """Active projects that nobody tracks on the day.

    Read it as a list to act on: each row is a project to which a tracker is to be assigned, the largest ``days`` first.

    Parameters
    ----------
    records : Records
        Rows of TRACKS and INCUBATES, and the day on which they are read.

    Returns
    -------
    Result
        Level node, one row a project that is active and has no active TRACKS, ascending by id: ``days`` without a
        tracker, whole days from 0; ``active_since``, a date; ``makerspace``, ids; ``last_tracker``, an id, and
        ``tracked_until``, a date, both missing where it never had one. No row where every active project is tracked.

    Raises
    ------
    ViewError
        If there are no TRACKS rows, or no day: the data have no dates and none was given.

    Notes
    -----
    A span is active on the day t if valid_from <= t < valid_to; an open end reaches as far as it can. A project is
    active if one of its INCUBATES is; without INCUBATES rows, if its own span holds the day. ``active_since`` is the
    first day of the stretch of INCUBATES without a gap that holds the day, over stages and makerspaces. ``days`` counts
    from the later of ``active_since`` and ``tracked_until``, and is missing with a note where neither is known. Of
    several trackers who stopped on one day, the one of the least id is the last.

    References
    ----------
    The measure is our own: the literature speaks of one-to-one tracking and names no measure.
    Chinese term: 无人跟踪的项目.

    Examples
    --------
    >>> import ecograph as eg
    >>> eg.untracked(eg.dataset("harbour").records())["id"].tolist()
    ['project-07', 'project-34', 'project-73']
    """
    records.required("TRACKS")
    found = incubation(records)
    _, tracked = records.content.ends("TRACKS")
    free = ~np.isin(found.projects, tracked[records.active("TRACKS")])
    projects, since = found.projects[free], found.since[free]
    hosts = pa.array(found.hosts(records.nodes.ids), pa.string()).filter(pa.array(free))
    trackers, until = _last(records, projects)
    bare = np.maximum(since, until)
    columns = {
        "days": pa.array(np.where(bare == EVER, 0, records.today - bare), mask=bare == EVER),
        "active_since": dates_of(since, EVER),
        "makerspace": hosts,
        "last_tracker": records.nodes.ids.take(pa.array(trackers, mask=trackers < 0)),
        "tracked_until": dates_of(until, EVER),
    }
    rows = pa.table(
        columns | {"project": pa.array(map(records.nodes.called, projects.tolist()), pa.string())}
    ).to_pylist()
    return Values(
        columns=columns,
        nodes=projects,
        notes=["not told since when it is active" if row["days"] is None else None for row in rows],
        explainer=lambda position, language: _sentence(rows[position], language),
    )


def _last(records: Records, projects: NDArray[np.int64]) -> tuple[NDArray[np.int64], Days]:
    """Who tracked each project last and until when; -1 and ``EVER`` where nobody did."""
    trackers, tracked = (ends.astype(np.int64) for ends in records.content.ends("TRACKS"))
    _, stops = records.spans("TRACKS")
    ended = np.flatnonzero(stops <= records.today)
    order = ended[np.lexsort((trackers[ended], -stops[ended], tracked[ended]))]
    known, first = np.unique(tracked[order], return_index=True)
    last, until = np.full(records.n, -1), np.full(records.n, EVER)
    last[known], until[known] = trackers[order[first]], stops[order[first]]
    return last[projects], until[projects]


def _sentence(row: Mapping[str, Any], language: Language) -> str:
    since, until = row["active_since"], row["tracked_until"]
    return untracked.said(
        "explain",
        language,
        project=row["project"],
        since=since or untracked.said("unknown", language),
        where=untracked.said("where", language, hosts=row["makerspace"]) if row["makerspace"] else "",
        last=untracked.said("ended" if until else "never", language, tracker=row["last_tracker"], stop=until),
        days="–" if row["days"] is None else f"{row['days']:,}",
    )
