"""What can be done with ecosystems in a database: write one, ask one, remove one, and see what is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ecograph.content import Content
from ecograph.cypher.connection import Connection
from ecograph.cypher.gate import Statement
from ecograph.cypher.server import Server
from ecograph.ecosystem import Ecosystem
from ecograph.errors import AddressError, ParameterError
from ecograph.schema import Schema
from ecograph.stores.neo4j.names import quoted
from ecograph.stores.neo4j.record import COMPLETE, LOADING, Record, begun, chosen, named, others, record_of, records
from ecograph.stores.neo4j.writing import BATCH, CONSTRAINT, INDEXES, Loading, delete
from ecograph.table import Column, Table

STANDING: Mapping[str, Column] = {
    "ecosystem": Column("what it is called in the database", zh="生态系统"),
    "state": Column("whether all of it is there", zh="状态", words={COMPLETE: "完整", LOADING: "载入中"}),
    "nodes": Column("how many nodes it has", zh="节点数"),
    "relations": Column("how many relations it has", zh="关系数"),
    "day": Column("the day on which its data are read", zh="日期"),
    "fingerprint": Column("fingerprint of its tables", zh="指纹"),
}


@dataclass(frozen=True)
class Plan:
    """What writing an ecosystem into a database will do.

    Parameters
    ----------
    connection : Connection
        To the database.
    content : Content
        What is written.
    wanted : Record
        The record it shall have.
    before : Record or None
        The record that is there.
    """

    connection: Connection
    content: Content
    wanted: Record
    before: Record | None

    @cached_property
    def loading(self) -> Loading:
        """The load it begins or goes on with."""
        return Loading(self.content, begun(None if self._anew else self.before, self.wanted))

    @property
    def _anew(self) -> bool:
        """Whether nodes would keep labels of kinds that now stand elsewhere in the tree of kinds."""
        if self.before is None:
            return False
        labels = self.wanted.labels()
        return any(labels.get(kind, own) != own for kind, own in self.before.labels().items())

    def lines(self) -> list[str]:
        """What will be done, in sentences."""
        record, there = self.loading.record, self.connection
        sizes = f"{record.count('nodes'):,} nodes and {record.count('relations'):,} relations"
        told = [f"ecosystem={record.name!r}: {sizes} go into database={there.database!r} of {there.address}"]
        if record.done:
            told.append(f"a load of it was stopped; it goes on after {record.done:,} of {len(self.batches):,} batches")
        elif self.before is not None:
            gone = f"{self.before.count('nodes'):,} nodes and {self.before.count('relations'):,} relations"
            told.append(f"it replaces {gone}")
        return [*told, f"{others(there):,} nodes of others are there; they are left alone"]

    @property
    def batches(self) -> list[int]:
        """Rows of each batch."""
        return [min(BATCH, step.rows - start) for step in self.loading.steps for start in range(0, step.rows, BATCH)]

    def statements(self) -> list[str]:
        """Statements that will run, each under what it writes."""
        steps = [
            f"// {step.kind}: {step.rows:,} rows in {-(-step.rows // BATCH):,} batches\n{step.text}"
            for step in self.loading.steps
        ]
        return [CONSTRAINT, *steps, *self.loading.indexes, *self.loading.last()]

    def run(self) -> None:
        """Write it."""
        if self._anew and self.before is not None:
            remove(self.connection, self.before.name)
        self.loading.run(self.connection)


def plan(connection: Connection, eco: Ecosystem, name: str | None = None) -> Plan:
    """See what writing an ecosystem would do; nothing is written.

    Raises
    ------
    ParameterError
        If it has no name.
    SchemaError
        If a name of its schema cannot stand in a statement.
    """
    called = name if name is not None else eco.manifest.get("name") or eco.manifest.get("title") or ""
    if not str(called).strip():
        raise ParameterError(f"ecosystem={called!r} is no name; give ecosystem=, its name in the database")
    there = {one.name: one for one in records(connection)}
    return Plan(connection, eco.content, record_of(eco, str(called)), there.get(str(called)))


def remove(connection: Connection, name: str) -> None:
    """Take an ecosystem out of a database, and with the last one what ecograph made to find nodes.

    Raises
    ------
    AddressError
        If there is none of this name.
    StoreError
        If relations that others made hold its nodes.
    """
    found = records(connection)
    record = named(connection, found, name)
    delete(connection, record)
    if len(found) == 1:
        for (index,) in connection.read(INDEXES):
            connection.change(f"DROP INDEX {quoted(index)} IF EXISTS")
        connection.change("DROP CONSTRAINT ecograph IF EXISTS")


def standing(connection: Connection) -> Table:
    """Which ecosystems a database holds.

    Returns
    -------
    Table
        One row an ecosystem, by name: ecosystem, state, nodes, relations, day, fingerprint.
    """
    rows = [
        (one.name, one.state, one.count("nodes"), one.count("relations"), one.day, one.fingerprint)
        for one in records(connection)
    ]
    cells = zip(*rows, strict=True) if rows else [()] * len(STANDING)
    return Table(dict(zip(STANDING, map(list, cells), strict=True)), STANDING)


@dataclass(frozen=True, slots=True)
class Served:
    """An ecosystem in a database that answers queries.

    Parameters
    ----------
    record : Record
        What the database says of it.
    server : Server
        Who answers.
    """

    record: Record
    server: Server

    @property
    def schema(self) -> Schema:
        """What may be asked of it."""
        return self.record.schema

    @property
    def day(self) -> str:
        """The day on which its data are read; empty if they have none."""
        return self.record.day

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What its manifest tells people."""
        return self.record.about

    @property
    def fingerprint(self) -> str:
        """Fingerprint of its tables."""
        return self.record.fingerprint

    def run(
        self, statement: Statement, values: Mapping[str, Any] | None = None, *, timeout: float, max_rows: int
    ) -> Table:
        """Answer a statement that has passed the gate; see :meth:`ecograph.cypher.server.Server.run`."""
        return self.server.run(statement, values, timeout=timeout, max_rows=max_rows)


