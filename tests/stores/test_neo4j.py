"""The Neo4j store on real servers: what is written is there once, whatever is stopped and whatever else is there."""

import sys
import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ecograph as eg
from ecograph.cypher import connection as connecting
from ecograph.cypher.connection import Connection, Login, login_of
from ecograph.ecosystem import Ecosystem
from ecograph.errors import (
    AddressError,
    EcographError,
    LoadError,
    MissingPartError,
    ParameterError,
    SchemaError,
    StoreError,
)
from ecograph.schema import Attribute, NodeKind, RelationKind, Schema
from ecograph.stores import neo4j
from ecograph.stores.neo4j import reading, writing
from ecograph.stores.neo4j.record import records
from tests.conftest import SWEEPING
from tests.strategies import made, made_ecosystems

OURS = "MATCH (n) WHERE n._ecosystem = $name RETURN count(n)"


@pytest.fixture
def server(neo4j_server: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An empty server to which the environment has the password."""
    monkeypatch.setenv("ECOGRAPH_NEO4J_PASSWORD", neo4j_server.password)
    neo4j_server.wipe()
    return neo4j_server


@pytest.fixture
def line(server: Any) -> Iterator[Connection]:
    """A connection to an empty server."""
    with Connection(server.address, login_of(), failure=StoreError) as connection:
        yield connection


def asked(server: Any, text: str, **values: Any) -> list[list[Any]]:
    """Rows of a statement, by a driver that knows nothing of ecograph."""
    with server.driver() as driver:
        return [list(row) for row in driver.execute_query(text, values, database_="neo4j").records]


def sizes(eco: Ecosystem) -> tuple[int, int]:
    """Nodes, with the record among them, and relations."""
    return eco.content.index.n + 1, sum(table.num_rows for table in eco.content.relations.values())


def wild() -> Ecosystem:
    """Everything a table may hold: keys for some rows, moments, units, missing cells, odd names and letters."""
    makers = {
        "id": ["00123", "NA", "é`'\"", "港口/1", "a%2Fb", "😀"],
        "name": ["阿达", None, "x' OR true //", "", " b ", "n\nl"],
        "_key": ["1", None, "2", None, None, None],
        "__key": [None, "3", None, None, None, None],
        "key": ["4", None, None, None, None, None],
        "颜色": ["红", "蓝", None, None, None, "`"],
        "a`b c": ["1", None, None, None, None, None],
    }
    rows = {
        "source": ["00123", "NA", "NA", "NA", "港口/1"],
        "target": ["p", "p", "p", "p", "p"],
        "at": ["2024-05-01T10:00:00.000001Z", "2024-01-01", "1815-12-10", None, "9999-12-31"],
        "key": ["k2", "k1", None, None, None],
        "score": [1.5, None, 2.0, 1e300, -1e-300],
    }
    moved = {
        "source": ["00123", "00123"],
        "target": ["NA", "NA"],
        "amount": [3.25, None],
        "unit": ["CNY", "小时"],
        "at": ["2024-01-01", "2024-01-02"],
    }
    nodes = {"Maker": makers, "Project": {"id": ["p"]}, "Enterprise": {"id": ["00123"]}}
    eco = eg.from_tables(nodes, {"EVALUATES": rows, "TRANSFERS": {**moved, **kinds("Maker")}})
    return Ecosystem(eco.content, eco.quality, {"title": "wild 生态", "as_of": "2025-01-01", "list": [1, "二"]})


def kinds(kind: str) -> dict[str, list[str]]:
    return {"source_kind": [kind] * 2, "target_kind": [kind] * 2}


@pytest.mark.parametrize("name", ["florentine", "cordis-h2020", "harbour"])
def test_datasets_come_back(server: Any, name: str) -> None:
    eco = eg.dataset(name)
    eg.write(eco, server.address, ecosystem=name)
    back = eg.read(server.address, strict=True)
    assert back == eco and back.manifest == eco.manifest and back.summary() == eco.summary()
    for relation in eco.relation_kinds:
        assert back.relations(relation) == eco.relations(relation)
    assert server.counts() == sizes(eco)


def test_every_cell_comes_back(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    eco = wild()
    monkeypatch.setattr(reading, "PIECE", 2)
    monkeypatch.setattr(writing, "BATCH", 2)
    for _ in range(2):
        eg.write(eco, server.address)
        back = eg.read(server.address, ecosystem="wild 生态")
        assert back == eco and back.manifest == eco.manifest
        for kind in eco.kinds:
            assert back.nodes(kind) == eco.nodes(kind)
        assert server.counts() == sizes(eco)
    assert asked(server, "MATCH (n:Maker:Person:Actor {id: '00123'}) RETURN n.kind, n.`颜色`") == [["Maker", "红"]]
    days = asked(server, "MATCH ()-[e:EVALUATES]->() RETURN toString(e.at) AS day ORDER BY day")
    assert days == [["1815-12-10"], ["2024-01-01"], ["2024-05-01"], ["9999-12-31"], [None]]
    assert eg.read(server.address).content.factors == eco.content.factors


def test_a_piece_of_a_table_is_found_by_an_index(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else reading would go through the whole table for each of its pieces."""
    asked_for: list[tuple[str, dict[str, Any]]] = []
    real = Connection.read

    def noted(self: Connection, text: str, values: dict[str, Any] | None = None) -> list[list[Any]]:
        asked_for.extend([(text, values)] if values and "start" in values else [])
        return real(self, text, values)

    eco = eg.harbour(relations=20_000, seed=1).ecosystem
    eg.write(eco, server.address, ecosystem="one")
    asked(server, "CALL db.awaitIndexes(60)")
    monkeypatch.setattr(Connection, "read", noted)
    monkeypatch.setattr(reading, "PIECE", 500)
    assert eg.read(server.address) == eco
    with server.driver() as driver:
        plans = {text: driver.execute_query(f"EXPLAIN {text}", values).summary.plan for text, values in asked_for}
    large = [text for text in plans if any(f":`{kind}`" in text for kind in ("Maker", "COLLABORATES", "ATTENDS"))]
    assert len(large) == 3 and all("IndexSeekByRange" in str(plans[text]) for text in large)


def test_parts_and_conversions_come_back(server: Any) -> None:
    eco = eg.dataset("harbour").between("2024-01-01", "2024-07-01")
    eg.write(eco, server.address, ecosystem="a/b%")
    assert eg.read(server.address, ecosystem="a/b%") == eco
    eg.write(eg.from_tables({}, {}), server.address, ecosystem="nothing")
    assert eg.read(server.address, ecosystem="nothing").kinds == ()


@settings(
    max_examples=50 if SWEEPING else 25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tables=made_ecosystems, anew=st.booleans())
def test_any_ecosystem_comes_back_and_takes_the_place_of_the_one_before(
    line: Connection, tables: Any, anew: bool
) -> None:
    eco = tables.ecosystem
    if anew and records(line):
        neo4j.remove(line, "any")
    neo4j.plan(line, eco, "any").run()
    assert neo4j.read(line, None) == eco
    assert line.read(OURS, {"name": "any"}) == [[eco.content.index.n + 1]]


def test_what_others_have_is_left_alone(server: Any) -> None:
    first, second = made(1).ecosystem, made(2).ecosystem
    asked(server, "CREATE (a:Maker {id: 'x'})-[:ARC {hours: 1}]->(:Ecograph {name: 'no key'}), (:Note)-[:ON]->(a)")
    foreign = "MATCH (n) WHERE n._ecosystem IS NULL OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n), count(r)"
    for eco in (first, second, first):
        eg.write(eco, server.address, ecosystem="one")
        assert eg.read(server.address) == eco
        assert asked(server, foreign) == [[3, 2]]
        nodes, relations = sizes(eco)
        assert server.counts() == (nodes + 3, relations + 2)
    with Connection(server.address, login_of()) as connection:
        assert neo4j.others(connection) == 3
        with pytest.raises(
            AddressError, match=r"of Maker there, ecosystem='one' has .*a database of its own"
        ) as caught:
            neo4j.served(connection)
        assert "\n" not in str(caught.value)
        neo4j.remove(connection, "one")
        assert not len(neo4j.standing(connection))
    assert server.counts() == (3, 2)
    assert asked(server, "SHOW CONSTRAINTS YIELD name RETURN name") == []
    assert asked(server, "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name") == []


def test_relations_that_others_made_hold_a_node_fast(server: Any) -> None:
    first, second = made(1, n=20).ecosystem, made(1, n=5).ecosystem
    eg.write(first, server.address, ecosystem="one")
    asked(server, "MATCH (n:Actor {id: 'n010'}) CREATE (:Note)-[:ON]->(n)")
    with pytest.raises(StoreError, match="1 nodes that are to go have relations that others made; take those away"):
        eg.write(second, server.address, ecosystem="one")
    with pytest.raises(AddressError, match="is being loaded, or its load was stopped; write it again"):
        eg.read(server.address)
    asked(server, "MATCH (n:Note) DETACH DELETE n")
    eg.write(second, server.address, ecosystem="one")
    assert eg.read(server.address) == second and server.counts() == sizes(second)


def test_a_relation_of_others_between_our_nodes_is_not_ours(server: Any) -> None:
    eco = made(1).ecosystem
    eg.write(eco, server.address, ecosystem="one")
    asked(server, "MATCH (a)-[r:ARC]->(b) WITH a, b, r.key AS key LIMIT 1 CREATE (a)-[:ARC {key: key, hours: 99}]->(b)")
    eg.write(eco, server.address, ecosystem="one")
    assert asked(server, "MATCH ()-[r:ARC {hours: 99}]->() RETURN count(r)") == [[1]]
    assert eg.read(server.address) == eco


def test_several_ecosystems_do_not_mix(server: Any, line: Connection) -> None:
    first, second = made(1).ecosystem, made(2).ecosystem
    eg.write(first, server.address, ecosystem="one")
    eg.write(second, server.address, ecosystem="two")
    assert eg.read(server.address, ecosystem="one") == first and eg.read(server.address, ecosystem="two") == second
    with pytest.raises(AddressError, match=r"several ecosystems there; give ecosystem=, one of one, two$"):
        eg.read(server.address)
    with pytest.raises(AddressError, match=r"no ecosystem='three' in database='neo4j'; there: one, two$"):
        eg.read(server.address, ecosystem="three")
    with pytest.raises(AddressError, match=r"several ecosystems there \(one, two\), which a query would mix"):
        neo4j.served(line)
    assert list(neo4j.standing(line)["nodes"]) == [first.content.index.n, second.content.index.n]
    neo4j.remove(line, "one")
    assert eg.read(server.address) == second
    assert neo4j.served(line).schema == second.schema
    with pytest.raises(AddressError, match=r"no ecosystem='one' in database='neo4j'; there: two$"):
        neo4j.remove(line, "one")


def test_another_tree_of_kinds_leaves_no_label(server: Any) -> None:
    def tree(parent: str) -> Schema:
        return Schema("tree", (NodeKind("A"), NodeKind("B"), NodeKind("C", parent), NodeKind("D", parent)), ())

    for parent in ("A", "B"):
        eco = eg.from_tables({"C": {"id": ["1"]}, "D": {"id": ["2"]}}, {}, tree(parent))
        eg.write(eco, server.address, ecosystem="tree")
        assert eg.read(server.address) == eco
        assert asked(server, "MATCH (n {id: '1'}) RETURN labels(n)") == [[["Ecograph", "C", parent]]]


def test_a_load_whose_answers_are_lost_writes_everything_once(
    line: Connection, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The driver runs a transaction again when it does not hear that it was done."""
    monkeypatch.setattr(writing, "BATCH", 7)
    once = line.writing

    def twice(work: Any) -> Any:
        once(work)
        return once(work)

    monkeypatch.setattr(line, "writing", twice)
    for eco in (made(1).ecosystem, made(2).ecosystem):
        neo4j.plan(line, eco, "one").run()
        assert neo4j.read(line, "one") == eco and server.counts() == sizes(eco)


def test_of_two_loads_the_later_one_wins(line: Connection, server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = made(1).ecosystem, made(2).ecosystem
    monkeypatch.setattr(writing, "BATCH", 7)
    overtaking = neo4j.plan(line, first, "one")
    send, sent = writing.Loading._send, []

    def overtaken(self: Any, *arguments: Any) -> None:
        sent.append(arguments)
        if len(sent) == 3:
            monkeypatch.setattr(writing.Loading, "_send", send)
            neo4j.plan(line, second, "one").run()
        send(self, *arguments)

    monkeypatch.setattr(writing.Loading, "_send", overtaken)
    with pytest.raises(StoreError, match="another load of ecosystem='one' has begun; let it end, then write again"):
        overtaking.run()
    assert neo4j.read(line, "one") == second and server.counts() == sizes(second)


def test_two_loads_of_the_same_at_once_write_it_once(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    eco = eg.harbour(relations=1000, seed=1).ecosystem
    monkeypatch.setattr(writing, "BATCH", 50)
    threads = [threading.Thread(target=eg.write, args=(eco, server.address)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert eg.read(server.address) == eco and server.counts() == sizes(eco)


@pytest.mark.slow
def test_a_killed_server(server: Any, rounds: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is lost in the middle of a load, comes back, and the load is run again: all is there, once."""
    eco = eg.harbour(relations=2000, seed=1).ecosystem
    smaller = eg.harbour(relations=1000, seed=2).ecosystem
    login = Login(server.user, server.password)
    monkeypatch.setattr(writing, "BATCH", 100)
    n_rounds = rounds(3, 20)
    for turn in range(n_rounds):
        server.wipe()
        if turn % 2:
            eg.write(smaller, server.address, ecosystem="one")
        refused = killed_within(server, login, eco, 2 + turn * 12 // n_rounds)
        assert refused and all("\n" not in str(error) for error in refused)
        server.start()
        with Connection(server.address, login, failure=StoreError) as connection:
            with pytest.raises(AddressError, match="its load was stopped; write it again"):
                neo4j.read(connection, "one")
            done = records(connection)[0].done
            again = neo4j.plan(connection, eco, "one")
            assert 0 < again.loading.record.done == done < len(again.batches)
            again.run()
            assert neo4j.read(connection, "one") == eco
        assert server.counts() == sizes(eco)


def killed_within(server: Any, login: Login, eco: Ecosystem, after: int) -> list[EcographError]:
    """Errors of a load whose server is killed when it has done some batches."""
    refused: list[EcographError] = []

    def load() -> None:
        try:
            with Connection(server.address, login, failure=StoreError, patience=0.1) as connection:
                neo4j.plan(connection, eco, "one").run()
        except EcographError as error:
            refused.append(error)

    loading = threading.Thread(target=load)
    with server.driver() as driver:
        loading.start()
        told = "MATCH (m:EcographManifest) WHERE m.state = 'loading' RETURN m.done"
        while not any(row[0] >= after for row in driver.execute_query(told, database_="neo4j").records):
            assert loading.is_alive()
    server.kill()
    loading.join()
    return refused


def test_nothing_is_written_before_it_is_said(line: Connection, server: Any) -> None:
    eco, more = made(1).ecosystem, made(2).ecosystem
    planned = neo4j.plan(line, eco, "one")
    nodes, relations = sizes(eco)
    first, last = planned.lines()
    assert first.startswith(
        f"ecosystem='one': {nodes - 1:,} nodes and {relations:,} relations go into database='neo4j'"
    )
    assert last == "0 nodes of others are there; they are left alone"
    statements = list(planned.statements())
    assert statements[0].startswith("CREATE CONSTRAINT") and any("// ARC: " in one for one in statements)
    assert server.counts() == (0, 0)
    planned.run()
    lines = list(neo4j.plan(line, more, "one").lines())
    assert lines[1] == f"it replaces {nodes - 1:,} nodes and {relations:,} relations"


def test_a_database_that_was_changed_is_not_read(line: Connection, server: Any) -> None:
    eco = made(1).ecosystem
    for change in ("MATCH (n:Maker) SET n.group = 'x'", "MATCH ()-[r:ARC]->() WITH r LIMIT 1 DELETE r"):
        neo4j.plan(line, eco, "one").run()
        asked(server, change)
        with pytest.raises(LoadError, match="is not what was written: it was changed"):
            neo4j.read(line, None)
    asked(server, "MATCH (m:EcographManifest) SET m.format = 99")
    with pytest.raises(AddressError, match="ecosystem='one' has format 99, not 1; read it with the eco"):
        neo4j.read(line, None)


def test_names_that_cannot_stand_in_a_statement(line: Connection, server: Any) -> None:
    for name in ("a\\u0060b", "\\"):
        schema = Schema("odd", (NodeKind(name), NodeKind("Other")), (RelationKind("R", ("Other",), ("Other",)),))
        eco = eg.from_tables({name: {"id": ["1"]}}, {}, schema)
        with pytest.raises(SchemaError, match="cannot be a name in Neo4j; rename it without backslash"):
            neo4j.plan(line, eco, "odd").run()
    name = "a`) DETACH DELETE (n) //"
    kind = NodeKind(name, attributes=(Attribute("x` y", "integer"),))
    schema = Schema("odd", (kind,), (RelationKind("R`", (name,), (name,)),))
    nodes = {"id": ["1", "2"], "x` y": [1, None]}
    eco = eg.from_tables({name: nodes}, {"R`": {"source": ["1"], "target": ["2"]}}, schema)
    neo4j.plan(line, eco, "odd").run()
    assert neo4j.read(line, None) == eco


def test_an_ecosystem_needs_a_name(line: Connection) -> None:
    for name in (None, "", " "):
        with pytest.raises(ParameterError, match="is no name; give ecosystem=, its name in the database"):
            neo4j.plan(line, eg.from_tables({}, {}), name)


@pytest.mark.usefixtures("server")
def test_wrong_addresses_and_logins(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    eco = made(1, n=3).ecosystem
    for address, error, message in (
        (f"neo4j://neo4j:{server.password}@{server.place}", ParameterError, r"neo4j://\*\*\*@127.*has no place in an"),
        (f"neo4j://{server.place}?password=x", ParameterError, "cannot be read; write it as neo4j://HOST:PORT"),
        ("neo4j://127.0.0.1:1", AddressError, "no Neo4j server answers there; start it, or correct the address"),
        (f"neo4j+s://{server.place}", AddressError, "no Neo4j server answers there"),
        ("s3://bucket", AddressError, "only local folders and neo4j://HOST"),
    ):
        for call in (partial(eg.read, address), partial(eg.write, eco, address, ecosystem="x")):
            with pytest.raises(error, match=message) as caught:
                call()
            assert server.password not in str(caught.value) and "\n" not in str(caught.value)
    with pytest.raises(AddressError, match="user='neo4j' was refused, its password is wrong or missing; set"):
        eg.read(server.address, password="wrong-password")
    with pytest.raises(AddressError, match="user='nobody' was refused"):
        eg.read(server.address, user="nobody")
    with pytest.raises(AddressError, match="no database='other' there; name one that is online"):
        eg.read(server.address, database="other")
    with pytest.raises(AddressError, match="no ecosystem in database='neo4j', which holds 0 nodes of others"):
        eg.read(server.address)
    monkeypatch.setattr(connecting, "OLDEST", (9999, 1))
    with pytest.raises(AddressError, match=r"Neo4j (5\.26|2026).* is too old; update it to 9999.1 or newer"):
        eg.read(server.address)


def test_without_the_driver_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "neo4j", None)
    with pytest.raises(MissingPartError, match=r"Neo4j needs its driver; install it with: pip install"):
        eg.read("neo4j://localhost")
