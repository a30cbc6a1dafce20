"""Query packs: rows worked out by hand on a small ecosystem, agreement with the metrics, and what a file must say."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ecograph as eg
from ecograph import packs
from ecograph.ecosystem import Ecosystem
from ecograph.errors import AddressError, EcographError, ParameterError, QueryError, UnknownNameError
from ecograph.innovation import SCHEMA
from ecograph.schema import Schema

TODAY = "2025-06-30"
NODES = {
    "Maker": ["ada", "bo", "cy", "dee"],
    "Professional": ["ted", "tess"],
    "Team": ["t1"],
    "Enterprise": ["e1", "e2"],
    "Makerspace": ["den", "hub"],
    "Project": ["p1", "p2", "p3", "p4", "p5"],
    "Resource": ["r1", "r2", "r3"],
    "Skill": ["k1", "k2", "k3"],
    "Problem": ["q1", "q2", "q3", "q4", "q5"],
}
SPANS = {
    "INCUBATES": """
        hub p1 2025-01-01 -
        den p2 2024-01-01 2025-01-01
        hub p2 2025-01-01 -
        hub p3 2024-03-01 -
        hub p4 2024-01-01 2025-06-30
        hub p5 2025-06-30 -""",
    "TRACKS": """
        tess p1 2025-01-01 -
        ted p2 2025-01-01 2025-03-01
        tess p3 - -
        tess p3 2025-05-01 -
        ted p3 2025-02-01 -
        ted p4 2025-01-01 -
        tess p4 2025-01-01 -
        tess p5 2025-07-01 -""",
    "SETTLED_IN": """
        ada hub 2025-01-01 -
        bo hub 2025-01-01 -
        bo hub 2025-02-01 -
        bo den 2025-05-01 -
        cy den - -
        dee den 2024-01-01 2025-01-01""",
    "COLLABORATES": "cy ted 2024-01-01 2025-01-01",
    "MENTORS": """
        tess ada 2025-01-01 -
        tess ada 2025-03-01 -
        tess bo - -
        tess p1 2025-01-01 -
        ted p2 2025-01-01 2025-06-30
        ada bo 2025-01-01 -""",
    "WORKS_ON": """
        ada p1 2025-01-01 -
        t1 p1 2025-01-01 -
        cy p2 - -
        bo p3 2025-01-01 2025-02-01""",
    "MEMBER_OF": "bo t1 2025-01-01 2025-06-01",
    "REQUIRES": """
        p1 k1 - -
        p1 k2 - -
        p2 k1 - -
        p3 k3 - -""",
    "HAS_SKILL": """
        ada k1 - -
        bo k2 - -
        dee k1 - -
        dee k2 - -""",
}
MOMENTS = {
    "RAISES": """
        p1 q1 2025-01-10
        p1 q2 2025-06-20
        p2 q3 2025-05-01
        p2 q4 2025-07-01
        p3 q5 2025-03-01""",
    "ANSWERS": """
        ada q1 2025-02-01
        ada q3 2025-07-05
        bo q5 2025-02-01""",
    "COMMUNICATES": """
        ada tess 2025-06-01
        cy ada 2024-12-01""",
}
AMOUNTS = {
    "SUPPLIES": """
        s1 e1 hub 2025-01-01 - r1 100 hours
        s2 e2 hub 2025-01-01 2025-06-01 r2 10 CNY
        s3 e2 den - - r3 5 hours
        s4 ada hub 2025-01-01 - r3 2 hours""",
    "DEMANDS": """
        d1 ada hub 2025-01-15 - r1 40 hours
        d2 bo hub 2025-01-15 - r1 5 hours
        d3 cy den - - r3 5 hours
        d4 cy hub 2025-01-01 2025-06-30 r2 3 CNY
        d5 p1 hub 2025-06-30 - r2 3 CNY""",
}
TRANSFERS = """
    e1 ada 2025-02-01 r1 30 hours
    e1 bo 2025-07-02 r1 20 hours
    e1 bo 2025-02-02 r1 7 CNY
    e2 cy 2024-05-01 r3 5 hours
    ada cy 2024-12-31 r3 1 hours"""

GOLDEN: dict[str, list[tuple[Any, ...]]] = {
    "tracking/untracked": [
        ("p2", None, date(2025, 1, 1), date(2025, 3, 1)),
        ("p5", None, date(2025, 6, 30), None),
    ],
    "tracking/doubly_tracked": [("p3", None, ["ted", "tess"], 2)],
    "tracking/unanswered_problems": [
        ("q5", "p3", date(2025, 3, 1), 121),
        ("q3", "p2", date(2025, 5, 1), 60),
        ("q2", "p1", date(2025, 6, 20), 10),
    ],
    "docking/idle_supply": [
        ("e1", "Enterprise", "hub", "r1", 100.0, 70.0, "hours", "s1"),
        ("ada", "Maker", "hub", "r3", 2.0, 2.0, "hours", "s4"),
    ],
    "docking/unmet_demand": [
        ("ada", "Maker", "hub", "r1", 40.0, 10.0, "hours", date(2025, 1, 15), "d1"),
        ("bo", "Maker", "hub", "r1", 5.0, 5.0, "hours", date(2025, 1, 15), "d2"),
        ("p1", "Project", "hub", "r2", 3.0, 3.0, "CNY", date(2025, 6, 30), "d5"),
    ],
    "docking/single_supplier": [("r1", None, "e1", 2)],
    "talent/isolated_makers": [("bo", "den"), ("cy", "den"), ("bo", "hub")],
    "talent/missing_skills": [("p1", "k2", None, 2), ("p2", "k1", None, 2)],
    "talent/mentor_load": [("tess", "Professional", 2, 1, 3), ("ada", "Maker", 1, 0, 1)],
}


@pytest.fixture(autouse=True)
def _copies(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOGRAPH_CACHE", str(tmp_path_factory.getbasetemp() / "copies"))


@cache
def small() -> Ecosystem:
    """A few actors around two makerspaces, written by hand; a hyphen is a missing cell."""
    columns = dict.fromkeys(SPANS, "source target valid_from valid_to")
    columns |= dict.fromkeys(("REQUIRES", "HAS_SKILL"), "source target valid_from valid_to")
    columns |= dict.fromkeys(MOMENTS, "source target at")
    columns |= dict.fromkeys(AMOUNTS, "key source target valid_from valid_to resource amount unit")
    texts = {**SPANS, **MOMENTS, **AMOUNTS, "TRANSFERS": TRANSFERS}
    columns["TRANSFERS"] = "source target at resource amount unit"
    relations = {name: _table(text, columns[name].split()) for name, text in texts.items()}
    eco = eg.from_tables(nodes={kind: {"id": ids} for kind, ids in NODES.items()}, relations=relations)
    return Ecosystem(eco.content, eco.quality, {"as_of": TODAY})


def _table(text: str, names: list[str]) -> dict[str, list[str | None]]:
    rows = [[None if cell == "-" else cell for cell in line.split()] for line in text.strip().splitlines()]
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def rows(name: str, eco: Ecosystem, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Rows of a query."""
    return [tuple(row.values()) for row in packs.query(name).run(eco, values).rows()]


