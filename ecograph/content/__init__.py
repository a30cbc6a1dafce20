"""Content: what an ecosystem holds, checked and in order - node tables by kind, relation tables by kind.

Nodes are numbered kind by kind in schema order, sorted by id, so a kind is one contiguous block of positions.
Relation tables hold the positions of their ends; positions never leave the library.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content.fingerprint import fingerprint
from ecograph.content.matching import matches
from ecograph.content.nodes import Mask, Nodes
from ecograph.schema import Schema

__all__ = ["NUMBER", "Content", "Mask", "Nodes", "Positions", "matches"]

Positions = NDArray[np.int32]

NUMBER = "#"


@dataclass(frozen=True, eq=False)
class Content:
    """Checked tables of one ecosystem.

    Parameters
    ----------
    schema : Schema
        Kinds and relations.
    nodes : mapping of str to pyarrow.Table
        By leaf kind, in schema order: ``id`` (text, ascending, unique) and the kind's other columns.
    relations : mapping of str to pyarrow.Table
        By relation kind, in schema order: int32 ``source`` and ``target`` positions, ``key`` where the user gave keys,
        the int32 number (column ``#``, from 1) among rows of equal ends where ends repeat, dates and attributes; in the
        order of the relation's identity.
    origins : mapping of str to pyarrow.Table
        By node or relation kind: ``file`` and ``row`` each row came from; outside equality and fingerprint.
    factors : mapping of (str, str) to float
        Declared conversions: an amount in the first unit times the factor is the amount in the second.
    loaded : str
        Fingerprint of the ecosystem as loaded; empty if this is it.
    known : str
        Fingerprint of these tables where it is known already, as of a snapshot; computed when asked for otherwise.
    selection : tuple of dict
        The steps (between, at, slice) that led from the loaded ecosystem to this one, as plain data.
    """

    schema: Schema
    nodes: Mapping[str, pa.Table]
    relations: Mapping[str, pa.Table]
    origins: Mapping[str, pa.Table] = field(default_factory=dict)
    factors: Mapping[tuple[str, str], float] = field(default_factory=dict)
    loaded: str = ""
    known: str = ""
    selection: tuple[Mapping[str, Any], ...] = ()

    @cached_property
    def index(self) -> Nodes:
        """Nodes and their positions."""
        return Nodes(self.schema, self.nodes)

    def ends(self, relation: str) -> tuple[Positions, Positions]:
        """Positions of the sources and of the targets of a relation kind's rows; empty if it has none."""
        if relation not in self.relations:
            return np.empty(0, np.int32), np.empty(0, np.int32)
        table = self.relations[relation]
        return table.column("source").to_numpy(), table.column("target").to_numpy()

    def keys(self, relation: str, rows: NDArray[np.int64] | None = None) -> pa.Array:
        """Key of each row: the user's own, else source, target and a number among rows of equal ends.

        Parameters
        ----------
        relation : str
            Relation kind.
        rows : array of int64, optional
            Only these rows, in this order.

        Returns
        -------
        pyarrow.Array
            Text; ``kind:id > kind:id #number`` where the user gave no key.
        """
        table = self.relations[relation]
        picked = np.arange(table.num_rows) if rows is None else rows
        sources, targets = self.ends(relation)
        ends = pc.binary_join_element_wise(self._named(sources[picked]), self._named(targets[picked]), " > ")
        number = (
            pa.array(np.ones(len(picked), np.int32))
            if NUMBER not in table.column_names
            else (table.column(NUMBER).combine_chunks().take(pa.array(picked)))
        )
        made = pc.binary_join_element_wise(ends, pc.cast(number, pa.string()), " #")
        return pc.coalesce(self.own_keys(relation, picked), made)

    def own_keys(self, relation: str, rows: NDArray[np.int64]) -> pa.Array:
        """Key the user gave each of these rows; missing where there was none."""
        table = self.relations[relation]
        if "key" not in table.column_names:
            return pa.nulls(len(rows), pa.string())
        return table.column("key").combine_chunks().take(pa.array(rows))

    def _named(self, positions: Positions) -> pa.Array:
        picked = pa.array(positions)
        return pc.binary_join_element_wise(self.index.kinds.take(picked), self.index.ids.take(picked), ":")

    def relation_rows(self, relation: str) -> pa.Table:
        """Rows of a relation kind as people know them: kinds and ids of the ends, key, dates, attributes."""
        table = self.relations[relation]
        sources, targets = (pa.array(end) for end in self.ends(relation))
        ends = {
            "source_kind": self.index.kinds.take(sources),
            "source": self.index.ids.take(sources),
            "target_kind": self.index.kinds.take(targets),
            "target": self.index.ids.take(targets),
            "key": self.keys(relation),
        }
        rest = [name for name in table.column_names if name not in ends and name != NUMBER]
        return pa.table(ends | {name: table.column(name) for name in rest})

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of schema, factors, nodes and relations, whatever the row order, file format and empty columns."""
        return self.known or fingerprint(self.schema.digest, self.factors, {**self.nodes, **self.relations})

    def origin(self) -> str:
        """Fingerprint of the ecosystem as it was loaded, before any step of selection."""
        return self.loaded or self.fingerprint

    def selected(self, nodes: Mask, relations: Mapping[str, Mask], step: Mapping[str, Any]) -> "Content":
        """Keep nodes and relation rows; a relation whose end is not kept goes too.

        Parameters
        ----------
        nodes : array of bool
            By position.
        relations : mapping of str to array of bool
            By relation kind; a kind that is not named is kept whole.
        step : mapping
            The step as plain data, for the recipe.

        Returns
        -------
        Content
            The part, its positions counted anew.
        """
        renumbered = (np.cumsum(nodes) - 1).astype(np.int32)
        kept, origins = {}, {}
        for name, table in self.relations.items():
            sources, targets = self.ends(name)
            rows = nodes[sources] & nodes[targets] & relations.get(name, np.True_)
            part = table.filter(pa.array(rows))
            for end, positions in (("source", sources), ("target", targets)):
                column = pa.array(renumbered[positions[rows]])
                part = part.set_column(part.column_names.index(end), end, column)
            kept[name] = part
            origins[name] = self.origins[name].filter(pa.array(rows)) if name in self.origins else None
        for kind in self.nodes:
            mask = pa.array(nodes[self.index.block(kind)])
            origins[kind] = self.origins[kind].filter(mask) if kind in self.origins else None
        return Content(
            self.schema,
            self.index.kept(nodes).tables,
            kept,
            {name: table for name, table in origins.items() if table is not None},
            self.factors,
            loaded=self.origin(),
            selection=(*self.selection, step),
        )
