"""Which nodes a caller means."""

from collections.abc import Sequence

import numpy as np

from ecograph.content import Mask, Nodes
from ecograph.errors import ParameterError


def chosen(nodes: Nodes, names: Sequence[str], parameter: str) -> Mask:
    """Find the nodes that ids and kinds name, at least one.

    Parameters
    ----------
    nodes : Nodes
        The nodes of a view.
    names : sequence of str
        Ids, ``kind:id``, or kinds in either language, whose nodes are all meant.
    parameter : str
        Name of the parameter, for the error.

    Returns
    -------
    bool (n)
        Whether each node is meant.

    Raises
    ------
    UnknownNameError
        If a name is no kind and not the id of one node.
    ParameterError
        If no node of the view is meant.
    """
    mask = named(nodes, names)
    if not mask.any():
        raise ParameterError(f"{parameter}={list(names)} are no nodes of this view; name ids or kinds it has")
    return mask


def named(nodes: Nodes, names: Sequence[str]) -> Mask:
    """Find the nodes that ids and kinds name; a kind may have none.

    Parameters
    ----------
    nodes : Nodes
        The nodes of a view.
    names : sequence of str
        Ids, ``kind:id``, or kinds in either language, whose nodes are all meant.

    Returns
    -------
    bool (n)
        Whether each node is meant.

    Raises
    ------
    UnknownNameError
        If a name is no kind and not the id of one node.
    """
    kinds = {name for kind in nodes.schema.kinds for name in (kind.name, kind.zh)}
    mask = np.zeros(nodes.n, np.bool_)
    for name in [names] if isinstance(names, str) else names:
        kind, _, node = name.partition(":")
        if name in kinds:
            mask |= nodes.of(nodes.schema.kind(name).name)
        elif node and kind in kinds:
            mask[nodes.position(node, nodes.schema.kind(kind).name)] = True
        else:
            mask[nodes.position(name)] = True
    return mask
