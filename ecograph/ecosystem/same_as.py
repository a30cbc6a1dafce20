"""Same as: a table that says which nodes are one, and which of them is kept."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import Content, Positions
from ecograph.errors import ParameterError
from ecograph.reading import Raw
from ecograph.reading.kinds import listed, spellings
from ecograph.reading.log import Log
from ecograph.reading.masks import to_mask
from ecograph.reading.rows import Rows, gathered
from ecograph.reading.texts import trimmed
from ecograph.schema import Attribute, Schema
from ecograph.table import to_arrow

FILE = "merge"
COLUMNS = (
    Attribute("kind", zh="类型", meaning="leaf kind of both nodes"),
    Attribute("id", zh="编号", meaning="id of a node"),
    Attribute("same_as", zh="等同于", meaning="id of the node it is the same as"),
)
KIND, ID, SAME_AS = (column.name for column in COLUMNS)
BETWEEN = "\0"  # kind and id of a node as one text
SHOWN = 5

Codes = NDArray[np.integer[Any]]


def kept_nodes(content: Content, table: Any, log: Log) -> Positions:
    """Find the node that is kept of each node.

    Chains are followed: of several nodes that are one, that one is kept which no row leads away from.

    Parameters
    ----------
    content : Content
        The nodes.
    table : mapping, frame or anything with an Arrow stream
        Columns ``kind``, ``id`` and ``same_as``, in English or Chinese; others are not read. A row whose ``same_as`` is
        empty or its own ``id`` says nothing.
    log : Log
        Takes the rows that cannot be used.

    Returns
    -------
    array of int32
        By position: the position of the node that is kept; its own where nothing is said.

    Raises
    ------
    LoadError
        If a column is missing or stands twice.
    ParameterError
        If rows lead round in a circle, or make one of several nodes and keep more than one of them.
    """
    rows = _told(Raw(to_arrow(table), FILE).tidied(), content.schema, log)
    ends = [_named(rows.column(KIND), rows.column(column)) for column in (ID, SAME_AS)]
    encoded = pa.concat_arrays(ends).dictionary_encode()
    away, toward = np.split(encoded.indices.to_numpy(), 2)
    kept = _kept(away, toward, encoded.dictionary)
    index = content.index
    positions = pc.fill_null(pc.index_in(encoded.dictionary, _named(index.kinds, index.ids)), -1).to_numpy()
    here, there = positions[away], positions[kept[away]]
    for column, lost in ((ID, here < 0), (SAME_AS, (here >= 0) & (there < 0))):
        values = rows.column(column).filter(pa.array(lost))
        log.rows("unknown_node", rows.places.take(lost), values, column)
    found = np.arange(index.n, dtype=np.int32)
    sound = (here >= 0) & (there >= 0)
    found[here[sound]] = there[sound]
    return found


def _told(raw: Raw, schema: Schema, log: Log) -> Rows:
    """Rows that say something, under the names of their leaf kinds."""
    rows = gathered([raw], COLUMNS, (KIND, ID, SAME_AS), schema, Log())
    rows = rows.kept(~rows.blank(SAME_AS) & ~to_mask(pc.equal(rows.column(ID), rows.column(SAME_AS))))
    leaves = {word: found[0] for word, found in spellings(schema).items() if len(found) == 1}
    words = trimmed(rows.column(KIND))
    kinds = pa.array(leaves.values(), pa.string()).take(pc.index_in(words, pa.array(leaves, pa.string())))
    wrong, blank = to_mask(kinds.is_null()), rows.blank(ID)
    details = listed(schema, schema.leaves())
    log.rows("unknown_kind", rows.places.take(wrong), words.filter(pa.array(wrong)), KIND, **details)
    log.rows("blank_id", rows.places.take(blank & ~wrong), column=ID)
    table = rows.table.set_column(rows.table.column_names.index(KIND), KIND, kinds)
    return Rows(table, rows.places).kept(~wrong & ~blank)


def _named(kinds: pa.Array, ids: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(kinds, ids, BETWEEN)


def _kept(away: Codes, toward: Codes, nodes: pa.Array) -> Codes:
    """Of every node in the table the one that is kept: the only one of its group that no row leads away from."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n = len(nodes)
    if not n:
        return np.empty(0, np.int32)
    rows = coo_array((np.ones(len(away), np.int8), (away, toward)), shape=(n, n)).tocsr()
    _, circles = connected_components(rows, connection="strong")
    turning = np.flatnonzero(np.bincount(circles)[circles] > 1)
    if len(turning):
        found = _first_of(turning, circles, nodes)
        raise ParameterError(f"{FILE}: the rows of {found} lead round in a circle; drop one of these rows")
    _, groups = connected_components(rows, directed=False)
    ends = np.setdiff1d(np.arange(n, dtype=np.int32), away)
    several = ends[np.bincount(groups[ends])[groups[ends]] > 1]
    if len(several):
        found = _first_of(several, groups, nodes)
        raise ParameterError(f"{FILE}: rows make one of {found} but keep each; say which is the same_as of the others")
    kept = np.empty(len(ends), np.int32)
    kept[groups[ends]] = ends
    return kept[groups]


def _first_of(picked: Codes, groups: Codes, nodes: pa.Array) -> str:
    """Nodes of one group as a sentence names them, the same in whatever order the rows came."""
    called = sorted((str(nodes[code]).replace(BETWEEN, " "), int(groups[code])) for code in picked)
    return _joined(name for name, group in called if group == called[0][1])


def _joined(names: Iterable[str]) -> str:
    *first, last = names
    more = ["…"] * (len(first) >= SHOWN)
    return f"{', '.join([*first[: SHOWN - 1], *more])} and {last}"
