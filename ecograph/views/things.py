"""Things: what entries are of, each in one unit, so that their amounts may be compared."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.methods.units import commonest
from ecograph.quality import Finding
from ecograph.views.entries import Codes, Entries


def numbered(
    parts: Sequence[Entries], factors: Mapping[tuple[str, str], float]
) -> tuple[list[Entries], pa.Array, pa.Array]:
    """Bring the amounts of each label into one unit as far as factors go, and number labels and units together.

    Parameters
    ----------
    parts : sequence of Entries
        Rows to be compared with each other.
    factors : mapping of (str, str) to float
        Declared conversions.

    Returns
    -------
    list of Entries
        The same rows. A row that cannot be brought into the unit most rows of its label have, or can be brought into,
        keeps its own, with a finding.
    things : pyarrow.Array
        Label of each thing.
    units : pyarrow.Array
        Unit of each thing.
    """
    labels, cells = (pa.concat_arrays([getattr(part, name) for part in parts]) for name in ("labels", "units"))
    names, found = (sorted(column.unique().to_pylist()) for column in (labels, cells))
    kinds = sorted({*found, *(to for one, to in factors if one in found)})
    groups, own = _places(labels, names), _places(cells, kinds)
    steps = {(kinds.index(one), kinds.index(to)): factor for (one, to), factor in factors.items() if one in found}
    wanted, units, scale = commonest(groups, own, list(steps), len(kinds)), own.copy(), np.ones(len(own))
    for (one, to), factor in steps.items():
        turned = (own == one) & (wanted == to) & (one != to)
        scale[turned], units[turned] = factor, to
    pairs, things = np.unique(groups * len(kinds) + units, return_inverse=True)
    stops = np.cumsum([len(part) for part in parts])[:-1]
    columns = (np.split(column, stops) for column in (things, units, scale, units != wanted))
    made = [
        replace(
            part,
            things=things,
            units=_words(kinds, units),
            amounts=part.amounts * scale,
            findings=(*part.findings, *_apart(part.relation, units[apart], kinds)),
        )
        for part, things, units, scale, apart in zip(parts, *columns, strict=True)
    ]
    width = max(len(kinds), 1)
    return made, _words(names, pairs // width), _words(kinds, pairs % width)


def _places(cells: pa.Array, words: Sequence[str]) -> Codes:
    found = pc.index_in(cells, pa.array(words, pa.string()))
    return np.asarray(found.to_numpy(zero_copy_only=False), np.int64)


def _words(words: Sequence[str], places: Codes) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(places))


def _apart(relation: str, units: Codes, kinds: Sequence[str]) -> list[Finding]:
    """How many rows keep a unit that most rows of their label do not have."""
    return [
        Finding("mixed_units", int(count), f"relations/{relation}", column="unit", value=kinds[code])
        for code, count in zip(*np.unique(units, return_counts=True), strict=True)
    ]
