"""Tables: columns of numbers become Arrow tables with ids, words and dates."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.generate import days
from ecograph.generate.draws import Numbers
from ecograph.generate.names import picked
from ecograph.generate.population import Population
from ecograph.innovation import SCHEMA
from ecograph.schema import NODE_COLUMNS, TIME_COLUMNS

Columns = dict[str, NDArray[Any] | pa.Array]
DATES = tuple(dict.fromkeys(column.name for columns in TIME_COLUMNS.values() for column in columns))
ENDS = ("source", "target")


def relation_table(population: Population, relation: str, columns: Columns) -> pa.Table:
    """Table of a relation kind, by day, then by ends; rows with the same of these keep their order.

    Parameters
    ----------
    population : Population
        Has the ids.
    relation : str
        Relation kind.
    columns : mapping of str to array
        ``source`` and ``target`` positions, days, attributes.

    Returns
    -------
    pyarrow.Table
        ``source``, ``target``, the others in the order of the schema.
    """
    first = next(name for name in DATES if name in columns)
    order = chronological(columns[first], columns["source"], columns["target"])
    names = [column.name for column in SCHEMA.relation_columns(relation) if column.name in columns]
    table = pa.table({name: _cells(name, columns[name]) for name in names}).take(pa.array(order))
    for place, name in enumerate(names):
        if name in ENDS:
            table = table.set_column(place, name, population.ids.take(table.column(name).combine_chunks()))
    return table.combine_chunks()


def node_table(population: Population, kind: str, columns: Columns) -> pa.Table:
    """Table of the nodes of a kind: ids first, then the other columns in the order of the schema."""
    names = [column.name for column in SCHEMA.node_columns(kind) if column.name in columns]
    cells = {name: _cells(name, columns[name]) for name in names}
    return pa.table({NODE_COLUMNS[0].name: population.ids_of(kind)} | cells)


def _cells(name: str, values: NDArray[Any] | pa.Array) -> pa.Array:
    if not isinstance(values, np.ndarray):
        return values
    return days.cells(values) if name in DATES else pa.array(values)


def vocabulary(name: str, numbers: Numbers) -> pa.Array:
    """Word of a vocabulary for each number."""
    return picked([word.name for word in SCHEMA.vocabulary(name).words], numbers)


def chronological(moments: Numbers, sources: Numbers, targets: Numbers) -> Numbers:
    """Places of rows by day, then by ends; rows with the same of these keep their order."""
    return np.lexsort((targets, sources, moments))


def keys(letter: str, n: int) -> pa.Array:
    """Keys T001, T002, …: all of one length."""
    digits = pc.utf8_lpad(pc.cast(pa.array(np.arange(1, n + 1)), pa.string()), len(str(n)), "0")
    return pc.binary_join_element_wise(letter, digits, "")
