"""Interchange: networks as tables and as graphs of other libraries."""

from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa

from ecograph.content import Content, Nodes
from ecograph.errors import MissingPartError

if TYPE_CHECKING:
    import networkx as nx

    from ecograph.views.network import Network

Graph: TypeAlias = "nx.Graph[Any]"
"""Any graph of networkx."""

ENDS = ("source_kind", "source", "target_kind", "target")


def arrow_of(network: "Network") -> pa.Table:
    """See :meth:`ecograph.views.Network.to_arrow`."""
    arcs, nodes = network.arcs, network.nodes
    ends = {"source": pa.array(arcs.out_sources), "target": pa.array(arcs.out_targets)}
    columns: dict[str, Any] = {}
    for end, positions in ends.items():
        columns |= {f"{end}_kind": nodes.kinds.take(positions), end: nodes.ids.take(positions)}
    return pa.table(columns | {"multiplicity": arcs.multiplicity} | dict(network.values))


def networkx_of(network: "Network") -> Graph:
    """See :meth:`ecograph.views.Network.to_networkx`."""
    try:
        import networkx as nx
    except ImportError:
        raise MissingPartError("networkx is not installed; pip install 'ecograph[networkx]'") from None
    multiple = network.content is not None
    kinds = {
        (True, True): nx.MultiDiGraph,
        (True, False): nx.MultiGraph,
        (False, True): nx.DiGraph,
        (False, False): nx.Graph,
    }
    graph = kinds[multiple, network.directed]()
    graph.add_nodes_from(_nodes(network.nodes))
    if network.content is None:
        for row in arrow_of(network).to_pylist():
            graph.add_edge(*_ends(row), multiplicity=row["multiplicity"])
        return graph
    turned = network.recipe["arguments"].get("direction") == "reversed"
    for relation, rows in network.picked.items():
        own = network.content.own_keys(relation, rows).to_pylist()
        for key, row in zip(own, _rows(network.content, relation, rows), strict=True):
            ends = _ends(row)
            place = (*(ends[::-1] if turned else ends), (relation, row["key"]))
            said = {**row, "key": key, "relation": relation}
            graph.add_edge(*place)
            graph.edges[place].update(
                {name: cell for name, cell in said.items() if name not in ENDS and cell is not None}
            )
    return graph


def _nodes(nodes: Nodes) -> Any:
    for kind, table in nodes.tables.items():
        for row in table.to_pylist():
            yield (kind, row["id"]), {"kind": kind} | {name: cell for name, cell in row.items() if cell is not None}


def _rows(content: Content, relation: str, rows: Any) -> list[dict[str, Any]]:
    picked: list[dict[str, Any]] = content.relation_rows(relation).take(pa.array(rows)).to_pylist()
    return picked


def _ends(row: dict[str, Any]) -> tuple[tuple[str, str], tuple[str, str]]:
    return (row["source_kind"], row["source"]), (row["target_kind"], row["target"])
