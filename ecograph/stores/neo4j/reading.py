"""Reading: columns collected on the server, a piece of a table at a time, and put together by their places."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from ecograph.content import Content
from ecograph.cypher.connection import Connection
from ecograph.ecosystem import Ecosystem
from ecograph.errors import LoadError
from ecograph.stores.neo4j.columns import Part, Places, Stored
from ecograph.stores.neo4j.names import ECOSYSTEM, MARK, OWN, PLACE, ROW, quoted
from ecograph.stores.neo4j.record import Record, chosen

Piece = TypeVar("Piece")
Found = TypeVar("Found")

PIECE, TOGETHER = 100_000, 2
"""Rows of a piece, and how many pieces a server, which takes a core for each, is at work on at once."""
ENDS = {"source": "a", "target": "b"}
NOWHERE = np.empty(0, np.int64)
OWN_KEYS = tuple(f"collect(CASE WHEN x.{OWN} THEN x.{name} END)" for name in (ROW, "key"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A column and the expressions that collect it: the places of its values, where it has some of its own; values."""

    stored: Stored
    expressions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the tables of an ecosystem from a database."""

    connection: Connection
    record: Record

    def nodes(self) -> dict[str, pa.Table]:
        """Tables of nodes, by kind."""
        tables, first = {}, 0
        for kind, part in self.record.parts["nodes"].items():
            asked = [Asked(column, column.collected(PLACE)) for column in part.columns]
            tables[kind] = self._table(f"MATCH (x:{MARK}:{quoted(kind)})", asked, PLACE, (first, part.rows))
            first += part.rows
        return tables

    def relations(self) -> dict[str, pa.Table]:
        """Tables of relations, by kind."""
        return {kind: self._relation(kind, part) for kind, part in self.record.parts["relations"].items()}

    def _relation(self, kind: str, part: Part) -> pa.Table:
        ends = [Asked(Stored(end, "count", PLACE, 0), (f"collect({node}.{PLACE})",)) for end, node in ENDS.items()]
        keys = [Asked(Stored("key", "text", "key", part.rows), OWN_KEYS)] if part.keyed else []
        rest = [Asked(column, column.collected(ROW)) for column in part.columns]
        return self._table(f"MATCH (a)-[x:{quoted(kind)}]->(b)", [*ends, *keys, *rest], ROW, (0, part.rows))

    def _table(self, match: str, asked: Sequence[Asked], place: str, block: tuple[int, int]) -> pa.Table:
        """The rows whose places are those of a block: its first, and how many."""
        first, rows = block
        told = ", ".join([f"collect(x.{place})", *(expression for one in asked for expression in one.expressions)])
        text = f"{match} WHERE x.{ECOSYSTEM} = $ecosystem AND $start <= x.{place} AND x.{place} < $stop RETURN {told}"
        found: list[list[tuple[Places, pa.Array]]] = [[(NOWHERE, one.stored.array([]))] for one in asked]
        pieces = [(start, min(start + PIECE, first + rows)) for start in range(first, first + rows, PIECE)]
        for (start, stop), lists in zip(pieces, _in_order(partial(self._lists, text), pieces), strict=True):
            if len(lists[0]) != stop - start:
                raise self.changed()
            for parts, part in zip(found, _parts(lists, asked, first), strict=True):
                parts.append(part)
        return pa.table(
            {one.stored.name: one.stored.column(parts, rows) for one, parts in zip(asked, found, strict=True)}
        )

    def _lists(self, text: str, piece: tuple[int, int]) -> list[Any]:
        """What a piece of a table holds."""
        start, stop = piece
        (lists,) = self.connection.read(text, {"ecosystem": self.record.name, "start": start, "stop": stop})
        return lists

    def changed(self) -> LoadError:
        """The error of tables that are not those that were written."""
        wrong = f"ecosystem={self.record.name!r} is not what was written: it was changed, or is being written anew"
        return LoadError(f"{self.connection.address}: {wrong}; read it again later, or write it again")


def read(connection: Connection, name: str | None) -> Ecosystem:
    """Read an ecosystem from a database; see :func:`ecograph.read`."""
    record = chosen(connection, name)
    reader = Reader(connection, record)
    content = Content(record.schema, reader.nodes(), reader.relations(), factors=record.factors)
    if content.fingerprint != record.fingerprint:
        raise reader.changed()
    return Ecosystem(content, manifest=record.about)


def _in_order(ask: Callable[[Piece], Found], pieces: Sequence[Piece]) -> Iterator[Found]:
    """Answers in the order of the pieces; the server is at work on the next ones meanwhile."""
    with ThreadPoolExecutor(TOGETHER) as lines:
        asked: deque[Future[Found]] = deque()
        for piece in pieces:
            asked.append(lines.submit(ask, piece))
            if len(asked) > TOGETHER:
                yield asked.popleft().result()
        while asked:
            yield asked.popleft().result()


def _parts(lists: list[list[Any]], asked: Sequence[Asked], first: int) -> Iterator[tuple[Places, pa.Array]]:
    """Places and values of each column from what was collected."""
    whole, rest = _places(lists[0], first), iter(lists[1:])
    for one in asked:
        places = _places(next(rest), first) if len(one.expressions) > 1 else whole
        yield places, one.stored.array(next(rest))


def _places(values: list[int], first: int) -> Places:
    return np.asarray(values, np.int64) - first
