"""Query packs: rows worked out by hand on a small ecosystem, agreement with the metrics, and what a file must say."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ecograph as eg
from ecograph import packs, registry
from ecograph.content import Content
from ecograph.cypher.embedded import Embedded
from ecograph.ecosystem import Ecosystem
from ecograph.errors import AddressError, EcographError, ParameterError, QueryError, UnknownNameError
from ecograph.innovation import SCHEMA
from ecograph.result import Result
from ecograph.schema import Schema
from tests.small import GOLDEN, NODES, RELATIONS, TODAY, small


@pytest.fixture(autouse=True)
def _copies(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOGRAPH_CACHE", str(tmp_path_factory.getbasetemp() / "copies"))


def rows(name: str, eco: Ecosystem, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Rows of a query."""
    return [tuple(row.values()) for row in packs.query(name).run(eco, values).rows()]


@cache
def harbour(relations: int) -> Ecosystem:
    """Harbour as it is shipped, or of another size."""
    return eg.dataset("harbour") if relations == 5000 else eg.harbour(relations=relations, seed=2).ecosystem


def test_no_row_of_the_small_ecosystem_is_lost() -> None:
    written = {name: len(text.strip().splitlines()) for name, text in RELATIONS.items()}
    assert written == {name: table.num_rows for name, table in small().content.relations.items()}


@pytest.mark.parametrize("name", packs.names())
def test_rows_worked_out_by_hand(name: str) -> None:
    assert rows(name, small()) == GOLDEN[name]


OLDEST = ("ada", "Maker", "den", "r4", 1.0, 1.0, "m2", date(2024, 12, 1), "d6")
OLDER = [
    ("ada", "Maker", "hub", "r1", 40.0, 10.0, "hours", date(2025, 1, 15), "d1"),
    ("bo", "Maker", "hub", "r1", 5.0, 5.0, "hours", date(2025, 1, 15), "d2"),
]
CHANGED: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    ("tracking/unanswered_problems", {"days": 60}, GOLDEN["tracking/unanswered_problems"][:2]),
    ("tracking/overdue_feedback", {"days": 91}, GOLDEN["tracking/overdue_feedback"][:1]),
    ("tracking/tracker_load", {"least": 1}, [*GOLDEN["tracking/tracker_load"], ("ted", "Professional", 1, ["p3"])]),
    ("talent/isolated_makers", {"days": 365}, [("bo", "den"), ("bo", "hub")]),
    ("talent/mentor_load", {"least": 2}, GOLDEN["talent/mentor_load"][:1]),
    ("talent/bridging_makers", {"least": 1}, [("ada", 3, 2), ("eve", 1, 1), ("flo", 1, 1)]),
    ("talent/partner_suggestions", {"few": 1}, [GOLDEN["talent/partner_suggestions"][place] for place in (0, 2, 4)]),
    (
        "docking/time_to_match",
        {"days": 365},
        [("capital", 2, 0, 0, None), ("space", 1, 0, 0, None), ("talent", 2, 1, 1, 17)],
    ),
    ("docking/time_to_match", {"days": 166, "within": 16}, [("capital", 1, 0, 0, None)]),
    ("docking/time_to_match", {"days": 167, "within": 16}, [("capital", 1, 0, 0, None), ("talent", 2, 1, 0, 17)]),
    ("docking/unmet_demand", {"days": 365}, [OLDEST, *OLDER, *GOLDEN["docking/unmet_demand"]]),
    ("docking/unmet_demand", {"days": 167}, [*OLDER, *GOLDEN["docking/unmet_demand"]]),
    ("docking/unmet_demand", {"days": 166}, GOLDEN["docking/unmet_demand"]),
    ("agreements/expiring", {"days": 15}, GOLDEN["agreements/expiring"][:1]),
    ("agreements/expiring", {"days": 14}, []),
    ("agreements/unsigned_intentions", {"days": 364}, GOLDEN["agreements/unsigned_intentions"][:1]),
    ("incubation/stalled", {"days": 121}, []),
    ("incubation/stalled", {"days": 29}, [*GOLDEN["incubation/stalled"], ("p1", None, "0", date(2025, 5, 31), 30)]),
    ("two_sides/largest_suppliers", {"most": 2}, GOLDEN["two_sides/largest_suppliers"][:2]),
    ("two_sides/new_members", {"days": 15}, GOLDEN["two_sides/new_members"][3:4]),
    ("two_sides/lost_members", {"days": 30}, GOLDEN["two_sides/lost_members"][1:]),
    ("events/attendance", {"days": 30}, GOLDEN["events/attendance"][:1]),
    ("events/follow_up_ties", {"within": 18}, []),
    ("events/quiet_makerspaces", {"days": 46}, [("den", None, date(2025, 5, 15), 3), ("lab", None, None, 1)]),
    ("money/flows_by_kind", {"days": 149}, [("Enterprise", "Maker", "CNY", 1, 7.0)]),
    ("money/investment_by_stage", {"days": 1}, [(None, "CNY", 1, 1, 50.0)]),
]
"""Rows of other values than the defaults, worked out by hand."""


