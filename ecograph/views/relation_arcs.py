"""Which arcs of a network its relations make."""

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import Content
from ecograph.errors import ViewError
from ecograph.views.network import Network
from ecograph.views.roles import role_of, role_values


class RelationArcs(NamedTuple):
    """The relations of a network, kind by kind in their order: key columns, and places of their arcs in out order.

    ``back`` is the place of the arc the other way, -1 for relations that lead one way only and for self-ties.
    """

    keys: dict[str, Any]
    there: NDArray[np.int64]
    back: NDArray[np.int64]


def relation_arcs(ties: Network) -> RelationArcs:
    """Find the arcs that the relations of a network make.

    Parameters
    ----------
    ties : Network
        A network of relations.

    Returns
    -------
    RelationArcs
        One entry a relation.

    Raises
    ------
    ViewError
        If the network is of a path, whose arcs are no relations.
    """
    if ties.content is None:
        raise ViewError(
            f"{ties.recipe['relations'][0]!r} is a path, whose arcs are no relations; name relations instead"
        )
    places = _places(ties.content, ties)
    codes = ties.arcs.out_sources.astype(np.int64) * ties.n + ties.arcs.out_targets  # ascending, as arcs are
    parts = [_of_kind(ties, ties.content, relation, rows, places, codes) for relation, rows in ties.picked.items()]
    if not parts:
        none, nothing = np.empty(0, np.int64), pa.array([], pa.string())
        names = ("relation", "key", "source_kind", "source", "target_kind", "target")
        return RelationArcs(dict.fromkeys(names, nothing), none, none)
    keys = {name: pa.concat_arrays([part.keys[name] for part in parts]) for name in parts[0].keys}
    there, back = (np.concatenate([part[place] for part in parts]) for place in (1, 2))
    return RelationArcs(keys, there, back)


def relation_values(ties: Network, role: str) -> NDArray[np.float64]:
    """Find what each relation of a network carries of a role that parallel relations add up.

    Parameters
    ----------
    ties : Network
        A network of relations.
    role : {"amount", "count"}
        The role; where the network has none, relations of one arc share the one it counts.

    Returns
    -------
    float64 (relations)
        In the order of :func:`relation_arcs`.
    """
    if ties.content is None or role not in ties.values:
        there = relation_arcs(ties).there
        return ties.weights(role)[there] / ties.arcs.multiplicity[there]
    arguments = ties.recipe["arguments"]
    given = {role: role_of(arguments[role], role)}
    parts = [
        role_values(ties.content, relation, rows, given, arguments.get("unit"))[0].values[role]
        for relation, rows in ties.picked.items()
    ]
    return np.concatenate(parts) if parts else np.empty(0)


def _places(content: Content, ties: Network) -> NDArray[np.int64]:
    """Position in the network of each node of the content; -1 where it is not in it."""
    places = np.full(content.index.n, -1)
    for kind in ties.nodes.tables:
        own, all_of_kind = (
            nodes.ids.slice(nodes.block(kind).start, nodes.tables[kind].num_rows)
            for nodes in (ties.nodes, content.index)
        )
        found = pc.index_in(own, all_of_kind).to_numpy() + content.index.block(kind).start
        places[found] = np.arange(ties.n)[ties.nodes.block(kind)]
    return places


def _of_kind(
    ties: Network,
    content: Content,
    relation: str,
    rows: NDArray[np.int64],
    places: NDArray[np.int64],
    codes: NDArray[np.int64],
) -> RelationArcs:
    ends = [end[rows] for end in content.ends(relation)]
    names = ("source", "target")
    keys: dict[str, Any] = {
        "relation": pa.array([relation] * len(rows), pa.string()),
        "key": content.keys(relation, rows),
    }
    for name, end in zip(names, ends, strict=True):
        keys |= {f"{name}_kind": content.index.kinds.take(pa.array(end)), name: content.index.ids.take(pa.array(end))}
    sources, targets = (places[end] for end in ends)
    if ties.recipe["arguments"].get("direction") == "reversed":
        sources, targets = targets, sources
    both_ways = not (ties.directed and content.schema.relation(relation).directed)
    back = np.full(len(rows), -1)
    turned = (sources != targets) & both_ways
    back[turned] = np.searchsorted(codes, targets[turned] * ties.n + sources[turned])
    return RelationArcs(keys, np.searchsorted(codes, sources * ties.n + targets), back)
