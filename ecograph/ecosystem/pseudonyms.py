"""Pseudonyms: what tells who a person is gives way to words that say nothing, the same word for the same text."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.content import Content, Mask, Positions
from ecograph.ecosystem.positions import ENDS, KEY, in_order, moved
from ecograph.errors import ParameterError
from ecograph.quality import Findings
from ecograph.reading.log import Log
from ecograph.schema import Attribute

BYTES = 10  # 16 letters: among ten million texts two have one pseudonym with a chance of 1 in 24 billion
HIDDEN = "…"
ID = "id"


def pseudonymised(content: Content, quality: Findings, seed: int | str) -> tuple[Content, Findings]:
    """Replace what tells who a person is; see :meth:`ecograph.Ecosystem.pseudonymised`."""
    if not str(seed):
        raise ParameterError("seed='' is empty; give a long text that nobody guesses, and keep it to yourself")
    log = Log()
    mask = _Mask(content, blake2b(str(seed).encode()).digest(), log)
    nodes, positions = {}, np.empty(content.index.n, np.int32)
    for kind, offset in content.index.offsets.items():
        table = mask.nodes(kind)
        order = pc.sort_indices(table.column(ID)).to_numpy()
        positions[offset + order] = np.arange(offset, offset + len(order), dtype=np.int32)
        nodes[kind] = table.take(pa.array(order))
    relations = {kind: mask.relations(kind, positions) for kind in content.relations}
    hidden = Findings(replace(item, value=HIDDEN) if item.value else item for item in quality)
    return Content(content.schema, nodes, relations, factors=content.factors), hidden + log.findings()


@dataclass(frozen=True, eq=False)
class _Mask:
    """A content, the secret its pseudonyms are made with, and where findings go."""

    content: Content
    secret: bytes
    log: Log

    @cached_property
    def personal(self) -> frozenset[str]:
        """Leaf kinds that have a personal attribute."""
        schema = self.content.schema
        return frozenset(leaf for leaf in schema.leaves() if _any_personal(schema.node_columns(leaf)))

    def nodes(self, kind: str) -> pa.Table:
        """Nodes of a leaf kind in the order they had."""
        columns = self.content.schema.node_columns(kind)
        return self._masked(self.content.nodes[kind], columns, f"nodes/{kind}", private=kind in self.personal)

    def relations(self, kind: str, positions: Positions) -> pa.Table:
        """Relations of a kind, their ends at other positions, in the order of their identity."""
        relation, columns = self.content.schema.relation(kind), self.content.schema.relation_columns(kind)
        joined = self.content.schema.leaves(*relation.sources, *relation.targets)
        private = not self.personal.isdisjoint(joined) or _any_personal(columns)
        table = moved(self.content.relations[kind], relation, positions)
        return in_order(self._masked(table, columns, f"relations/{kind}", private=private), len(positions)).table

    def _masked(self, table: pa.Table, columns: Iterable[Attribute], file: str, *, private: bool) -> pa.Table:
        """A table under pseudonyms; if it is private, its ids, keys and columns unknown to the schema are personal."""
        known = {column.name: column for column in columns}
        for place, name in enumerate(table.column_names):
            cells = table.column(name).combine_chunks()
            column = known.get(name, Attribute(name, personal=private))
            if name in (ID, KEY):
                column = replace(column, personal=private)
            if name not in ENDS and (column.personal or column.ref):
                table = table.set_column(place, name, self._replaced(cells, column, file))
        return table

    def _replaced(self, cells: pa.Array, column: Attribute, file: str) -> pa.Array:
        """Pseudonyms of texts and of references to persons; what no pseudonym can stand for is emptied if personal."""
        if column.type == "text" and not column.vocabulary and not column.ref:
            return self._alias(cells)
        rest = pa.nulls(len(cells), cells.type) if column.personal else cells
        if column.ref:
            persons = self.content.index.ids.filter(pa.array(self._persons(column.ref)))
            rest = pc.if_else(pc.is_in(cells, persons), self._alias(cells), rest)
        if rest.null_count > cells.null_count:
            self.log.count("emptied_personal", rest.null_count - cells.null_count, file, column.name)
        return rest

    def _persons(self, kind: str) -> Mask:
        leaves = self.personal.intersection(self.content.schema.leaves(kind))
        return self.content.index.of(*leaves)

    def _alias(self, cells: pa.Array) -> pa.Array:
        """Pseudonym of each text."""
        encoded = cells.dictionary_encode()
        texts = encoded.dictionary.to_pylist()
        hashes = (blake2b(text.encode(), key=self.secret, digest_size=BYTES).digest() for text in texts)
        words = pa.array((base64.b32encode(one).decode().lower() for one in hashes), pa.string())
        return words.take(encoded.indices)


def _any_personal(columns: Iterable[Attribute]) -> bool:
    return any(column.personal for column in columns)
