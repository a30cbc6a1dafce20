"""Directory: which nodes have an id; and references, which are ids in an attribute."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import Nodes, Positions
from ecograph.reading.kinds import listed
from ecograph.reading.log import Log
from ecograph.reading.masks import to_mask
from ecograph.reading.rows import Rows
from ecograph.schema import Attribute

Counts = NDArray[np.int64]
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
        encoded = nodes.ids.dictionary_encode()
        self._ids = encoded.dictionary
        self._codes = encoded.indices.to_numpy()
        self._found: dict[Leaves, tuple[Counts, Positions]] = {}

    def codes(self, cells: pa.Array) -> Positions:
        """Number of each id among all distinct ids; -1 where no node has it."""
        return np.asarray(pc.fill_null(pc.index_in(cells, self._ids), -1).to_numpy())

    def among(self, leaves: Leaves) -> tuple[Counts, Positions]:
        """By number of the id: how many nodes of these leaf kinds have it, and one of them; the last entry is none."""
        if leaves not in self._found:
            chosen = np.flatnonzero(self.nodes.of(*leaves))
            counts = np.bincount(self._codes[chosen], minlength=len(self._ids) + 1)
            positions = np.full(len(self._ids) + 1, -1, dtype=np.int32)
            positions[self._codes[chosen]] = chosen
            self._found[leaves] = counts, positions
        return self._found[leaves]


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
        cells = rows.column(column.name)
        counts = directory.among(frozenset(schema.leaves(column.ref)))[0][directory.codes(cells)]
        given = to_mask(cells.is_valid())
        for code, mask in (("unknown_reference", counts == 0), ("ambiguous_reference", counts > 1)):
            found = np.flatnonzero(given & mask)
            values = cells.take(pa.array(found))
            log.rows(code, rows.places.take(found), values, column.name, **listed(schema, [column.ref]))
        if (given & (counts != 1)).any():
            sound = pc.if_else(pa.array(counts == 1), cells, None)
            table = table.set_column(table.column_names.index(column.name), column.name, sound)
    return Rows(table, rows.places)
