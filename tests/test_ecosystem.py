"""Ecosystem: making, selecting, summing up, and staying the same."""

import datetime as dt
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import EcographError, LoadError, ParameterError, UnknownNameError
from tests.strategies import made, made_ecosystems

NODES = {
    "Maker": {
        "id": ["00123", "NA", "cy"],
        "background": ["大学生", "returnee", "astronaut"],
        "valid_from": ["2024-01-01", None, "2025-06-01"],
        "valid_to": ["2024-07-01", None, None],
    },
    "Enterprise": {"id": ["acme"], "name": ["Acme 公司"]},
    "Makerspace": {"id": ["hub"]},
}
RELATIONS = {
    "SETTLED_IN": {
        "source": ["00123", "NA"],
        "target": ["hub", "hub"],
        "valid_from": ["2024-01-01", "2024-03-01"],
        "valid_to": ["2024-04-01", None],
    },
    "TRANSFERS": {
        "source": ["acme", "acme"],
        "target": ["NA", "cy"],
        "at": ["2024-03-31", "2024-04-01"],
        "amount": [1.5, 2.5],
        "unit": ["CNY", "CNY"],
    },
}


@pytest.fixture
def eco() -> eg.Ecosystem:
    return eg.from_tables(NODES, RELATIONS)


def test_ids_are_text_and_words_load_in_either_language(eco: eg.Ecosystem) -> None:
    makers = eco.nodes("创客")
    assert makers["id"].tolist() == ["00123", "NA", "cy"]
    assert makers["background"].tolist() == ["student", "returnee", "astronaut"]
    assert eco.quality.counts() == {"open_word": 1}
    assert makers.translated("zh")["背景"].tolist() == ["大学生", "归国留学生", "astronaut"]


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame,
        pl.DataFrame,
        pa.table,
        lambda columns: duckdb.from_arrow(pa.table(columns)),
    ],
    ids=["pandas", "polars", "pyarrow", "duckdb"],
)
def test_any_frame_gives_the_same_ecosystem(frame: Any, eco: eg.Ecosystem) -> None:
    nodes = {kind: frame(columns) for kind, columns in NODES.items()}
    relations = {kind: frame(columns) for kind, columns in RELATIONS.items()}
    assert eg.from_tables(nodes, relations) == eco
    assert hash(eg.from_tables(nodes, relations)) == hash(eco)


def test_chinese_headings_and_names_give_the_same_ecosystem(eco: eg.Ecosystem) -> None:
    nodes = {
        eco.schema.kind(kind).zh: eco.nodes(kind).translated("zh") for kind in ("Maker", "Enterprise", "Makerspace")
    }
    relations = {eco.schema.relation(kind).zh: eco.relations(kind).translated("zh") for kind in RELATIONS}
    again = eg.from_tables(nodes, {kind: table.frame().drop(columns=["键"]) for kind, table in relations.items()})
    assert again == eco


def test_the_summary_counts_and_dates(eco: eg.Ecosystem) -> None:
    rows = {row["kind"]: row for row in eco.summary().rows()}
    assert rows["Maker"]["count"] == 3 and rows["Maker"]["zh"] == "创客"
    assert (rows["TRANSFERS"]["first"], rows["TRANSFERS"]["last"]) == (dt.date(2024, 3, 31), dt.date(2024, 4, 1))
    assert repr(eco) == "ecosystem: 5 nodes, 4 relations, 1 findings"
    assert len(eg.from_tables({}, {}).summary()) == 0


def test_nodes_of_a_branch_and_where(eco: eg.Ecosystem) -> None:
    everyone = eco.nodes("Actor")
    assert everyone["kind"].tolist() == ["Maker", "Maker", "Maker", "Enterprise", "Makerspace"]
    assert eco.where("Maker", background="student")["id"].tolist() == ["00123"]
    assert eco.where("Organisation", id=["acme", "hub"])["id"].tolist() == ["acme", "hub"]
    assert len(eco.nodes("Project")) == 0 and "id" in eco.nodes("Project").names
    assert eco.relations("COLLABORATES").names[:4] == ("source_kind", "source", "target_kind", "target")
    assert eco.relations("TRANSFERS")["key"].tolist() == [
        "Enterprise:acme > Maker:NA #1",
        "Enterprise:acme > Maker:cy #1",
    ]
    with pytest.raises(UnknownNameError, match="colour"):
        eco.where("Maker", colour="red")
    with pytest.raises(UnknownNameError, match="did you mean Maker"):
        eco.nodes("Makers")
    with pytest.raises(ParameterError, match="holds date32"):
        eco.where("Maker", valid_from="soon")


