"""Ends: ids of relation rows become nodes, if schema and data leave exactly one possibility."""

from typing import Any

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import Mask, Positions
from ecograph.reading.directory import Counts, Directory, Leaves
from ecograph.reading.kinds import listed, spellings
from ecograph.reading.log import Log
from ecograph.reading.packed import picked_from
from ecograph.reading.rows import Rows
from ecograph.reading.texts import trimmed
from ecograph.schema import RelationKind


class End:
    """One end of the rows of a relation: ids, and the kinds where a row states one.

    Parameters
    ----------
    name : {"source", "target"}
        Which end.
    rows : Rows
        The relation's rows.
    directory : Directory
        Nodes by id.
    """

    def __init__(self, name: str, rows: Rows, directory: Directory) -> None:
        self.name = name
        self._rows = rows
        self._directory = directory
        self._schema = directory.nodes.schema
        self._codes = directory.codes(rows.cells(name))
        self._groups, self._stated = self._statements()

    def _statements(self) -> tuple[list[Leaves], NDArray[np.int16]]:
        """Leaves that rows state, and which of them each row does: all where it says nothing, none for no kind."""
        every = frozenset(self._schema.leaves())
        if f"{self.name}_kind" not in self._rows.table.column_names:
            return [every], np.zeros(len(self._codes), dtype=np.int16)
        words = trimmed(self._rows.column(f"{self.name}_kind")).dictionary_encode()
        known = spellings(self._schema)
        by_word = [frozenset(known.get(word, ())) for word in words.dictionary.to_pylist()] + [every]
        groups = list(dict.fromkeys(by_word))
        numbers = np.array([groups.index(leaves) for leaves in by_word], dtype=np.int16)
        return groups, numbers[pc.fill_null(words.indices, -1).to_numpy()]

    def among(self, leaves: Leaves, picked: NDArray[np.int64] | slice = slice(None)) -> tuple[Counts, Positions]:
        """Whether each row may mean none, one or several nodes (2) of these leaf kinds, and one of them."""
        codes, stated = self._codes[picked], self._stated[picked]
        if len(self._groups) == 1:
            by_code = self._directory.among(leaves & self._groups[0])
            return by_code[0][codes], by_code[1][codes]
        counts, positions = np.zeros(len(codes), dtype=np.int8), np.full(len(codes), -1, dtype=np.int32)
        for number, group in enumerate(self._groups):
            own = stated == number
            by_code = self._directory.among(leaves & group)
            counts[own], positions[own] = (values[codes[own]] for values in by_code)
        return counts, positions

    def explain(self, wrong: NDArray[np.int64], kinds: tuple[str, ...], log: Log) -> Mask:
        """Find what is wrong with this end, where only these kinds may stand; gives whether something is."""
        counts, _ = self.among(frozenset(self._schema.leaves(*kinds)), wrong)
        stateless = np.array([not group for group in self._groups])[self._stated[wrong]]
        blank = self._rows.blank(self.name)[wrong] & ~stateless
        unknown = (counts == 0) & ~stateless & ~blank
        allowed = listed(self._schema, kinds)
        self._note("unknown_kind", wrong[stateless], f"{self.name}_kind", log, **allowed)
        self._note("blank_end", wrong[blank], self.name, log)
        self._note("ambiguous_end", wrong[counts > 1], self.name, log, **allowed)
        for leaf in self._directory.nodes.tables:
            illegal = unknown & self.may_be((leaf,), wrong)
            found = {"found": leaf, "found_zh": self._schema.kind(leaf).zh or leaf}
            self._note("illegal_end", wrong[illegal], self.name, log, **found, **allowed)
            unknown &= ~illegal
        self._note("unknown_end", wrong[unknown], self.name, log, **allowed)
        return np.asarray(counts != 1)

    def may_be(self, kinds: tuple[str, ...], picked: NDArray[np.int64]) -> Mask:
        """Whether a node of these kinds has the id."""
        return np.asarray(self.among(frozenset(self._schema.leaves(*kinds)), picked)[0] > 0)

    def _note(self, code: str, picked: NDArray[np.int64], column: str, log: Log, **details: Any) -> None:
        if len(picked):
            values = picked_from(self._rows.cells(column), picked)
            log.rows(code, self._rows.places.take(picked), values, column, **details)


def resolved(relation: RelationKind, rows: Rows, directory: Directory, log: Log) -> tuple[Positions, Positions]:
    """Find the nodes at both ends of every row.

    Parameters
    ----------
    relation : RelationKind
        Says which kinds may stand where; the ends of an undirected one stand in either order.
    rows : Rows
        The relation's rows.
    directory : Directory
        Nodes by id.
    log : Log
        Takes what is found.

    Returns
    -------
    pair of array of int32
        Positions of sources and targets, those of undirected relations in ascending order; -1 for both where the row
        does not leave exactly one possibility.
    """
    schema = directory.nodes.schema
    legal = tuple(frozenset(schema.leaves(*kinds)) for kinds in (relation.sources, relation.targets))
    ends = (End("source", rows, directory), End("target", rows, directory))
    counts, positions = _joined(ends, legal)
    if not relation.directed and legal[0] != legal[1]:
        both = legal[0] & legal[1]
        turned_counts, turned_positions = _joined(ends, legal[::-1])
        positions = np.where(counts == 1, positions, turned_positions)
        counts += turned_counts - _joined(ends, (both, both))[0]
    wrong = np.flatnonzero(counts != 1)
    if len(wrong):
        _explain(relation, ends, wrong, log)
        positions[:, wrong] = -1
    if not relation.directed:
        positions.sort(axis=0)
    return positions[0], positions[1]


def _joined(ends: tuple[End, End], leaves: tuple[Leaves, ...]) -> tuple[Counts, Positions]:
    """How many pairs of nodes of these leaf kinds each row may mean, and one of them."""
    counts, source = ends[0].among(leaves[0])
    positions = np.empty((2, len(source)), dtype=np.int32)
    positions[0] = source
    others, positions[1] = ends[1].among(leaves[1])
    return counts * others, positions


def _explain(relation: RelationKind, ends: tuple[End, End], wrong: NDArray[np.int64], log: Log) -> None:
    orders = ((relation.sources, relation.targets), (relation.targets, relation.sources))
    either = tuple(dict.fromkeys((*relation.sources, *relation.targets)))
    legal = orders[0] if relation.directed else (either, either)
    explained = [end.explain(wrong, kinds, log) for end, kinds in zip(ends, legal, strict=True)]
    pairs = wrong[~(explained[0] | explained[1])]  # each end may stand here, but not with the other
    for here, there in orders:
        ends[1].explain(pairs[ends[0].may_be(here, pairs)], there, log)
