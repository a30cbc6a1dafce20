"""Given: what a metric's parameters were given for the nodes or groups of a view, as arrays in the view's order."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.quality import Finding
from ecograph.result import SLICE, Result
from ecograph.table import Table
from ecograph.views import Series, View
from ecograph.views.following import Grouped
from ecograph.views.labels import named_apart

Seen = TypeVar("Seen", bound=View)

NODE = "node"
"""Name of the grouping in which each node is a group of its own."""
OF_NODES = frozenset({"kind", "id"})
"""Keys of a table of nodes; in one of groups ``group`` is the key, and else a value like others."""


def labels_of(view: View, by: Any, parameter: str) -> pa.Array:
    """Label of each node of a view, as text; missing where a node has none.

    Parameters
    ----------
    view : View
        The view.
    by : str, Result, Table, or plain data of one
        An attribute's name, ``node`` for each node by itself, or a table with kind, id and a value (its first column
        that is no key).
    parameter : str
        Name of the parameter, for the error.

    Returns
    -------
    pyarrow.Array
        Text, one entry a node.

    Raises
    ------
    ParameterError
        If the table names nodes twice or has no key columns.
    """
    if isinstance(by, str):
        return named_apart(view.nodes) if by == NODE else view.nodes.column(by)
    table = _table(by)
    values = _values(table)
    if not set(table.names) >= OF_NODES or not values:
        raise ParameterError(f"{parameter}: the table has {', '.join(table.names)}; it needs kind, id and a value")
    keys = _pairs(table.arrow("kind"), table.arrow("id"))
    known = dict(zip(keys, table.arrow(values[0]).cast(pa.string()).to_pylist(), strict=True))
    if len(known) < len(keys):
        raise ParameterError(f"{parameter}: {len(keys) - len(known)} nodes stand in the table twice; keep one row each")
    return pa.array([known.get(node) for node in _pairs(view.nodes.kinds, view.nodes.ids)], pa.string())


def grouped_along(series: Series[Seen], by: Any, parameter: str, found: Callable[[Seen], Any]) -> Iterator[Grouped]:
    """Groups of the nodes of each view of a series.

    Parameters
    ----------
    series : Series
        The views.
    by : str, Result, Table, plain data of one, or None
        As for :func:`labels_of`; of a table with a slice, the rows of each slice are those of its view. None for
        communities found.
    parameter : str
        Name of the parameter, for the error.
    found : callable
        Gives the community of each node of a view, from 0.

    Yields
    ------
    Grouped
        Nodes and groups of one view.
    """
    for view, label in zip(series, series.labels, strict=True):
        if by is None:
            codes = found(view)
            yield Grouped(view.nodes, codes, [str(number + 1) for number in range(int(codes.max(initial=-1)) + 1)])
        else:
            yield Grouped(view.nodes, *codes_of(labels_of(view, _of_slice(by, label), parameter)))


def _of_slice(by: Any, label: Any) -> Any:
    """Rows of one slice, of a table that has slices."""
    if isinstance(by, str):
        return by
    table = _table(by)
    if SLICE not in table.names:
        return table
    here = pc.equal(table.arrow(SLICE).cast(pa.string()), str(label))
    return Table({name: table.arrow(name).filter(here) for name in table.names if name != SLICE})


def numbers_of(view: View, by: Any, parameter: str) -> NDArray[np.float64]:
    """Number of each node of a view; NaN where a node has none.

    Parameters
    ----------
    view : View
        The view.
    by : str, Result, Table, or plain data of one
        An attribute's name, or a table with kind, id and a number (its first column that is no key).
    parameter : str
        Name of the parameter, for the error.

    Returns
    -------
    float64 (n)
        Numbers.

    Raises
    ------
    ParameterError
        If the table names nodes twice or has no key columns, or if a node has something else than a number.
    """
    texts = labels_of(view, by, parameter)
    try:
        return np.asarray(texts.cast(pa.float64()).to_numpy(zero_copy_only=False))
    except pa.ArrowInvalid:
        given = f"={by!r}" if isinstance(by, str) else ""
        found = next(text for text in texts.to_pylist() if text is not None and not _is_number(text))
        raise ParameterError(f"{parameter}{given}: {found!r} is no number; give an attribute of numbers") from None


def _is_number(text: str) -> bool:
    try:
        pa.scalar(text).cast(pa.float64())
    except pa.ArrowInvalid:
        return False
    return True


def totals_of(view: View, given: Any, parameter: str, groups: NDArray[np.int64], names: Sequence[str]) -> Any:
    """Numbers of the groups of a view, as they were given for its nodes or for the groups themselves.

    Parameters
    ----------
    view : View
        The view.
    given : str, Result, Table, or plain data of one
        An attribute's name, or a table with a value (its first column that is no key) for kind and id, or for group.
    parameter : str
        Name of the parameter, for the error.
    groups : int64 (nodes)
        Group of each node, -1 for none.
    names : sequence of str
        Names of the groups.

    Returns
    -------
    float64 (groups)
        Sums over the nodes of each group; who is not named has 0.

    Raises
    ------
    ParameterError
        If a value is no number, a group or node stands in the table twice, or is not in the view.
    """
    nodes = _pairs(view.nodes.kinds, view.nodes.ids)
    if isinstance(given, str):
        cells, keys, known = view.nodes.column(given), nodes, nodes
    else:
        table = _table(given)
        cells, keys = _valued(table, parameter)
        known = nodes if set(table.names) >= OF_NODES else list(names)
    try:
        numbers = cells.cast(pa.float64()).fill_null(0.0).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        raise ParameterError(f"{parameter}: values are {cells.type}, not numbers; give numbers") from None
    places = {key: place for place, key in enumerate(known)}
    strange = [key for key in keys if key not in places]
    if strange or len(set(keys)) < len(keys):
        told = f"{strange[0]!r} is not in the view" if strange else f"{len(keys) - len(set(keys))} stand there twice"
        raise ParameterError(f"{parameter}: {told}; give each group, or node by kind and id, once")
    found = np.zeros(len(known))
    found[[places[key] for key in keys]] = numbers
    return np.bincount(groups + 1, found, len(names) + 1)[1:] if known is nodes else found


def _pairs(kinds: pa.Array, ids: pa.Array) -> list[Any]:
    return list(zip(kinds.to_pylist(), ids.to_pylist(), strict=True))


def _valued(table: Table, parameter: str) -> tuple[pa.Array, list[Any]]:
    """Values of a table, and the groups or nodes they are of."""
    names = table.names
    values = _values(table)
    of_nodes = set(names) >= OF_NODES
    if not values or not (of_nodes or "group" in names):
        raise ParameterError(
            f"{parameter}: the table has {', '.join(names)}; it needs group, or kind and id, and a value"
        )
    keys = _pairs(table.arrow("kind"), table.arrow("id")) if of_nodes else table.arrow("group").to_pylist()
    return table.arrow(values[0]), keys


def codes_of(labels: pa.Array) -> tuple[NDArray[np.int64], list[str]]:
    """Number of each label in the sorted list of labels, -1 where missing, and that list."""
    names = sorted(label for label in labels.unique().to_pylist() if label is not None)
    found = pc.index_in(labels, pa.array(names, pa.string()))
    return found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64), names


def pairs_of_groups(
    by: Any, names: Sequence[str], first: NDArray[np.int64], second: NDArray[np.int64]
) -> dict[str, Any]:
    """Keys of rows at level pair whose ends are groups, by their numbers; a group's kind is the attribute's name."""
    groups = pa.array(names, pa.string())
    kinds = pa.array([by if isinstance(by, str) else "by"] * len(first), pa.string())
    return {"a_kind": kinds, "a": groups.take(pa.array(first)), "b_kind": kinds, "b": groups.take(pa.array(second))}


def unlabelled(codes: NDArray[np.int64], by: Any) -> list[Finding]:
    """Finding of how many nodes have no label, by the codes of :func:`codes_of`; none where all have one."""
    return without_label(int((codes < 0).sum()), by)


def without_label(missing: int, by: Any) -> list[Finding]:
    """Finding of how many nodes have no label; none where all have one."""
    return [Finding("no_label", missing, column=_called(by))] if missing else []


def unnumbered(numbers: NDArray[np.float64], by: Any) -> list[Finding]:
    """Finding of how many nodes have no number, by those of :func:`numbers_of`; none where all have one."""
    missing = int(np.isnan(numbers).sum())
    return [Finding("no_number", missing, column=_called(by))] if missing else []


def _called(by: Any) -> str:
    """An attribute's name, or that of the first column of values of a table."""
    if isinstance(by, str):
        return by
    return _values(_table(by))[0]


def _table(given: Any) -> Table:
    """The table of a result, a table, or plain data of one."""
    if isinstance(given, Result):
        return given.table
    return given if isinstance(given, Table) else Table(given)


def _values(table: Table) -> list[str]:
    """Names of the columns that are no keys."""
    keys = OF_NODES if set(table.names) >= OF_NODES else {"group"}
    return [name for name in table.names if name not in keys | {"note"}]
