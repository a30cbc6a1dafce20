"""Membership survival."""

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.given import codes_of, labels_of, unlabelled
from ecograph.methods.stretches import stretches
from ecograph.methods.survival import kaplan_meier, log_rank
from ecograph.metric import Labels, Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Records
from ecograph.views.apportion import chosen_period
from ecograph.views.labels import label_called
from ecograph.views.records import EVER
from ecograph.views.sides import Side, memberships

WORDS: Words = {
    "explain": {
        "en": "{group}: of {memberships:,} memberships {survival:.1%} ({low:.1%} to {high:.1%}) last longer than "
        "{days:,} days; {ended:,} had ended by then{half}.",
        "zh": "{group}：{memberships:,} 段成员关系中，持续超过 {days:,} 天的占 {survival:.1%}"
        "（{low:.1%} 至 {high:.1%}），此前已结束 {ended:,} 段{half}。",
    },
    "early": {
        "en": "{group}: of {memberships:,} memberships {survival:.1%} last longer than {days:,} days; {ended:,} had "
        "ended by then{half}.",
        "zh": "{group}：{memberships:,} 段成员关系中，持续超过 {days:,} 天的占 {survival:.1%}，"
        "此前已结束 {ended:,} 段{half}。",
    },
    "beyond": {
        "en": "{group}: no membership was watched for {days:,} days, so nobody knows how many last longer.",
        "zh": "{group}：没有成员关系被观察满 {days:,} 天，无法得知有多少持续更久。",
    },
    "half": {"en": "; half last at most {median:,.0f} days", "zh": "；半数持续不超过 {median:,.0f} 天"},
    "everybody": {"en": "All members", "zh": "全体成员"},
}


@metric(
    level="group",
    zh="成员存续",
    summary_zh="成员关系能持续多久，各组成员是否有差异。",
    source="Kaplan & Meier 1958, eq. 2b; Mantel 1966",
    columns={
        "survival": Column("share of memberships that last longer", zh="存续比例", bounds=(0, 1)),
        "low": Column("lower end of its 95 % interval", zh="95% 区间下限", bounds=(0, 1)),
        "high": Column("upper end of its 95 % interval", zh="95% 区间上限", bounds=(0, 1)),
        "at_risk": Column("memberships watched for at least so long", zh="仍在观察的段数", bounds=(0, None)),
        "ended": Column("memberships that ended by then", zh="此前结束的段数", bounds=(0, None)),
        "median": Column("days after which half have ended", zh="存续天数中位数", unit="days", bounds=(0, None)),
        "p": Column("chance of groups as different if all last alike", zh="组间差异的 p 值", bounds=(0, 1)),
        "days": Column("days since the membership began", zh="天数", unit="days", bounds=(0, None)),
        "label": Column("label of the members", zh="成员标签"),
    },
    words=WORDS,
)
def membership_survival(
    records: Records,
    *,
    who: str = "Maker",
    through: str = "SETTLED_IN",
    platform: str = "Makerspace",
    by: Labels | None = None,
    every: int = 90,
) -> Values:
    """How long memberships of a platform last, and whether groups of members differ.

    Read it as stickiness: a curve that falls early loses newcomers, one that levels off keeps who has stayed so long.

    Parameters
    ----------
    records : Records
        Rows of the relation; ``eco.records("SETTLED_IN")``.
    who : str
        Kind of the members, or a role.
    through : str
        Relation kind of spans that makes a node a member.
    platform : str
        Kind of the platforms.
    by : str, Result or Table, optional
        An attribute of the members, or a label for each: one curve for each label. Left out: one of all.
    every : int
        Days from one point of a curve to the next, at least 1.

    Returns
    -------
    Result
        Level group, one row a label and point, from ``every`` days to the longest membership watched or the first point
        beyond; the group is ``label · days``, or the days. ``survival`` in [0, 1], never rising, with the ends of its
        interval; ``at_risk`` and ``ended``, whole numbers; ``median`` in days and ``p``, the same in all rows of a
        label, of all labels; ``days``; ``label``.

    Raises
    ------
    ParameterError
        If ``every`` is below 1, or the relation's rows are moments.
    ViewError
        If no row joins a member to a platform, or the data have no dates.

    Notes
    -----
    Spans of one member at one platform that touch or overlap are one membership; one that comes back later begins a new
    one. One that is open on the view's day is censored: it has lasted up to that day and is not over. With d_i ends
    after t_i days among the n_i memberships that lasted at least so long, S(t) = prod over t_i <= t of (1 - d_i / n_i);
    the interval is S^exp(+-1.96 s / (S ln S)) with Greenwood's error s. The p-value is of the log-rank test, a
    chi-square with groups less one degrees of freedom. Who came before a period chosen is seen there only if they
    stayed, so memberships that began before it are left out, with a finding, as are those without a first day or label.
    NaN with a note: the share at a day beyond the longest membership watched, unless all have ended; the median where S
    stays above 1/2; p with fewer than two groups or without an end; the interval before the first end or once nothing
    is left.

    References
    ----------
    Kaplan, E. L. & Meier, P. (1958). Nonparametric estimation from incomplete observations. Journal of the American
    Statistical Association 53, eq. 2b. Mantel, N. (1966). Evaluation of survival data and two new rank order
    statistics. Cancer Chemotherapy Reports 50. Chinese term: 成员存续.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.membership_survival(eg.dataset("harbour").records(), every=365)
    >>> found["group"].tolist(), found["at_risk"].tolist()
    (['365', '730', '1095'], [107, 44, 2])
    """
    if every < 1:
        raise ParameterError(f"every={every}; it must be at least 1")
    if records.content.schema.relation(through).time != "span":
        raise ParameterError(f"through={through!r}: its rows are moments; give a relation kind of spans")
    lives, lost = _lives(records, platform, Side(who, through))
    codes, names = _labelled(records, by, lives.members)
    known = codes >= 0
    days, over, codes = lives.days[known], lives.over[known], codes[known]
    p = log_rank(days, over, codes, len(names)).p
    parts = [_curve(days[codes == one], over[codes == one], every, name, p) for one, name in enumerate(names)]
    rows = [row for part in parts for row in part]
    groups = [" · ".join(filter(None, (row["label"], str(row["days"])))) for row in rows]
    return Values(
        columns={name: _cells(rows, name) for name in membership_survival.columns},
        keys={"group": pa.array(groups, pa.string())},
        notes=[_note(row) for row in rows],
        findings=[*lost, *unlabelled(np.where(known, 0, -1), by)],
        explainer=lambda position, language: _sentence(records, rows[position], by, language),
    )


