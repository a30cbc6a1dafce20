"""Diversity of members: a table by hand, a slow twin, and its laws."""

import math
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError
from tests.strategies import made, made_ecosystems

MAKERS = {
    "id": ["a", "b", "c", "d", "e", "f"],
    "background": ["student", "student", "returnee", "student", None, "ex_executive"],
}
SETTLED = {
    "source": ["a", "b", "c", "a", "a", "d", "e"],
    "target": ["one", "one", "one", "one", "two", "two", "two"],
    "valid_from": ["2024-01-01", "2024-01-01", "2024-01-01", "2025-01-01", "2024-01-01", "2024-01-01", "2024-01-01"],
}
PATH = "Maker -SETTLED_IN-> Makerspace"


def settled(ids: tuple[str, ...] = ("one", "three", "two")) -> eg.Ecosystem:
    return eg.from_tables({"Maker": MAKERS, "Makerspace": {"id": list(ids)}}, {"SETTLED_IN": SETTLED})


def test_a_table_by_hand() -> None:
    found = eg.diversity(settled().two_mode(PATH))
    rows = {row["group"]: row for row in found.table.rows()}
    assert list(rows) == ["one", "three", "two", "all"]
    # a was settled in twice and counts once: two students and a returnee
    assert (rows["one"]["members"], rows["one"]["types"], rows["one"]["largest"]) == (3, 2, "student")
    assert rows["one"]["blau"] == pytest.approx(4 / 9)
    assert rows["one"]["hill_2"] == pytest.approx(9 / 5)
    assert rows["one"]["hill_1"] == pytest.approx(3 / 2 ** (2 / 3))
    assert rows["one"]["largest_share"] == pytest.approx(2 / 3)
    # a and d are students, nobody knows what e is
    assert (rows["two"]["members"], rows["two"]["hill_1"], rows["two"]["blau"]) == (2, 1, 0)
    # a, b, c, d: a counts once, and f is joined to nothing
    assert (rows["all"]["members"], rows["all"]["types"]) == (4, 2)
    assert rows["all"]["largest_share"] == pytest.approx(3 / 4)
    assert found.findings.counts() == {"no_label": 1}


def test_a_platform_without_members_is_missing_with_a_note_and_a_sentence() -> None:
    found = eg.diversity(settled().two_mode(PATH))
    assert np.isnan(found["hill_1"][1]) and found["note"][1] == "no member with a type"
    assert (found["members"][1], found["types"][1], found["largest"][1]) == (0, 0, None)
    assert found.explain("three") == "three: no member with a type, so there is no diversity."
    said = "one: 3 members of 2 types, as diverse as 1.89 types of equal size; the largest is student with 66.7%."
    assert found.explain("one") == said
    assert "大学生" in found.explain("one", language="zh")
    assert found.explain("all", language="zh").startswith("全部平台")


def test_a_platform_called_all_is_told_from_the_whole() -> None:
    eco = eg.from_tables(
        {"Maker": MAKERS, "Makerspace": {"id": ["all"]}},
        {"SETTLED_IN": {"source": ["a"], "target": ["all"]}},
    )
    assert eg.diversity(eco.two_mode(PATH))["group"].tolist() == ["Makerspace:all", "all"]


def slow(eco: eg.Ecosystem, by: str) -> dict[str, dict[str, float]]:
    """Diversity of each project from lists of its members."""
    types = {(kind, row["id"]): kind if by == "kind" else row.get(by) for kind in eco.kinds
             for row in eco.nodes(kind).rows()}  # fmt: skip
    joins = {((row["source_kind"], row["source"]), row["target"]) for row in eco.relations("JOINS").rows()}
    projects = eco.nodes("Project")["id"].tolist()
    members = {project: {who for who, what in joins if what == project} for project in projects}
    members["all"] = {who for who, _ in joins}
    expected = {}
    for group, nodes in members.items():
        shares = Counter(types[node] for node in nodes if types[node] is not None)
        total = sum(shares.values())
        expected[group] = {
            "members": total,
            "types": len(shares),
            "blau": 1 - sum((count / total) ** 2 for count in shares.values()) if total else math.nan,
            "shannon": -sum(c / total * math.log(c / total) for c in shares.values()) if total else math.nan,
        }
    return expected


@pytest.mark.parametrize("by", ["kind", "group"])
def test_it_equals_a_slow_twin(by: str, rounds) -> None:
    for seed in range(rounds(20, 200)):
        eco = made(seed).ecosystem
        found = eg.diversity(eco.two_mode("Actor -JOINS-> Project"), by=by)
        expected = slow(eco, by)
        assert found["group"].tolist() == list(expected)
        for column in ("members", "types", "blau", "shannon"):
            assert found[column].tolist() == pytest.approx([row[column] for row in expected.values()], nan_ok=True)


@given(made_ecosystems)
def test_a_type_for_each_member_is_most_diverse_and_one_for_all_least(tables) -> None:
    view = tables.ecosystem.two_mode("Actor -JOINS-> Project")
    keys = {"kind": view.nodes.kinds, "id": view.nodes.ids}
    apart = eg.diversity(view, by=eg.Table({**keys, "value": view.nodes.ids}))
    alike = eg.diversity(view, by=eg.Table({**keys, "value": pa.array(["x"] * view.n, pa.string())}))
    assert apart["types"].tolist() == apart["members"].tolist() == alike["members"].tolist()
    known = apart["members"] > 0
    assert apart["hill_1"][known] == pytest.approx(apart["members"][known])
    assert set(alike["hill_1"][known].tolist()) <= {1.0}


def test_a_path_of_several_steps_and_the_other_way_round() -> None:
    eco = made(7).ecosystem
    one_step = eco.two_mode("Actor -JOINS-> Project")
    three = eco.two_mode("Actor -JOINS-> Project <-JOINS- Actor -JOINS-> Project")
    assert (eg.diversity(three, by="kind")["members"] >= eg.diversity(one_step, by="kind")["members"]).all()
    turned = eg.diversity(eco.two_mode("Project <-JOINS- Actor"), by="kind")
    assert set(turned["types"].tolist()) <= {0, 1}


def test_slices_have_a_row_a_platform_each() -> None:
    found = eg.diversity(settled().slices(every="year").two_mode(PATH))
    assert len(found) == 8
    assert found["members"].tolist()[:4] == [3, 0, 2, 4]


def test_wrong_attributes_and_tables() -> None:
    view = settled().two_mode(PATH)
    with pytest.raises(UnknownNameError, match="colour"):
        eg.diversity(view, by="colour")
    with pytest.raises(ParameterError, match="kind, id and a value"):
        eg.diversity(view, by=eg.Table({"id": ["a"]}))
