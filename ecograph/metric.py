"""The metric: a function from a view to a tidy table, declared in one file.

``@metric`` turns a function whose body returns :class:`Values` into a public function that returns a
:class:`~ecograph.result.Result`.
"""

import inspect
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, update_wrapper
from importlib.metadata import version
from typing import (
    Annotated,
    Any,
    Concatenate,
    Generic,
    Literal,
    ParamSpec,
    TypeAlias,
    TypeVar,
    Union,
    get_args,
    get_origin,
    overload,
)

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.errors import MemoryLimitError, ParameterError, WeightError
from ecograph.methods import memory
from ecograph.quality import Finding, Findings
from ecograph.result import KEYS, SLICE, Explainer, Level, Result, added_up, in_slices
from ecograph.table import Column, Language, Table
from ecograph.views import Series, View
from ecograph.views.following import Grouped
from ecograph.views.labels import named_apart
from ecograph.views.need import Cost, Need, linear
from ecograph.views.series import alone

_version = cache(version)  # read from a file, which takes a millisecond

Parameters = ParamSpec("Parameters")
Seen = TypeVar("Seen", bound=View)
Reads = Literal["strength", "distance", "count", "amount", "any", "none"]

Nodes: TypeAlias = Annotated[Sequence[str], "nodes"]
"""Parameter: ids of nodes, or ``kind:id`` where two kinds share the id."""
Labels: TypeAlias = Annotated[str | Result | Table, "labels"]
"""Parameter: an attribute's name, a partition's Result, or a table with the columns kind, id, value."""
Numbers: TypeAlias = Annotated[str | Result | Table, "numbers"]
"""Parameter: an attribute's name, a Result, or a table with the columns kind, id, value."""

Words: TypeAlias = Mapping[str, Mapping[Language, str]]
"""A metric's own sentences, by name and language."""

NODE = "node"
"""Name of the grouping in which each node is a group of its own."""

VIEW_UNIT = "unit of the view"
"""Unit of a column that has the unit of the view's amounts."""


@dataclass(frozen=True, kw_only=True)
class Values:
    """What the body of a metric returns.

    Parameters
    ----------
    columns : mapping of str to array
        The declared columns, one entry a row. A whole-level metric gives arrays of one entry.
    nodes : int array, optional
        Positions of the nodes the rows are of, at level node; left out, every node of the view in order.
    keys : mapping of str to array, optional
        Keys of the rows at every other level: ``group`` at level group.
    slices : int array, optional
        Number of the slice the rows are of, of a metric that follows a series.
    notes : array of str or None, optional
        Reason of a missing value, row by row.
    findings : sequence of Finding, optional
        What the reader should know.
    explainer : callable, optional
        Gives, for the position of a row and a language, the sentence that says why the row has its value.
    """

    columns: Mapping[str, Any]
    nodes: NDArray[np.integer] | None = None
    keys: Mapping[str, Any] = field(default_factory=dict)
    slices: NDArray[np.integer] | None = None
    notes: Sequence[str | None] | None = None
    findings: Sequence[Finding] = ()
    explainer: Explainer | None = None


