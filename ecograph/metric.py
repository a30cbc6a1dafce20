"""The metric: a function from a view to a tidy table, declared in one file.

``@metric`` turns a function whose body returns :class:`Values` into a public function that returns a
:class:`~ecograph.result.Result`.
"""

import inspect
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
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
from numpy.typing import NDArray

from ecograph.errors import MemoryLimitError, ParameterError, WeightError
from ecograph.methods import memory
from ecograph.quality import Finding, Findings
from ecograph.result import KEYS, SLICE, Explainer, Level, Result, added_up, in_slices
from ecograph.table import Column, Language, Table
from ecograph.views import Series, View
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
