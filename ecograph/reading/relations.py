"""Relations: rows with both ends found, in an order that is theirs and not the file's."""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import NUMBER, Content, Mask, Nodes
from ecograph.errors import LoadError
from ecograph.kernels import csr
from ecograph.reading.directory import Directory, with_references
from ecograph.reading.ends import resolved
from ecograph.reading.log import Log
from ecograph.reading.masks import to_mask
from ecograph.reading.memory import give_back
from ecograph.reading.order import Ranks, ascending, folded, further, repeated, value_ranks
from ecograph.reading.raw import Raw
from ecograph.reading.rows import Rows, before_start, gathered
from ecograph.reading.units import Factors, note_units
from ecograph.schema import RelationKind

ENDS = ("source", "target")
KEY = "key"
GIVEN = ("source_kind", "target_kind")
NUMBERED = r" #[1-9]\d*$"


def relation_rows(
    relation: RelationKind, raws: Iterable[Raw], directory: Directory, factors: Factors, log: Log
) -> Rows:
    """Check the tables of one relation kind.

    A row is left out if an end is not exactly one node the schema allows, if it ties a node to itself where the schema
    forbids it, if its own dates are mistaken, or if another row has its key. Rows equal in every column are all kept,
    unless they have a key. Where every row has a key rows stand by key, else by ends and values.

    Parameters
    ----------
    relation : RelationKind
        What the rows are.
    raws : iterable of Raw
        Its tables in order of their files.
    directory : Directory
        Nodes by id.
    factors : mapping of (str, str) to float
        Declared conversions between units.
    log : Log
        Takes what is found.

    Returns
    -------
    Rows
        Positions (int32) ``source`` and ``target``, ``key`` where there are keys, ``#`` where ends repeat, the rest.

    Raises
    ------
    LoadError
        If ``source`` or ``target`` is missing, or a column is called ``#``.
    """
    schema = directory.nodes.schema
    columns = schema.relation_columns(relation.name)
    rows = _tied(relation, gathered(map(_without_number, raws), columns, ENDS, schema, log), directory, log)
    rows = _keyed(relation, with_references(rows, columns, directory, log), directory.nodes, log)
    note_units(relation, rows, factors, log)
    give_back()
    return _ordered(rows, directory.nodes.n, log)


def _without_number(raw: Raw) -> Raw:
    if NUMBER in raw.table.column_names:
        raise LoadError(f"{raw.file} row 1: a column called {NUMBER!r} would hide ecograph's own; rename it")
    return raw


def _tied(relation: RelationKind, rows: Rows, directory: Directory, log: Log) -> Rows:
    """Replace ids by positions and leave out the rows without."""
    positions = resolved(relation, rows, directory, log)
    found = positions[0] >= 0
    own = found & (positions[0] == positions[1]) & (not relation.self_ties)
    log.rows("self_tie", rows.places.take(own), rows.column("target").filter(pa.array(own)), "target")
    sound = found & ~own & ~before_start(rows, log)
    table = rows.table.drop_columns([name for name in (*ENDS, *GIVEN) if name in rows.table.column_names])
    for place, (name, column) in enumerate(zip(ENDS, positions, strict=True)):
        table = table.add_column(place, name, pa.array(column))
    return Rows(table, rows.places).kept(sound)


def _keyed(relation: RelationKind, rows: Rows, nodes: Nodes, log: Log) -> Rows:
    """Keep one row of each key, that of the least values; without any key, without the column."""
    if KEY not in rows.table.column_names:
        return rows
    blank, made = rows.blank(KEY), _made(relation, rows, nodes)
    if (blank | made).all():
        return Rows(rows.table.drop_columns([KEY]), rows.places)
    log.rows("blank_key", rows.places.take(blank), column=KEY)
    keys = pc.if_else(pa.array(blank | made), None, rows.column(KEY))
    rows = Rows(rows.table.set_column(rows.table.column_names.index(KEY), KEY, keys), rows.places)
    picked = np.flatnonzero(repeated(keys))
    if not len(picked):
        return rows
    codes = keys.take(pa.array(picked)).dictionary_encode().indices.to_numpy()
    equal, different = further(codes, _ranks(rows, picked))
    return rows.without(picked, {"equal_rows": equal, "duplicate_key": different}, KEY, log)


def _made(relation: RelationKind, rows: Rows, nodes: Nodes) -> Mask:
    """Where a key is made of the row's own ends and a number, as rows without a key of their own are shown."""
    keys = rows.column(KEY)
    made = to_mask(pc.match_substring_regex(keys, NUMBERED))
    picked = np.flatnonzero(made)
    if len(picked):
        content = Content(nodes.schema, nodes.tables, {relation.name: rows.table.select(ENDS)})
        shown = (content.keys(relation.name, picked), keys.take(pa.array(picked)))
        made[picked] = to_mask(pc.equal(*(pc.replace_substring_regex(one, NUMBERED, "") for one in shown)))
    return made


def _ranks(rows: Rows, picked: NDArray[np.int64]) -> Ranks:
    """Ranks of the rows picked by their ends, then by their values."""
    part = rows.table.take(pa.array(picked))
    ends = (part.column(name).to_numpy().astype(np.int64) for name in ENDS)
    return folded([*ends, value_ranks(part.drop_columns(list(ENDS)))], len(picked))


def _ordered(rows: Rows, n: int, log: Log) -> Rows:
    """Rows by key if all have one, else by ends and values, with a number where ends repeat."""
    if KEY in rows.table.column_names and not rows.table.column(KEY).null_count:
        keys = rows.column(KEY)
        return rows if ascending(keys) else rows.ordered(pc.sort_indices(keys).to_numpy())
    sources, targets = (rows.table.column(name).to_numpy() for name in ENDS)
    pointers, targets, order = csr.order(sources, targets, n)
    sources = np.repeat(np.arange(n, dtype=np.int32), np.diff(pointers))
    ends = dict(zip(ENDS, (pa.array(sources), pa.array(targets)), strict=True))
    follows = _follows(sources) & _follows(targets)
    if not follows.any():
        return rows.ordered(order, ends)
    tied = follows | np.append(follows[1:], False)
    picked = order[tied]
    ranks = _ranks(rows, picked)
    within = np.argsort(ranks, kind="stable")
    order[tied] = picked[within]
    equal = np.append(False, np.diff(ranks[within]) == 0)
    log.rows("equal_rows", rows.places.take(order[tied][equal]))
    return _numbered(rows.ordered(order, ends), follows)


def _follows(ends: NDArray[np.int32]) -> Mask:
    """Where an end is that of the row before."""
    return np.append(False, ends[1:] == ends[:-1])[: len(ends)]


def _numbered(rows: Rows, follows: Mask) -> Rows:
    """Count the rows of equal ends from 1."""
    numbers = np.ones(len(follows), dtype=np.int32)
    further = np.flatnonzero(follows)
    starts = np.maximum.accumulate(np.where(np.diff(further, prepend=-1) > 1, further, 0))  # of each run of them
    numbers[further] = further - starts + 2
    position = len(ENDS) + (KEY in rows.table.column_names)
    return Rows(rows.table.add_column(position, NUMBER, pa.array(numbers)), rows.places)
