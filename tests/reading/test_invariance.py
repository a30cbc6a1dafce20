"""What is loaded does not depend on row order, files, formats or language."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as arrow_parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.content import Content
from ecograph.reading import Raw, assemble, read_csv, read_parquet
from ecograph.schema import Attribute
from tests.reading.messy import NODES, RELATIONS, SCHEMA, Row, Tables, raw, raws


def codes(tables: Mapping[str, list[Raw]], relations: Mapping[str, list[Raw]]) -> tuple[Content, dict[str, int]]:
    content, findings = assemble(SCHEMA, tables, relations)
    return content, findings.counts()


def assert_same(one: Content, other: Content) -> None:
    assert one.fingerprint == other.fingerprint
    for mine, its in ((one.nodes, other.nodes), (one.relations, other.relations)):
        assert list(mine) == list(its)
        assert all(mine[kind].equals(its[kind]) for kind in mine)


@given(NODES, RELATIONS, st.randoms(use_true_random=False))
def test_rows_may_stand_in_any_order(nodes: Tables, relations: Tables, random: Any) -> None:
    given_content, given_codes = codes(raws(nodes, "nodes"), raws(relations, "relations"))
    for rows in (*nodes.values(), *relations.values()):
        random.shuffle(rows)
    content, counts = codes(raws(nodes, "nodes"), raws(relations, "relations"))
    assert_same(content, given_content)
    assert counts == given_codes


@given(NODES, RELATIONS, st.data())
def test_rows_may_stand_in_several_files(nodes: Tables, relations: Tables, data: st.DataObject) -> None:
    def split(tables: Tables, folder: str) -> dict[str, list[Raw]]:
        files = {}
        for kind, rows in tables.items():
            if rows:
                columns, cut = tuple(rows[0]), data.draw(st.integers(0, len(rows)))
                parts = enumerate((rows[cut:], rows[:cut]))
                files[kind] = [raw(part, f"{folder}/{kind}-{number}.csv", columns) for number, part in parts]
        return files

    content, counts = codes(split(nodes, "nodes"), split(relations, "relations"))
    given_content, given_codes = codes(raws(nodes, "nodes"), raws(relations, "relations"))
    assert_same(content, given_content)
    assert counts == given_codes


def chinese(rows: list[Row], columns: tuple[Attribute, ...]) -> list[Row]:
    """Headings, kinds and words of vocabularies in Chinese."""
    headings = {column.name: column.zh for column in columns}
    words = {name: {kind.name: kind.zh for kind in SCHEMA.kinds} for name in ("source_kind", "target_kind")}
    for column in columns:
        if column.vocabulary:
            words[column.name] = {word.name: word.zh for word in SCHEMA.vocabulary(column.vocabulary).words}
    return [
        {headings.get(name, name): words.get(name, {}).get(cell, cell) for name, cell in row.items()} for row in rows
    ]


@given(NODES, RELATIONS)
def test_headings_kinds_and_words_may_be_chinese(nodes: Tables, relations: Tables) -> None:
    given_content, given_codes = codes(raws(nodes, "nodes"), raws(relations, "relations"))
    nodes = {SCHEMA.kind(kind).zh: chinese(rows, SCHEMA.node_columns(kind)) for kind, rows in nodes.items()}
    relations = {
        SCHEMA.relation(kind).zh: chinese(rows, SCHEMA.relation_columns(kind)) for kind, rows in relations.items()
    }
    content, counts = codes(raws(nodes, "nodes"), raws(relations, "relations"))
    assert_same(content, given_content)
    assert counts == given_codes


@given(NODES)
def test_leaves_may_stand_in_the_file_of_their_branch(nodes: Tables) -> None:
    people = {kind: nodes[kind] for kind in ("Maker", "Helper")}
    given_content, given_codes = codes(raws(people, "nodes"), {})
    names = {"kind": "", **dict.fromkeys((name for rows in people.values() for row in rows for name in row), "")}
    rows = [{**names, **row, "kind": kind} for kind, rows in people.items() for row in rows if any(row.values())]
    content, counts = codes({"Person": [raw(rows, "nodes/Person.csv")]} if rows else {}, {})
    if any("extra" in row for row in rows):  # the column is unknown to both leaves
        counts["unknown_column"] = given_codes["unknown_column"]
        content = Content(SCHEMA, {kind: drop(table, "extra") for kind, table in content.nodes.items()}, {})
        given_content = Content(SCHEMA, {kind: drop(table, "extra") for kind, table in given_content.nodes.items()}, {})
    assert content.fingerprint == given_content.fingerprint
    assert counts == given_codes


def drop(table: pa.Table, name: str) -> pa.Table:
    return table.drop_columns([name]) if name in table.column_names else table


def tables_of(content: Content) -> tuple[dict[str, pa.Table], dict[str, pa.Table]]:
    """Typed tables that say the same, with ids for positions, and keys where the user gave them."""
    relations = {}
    for kind, table in content.relations.items():
        rows = content.relation_rows(kind).drop_columns(["key"])
        relations[kind] = rows.append_column("key", table.column("key")) if "key" in table.column_names else rows
    return dict(content.nodes), relations


@given(NODES, RELATIONS)
def test_csv_parquet_and_frames_load_alike(
    tmp_path_factory: pytest.TempPathFactory, nodes: Tables, relations: Tables
) -> None:
    folder = tmp_path_factory.getbasetemp()
    content = assemble(SCHEMA, raws(nodes, "nodes"), raws(relations, "relations"))[0]
    typed = tables_of(content)
    for load in (through_frame, through_pandas, through_parquet, through_csv):
        loaded = [{kind: [load(table, folder)] for kind, table in tables.items()} for tables in typed]
        again, findings = assemble(SCHEMA, *loaded)
        assert again.fingerprint == content.fingerprint, load.__name__
        assert set(findings.counts()) <= {"unknown_column", "open_word", "equal_rows", "no_unit", "blank_key"}


def through_frame(table: pa.Table, _: Path) -> Raw:
    return Raw(table, "frame")


def through_pandas(table: pa.Table, _: Path) -> Raw:
    return Raw(pa.table(table.to_pandas()), "frame")


def through_parquet(table: pa.Table, folder: Path) -> Raw:
    arrow_parquet.write_table(table, folder / "table.parquet")
    return read_parquet(folder / "table.parquet", "table.parquet")[0]


def through_csv(table: pa.Table, folder: Path) -> Raw:
    arrow_csv.write_csv(table, folder / "table.csv")
    return read_csv(folder / "table.csv", "table.csv")[0]


@given(NODES)
def test_a_file_says_what_its_text_says(tmp_path_factory: pytest.TempPathFactory, nodes: Tables) -> None:
    path = tmp_path_factory.getbasetemp() / "Maker.csv"
    rows = nodes["Maker"]
    if not rows:
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, tuple(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    made, _ = read_csv(path, "nodes/Maker.csv")
    from_file, from_text = (assemble(SCHEMA, {"Maker": [one]}, {}) for one in (made, raw(rows, "nodes/Maker.csv")))
    assert_same(from_file[0], from_text[0])
    assert from_file[1] == from_text[1]
