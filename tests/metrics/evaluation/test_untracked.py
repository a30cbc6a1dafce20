"""Untracked projects: a table by hand, harbour's truth, a slow twin, and laws."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError, ViewError
from ecograph.views import Records

Row = tuple[str, str, int | None, int | None]

FIRST, TODAY = date(2025, 1, 1), 10
PROJECTS, HOSTS, TRACKERS = ["p", "q", "r", "s"], ["m", "n"], ["t", "u"]


def rows_from(sources: Sequence[str]) -> st.SearchStrategy[list[Row]]:
    """Spans to any project, their ends open or told."""
    span = st.tuples(st.integers(0, 14), st.integers(1, 6), st.sampled_from(["told", "told", "no start", "no stop"]))
    ends = st.tuples(st.sampled_from(sources), st.sampled_from(PROJECTS))
    return st.lists(st.tuples(ends, span).map(_row), max_size=10)


def _row(drawn: tuple[tuple[str, str], tuple[int, int, str]]) -> Row:
    (source, target), (start, length, told) = drawn
    return source, target, None if told == "no start" else start, None if told == "no stop" else start + length


def iso(day: int | None) -> str | None:
    return None if day is None else (FIRST + timedelta(day)).isoformat()


def view_of(incubates: Sequence[Row], tracks: Sequence[Row]) -> Records:
    """The rows on day 10, with one track of a project that is over long ago so that the table is never empty."""
    nodes = {"Makerspace": HOSTS, "Professional": TRACKERS, "Project": [*PROJECTS, "old"]}
    relations = {"INCUBATES": incubates, "TRACKS": [*tracks, ("t", "old", -9, -8)]}
    tables = {
        kind: {
            "source": [row[0] for row in rows],
            "target": [row[1] for row in rows],
            "valid_from": [iso(row[2]) for row in rows],
            "valid_to": [iso(row[3]) for row in rows],
        }
        for kind, rows in relations.items()
    }
    relations_given = {kind: table for kind, table in tables.items() if table["source"]}
    eco = eg.from_tables({kind: {"id": ids} for kind, ids in nodes.items()}, relations_given)
    return eco.records(day=iso(TODAY))


def rows(result: eg.Result) -> list[dict[str, Any]]:
    return list(result.table.rows())


def slowly(incubates: Sequence[Row], tracks: Sequence[Row]) -> dict[str, tuple[Any, ...]]:
    """Days, since, makerspaces, last tracker and until of each untracked project, day by day."""

    def holds(row: Row, day: int) -> bool:
        return (row[2] is None or row[2] <= day) and (row[3] is None or day < row[3])

    found = {}
    for project in PROJECTS:
        mine, trackers = ([row for row in rows if row[1] == project] for rows in (incubates, tracks))
        here = sorted({row[0] for row in mine if holds(row, TODAY)})
        if not here or any(holds(row, TODAY) for row in trackers):
            continue
        since: int | None = TODAY
        while since > -50 and any(holds(row, since - 1) for row in mine):
            since -= 1
        since = None if since == -50 else since
        over = [(-row[3], row[0]) for row in trackers if row[3] is not None and row[3] <= TODAY]
        until, tracker = min(over) if over else (None, None)
        until = None if until is None else -until
        bare = max((day for day in (since, until) if day is not None), default=None)
        dates = [None if day is None else FIRST + timedelta(day) for day in (since, until)]
        found[project] = (None if bare is None else TODAY - bare, dates[0], ", ".join(here), tracker, dates[1])
    return found


def test_a_table_by_hand() -> None:
    incubates: list[Row] = [
        ("m", "p", 0, 4),
        ("n", "p", 4, None),  # goes on at another makerspace: active since day 0
        ("m", "q", 0, 4),
        ("m", "q", 5, 11),  # came back after a gap: active since day 5
        ("m", "r", 0, 10),  # over on the very day
        ("m", "s", 2, None),
        ("n", "s", 3, None),  # at two makerspaces, and tracked until yesterday
    ]
    tracks: list[Row] = [("t", "q", 0, 4), ("u", "q", 11, None), ("u", "s", 2, 10), ("t", "s", 2, 9)]
    found = eg.untracked(view_of(incubates, tracks))
    told = {row["id"]: (row["days"], row["makerspace"], row["last_tracker"]) for row in rows(found)}
    assert told == {"p": (10, "n", None), "q": (5, "m", "t"), "s": (0, "m, n", "u")}
    assert found["active_since"].astype(str).tolist() == ["2025-01-01", "2025-01-06", "2025-01-03"]
    assert rows(found)[2]["tracked_until"] == date(2025, 1, 11)
    assert set(found["kind"]) == {"Project"}
    assert found.explain("s") == (
        "s, active since 2025-01-03 at m, n, is tracked by nobody: u, the last tracker, stopped on 2025-01-11. "
        "Days without a tracker: 0."
    )
    assert "从未有人跟踪过该项目" in found.explain("p", language="zh")


def test_a_project_tracked_on_the_day_is_not_listed() -> None:
    assert rows(eg.untracked(view_of([("m", "p", 0, None)], [("t", "p", 10, 11)]))) == []
    assert eg.untracked(view_of([("m", "p", 0, None)], [("t", "p", 11, None)]))["id"].tolist() == ["p"]


def test_without_a_known_start_days_are_missing_with_a_note() -> None:
    found = eg.untracked(view_of([("m", "p", None, None)], []))
    (row,) = rows(found)
    assert row["days"] is None and row["active_since"] is None
    assert row["note"] == "not told since when it is active"
    assert found.explain("p").endswith("Days without a tracker: –.")


def test_without_incubates_a_projects_own_span_says_whether_it_is_active() -> None:
    spans = {"valid_from": ["2025-01-03", "2025-01-20", None], "valid_to": [None, None, "2025-01-05"]}
    nodes = {"Project": {"id": ["a", "b", "c"], **spans}, "Professional": {"id": ["t"]}}
    tracks = {"source": ["t"], "target": ["c"], "valid_from": ["2025-01-01"], "valid_to": ["2025-01-02"]}
    found = eg.untracked(eg.from_tables(nodes, {"TRACKS": tracks}).records(day="2025-01-11"))
    assert [(row["id"], row["days"], row["makerspace"]) for row in rows(found)] == [("a", 8, None)]
    assert " at " not in found.explain("a")


@given(rows_from(HOSTS), rows_from(TRACKERS))
def test_it_equals_a_twin_that_looks_at_every_day(incubates: list[Row], tracks: list[Row]) -> None:
    incubates = [*incubates, ("m", "old", -9, -8)]
    names = ("days", "active_since", "makerspace", "last_tracker", "tracked_until")
    found = {row["id"]: tuple(row[name] for name in names) for row in rows(eg.untracked(view_of(incubates, tracks)))}
    assert found == slowly(incubates, tracks)


@given(rows_from(HOSTS), rows_from(TRACKERS))
def test_a_tracker_more_takes_its_project_off_the_list_and_no_other(incubates: list[Row], tracks: list[Row]) -> None:
    before = eg.untracked(view_of(incubates, tracks))["id"].tolist()
    after = eg.untracked(view_of(incubates, [*tracks, ("u", "p", 0, None)]))["id"].tolist()
    assert after == [project for project in before if project != "p"]


def test_harbour_as_it_ships() -> None:
    found = eg.untracked(eg.dataset("harbour").records())
    assert found["id"].tolist() == ["project-07", "project-34", "project-73"]
    assert rows(found)[0]["days"] == 0  # tracked until the day before


@pytest.mark.parametrize(("relations", "seed"), [(1_000, 1), (1_000, 8), (5_000, 2), (20_000, 3)])
def test_the_truth_of_made_harbours(relations: int, seed: int) -> None:
    made = eg.harbour(relations=relations, seed=seed)
    planted = made.truth["untracked_projects"].column("project").to_pylist()
    assert planted and eg.untracked(made.ecosystem.records())["id"].tolist() == planted


def test_slices_give_one_list_a_period() -> None:
    found = eg.untracked(eg.dataset("harbour").slices("year").records())
    assert found["slice"].astype(str).tolist() == sorted(found["slice"].astype(str))
    last = found["slice"].astype(str) == "2025-01-01"
    assert found["id"][last].tolist() == ["project-07", "project-34", "project-73"]
    assert np.issubdtype(found["days"].dtype, np.integer)


def test_what_it_needs_and_what_it_takes() -> None:
    eco = eg.dataset("harbour")
    with pytest.raises(ViewError, match=r"TRACKS: no such rows here; add a table relations/TRACKS\.csv"):
        eg.untracked(eco.records("INCUBATES"))
    undated = eg.from_tables(
        {"Professional": {"id": ["t"]}, "Project": {"id": ["p"]}}, {"TRACKS": {"source": ["t"], "target": ["p"]}}
    )
    with pytest.raises(ViewError, match="give day="):
        eg.untracked(undated.records())
    assert len(eg.untracked(undated.records(day="2025-01-01"))) == 0
    with pytest.raises(ParameterError, match=r"eco\.records\(\)"):
        eg.untracked(eco.network("TRACKS"))
    with pytest.raises(UnknownNameError):
        eg.untracked(eco.records()).explain("project-01")
