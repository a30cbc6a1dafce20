"""Nodes: node tables by kind, and where each node stands."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.errors import UnknownNameError, unknown
from ecograph.schema import Schema

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Nodes:
    """Node tables by leaf kind, and the position of every node.

    Parameters
    ----------
    schema : Schema
        Kinds and relations.
    tables : mapping of str to pyarrow.Table
        By leaf kind, in schema order: ``id`` (text, ascending, unique) and the kind's other columns.
    """

    schema: Schema
    tables: Mapping[str, pa.Table]

    @cached_property
    def offsets(self) -> dict[str, int]:
        """First position of each kind's block."""
        starts, start = {}, 0
        for kind, table in self.tables.items():
            starts[kind] = start
            start += table.num_rows
        return starts

    @cached_property
    def n(self) -> int:
        """How many nodes there are."""
        return sum(table.num_rows for table in self.tables.values())

    @cached_property
    def ids(self) -> pa.Array:
        """Id of the node at each position."""
        chunks = [chunk for table in self.tables.values() for chunk in table.column("id").chunks]
        return pa.chunked_array(chunks, pa.string()).combine_chunks()

    @cached_property
    def kind_codes(self) -> NDArray[np.int16]:
        """Number of the kind (in the order of ``tables``) of the node at each position."""
        sizes = [table.num_rows for table in self.tables.values()]
        return np.repeat(np.arange(len(sizes), dtype=np.int16), sizes)

    @cached_property
    def kinds(self) -> pa.Array:
        """Kind of the node at each position."""
        names = pa.array(list(self.tables), pa.string())
        return pa.DictionaryArray.from_arrays(pa.array(self.kind_codes), names).cast(pa.string())

    def block(self, kind: str) -> slice:
        """Positions of a leaf kind; empty if it has no nodes."""
        start = self.offsets.get(kind, 0)
        return slice(start, start + (self.tables[kind].num_rows if kind in self.tables else 0))

    def of(self, *kinds: str) -> Mask:
        """Whether each node is of one of these kinds or of a leaf below them."""
        mask = np.zeros(self.n, np.bool_)
        for leaf in self.schema.leaves(*kinds) if kinds else ():
            mask[self.block(leaf)] = True
        return mask

    def column(self, name: str) -> pa.Array:
        """An attribute of every node, as text; missing where a node or its kind has none. ``kind`` is the kind.

        Raises
        ------
        UnknownNameError
            If no kind here has such a column.
        """
        if name == "kind":
            return self.kinds
        if not any(name in table.column_names for table in self.tables.values()):
            known = {"kind"}.union(*(table.column_names for table in self.tables.values()))
            raise unknown("attribute of these nodes", name, known)
        missing = {kind: pa.nulls(table.num_rows, pa.string()) for kind, table in self.tables.items()}
        parts = [
            table.column(name).cast(pa.string()).combine_chunks() if name in table.column_names else missing[kind]
            for kind, table in self.tables.items()
        ]
        return pa.chunked_array(parts, pa.string()).combine_chunks()

    def position(self, node: str, kind: str | None = None) -> int:
        """Position of the node of this id; its kind (or a branch) is needed where two kinds share the id.

        Raises
        ------
        UnknownNameError
            If no node, or more than one, has this id.
        """
        leaves = self.schema.leaves(kind) if kind else tuple(self.tables)
        found = [
            self.offsets[leaf] + place
            for leaf in leaves
            if leaf in self.tables and (place := _place(self.tables[leaf].column("id"), node)) is not None
        ]
        if len(found) == 1:
            return found[0]
        if not found:
            raise UnknownNameError(f"no {kind or 'node'} has id={node!r} here; see the node tables for the ids")
        kinds = ", ".join(str(self.kinds[position]) for position in found)
        raise UnknownNameError(f"id={node!r} is the id of several nodes ({kinds}); give kind=")

    def called(self, position: int) -> str:
        """What a node is called in a sentence: its name, or its id where it has none or the name is a person's."""
        kind = str(self.kinds[position])
        personal = any(column.name == "name" and column.personal for column in self.schema.node_columns(kind))
        table = self.tables[kind]
        if personal or "name" not in table.column_names:
            return str(self.ids[position])
        return table.column("name")[position - self.offsets[kind]].as_py() or str(self.ids[position])

    def kept(self, mask: Mask) -> "Nodes":
        """Those where the mask is true; a kind none of whose nodes is kept stays as an empty table."""
        parts = {kind: table.filter(pa.array(mask[self.block(kind)])) for kind, table in self.tables.items()}
        return Nodes(self.schema, parts)


def _place(ids: pa.ChunkedArray, node: str) -> int | None:
    """Place of an id among ascending ones."""
    place = bisect_left(range(len(ids)), node, key=lambda one: ids[one].as_py())
    return place if place < len(ids) and ids[place].as_py() == node else None
