"""Nodes: every row finds its leaf kind, and an id stands once inside its branch."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.errors import LoadError
from ecograph.reading.kinds import listed, spellings
from ecograph.reading.log import Log, Places
from ecograph.reading.order import folded, further, repeated, value_ranks
from ecograph.reading.raw import Raw
from ecograph.reading.rows import Rows, before_start, gathered
from ecograph.reading.texts import to_text, trimmed
from ecograph.schema import Schema

KIND, KIND_ZH = "kind", "类型"


def node_rows(schema: Schema, nodes: Mapping[str, Iterable[Raw]], log: Log) -> dict[str, Rows]:
    """Check the node tables.

    A row without an id, or with mistaken dates of its own, is left out. Of several rows with one id inside a branch
    the one with the least values is kept, whatever order they came in.

    Parameters
    ----------
    schema : Schema
        Kinds and columns.
    nodes : mapping of str to iterable of Raw
        By kind; a branch, if a column ``kind`` names the leaf of each row.
    log : Log
        Takes what is found.

    Returns
    -------
    dict of str to Rows
        By leaf kind, in schema order, ascending by id.

    Raises
    ------
    LoadError
        If a table has no id, or a branch's table does not name the leaves.
    """
    parts: dict[str, list[Raw]] = {}
    for kind, raws in nodes.items():
        for raw in raws:
            for leaf, part in _by_leaf(schema, kind, raw, log):
                parts.setdefault(leaf, []).append(part)
    rows = {leaf: _sound(schema, leaf, parts[leaf], log) for leaf in schema.leaves() if leaf in parts}
    for branch in {schema.branch(leaf): None for leaf in rows}:
        rows |= _one_each({leaf: part for leaf, part in rows.items() if schema.branch(leaf) == branch}, log)
    return {leaf: part.ordered(pc.sort_indices(part.column("id")).to_numpy()) for leaf, part in rows.items()}


def _by_leaf(schema: Schema, kind: str, raw: Raw, log: Log) -> list[tuple[str, Raw]]:
    """Part of a table that belongs to each leaf under its kind."""
    leaves = schema.leaves(kind)
    heading = _kind_heading(raw, kind, leaves)
    if not heading:
        return [(leaves[0], raw)]
    names = {word: found[0] for word, found in spellings(schema).items() if len(found) == 1 and found[0] in leaves}
    words = trimmed(to_text(raw.table.column(heading).combine_chunks()))
    if len(leaves) == 1:
        words = pc.fill_null(words, leaves[0])
    numbers = pc.fill_null(pc.index_in(words, pa.array(list(names))), -1).to_numpy()
    wrong = np.flatnonzero(numbers < 0)
    places = Places.of([raw]).take(wrong)
    log.rows("unknown_kind", places, words.take(pa.array(wrong)), KIND, **listed(schema, leaves))
    named = np.array([leaves.index(leaf) for leaf in names.values()] + [-1])[numbers]
    stated = [(leaf, named == number) for number, leaf in enumerate(leaves)]
    rest = raw.holding(raw.table.drop_columns([heading]))
    return [(leaf, _part(schema, rest, mask, leaf, leaves)) for leaf, mask in stated if mask.any()]


def _kind_heading(raw: Raw, kind: str, leaves: Sequence[str]) -> str:
    """Heading of the column that names the leaf of each row; in the table of a leaf 类型 may mean anything."""
    found = [name for name in raw.table.column_names if name == KIND or (name == KIND_ZH and len(leaves) > 1)]
    if len(found) > 1:
        raise LoadError(f"{raw.file} row 1: {KIND!r} and {KIND_ZH!r} are the same column; keep one of them")
    if not found and len(leaves) > 1:
        kinds = ", ".join(leaves)
        raise LoadError(f"{raw.file} row 1: {kind} is {kinds}; add a column {KIND} ({KIND_ZH}) or make a file of each")
    return found[0] if found else ""


def _part(schema: Schema, raw: Raw, mask: NDArray[np.bool_], leaf: str, leaves: Sequence[str]) -> Raw:
    """Rows of one leaf, without empty columns that only other leaves have."""
    part = raw.kept(mask)
    own, others = (
        {spelling for one in kinds for column in schema.node_columns(one) for spelling in (column.name, column.zh)}
        for kinds in ((leaf,), leaves)
    )
    foreign = [
        heading
        for heading in part.table.column_names
        if heading in others - own and part.table.column(heading).null_count == part.table.num_rows
    ]
    return part.holding(part.table.drop_columns(foreign))


def _sound(schema: Schema, leaf: str, raws: Sequence[Raw], log: Log) -> Rows:
    rows = gathered(sorted(raws, key=lambda raw: raw.file), schema.node_columns(leaf), ("id",), schema, log)
    blank = rows.blank("id")
    log.rows("blank_id", rows.places.take(blank), column="id")
    return rows.kept(~(blank | before_start(rows, log)))


def _one_each(branch: Mapping[str, Rows], log: Log) -> dict[str, Rows]:
    """Keep one row of each id inside a branch: that of the first leaf, and there that of the least values."""
    ids = pa.concat_arrays([rows.column("id") for rows in branch.values()])
    picked = np.flatnonzero(repeated(ids))
    if not len(picked):
        return dict(branch)
    codes = ids.take(pa.array(picked)).dictionary_encode().indices.to_numpy()
    bounds = np.cumsum([0, *(rows.table.num_rows for rows in branch.values())])
    leaves = np.searchsorted(bounds, picked, side="right") - 1
    places = picked - bounds[leaves]
    parts = [(leaf, rows, leaves == number) for number, (leaf, rows) in enumerate(branch.items())]
    values = [value_ranks(rows.table.take(pa.array(places[own]))) for _, rows, own in parts]
    equal, different = further(codes, folded((leaves, np.concatenate(values)), len(picked)))
    return {
        leaf: rows.without(places[own], {"equal_rows": equal[own], "duplicate_id": different[own]}, "id", log)
        for leaf, rows, own in parts
    }
