"""The smallest table for every code, and what is found in it."""

import string
from typing import Any

import pyarrow as pa
import pytest

from ecograph.content import Content
from ecograph.quality import Findings
from ecograph.reading import Raw, assemble
from ecograph.text import subject
from tests.reading.messy import SCHEMA

PEOPLE = {"Maker": {"id": ["ada", "bo"]}, "Team": {"id": ["bo"]}, "Place": {"id": ["p"]}, "Park": {"id": ["p", "q"]}}
READERS_OWN = {"wrong_fields"}  # found before there is a table: test_csv.py


def load(nodes: dict[str, Any], relations: dict[str, Any] | None = None) -> tuple[Content, Findings]:
    """Assemble tables given as columns."""
    raw_nodes = {kind: [Raw(pa.table(columns), f"nodes/{kind}.csv")] for kind, columns in nodes.items()}
    ties = {kind: [Raw(pa.table(columns), f"relations/{kind}.csv")] for kind, columns in (relations or {}).items()}
    return assemble(SCHEMA, raw_nodes, ties)


def maker(**columns: list[Any]) -> dict[str, Any]:
    return {"Maker": {"id": ["ada", "bo"], **columns}, "Place": {"id": ["p"]}}


# one row a code: node tables, relation tables, and row, column and value of each finding
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], list[tuple[int | None, str, str]]]] = {
    "ambiguous_end": (PEOPLE, {"MEETS": {"source": ["ada"], "target": ["bo"]}}, [(2, "target", "bo")]),
    "ambiguous_reference": (
        PEOPLE,
        {"GIVES": {"source": ["ada"], "target": ["p"], "owner": ["bo"]}},
        [(2, "owner", "bo")],
    ),
    "bad_boolean": (maker(active=["yes", "maybe"]), {}, [(3, "active", "maybe")]),
    "bad_date": (maker(joined=["2024-02-29", "2023-02-29"]), {}, [(3, "joined", "2023-02-29")]),
    "bad_integer": (maker(age=["30.0", "30.5"]), {}, [(3, "age", "30.5")]),
    "bad_number": (maker(score=["1234.5", "1,234.5"]), {}, [(3, "score", "1,234.5")]),
    "below_minimum": (maker(age=["0", "-1"]), {}, [(3, "age", "-1")]),
    "blank_end": (
        PEOPLE,
        {"MEETS": {"source": ["ada", "ada"], "target": ["", "  "]}},
        [(2, "target", ""), (3, "target", "  ")],
    ),
    "blank_id": ({"Maker": {"id": ["ada", " "], "age": ["1", "2"]}}, {}, [(3, "id", "")]),
    "blank_key": (
        PEOPLE,
        {"DOCKS": {"source": ["p", "p"], "source_kind": ["Place"] * 2, "target": ["q", "q"], "key": ["k", ""]}},
        [(3, "key", "")],
    ),
    "closed_word": (maker(colour=["红", "green"]), {}, [(3, "colour", "green")]),
    "duplicate_id": ({"Maker": {"id": ["ada", "ada"], "age": ["2", "1"]}}, {}, [(2, "id", "ada")]),
    "duplicate_key": (
        PEOPLE,
        {"MIXES": {"source": ["ada", "ada"], "target": ["p", "ada"], "key": ["k", "k"]}},
        [(2, "key", "k")],
    ),
    "ends_before_start": (
        maker(valid_from=["2024-01-02", "2024-01-02"], valid_to=["2024-01-03", "2024-01-02"]),
        {},
        [(3, "valid_to", "2024-01-02 … 2024-01-02")],
    ),
    "equal_rows": (
        PEOPLE,
        {"GIVES": {"source": ["ada"] * 3, "target": ["p"] * 3, "unit": ["h", "h", "d"]}},
        [(3, "", "")],
    ),
    "illegal_end": (PEOPLE, {"GIVES": {"source": ["p"], "target": ["ada"]}}, [(2, "source", "p")]),
    "no_unit": (
        PEOPLE,
        {"GIVES": {"source": ["ada"] * 3, "target": ["p"] * 3, "amount": ["0", "1.5", "2"], "unit": ["", "", "h"]}},
        [(3, "amount", "1.5")],
    ),
    "no_zone": (maker(joined=["2024-01-05 10:00Z", "2024-01-05 10:00"]), {}, [(3, "joined", "2024-01-05 10:00")]),
    "not_finite": (maker(score=["1", "NaN"]), {}, [(3, "score", "NaN")]),
    "open_word": (
        {"Maker": {"id": ["a", "b", "c", "d"], "background": ["student", "farmer", "nun", " farmer"]}},
        {},
        [(3, "background", "farmer"), (4, "background", "nun")],
    ),
    "self_tie": (PEOPLE, {"MEETS": {"source": ["ada"], "target": ["ada"]}}, [(2, "target", "ada")]),
    "unknown_column": (maker(shoe=["38", "NA"]), {}, [(None, "shoe", "")]),
    "unknown_end": (PEOPLE, {"GIVES": {"source": ["ada"], "target": ["eve"]}}, [(2, "target", "eve")]),
    "unknown_kind": (
        PEOPLE,
        {"GIVES": {"source": ["ada"], "target": ["p"], "target_kind": ["Frog"]}},
        [(2, "target_kind", "Frog")],
    ),
    "unknown_reference": (maker(home=["p", "nowhere"]), {}, [(3, "home", "nowhere")]),
}