class Metric(Generic[Parameters, Seen]):
    """A declared metric: callable on a view, and what the door, command line, docs and report need to know of it.

    Attributes
    ----------
    name : str
        Name of the function.
    level : str
        node, relation, pair, group, term or whole.
    reads : str
        The role it reads; ``any`` for whichever was given, ``none`` for none.
    zh : str
        Chinese term.
    summaries : mapping of str to str
        What it tells, a sentence by language: the first line of the docstring, and its Chinese.
    source : str
        Reference with section or equation.
    columns : mapping of str to Column
        The columns of its result.
    example : mapping
        Arguments to show it with, where it has required ones.
    words : mapping
        Its own sentences: ``words["explain"]["en"]``.
    cost : callable
        What it needs of a machine, by view and options.
    """

    def __init__(self, body: Callable[..., Values], **declared: Any) -> None:
        self.body = body
        self.name = body.__name__
        self.level: Level = declared["level"]
        self.reads: Reads = declared["reads"]
        self.zh: str = declared["zh"]
        summary = (inspect.getdoc(body) or "").partition("\n")[0]
        self.summaries: Mapping[Language, str] = {"en": summary, "zh": declared["summary_zh"]}
        self.source: str = declared["source"]
        self.columns: Mapping[str, Column] = declared["columns"]
        self.example: Mapping[str, Any] = declared["example"]
        self.words: Words = declared["words"]
        self.cost: Cost = declared["cost"]
        update_wrapper(self, body)

    @cached_property
    def signature(self) -> inspect.Signature:
        """Signature of the public function: a view, keyword-only parameters, and a Result."""
        return inspect.signature(self.body).replace(return_annotation=Result)

    @property
    def __signature__(self) -> inspect.Signature:
        """What ``help`` and editors show."""
        return self.signature

    @property
    def parameters(self) -> dict[str, inspect.Parameter]:
        """Keyword-only parameters by name."""
        return dict(list(self.signature.parameters.items())[1:])

    @cached_property
    def follows(self) -> bool:
        """Whether it follows what it finds from slice to slice, and so takes all views of a series at once."""
        return get_origin(next(iter(self.signature.parameters.values())).annotation) is Series

    @cached_property
    def views(self) -> tuple[type[View], ...]:
        """The kinds of view it takes."""
        annotation = next(iter(self.signature.parameters.values())).annotation
        (annotation,) = get_args(annotation) if self.follows else (annotation,)
        return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)

    def said(self, sentence: str, language: Language, /, **gaps: Any) -> str:
        """One of the metric's own sentences, its gaps filled."""
        return self.words[sentence][language].format(**gaps)

    def __call__(self, view: Seen | Series[Seen], /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        """Measure a view, or every view of a series as one result with a ``slice`` column."""
        self._taken(view)
        if self.follows:
            return self._followed(view, *args, **kwargs)
        if not isinstance(view, Series):
            return self._measured(view, *args, **kwargs)
        parts = [self._measured(one, *args, **kwargs) for one in view]
        return in_slices(parts, view.labels, view.column, view.recipe)

    def need(self, view: Seen | Series[Seen], /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Need:
        """What measuring a view needs; of a series the operations of all its views, and the bytes of the largest."""
        self._taken(view)
        views = iter(view) if isinstance(view, Series) else [view]
        needs = [self._need(one, self._bound(one, *args, **kwargs)) for one in views]
        return max(needs, key=lambda need: need.bytes)._replace(operations=sum(need.operations for need in needs))

    def _need(self, view: Seen, bound: inspect.BoundArguments) -> Need:
        self._readable(view)
        return self.cost(view, {name: bound.arguments[name] for name in self.parameters})

    def _taken(self, view: View | Series[Any]) -> None:
        given = view.view if isinstance(view, Series) else type(view)
        if not issubclass(given, self.views):
            wanted = " or ".join(kind.__name__ for kind in self.views)
            raise ParameterError(
                f"{self.name} takes a {wanted}, not {given.__name__}; make one with "
                f"eco.{'() or eco.'.join(VIEW_DOORS[kind.__name__] for kind in self.views)}()"
            )
        if isinstance(view, Series) and not len(view):
            raise ParameterError(f"{self.name}: {view!r}; the data have no dates or no platforms to cut by")
        if isinstance(view, Series) and self.follows and "every" not in view.recipe["slices"]:
            raise ParameterError(
                f"{self.name} follows time, and platforms have no order: {view!r}; give eco.slices(every='year')"
            )

    def _measured(self, view: Seen, *args: Any, **kwargs: Any) -> Result:
        bound = self._bound(view, *args, **kwargs)
        self._affordable(self._need(view, bound))
        values = self.body(*bound.args, **bound.kwargs)
        return self._result(view, values, view.findings + Findings(values.findings), _options(bound))

    def _followed(self, view: Seen | Series[Seen], *args: Any, **kwargs: Any) -> Result:
        """Measure all views of a series at once; a view that is no slice is a series of its own."""
        series = view if isinstance(view, Series) else alone(view)
        findings: list[Finding] = []

        def make(number: int) -> Seen:
            one = series.make(number)
            self._affordable(self._need(one, bound))
            findings.extend(one.findings)
            return one

        bound = self._bound(replace(series, make=make), *args, **kwargs)
        values = self.body(*bound.args, **bound.kwargs)
        return self._result(view, values, added_up([*findings, *values.findings]), _options(bound))

    def _affordable(self, need: Need) -> None:
        allowed = memory.allowed()
        if allowed is None or need.bytes <= allowed:
            return
        remedies = [*([need.remedy] if need.remedy else []), "measure slices or fewer kinds"]
        raise MemoryLimitError(
            f"{self.name} needs about {memory.written(need.bytes)} and may take {memory.written(allowed)}; "
            f"{', '.join(remedies)}, or set ECOGRAPH_MEMORY higher than that"
        )

    def _bound(self, view: Seen | Series[Seen], *args: Any, **kwargs: Any) -> inspect.BoundArguments:
        try:
            bound = self.signature.bind(view, *args, **kwargs)
        except TypeError as error:
            known = ", ".join(self.parameters) or "none"
            raise ParameterError(f"{self.name}: {error}; its parameters: {known}") from None
        bound.apply_defaults()
        for name, value in _options(bound).items():
            allowed = get_args(self.parameters[name].annotation)
            if get_origin(self.parameters[name].annotation) is Literal and value not in allowed:
                raise ParameterError(f"{name}={value!r}; allowed: {', '.join(map(str, allowed))}")
        return bound

    def _readable(self, view: View) -> None:
        given = tuple(getattr(view, "values", {}))
        if self.reads in ("any", "none") or not given or self.reads in given:
            return
        raise WeightError(
            f"{self.name} reads {self.reads}= and the view has only {', '.join(f'{role}=' for role in given)}; "
            f"make the view with {self.reads}=, or use view.unweighted()"
        )

    def _result(
        self, view: Seen | Series[Seen], values: Values, findings: Iterable[Finding], arguments: Mapping[str, Any]
    ) -> Result:
        named, keys, columns = dict(KEYS[self.level]), dict(values.keys), dict(self.columns)
        if isinstance(view, Series):
            named = {SLICE: view.column, **named}
            keys = {SLICE: pa.array(view.labels).take(pa.array(values.slices))} | keys
        else:
            columns = {
                name: replace(column, unit=view.unit) if column.unit == VIEW_UNIT else column
                for name, column in columns.items()
            }
            keys = self._nodes(view, values) | keys
        cells = keys | {name: _cells(values.columns[name]) for name in columns}
        n = len(next(iter(cells.values())))
        cells["note"] = pa.array([None] * n if values.notes is None else list(values.notes), pa.string())
        return Result(
            Table(cells, {**named, **columns, "note": NOTE}),
            level=self.level,
            metric=self.name,
            zh=self.zh,
            findings=Findings(findings),
            provenance={
                "metric": self.name,
                "recipe": dict(view.recipe),
                "parameters": {name: plain_argument(value) for name, value in arguments.items()},
                "fingerprint": view.loaded,
                "version": _version("ecograph"),
                "source": self.source,
            },
            explainer=values.explainer,
        )

    def _nodes(self, view: View, values: Values) -> dict[str, pa.Array]:
        """Keys of the rows at level node."""
        if self.level != "node":
            return {}
        rows = pa.array(np.arange(view.nodes.n) if values.nodes is None else values.nodes)
        return {"kind": view.nodes.kinds.take(rows), "id": view.nodes.ids.take(rows)}


class Declaration:
    """What makes a metric of the function it stands above.

    Parameters
    ----------
    **declared
        What is declared of the metric.
    """

    def __init__(self, **declared: Any) -> None:
        self.declared = declared

    @overload
    def __call__(self, body: Callable[Concatenate[Seen, Parameters], Values], /) -> Metric[Parameters, Seen]: ...

    @overload
    def __call__(
        self, body: Callable[Concatenate[Series[Seen], Parameters], Values], /
    ) -> Metric[Parameters, Seen]: ...

    def __call__(self, body: Callable[..., Values], /) -> Metric[..., Any]:
        """The metric of a function."""
        return Metric(body, **self.declared)


NOTE = Column("why a value is missing", zh="说明")
VIEW_DOORS = {
    "Network": "network",
    "TwoMode": "two_mode",
    "Flows": "flows",
    "Records": "records",
    "Ledger": "ledger",
    "Histories": "histories",
    "Panel": "panel",
}


def metric(
    *,
    level: Level,
    zh: str,
    summary_zh: str,
    source: str,
    columns: Mapping[str, Column],
    reads: Reads = "none",
    example: Mapping[str, Any] | None = None,
    words: Words | None = None,
    cost: Cost | None = None,
) -> Declaration:
    """Declare a metric.

    Parameters
    ----------
    level : {"node", "relation", "pair", "group", "term", "whole"}
        What one row of the result is.
    zh : str
        Chinese term.
    summary_zh : str
        What it tells: the first line of the docstring in Chinese.
    source : str
        Reference with section or equation.
    columns : mapping of str to Column
        The result's columns, the most important first.
    reads : {"strength", "distance", "count", "amount", "any", "none"}
        The role whose values it reads.
    example : mapping, optional
        Arguments to show it with, where it has required ones.
    words : mapping, optional
        Its own sentences by name and language.
    cost : callable, optional
        What it needs of a machine, by view and options; if not given, what going through nodes and arcs needs.

    Returns
    -------
    Declaration
        Decorator of a function from a view, or from a series of views that it follows, to :class:`Values`.

    Examples
    --------
    >>> from ecograph.views import Network
    >>> @metric(
    ...     level="whole", zh="节点数", summary_zh="共有多少个节点。", source="counting",
    ...     columns={"n": Column("nodes", zh="节点数")},
    ... )
    ... def size(network: Network) -> Values:
    ...     '''How many nodes there are.'''
    ...     return Values(columns={"n": [network.n]})
    >>> size.summaries["en"], size.summaries["zh"]
    ('How many nodes there are.', '共有多少个节点。')
    """
    return Declaration(
        level=level,
        reads=reads,
        zh=zh,
        summary_zh=summary_zh,
        source=source,
        columns=columns,
        example=example or {},
        words=words or {},
        cost=cost or linear(),
    )


def _options(bound: inspect.BoundArguments) -> dict[str, Any]:
    """Arguments by name, without the view."""
    return dict(list(bound.arguments.items())[1:])


def _cells(values: Any) -> Any:
    return values if isinstance(values, (pa.Array, pa.ChunkedArray)) else pa.array(np.asarray(values))


def plain_argument(value: Any) -> Any:
    """An argument as plain data that can be saved and given again."""
    if isinstance(value, Result):
        value = value.table
    if isinstance(value, Table):
        return {name: list(value.arrow(name).to_pylist()) for name in value.names}
    return list(value) if isinstance(value, (tuple, set, frozenset)) else value


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
    table = by.table if isinstance(by, Result) else by if isinstance(by, Table) else Table(by)
    values = [name for name in table.names if name not in ("kind", "id", "note")]
    if not {"kind", "id"} <= set(table.names) or not values:
        raise ParameterError(f"{parameter}: the table has {', '.join(table.names)}; it needs kind, id and a value")
    keys = list(zip(table.arrow("kind").to_pylist(), table.arrow("id").to_pylist(), strict=True))
    known = dict(zip(keys, table.arrow(values[0]).cast(pa.string()).to_pylist(), strict=True))
    if len(known) < len(keys):
        raise ParameterError(f"{parameter}: {len(keys) - len(known)} nodes stand in the table twice; keep one row each")
    nodes = zip(view.nodes.kinds.to_pylist(), view.nodes.ids.to_pylist(), strict=True)
    return pa.array([known.get(node) for node in nodes], pa.string())


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
    table = by.table if isinstance(by, Result) else by if isinstance(by, Table) else Table(by)
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
        table = given.table if isinstance(given, Result) else Table(given)
        cells, keys = _valued(table, parameter)
        known = list(names) if "group" in table.names else nodes
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
    values = [name for name in names if name not in ("kind", "id", "group", "note")]
    if not values or not ("group" in names or {"kind", "id"} <= set(names)):
        raise ParameterError(
            f"{parameter}: the table has {', '.join(names)}; it needs group, or kind and id, and a value"
        )
    grouped = "group" in names
    keys = table.arrow("group").to_pylist() if grouped else _pairs(table.arrow("kind"), table.arrow("id"))
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
    table = by.table if isinstance(by, Result) else by if isinstance(by, Table) else Table(by)
    return next(name for name in table.names if name not in ("kind", "id", "group", "note"))
