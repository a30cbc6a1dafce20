"""The record of an ecosystem in a database: one node that says what it is, how it is held, and how far it is loaded."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ecograph.cypher.connection import Connection
from ecograph.ecosystem import Ecosystem
from ecograph.errors import AddressError
from ecograph.schema import Schema
from ecograph.stores.manifest import about, factors_of, schema_of, told
from ecograph.stores.neo4j.columns import Part
from ecograph.stores.neo4j.names import ECOSYSTEM, KEY, MANIFEST, MARK, key_start, labels_of

FORMAT = 1
LOADING, COMPLETE = "loading", "complete"
APART = ("source", "target", "key")
"""Columns of a relation that are held as its ends and its key."""
ALL = f"MATCH (m:{MARK}:{MANIFEST}) RETURN properties(m) ORDER BY m.{ECOSYSTEM}"
OTHERS = f"MATCH (n) WHERE NOT (n:{MARK} AND n.{ECOSYSTEM} IS NOT NULL) RETURN count(n)"


@dataclass(frozen=True)
class Record:
    """What a database says of one ecosystem.

    Parameters
    ----------
    name : str
        What the ecosystem is called in the database.
    fingerprint : str
        Of the ecosystem.
    manifest : str
        Title, source, schema and conversions, as in ``ecosystem.toml``.
    tables : str
        How its tables are held, as JSON.
    day : str
        The day on which its data are read, where nobody says another.
    state : {"loading", "complete"}
        Whether all of it is there.
    load : int
        Number of the load that wrote it.
    done : int
        How many batches of that load are there.
    fresh : bool
        Whether there was nothing of it before that load.
    format : int
        Version of this shape.
    """

    name: str
    fingerprint: str
    manifest: str
    tables: str
    day: str = ""
    state: str = LOADING
    load: int = 1
    done: int = 0
    fresh: bool = True
    format: int = FORMAT

    @property
    def key(self) -> str:
        """Key of the node."""
        return key_start(self.name, MANIFEST)

    @cached_property
    def parts(self) -> dict[str, dict[str, Part]]:
        """Tables of nodes and of relations, by kind."""
        said = json.loads(self.tables)
        return {part: {kind: Part.of(one) for kind, one in said[part].items()} for part in ("nodes", "relations")}

    @cached_property
    def _said(self) -> Mapping[str, Any]:
        return tomllib.loads(self.manifest)

    @cached_property
    def schema(self) -> Schema:
        """Schema of the ecosystem."""
        return schema_of(self._said)

    @property
    def factors(self) -> dict[tuple[str, str], float]:
        """Its conversions."""
        return factors_of(self._said)

    @property
    def about(self) -> dict[str, Any]:
        """What its manifest tells people."""
        return about(self._said, Path(self.name))

    def count(self, part: str) -> int:
        """How many nodes or relations it has."""
        return sum(one.rows for one in self.parts[part].values())

    def properties(self) -> dict[str, Any]:
        """Properties of the node."""
        said = {ECOSYSTEM if name == "name" else name: value for name, value in asdict(self).items()}
        return {KEY: self.key, **said}

    def labels(self) -> dict[str, tuple[str, ...]]:
        """Labels of the nodes of each kind."""
        return {kind: labels_of(self.schema, kind) for kind in self.parts["nodes"]}


def record_of(eco: Ecosystem, name: str) -> Record:
    """The record of an ecosystem that is to be written."""
    import tomli_w

    content = eco.content
    tables = {
        "nodes": {kind: Part.made(table).plain() for kind, table in content.nodes.items()},
        "relations": {kind: Part.made(table, APART).plain() for kind, table in content.relations.items()},
    }
    day = eco.records().day
    return Record(
        name,
        eco.fingerprint,
        tomli_w.dumps(told(eco)),
        json.dumps(tables, ensure_ascii=False),
        str(day) if day else "",
    )


def records(connection: Connection) -> list[Record]:
    """Records of all ecosystems in a database, by name.

    Raises
    ------
    AddressError
        If one was written by another version of ecograph.
    """
    found = [dict(row[0]) for row in connection.read(ALL)]
    for one in found:
        if one.get("format") != FORMAT:
            wrong = f"ecosystem={one[ECOSYSTEM]!r} has format {one.get('format')}, not {FORMAT}"
            raise AddressError(f"{connection.address}: {wrong}; read it with the ecograph that wrote it")
    known = {field.name for field in fields(Record)}
    return [Record(one[ECOSYSTEM], **{name: value for name, value in one.items() if name in known}) for one in found]


def others(connection: Connection) -> int:
    """How many nodes of a database are not ours."""
    return int(connection.read(OTHERS)[0][0])


def chosen(connection: Connection, name: str | None) -> Record:
    """The record of one ecosystem that is whole.

    Raises
    ------
    AddressError
        If there is none of the name, none at all, several and no name, or it is not loaded to its end.
    """
    found = records(connection)
    if not found:
        wrong = f"no ecosystem in database={connection.database!r}, which holds {others(connection):,} nodes of others"
        raise AddressError(f"{connection.address}: {wrong}; write one there: ecograph store write")
    if name is None and len(found) > 1:
        names = ", ".join(one.name for one in found)
        raise AddressError(f"{connection.address}: several ecosystems there; give ecosystem=, one of {names}")
    record = named(connection, found, found[0].name if name is None else name)
    if record.state != COMPLETE:
        wrong = f"ecosystem={record.name!r} is being loaded, or its load was stopped"
        raise AddressError(f"{connection.address}: {wrong}; write it again, which goes on where it stopped")
    return record


def named(connection: Connection, found: Sequence[Record], name: str) -> Record:
    """The record of a name.

    Raises
    ------
    AddressError
        If there is none.
    """
    for one in found:
        if one.name == name:
            return one
    names = ", ".join(one.name for one in found) or "none"
    raise AddressError(
        f"{connection.address}: no ecosystem={name!r} in database={connection.database!r}; there: {names}"
    )


def begun(before: Record | None, wanted: Record) -> Record:
    """The record with which a load begins: it goes on with a stopped one of the same, or replaces what was there."""
    if before is None:
        return wanted
    if (before.state, before.fingerprint, before.tables) == (LOADING, wanted.fingerprint, wanted.tables):
        return before
    return replace(wanted, load=before.load + 1, fresh=False)