@pytest.mark.parametrize(("name", "values", "expected"), CHANGED)
def test_parameters_change_the_rows(name: str, values: dict[str, Any], expected: list[tuple[Any, ...]]) -> None:
    assert rows(name, small(), values) == expected


def test_the_day_changes_the_rows() -> None:
    assert [row[0] for row in rows("tracking/untracked", small(), {"as_of": "2025-07-01"})] == ["p2"]
    assert [row[-1] for row in rows("docking/unmet_demand", small(), {"as_of": date(2025, 7, 2), "days": 170})] == [
        "d1",
        "d5",
    ]
    assert all(rows(name, small(), {"as_of": "1999-01-01"}) is not None for name in packs.names())


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
    assert not query.metric or query.metric in registry.names()


SIZES = pytest.mark.parametrize("relations", [1500, 5000])


@SIZES
def test_tracking_agrees_with_the_metrics(relations: int) -> None:
    eco = harbour(relations)
    assert [row[0] for row in rows("tracking/untracked", eco)] == eg.untracked(eco.records())["id"].tolist()
    shares = next(eg.tracking(eco.records()).table.rows())
    assert len(rows("tracking/doubly_tracked", eco)) == round(shares["more"] * shares["projects"])
    assert len(rows("tracking/unanswered_problems", eco)) == shares["problems"] - shares["answered"]
    loads = [row[2] for row in rows("tracking/tracker_load", eco, {"least": 1})]
    assert (len(loads), loads[0]) == (shares["trackers"], shares["load_max"])
    assert sum(loads) / len(loads) == pytest.approx(shares["load_mean"])


@SIZES
def test_docking_agrees_with_the_metrics(relations: int) -> None:
    eco, ever = harbour(relations), {"days": 10_000}
    for name, metric, values, place in (
        ("docking/idle_supply", eg.idle_supply, {}, 5),
        ("docking/unmet_demand", eg.unmet_demand, ever, 5),
    ):
        expected = {row["key"]: row["idle" if values == {} else "missing"] for row in _open(metric(eco.ledger()))}
        found = {row[-1]: row[place] for row in rows(name, eco, values)}
        assert found == pytest.approx(expected)
        assert found
    waits = {row["group"]: row for row in eg.time_to_match(eco.ledger(), by="category").table.rows()}
    told = {row[0]: row for row in rows("docking/time_to_match", eco, ever)}
    assert {name: row[1] for name, row in told.items()} == {name: row["demands"] for name, row in waits.items()}
    # a delivery is told for each demand it fits, and given to one of them by the metric
    assert all(row[2] >= waits[name]["matched"] > 0 for name, row in told.items())


def _open(found: Result) -> list[dict[str, Any]]:
    return [row for row in found.table.rows() if row["state"] == "open"]


@SIZES
def test_incubation_and_agreements_agree_with_the_metrics(relations: int) -> None:
    eco = harbour(relations)
    funnel = [(row["stage"], row["projects"], row["now"]) for row in eg.stage_funnel(eco.histories()).table.rows()]
    assert rows("incubation/stage_funnel", eco) == [row for row in funnel if row[0] != "left"]
    stalled = {row["id"]: (row["stage"], row["days"]) for row in eg.stalled(eco.records()).table.rows()}
    assert {row[0]: (row[2], row[4]) for row in rows("incubation/stalled", eco)} == stalled
    watched = eg.supervision(eco.at(eco.records().day).records()).table.rows()
    unwatched = [row["id"] for row in watched if row["supervised"] == 0]
    assert [row[0] for row in rows("agreements/unsupervised", eco)] == unwatched
    assert stalled
    assert unwatched


