"""The embedded engine: it holds what the tables hold, answers within limits, and is thrown away on any doubt."""

import shutil
import sys
import time
from datetime import date
from pathlib import Path

import kglite
import pyarrow as pa
import pytest

import ecograph as eg
from ecograph.cypher import embedded
from ecograph.cypher.copying import SETTINGS, fill, node_rows, relation_rows
from ecograph.cypher.embedded import Embedded
from ecograph.cypher.gate import Statement, check
from ecograph.cypher.trials import QUESTIONS, TRIAL, counted, holds, sound
from ecograph.ecosystem import Ecosystem
from ecograph.errors import MissingPartError, ParameterError, QueryError, SchemaError
from ecograph.innovation import SCHEMA
from ecograph.schema import NodeKind, Schema
from tests.cypher.harmless import HARMLESS, PARAMETERS, needed


@pytest.fixture(scope="module")
def harbour() -> Ecosystem:
    return eg.dataset("harbour")


@pytest.fixture(scope="module")
def engine(harbour: Ecosystem, tmp_path_factory: pytest.TempPathFactory) -> Embedded:
    return Embedded(harbour.content, tmp_path_factory.mktemp("copies"))


def asked(engine: Embedded, text: str, **values: object) -> list[dict[str, object]]:
    declared = {name: PARAMETERS[name] for name in values}
    return list(engine.run(check(text, SCHEMA, declared), values).rows())


def sorted_rows(table: pa.Table) -> list[tuple[str, ...]]:
    """Rows in an order of their own; a number is compared by its value, a missing cell by its absence."""
    return sorted(tuple(repr(cell) for cell in row.values()) for row in table.to_pylist())


@pytest.mark.parametrize("seed", [1, 2])
def test_it_holds_every_row(seed: int, tmp_path: Path) -> None:
    """Every node and relation comes back with every value, parallel relations too."""
    eco = eg.harbour(relations=1500, seed=seed).ecosystem
    engine = Embedded(eco.content, tmp_path)
    for kind in eco.content.nodes:
        expected = node_rows(eco.content, kind)
        _same(engine, f"MATCH (x:{kind})", expected, expected.column_names, "x")
    for relation in eco.content.relations:
        expected = relation_rows(eco.content, relation)
        names = [name for name in expected.column_names if name not in ("source", "target")]
        _same(engine, f"MATCH (a)-[x:{relation}]->(b)", expected, names, "x", "a.id AS source, b.id AS target, ")


def _same(engine: Embedded, pattern: str, expected: pa.Table, names: list[str], owner: str, ends: str = "") -> None:
    told = ", ".join(f"{owner}.{name} AS {name}_" for name in names)
    columns = dict.fromkeys([*(["source", "target"] if ends else []), *names], "any")
    found = pa.table(engine.run(Statement(f"{pattern} RETURN {ends}{told}", columns, {}, False), max_rows=10**6))
    assert sorted_rows(found) == sorted_rows(expected.select(list(columns)))


def test_repeated_pairs_of_several_kinds() -> None:
    """The fast loader alone loses rows here: the pairs of the second kind of target are repeated."""
    graph = kglite.KnowledgeGraph()
    fill(graph, TRIAL)
    assert holds(graph, TRIAL)
    assert counted(graph, TRIAL)


def test_every_harmless_text_is_answered(engine: Embedded) -> None:
    for text in HARMLESS:
        values = needed(text)
        statement = check(text, SCHEMA, {name: PARAMETERS[name] for name in values})
        assert engine.run(statement, values).names == tuple(statement.columns)


@pytest.mark.parametrize(("text", "rows"), QUESTIONS)
def test_the_optimizer_or_a_version_may_not_change_answers(text: str, rows: list[tuple[object, ...]]) -> None:
    graph = kglite.KnowledgeGraph()
    fill(graph, TRIAL)
    assert [tuple(row.values()) for row in graph.cypher(text, **SETTINGS).to_list()] == rows
    check(text, TRIAL.schema)


class Wrong:
    """An engine that does all it should, but finds a pattern where there is none."""

    KgError, ReadOnlyError, __version__ = kglite.KgError, kglite.ReadOnlyError, "9.9"

    class KnowledgeGraph:
        def __init__(self) -> None:
            self.graph = kglite.KnowledgeGraph()

        def __getattr__(self, name: str) -> object:
            return getattr(self.graph, name)

        def cypher(self, query: str, **options: object) -> object:
            return self.graph.cypher(query.replace("HELPS]->(:Project)", "HELPS]->()"), **options)


def test_an_engine_that_answers_wrongly_is_as_good_as_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert sound(kglite)
    assert not sound(Wrong)
    monkeypatch.setattr(embedded, "sound", lambda _: False)
    with pytest.raises(MissingPartError, match="gives wrong answers to known questions; install it with: pip install"):
        Embedded(TRIAL, tmp_path)


def test_without_kglite_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "kglite", None)
    with pytest.raises(MissingPartError) as caught:
        Embedded(TRIAL, tmp_path)
    assert str(caught.value) == ("queries without a server need kglite; install it with: pip install 'ecograph[query]'")


def test_types_of_columns(engine: Embedded) -> None:
    text = (
        "MATCH (p:Project) WITH p ORDER BY p.id WITH count(*) AS n, min(p.valid_from) AS d, avg(p.difficulty) AS x, "
        "collect(p.id) AS ids RETURN n AS n, d AS d, x AS x, ids AS ids, n > 1 AS b, null AS nothing"
    )
    found = pa.table(engine.run(check(text, SCHEMA)))
    types = [pa.int64(), pa.date32(), pa.float64(), pa.list_(pa.string()), pa.bool_(), pa.null()]
    assert found.schema.types == types
    empty = engine.run(check("MATCH (p:Project) WHERE false RETURN p.id AS id, p.valid_from AS d", SCHEMA))
    assert pa.table(empty).schema.types == [pa.string(), pa.date32()]
    assert len(empty) == 0


