"""Incubation: stalled, untracked and doubly tracked projects, project by project."""

import itertools
from collections.abc import Mapping
from datetime import date
from typing import Any

from ecograph.generate.harbour import Harbour

AS_OF = date(2025, 12, 31)
PATIENCE = 90


def active(row: Mapping[str, Any]) -> bool:
    return row["valid_from"] <= AS_OF and (row["valid_to"] is None or row["valid_to"] > AS_OF)


def stages(made: Harbour) -> dict[str, list[Mapping[str, Any]]]:
    """INCUBATES of each project, by first day."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in sorted(made.relations["INCUBATES"].to_pylist(), key=lambda row: row["valid_from"]):
        found.setdefault(row["target"], []).append(row)
    return found


def news(made: Harbour) -> dict[str, list[date]]:
    """Days of PROGRESS, stage changes, feedback and incoming transfers of each project."""
    found: dict[str, list[date]] = {project: [] for project in made.nodes["Project"].column("id").to_pylist()}
    for relation, end in (("PROGRESS", "source"), ("GIVES_FEEDBACK", "target"), ("TRANSFERS", "target")):
        for row in made.relations[relation].to_pylist():
            if row[end] in found:
                found[row[end]].append(row["at"])
    for project, spans in stages(made).items():
        found[project] += [
            later["valid_from"] for one, later in itertools.pairwise(spans) if later["stage"] != one["stage"]
        ]
    return found


def test_stalled_projects_are_all_and_only_those_planted(made: Harbour) -> None:
    told, stalled = news(made), {}
    for project, spans in stages(made).items():
        if not any(active(span) and span["stage"] in ("-1", "0") for span in spans):
            continue
        last = max(told[project], default=None)
        if (AS_OF - (last or spans[0]["valid_from"])).days > PATIENCE:
            stalled[project] = last
    planted = made.truth["stalled_projects"].to_pylist()
    assert {row["project"]: row["last_news"] for row in planted} == stalled
    assert len(stalled) >= 3


def test_the_border_of_stalling_is_tried_on_both_sides(made: Harbour) -> None:
    """One project was last heard of 90 days ago and has not stalled, one 91 days ago and has; one never spoke."""
    stalled = {row["project"]: row["last_news"] for row in made.truth["stalled_projects"].to_pylist()}
    told = news(made)
    young = {
        project for project, spans in stages(made).items() if active(spans[-1]) and spans[-1]["stage"] in ("-1", "0")
    }
    ages = {project: (AS_OF - max(told[project])).days for project in young if told[project]}
    assert PATIENCE in ages.values()
    assert max(age for project, age in ages.items() if project not in stalled) == PATIENCE
    assert min(age for project, age in ages.items() if project in stalled) == PATIENCE + 1
    assert None in stalled.values()


def test_stages_follow_each_other(made: Harbour) -> None:
    lives = {row["id"]: row for row in made.nodes["Project"].to_pylist()}
    reached = set()
    for project, spans in stages(made).items():
        order = [["-1", "0", "1", "beyond"].index(span["stage"]) for span in spans]
        assert order == list(range(order[0], order[0] + len(order)))
        assert all(one["valid_to"] == later["valid_from"] for one, later in itertools.pairwise(spans))
        assert (spans[0]["valid_from"], spans[-1]["valid_to"]) == (
            lives[project]["valid_from"],
            lives[project]["valid_to"],
        )
        reached.add((spans[-1]["stage"], spans[-1]["valid_to"] is None))
    assert reached >= {("-1", True), ("0", True), ("1", True), ("beyond", True), ("-1", False), ("0", False)}


def test_untracked_projects_are_all_and_only_those_planted(made: Harbour) -> None:
    trackers: dict[str, set[str]] = {
        row["target"]: set() for row in made.relations["INCUBATES"].to_pylist() if active(row)
    }
    ended = set()
    for row in made.relations["TRACKS"].to_pylist():
        if active(row) and row["target"] in trackers:
            trackers[row["target"]].add(row["source"])
        elif row["valid_to"] == AS_OF:
            ended.add(row["target"])
    untracked = {project for project, persons in trackers.items() if not persons}
    assert set(made.truth["untracked_projects"].column("project").to_pylist()) == untracked
    doubly = {project for project, persons in trackers.items() if len(persons) == 2}
    assert set(made.truth["doubly_tracked_projects"].column("project").to_pylist()) == doubly
    assert max(map(len, trackers.values())) == 2
    assert len(untracked) >= 3 and len(doubly) >= 2
    assert untracked & ended, "one was tracked until the day before"
