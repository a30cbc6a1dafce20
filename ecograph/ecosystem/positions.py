"""Positions: relation rows follow their nodes to other positions, and stand in the order of their identity again."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import NUMBER, Content, Mask, Positions
from ecograph.reading.log import Places
from ecograph.reading.order import folded, value_ranks
from ecograph.reading.raw import FIRST_ROW
from ecograph.schema import RelationKind

ENDS = ("source", "target")
KEY = "key"


def places_of(content: Content, kind: str) -> Places:
    """File and row of every row of a kind; where they are not known, the row of its table as it is shown."""
    if kind in content.origins:
        origins = content.origins[kind].unify_dictionaries().combine_chunks()
        files = origins.column("file").combine_chunks()
        return Places(tuple(files.dictionary.to_pylist()), files.indices.to_numpy(), origins.column("row").to_numpy())
    folder, table = ("nodes", content.nodes) if kind in content.nodes else ("relations", content.relations)
    rows = np.arange(table[kind].num_rows, dtype=np.int32)
    return Places((f"{folder}/{kind}",), np.zeros_like(rows), rows + FIRST_ROW)


def moved(table: pa.Table, relation: RelationKind, positions: Positions) -> pa.Table:
    """Rows with their ends at other positions, those of an undirected relation ascending; without the number of rows.

    Parameters
    ----------
    table : pyarrow.Table
        Rows of a relation kind.
    relation : RelationKind
        Says whether it has a direction.
    positions : array of int32
        By position until now: the position from now on.

    Returns
    -------
    pyarrow.Table
        The rows in the order they had.
    """
    ends = np.stack([positions[table.column(end).to_numpy()] for end in ENDS])
    if not relation.directed:
        ends.sort(axis=0)
    rest = {name: table.column(name) for name in table.column_names if name not in (*ENDS, NUMBER)}
    return pa.table({end: pa.array(column) for end, column in zip(ENDS, ends, strict=True)} | rest)


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """Rows of a relation kind in the order of their identity.

    Parameters
    ----------
    table : pyarrow.Table
        The rows, numbered where several have equal ends.
    order : array of int64
        Place that each row had before.
    equal : array of bool
        Whether a row equals the one before it in every column.
    """

    table: pa.Table
    order: NDArray[np.int64]
    equal: Mask


def in_order(table: pa.Table, n: int) -> Ordered:
    """Put rows in the order of their identity: by key if all have one, else by ends and values.

    Parameters
    ----------
    table : pyarrow.Table
        Rows of a relation kind without the number of rows; equal ones stay in the order they have.
    n : int
        How many nodes there are.

    Returns
    -------
    Ordered
        The rows as reading them would have left them.
    """
    if KEY in table.column_names and not table.column(KEY).null_count:
        order = pc.sort_indices(table.column(KEY)).to_numpy()
        return Ordered(table.take(pa.array(order)), order, np.zeros(len(order), np.bool_))
    sources, targets = (table.column(end).to_numpy().astype(np.int64) for end in ENDS)
    pairs = sources * n + targets
    order = np.argsort(pairs, kind="stable")
    follows = _repeats(pairs[order])
    tied = follows | np.append(follows[1:], False)[: len(follows)]
    picked = order[tied]
    values = value_ranks(table.take(pa.array(picked)).drop_columns(list(ENDS)))
    ranks = folded((pairs[picked], values), len(picked))
    within = np.argsort(ranks, kind="stable")
    order[tied] = picked[within]
    equal = np.zeros(len(order), np.bool_)
    equal[tied] = _repeats(ranks[within])
    return Ordered(_numbered(table.take(pa.array(order)), follows), order, equal)


def _repeats(values: NDArray[np.int64]) -> Mask:
    """Whether each value equals the one before it."""
    return np.append(False, np.diff(values) == 0)[: len(values)]


def _numbered(table: pa.Table, follows: Mask) -> pa.Table:
    """Count the rows of equal ends from 1, if any ends repeat."""
    if not follows.any():
        return table
    places = np.arange(len(follows))
    starts = np.maximum.accumulate(np.where(follows, 0, places))
    numbers = pa.array((places - starts + 1).astype(np.int32))
    return table.add_column(len(ENDS) + (KEY in table.column_names), NUMBER, numbers)
