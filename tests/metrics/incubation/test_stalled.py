"""Stalled projects: a table by hand, harbour's truth, a slow twin, and laws."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, ViewError
from ecograph.views import Records

Stage = tuple[str, str, int, int | None, str | None]
Moment = tuple[str, int]

FIRST, TODAY = date(2025, 1, 1), 20
PROJECTS = ["p", "q", "r"]

moments = st.lists(st.tuples(st.sampled_from(PROJECTS), st.integers(0, 25)), max_size=6)


def _stage(drawn: tuple[str, str, int, int, bool, str | None]) -> Stage:
    host, project, start, length, is_open, stage = drawn
    return host, project, start, None if is_open else start + length, stage


stages = st.lists(
    st.tuples(
        st.sampled_from(["m", "n"]),
        st.sampled_from(PROJECTS),
        st.integers(0, 22),
        st.integers(1, 12),
        st.booleans(),
        st.sampled_from(["-1", "0", "1", "beyond", None]),
    ).map(_stage),
    max_size=9,
)


def iso(day: int | None) -> str | None:
    return None if day is None else (FIRST + timedelta(day)).isoformat()


def view_of(
    incubates: Sequence[Stage],
    progress: Sequence[Moment] = (),
    feedback: Sequence[Moment] = (),
    transfers: Sequence[Moment] = (),
) -> Records:
    """The rows on day 20; one project is over, so that no table is ever empty."""
    nodes = {"Makerspace": ["m", "n"], "Professional": ["t"], "Enterprise": ["e"], "Project": [*PROJECTS, "old"]}
    names = ("source", "target", "valid_from", "valid_to", "stage")
    rows = [(*one[:2], iso(one[2]), iso(one[3]), one[4]) for one in (*incubates, ("m", "old", -9, -8, "1"))]
    relations = {"INCUBATES": dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))}
    for name, given_moments in (("PROGRESS", progress), ("GIVES_FEEDBACK", feedback), ("TRANSFERS", transfers)):
        told = [*given_moments, ("old", -9)]
        projects, others = [one[0] for one in told], [{"PROGRESS": "m", "TRANSFERS": "e"}.get(name, "t")] * len(told)
        ends = (projects, others) if name == "PROGRESS" else (others, projects)
        relations[name] = {"source": ends[0], "target": ends[1], "at": [iso(one[1]) for one in told]}
    return eg.from_tables({kind: {"id": ids} for kind, ids in nodes.items()}, relations).records(day=iso(TODAY))


def told_by(result: eg.Result) -> dict[str, tuple[Any, ...]]:
    return {row["id"]: (row["days"], row["last_news"], row["news"], row["stage"]) for row in result.table.rows()}


def slowly(
    incubates: Sequence[Stage], *kinds: Sequence[Moment], limit: int
) -> dict[str, tuple[int, date | None, str | None, str]]:
    """Days, last news, what it was, and stage of each project that has stalled, project by project."""
    found = {}
    for project in PROJECTS:
        mine = [row for row in incubates if row[1] == project]
        open_ones = [row for row in mine if row[2] <= TODAY and (row[3] is None or row[3] > TODAY)]
        young = sorted((row[2], row[4]) for row in open_ones if row[4] in ("-1", "0"))
        if not young:
            continue
        since = TODAY
        while any(row[2] <= since - 1 and (row[3] is None or row[3] > since - 1) for row in mine):
            since -= 1
        news = {
            name: max((day for one, day in rows if one == project and day <= TODAY), default=-99)
            for name, rows in zip(("PROGRESS", "GIVES_FEEDBACK", "TRANSFERS"), kinds, strict=True)
        }
        news["stage change"] = max((day for day in changes(mine) if day <= TODAY), default=-99)
        last = max(news.values())
        if TODAY - (since if last == -99 else last) > limit:
            what = next(name for name, day in news.items() if day == last)
            days = TODAY - (since if last == -99 else last)
            known = last > -99
            found[project] = (days, FIRST + timedelta(last) if known else None, what if known else None, young[-1][1])
    return found


def changes(mine: Sequence[Stage]) -> list[int]:
    """First days of spans whose stage is not that of the span before, or that come after days without any."""
    ordered = sorted((row for row in mine if row[4]), key=lambda row: (row[2], row[3] or 99, row[4]))

    def gap(one: Stage, later: Stage) -> bool:
        days = range(one[2], later[2] + 1)
        return not all(any(row[2] <= day < (row[3] or 99) for row in mine) for day in days)

    pairs = pairwise(ordered)
    return [later[2] for one, later in pairs if one[4] != later[4] or gap(one, later)]


def test_a_table_by_hand() -> None:
    view = view_of(
        [
            ("m", "p", 0, 5, "-1"),
            ("n", "p", 5, None, "0"),  # changed its stage on day 5
            ("m", "q", 1, None, "-1"),  # silent since day 1
            ("m", "r", 0, 4, "0"),
            ("m", "r", 6, None, "0"),  # came back on day 6
        ],
        progress=[("p", 2), ("p", 21)],  # the second lies ahead
        feedback=[("r", 8)],
        transfers=[("r", 8)],
    )
    assert told_by(eg.stalled(view, days=10)) == {
        "p": (15, date(2025, 1, 6), "stage change", "0"),
        "q": (19, None, None, "-1"),
        "r": (12, date(2025, 1, 9), "GIVES_FEEDBACK", "0"),
    }
    assert set(told_by(eg.stalled(view, days=12))) == {"p", "q"}  # 12 days are not more than 12
    assert set(told_by(eg.stalled(view, days=11))) == {"p", "q", "r"}
    found = eg.stalled(view, days=10)
    assert found["makerspace"].tolist() == ["n", "m", "m"]
    assert found["entered"].astype(str).tolist() == ["2025-01-01", "2025-01-02", "2025-01-07"]
    assert found.explain("p") == (
        "p, in stage 0 at n: the last news, a change of stage, came on 2025-01-06. Days since: 15."
    )
    assert found.explain("q") == "q, in stage -1 at m: no news since it entered on 2025-01-02. Days since: 19."
    assert "从无动态" in found.explain("q", language="zh")


def test_a_project_in_stage_1_or_no_longer_there_does_not_stall() -> None:
    over = view_of([("m", "p", 0, None, "1"), ("m", "q", 0, 20, "-1"), ("m", "r", 0, None, "beyond")])
    assert len(eg.stalled(over, days=0)) == 0


@given(stages, moments, moments, moments, st.integers(0, 15))
def test_it_equals_a_twin_that_goes_project_by_project(
    incubates: list[Stage], progress: list[Moment], feedback: list[Moment], transfers: list[Moment], limit: int
) -> None:
    view = view_of(incubates, progress, feedback, transfers)
    assert told_by(eg.stalled(view, days=limit)) == slowly(incubates, progress, feedback, transfers, limit=limit)


@given(stages, moments, st.integers(0, 15))
def test_more_patience_and_more_news_shorten_the_list(
    incubates: list[Stage], progress: list[Moment], limit: int
) -> None:
    strict = set(told_by(eg.stalled(view_of(incubates, progress), days=limit)))
    assert set(told_by(eg.stalled(view_of(incubates, progress), days=limit + 1))) <= strict
    heard = set(told_by(eg.stalled(view_of(incubates, [*progress, ("p", TODAY)]), days=limit)))
    assert heard == strict - {"p"}


@pytest.mark.parametrize(("relations", "seed"), [(1_000, 1), (1_000, 8), (5_000, 2), (20_000, 3)])
def test_the_truth_of_made_harbours(relations: int, seed: int) -> None:
    made = eg.harbour(relations=relations, seed=seed)
    planted = {row["project"]: row["last_news"] for row in made.truth["stalled_projects"].to_pylist()}
    found = {row["id"]: row["last_news"] for row in eg.stalled(made.ecosystem.records()).table.rows()}
    assert planted and found == planted


def test_harbour_as_it_ships() -> None:
    found = told_by(eg.stalled(eg.dataset("harbour").records()))
    assert {project: str(row[1]) for project, row in found.items()} == {
        "project-29": "None",
        "project-40": "2025-10-01",
        "project-63": "2025-09-11",
        "project-68": "2025-04-05",
    }


def test_what_is_not_told_is_said() -> None:
    eco = eg.from_tables(
        {"Makerspace": {"id": ["m"]}, "Project": {"id": ["p", "q", "r"]}},
        {
            "INCUBATES": {
                "source": ["m"] * 3,
                "target": ["p", "q", "r"],
                "valid_from": [None, "2025-01-01", "2025-01-01"],
                "stage": ["0", None, "0"],
            }
        },
    )
    found = eg.stalled(eco.records(day="2025-06-01"))
    assert [(row["id"], row["days"], row["note"]) for row in found.table.rows()] == [
        ("p", None, "no news, and not told since when it is there"),
        ("r", 151, None),
    ]
    assert [(one.code, one.value, one.count) for one in found.findings] == [
        ("no_rows", "PROGRESS", 1),
        ("no_rows", "GIVES_FEEDBACK", 1),
        ("no_rows", "TRANSFERS", 1),
        ("missing_value", "", 1),
    ]
    assert found.explain("p").endswith("since it entered on a day not told. Days since: –.")


def test_what_it_needs_and_what_it_takes() -> None:
    eco = eg.dataset("harbour")
    with pytest.raises(ParameterError, match="days=-1; it must be 0 or more"):
        eg.stalled(eco.records(), days=-1)
    with pytest.raises(ViewError, match=r"INCUBATES: no such rows here; add a table relations/INCUBATES\.csv"):
        eg.stalled(eco.records("PROGRESS"))
    stageless = {"source": ["m"], "target": ["p"], "valid_from": ["2025-01-01"]}
    bare = eg.from_tables({"Makerspace": {"id": ["m"]}, "Project": {"id": ["p"]}}, {"INCUBATES": stageless})
    with pytest.raises(ViewError, match=r"INCUBATES\.stage: no row says a stage"):
        eg.stalled(bare.records())
    with pytest.raises(ParameterError, match=r"eco\.records\(\)"):
        eg.stalled(eco.network("INCUBATES"))