def test_values_of_parameters(engine: Embedded) -> None:
    text = "RETURN date($as_of) AS day, $days AS days"
    declared = {"as_of": "date", "days": "integer"}
    statement = check(text, SCHEMA, declared)
    for day in ("2025-06-30", date(2025, 6, 30)):
        assert list(engine.run(statement, {"as_of": day, "days": 3}).rows()) == [{"day": date(2025, 6, 30), "days": 3}]
    for values, message in (
        ({"as_of": "2025-06-30"}, "parameter days has no value; give one of type integer"),
        ({"as_of": "30.6.2025", "days": 3}, "parameter as_of='30.6.2025' is no date; give a day such as 2025-12-31"),
        ({"as_of": "2025-06-30", "days": True}, "parameter days=True is no integer"),
        ({"as_of": "2025-06-30", "days": "3"}, "parameter days='3' is no integer"),
        ({"as_of": "2025-06-30", "days": 3, "x": 1}, "x=1 is no parameter of this query; allowed: as_of, days"),
    ):
        with pytest.raises(ParameterError, match=message):
            engine.run(statement, values)


def test_values_are_never_read_as_cypher(engine: Embedded) -> None:
    text = "MATCH (p:Project) WHERE p.id = $id RETURN count(*) AS n"
    assert asked(engine, text, id="x' OR true //") == [{"n": 0}]


def test_limits(engine: Embedded) -> None:
    statement = check("MATCH (p:Project) RETURN p.id AS id", SCHEMA)
    assert len(engine.run(statement, max_rows=75)) == 75
    with pytest.raises(QueryError, match="more than max_rows=74 rows; ask for less, or allow more"):
        engine.run(statement, max_rows=74)
    pairs = "MATCH (a:Maker), (b:Maker), (c:Maker), (d:Maker) WHERE a.id < b.id AND c.id < d.id RETURN count(*) AS n"
    started = time.monotonic()
    with pytest.raises(QueryError):
        engine.run(check(pairs, SCHEMA), timeout=0.2)
    assert time.monotonic() - started < 10
    with pytest.raises(ParameterError, match="both must be above 0"):
        engine.run(statement, timeout=0)


@pytest.mark.parametrize(
    "text", ["CREATE (n:Maker {id: 'x'}) RETURN n.id AS id", "MATCH (n:Maker) SET n.background = 'x'", "MERGE (:Maker)"]
)
def test_the_engine_refuses_to_write_by_itself(engine: Embedded, text: str) -> None:
    with pytest.raises(QueryError, match="the embedded engine did not answer"):
        engine.run(Statement(text, {}, {}, False))


def test_opened_from_cache(harbour: Ecosystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Embedded(harbour.content, tmp_path)
    (file,) = tmp_path.glob("*.kgl")
    assert file.stat().st_mode & 0o077 == 0
    monkeypatch.setattr(embedded, "fill", lambda *_: pytest.fail("it was built again"))
    assert asked(Embedded(harbour.content, tmp_path), "MATCH (s:Makerspace) RETURN count(*) AS n") == [{"n": 12}]


@pytest.mark.parametrize("damage", ["garbage", "empty", "half", "other"])
def test_a_doubtful_copy_is_built_anew(harbour: Ecosystem, tmp_path: Path, damage: str) -> None:
    Embedded(harbour.content, tmp_path)
    (file,) = tmp_path.glob("*.kgl")
    whole = file.read_bytes()
    if damage == "other":
        Embedded(harbour.at("2024-01-01").content, tmp_path / "more")
        shutil.copy(next((tmp_path / "more").glob("*.kgl")), file)
    else:
        file.write_bytes({"garbage": b"x" * 1000, "empty": b"", "half": whole[: len(whole) // 2]}[damage])
    assert asked(Embedded(harbour.content, tmp_path), "MATCH (m)-[:TRACKS]->(p) RETURN count(*) AS n") == [{"n": 100}]


def test_a_copy_that_lost_a_row_is_not_used(
    harbour: Ecosystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "fill", lambda graph, content: fill(graph, harbour.at("2025-01-01").content))
    with pytest.raises(MissingPartError, match="does not hold what it was given"):
        Embedded(harbour.content, tmp_path)
    assert not list(tmp_path.glob("*.kgl"))


def test_few_copies_are_kept(harbour: Ecosystem, tmp_path: Path) -> None:
    for month in range(1, embedded.KEPT + 3):
        Embedded(harbour.at(f"2024-{month:02d}-01").content, tmp_path)
    assert len(list(tmp_path.glob("*.kgl"))) == embedded.KEPT


def test_no_cache_can_be_written(harbour: Ecosystem, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    engine = Embedded(harbour.content, tmp_path / "file" / "cache")
    assert asked(engine, "MATCH (s:Makerspace) RETURN count(*) AS n") == [{"n": 12}]


def test_an_empty_ecosystem(tmp_path: Path) -> None:
    engine = Embedded(eg.from_tables(nodes={}, relations={}).content, tmp_path)
    assert asked(engine, "MATCH (m:Maker)-[:TRACKS]->(p) RETURN count(*) AS n") == [{"n": 0}]


def test_names_that_no_query_can_hold(tmp_path: Path) -> None:
    schema = Schema("odd", [NodeKind("A) DETACH DELETE (n")], [])
    eco = eg.from_tables(nodes={"A) DETACH DELETE (n": {"id": ["x"]}}, relations={}, schema=schema)
    with pytest.raises(SchemaError, match="cannot be written in a query; rename it with Latin letters"):
        Embedded(eco.content, tmp_path)
