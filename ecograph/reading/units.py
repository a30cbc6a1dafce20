"""Units: amounts without one, and amounts that no factor brings together."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.methods.units import commonest
from ecograph.reading.log import Log
from ecograph.reading.masks import to_mask
from ecograph.reading.rows import Rows
from ecograph.reading.texts import to_text
from ecograph.schema import RelationKind

Codes = NDArray[np.int64]
Factors = Mapping[tuple[str, str], float]

RESOURCE = "resource"
MEASURES = {"amount": "unit", "value": "currency"}


def note_units(relation: RelationKind, rows: Rows, factors: Factors, log: Log) -> None:
    """Find amounts without a unit, and those of one resource whose units no factor brings together.

    Amounts of two resources are never added, so hours of one and square metres of the other are as they should be.

    Parameters
    ----------
    relation : RelationKind
        What the rows are.
    rows : Rows
        Its rows.
    factors : mapping of (str, str) to float
        Declared conversions.
    log : Log
        Takes what is found.
    """
    known = {attribute.name for attribute in relation.attributes}
    for amount, unit in MEASURES.items():
        if not {amount, unit} <= known or amount not in rows.table.column_names:
            continue
        amounts, units = rows.column(amount), rows.column(unit)
        bare = np.flatnonzero(to_mask(pc.and_(pc.greater(amounts, 0), units.is_null())))
        log.rows("no_unit", rows.places.take(bare), to_text(amounts.take(pa.array(bare))), amount, unit=unit)
        measured = np.flatnonzero(to_mask(pc.and_(amounts.is_valid(), units.is_valid())))
        _note_mixed(rows, unit, measured, factors, log)


def _note_mixed(rows: Rows, unit: str, measured: Codes, factors: Factors, log: Log) -> None:
    """Find the rows whose unit has no factor to the unit that most rows of their resource have or can be put into."""
    cells = rows.column(unit).take(pa.array(measured))
    if not len(cells) or pc.all(pc.equal(cells, cells[0])).as_py():
        return
    resources = rows.column(RESOURCE).take(pa.array(measured)).dictionary_encode()
    groups = pc.fill_null(resources.indices, len(resources.dictionary)).to_numpy().astype(np.int64)
    names = sorted({*cells.unique().to_pylist(), *(to for _, to in factors)})
    units = pc.index_in(cells, pa.array(names)).to_numpy().astype(np.int64)
    steps = [(names.index(one), names.index(to)) for one, to in factors if one in names]
    wanted = commonest(groups, units, steps, len(names))
    sound = units == wanted
    for one, to in steps:
        sound |= (units == one) & (wanted == to)
    left = np.flatnonzero(~sound)
    log.words("mixed_units", rows.places.take(measured[left]), cells.take(pa.array(left)), unit)
