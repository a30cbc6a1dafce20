"""Writing: batches in order, each in one transaction together with the count of those that are done.

So a batch is there once or not at all, however often a transaction is tried again and wherever a load is stopped, and a
load that goes on knows where. What was there before and is not in the ecosystem goes last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.content import Content
from ecograph.cypher.connection import Connection
from ecograph.errors import StoreError
from ecograph.stores.neo4j.columns import Part
from ecograph.stores.neo4j.names import (
    ECOSYSTEM,
    KEY,
    LOAD,
    MANIFEST,
    MARK,
    OWN,
    PLACE,
    ROW,
    labels_of,
    node_keys,
    quoted,
)
from ecograph.stores.neo4j.record import COMPLETE, LOADING, Record

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

BATCH = 10_000
INDEX = "ecograph "
INDEXES = f"SHOW INDEXES YIELD name WHERE name STARTS WITH '{INDEX}' RETURN name"
CONSTRAINT = f"CREATE CONSTRAINT ecograph IF NOT EXISTS FOR (n:{MARK}) REQUIRE n.{KEY} IS UNIQUE"
LOCKED = f"MATCH (m:{MARK}:{MANIFEST} {{{KEY}: $key}}) SET m._turn = $load WITH m WHERE "  # looked at when locked
CLAIM = (
    f"MERGE (m:{MARK} {{{KEY}: $key}}) SET m._turn = $load WITH m "
    "WHERE coalesce(m.load, 0) = $load - 1 OR m.load = $load AND m.fingerprint = $fingerprint "
    f"WITH m, m.load = $load AS begun SET m:{MANIFEST}, m += CASE begun WHEN true THEN {{}} ELSE $properties END "
    "RETURN count(*)"
)
TURN = (
    f"{LOCKED} m.load = $load AND m.fingerprint = $fingerprint WITH m, m.done AS before "
    "SET m.done = CASE before WHEN $done THEN $done + 1 ELSE before END RETURN before"
)
END = f"{LOCKED} m.load = $load AND m.fingerprint = $fingerprint SET m.state = '{COMPLETE}' RETURN count(*)"
UNDONE = f"MATCH (m:{MARK}:{MANIFEST} {{{KEY}: $key}}) SET m.state = '{LOADING}', m.fingerprint = ''"
FORGET = f"MATCH (m:{MARK}:{MANIFEST} {{{KEY}: $key}}) DELETE m"
NO_LOAD = 0
GONE = {
    "relations": (
        f"MATCH (n:{MARK} {{{ECOSYSTEM}: $ecosystem}})-[r]->() WHERE r.{ECOSYSTEM} = $ecosystem AND r.{LOAD} <> $load "
        f"CALL (r) {{ DELETE r }} IN TRANSACTIONS OF {BATCH} ROWS"
    ),
    "nodes": (
        f"MATCH (n:{MARK} {{{ECOSYSTEM}: $ecosystem}}) WHERE n.{LOAD} <> $load "  # a record has none
        f"CALL (n) {{ DELETE n }} IN TRANSACTIONS OF {BATCH} ROWS"
    ),
}
TIED = (
    f"MATCH (n:{MARK} {{{ECOSYSTEM}: $ecosystem}})-[r]-() "
    f"WHERE n.{LOAD} <> $load AND (r.{ECOSYSTEM} IS NULL OR r.{ECOSYSTEM} <> $ecosystem) RETURN count(DISTINCT n)"
)


@dataclass(frozen=True, slots=True)
class Step:
    """The statement that writes the rows of one kind, a batch at a time.

    Parameters
    ----------
    part : {"nodes", "relations"}
        What the rows are.
    kind : str
        Their kind.
    rows : int
        How many there are.
    text : str
        The statement.
    """

    part: str
    kind: str
    rows: int
    text: str

    def indexes(self) -> list[str]:
        """Statements that make its indexes."""
        kind = quoted(self.kind)
        if self.part == "nodes":
            found = {self.kind: f"(x:{kind}) ON (x.id)", f"places {self.kind}": f"(x:{kind}) ON (x.{PLACE})"}
        else:
            found = {f"rows {self.kind}": f"()-[x:{kind}]-() ON (x.{ROW})"}
        return [f"CREATE INDEX {quoted(INDEX + name)} IF NOT EXISTS FOR {what}" for name, what in found.items()]


@dataclass(frozen=True)
class Loading:
    """An ecosystem on its way into a database.

    Parameters
    ----------
    content : Content
        Its tables.
    record : Record
        The record with which the load begins.
    """

    content: Content
    record: Record

    @cached_property
    def steps(self) -> list[Step]:
        """One step a kind that has rows: nodes, then relations."""
        parts = self.record.parts
        nodes = [self._node_step(kind, part) for kind, part in parts["nodes"].items() if part.rows]
        return nodes + [self._relation_step(kind, part) for kind, part in parts["relations"].items() if part.rows]

    @cached_property
    def indexes(self) -> list[str]:
        """Statements that make the indexes by which queries find nodes, and reading finds pieces of tables."""
        return [statement for step in self.steps for statement in step.indexes()]

    def run(self, connection: Connection) -> None:
        """Write all of it."""
        connection.define(CONSTRAINT)
        self._turn(connection, CLAIM, properties=self.record.properties())
        done = 0
        for step in self.steps:
            for start in range(0, step.rows, BATCH):
                if done >= self.record.done:
                    self._send(connection, step, start, done)
                done += 1
        for statement in self.indexes:
            connection.define(statement)
        if not self.record.fresh:
            take_away(connection, self.record.name, self.record.load)
        self._turn(connection, END)

    def last(self) -> list[str]:
        """Statements that take away what the load did not write."""
        return [] if self.record.fresh else list(GONE.values())

    def _turn(self, connection: Connection, text: str, **values: Any) -> None:
        """Change the record, if it is still that of this load."""

        def work(transaction: "ManagedTransaction") -> None:
            if transaction.run(text, {**self._mine, **values}).value() != [1]:
                raise self._overtaken(connection)

        connection.writing(work)

    def _send(self, connection: Connection, step: Step, start: int, done: int) -> None:
        """Write one batch, if it is not there yet."""
        values = self._values(step, start, min(start + BATCH, step.rows))

        def work(transaction: "ManagedTransaction") -> None:
            before = transaction.run(TURN, {**self._mine, "done": done}).value()
            if not before or before[0] < done:
                raise self._overtaken(connection)
            if before[0] == done and transaction.run(step.text, values).value() != [values["n"]]:
                wrong = "nodes it needs were taken away meanwhile"
                raise StoreError(f"{connection.address}: {step.kind}: {wrong}; remove the ecosystem and write it again")

        connection.writing(work)

    @property
    def _mine(self) -> dict[str, Any]:
        return {"key": self.record.key, "load": self.record.load, "fingerprint": self.record.fingerprint}

    def _overtaken(self, connection: Connection) -> StoreError:
        wrong = f"another load of ecosystem={self.record.name!r} has begun"
        return StoreError(f"{connection.address}: {wrong}; let it end, then write again")

    def _node_step(self, kind: str, part: Part) -> Step:
        labels = "".join(f":{quoted(label)}" for label in labels_of(self.record.schema, kind))
        merged = f"MERGE (x:{MARK} {{{KEY}: $key[i]}}) SET x{labels}"
        verb = f"CREATE (x{labels})" if self.record.fresh else merged
        own = [f"{KEY}: $key[i]", f"{PLACE}: $place + i", "kind: $kind"]
        return Step("nodes", kind, part.rows, f"UNWIND range(0, $n - 1) AS i {verb} {_filled(own, part)}")

    def _relation_step(self, kind: str, part: Part) -> Step:
        ends = f"MATCH (a:{MARK} {{{KEY}: $nodes[$source[i]]}}) MATCH (b:{MARK} {{{KEY}: $nodes[$target[i]]}})"
        relation = f"x:{quoted(kind)}"
        merged = f"MERGE (a)-[{relation} {{{ECOSYSTEM}: $ecosystem, key: $key[i]}}]->(b)"
        verb = f"CREATE (a)-[{relation}]->(b)" if self.record.fresh else merged
        own = ["key: $key[i]", f"{ROW}: $place + i", *([f"{OWN}: $own[i]"] if part.keyed else [])]
        return Step("relations", kind, part.rows, f"UNWIND range(0, $n - 1) AS i {ends} {verb} {_filled(own, part)}")

    def _values(self, step: Step, start: int, stop: int) -> dict[str, Any]:
        """Values of a batch, a list a property."""
        part = self.record.parts[step.part][step.kind]
        table = (self.content.nodes if step.part == "nodes" else self.content.relations)[step.kind]
        rows = table.slice(start, stop - start)
        lists = [cells for column in part.columns for cells in column.lists(rows.column(column.name))]
        ends = self._node_keys(step, start, stop) if step.part == "nodes" else self._ends(step, part, start, stop)
        marks = {"ecosystem": self.record.name, "load": self.record.load, "n": stop - start}
        return {**marks, **ends, **{f"c{place}": cells for place, cells in enumerate(lists)}}

    def _node_keys(self, step: Step, start: int, stop: int) -> dict[str, Any]:
        first = self.content.index.offsets[step.kind]
        keys = self._keys(np.arange(first + start, first + stop))
        return {"key": keys, "place": first + start, "kind": step.kind}

    def _ends(self, step: Step, part: Part, start: int, stop: int) -> dict[str, Any]:
        """Keys of the nodes at the ends, each once, and which of them each row has; the rows' own keys."""
        rows = np.arange(start, stop)
        nodes, ends = np.unique([end[rows] for end in self.content.ends(step.kind)], return_inverse=True)
        source, target = ends.reshape(2, -1).tolist()
        found = {"nodes": self._keys(nodes), "source": source, "target": target, "place": start}
        if part.keyed:
            found["own"] = self.content.own_keys(step.kind, rows).is_valid().to_pylist()
        return {**found, "key": self.content.keys(step.kind, rows).to_pylist()}

    def _keys(self, positions: NDArray[np.integer[Any]]) -> list[str]:
        index, picked = self.content.index, pa.array(positions)
        keys: list[str] = node_keys(self.record.name, index.kinds.take(picked), index.ids.take(picked)).to_pylist()
        return keys


def take_away(connection: Connection, ecosystem: str, load: int) -> None:
    """Delete what a load of an ecosystem did not write; relations that others made hold a node fast.

    Raises
    ------
    StoreError
        If there are such.
    """
    mark = {"ecosystem": ecosystem, "load": load}
    if held := connection.read(TIED, mark)[0][0]:
        wrong = f"{held:,} nodes that are to go have relations that others made"
        raise StoreError(f"{connection.address}: {wrong}; take those away, then try again")
    for statement in GONE.values():
        connection.command(statement, mark)


def delete(connection: Connection, record: Record) -> None:
    """Delete an ecosystem, its record last, so that a stopped deletion is known for what it is."""
    mine = {"key": record.key}
    connection.change(UNDONE, mine)
    take_away(connection, record.name, NO_LOAD)
    connection.change(FORGET, mine)


def _filled(own: Sequence[str], part: Part) -> str:
    """The end of a statement: all properties that a node or relation has, and how many rows were written."""
    marks = [f"{ECOSYSTEM}: $ecosystem", f"{LOAD}: $load"]
    given = [f"{quoted(name)}: $c{place}[i]" for place, name in enumerate(part.properties())]
    return f"SET x = {{{', '.join([*own, *marks, *given])}}} RETURN count(*)"