class Lives(NamedTuple):
    """Memberships: whose, how many days each lasted or was seen to last, and whether it ended then."""

    members: NDArray[np.int64]
    days: NDArray[np.int64]
    over: NDArray[np.bool_]


def _lives(records: Records, platform: str, side: Side) -> tuple[Lives, list[Finding]]:
    """Memberships that were seen to begin, and how many rows were not."""
    content = records.content
    relation = content.schema.relation(side.through).name
    records.required(relation)
    rows, _ = memberships(content, content.index.of(content.schema.kind(platform).name), "members", side)
    after, chosen = records.today + 1, chosen_period(content)
    first = EVER if chosen is None else int(chosen[0].astype(np.int64))
    owners = rows.units * content.index.n + rows.members
    numbers = stretches(owners, rows.starts, rows.stops)
    n = int(numbers.max(initial=-1)) + 1
    starts, stops, members = np.full(n, after), np.full(n, EVER), np.zeros(n, np.int64)
    np.minimum.at(starts, numbers, rows.starts)
    np.maximum.at(stops, numbers, rows.stops)
    members[numbers] = rows.members
    undated, early, ahead = starts == EVER, (starts > EVER) & (starts < first), starts >= after
    file, day = f"relations/{relation}", str(np.datetime64(records.today, "D"))
    lost = [
        Finding("missing_value", int(undated.sum()), file, column="valid_from"),
        Finding("began_before", int(early.sum()), file, value=str(chosen[0]) if chosen else ""),
        Finding("after_day", int(ahead.sum()), file, value=day),
    ]
    kept = ~(undated | early | ahead)
    days = np.minimum(stops, after)[kept] - starts[kept]
    return Lives(members[kept], days, stops[kept] < after), [one for one in lost if one.count]


def _labelled(records: Records, by: Any, members: NDArray[np.int64]) -> tuple[NDArray[np.int64], list[str | None]]:
    """Number of the label of each membership, -1 for none, and the labels; one without a name where none is asked."""
    if by is None:
        return np.zeros(len(members), np.int64), [None] if len(members) else []
    return codes_of(labels_of(records, by, "by").take(pa.array(members)))  # type: ignore[return-value]  # no name is None


def _curve(
    days: NDArray[np.int64], over: NDArray[np.bool_], every: int, label: str | None, p: float
) -> list[dict[str, Any]]:
    """Points of the curve of one label."""
    found = kaplan_meier(days, over)
    lasted, ended = np.sort(days), np.sort(days[over])
    rows = []
    for point in range(every, -(-int(days.max()) // every) * every + 1, every):
        place = int(np.searchsorted(found.times, point, "right")) - 1
        share = float(found.survival[place]) if place >= 0 else 1.0
        seen = point <= days.max() or share == 0
        bounds = (found.low[place], found.high[place]) if seen and place >= 0 else (np.nan, np.nan)
        row = {"survival": share if seen else np.nan, "low": bounds[0], "high": bounds[1], "median": found.median}
        row |= {
            "at_risk": len(lasted) - int(np.searchsorted(lasted, point, "left")),
            "ended": int(np.searchsorted(ended, point, "right")),
            "p": p,
            "days": point,
            "label": label,
            "memberships": len(days),
        }
        rows.append(row)
    return rows


def _note(row: dict[str, Any]) -> str | None:
    """Why numbers of a row are missing."""
    reasons = (
        ("survival", "no membership was watched for so long"),
        ("low", "no interval before the first end, beyond the longest, or once nothing is left"),
        ("median", "fewer than half have ended"),
        ("p", "no two groups to compare"),
    )
    return "; ".join(reason for name, reason in reasons if np.isnan(row[name])) or None


def _cells(rows: list[dict[str, Any]], name: str) -> Any:
    if name == "label":
        return pa.array([row[name] for row in rows], pa.string())
    return np.array([row[name] for row in rows], np.int64 if name in ("at_risk", "ended", "days") else np.float64)


def _sentence(records: Records, row: dict[str, Any], by: Any, language: Language) -> str:
    said = membership_survival.said
    label = row["label"]
    called = by if isinstance(by, str) else ""
    group = label_called(records.nodes.schema, called, label, language) if label else said("everybody", language)
    if np.isnan(row["survival"]):
        return said("beyond", language, **row, group=group)
    half = "" if np.isnan(row["median"]) else said("half", language, **row)
    return said("early" if np.isnan(row["low"]) else "explain", language, **row, group=group, half=half)