@pytest.mark.parametrize("code", CASES)
def test_what_is_found(code: str) -> None:
    nodes, relations, expected = CASES[code]
    _, findings = load(nodes, relations)
    found = [item for item in findings if item.code == code]
    assert [(item.row, item.column, item.value) for item in found] == expected
    tables = {f"nodes/{kind}.csv" for kind in nodes} | {f"relations/{kind}.csv" for kind in relations}
    assert {item.file for item in found} <= tables
    assert set(findings.counts()) == {code}


def test_every_code_has_a_case_and_sentences_in_both_languages() -> None:
    for code in {*CASES, *READERS_OWN}:
        entry = subject("findings")[code]
        assert entry["level"] in {"error", "warning"}
        for part in ("reason", "remedy"):
            assert set(entry[part]) == {"en", "zh"}
            gaps = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in entry[part].values()]
            assert {name.removesuffix("_zh") for name in gaps[1]} == {name.removesuffix("_zh") for name in gaps[0]}


@pytest.mark.parametrize("code", CASES)
def test_sentences_are_filled(code: str) -> None:
    nodes, relations, _ = CASES[code]
    for item in load(nodes, relations)[1]:
        for language in ("en", "zh"):
            assert "{" not in item.line(language)
            assert "\n" not in item.line(language)
        assert len(load(nodes, relations)[1].table("zh"))


def test_what_is_left_out_and_what_is_kept() -> None:
    content, _ = load(maker(age=["1,5", "7"], valid_from=["", "2024-02-30"]))
    assert content.nodes["Maker"].to_pylist() == [{"id": "ada", "valid_from": None, "age": None}]
    content, _ = load(maker(background=["大学生", " farmer "], shoe=["38", "NA"]))
    assert content.nodes["Maker"].to_pylist() == [
        {"id": "ada", "background": "student", "shoe": "38"},
        {"id": "bo", "background": "farmer", "shoe": "NA"},
    ]


def test_of_rows_with_one_id_the_least_is_kept_in_any_order() -> None:
    rows = {"id": ["ada", "ada", "ada"], "age": ["2", "", "2"], "score": ["1", "9", "1"]}
    content, findings = load({"Maker": rows})
    assert content.nodes["Maker"].to_pylist() == [{"id": "ada", "age": None, "score": 9.0}]
    assert findings.counts() == {"duplicate_id": 2}
    content, findings = load({"Helper": {"id": ["ada"]}, "Maker": {"id": ["ada", "ada"]}, "Team": {"id": ["ada"]}})
    assert {kind: table.num_rows for kind, table in content.nodes.items()} == {"Maker": 1, "Helper": 0, "Team": 1}
    assert findings.counts() == {"equal_rows": 1, "duplicate_id": 1}


