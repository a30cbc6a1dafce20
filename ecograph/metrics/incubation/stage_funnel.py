"""Stage funnel: from -1 to 0 to 1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.errors import ParameterError, ViewError
from ecograph.given import codes_of
from ecograph.methods.absorbing import absorption
from ecograph.methods.belonging import matched
from ecograph.methods.shares import ratios
from ecograph.metric import Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Histories
from ecograph.views.labels import label_called

Numbers = NDArray[np.int64]

STAGES = ("-1", "0", "1", "beyond")
LEFT = "left"
ROWS = (*STAGES, LEFT)
GREENHOUSE = 2
"""How many stages come before 1."""
TO = ("to_minus_1", "to_0", "to_1", "to_left")

WORDS: Words = {
    "explain": {
        "en": "{who}: {projects:,} were ever in stage {stage}, {now:,} are there now. Of {closed:,} visits that are "
        "over, {mean_days} days each, {to_minus_1} stepped to -1, {to_0} to 0, {to_1} to 1, and {to_left} left. From "
        "here {reaches_1} reach stage 1, in {days_to_1} days; until 1 or leaving it takes {days_to_end} days.",
        "zh": "{who}：曾处于 {stage} 阶段的有 {projects:,} 个，目前 {now:,} 个。已结束的 {closed:,} 次停留"
        "平均 {mean_days} 天，其中 {to_minus_1} 转入 -1，{to_0} 转入 0，{to_1} 转入 1，{to_left} 离开。由此出发，"
        "{reaches_1} 到达 1 阶段，平均需 {days_to_1} 天；到达 1 阶段或离开平均需 {days_to_end} 天。",
    },
    "end": {
        "en": "{who}: {projects:,} were ever in stage {stage} ({share}), {now:,} are there now.",
        "zh": "{who}：曾到达 {stage} 阶段的有 {projects:,} 个（{share}），目前 {now:,} 个。",
    },
    LEFT: {
        "en": "{who}: {projects:,} left before stage 1 ({share}).",
        "zh": "{who}：到达 1 阶段之前离开的有 {projects:,} 个（{share}）。",
    },
    "beyond": {"en": "beyond", "zh": "1 之后的"},
    "everybody": {"en": "All projects", "zh": "全部项目"},
}


@metric(
    level="group",
    zh="阶段漏斗",
    summary_zh="多少项目从 -1 走到 0 再走到 1，各阶段有多大可能到达 1，需要多长时间。",
    source="Kemeny & Snell 1960, theorems 3.2.4 and 3.3.7",
    columns={
        "projects": Column("projects that were ever in it", zh="曾到达的项目数", bounds=(0, None)),
        "share": Column("share of all projects", zh="占全部项目的份额", bounds=(0, 1)),
        "now": Column("projects in it on the day", zh="目前的项目数", bounds=(0, None)),
        "visits": Column("times it was entered", zh="进入次数", bounds=(0, None)),
        "closed": Column("visits before stage 1 that are over", zh="已结束的停留次数", bounds=(0, None)),
        "mean_days": Column("days of a visit that is over", zh="平均停留天数", unit="days", bounds=(0, None)),
        "to_minus_1": Column("share of these that stepped to -1", zh="转入 -1 的比例", bounds=(0, 1)),
        "to_0": Column("share of these that stepped to 0", zh="转入 0 的比例", bounds=(0, 1)),
        "to_1": Column("share of these that stepped to 1 or beyond", zh="转入 1 的比例", bounds=(0, 1)),
        "to_left": Column("share of these that left", zh="离开的比例", bounds=(0, 1)),
        "reaches_1": Column("probability of reaching stage 1 from here", zh="到达 1 的概率", bounds=(0, 1)),
        "days_to_1": Column(
            "expected days to stage 1 of those who reach it", zh="到达 1 的期望天数", unit="days", bounds=(0, None)
        ),
        "days_to_end": Column(
            "expected days until stage 1 or leaving", zh="到达 1 或离开的期望天数", unit="days", bounds=(0, None)
        ),
        "stage": Column("stage", zh="阶段", words={"beyond": "1 之后", LEFT: "离开"}),
        "background": Column("background of the makers", zh="创客背景"),
    },
    words=WORDS,
)
def stage_funnel(histories: Histories, *, by: Literal["background"] | None = None) -> Values:
    """How many projects come from -1 to 0 to 1, how likely each stage leads to 1, and how long it takes.

    Read it from above: ``projects`` narrows like a funnel, ``to_left`` says where it leaks, ``reaches_1`` what a
    project in the stage may hope for, and ``days_to_1`` how much patience it needs.

    Parameters
    ----------
    histories : Histories
        Stages -1, 0, 1 and beyond of each project; ``eco.histories()``.
    by : {"background"}, optional
        One funnel for the projects of each background of makers. Left out: one of all projects.

    Returns
    -------
    Result
        Level group, five rows a funnel: the stages -1, 0, 1 and beyond, and left; the group is the stage, after
        ``background ·`` if asked by it. Counts of projects and visits; ``share`` in [0, 1]; ``mean_days``; the shares
        ``to_...`` of a row, which sum to 1; ``reaches_1`` in [0, 1]; ``days_to_1`` and ``days_to_end`` in days.

    Raises
    ------
    ViewError
        If there are no rows of the relation, the states are no stages, or by="background" and WORKS_ON has no rows.
    ParameterError
        If by is something else.
    UnknownNameError
        If by="background" and no node has one.

    Notes
    -----
    Stages 1 and beyond end the chain, and so does leaving: a closed last span in -1 or 0. What comes after a first 1
    or beyond is counted in ``projects``, ``now`` and ``visits`` and no more. With the shares Q of steps from -1 and 0
    to -1 and 0, and R to 1 and left, N = (I - Q)^-1 are the expected visits, N R the probabilities, and days the sum
    over stages of expected visits times ``mean_days``; for ``days_to_1`` the n_ij b_j / b_i visits of those who reach
    1. Open spans are censored: they count as visits and take no step, so young data tell of the quick. Nothing is told
    from stages that may lead to one without a step yet: NaN with a note. A project counts once for each background of
    the makers who work on it (WORKS_ON), or are members of a team that does (MEMBER_OF), on the first day of its
    history; those without any are left out, with a finding.

    References
    ----------
    Kemeny, J. G. & Snell, J. L. (1960). Finite Markov Chains, theorems 3.2.4 and 3.3.7. Chinese term: 阶段漏斗.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.stage_funnel(eg.dataset("harbour").histories())
    >>> found["group"].tolist(), found["projects"].tolist()
    (['-1', '0', '1', 'beyond', 'left'], [68, 57, 25, 7, 15])
    """
    if by not in (None, "background"):
        raise ParameterError(f"by={by!r}; allowed: background, or nothing")
    histories.required(histories.relation)
    if extra := sorted(set(histories.states) - set(STAGES)):
        raise ViewError(
            f"{histories.relation}.{histories.state}={extra[0]!r} is no stage; the funnel reads {', '.join(STAGES)}"
        )
    labels, grouping, findings = _grouped(histories, by)
    columns = _counts(histories, grouping) | {
        "stage": pa.array(ROWS * len(labels), pa.string()),
        "background": pa.array([label for label in labels for _ in ROWS], pa.string()),
    }
    rows = pa.table(columns).to_pylist()
    groups = [" · ".join(filter(None, (row["background"], row["stage"]))) for row in rows]
    return Values(
        columns=columns,
        keys={"group": pa.array(groups, pa.string())},
        notes=[_note(row) for row in rows],
        findings=findings,
        explainer=lambda position, language: _sentence(histories, rows[position], language),
    )


@dataclass(frozen=True, eq=False)
class Grouping:
    """Histories and the groups they count in; one may count in several."""

    histories: Numbers
    groups: Numbers
    n_groups: int

    def counted(self, histories: Numbers, cells: Numbers, width: int, weights: Numbers | None = None) -> NDArray[Any]:
        """How many entries of these histories, or how much of their weights, each group has in each cell."""
        rows, places = matched(histories, self.histories)
        given = None if weights is None else weights[rows]
        flat = np.bincount(self.groups[places] * width + cells[rows], given, self.n_groups * width)
        return flat.reshape(self.n_groups, width)


def _grouped(histories: Histories, by: str | None) -> tuple[Sequence[str | None], Grouping, list[Finding]]:
    """Label of each group, none for the one of all; who is in which; and how many are in none."""
    firsts = np.flatnonzero(histories.firsts)
    if by is None:
        return [None], Grouping(np.arange(len(firsts)), np.zeros(len(firsts), np.int64), 1), []
    histories.required("WORKS_ON")
    codes, labels = codes_of(histories.nodes.column(by))
    targets, days = histories.targets[firsts], histories.starts[firsts]
    rows, workers = _joined(histories, "WORKS_ON", targets, days)
    members, persons = _joined(histories, "MEMBER_OF", workers, days[rows])
    rows, makers = np.concatenate([rows, rows[members]]), np.concatenate([workers, persons])
    known, width = codes[makers] >= 0, max(len(labels), 1)
    pairs = np.unique(rows[known] * width + codes[makers[known]])
    missing = len(firsts) - len(np.unique(pairs // width))
    findings = [Finding("no_label", missing, column=by)] if missing else []
    return labels, Grouping(pairs // width, pairs % width, len(labels)), findings


def _joined(histories: Histories, relation: str, targets: Numbers, days: Numbers) -> tuple[Numbers, Numbers]:
    """Sources of the rows that lead to each of these nodes and hold on its day: number of the node, and the source."""
    sources, ends = histories.content.ends(relation)
    starts, stops = histories.spans(relation)
    rows, places = matched(targets, ends)
    holds = (starts[places] <= days[rows]) & (days[rows] < stops[places])
    return rows[holds], sources[places[holds]].astype(np.int64)


def _counts(histories: Histories, grouping: Grouping) -> dict[str, NDArray[Any]]:
    """The numbers of every row, funnel by funnel."""
    codes = np.array([STAGES.index(one) for one in histories.states], np.int64)[histories.codes]
    numbers = np.cumsum(histories.firsts) - 1
    moved = np.flatnonzero(_before_the_end(numbers, codes) & histories.closed)
    nexts = np.minimum(np.append(codes[1:], 0)[moved], GREENHOUSE)
    steps = np.where(histories.lasts[moved], len(TO) - 1, nexts)
    gone = numbers[moved[steps == len(TO) - 1]]
    met = np.unique(numbers * len(STAGES) + codes)
    open_ones = ~histories.closed
    left = grouping.counted(gone, np.zeros(len(gone), np.int64), 1)
    counts = {
        "projects": grouping.counted(met // len(STAGES), met % len(STAGES), len(STAGES)),
        "now": grouping.counted(numbers[open_ones], codes[open_ones], len(STAGES)),
        "visits": grouping.counted(numbers, codes, len(STAGES)),
    }
    taken = grouping.counted(numbers[moved], codes[moved] * len(TO) + steps, GREENHOUSE * len(TO))
    days = grouping.counted(numbers[moved], codes[moved], GREENHOUSE, histories.stops[moved] - histories.starts[moved])
    everybody = np.bincount(grouping.groups, minlength=grouping.n_groups)[:, np.newaxis]
    whole = {name: np.hstack([cells, left]) for name, cells in counts.items()}
    shares = {"share": ratios(whole["projects"], everybody)}
    chains = [_chain(*one) for one in zip(taken.reshape(-1, GREENHOUSE, len(TO)), days, strict=True)]
    blank = _chain(np.zeros((GREENHOUSE, len(TO)), np.int64), np.zeros(GREENHOUSE))
    told = {name: np.array([one[name] for one in chains], cells.dtype) for name, cells in blank.items()}
    return {name: cells.ravel() for name, cells in (whole | shares | told).items()}


def _before_the_end(numbers: Numbers, codes: Numbers) -> NDArray[np.bool_]:
    """Which spans stand before the first 1 or beyond of their history."""
    ended = codes >= GREENHOUSE
    first = np.full(len(codes) + 1, len(codes))
    np.minimum.at(first, numbers[ended], np.flatnonzero(ended))
    return np.arange(len(codes)) < first[numbers]


def _chain(taken: NDArray[np.int64], days: NDArray[np.float64]) -> dict[str, NDArray[Any]]:
    """What the steps of one funnel tell of each of its rows."""
    closed = taken.sum(axis=1)
    mean, found = ratios(days, closed), absorption(taken)
    lasting, nan = np.nan_to_num(mean), np.nan
    return {
        "closed": np.append(closed, [0, 0, 0]),
        "mean_days": np.append(mean, [nan, nan, nan]),
        **{name: np.append(found.shares[:, place], [nan, nan, nan]) for place, name in enumerate(TO)},
        "reaches_1": np.append(found.ends[:, 0], [1.0, 1.0, 0.0]),
        "days_to_1": np.append(found.visits_before(0) @ lasting, [0.0, 0.0, nan]),
        "days_to_end": np.append(found.visits @ lasting, [0.0, 0.0, 0.0]),
    }


def _note(row: Mapping[str, Any]) -> str | None:
    """Why numbers of a row are missing."""
    if row["stage"] not in STAGES[:GREENHOUSE]:
        reason = "the chain ends here"
    elif not row["closed"]:
        reason = "no visit is over"
    elif np.isnan(row["reaches_1"]):
        reason = "it may lead to a stage no visit of which is over"
    else:
        reason = "" if row["reaches_1"] else "nobody reaches 1 from here"
    return "; ".join(filter(None, ("no project" if np.isnan(row["share"]) else "", reason))) or None


def _sentence(histories: Histories, row: Mapping[str, Any], language: Language) -> str:
    label, stage = row["background"], row["stage"]
    schema = histories.nodes.schema
    who = label_called(schema, "background", label, language) if label else stage_funnel.said("everybody", language)
    shares = {name: f"{row[name]:.1%}" for name in ("share", *TO, "reaches_1")}
    numbers = {name: f"{row[name]:,.1f}" for name in ("mean_days", "days_to_1", "days_to_end")}
    shown = {name: "–" if "nan" in cell else cell for name, cell in (shares | numbers).items()}
    sentence = LEFT if stage == LEFT else "explain" if stage in STAGES[:GREENHOUSE] else "end"
    called = stage_funnel.said(stage, language) if stage == "beyond" else stage
    return stage_funnel.said(sentence, language, **{**row, **shown, "stage": called}, who=who)
