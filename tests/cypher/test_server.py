"""Queries on real Neo4j servers: the rows of the embedded engine, nothing that writes, and no password anywhere."""

import logging
import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import ecograph as eg
from ecograph import packs
from ecograph.cli import main
from ecograph.cypher import connection as connecting
from ecograph.cypher import server as serving
from ecograph.cypher.connection import Connection, login_of
from ecograph.cypher.gate import Statement, check
from ecograph.cypher.server import PATIENCE, Server
from ecograph.ecosystem import Ecosystem
from ecograph.errors import AddressError, EcographError, ParameterError, QueryError
from ecograph.innovation import SCHEMA
from ecograph.stores import neo4j
from ecograph.text import sentence
from tests.conftest import SWEEPING
from tests.cypher.harmless import HARMLESS, PARAMETERS, needed
from tests.cypher.hostile import HOSTILE, PLAIN

DAY = "2020-06-30"
GRAPHS = {
    "harbour": lambda: eg.dataset("harbour"),
    "harbour, small": lambda: eg.harbour(relations=1500, seed=2).ecosystem,
    "cordis-h2020": lambda: eg.dataset("cordis-h2020"),
}
OUTSIDE = ("procedures", "files", "administration")
HELD = (
    "SHOW DATABASES",
    "SHOW SETTINGS",
    "SHOW USERS",
    "SHOW TRANSACTIONS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "CALL dbms.listConfig('password') YIELD value RETURN value AS value",
    "CALL dbms.killConnection('bolt-1')",
    "CALL db.labels()",
)
"""What a reading session runs, so that only the gate keeps it out. So is LOAD CSV where the settings of a server allow
it; these servers read no file and call nobody."""
HELD_BY_THE_GATE_ALONE = re.compile(
    r"SHOW |TERMINATE |USE neo4j |(MATCH \(p:Project\) |OPTIONAL )?CALL (db|dbms|tx)\.|.*(file|linenumber)\(\)"
)
BUSY = re.compile(r"(NOT |1 \+ |\[|\]|x)\1{20,}")
COUNTS = "RETURN COUNT { () } AS nodes, COUNT { ()-->() } AS relations"


