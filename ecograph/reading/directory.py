"""Directory: which nodes have an id; and references, which are ids in an attribute."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import Nodes, Positions
from ecograph.kernels.words import Words
from ecograph.reading.kinds import listed
from ecograph.reading.log import Log
from ecograph.reading.masks import to_mask
from ecograph.reading.packed import Cells, is_packed, picked_from, pieces
from ecograph.reading.rows import Rows
from ecograph.schema import Attribute

Counts = NDArray[np.int8]
Leaves = frozenset[str]


class Directory:
    """Which nodes have an id.

    Parameters
    ----------
    nodes : Nodes
        All nodes of the ecosystem.
    """

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        ids = _laid_out(nodes.ids)
        self._ids = Words(*ids)
        self._codes = self._ids.find(*ids)
        self._found: dict[Leaves, tuple[Counts, Positions]] = {}

    def codes(self, cells: Cells) -> Positions:
        """Number of each id: the first node that has it; -1 where no node does."""
        codes = np.empty(len(cells), dtype=np.int32)
        for start, chunk in pieces(cells):
            packed = is_packed(chunk.type)
            found = self._ids.find(*_laid_out(chunk.dictionary if packed else chunk))
            if packed:
                found = np.append(found, np.int32(-1))[pc.fill_null(chunk.indices, -1).to_numpy()]
            codes[start : start + len(chunk)] = found
        return codes

    def among(self, leaves: Leaves) -> tuple[Counts, Positions]:
        """By number of the id: whether none, one or several nodes (2) of these leaf kinds have it, and one of them.

        The last entry is that of no id.
        """
        if leaves not in self._found:
            chosen = np.flatnonzero(self.nodes.of(*leaves)).astype(np.int32)
            counts = np.bincount(self._codes[chosen], minlength=self.nodes.n + 1)
            positions = np.full(self.nodes.n + 1, -1, dtype=np.int32)
            positions[self._codes[chosen]] = chosen
            self._found[leaves] = np.minimum(counts, 2).astype(np.int8), positions
        return self._found[leaves]


def _laid_out(texts: pa.Array) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Offsets and letters of text; a missing cell has no letters."""
    texts = texts if pa.types.is_string(texts.type) else texts.cast(pa.string())
    if texts.null_count:
        texts = pc.fill_null(texts, "")
    _, offsets, letters = texts.buffers()
    places = np.frombuffer(offsets, np.int32) if offsets else np.zeros(1, np.int32)
    part = places[texts.offset : texts.offset + len(texts) + 1]
    return part if len(part) else np.zeros(1, np.int32), np.frombuffer(letters or b"", np.uint8)


def with_references(rows: Rows, columns: Sequence[Attribute], directory: Directory, log: Log) -> Rows:
    """Empty the cells of references that are not the id of exactly one node of their kind.

    Parameters
    ----------
    rows : Rows
        Rows of one kind.
    columns : sequence of Attribute
        The columns the kind may have.
    directory : Directory
        Nodes by id.
    log : Log
        Takes what is found.

    Returns
    -------
    Rows
        The same rows.
    """
    table, schema = rows.table, directory.nodes.schema
    for column in columns:
        if not column.ref or column.name not in table.column_names:
            continue
        cells = rows.table.column(column.name)
        counts = directory.among(frozenset(schema.leaves(column.ref)))[0][directory.codes(cells)]
        given = to_mask(cells.is_valid())
        for code, mask in (("unknown_reference", counts == 0), ("ambiguous_reference", counts > 1)):
            found = np.flatnonzero(given & mask)
            values = picked_from(cells, found)
            log.rows(code, rows.places.take(found), values, column.name, **listed(schema, [column.ref]))
        if (given & (counts != 1)).any():
            sound = pc.if_else(pa.array(counts == 1), cells.combine_chunks(), None)
            table = table.set_column(table.column_names.index(column.name), column.name, sound)
    return Rows(table, rows.places)