@cache
def harbour(relations: int) -> Ecosystem:
    """Harbour as it is shipped, or of another size."""
    return eg.dataset("harbour") if relations == 5000 else eg.harbour(relations=relations, seed=2).ecosystem


def test_no_row_of_the_small_ecosystem_is_lost() -> None:
    assert sum(
        len(text.strip().splitlines()) for text in {**SPANS, **MOMENTS, **AMOUNTS, "": TRANSFERS}.values()
    ) == sum(table.num_rows for table in small().content.relations.values())


@pytest.mark.parametrize("name", packs.names())
def test_rows_worked_out_by_hand(name: str) -> None:
    assert rows(name, small()) == GOLDEN[name]


def test_parameters_change_the_rows() -> None:
    assert rows("tracking/unanswered_problems", small(), {"days": 60}) == GOLDEN["tracking/unanswered_problems"][:2]
    assert rows("talent/isolated_makers", small(), {"days": 365}) == [("bo", "den"), ("bo", "hub")]
    assert rows("talent/mentor_load", small(), {"least": 2}) == GOLDEN["talent/mentor_load"][:1]
    assert [row[0] for row in rows("tracking/untracked", small(), {"as_of": "2025-07-01"})] == ["p2"]
    assert rows("docking/unmet_demand", small(), {"as_of": date(2025, 7, 2)})[1][0] == "p1"


@pytest.mark.parametrize("name", packs.names())
def test_every_query_answers_in_one_order_where_there_is_nothing(name: str) -> None:
    empty = eg.from_tables(nodes={}, relations={})
    found = packs.query(name).run(empty, {"as_of": TODAY})
    assert len(found) == 0
    assert found.names == tuple(packs.query(name).columns)


@pytest.mark.parametrize("name", packs.names())
def test_every_query_says_what_it_is(name: str) -> None:
    query = packs.query(name)
    assert query.statement(SCHEMA).settled
    for words in (query.title, query.purpose, query.act):
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in words["en"])
        assert any("\u4e00" <= letter <= "\u9fff" for letter in words["zh"])
    assert set(query.run(small()).translated("zh").names).isdisjoint(query.columns)
    assert all(f"${parameter}" in query.text for parameter in query.parameters)