@SIZES
def test_both_sides_agree_with_the_metrics(relations: int) -> None:
    eco = harbour(relations)
    today = eco.at(eco.records().day)
    members = next(eg.multi_homing(today.two_mode("Maker -SETTLED_IN-> Makerspace")).table.rows())
    assert len(rows("two_sides/multi_homing", eco)) == members["several"] > 0
    sizes = rows("two_sides/sizes", eco)
    assert sum(row[3] for row in sizes) == round(members["mean_platforms"] * members["members"])
    supplied = today.network("SUPPLIES", strength="amount", parallel="sum")
    shares = next(eg.concentration(supplied.unweighted(), k=4).table.rows())
    links = [row[4] for row in rows("two_sides/largest_suppliers", eco, {"most": 10_000})]
    assert sum(sorted(links)[-4:]) / sum(links) == pytest.approx(shares["cr"])


@SIZES
def test_queries_agree_with_one_another(relations: int) -> None:
    eco = harbour(relations)
    lacking = rows("talent/missing_skills", eco)
    gaps = {row[0]: row[4] for row in rows("knowledge/gaps_by_project", eco)}
    assert [(project, skill) for project, skills in sorted(gaps.items()) for skill in skills] == [
        row[:2] for row in lacking
    ]
    suggested = {row[:2] for row in rows("talent/partner_suggestions", eco, {"few": 10_000})}
    assert {row[:2] for row in lacking if row[3]} <= suggested


WIDER = {"events/follow_up_ties": {"days": 730}}
"""Harbour plants no such cases: chance brings some, if one looks back far enough."""


@pytest.mark.parametrize("relations", [5000, 10_000])
@pytest.mark.parametrize("name", packs.names())
def test_every_query_finds_something_in_harbour(name: str, relations: int) -> None:
    assert rows(name, harbour(relations), WIDER.get(name))


def test_planted_truth_is_found() -> None:
    truth = Path("datasets/harbour/truth")
    for name, file in (("untracked", "untracked_projects"), ("doubly_tracked", "doubly_tracked_projects")):
        planted = (truth / f"{file}.csv").read_text(encoding="utf-8").split()[1:]
        assert [row[0] for row in rows(f"tracking/{name}", harbour(5000))] == planted
    for name, file, columns, values in (
        ("incubation/stalled", "stalled_projects", 1, {}),
        ("talent/missing_skills", "knowledge_gaps", 2, {}),
        ("docking/unmet_demand", "unmet_demands", 1, {"days": 10_000}),
    ):
        planted = [
            line.split(",")[:columns] for line in (truth / f"{file}.csv").read_text(encoding="utf-8").split()[1:]
        ]
        found = rows(name, harbour(5000), values)
        keys = [row[-1:] if file == "unmet_demands" else row[:columns] for row in found]
        assert sorted(map(list, keys)) == planted


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


def test_one_copy_serves_every_query_of_the_same_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    made, begin = [], Embedded.__init__

    def counted(self: Embedded, content: Content, cache: Path | None = None) -> None:
        made.append(content)
        begin(self, content, cache)

    monkeypatch.setattr(Embedded, "__init__", counted)
    eco = eg.from_tables(nodes={"Project": {"id": ["p1"]}}, relations={})
    for name in ("tracking/untracked", "docking/idle_supply"):
        rows(name, eco, {"as_of": TODAY})
    assert made == [eco.content]


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
        (
            HEAD.replace("act =", "do =") + STATEMENT,
            "own/mine: no part 'do'; allowed: title, purpose, act, metric, check",
        ),
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
        ("// metric = 'untraced'\n" + HEAD + STATEMENT, "own/mine: no metric 'untraced'; did you mean untracked"),
        (HEAD.replace('"项目" }', '"项目", words = ["a"] }') + STATEMENT, "own/mine: project: no vocabulary \"['a']\""),
        (
            HEAD.replace('"项目" }', '"项目", words = "sort" }') + STATEMENT,
            "own/mine: project: no vocabulary 'sort'; ",
        ),
        ("// check = 'yes'\n" + HEAD + STATEMENT, "own/mine: check='yes'; write check = true, or leave it out"),
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
    with pytest.raises(QueryError, match="tracking/untracked: query line 13, column 10: no kind of node 'Project'"):
        packs.query("tracking/untracked").statement(Schema("other", SCHEMA.kinds[:1], ()))
