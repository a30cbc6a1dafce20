"""Roles: a handful of people by hand, plain counting on made towns, the planted dual makers, and laws."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError
from tests.strategies import keyed, made

SOURCES = {
    "investor": "INVESTS_IN", "mentor": "MENTORS", "teacher": "TEACHES", "tracker": "TRACKS", "supplier": "SUPPLIES",
    "demander": "DEMANDS", "customer": "CHOOSES_SERVICE", "student": "STUDIES_AT",
}  # fmt: skip
NODES = {
    "Maker": {"id": ["mia", "max"]},
    "Professional": {"id": ["ann"], "executive": [True]},
    "Team": {"id": ["crew"]},
    "University": {"id": ["uni"]},
    "ServiceProvider": {"id": ["law"]},
    "Makerspace": {"id": ["hub"]},
    "Project": {"id": ["app"]},
}
RELATIONS = {
    "INVESTS_IN": {"source": ["ann", "crew"], "target": ["app", "app"], "at": ["2025-01-01", "2025-01-02"]},
    "MENTORS": {"source": ["ann", "ann"], "target": ["mia", "app"]},
    "TEACHES": {"source": ["mia"], "target": ["ann"]},
    "TRACKS": {"source": ["ann"], "target": ["app"]},
    "SUPPLIES": {"source": ["mia", "mia"], "target": ["hub", "hub"], "valid_from": ["2024-01-01", "2025-01-01"]},
    "DEMANDS": {"source": ["mia", "app"], "target": ["hub", "hub"], "valid_from": ["2025-01-01", "2025-01-01"]},
    "CHOOSES_SERVICE": {"source": ["mia"], "target": ["law"], "at": ["2025-03-01"]},
    "STUDIES_AT": {"source": ["mia"], "target": ["uni"], "valid_to": ["2024-07-01"]},
    "EMPLOYS": {"source": ["hub", "uni"], "target": ["mia", "ann"]},
}


def people() -> eg.Ecosystem:
    return eg.from_tables(NODES, RELATIONS)


def test_people_by_hand() -> None:
    rows = {row["id"]: row for row in eg.roles(people().records()).table.rows()}
    assert set(rows) == {"mia", "max", "ann", "crew", "uni", "law", "hub"}  # every actor, no project
    names = (*SOURCES, "employee", "executive")
    expected = {
        "mia": (6, {"teacher": 1, "supplier": 2, "demander": 1, "customer": 1, "student": 1, "employee": 1}),
        "ann": (5, {"investor": 1, "mentor": 2, "tracker": 1, "employee": 1, "executive": 1}),
        "crew": (1, {"investor": 1}),
        "max": (0, {}),
        "hub": (0, {}),
    }
    for node, (roles, counts) in expected.items():
        assert rows[node]["roles"] == roles
        assert {name: rows[node][name] for name in names if rows[node][name]} == counts


def test_roles_change_with_time() -> None:
    assert keyed(eg.roles(people().between("2025-01-01", "2026-01-01").records()), "student")["Maker", "mia"] == 0
    early = eg.roles(people().between("2024-01-01", "2025-01-01").records())
    assert keyed(early, "student")["Maker", "mia"] == 1
    assert keyed(early, "demander")["Maker", "mia"] == 0
    assert keyed(early, "supplier")["Maker", "mia"] == 1


def test_it_equals_plain_counting(rounds) -> None:
    for seed in range(rounds(4, 100)):
        eco = eg.harbour(relations=1_000, seed=seed).ecosystem
        expected: dict[str, Counter[tuple[str, str]]] = {
            role: Counter((row["source_kind"], row["source"]) for row in eco.relations(relation).rows())
            for role, relation in SOURCES.items()
        }
        expected["employee"] = Counter((row["target_kind"], row["target"]) for row in eco.relations("EMPLOYS").rows())
        expected["executive"] = Counter(
            ("Professional", row["id"]) for row in eco.nodes("Professional").rows() if row["executive"]
        )
        found = eg.roles(eco.records())
        actors = [(kind, one) for kind in eco.schema.leaves("Actor") for one in eco.nodes(kind)["id"]]
        assert list(keyed(found, "roles")) == actors
        for role, counts in expected.items():
            assert keyed(found, role) == {actor: counts[actor] for actor in actors}
        held = {actor: sum(counts[actor] > 0 for counts in expected.values()) for actor in actors}
        assert keyed(found, "roles") == held


def test_makers_who_supply_and_demand_are_those_planted() -> None:
    for made_one in (eg.harbour(), eg.harbour(relations=1_000, seed=5)):
        rows = eg.roles(made_one.ecosystem.records()).table.rows()
        both = [row["id"] for row in rows if row["kind"] == "Maker" and row["supplier"] and row["demander"]]
        assert both and both == made_one.truth["dual_makers"].column("maker").to_pylist()


@given(st.sets(st.sampled_from(sorted({*SOURCES.values(), "EMPLOYS"}))))
def test_a_relation_left_out_takes_its_role_and_no_other(kept: set[str]) -> None:
    part = eg.from_tables(NODES, {relation: RELATIONS[relation] for relation in kept})
    whole = eg.roles(people().records())
    found = eg.roles(part.records())
    for role, relation in {**SOURCES, "employee": "EMPLOYS"}.items():
        expected = whole[role].tolist() if relation in kept else [0] * len(whole)
        assert found[role].tolist() == expected
    assert found["executive"].tolist() == whole["executive"].tolist()


def test_nobody_and_no_attribute() -> None:
    assert len(eg.roles(eg.from_tables({}, {}).records())) == 0
    found = eg.roles(eg.from_tables({"Professional": {"id": ["ann", "ben"]}}, {}).records())
    assert found["roles"].tolist() == found["executive"].tolist() == [0, 0]
    missing = eg.from_tables({"Professional": {"id": ["ann", "ben"], "executive": [None, False]}}, {})
    assert eg.roles(missing.records())["executive"].tolist() == [0, 0]


def test_a_schema_without_actors_and_another_view_are_refused() -> None:
    schema = eg.Schema("things", (eg.NodeKind("Thing"),), ())
    with pytest.raises(UnknownNameError, match="Actor"):
        eg.roles(eg.from_tables({"Thing": {"id": ["x"]}}, {}, schema).records())
    with pytest.raises(ParameterError, match=r"eco\.records\(\)"):
        eg.roles(made(7).ecosystem.flows("ARC"))


def test_it_names_the_roles() -> None:
    result = eg.roles(people().records())
    assert result.explain("ann") == ("ann has 5 roles: investor (1), mentor (2), tracker (1), employee (1), executive.")
    assert result.explain("ann", language="zh").startswith("ann 身兼 5 种角色：投资人（1）、导师（2）")
    assert result.explain("crew") == "crew has one role: investor (1)."
    assert result.explain("max", language="zh") == "max 没有任何角色的记录。"
