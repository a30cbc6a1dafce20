"""One-to-one tracking of projects."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.methods.belonging import matched
from ecograph.methods.shares import ratios
from ecograph.methods.signing import signed, third_parties
from ecograph.methods.survival import kaplan_meier
from ecograph.methods.waiting import gaps, waits
from ecograph.metric import Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Records
from ecograph.views.incubation import incubation
from ecograph.views.records import EVER, NEVER

Numbers = NDArray[np.int64]
Pairs = tuple[Numbers, Numbers]
Cells = Mapping[str, NDArray[Any]]

ALL = "all"
READ = (
    *("INCUBATES", "EMPLOYS", "SUPPLIES", "GIVES_FEEDBACK", "RAISES", "ANSWERS"),
    *("INTENDS", "PARTY_TO", "SUPERVISES", "INVESTS_IN"),
)
NOTES = {
    "once": "no active project",
    "load_mean": "no active tracker",
    "sent": "trackers' employers or suppliers unknown",
    "feedback_days": "no project with two feedbacks",
}

WORDS: Words = {
    "explain": {
        "en": "{group}: active projects {projects:,}, {once} with one tracker, {none} with none, {more} with several. "
        "Trackers {trackers:,}, projects of each {load_mean} on average and {load_max} at most; {sent} of them sent by "
        "a supplier. Median days between feedbacks {feedback_days}, to an answer {answer_days}. Projects ever tracked "
        "{tracked:,}; of these an enterprise intended to join {intended:,}, signed under supervision with {agreed:,} "
        "and invested in {invested:,}.",
        "zh": "{group}：活跃项目 {projects:,} 个，{once} 恰有一名跟踪人，{none} 无人跟踪，{more} 有多名跟踪人。"
        "跟踪人 {trackers:,} 名，人均跟踪 {load_mean} 个项目，最多 {load_max} 个；{sent} 来自供应方（内创业）。"
        "反馈间隔的中位数为 {feedback_days} 天，解答问题所需天数的中位数为 {answer_days} 天。"
        "曾有人跟踪的项目 {tracked:,} 个，其中 {intended:,} 个有企业表达意向，"
        "{agreed:,} 个与该企业签订了受第三方监督的协议，{invested:,} 个获得其投资。",
    },
    ALL: {"en": "All makerspaces", "zh": "全部众创空间"},
}


@metric(
    level="group",
    zh="一对一跟踪",
    summary_zh="项目的一对一跟踪做得怎么样：覆盖、负担、反馈、解答，以及带来的结果。",
    source="ecograph, operational definition of one-to-one tracking; median by Kaplan & Meier 1958",
    columns={
        "once": Column("share of active projects with one tracker", zh="恰有一名跟踪人的比例", bounds=(0, 1)),
        "none": Column("share of active projects with none", zh="无人跟踪的比例", bounds=(0, 1)),
        "more": Column("share of active projects with two or more", zh="有多名跟踪人的比例", bounds=(0, 1)),
        "projects": Column("active projects", zh="活跃项目数", bounds=(0, None)),
        "trackers": Column("trackers of active projects", zh="跟踪人数", bounds=(0, None)),
        "load_mean": Column("active projects of a tracker, mean", zh="人均跟踪项目数", bounds=(1, None)),
        "load_max": Column("active projects of a tracker, most", zh="最多跟踪项目数", bounds=(1, None)),
        "sent": Column("share of trackers whom a supplier employs", zh="内创业跟踪人比例", bounds=(0, 1)),
        "feedback_days": Column(
            "days between successive feedbacks, median", zh="反馈间隔中位数", unit="days", bounds=(0, None)
        ),
        "answer_days": Column("days to an answer, median", zh="解答天数中位数", unit="days", bounds=(0, None)),
        "problems": Column("problems raised", zh="提出的问题数", bounds=(0, None)),
        "answered": Column("problems answered", zh="已解答的问题数", bounds=(0, None)),
        "tracked": Column("projects ever tracked", zh="曾有人跟踪的项目", bounds=(0, None)),
        "intended": Column("of these, an enterprise intended", zh="其中有企业意向", bounds=(0, None)),
        "agreed": Column("of these, under supervised agreement", zh="其中签有受监督协议", bounds=(0, None)),
        "invested": Column("of these, the enterprise invested", zh="其中获该企业投资", bounds=(0, None)),
    },
    words=WORDS,
)
def tracking(records: Records) -> Values:
    """How well projects are tracked one to one: coverage, load, feedback, answers, and what comes of it.

    Read ``once`` as the goal: each active project has one tracker. ``none`` are to be given one (``untracked`` lists
    them); ``sent`` and the four counts at the end tell whether trackers bring their employers in (内创业).

    Parameters
    ----------
    records : Records
        Rows of TRACKS and of the kinds below, and the day on which they are read.

    Returns
    -------
    Result
        Level group: ``all``, then one row a makerspace that has incubated a project by the day, ascending by id. Of the
        projects active on the day: the shares ``once``, ``none`` and ``more``, which sum to 1; ``projects``;
        ``trackers``, and the mean and the most of how many of these projects each has; the share ``sent``. Of all
        projects incubated by the day: ``feedback_days`` and ``answer_days``, in days; ``problems`` and ``answered``;
        and the chain ``tracked`` >= ``intended`` >= ``agreed`` >= ``invested``, whole numbers of projects.

    Raises
    ------
    ViewError
        If there are no TRACKS rows, or no day: the data have no dates and none was given.

    Notes
    -----
    A span is active on the day t if valid_from <= t < valid_to. A project is active if one of its INCUBATES is; without
    INCUBATES rows if its own span holds the day, and ``all`` is the only row. Several spans of one tracker with one
    project are one. A project of several makerspaces counts in each, and once in ``all``. ``sent`` are trackers whom an
    actor with an active EMPLOYS has sent who has an active SUPPLIES to the makerspace of a project they track.
    ``feedback_days`` is the median over all pairs of successive GIVES_FEEDBACK of one project; two on one day are 0
    days apart. ``answer_days`` is the Kaplan-Meier median from each RAISES to the first ANSWERS of its problem on that
    day or later, open ones censored on the day t; missing while more than half are open. The chain: TRACKS begun by t;
    INTENDS of an enterprise; an agreement with that enterprise and the project as parties, and a SUPERVISES by an actor
    who is no party; INVESTS_IN of that enterprise in the project. Kinds without rows are findings. What does not exist
    is NaN with a note.

    References
    ----------
    The measure is our own. Kaplan, E. L. & Meier, P. (1958). Nonparametric estimation from incomplete observations.
    Journal of the American Statistical Association 53, eq. 2b, for the median. Chinese term: 一对一跟踪.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.tracking(eg.dataset("harbour").records())
    >>> found["group"].tolist()[:2], found["projects"].tolist()[:2], found["once"].round(3).tolist()[:2]
    (['all', 'makerspace-01'], [53, 2], [0.887, 0.5])
    """
    records.required("TRACKS")
    found = incubation(records)
    hosts = np.unique(found.begun_pairs[:, 1])
    active, begun = (
        _grouped(projects, pairs, hosts)
        for projects, pairs in ((found.projects, found.pairs), (found.begun, found.begun_pairs))
    )
    columns = {
        **_coverage(records, active, hosts),
        **_process(records, begun, len(hosts) + 1),
        **_chain(records, begun, len(hosts) + 1),
    }
    names = [ALL, *records.nodes.ids.take(pa.array(hosts)).to_pylist()]
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    absent = [Finding("no_rows", value=name) for name in READ if name not in records.content.relations]
    return Values(
        columns=columns,
        keys={"group": pa.array(names, pa.string())},
        notes=[_note(row) for row in rows],
        findings=absent,
        explainer=lambda position, language: _sentence(names[position], rows[position], language),
    )


def _grouped(projects: Numbers, pairs: NDArray[np.int64], hosts: Numbers) -> Pairs:
    """Projects and the groups they count in: 0 for all, then the makerspaces."""
    groups = np.concatenate([np.zeros(len(projects), np.int64), np.searchsorted(hosts, pairs[:, 1]) + 1])
    return np.concatenate([projects, pairs[:, 0]]), groups


def _counted(groups: Numbers, n_groups: int, chosen: NDArray[np.bool_] | None = None) -> Numbers:
    return np.bincount(groups if chosen is None else groups[chosen], minlength=n_groups)


def _coverage(records: Records, active: Pairs, hosts: Numbers) -> Cells:
    """Trackers of the active projects."""
    projects, groups = active
    n, n_groups, holds = records.n, len(hosts) + 1, records.active("TRACKS")
    trackers, tracked = (ends[holds].astype(np.int64) for ends in records.content.ends("TRACKS"))
    turns = np.unique(tracked * n + trackers)
    times = np.bincount(turns // n, minlength=n)[projects]
    rows, places = matched(projects, turns // n)
    codes, loads = np.unique(groups[rows] * n + turns[places] % n, return_counts=True)
    counts, members = _counted(groups, n_groups), _counted(codes // n, n_groups)
    most = np.zeros(n_groups)
    np.maximum.at(most, codes // n, loads)
    sent = _counted(codes // n, n_groups, _sent(records, codes, hosts))
    known = len(hosts) and {"EMPLOYS", "SUPPLIES"} <= set(records.content.relations)
    return {
        **{
            name: ratios(_counted(groups, n_groups, chosen), counts)
            for name, chosen in (("once", times == 1), ("none", times == 0), ("more", times > 1))
        },
        "projects": counts,
        "trackers": members,
        "load_mean": ratios(np.bincount(codes // n, weights=loads, minlength=n_groups), members),
        "load_max": np.where(members > 0, most, np.nan),
        "sent": ratios(sent, members) if known else np.full(n_groups, np.nan),
    }


def _sent(records: Records, codes: Numbers, hosts: Numbers) -> NDArray[np.bool_]:
    """Which trackers of groups are employed by a supplier of the makerspace; of all, by one of any of theirs."""
    n = records.n
    groups, trackers = codes // n, codes % n
    employers, employed = (ends[records.active("EMPLOYS")] for ends in records.content.ends("EMPLOYS"))
    suppliers, supplied = (ends[records.active("SUPPLIES")] for ends in records.content.ends("SUPPLIES"))
    local = np.flatnonzero(groups > 0)
    rows, places = matched(trackers[local], employed)
    supplies = employers[places].astype(np.int64) * n + hosts[groups[local[rows]] - 1]
    found = np.zeros(len(codes), np.bool_)
    found[local[rows[np.isin(supplies, suppliers.astype(np.int64) * n + supplied)]]] = True
    found |= (groups == 0) & np.isin(trackers, trackers[found])
    return found


def _by(records: Records, relation: str, column: str, missing: int) -> tuple[Numbers, Numbers, Numbers]:
    """Sources, targets and days of the rows that began or happened by the present day."""
    moments = records.days(relation, column, missing)
    past = moments <= records.today
    sources, targets = (ends[past].astype(np.int64) for ends in records.content.ends(relation))
    return sources, targets, moments[past]


def _process(records: Records, begun: Pairs, n_groups: int) -> Cells:
    """Days between feedbacks and to answers."""
    projects, groups = begun
    _, advised, moments = _by(records, "GIVES_FEEDBACK", "at", NEVER)
    mine, between = gaps(advised, moments)
    raised, problems, asked = _by(records, "RAISES", "at", NEVER)
    _, solved, answered = _by(records, "ANSWERS", "at", NEVER)
    days, over = waits(problems, asked, solved, answered, records.today)
    rows, places = matched(projects, mine)
    asking, questions = matched(projects, raised)
    lasted, ended = days[questions], over[questions]
    intervals = [between[places[part]] for part in _parts(groups[rows], n_groups)]
    answers = [kaplan_meier(lasted[part], ended[part]) for part in _parts(groups[asking], n_groups)]
    return {
        "feedback_days": np.array([np.median(one) if len(one) else np.nan for one in intervals]),
        "answer_days": np.array([one.median for one in answers]),
        "problems": _counted(groups[asking], n_groups),
        "answered": _counted(groups[asking], n_groups, ended),
    }


def _parts(groups: Numbers, n_groups: int) -> list[Numbers]:
    """Places of the entries of each group."""
    return np.split(np.argsort(groups, kind="stable"), np.cumsum(_counted(groups, n_groups))[:-1])


def _chain(records: Records, begun: Pairs, n_groups: int) -> Cells:
    """Projects tracked, of these intended by an enterprise, under supervised agreement with it, and invested in."""
    projects, groups = begun
    _, tracked, _ = _by(records, "TRACKS", "valid_from", EVER)
    firms, wanted, _ = _by(records, "INTENDS", "valid_from", EVER)
    known = np.isin(wanted, tracked)
    firms, wanted = firms[known], wanted[known]
    parties, supervisors = (_by(records, name, "valid_from", EVER)[:2] for name in ("PARTY_TO", "SUPERVISES"))
    kept = np.isin(parties[1], supervisors[1][third_parties(parties, supervisors)])
    agreed = signed((firms, wanted), (parties[0][kept], parties[1][kept]))
    givers, takers, _ = _by(records, "INVESTS_IN", "at", NEVER)
    paid = np.isin(firms * records.n + wanted, givers * records.n + takers)
    steps = {"tracked": tracked, "intended": wanted, "agreed": wanted[agreed], "invested": wanted[agreed & paid]}
    return {name: _counted(groups, n_groups, np.isin(projects, found)) for name, found in steps.items()}


def _note(row: Mapping[str, Any]) -> str | None:
    """Why numbers of a row are missing."""
    reasons = [note for name, note in NOTES.items() if np.isnan(row[name])]
    if np.isnan(row["answer_days"]):
        reasons.append("less than half of the problems answered" if row["problems"] else "no problem raised")
    return "; ".join(reasons) or None


def _sentence(group: str, row: Mapping[str, Any], language: Language) -> str:
    shares = {name: f"{row[name]:.1%}" for name in ("once", "none", "more", "sent")}
    numbers = {name: f"{row[name]:,.3g}" for name in ("load_mean", "load_max", "feedback_days", "answer_days")}
    shown = {name: "–" if "nan" in cell else cell for name, cell in (shares | numbers).items()}
    name = tracking.said(ALL, language) if group == ALL else group
    return tracking.said("explain", language, **{**row, **shown, "group": name})