def test_between_keeps_spans_that_meet_it_and_moments_inside(eco: eg.Ecosystem) -> None:
    spring = eco.between("2024-03-01", "2024-04-01")
    assert spring.nodes("Maker")["id"].tolist() == ["00123", "NA"]
    assert spring.relations("SETTLED_IN")["source"].tolist() == ["00123", "NA"]
    assert spring.relations("TRANSFERS")["target"].tolist() == ["NA"]
    assert len(eco.between("2024-04-01", "2024-05-01").relations("SETTLED_IN")) == 1
    assert spring.fingerprint != eco.fingerprint and spring.loaded == eco.fingerprint
    net = spring.network("SETTLED_IN")
    assert net.recipe["selection"] == [{"between": ["2024-03-01", "2024-04-01"]}]
    assert eg.repeat(eg.degree(net), eco) == eg.degree(net)


def test_at_keeps_what_holds_on_a_day_and_no_moments(eco: eg.Ecosystem) -> None:
    day = eco.at("2024-03-31")
    assert day.relations("SETTLED_IN")["source"].tolist() == ["00123", "NA"]
    assert day.relation_kinds == ("SETTLED_IN",)
    assert eco.at("2024-04-01").relations("SETTLED_IN")["source"].tolist() == ["NA"]
    assert eg.repeat(eg.degree(day.network("SETTLED_IN")), eco) == eg.degree(day.network("SETTLED_IN"))


def test_a_key_stays_when_a_part_is_taken() -> None:
    rows = {"source": ["a", "a"], "target": ["p", "p"], "at": ["2024-01-01", "2025-01-01"], "score": [1.0, 2.0]}
    eco = eg.from_tables({"Maker": {"id": ["a"]}, "Project": {"id": ["p"]}}, {"EVALUATES": rows})
    keys = eco.relations("EVALUATES")["key"].tolist()
    assert keys == ["Maker:a > Project:p #1", "Maker:a > Project:p #2"]
    assert eco.between("2025-01-01", "2026-01-01").relations("EVALUATES")["key"].tolist() == keys[1:]


@pytest.mark.parametrize(
    "days",
    [
        ("soon", "2024-01-01"),
        ("2024-01-01", "2024-01-01"),
        ("2024-02-30", "2024-03-01"),
        ("2024-01", "2024-03-01"),
        ("2024-01-01", "today"),
    ],
)
def test_wrong_days(days: tuple[str, str], eco: eg.Ecosystem) -> None:
    with pytest.raises(ParameterError):
        eco.between(*days)
    with pytest.raises(ParameterError, match="day='never'"):
        eco.at("never")


def test_strict_refuses_with_the_first_lines() -> None:
    rows = {"source": ["ada"], "target": ["nobody"]}
    with pytest.raises(LoadError, match=r"strict: 1 rows.*relations/COLLABORATES row 2: target 'nobody'"):
        eg.from_tables({"Maker": {"id": ["ada"]}}, {"COLLABORATES": rows}, strict=True)
    assert len(eg.from_tables({"Maker": {"id": ["ada"]}}, {"COLLABORATES": rows}).quality) == 1


@pytest.mark.parametrize(
    ("nodes", "relations"),
    [
        ({"Maker": {"name": ["x"]}}, {}),
        ({"Robot": {"id": ["x"]}}, {}),
        ({}, {"KNOWS": {"source": ["a"], "target": ["b"]}}),
        ({}, {"COLLABORATES": {"source": ["a"]}}),
        ({"Maker": 3}, {}),
        ({"Maker": {"id": ["a", "b"], "name": ["x"]}}, {}),
    ],
)
def test_tables_that_are_no_tables_are_refused_in_one_line(nodes: Any, relations: Any) -> None:
    with pytest.raises(EcographError) as caught:
        eg.from_tables(nodes, relations)
    assert "\n" not in str(caught.value)


@given(made_ecosystems, st.integers(0, 100))
def test_the_order_of_rows_does_not_matter(tables, seed: int) -> None:
    one, other = tables.ecosystem, tables.shuffled(seed).ecosystem
    assert one == other
    assert one.summary() == other.summary()


@given(st.integers(0, 50))
def test_other_content_has_another_fingerprint(seed: int) -> None:
    one, other = made(seed), made(seed)
    other.relations["ARC"]["hours"][0] += 1
    assert other.ecosystem.fingerprint != one.ecosystem.fingerprint


def test_nothing_of_the_input_is_changed() -> None:
    frame = pd.DataFrame(NODES["Maker"])
    before = frame.copy()
    eg.from_tables({"Maker": frame}, {})
    pd.testing.assert_frame_equal(frame, before)
