"""Listing: rows of a result as a page shows them, with names beside ids and words of the page's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike

from ecograph.page.sheet import PERCENT, exactly
from ecograph.page.wording import Wording
from ecograph.result import Result
from ecograph.table import Column, Table

KEPT = ("source", "target")
REFERENCES = {"resource": "Resource", "makerspace": "Makerspace"}
"""Columns of results that hold ids, and the kind they are of."""


def listing(
    wording: Wording,
    result: Result,
    columns: Sequence[str],
    rows: ArrayLike | None = None,
    percents: Iterable[str] = (),
) -> Table:
    """Rows of a result with the columns wanted, those that say who first.

    Parameters
    ----------
    wording : Wording
        The language, and whether persons are named.
    result : Result
        Of level node, relation, pair or group.
    columns : sequence of str
        Columns of the metric, in the order of the page.
    rows : array of int, optional
        Which rows, in the order of the page; all if not given.
    percents : sequence of str
        Columns that hold shares, to be shown in percent.

    Returns
    -------
    Table
        Its nodes are called by name and id, its words translated.
    """
    table = result.table if rows is None else result.table.take(np.asarray(rows, dtype=np.int64))
    known = {name: table.columns[name] for name in columns}
    cells = _who(wording, result, table)
    for name in columns:
        cells[name] = _cells(wording, name, known[name], table.arrow(name))
    for name in percents:
        cells[name] = 100 * np.asarray(table[name], np.float64)
        known[name] = replace(known[name], unit=PERCENT)
    return wording.table(cells, {name: replace(column, words={}) for name, column in known.items()})


def _who(wording: Wording, result: Result, table: Table) -> dict[str, Any]:
    """Columns that say whom a row is about."""
    if result.level == "node":
        return wording.node_cells(table.arrow("kind"), table.arrow("id"))
    if result.level == "relation":
        ends = {end: wording.called(table.arrow(f"{end}_kind"), table.arrow(end)) for end in KEPT}
        return {"key": table.arrow("key"), "from": ends["source"], "at": ends["target"]}
    if result.level == "pair":
        return {side: wording.called(table.arrow(f"{side}_kind"), table.arrow(side)) for side in ("a", "b")}
    return {"group": table.arrow("group")}


def _cells(wording: Wording, name: str, column: Column, cells: Any) -> Any:
    """Cells of a column in the page's language; ids of resources and makerspaces by name and id."""
    if name in REFERENCES:
        return wording.referred(REFERENCES[name], cells)
    if name == "unit":
        return replaced(cells, {unit: wording.unit(unit) for unit in pc.unique(cells).to_pylist() if unit})
    if column.words and wording.language == "zh":
        return replaced(cells, column.words)
    return pc.cast(cells, pa.string()) if pa.types.is_date(cells.type) else cells


def replaced(cells: Any, words: Mapping[str, str]) -> Any:
    """Cells with these words put for others; what is not among them stays."""
    if not words:
        return cells
    found = pc.index_in(cells, pa.array(list(words), pa.string()))
    return pc.coalesce(pa.array(list(words.values()), pa.string()).take(found), cells)


def measured(wording: Wording, value: float, unit: str | None) -> str:
    """A number as a table shows it, with its unit."""
    return f"{exactly(value)} {wording.unit(unit or '')}".strip()


def opened(text: str) -> str:
    """A sentence with its first letter large."""
    return text[:1].upper() + text[1:]
