"""Graphs of networkx: their nodes and edges become typed tables."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from ecograph.ecosystem import Ecosystem, from_tables
from ecograph.errors import LoadError
from ecograph.schema import Schema

if TYPE_CHECKING:
    import networkx as nx

NAMED = frozenset({"kind", "id", "relation"})


def from_networkx(
    graph: "nx.Graph[Any]",
    schema: Schema | None = None,
    *,
    kind: str | None = None,
    relation: str | None = None,
    strict: bool = False,
) -> Ecosystem:
    """Make an ecosystem of a networkx graph.

    Parameters
    ----------
    graph : Graph, DiGraph, MultiGraph or MultiDiGraph
        A node is a pair (kind, id), or has its kind as attribute ``kind`` and its own name as id; an edge has its
        relation kind as attribute ``relation``, and its key, if it has one of its own, as attribute ``key``.
    schema : Schema, optional
        The innovation schema if not given.
    kind : str, optional
        Kind of the nodes that state none.
    relation : str, optional
        Relation kind of the edges that state none.
    strict : bool
        Refuse the graph if any node, edge or attribute cannot be used.

    Returns
    -------
    Ecosystem
        What could be used; the rest is in its ``quality``.

    Raises
    ------
    LoadError
        If a node or an edge states no kind and none is given.

    Examples
    --------
    >>> import ecograph as eg
    >>> import networkx as nx
    >>> eco = eg.from_networkx(nx.path_graph(["ada", "bo", "cy"]), kind="Maker", relation="COLLABORATES")
    >>> eg.degree(eco.network("COLLABORATES"))["degree"].tolist()
    [1, 2, 1]
    >>> eg.from_networkx(eco.network("COLLABORATES").to_networkx()) == eco
    True
    """
    nodes: dict[str, list[dict[str, Any]]] = {}
    keys = {name: _key(name, attributes, kind) for name, attributes in graph.nodes(data=True)}
    for name, attributes in graph.nodes(data=True):
        own, identity = keys[name]
        nodes.setdefault(own, []).append({"id": identity, **_without(attributes)})
    relations: dict[str, list[dict[str, Any]]] = {}
    for source, target, attributes in graph.edges(data=True):
        found = attributes.get("relation", relation)
        if found is None:
            raise LoadError(
                f"edge {source!r} - {target!r} states no relation; give relation= or the attribute relation"
            )
        (source_kind, source_id), (target_kind, target_id) = keys[source], keys[target]
        ends = {"source_kind": source_kind, "source": source_id, "target_kind": target_kind, "target": target_id}
        relations.setdefault(found, []).append({**ends, **_without(attributes)})
    tables = [{name: _table(rows) for name, rows in parts.items()} for parts in (nodes, relations)]
    return from_tables(tables[0], tables[1], schema, strict=strict)


def _key(name: Any, attributes: Mapping[str, Any], kind: str | None) -> tuple[str, str]:
    """Kind and id of a node."""
    if isinstance(name, tuple) and len(name) == 2 and all(isinstance(part, str) for part in name):
        return name
    own = attributes.get("kind", kind)
    if own is None:
        raise LoadError(f"node {name!r} states no kind; give kind=, such an attribute, or name nodes (kind, id)")
    return str(own), str(attributes.get("id", name))


def _without(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name): cell for name, cell in attributes.items() if name not in NAMED}


def _table(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Columns of all rows; a column whose cells are of several types is text."""
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table({name: _column([row.get(name) for row in rows]) for name in names})


def _column(cells: list[Any]) -> pa.Array:
    try:
        return pa.array(cells)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if cell is None else str(cell) for cell in cells])
