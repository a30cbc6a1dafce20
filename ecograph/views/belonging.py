"""Which rows are a makerspace's own: those with an end that belongs to it while the row lasts."""

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.belonging import Belonging, Numbers, distinct, lasting
from ecograph.views.records import EVER, Records


def makerspaces(records: Records) -> NDArray[np.int64]:
    """Positions of the makerspaces, ascending.

    Raises
    ------
    UnknownNameError
        If the schema has no makerspaces.
    """
    return np.flatnonzero(records.nodes.of("Makerspace"))


def belonging(records: Records, relation: str, spaces: Numbers) -> Belonging:
    """Who belongs to which of these makerspaces by rows of a relation that joins them, in either direction."""
    sources, targets = records.content.ends(relation)
    spans = records.spans(relation)
    out = Belonging.through(sources, targets, spans, spaces)
    return out | Belonging.through(targets, sources, spans, spaces)


def own_rows(
    records: Records, relation: str, sides: tuple[Belonging | None, Belonging | None], places: int
) -> tuple[Numbers, Numbers]:
    """Rows of a relation and the places they are own rows of, each pair once.

    Parameters
    ----------
    records : Records
        Rows; a relation without rows gives none.
    relation : str
        Relation kind.
    sides : pair of Belonging or None
        To whom a row belongs through its source and through its target; None if through neither.
    places : int
        How many places there are.

    Returns
    -------
    int64 (pairs)
        Numbers of the rows, ascending.
    int64 (pairs)
        Numbers of their places, ascending within a row.
    """
    when = lasting(*records.spans(relation), records.days(relation, "at", EVER))
    ends = zip(records.content.ends(relation), sides, strict=True)
    return distinct([side.pairs(end, *when) for end, side in ends if side], places)
