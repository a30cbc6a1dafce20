"""Merging: the nodes a table says are the same become one, and nothing of them is lost without a word."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.content import NUMBER
from ecograph.errors import LoadError, ParameterError

Row = dict[str, Any]

FIRMS = {
    "id": ["a", "b", "c", "d"],
    "name": ["海尔集团", "海尔集团公司", None, "Delta"],
    "country": [None, "CN", "DE", "FR"],
    "valid_from": ["2020-01-01", "2018-05-01", "2021-01-01", None],
    "valid_to": ["2024-01-01", None, "2022-01-01", None],
}
NODES = {
    "Enterprise": FIRMS,
    "Resource": {"id": ["r", "s"]},
    "University": {"id": ["u"]},
    "Makerspace": {"id": ["hub"]},
}
MOVED = {
    "source": ["a", "b", "d", "d"],
    "target": ["u", "u", "a", "u"],
    "resource": ["r", "s", "s", None],
    "amount": [1.0, 1.0, 2.0, 3.0],
    "unit": ["h"] * 4,
    "at": ["2024-01-01"] * 4,
}
RELATIONS = {"TRANSFERS": MOVED, "COLLABORATES": {"source": ["a", "b", "d"], "target": ["b", "d", "c"]}}


def same(kind: str, *pairs: str) -> dict[str, list[str]]:
    """Mapping of pairs such as ``"b a"``: b is the same as a."""
    ids, others = zip(*(pair.split() for pair in pairs), strict=True) if pairs else ((), ())
    return {"kind": [kind] * len(pairs), "id": list(ids), "same_as": list(others)}


@pytest.fixture
def eco() -> eg.Ecosystem:
    return eg.from_tables(NODES, RELATIONS)


def found(eco: eg.Ecosystem) -> list[tuple[str, str, int | None, str, str]]:
    return [(item.code, item.file, item.row, item.column, item.value) for item in eco.quality]


def test_the_node_that_is_kept_takes_what_it_lacks(eco: eg.Ecosystem) -> None:
    one = eco.merged(same("企业", "c a", "b a"))
    assert next(one.nodes("Enterprise").rows()) == {
        "id": "a",
        "name": "海尔集团",
        "valid_from": dt.date(2018, 5, 1),
        "valid_to": None,
        "country": "CN",
    }
    assert one.nodes("Enterprise")["id"].tolist() == ["a", "d"]
    assert [item for item in found(one) if item[0] == "merged_value"] == [
        ("merged_value", "nodes/Enterprise", 2, "valid_from", "2020-01-01"),
        ("merged_value", "nodes/Enterprise", 2, "valid_to", "2024-01-01"),
        ("merged_value", "nodes/Enterprise", 3, "name", "海尔集团公司"),
        ("merged_value", "nodes/Enterprise", 4, "country", "DE"),
        ("merged_value", "nodes/Enterprise", 4, "valid_from", "2021-01-01"),
        ("merged_value", "nodes/Enterprise", 4, "valid_to", "2022-01-01"),
    ]


def test_relations_go_with_their_nodes_in_the_order_of_their_identity(eco: eg.Ecosystem) -> None:
    one = eco.merged(same("Enterprise", "a c", "b c"))
    moved = one.relations("TRANSFERS")
    assert moved["source"].tolist() == ["c", "c", "d", "d"]
    assert [key.partition("#")[2] for key in moved["key"]] == ["1", "2", "1", "1"]
    assert moved["target"].tolist() == ["u", "u", "c", "u"]
    assert one.relations("COLLABORATES")["key"].tolist() == [
        "Enterprise:c > Enterprise:d #1",
        "Enterprise:c > Enterprise:d #2",
    ]
    assert [item for item in found(one) if item[1] == "relations/COLLABORATES"] == [
        ("merged_tie", "relations/COLLABORATES", 2, "target", "c"),
        ("merged_rows", "relations/COLLABORATES", 4, "", ""),
    ]


def test_self_ties_stay_where_the_schema_allows_them() -> None:
    nodes = {"Makerspace": {"id": ["a", "b"]}}
    eco = eg.from_tables(nodes, {"OFFERS_SERVICE": {"source": ["a", "b"], "target": ["b", "b"]}})
    one = eco.merged(same("Makerspace", "b a"))
    assert one.relations("OFFERS_SERVICE")["target"].tolist() == ["a", "a"]
    assert one.quality.counts() == {"merged_rows": 1}


def test_references_name_the_node_that_is_kept(eco: eg.Ecosystem) -> None:
    one = eco.merged(same("Resource", "s r"))
    assert one.relations("TRANSFERS")["resource"].tolist() == ["r", "r", "r", None]
    assert one.quality.counts() == {}
    both = one.merged(same("Enterprise", "b a"))
    assert both.quality.counts()["merged_rows"] == 1
    assert both == eco.merged(same("Enterprise", "b a")).merged(same("Resource", "s r"))


def test_rows_made_equal_by_a_reference_are_found_and_old_ones_not_again() -> None:
    moved = {"source": ["u"] * 4, "target": ["v"] * 4, "resource": ["r", "r", "s", None]}
    eco = eg.from_tables({"University": {"id": ["u", "v"]}, "Resource": {"id": ["r", "s"]}}, {"TRANSFERS": moved})
    assert eco.quality.counts() == {"equal_rows": 1}
    one = eco.merged(same("Resource", "s r"))
    assert one.quality.counts() == {"equal_rows": 1, "merged_rows": 1}
    assert one.relations("TRANSFERS")["resource"].tolist() == [None, "r", "r", "r"]


def test_a_reference_that_becomes_ambiguous_is_emptied_and_found() -> None:
    schema = eg.Schema(
        "owners",
        [
            eg.NodeKind("Actor"),
            eg.NodeKind("Man", "Actor", branch=True),
            eg.NodeKind("Team", "Actor", branch=True),
            eg.NodeKind("Thing", attributes=(eg.Attribute("owner", ref="Actor"),)),
        ],
        [],
    )
    nodes = {"Man": {"id": ["x", "y"]}, "Team": {"id": ["y"]}, "Thing": {"id": ["t"], "owner": ["x"]}}
    one = eg.from_tables(nodes, {}, schema).merged(same("Man", "x y"))
    assert one.nodes("Thing")["owner"].tolist() == [None]
    assert one.quality.counts() == {"ambiguous_reference": 1}


def test_chains_are_followed_through_nodes_that_are_not_here(eco: eg.Ecosystem) -> None:
    one = eco.merged(same("Enterprise", "a ghost", "ghost d"))
    assert one.nodes("Enterprise")["id"].tolist() == ["b", "c", "d"]
    assert [item for item in found(one) if item[1] == "merge"] == [("unknown_node", "merge", 3, "id", "ghost")]


def test_rows_that_cannot_be_used_are_found(eco: eg.Ecosystem) -> None:
    table = {
        "类型": ["企业", "Robot", "University", "Enterprise", None, "Enterprise", "Organisation", "Enterprise"],
        "编号": ["eve", "x", "u", " ", "d", "d", "a", "d"],
        "等同于": ["a", "y", "v", "a", "a", None, "b", "d"],
        "score": [1.0] * 8,
    }
    one = eco.merged(table)
    assert one == eco and one.selection == ()
    assert found(one) == [
        ("unknown_node", "merge", 2, "id", "eve"),
        ("unknown_kind", "merge", 3, "kind", "Robot"),
        ("unknown_node", "merge", 4, "same_as", "v"),
        ("blank_id", "merge", 5, "id", ""),
        ("unknown_kind", "merge", 6, "kind", ""),
        ("unknown_kind", "merge", 8, "kind", "Organisation"),
    ]
    for item in one.quality:
        assert "{" not in item.line("zh")


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        (["a b", "b a", "c a"], "the rows of Enterprise a and Enterprise b lead round in a circle"),
        (["b c", "c d", "d b", "x y"], "the rows of Enterprise b, Enterprise c and Enterprise d lead"),
        (["c a", "c b"], "rows make one of Enterprise a and Enterprise b but keep each"),
    ],
)
def test_tables_that_contradict_themselves_are_refused(pairs: list[str], message: str, eco: eg.Ecosystem) -> None:
    for order in (pairs, pairs[::-1]):
        with pytest.raises(ParameterError, match=message) as caught:
            eco.merged(same("Enterprise", *order))
        assert "\n" not in str(caught.value)


def test_a_column_that_is_missing_is_named(eco: eg.Ecosystem) -> None:
    with pytest.raises(LoadError, match=r"merge row 1: no column same_as \(等同于\); found: kind, id; add it"):
        eco.merged({"kind": ["Enterprise"], "id": ["a"]})


def test_pairs_of_one_group_may_say_the_same_twice(eco: eg.Ecosystem) -> None:
    assert eco.merged(same("Enterprise", "b a", "c b", "c a", "c a")) == eco.merged(same("Enterprise", "b a", "c a"))


@pytest.mark.parametrize("frame", [pd.DataFrame, eg.Table])
def test_any_table_will_do_and_ids_may_be_numbers(frame: Any) -> None:
    eco = eg.from_tables({"Team": {"id": [1, 2]}}, {})
    one = eco.merged(frame({"kind": ["Team"], "id": [2], "same_as": [1]}))
    assert one.nodes("Team")["id"].tolist() == ["1"]


def test_results_can_be_repeated_saved_and_loaded(eco: eg.Ecosystem, tmp_path: Path) -> None:
    one = eco.between("2019-01-01", "2025-01-01").merged(same("Enterprise", "b a", "c b"))
    assert one.selection[1] == {"merged": [same("Enterprise", "b a", "c a")]}
    result = eg.degree(one.network("COLLABORATES"))
    assert eg.repeat(result, eco) == result
    result.save(tmp_path / "r.parquet")
    assert eg.repeat(eg.load(tmp_path / "r.parquet"), eco) == result
    sliced = eg.degree(one.slices("year").network("TRANSFERS"))
    assert eg.repeat(sliced, eco) == sliced
    assert one.loaded == eco.fingerprint


def test_origins_stay_with_their_rows_and_a_snapshot_has_its_own(eco: eg.Ecosystem, tmp_path: Path) -> None:
    mapping = same("Enterprise", "a c")
    one = eco.merged(mapping)
    assert one.content.origins["Enterprise"].column("row").to_pylist() == [3, 4, 5]
    rows = one.content.origins["TRANSFERS"].column("row").to_pylist()
    assert [(MOVED["resource"][row - 2], MOVED["amount"][row - 2]) for row in rows] == [
        (row["resource"], row["amount"]) for row in one.relations("TRANSFERS").rows()
    ]
    eg.write(eco, tmp_path / "eco")
    again = eg.read(tmp_path / "eco").merged(mapping)
    assert again == one
    assert again.quality.counts() == one.quality.counts()
    eg.write(again, tmp_path / "one")
    assert eg.read(tmp_path / "one", strict=True) == one


# ---- laws, on random tables ----

IDS = {"Enterprise": ["a", "b", "c", "d", "e"], "Makerspace": ["f", "g", "h"], "Resource": ["r", "s", "t"]}
DIRECTED = ("TRANSFERS", "SUPPLIES", "OFFERS_SERVICE")


@st.composite
def node_tables(draw: st.DrawFn) -> dict[str, list[Row]]:
    days = st.sampled_from([None, "2020-01-01", "2021-01-01"])
    later = st.sampled_from([None, "2022-01-01", "2023-01-01T12:00Z"])
    words = st.sampled_from([None, "甲", "B", "Γ"])
    cells = st.fixed_dictionaries({"name": words, "country": words, "valid_from": days, "valid_to": later})
    return {kind: [{"id": one, **draw(cells)} for one in ids] for kind, ids in IDS.items()}


@st.composite
def relation_tables(draw: st.DrawFn) -> dict[str, list[Row]]:
    firms, hubs, things = IDS.values()
    either = {"amount": st.sampled_from([None, 1.0, 2.0]), "unit": st.just("h")}
    resource = {"resource": st.sampled_from([None, *things])}
    ends = {
        "TRANSFERS": (firms, firms + hubs, {**either, **resource}),
        "SUPPLIES": (firms, hubs, {**resource, "key": st.none()}),
        "COLLABORATES": (firms + hubs, firms + hubs, {"hours": st.sampled_from([None, 0.5])}),
        "OFFERS_SERVICE": (hubs, hubs, either),
    }
    tables = {}
    for name, (sources, targets, rest) in ends.items():
        row = st.fixed_dictionaries({"source": st.sampled_from(sources), "target": st.sampled_from(targets), **rest})
        tables[name] = draw(st.lists(row, max_size=12))
    for number, row in enumerate(tables["SUPPLIES"]):
        row["key"] = f"k{number * 7 % 12:02}"
    return tables


@st.composite
def mappings(draw: st.DrawFn) -> list[tuple[str, str, str]]:
    """Rows without a circle, of which every group keeps one node."""
    rows = []
    for kind, ids in IDS.items():
        order = draw(st.permutations(ids))
        for place, one in enumerate(order[1:], start=1):
            if draw(st.booleans()):
                rows.append((kind, one, order[draw(st.integers(0, place - 1))]))
    return draw(st.permutations(rows))


def table_of(rows: Sequence[tuple[str, str, str]]) -> dict[str, list[str]]:
    return {name: [row[place] for row in rows] for place, name in enumerate(("kind", "id", "same_as"))}


def columns(rows: Sequence[Row]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in (rows[0] if rows else ("source", "target"))}


def made_of(nodes: Mapping[str, list[Row]], relations: Mapping[str, list[Row]]) -> eg.Ecosystem:
    return eg.from_tables(
        {kind: columns(rows) for kind, rows in nodes.items()}, {kind: columns(rows) for kind, rows in relations.items()}
    )


def roots(rows: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """Id that is kept of each id; ids are unique over all kinds here."""
    step = {one: other for _, one, other in rows}
    found = {}
    for one in (one for ids in IDS.values() for one in ids):
        found[one] = one
        while found[one] in step:
            found[one] = step[found[one]]
    return found


def slow_twin(
    nodes: Mapping[str, list[Row]], relations: Mapping[str, list[Row]], rows: Sequence[tuple[str, str, str]]
) -> eg.Ecosystem:
    """Merge plain rows one by one, and load what comes out."""
    kept = roots(rows)
    folded: dict[str, list[Row]] = {}
    for kind, table in nodes.items():
        groups: dict[str, list[Row]] = {}
        for row in sorted(table, key=lambda row: (kept[row["id"]] != row["id"], row["id"])):
            groups.setdefault(kept[row["id"]], []).append(row)
        folded[kind] = [
            {
                "id": one,
                "name": next((row["name"] for row in group if row["name"]), None),
                "country": next((row["country"] for row in group if row["country"]), None),
                "valid_from": min(row["valid_from"] or "" for row in group) or None,
                "valid_to": None if None in (ends := [row["valid_to"] for row in group]) else max(ends),
            }
            for one, group in groups.items()
        ]
    pointing = ("source", "target", "resource")
    moved = {
        kind: [
            {name: kept.get(cell, cell) if name in pointing else cell for name, cell in row.items()} for row in table
        ]
        for kind, table in relations.items()
    }
    return made_of(folded, moved)


@given(node_tables(), relation_tables(), mappings())
def test_merging_is_what_merging_plain_rows_one_by_one_is(
    nodes: dict[str, list[Row]], relations: dict[str, list[Row]], rows: list[tuple[str, str, str]]
) -> None:
    eco = made_of(nodes, relations)
    one, twin = eco.merged(table_of(rows)), slow_twin(nodes, relations, rows)
    for kind in IDS:
        assert one.nodes(kind) == twin.nodes(kind)
    for kind, table in one.content.relations.items():
        assert table.equals(twin.content.relations[kind].select(table.column_names)), kind
        assert (NUMBER in table.column_names) == (NUMBER in twin.content.relations[kind].column_names)
    assert one == twin
    counts = one.quality.counts()
    assert counts.get("self_tie", 0) + counts.get("merged_tie", 0) == twin.quality.counts().get("self_tie", 0)
    # rows that were equal before and now tie a node to itself are found as both; the twin meets them as ties alone
    equal, expected = counts.get("equal_rows", 0) + counts.get("merged_rows", 0), twin.quality.counts()
    assert expected.get("equal_rows", 0) <= equal <= expected.get("equal_rows", 0) + counts.get("merged_tie", 0)


@given(node_tables(), relation_tables(), mappings(), st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_the_way_they_are_chained_says_anything(
    nodes: dict[str, list[Row]], relations: dict[str, list[Row]], rows: list[tuple[str, str, str]], random: Any
) -> None:
    eco = made_of(nodes, relations)
    one = eco.merged(table_of(rows))
    mixed = random.sample(rows, len(rows))
    star = [(kind, one, kept) for kind, ids in IDS.items() for one in ids if (kept := roots(rows)[one]) != one]
    for other in (mixed, star, [*star, *rows]):
        again = eco.merged(table_of(other))
        assert again == one
        assert again.selection == one.selection
        assert again.quality.counts() == one.quality.counts()
    assert eco.merged(table_of([])) == eco
    assert eco.merged(table_of([])).quality == eco.quality


@given(node_tables(), relation_tables(), mappings(), st.integers(0, 10))
def test_merging_twice_is_merging_once(
    nodes: dict[str, list[Row]], relations: dict[str, list[Row]], rows: list[tuple[str, str, str]], cut: int
) -> None:
    """Nodes that are one and do not contradict each other: their cells are those of one row, or missing."""
    kept = roots(rows)
    for table in nodes.values():
        own = {row["id"]: row for row in table}
        for row in table:
            row |= {name: row[name] and own[kept[row["id"]]][name] for name in ("name", "country")}
    eco = made_of(nodes, relations)
    first = rows[:cut]
    later = [(kind, one, other) for kind, one, other in rows[cut:]]
    middle = roots(first)
    twice = eco.merged(table_of(first)).merged(table_of([(kind, one, middle[other]) for kind, one, other in later]))
    assert twice == eco.merged(table_of(rows))


@given(node_tables(), relation_tables(), mappings())
def test_ends_are_kept_but_for_the_ties_that_are_reported(
    nodes: dict[str, list[Row]], relations: dict[str, list[Row]], rows: list[tuple[str, str, str]]
) -> None:
    eco = made_of(nodes, relations)
    one, kept = eco.merged(table_of(rows)), roots(rows)
    for kind in eco.relation_kinds:
        before, after = eco.relations(kind), one.relations(kind)
        reported = [item for item in one.quality if item.code == "merged_tie" and item.file == f"relations/{kind}"]
        assert len(before) == len(after) + len(reported)
        ends = np.concatenate([before["source"], before["target"]]).tolist()
        sums = {name: sum(kept[end] == name for end in ends) for name in kept.values()}
        for item in reported:
            sums[item.value] -= 2
        found = np.concatenate([after["source"], after["target"]]).tolist()
        assert {name: found.count(name) for name in sums} == sums
