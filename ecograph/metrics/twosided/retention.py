"""Retention."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.errors import ViewError
from ecograph.methods.shares import ratios
from ecograph.methods.stays import Stays
from ecograph.metric import Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Panel

Numbers = NDArray[np.int64]

WORDS: Words = {
    "age": {
        "en": "{side}: of {entered:,} who entered and could be seen {age} periods later, {active:,} ({retention:.1%}) "
        "were there then.",
        "zh": "{side}：可观察到第 {age} 个时期的 {entered:,} 名新进入者中，"
        "届时仍在的有 {active:,} 名（{retention:.1%}）。",
    },
    "cohort": {
        "en": "{side}: of {entered:,} who entered in {cohort}, {active:,} ({retention:.1%}) were there {age} periods "
        "later.",
        "zh": "{side}：{cohort} 进入的 {entered:,} 名成员，{age} 个时期后仍在的有 {active:,} 名（{retention:.1%}）。",
    },
    "nobody": {"en": "{side}: nobody entered, so nobody stays.", "zh": "{side}：没有新进入者，无从计算留存。"},
}


@metric(
    level="group",
    zh="留存率",
    summary_zh="新进入的成员过了几个时期还在多少。",
    source="ecograph, operational definition of user stickiness (用户黏性)",
    columns={
        "retention": Column("share of those who entered who are there", zh="留存率", bounds=(0, 1)),
        "entered": Column("members who entered", zh="进入人数", bounds=(0, None)),
        "active": Column("of these, who are there", zh="仍在人数", bounds=(0, None)),
        "age": Column("periods since they entered", zh="经过的时期数", bounds=(0, None)),
        "side": Column("side", zh="边"),
        "cohort": Column("period in which they entered", zh="进入时期"),
    },
    words=WORDS,
)
def retention(panel: Panel, *, cohorts: bool = False) -> Values:
    """How many of the members who enter a platform are there some periods later.

    Read a side's rows downwards as one curve: where it levels off is what sticks.

    Parameters
    ----------
    panel : Panel
        Sides whose members are known, made by ``eco.panel``.
    cohorts : bool
        Whether each period's entrants have rows of their own.

    Returns
    -------
    Result
        Level group, one row a side and number of periods, and with ``cohorts`` a period of entry; the group is
        ``side · age`` or ``side · cohort · age``. ``retention`` in [0, 1], 1 at age 0; ``entered``, ``active`` and
        ``age``, whole numbers from 0; ``side``; ``cohort``, empty where all are together.

    Raises
    ------
    ViewError
        If the panel was made of a table, which knows no members.

    Notes
    -----
    A member enters a platform in the first period in which they are active there; a member of two platforms enters
    twice. Who is there in the first period entered at a time nobody knows and is left out, with a finding. Of age k
    are counted those who entered at least k periods before the last one, so that all of them could be seen: the rows
    of different ages stand for different people. Who left and came back is there again. Retention = active / entered;
    NaN with a note where nobody entered.

    References
    ----------
    Chinese term: 留存率.

    Examples
    --------
    >>> import ecograph as eg
    >>> makers = {"makers": eg.side("Maker", through="SETTLED_IN")}
    >>> found = eg.retention(eg.dataset("harbour").panel("Makerspace", "year", sides=makers))
    >>> found["group"].tolist(), found["retention"].round(2).tolist()
    (['makers · 0', 'makers · 1'], [1.0, 0.72])
    """
    rows: list[dict[str, Any]] = []
    findings: list[Finding] = []
    periods = [str(one) for one in panel.periods.to_pylist()]
    for name, side in panel.sides.items():
        if side.stays is None:
            raise ViewError(f"side {name}: a panel made of a table knows no members; make it with eco.panel")
        entered, active, before = _triangle(side.stays, len(panel.periods))
        findings += [Finding("entered_before", before, column=name)] if before else []
        told = _by_cohort(entered, active, periods) if cohorts else _by_age(entered, active)
        rows += [{"side": name, **row} for row in told]
    shares = ratios(*(np.array([row[one] for row in rows], np.float64) for one in ("active", "entered")))
    columns = {
        "retention": shares,
        **{one: np.array([row[one] for row in rows], np.int64) for one in ("entered", "active", "age")},
        **{one: pa.array([row[one] for row in rows], pa.string()) for one in ("side", "cohort")},
    }
    groups = [" · ".join(filter(None, (row["side"], row["cohort"], str(row["age"])))) for row in rows]

    def explain(position: int, language: Language) -> str:
        row = rows[position]
        sentence = ("cohort" if row["cohort"] else "age") if row["entered"] else "nobody"
        return retention.said(sentence, language, **row, retention=shares[position])

    return Values(
        columns=columns,
        keys={"group": pa.array(groups, pa.string())},
        notes=[None if row["entered"] else "nobody entered" for row in rows],
        findings=findings,
        explainer=explain,
    )


def _triangle(stays: Stays, n: int) -> tuple[Numbers, Numbers, int]:
    """Who entered in each period, how many of them are there at each age, and how many came before all."""
    firsts = stays.firsts
    cohorts = stays.starts[firsts][np.cumsum(firsts) - 1] if len(firsts) else stays.starts
    seen = cohorts > 0
    width = n + 1
    steps = np.zeros(n * width, np.int64)
    for moments, sign in ((stays.starts, 1), (stays.stops, -1)):
        places = cohorts[seen] * width + (moments - cohorts)[seen]
        steps += sign * np.bincount(places, minlength=n * width)
    active = np.cumsum(steps.reshape(n, width), axis=1)[:, :n]
    entered = np.bincount(cohorts[firsts & seen], minlength=n)
    return entered.astype(np.int64), active, int((firsts & ~seen).sum())


def _by_cohort(entered: Numbers, active: Numbers, periods: Sequence[str]) -> list[dict[str, Any]]:
    """Rows by period of entry and age; of the first period nobody knows who entered."""
    return [
        {"cohort": periods[one], "age": age, "entered": int(entered[one]), "active": int(active[one, age])}
        for one in range(1, len(periods))
        for age in range(len(periods) - one)
    ]


def _by_age(entered: Numbers, active: Numbers) -> list[dict[str, Any]]:
    """Rows by age, of all who entered long enough before the last period."""
    n = len(entered)
    return [
        {
            "cohort": None,
            "age": age,
            "entered": int(entered[1 : n - age].sum()),
            "active": int(active[1 : n - age, age].sum()),
        }
        for age in range(n - 1)
    ]