@pytest.mark.parametrize("relations", [1500, 5000])
def test_agreement_with_the_metrics(relations: int) -> None:
    """Where a metric computes the same, the rows are the same."""
    eco = harbour(relations)
    assert [row[0] for row in rows("tracking/untracked", eco)] == eg.untracked(eco.records())["id"].tolist()
    shares = next(eg.tracking(eco.records()).table.rows())
    assert len(rows("tracking/doubly_tracked", eco)) == round(shares["more"] * shares["projects"])
    assert len(rows("tracking/unanswered_problems", eco)) == shares["problems"] - shares["answered"]
    for name, metric, amount, place in (
        ("docking/idle_supply", eg.idle_supply, "idle", 5),
        ("docking/unmet_demand", eg.unmet_demand, "missing", 5),
    ):
        expected = {row["key"]: row[amount] for row in metric(eco.ledger()).table.rows() if row["state"] == "open"}
        found = {row[-1]: row[place] for row in rows(name, eco)}
        assert found == pytest.approx(expected)
        assert found


def test_planted_truth_is_found() -> None:
    truth = Path("datasets/harbour/truth")
    for name, file in (("untracked", "untracked_projects"), ("doubly_tracked", "doubly_tracked_projects")):
        planted = (truth / f"{file}.csv").read_text(encoding="utf-8").split()[1:]
        assert [row[0] for row in rows(f"tracking/{name}", harbour(5000))] == planted


HEAD = """// title = { en = "A", zh = "甲" }
// purpose = { en = "B", zh = "乙" }
// act = { en = "C", zh = "丙" }
// [columns]
// project = { meaning = "the project", zh = "项目" }
"""
STATEMENT = "MATCH (p:Project) RETURN p.id AS project ORDER BY project\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "own" / "mine.cypher"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_of_ones_own(tmp_path: Path) -> None:
    written(tmp_path, HEAD + STATEMENT)
    assert set(packs.names(tmp_path)) - set(packs.names()) == {"own/mine"}
    found = packs.query("own/mine", tmp_path).run(small())
    assert found["project"].tolist() == NODES["Project"]
    assert found.columns["project"].meaning == "the project"
    with pytest.raises(UnknownNameError, match="no query 'own/mine'; "):
        packs.query("own/mine")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (STATEMENT, "own/mine: title is missing in a language; write title = "),
        (HEAD.replace(', zh = "乙"', "") + STATEMENT, "own/mine: purpose is missing in a language"),
        (HEAD.replace("act =", "do =") + STATEMENT, "own/mine: no part 'do'; allowed: title, purpose, act, check"),
        (HEAD.replace("// title = {", "// title = ") + STATEMENT, "its head comment is no TOML in UTF-8"),
        (HEAD.replace(', zh = "项目"', "") + STATEMENT, "own/mine: project: zh is missing; add it to the head comment"),
        (
            HEAD.replace("project =", "team =") + STATEMENT,
            "own/mine: it returns project, its head comment tells of team",
        ),
        (
            HEAD + STATEMENT.split(" ORDER", maxsplit=1)[0],
            "own/mine: its rows stand in no certain order; let ORDER BY end in",
        ),
        (HEAD + "MATCH (p:Project) DELETE p", "own/mine: query line 6, column 19: DELETE does not stand here"),
        (
            HEAD + STATEMENT.replace(" RETURN", " WHERE p.id = $id RETURN"),
            "own/mine: query line 6, column 32: no parame",
        ),
        (
            HEAD + '// [parameters]\n// id = { type = "map", meaning = "id", zh = "编号" }\n' + STATEMENT,
            "own/mine: id: type='map'; allowed: text, integer",
        ),
        (HEAD + "// [parameters]\n// id = 3\n" + STATEMENT, "own/mine: id is 3; write a table of type, meaning"),
    ],
)
def test_files_that_do_not_say_what_they_must(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(EcographError) as caught:
        packs.read(path).statement(SCHEMA)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_other_failures(tmp_path: Path) -> None:
    with pytest.raises(AddressError, match="no such file; give the path of a"):
        packs.read(tmp_path / "none.cypher")
    with pytest.raises(ParameterError, match="parameter as_of has no value; give one of type date"):
        packs.query("tracking/untracked").run(eg.from_tables(nodes={}, relations={}))
    with pytest.raises(QueryError, match="more than max_rows=1 rows"):
        packs.query("tracking/untracked").run(small(), max_rows=1)
    with pytest.raises(QueryError, match="tracking/untracked: query line 12, column 10: no kind of node 'Project'"):
        packs.query("tracking/untracked").statement(Schema("other", SCHEMA.kinds[:1], ()))
