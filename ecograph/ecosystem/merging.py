"""Merging: nodes that are the same become one, and relations and references go with them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import NUMBER, Content, Nodes, Positions
from ecograph.ecosystem.positions import ENDS, in_order, moved, places_of
from ecograph.ecosystem.same_as import ID, KIND, SAME_AS, kept_nodes
from ecograph.quality import Findings
from ecograph.reading.directory import Directory, with_references
from ecograph.reading.log import Log
from ecograph.reading.order import Ranks, value_ranks
from ecograph.reading.rows import END, START, Rows
from ecograph.reading.texts import to_text
from ecograph.schema import Attribute


def merged(content: Content, table: Any) -> tuple[Content, Findings]:
    """Make one node of those that a table says are the same; see :meth:`ecograph.Ecosystem.merged`."""
    log = Log()
    merge = _Merge(content, kept_nodes(content, table, log), log)
    if not len(merge.folded):
        return content, log.findings()
    schema = content.schema
    nodes = {kind: merge.nodes(kind) for kind in content.nodes}
    directory = Directory(Nodes(schema, {kind: rows.table for kind, rows in nodes.items()}))
    nodes = {kind: with_references(rows, schema.node_columns(kind), directory, log) for kind, rows in nodes.items()}
    relations = {kind: merge.relations(kind, directory) for kind in content.relations}
    found = Content(
        schema,
        {kind: rows.finished() for kind, rows in nodes.items()},
        {kind: rows.finished() for kind, rows in relations.items()},
        {kind: (nodes | relations)[kind].places.table() for kind in content.origins},
        content.factors,
        loaded=content.origin(),
        selection=(*content.selection, {"merged": [merge.told()]}),
    )
    return found, log.findings()


@dataclass(frozen=True, eq=False)
class _Merge:
    """A content, the position of the node that is kept of each node, and where findings go."""

    content: Content
    kept: Positions
    log: Log

    @cached_property
    def folded(self) -> NDArray[np.int64]:
        """Positions of the nodes that another one is kept of."""
        return np.flatnonzero(self.kept != np.arange(len(self.kept)))

    @cached_property
    def positions(self) -> Positions:
        """Position that each node has from now on."""
        stays = np.ones(len(self.kept), np.int32)
        stays[self.folded] = 0
        return np.asarray((np.cumsum(stays, dtype=np.int32) - 1)[self.kept])

    def told(self) -> dict[str, list[str]]:
        """The table that says the same in the fewest rows, as plain data."""
        folded, kept = pa.array(self.folded), pa.array(self.kept[self.folded])
        kinds, ids = self.content.index.kinds, self.content.index.ids
        cells = {KIND: kinds.take(folded), ID: ids.take(folded), SAME_AS: ids.take(kept)}
        return {name: column.to_pylist() for name, column in cells.items()}

    def nodes(self, kind: str) -> Rows:
        """Rows of a leaf kind, one of each node: its own cells, else those of the first that is folded into it.

        Its span reaches over the spans of all; it is open where one of them is.
        """
        block = self.content.index.block(kind)
        heads = self.kept[block] - block.start
        rows = self._repointed(kind, self.content.nodes[kind], self.content.schema.node_columns(kind))
        members = np.flatnonzero(np.bincount(heads, minlength=len(heads))[heads] > 1)
        members = members[np.lexsort((members, members != heads[members], heads[members]))]
        starts = np.flatnonzero(members == heads[members])
        sizes = np.diff(np.append(starts, len(members)))
        table = rows.table
        for place, name in enumerate(table.column_names):
            if name == ID:
                continue
            cells = rows.column(name).take(pa.array(members))
            ranks = value_ranks(pa.table({name: cells}))
            chosen = np.lexsort((_turns(name, ranks), heads[members]))[starts]
            sources = np.arange(len(heads))
            sources[members[starts]] = members[chosen]
            table = table.set_column(place, name, rows.column(name).take(pa.array(sources)))
            lost = (ranks > 0) & (ranks != np.repeat(ranks[chosen], sizes))
            values = to_text(cells.filter(pa.array(lost)))
            self.log.rows("merged_value", rows.places.take(members[lost]), values, name)
        return Rows(table, rows.places).kept(heads == np.arange(len(heads)))

    def relations(self, kind: str, directory: Directory) -> Rows:
        """Rows of a relation kind between the nodes that are kept, without those that now tie a node to itself."""
        relation, columns = self.content.schema.relation(kind), self.content.schema.relation_columns(kind)
        table = self.content.relations[kind]
        table = table.drop_columns([name for name in table.column_names if name == NUMBER])
        equal_before = in_order(table, len(self.kept)).equal
        rows = with_references(self._repointed(kind, table, columns), columns, directory, self.log)
        table = moved(rows.table, relation, self.positions)
        sources, targets = (table.column(end).to_numpy() for end in ENDS)
        own = (sources == targets) & (not relation.self_ties)
        ids = directory.nodes.ids.take(pa.array(targets[own]))
        self.log.rows("merged_tie", rows.places.take(own), ids, "target")
        rows = Rows(table, rows.places).kept(~own)
        found = in_order(rows.table, directory.nodes.n)
        places = rows.places.take(found.order)
        self.log.rows("merged_rows", places.take(found.equal & ~equal_before[~own][found.order]))
        return Rows(found.table, places)

    def _repointed(self, kind: str, table: pa.Table, columns: tuple[Attribute, ...]) -> Rows:
        """Rows whose references name the nodes that are kept."""
        index = self.content.index
        rows = Rows(table, places_of(self.content, kind))
        for column in columns:
            if column.ref and column.name in table.column_names:
                folded = self.folded[index.of(column.ref)[self.folded]]
                found = pc.index_in(rows.column(column.name), index.ids.take(pa.array(folded)))
                cells = pc.coalesce(index.ids.take(pa.array(self.kept[folded])).take(found), rows.column(column.name))
                table = table.set_column(table.column_names.index(column.name), column.name, cells)
        return Rows(table, rows.places)


def _turns(name: str, ranks: Ranks) -> Ranks:
    """When the cells of one node are asked for, by their ranks, of which 0 is a missing cell: the least first."""
    if name == START:
        return ranks
    if name == END:
        return np.asarray(np.where(ranks > 0, ranks.max(initial=0) + 1 - ranks, 0))
    return np.asarray(ranks == 0, np.int64)