def served(connection: Connection) -> Served:
    """The ecosystem of a database, to be asked.

    A query names kinds, and no ecosystem. So it is answered only where each kind and relation kind that it may name has
    as many nodes and relations in the database as the ecosystem has.

    Raises
    ------
    AddressError
        If there is no whole ecosystem, several, or something else of its kinds.
    """
    found = records(connection)
    if len(found) > 1:
        names = ", ".join(one.name for one in found)
        wrong = f"several ecosystems there ({names}), which a query would mix"
        raise AddressError(f"{connection.address}: {wrong}; keep one in each database")
    record = chosen(connection, None)
    _alone(connection, record)
    return Served(record, Server(connection))


def _alone(connection: Connection, record: Record) -> None:
    """Refuse a database in which a kind has other nodes or relations than those of the ecosystem."""
    schema, parts = record.schema, record.parts
    patterns = {f"(:{quoted(kind.name)})": kind.name for kind in schema.kinds}
    patterns |= {f"()-[:{quoted(relation.name)}]->()": relation.name for relation in schema.relations}
    rows = {kind: part.rows for tables in parts.values() for kind, part in tables.items()}
    rows |= {kind.name: sum(rows.get(leaf, 0) for leaf in schema.leaves(kind.name)) for kind in schema.kinds}
    (counts,) = connection.read(f"RETURN {', '.join(f'COUNT {{ {pattern} }}' for pattern in patterns)}")
    for kind, count in zip(patterns.values(), counts, strict=True):
        if count != rows.get(kind, 0):
            wrong = f"{count:,} of {kind} there, ecosystem={record.name!r} has {rows.get(kind, 0):,}"
            remedy = "keep it in a database of its own, and write it again if it was changed"
            raise AddressError(f"{connection.address}: {wrong}, so queries would not answer for it; {remedy}")