def test_a_stated_kind_decides() -> None:
    ties = {"source": ["ada", "ada", "ada"], "target": ["bo", "bo", "bo"], "target_kind": ["团队", "Person", ""]}
    content, findings = load(PEOPLE, {"MEETS": ties})
    assert content.keys("MEETS").to_pylist() == ["Maker:ada > Maker:bo #1", "Maker:ada > Team:bo #1"]
    assert findings.counts() == {"ambiguous_end": 1}


def test_ends_of_an_undirected_relation_stand_in_either_order() -> None:
    nodes = {"Place": {"id": ["p", "r"]}, "Park": {"id": ["p", "q"]}}
    ties = {"source": ["q", "r", "p", "r", "p"], "target": ["r", "q", "p", "p", "q"]}
    content, findings = load(nodes, {"DOCKS": ties})
    made = ["Place:p > Park:q #1", "Place:r > Park:p #1", "Place:r > Park:q #1", "Place:r > Park:q #2"]
    assert content.keys("DOCKS").to_pylist() == made
    assert [(item.code, item.row, item.column) for item in findings] == [
        ("equal_rows", 3, ""),
        ("ambiguous_end", 4, "source"),
        ("ambiguous_end", 4, "target"),
    ]


def test_two_ends_that_may_not_meet() -> None:
    nodes = {"Place": {"id": ["a", "b"]}, "Park": {"id": ["c", "d"]}}
    _, findings = load(nodes, {"DOCKS": {"source": ["a", "c"], "target": ["b", "d"]}})
    assert [item.line() for item in findings] == [
        f"relations/DOCKS.csv row {row}: target '{end}' is of kind {found}; only {allowed} may stand here; "
        "correct the id or move the row to the relation that is meant; until then it is left out"
        for row, end, found, allowed in ((2, "b", "Place", "Park"), (3, "d", "Park", "Place"))
    ]


def test_rows_with_keys_stand_by_key() -> None:
    ties = {"source": ["bo", "ada", "ada"], "target": ["p", "p", "p"], "key": ["k3", "k1", "k2"]}
    content, findings = load({**PEOPLE, "Park": {"id": []}}, {"MIXES": ties})
    assert content.keys("MIXES").to_pylist() == ["k1", "k2", "k3"]
    assert content.relations["MIXES"].column_names == ["source", "target", "key"]
    assert not findings


def test_rows_of_equal_ends_stand_by_their_values_missing_first() -> None:
    ties = {"source": ["ada"] * 5, "target": ["p"] * 5, "amount": ["2", "10", "", "2", "2"], "unit": [*"hhhd", ""]}
    content, findings = load(PEOPLE, {"GIVES": {**ties, "target_kind": ["Place"] * 5}})
    assert [(row["#"], row["amount"], row["unit"]) for row in content.relations["GIVES"].to_pylist()] == [
        (1, None, "h"),
        (2, 2.0, None),
        (3, 2.0, "d"),
        (4, 2.0, "h"),
        (5, 10.0, "h"),
    ]
    assert content.origins["GIVES"].column("row").to_pylist() == [4, 6, 5, 2, 3]
    assert findings.counts() == {"no_unit": 1, "mixed_units": 1}


def test_of_equal_rows_the_first_by_file_and_row_counts_as_the_first() -> None:
    tables = {file: pa.table({"id": ["ada"]}) for file in ("nodes/b.csv", "nodes/a.csv")}
    content, findings = assemble(SCHEMA, {"Maker": [Raw(table, file) for file, table in tables.items()]}, {})
    assert content.origins["Maker"].to_pylist() == [{"file": "nodes/a.csv", "row": 2}]
    assert [(item.code, item.file) for item in findings] == [("equal_rows", "nodes/b.csv")]


