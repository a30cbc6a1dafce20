"""Stalled projects."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.errors import ParameterError, ViewError
from ecograph.given import codes_of
from ecograph.methods.stretches import stretches
from ecograph.metric import Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Records
from ecograph.views.incubation import incubation
from ecograph.views.records import EVER, Days, dates_of
from ecograph.views.roles import column_of

GREENHOUSE = ("-1", "0")
NEWS = {"PROGRESS": "source", "GIVES_FEEDBACK": "target", "TRANSFERS": "target"}
"""Moments that tell of a project, and the end it stands at."""
CHANGE = "stage change"

WORDS: Words = {
    "explain": {
        "en": "{project}, in stage {stage} at {hosts}: the last news, {news}, came on {last}. Days since: {days}.",
        "zh": "{project}（{hosts}，{stage} 阶段）最近一次动态是 {last} 的{news}，至今已 {days} 天。",
    },
    "silent": {
        "en": "{project}, in stage {stage} at {hosts}: no news since it entered on {entered}. Days since: {days}.",
        "zh": "{project}（{hosts}，{stage} 阶段）自 {entered} 入孵以来从无动态，至今已 {days} 天。",
    },
    "unknown": {"en": "a day not told", "zh": "未注明的日期"},
    "PROGRESS": {"en": "a progress report", "zh": "进度更新"},
    "GIVES_FEEDBACK": {"en": "feedback", "zh": "反馈"},
    "TRANSFERS": {"en": "a resource received", "zh": "资源到账"},
    CHANGE: {"en": "a change of stage", "zh": "阶段变化"},
}


@metric(
    level="node",
    zh="停滞项目",
    summary_zh="处于 -1 或 0 阶段、久无动态的项目。",
    source="ecograph, operational definition after the stages -1, 0, 1 of incubation; stage-gate: Cooper 1990",
    columns={
        "days": Column("days since the last news, or since it entered", zh="无动态天数", unit="days", bounds=(0, None)),
        "last_news": Column("day of the last news", zh="最近动态日"),
        "news": Column(
            "what the last news was", zh="最近动态", words={one: WORDS[one]["zh"] for one in (*NEWS, CHANGE)}
        ),
        "entered": Column("first day of the present incubation", zh="入孵日"),
        "stage": Column("stage it is in", zh="所处阶段"),
        "makerspace": Column("makerspaces that incubate it", zh="所在众创空间"),
    },
    words=WORDS,
)
def stalled(records: Records, *, days: int = 90) -> Values:
    """Projects in stage -1 or 0 of which nothing was heard for long.

    Read it as a list to ask after: a project that has stalled wants a tracker's visit, a resource, or a decision.

    Parameters
    ----------
    records : Records
        Rows of INCUBATES with their stage, of PROGRESS, GIVES_FEEDBACK and TRANSFERS, and the day they are read on.
    days : int
        How many days without news are still in order, 0 or more.

    Returns
    -------
    Result
        Level node, one row a project that has stalled, ascending by id: ``days`` since the last news, or since it
        entered if there was none, whole days above the limit; ``last_news``, a date, and ``news``, both missing where
        there was none; ``entered``, a date; ``stage``, -1 or 0; ``makerspace``, ids. No row where no project stalls.

    Raises
    ------
    ViewError
        If there are no INCUBATES rows or none has a stage, or no day: the data have no dates and none was given.
    ParameterError
        If days is below 0.

    Notes
    -----
    A project stalls on the day t if one of its INCUBATES in stage -1 or 0 holds t, and its last news up to t is more
    than ``days`` days earlier, or there was none and the stretch of INCUBATES without a gap that holds t began more
    than ``days`` days earlier. News are PROGRESS, GIVES_FEEDBACK, TRANSFERS to the project, and changes of stage: the
    first day of an INCUBATES whose stage is not that of the one before, or that follows after a gap. Of several news
    on the last day the first in this order is named. Kinds without rows are findings, for what they would tell is not
    known. A project without news whose entry is not dated is listed, its ``days`` missing with a note.

    References
    ----------
    The measure is our own. Cooper, R. G. (1990). Stage-gate systems. Business Horizons 33, for stages with decisions
    between them. Chinese term: 停滞项目.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.stalled(eg.dataset("harbour").records())
    >>> found["id"].tolist(), found["days"].tolist()
    (['project-29', 'project-40', 'project-63', 'project-68'], [414, 91, 111, 270])
    """
    if days < 0:
        raise ParameterError(f"days={days}; it must be 0 or more")
    records.required("INCUBATES")
    stages = column_of(records.content, "INCUBATES", "stage").cast(pa.string())
    if stages.null_count == len(stages):
        raise ViewError("INCUBATES.stage: no row says a stage; fill in -1, 0, 1 or beyond")
    codes, names = codes_of(stages)
    found = incubation(records)
    stage = _young(records, codes, names)[found.projects]
    told = np.array([*(_moments(records, *one) for one in NEWS.items()), _changes(records, codes)])[:, found.projects]
    last = told.max(axis=0)
    since = np.where(last == EVER, found.since, last)
    late = np.flatnonzero((stage >= 0) & (since < records.today - days))
    projects, unknown = found.projects[late], since[late] == EVER
    news = pa.array([*NEWS, CHANGE]).take(pa.array(told.argmax(axis=0), mask=last == EVER))
    columns = {
        "days": pa.array(np.where(unknown, 0, records.today - since[late]), mask=unknown),
        "last_news": dates_of(last[late], EVER),
        "news": news.take(pa.array(late)),
        "entered": dates_of(found.since[late], EVER),
        "stage": pa.array(names, pa.string()).take(pa.array(stage[late])),
        "makerspace": pa.array(found.hosts(records.nodes.ids), pa.string()).take(pa.array(late)),
    }
    called = pa.array(map(records.nodes.called, projects.tolist()), pa.string())
    rows = pa.table(columns | {"project": called}).to_pylist()
    return Values(
        columns=columns,
        nodes=projects,
        notes=["no news, and not told since when it is there" if one else None for one in unknown],
        findings=_findings(records, stages),
        explainer=lambda position, language: _sentence(rows[position], language),
    )


def _young(records: Records, codes: NDArray[np.int64], names: list[str]) -> NDArray[np.int64]:
    """Code of the stage of each node with an active INCUBATES in -1 or 0, of several the latest; -1 for the others."""
    _, projects = records.content.ends("INCUBATES")
    young = [code for code, name in enumerate(names) if name in GREENHOUSE]
    rows = np.flatnonzero(records.active("INCUBATES") & np.isin(codes, young))
    rows = rows[np.lexsort((codes[rows], records.spans("INCUBATES")[0][rows]))]
    found = np.full(records.n, -1)
    found[projects[rows]] = codes[rows]
    return found


def _moments(records: Records, relation: str, end: str) -> Days:
    """Last day up to the present one on which each node stands at an end of a kind of moment."""
    ends = dict(zip(("source", "target"), records.content.ends(relation), strict=True))[end]
    return _latest(records, ends, records.days(relation, "at", EVER))


def _changes(records: Records, codes: NDArray[np.int64]) -> Days:
    """Last day up to the present one on which each node changed its stage, or came back."""
    _, projects = records.content.ends("INCUBATES")
    starts, stops = records.spans("INCUBATES")
    numbers = stretches(projects, starts, stops)
    known = np.flatnonzero(codes >= 0)
    order = known[np.lexsort((codes[known], stops[known], starts[known], projects[known]))]
    before, after = order[:-1], order[1:]
    changed = (codes[before] != codes[after]) | (numbers[before] != numbers[after])
    rows = after[changed & (projects[before] == projects[after])]
    return _latest(records, projects[rows], starts[rows])


def _latest(records: Records, ends: NDArray[np.integer], moments: Days) -> Days:
    found = np.full(records.n, EVER)
    past = moments <= records.today
    np.maximum.at(found, ends[past], moments[past])
    return found


def _findings(records: Records, stages: pa.Array) -> list[Finding]:
    """Kinds of news without rows, and rows without a stage."""
    silent = [Finding("no_rows", value=name) for name in NEWS if name not in records.content.relations]
    if not stages.null_count:
        return silent
    return [*silent, Finding("missing_value", stages.null_count, "relations/INCUBATES", column="stage")]


def _sentence(row: Mapping[str, Any], language: Language) -> str:
    return stalled.said(
        "explain" if row["news"] else "silent",
        language,
        project=row["project"],
        stage=row["stage"],
        hosts=row["makerspace"],
        news=stalled.said(row["news"], language) if row["news"] else "",
        last=row["last_news"],
        entered=row["entered"] or stalled.said("unknown", language),
        days="–" if row["days"] is None else f"{row['days']:,}",
    )