@pytest.fixture(autouse=True)
def _copies(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOGRAPH_CACHE", str(tmp_path_factory.getbasetemp() / "copies"))


@pytest.fixture(scope="module")
def stored(neo4j_server: Any) -> Any:
    """A server that has harbour and nothing else."""
    neo4j_server.wipe()
    eg.write(eg.dataset("harbour"), neo4j_server.address, ecosystem="harbour", password=neo4j_server.password)
    return neo4j_server


@pytest.fixture
def server(stored: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The same, its password in the environment."""
    monkeypatch.setenv("ECOGRAPH_NEO4J_PASSWORD", stored.password)
    return stored


@pytest.fixture
def engine(server: Any) -> Iterator[neo4j.Served]:
    with Connection(server.address, login_of(), patience=PATIENCE) as connection:
        yield neo4j.served(connection)


def asked(engine: neo4j.Served, text: str, **values: Any) -> list[dict[str, Any]]:
    statement = check(text, SCHEMA, {name: PARAMETERS[name] for name in values})
    return list(engine.run(statement, values, timeout=60, max_rows=1000).rows())


def test_every_harmless_text_has_the_rows_of_the_embedded_engine(engine: neo4j.Served) -> None:
    from ecograph.cypher.embedded import Embedded

    embedded = Embedded(eg.dataset("harbour").content)
    differing = []
    for text in HARMLESS:
        values = needed(text)
        statement = check(text, SCHEMA, {name: PARAMETERS[name] for name in values})
        digits = 12 if "avg(" in text else 17  # each engine adds up in another order
        found, expected = (one.run(statement, values, timeout=60, max_rows=10**6) for one in (engine, embedded))
        if told(found, statement, digits) != told(expected, statement, digits):
            differing.append(text)
    assert differing == []


def told(table: Any, statement: Statement, digits: int) -> list[str]:
    """Rows as text, in an order of their own where the statement settles none."""
    rows = [
        repr([f"{cell:.{digits}g}" if isinstance(cell, float) else cell for cell in row.values()])
        for row in table.rows()
    ]
    return rows if statement.settled else sorted(rows)


def test_types_of_columns(engine: neo4j.Served) -> None:
    text = (
        "MATCH (p:Project) WITH p ORDER BY p.id WITH count(*) AS n, min(p.valid_from) AS d, avg(p.difficulty) AS x, "
        "collect(p.id) AS ids, collect(p.valid_from) AS days "
        "RETURN n AS n, d AS d, x AS x, ids AS ids, days AS days, n > 1 AS b, null AS nothing"
    )
    found = pa.table(engine.run(check(text, SCHEMA), timeout=60, max_rows=10))
    types = [pa.int64(), pa.date32(), pa.float64(), pa.list_(pa.string()), pa.list_(pa.date32()), pa.bool_(), pa.null()]
    assert found.schema.types == types
    empty = engine.run(check("MATCH (p:Project) WHERE false RETURN p.id AS id", SCHEMA), timeout=60, max_rows=10)
    assert pa.table(empty).schema.types == [pa.string()] and not len(empty)


def test_values_and_limits(engine: neo4j.Served) -> None:
    assert asked(engine, "MATCH (p:Project) WHERE p.id = $id RETURN count(*) AS n", id="x' OR true //") == [{"n": 0}]
    statement = check("MATCH (p:Project) RETURN p.id AS id", SCHEMA)
    assert len(engine.run(statement, timeout=60, max_rows=75)) == 75
    with pytest.raises(QueryError, match="more than max_rows=74 rows; ask for less, or allow more"):
        engine.run(statement, timeout=60, max_rows=74)
    with pytest.raises(ParameterError, match="both must be above 0"):
        engine.run(statement, timeout=0, max_rows=1)
    with pytest.raises(QueryError, match="a text holds half a character, which no server takes"):
        asked(engine, "MATCH (p:Project) WHERE p.id = $id RETURN count(*) AS n", id="\udc80")
    pairs = "MATCH (a:Maker), (b:Maker), (c:Maker), (d:Maker) WHERE a.id < b.id AND c.id < d.id RETURN count(*) AS n"
    with pytest.raises(QueryError, match=r"took longer than timeout=0\.5 seconds; ask for less"):
        engine.run(check(pairs, SCHEMA), timeout=0.5, max_rows=10)


@pytest.mark.parametrize("name", GRAPHS)
def test_shipped_queries_have_the_same_rows_in_the_same_order(
    neo4j_server: Any, name: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the server warns of none, but of kinds and columns of which these data have nothing."""
    eco: Ecosystem = GRAPHS[name]()
    monkeypatch.setattr(connecting, "NOTIFIED", "WARNING")
    neo4j_server.wipe()
    eg.write(eco, neo4j_server.address, ecosystem="one", password=neo4j_server.password)
    caplog.clear()
    with Connection(neo4j_server.address, login_of(password=neo4j_server.password), patience=PATIENCE) as connection:
        engine = neo4j.served(connection)
        caplog.clear()
        for one in map(packs.query, packs.names()):
            values = {"as_of": DAY} if "as_of" in one.parameters and not engine.day else {}
            assert one.run(engine, values) == one.run(eco, values), one.name
    warned = [record.getMessage() for record in caplog.records if record.name == "neo4j.notifications"]
    assert [line for line in warned if not re.search(r"(label|type|property key) does not exist", line)] == []
    neo4j_server.wipe()
    eg.write(eg.dataset("harbour"), neo4j_server.address, ecosystem="harbour", password=neo4j_server.password)


def shorter(text: str) -> str:
    """A text that would only keep the server's parser or the wire busy, for minutes, made short."""
    return BUSY.sub(lambda found: found[1] * 20, text).replace("1000000000", "1000")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_from_a_server_is_that_from_the_tables(server: Any, tmp_path: Path, language: str) -> None:
    pages = [tmp_path / name for name in ("tables.html", "server.html")]
    for data, page in zip(("harbour", server.address), pages, strict=True):
        assert main(["query", "run", "tracking,money", data, "-o", str(page), "--language", language]) == 3
    tables, served = (page.read_text(encoding="utf-8").splitlines() for page in pages)
    (period,) = [line for line in tables if line not in served]
    assert f"<dt>{sentence('page', 'about.period', language)}</dt>" in period
    assert served == [line for line in tables if line != period]


def test_texts_that_the_gate_would_refuse_change_nothing(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the gate the session refuses whatever writes; what it lets through and leaves the data is listed."""
    monkeypatch.setattr(serving, "answered", lambda _, rows: rows)
    monkeypatch.setattr(connecting, "REACHING_SECONDS", 60.0)
    before, ran, refused = server.counts(), [], []
    assert sum(map(len, PLAIN.values())) >= 200
    with (
        server.driver() as driver,
        driver.session(database="neo4j") as counting,
        Connection(server.address, login_of(), patience=0.1) as connection,
    ):
        for kind, text in HOSTILE:
            if kind == "disguised" and not SWEEPING:
                continue
            try:
                Server(connection).run(Statement(shorter(text), {}, {}, False), timeout=2, max_rows=10_000)
            except EcographError as error:
                refused.append(str(error))
            else:
                ran.append((kind, text))
            assert tuple(counting.run(COUNTS).single()) == before, text
    assert [one for one in refused if "\n" in one] == []
    assert eg.read(server.address) == eg.dataset("harbour")
    outside = [text for kind, text in ran if kind in OUTSIDE]
    assert [text for text in outside if not HELD_BY_THE_GATE_ALONE.match(text)] == []
    assert set(HELD) <= set(outside)


FAILING = [
    "store status {address} --database other",
    "store status {address} --user nobody",
    "store status neo4j://neo4j:{password}@{place}",
    "store status neo4j://{password}@{place}",
    "store status neo4j://{place}:{password}",
    "store status neo4j://{place}/?password={password}",
    "store status neo4j:/neo4j:{password}@{place}",
    "store status bolt+ssc://neo4j:{password}@{place}",
    "store status https://neo4j:{password}@{place}",
    "store status neo4j+s://{place}",
    "store status neo4j://127.0.0.1:1",
    "store read {address} {folder} --ecosystem other",
    "store read {address} {folder} --database other",
    "store read neo4j://neo4j:{password}@{place} {folder}",
    "store read {address} {file}",
    "store write florentine {address} --ecosystem=",
    "store write florentine neo4j://neo4j:{password}@{place}",
    "store write nowhere {address}",
    "store remove {address} --ecosystem other",
    "store remove neo4j://neo4j:{password}@{place} --ecosystem harbour",
    "query run tracking/untracked neo4j://neo4j:{password}@{place}",
    "query run tracking/untracked --on {address} --database other",
    "query run tracking/untracked --on {address} --timeout 0",
    "query run tracking/untracked --on {address} --as-of 2025-12-31 --max-rows 1",
    "query run tracking/untracked --on {address} --as-of yesterday",
    "query run {broken} --on {address}",
    "query check {broken} --on {address}",
    "query check --on neo4j://neo4j:{password}@{place}",
    "measure degree neo4j://neo4j:{password}@{place} --relation TRACKS",
    "measure degree {address} --relation MARRIAGE",
    "check neo4j://neo4j:{password}@{place}",
    "report neo4j://neo4j:{password}@{place} -o {folder}/page.html",
    "doctor --on neo4j://neo4j:{password}@{place}",
    "doctor --on https://neo4j:{password}@{place}",
]


def test_no_password_in_any_output_log_traceback_or_page(
    server: Any, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Every run fails, in one line and with exit code 1; whatever it left is searched for the password."""
    caplog.set_level(logging.DEBUG)
    broken = tmp_path / "mine" / "broken.cypher"
    broken.parent.mkdir()
    broken.write_text("MATCH (n) DETACH DELETE n", encoding="utf-8")
    (tmp_path / "file").write_text("")
    given = {"address": server.address, "place": server.place, "password": server.password, "broken": broken}
    given |= {"folder": tmp_path / "out", "file": tmp_path / "file"}
    assert len(FAILING) >= 30
    for words in FAILING:
        code = main([word.format(**given) for word in words.split()])
        out, err = capfd.readouterr()
        lines = (out if words.startswith("doctor") else err).splitlines()
        assert code == 1 and lines, (words, code, err)
        assert len(lines) == 1 or words.startswith(("doctor", "store write", "store remove", "query check")), err
        assert server.password not in out + err, words
    assert server.password not in caplog.text
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or server.password.encode() not in path.read_bytes()


def test_no_password_in_a_traceback_or_in_what_is_shown(server: Any) -> None:
    login = login_of()
    assert server.password not in repr(login)
    for address in (f"neo4j://neo4j:{server.password}@{server.place}", "neo4j://127.0.0.1:1"):
        with pytest.raises(EcographError) as caught:
            eg.read(address, password=server.password)
        told = "".join(traceback.format_exception(caught.value))
        assert server.password not in told.replace(address, "").replace("password=server.password", "")
        assert server.password not in repr(caught.value)
    with pytest.raises(AddressError) as caught:
        Connection(server.address, login_of(password=server.password + "x"))
    assert server.password not in "".join(traceback.format_exception(caught.value))
    with Connection(server.address, login) as connection:
        assert server.password not in repr(connection) + repr(neo4j.served(connection))