def test_a_row_keeps_its_origin() -> None:
    ties = {"source": ["bo", "ada", "ada"], "source_kind": ["Maker"] * 3, "target": ["p", "eve", "p"]}
    content, _ = load(PEOPLE, {"GIVES": ties})
    assert content.origins["GIVES"].to_pylist() == [
        {"file": "relations/GIVES.csv", "row": 4},
        {"file": "relations/GIVES.csv", "row": 2},
    ]
    assert content.origins["Maker"].column("row").to_pylist() == [2, 3]


def test_a_branch_says_the_leaf_of_each_row() -> None:
    people = {
        "编号": ["ada", "bo", "cy", "dee", "eve"],
        "类型": ["创客", "Helper", "Team", "", "Person"],
        "age": ["7", "", "", "", ""],
        "shoe": ["38", "39", "", "", ""],
    }
    content, findings = load({"人员": people})
    assert {kind: table.to_pylist() for kind, table in content.nodes.items()} == {
        "Maker": [{"id": "ada", "age": 7, "shoe": "38"}],
        "Helper": [{"id": "bo", "shoe": "39"}],
    }
    assert [(item.code, item.row, item.count, item.value) for item in findings] == [
        ("unknown_kind", 4, 1, "Team"),
        ("unknown_kind", 5, 1, ""),
        ("unknown_kind", 6, 1, "Person"),
        ("unknown_column", None, 2, ""),
    ]
    makers = {"id": ["ada", "bo", ""], "kind": ["创客", "", "Maker"], "类型": ["x", "y", ""]}
    content, findings = load({"Maker": makers})
    assert content.nodes["Maker"].column("类型").to_pylist() == ["x", "y"]
    assert findings.counts() == {"unknown_column": 3, "blank_id": 1}


def test_a_row_without_any_cell_is_no_row() -> None:
    makers = {"id": ["ada", "", None], "age": ["", "", None]}
    content, findings = load({"Maker": makers}, {"MEETS": {"source": [""], "target": [""]}})
    assert content.nodes["Maker"].num_rows == 1
    assert not findings


def test_names_of_a_person_may_be_headed_as_any_name() -> None:
    from ecograph.innovation import SCHEMA as INNOVATION

    for heading in ("name", "姓名", "名称"):
        raw = Raw(pa.table({"编号": ["1"], heading: ["Ada"]}), "nodes/创客.csv")
        content, findings = assemble(INNOVATION, {"创客": [raw]}, {})
        assert content.nodes["Maker"].to_pylist() == [{"id": "1", "name": "Ada"}]
        assert not findings


def test_beyond_a_thousand_rows_findings_count() -> None:
    many = 2_500
    nodes = {"Maker": {"id": [f"m{number}" for number in range(many)], "age": ["x"] * many, "background": ["w"] * many}}
    _, findings = load(nodes)
    assert findings.counts() == {"bad_integer": many, "open_word": many}
    assert len(findings) == 1_000 + 1 + 1
    listed = [item for item in findings if item.code == "bad_integer"]
    assert [item.row for item in listed] == [*range(2, 1_002), None]
    assert (listed[-1].count, listed[-1].value) == (1_500, "… (+1,500)")
    nodes["Maker"]["background"] = [f"w{number % 1_200}" for number in range(many)]
    words = [item for item in load(nodes)[1] if item.code == "open_word"]
    assert [item.count for item in words[:2]] == [3, 3]
    assert sum(item.count for item in words) == many
    assert (len(words), words[-1].value, words[-1].row) == (1_001, "… (+400)", None)


def test_long_values_are_cut_to_one_line() -> None:
    _, findings = load(maker(score=["1", "x" * 100 + "\n"]))
    assert findings.table()["value"].tolist() == ["x" * 79 + "…"]
    _, findings = load(maker(score=["1", "a\r\nb\nc"]))
    assert findings.table()["value"].tolist() == ["a⏎b⏎c"]
