"""Pairs of nodes: which ones a measure of pairs is asked for, and their keys."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.content import Nodes
from ecograph.errors import ParameterError
from ecograph.table import Language
from ecograph.views.chosen import chosen

MOST_PAIRS = 1_000_000
MOST_NODES = 2_000
UNKNOWN: Mapping[Language, str] = {
    "en": "What {a} means to {b} is not known: nothing enters a loop here, or the sums have no end.",
    "zh": "{a} 对 {b} 的作用未知：此处有循环没有任何输入，或求和不收敛。",
}


@dataclass(frozen=True, eq=False)
class Pairs:
    """Every pair of a first and a second node, row by row.

    Parameters
    ----------
    nodes : Nodes
        Nodes of the view.
    firsts, seconds : int64
        Positions of the first nodes and of the second ones.
    """

    nodes: Nodes
    firsts: NDArray[np.int64]
    seconds: NDArray[np.int64]

    @property
    def keys(self) -> dict[str, Any]:
        """Kinds and ids of both nodes of each pair."""
        firsts = pa.array(np.repeat(self.firsts, len(self.seconds)))
        seconds = pa.array(np.tile(self.seconds, len(self.firsts)))
        kinds, ids = self.nodes.kinds, self.nodes.ids
        names = {"a_kind": (kinds, firsts), "a": (ids, firsts), "b_kind": (kinds, seconds), "b": (ids, seconds)}
        return {name: column.take(rows) for name, (column, rows) in names.items()}

    def picked(self, table: NDArray[np.float64]) -> NDArray[np.float64]:
        """Cells of the pairs in a table over all nodes, row by row, without the sign of a zero."""
        return np.asarray(table[np.ix_(self.firsts, self.seconds)].ravel() + 0.0, np.float64)

    def told(self, row: int, language: Language, columns: Mapping[str, Any], said: Callable[..., str]) -> str:
        """A measure's own sentence of a row, of which a and b and the columns are the gaps; or why it has no value."""
        first, second = divmod(row, len(self.seconds))
        a, b = self.nodes.called(int(self.firsts[first])), self.nodes.called(int(self.seconds[second]))
        cells = {name: values[row] for name, values in columns.items()}
        if any(np.isnan(cell) for cell in cells.values()):
            return UNKNOWN[language].format(a=a, b=b)
        return said("explain", language, a=a, b=b, **cells)


def pairs(nodes: Nodes, measure: str, sources: Sequence[str] | None, targets: Sequence[str] | None) -> Pairs:
    """Find the pairs a measure is asked for.

    Parameters
    ----------
    nodes : Nodes
        Nodes of the view.
    measure : str
        Name of the measure, for the error.
    sources, targets : sequence of str or None
        First and second nodes: ids, ``kind:id`` or kinds; all where nothing is named.

    Returns
    -------
    Pairs
        In the order of the nodes.

    Raises
    ------
    ParameterError
        If there are more than a million pairs.
    UnknownNameError
        If a name is no kind and not the id of one node.
    """
    sides = {"sources": sources, "targets": targets}
    found = [
        np.arange(nodes.n) if names is None else np.flatnonzero(chosen(nodes, names, side))
        for side, names in sides.items()
    ]
    count = len(found[0]) * len(found[1])
    if count > MOST_PAIRS:
        raise ParameterError(
            f"{measure}: {len(found[0]):,} x {len(found[1]):,} nodes are {count:,} pairs, of which at most "
            f"{MOST_PAIRS:,} are shown; name fewer with sources= or targets="
        )
    return Pairs(nodes, *found)


def table_allowed(nodes: Nodes, measure: str) -> None:
    """Refuse a measure that needs the whole table of pairs where it does not fit.

    Parameters
    ----------
    nodes : Nodes
        Nodes of the view.
    measure : str
        Name of the measure, for the error.

    Raises
    ------
    ParameterError
        If there are more than 2,000 nodes.
    """
    if nodes.n > MOST_NODES:
        raise ParameterError(
            f"{measure}: {nodes.n:,} nodes; it needs all n^2 entries at once, which are made up to {MOST_NODES:,} "
            f"nodes; narrow the view"
        )


def loop_notes(values: NDArray[np.float64]) -> list[str | None] | None:
    """Reason of each missing value of a measure of integral flows; None where there is none."""
    return missing_notes(values, "out of a loop that nothing enters")


def missing_notes(values: NDArray[np.float64], reason: str) -> list[str | None] | None:
    """The reason at each missing value; None where there is none."""
    missing = np.isnan(values)
    return [reason if one else None for one in missing] if missing.any() else None
