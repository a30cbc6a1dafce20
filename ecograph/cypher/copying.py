"""A copy of an ecosystem's tables in the embedded engine.

The engine's fast loader merges repeated pairs of ends without a word, but for the first tables of a relation kind and
kind of source. So a later one that repeats a pair is created row by row, and whatever is built is counted.
"""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.content import NUMBER, Content
from ecograph.errors import SchemaError

CHUNK = 50_000
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
SETTINGS = {"disable_optimizer": True, "hide_structural_keys": True}  # the optimizer is wrong without a word


def fill(graph: Any, content: Content) -> None:
    """Put all nodes and relations into an empty graph of the engine.

    Parameters
    ----------
    graph : kglite.KnowledgeGraph
        Empty.
    content : Content
        Checked tables.

    Raises
    ------
    SchemaError
        If a name of the schema cannot be written in a query.
    """
    _named(content)
    for kind, table in content.nodes.items():
        if table.num_rows:
            graph.add_nodes(
                _frame(node_rows(content, kind)),
                kind,
                unique_id_field="id",
                node_title_field="name",  # where a name is missing, the engine would show the title instead
                labels=list(content.schema.ancestry(kind)[1:]),
            )
    for relation in content.relations:
        for frames in _by_source(content, relation):
            for place, (source, target, rows, repeated) in enumerate(frames):
                if place and repeated:
                    _create(graph, relation, source, target, rows)
                else:
                    graph.add_relationships(_frame(rows), relation, source, "source", target, "target")


def node_rows(content: Content, kind: str) -> pa.Table:
    """Rows of a kind as the engine holds them: every kind has a name, if a missing one, and its own kind."""
    table = content.nodes[kind]
    told = [name for name in table.column_names if name != "kind"]
    rows = pa.table({name: _cells(table.column(name)) for name in told})
    rows = rows.append_column("kind", pa.repeat(pa.scalar(kind), table.num_rows))
    return rows if "name" in told else rows.append_column("name", pa.nulls(table.num_rows, pa.string()))


def relation_rows(content: Content, relation: str) -> pa.Table:
    """Rows of a relation kind as the engine holds them: ids of the ends, key, dates and attributes."""
    sources, targets = (content.index.ids.take(pa.array(end)) for end in content.ends(relation))
    columns = {"source": sources, "target": targets, "key": content.keys(relation)}
    return pa.table(columns | relation_cells(content, relation))


def relation_cells(content: Content, relation: str) -> dict[str, pa.ChunkedArray]:
    """Dates and attributes of a relation kind's rows as the engine holds them."""
    table = content.relations[relation]
    names = [name for name in table.column_names if name not in ("source", "target", "key", NUMBER)]
    return {name: _cells(table.column(name)) for name in names}


def _named(content: Content) -> None:
    names = [name for tables in (content.nodes, content.relations) for name in tables]
    names += [name for table in (*content.nodes.values(), *content.relations.values()) for name in table.column_names]
    for name in names:
        if name != NUMBER and not NAME.fullmatch(name):
            raise SchemaError(f"{name!r} cannot be written in a query; rename it with Latin letters, digits and _")


def _by_source(content: Content, relation: str) -> Iterator[list[tuple[str, str, pa.Table, bool]]]:
    """Tables of one relation kind and kind of source, one for each kind of target.

    The one that repeats most pairs comes first.
    """
    sources, targets = content.ends(relation)
    kinds, codes = list(content.nodes), content.index.kind_codes
    rows, n = relation_rows(content, relation), max(content.index.n, 1)
    for one in np.unique(codes[sources]):
        tables = []
        for other in np.unique(codes[targets[codes[sources] == one]]):
            chosen = np.flatnonzero((codes[sources] == one) & (codes[targets] == other))
            again = len(chosen) - len(np.unique(sources[chosen].astype(np.int64) * n + targets[chosen]))
            tables.append((again, kinds[one], kinds[other], rows.take(pa.array(chosen))))
        tables.sort(key=lambda table: -table[0])
        yield [(source, target, part, again > 0) for again, source, target, part in tables]


def _create(graph: Any, relation: str, source: str, target: str, rows: pa.Table) -> None:
    names = [name for name in rows.column_names if name not in ("source", "target")]
    attributes = ", ".join(f"{name}: r.{name}" for name in names)
    text = (
        f"UNWIND $rows AS r MATCH (a:{source} {{id: r.source}}), (b:{target} {{id: r.target}}) "
        f"CREATE (a)-[:{relation} {{{attributes}}}]->(b)"
    )
    for start in range(0, rows.num_rows, CHUNK):
        graph.cypher(text, params={"rows": rows.slice(start, CHUNK).to_pylist()}, **SETTINGS)


def _cells(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Moments as days, since queries compare days; words of a dictionary as text; what is no number as missing."""
    if pa.types.is_timestamp(column.type):
        return pc.cast(pc.floor_temporal(column, unit="day"), pa.date32(), safe=False)
    if pa.types.is_floating(column.type):
        return pc.if_else(pc.is_nan(column), None, column)
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def _frame(table: pa.Table) -> Any:
    return table.to_pandas(date_as_object=True, integer_object_nulls=True)  # the engine takes dates apart faster
