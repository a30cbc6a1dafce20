"""Knowledge gaps: breadth-first search from every project."""

from collections import defaultdict
from collections.abc import Mapping

import pyarrow as pa
import pytest

from ecograph.generate.harbour import Harbour

PATHS = ("WORKS_ON", "MENTORS", "TEACHES", "TRACKS", "EMPLOYS")
AS_OF = "2025-12-31"


def reached(ties: Mapping[str, set[str]], start: str, steps: int) -> set[str]:
    """Nodes within so many steps."""
    found, border = {start}, {start}
    for _ in range(steps):
        border = set().union(*(ties[node] for node in border)) - found
        found |= border
    return found


def gaps(relations: Mapping[str, pa.Table], steps: int) -> set[tuple[str, str]]:
    """Required skills that nobody within so many steps has."""
    ties: dict[str, set[str]] = defaultdict(set)
    for relation in PATHS:
        for row in relations[relation].to_pylist():
            ties[row["source"]].add(row["target"])
            ties[row["target"]].add(row["source"])
    skills: dict[str, set[str]] = defaultdict(set)
    for row in relations["HAS_SKILL"].to_pylist():
        skills[row["source"]].add(row["target"])
    return {
        (row["source"], row["target"])
        for row in relations["REQUIRES"].to_pylist()
        if not any(row["target"] in skills[node] for node in reached(ties, row["source"], steps))
    }


@pytest.mark.parametrize("steps", [1, 2])
def test_gaps_are_all_and_only_those_planted(made: Harbour, steps: int) -> None:
    planted = {(row["project"], row["skill"]) for row in made.truth["knowledge_gaps"].to_pylist()}
    assert planted == gaps(made.relations, steps)
    assert len(planted) >= 4


def test_gaps_are_the_same_on_the_as_of_day(made: Harbour) -> None:
    eco = made.ecosystem.at(AS_OF)
    tables = {name: pa.table(eco.relations(name)) for name in (*PATHS, "HAS_SKILL", "REQUIRES")}
    planted = {(row["project"], row["skill"]) for row in made.truth["knowledge_gaps"].to_pylist()}
    assert planted == gaps(tables, 2)


def test_somebody_in_the_ecosystem_has_every_skill_that_is_missing(made: Harbour) -> None:
    held = set(made.relations["HAS_SKILL"].column("target").to_pylist())
    assert set(made.truth["knowledge_gaps"].column("skill").to_pylist()) <= held


def test_further_steps_close_gaps(large: Harbour) -> None:
    planted = large.truth["knowledge_gaps"].num_rows
    assert 0 < len(gaps(large.relations, 3)) < planted
