"""Ecosystem: typed tables, frozen; selecting parts of it, and making views."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph import views
from ecograph.content import Content, Mask
from ecograph.errors import LoadError, ParameterError, unknown
from ecograph.innovation import SCHEMA
from ecograph.quality import Finding, Findings
from ecograph.reading import Raw, assemble
from ecograph.schema import Attribute, Schema
from ecograph.table import Column, Table, to_arrow

REFUSED = 10


class Ecosystem:
    """Makers, organisations, projects, resources and their relations as one typed graph.

    Made by :func:`ecograph.read` or :func:`ecograph.from_tables`. Frozen: every method gives a new object.

    Parameters
    ----------
    content : Content
        Checked tables.
    quality : Findings, optional
        What was found while they were checked.
    manifest : mapping, optional
        Title, source, licence and attribution.
    """

    __slots__ = ("__dict__", "_content", "manifest", "quality")

    def __init__(self, content: Content, quality: Findings | None = None, manifest: Mapping[str, Any] | None = None):
        self._content = content
        self.quality = quality or Findings()
        self.manifest = dict(manifest or {})

    @property
    def schema(self) -> Schema:
        """Kinds, relation kinds and vocabularies."""
        return self._content.schema

    @property
    def fingerprint(self) -> str:
        """SHA-256 of schema and tables, whatever the order of rows, the file format and the origin."""
        return self._content.fingerprint

    @property
    def selection(self) -> tuple[Mapping[str, Any], ...]:
        """The steps (between, at) that led here from the ecosystem as it was loaded."""
        return self._content.selection

    @property
    def loaded(self) -> str:
        """Fingerprint of the ecosystem as it was loaded."""
        return self._content.loaded or self._content.fingerprint

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ecosystem) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __repr__(self) -> str:
        nodes, relations = self._content.index.n, sum(table.num_rows for table in self._content.relations.values())
        title = self.manifest.get("title", "ecosystem")
        return f"{title}: {nodes:,} nodes, {relations:,} relations, {len(self.quality):,} findings"

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Leaf kinds that have nodes, in schema order."""
        return tuple(kind for kind, table in self._content.nodes.items() if table.num_rows)

    @cached_property
    def relation_kinds(self) -> tuple[str, ...]:
        """Relation kinds that have rows, in schema order."""
        return tuple(kind for kind, table in self._content.relations.items() if table.num_rows)

    def summary(self) -> Table:
        """How many rows each kind of node and relation has, and from when to when.

        Returns
        -------
        Table
            One row a kind that has rows: what, kind, zh, count, first, last.
        """
        nodes = [("node", kind, self.schema.kind(kind).zh, self._content.nodes[kind]) for kind in self.kinds]
        relations = [
            ("relation", kind, self.schema.relation(kind).zh, self._content.relations[kind])
            for kind in self.relation_kinds
        ]
        rows = [(what, kind, zh, table.num_rows, *_days(table)) for what, kind, zh, table in nodes + relations]
        cells = list(zip(*rows, strict=True)) or [()] * 6
        types = (pa.string(), pa.string(), pa.string(), pa.int64(), pa.date32(), pa.date32())
        arrays = [pa.array(column, type_) for column, type_ in zip(cells, types, strict=True)]
        return Table(dict(zip(SUMMARY, arrays, strict=True)), SUMMARY)

    def nodes(self, kind: str) -> Table:
        """Nodes of a kind, ascending by id; of several leaf kinds, with a first column ``kind``.

        Parameters
        ----------
        kind : str
            A leaf or a branch, in English or Chinese.

        Returns
        -------
        Table
            One row a node.

        Raises
        ------
        UnknownNameError
            If the schema has no such kind.
        """
        name = self.schema.kind(kind).name
        leaves = self.schema.leaves(name)
        columns = _described(self.schema, self.schema.node_columns(name))
        if leaves == (name,):
            return Table(self._content.nodes.get(name, _empty(self.schema.node_columns(name))), columns)
        parts = [
            self._content.nodes[leaf].add_column(
                0, "kind", pa.array([leaf] * self._content.nodes[leaf].num_rows, pa.string())
            )
            for leaf in leaves
            if leaf in self._content.nodes
        ]
        empty = _empty((Attribute("kind"), *self.schema.node_columns(name)))
        table = pa.concat_tables(parts, promote_options="permissive") if parts else empty
        known = {
            one.name: Column(one.meaning or one.name, zh=one.zh, unit=one.unit)
            for leaf in leaves
            for one in self.schema.node_columns(leaf)
        }
        kinds = {one.name: one.zh for one in self.schema.kinds if one.zh}
        return Table(table, known | columns | {"kind": Column("kind of the node", zh="类型", words=kinds)})

    def relations(self, kind: str) -> Table:
        """Relations of a kind in the order of their identity: ends, key, dates, attributes.

        Parameters
        ----------
        kind : str
            A relation kind, in English or Chinese.

        Returns
        -------
        Table
            One row a relation.

        Raises
        ------
        UnknownNameError
            If the schema has no such relation kind.
        """
        name = self.schema.relation(kind).name
        attributes = self.schema.relation_columns(name)
        columns = _described(self.schema, attributes)
        if name not in self._content.relations:
            return Table(_empty(attributes), columns)
        return Table(self._content.relation_rows(name), columns)

    def where(self, kind: str, **equals: Any) -> Table:
        """Nodes of a kind whose columns have these values.

        Parameters
        ----------
        kind : str
            A leaf or a branch.
        **equals
            Value of each column; a list allows each of its values.

        Returns
        -------
        Table
            The rows that fit.

        Raises
        ------
        UnknownNameError
            If the kind has no such column.

        Examples
        --------
        >>> import ecograph as eg
        >>> eco = eg.from_tables({"Maker": {"id": ["ada", "bo"], "background": ["student", "returnee"]}}, {})
        >>> eco.where("Maker", background="student")["id"].tolist()
        ['ada']
        """
        table = self.nodes(kind)
        mask = np.ones(len(table), np.bool_)
        for name, wanted in equals.items():
            if name not in table.names:
                raise unknown(f"column of {kind}", name, table.names)
            allowed = list(wanted) if isinstance(wanted, (list, tuple, set)) else [wanted]
            column = table.arrow(name)
            try:
                values = pa.array(allowed).cast(column.type)
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError):
                raise ParameterError(f"{kind}.{name}={wanted!r}: the column holds {column.type}") from None
            mask &= pc.is_in(column, values).to_numpy(zero_copy_only=False)
        return table.take(np.flatnonzero(mask))

    def between(self, start: str, stop: str) -> "Ecosystem":
        """What was there in a period: spans that meet [start, stop), moments with start <= at < stop.

        Nodes with dates are there while their span meets the period; a relation goes with its ends.

        Parameters
        ----------
        start, stop : str
            ISO days; ``stop`` is the first day no longer in the period.

        Returns
        -------
        Ecosystem
            The part.

        Raises
        ------
        ParameterError
            If a day is no ISO day, or ``stop`` is not after ``start``.
        """
        first, last = _day(start, "start"), _day(stop, "stop")
        if last <= first:
            raise ParameterError(f"stop={stop!r} is not after start={start!r}; give a later day")
        return self._during(first, last, {"between": [str(start), str(stop)]}, moments=True)

    def at(self, day: str) -> "Ecosystem":
        """What was there on a day: nodes and spans that hold on it; moments are left out.

        Parameters
        ----------
        day : str
            An ISO day.

        Returns
        -------
        Ecosystem
            The part.

        Raises
        ------
        ParameterError
            If the day is no ISO day.
        """
        first = _day(day, "day")
        return self._during(first, first + np.timedelta64(1, "D"), {"at": str(day)}, moments=False)

    def _during(self, first: Any, last: Any, step: Mapping[str, Any], *, moments: bool) -> "Ecosystem":
        content = self._content
        kept = [_meets(table, first, last) for table in content.nodes.values()]
        nodes = np.concatenate(kept) if kept else np.empty(0, np.bool_)
        relations: dict[str, Mask] = {}
        for name, table in content.relations.items():
            if self.schema.relation(name).time == "moment":
                relations[name] = _happens(table, first, last) & moments
            else:
                relations[name] = _meets(table, first, last)
        return Ecosystem(content.selected(nodes, relations, step), self.quality, self.manifest)

    def network(
        self,
        *relations: str,
        kinds: str | Sequence[str] | None = None,
        where: Mapping[str, Mapping[str, Any]] | None = None,
        direction: Literal["as declared", "both", "reversed"] | None = None,
        strength: str | views.Inverse | None = None,
        distance: str | views.Inverse | None = None,
        count: str | views.Inverse | None = None,
        amount: str | views.Inverse | None = None,
        unit: str | None = None,
        parallel: Literal["sum", "max", "min", "mean"] | None = None,
        isolates: bool = True,
    ) -> views.Network:
        """Network of relation kinds, or of one meta-path whose two ends are of one branch.

        Parameters
        ----------
        *relations : str
            Relation kinds, or one path such as ``"Maker -WORKS_ON-> Project <-WORKS_ON- Maker"``, whose arcs count
            paths and leave out a node's paths to itself.
        kinds : str or sequence of str, optional
            Nodes of the view; by default of every leaf kind met as an end of its relations.
        where : mapping, optional
            Values of columns by relation: ``{"PARTICIPATES_IN": {"role": "coordinator"}}``.
        direction : {"as declared", "both", "reversed"}, optional
            Must be said where directed and undirected relations are mixed.
        strength, distance, count, amount : str or Inverse, optional
            Column that has this role, or ``eg.inverse(column)``.
        unit : str, optional
            Keeps amounts in, or convertible to, this unit.
        parallel : {"sum", "max", "min", "mean"}, optional
            How several relations of one ordered pair become one value; counts and amounts are always summed.
        isolates : bool
            Whether nodes without relations stay.

        Returns
        -------
        Network
            The view.

        Raises
        ------
        ViewError
            If direction or parallel must be said and is not, or the path goes where its relations cannot.
        WeightError
            If a value is negative, NaN or infinite, or amounts have two units.

        Examples
        --------
        >>> import ecograph as eg
        >>> ties = {"source": ["a", "b"], "target": ["b", "c"], "hours": [2.0, 4.0]}
        >>> eco = eg.from_tables({"Maker": {"id": ["a", "b", "c"]}}, {"COLLABORATES": ties})
        >>> net = eco.network("COLLABORATES", distance=eg.inverse("hours"))
        >>> net.n, len(net.arcs), net.values["distance"].tolist()
        (3, 4, [0.5, 0.5, 0.25, 0.25])
        """
        arguments = {name: value for name, value in locals().items() if name not in ("self", "relations")}
        return views.network(self._content, *relations, **arguments)

    def two_mode(
        self,
        path: str,
        *,
        where: Mapping[str, Mapping[str, Any]] | None = None,
        strength: str | views.Inverse | None = None,
        distance: str | views.Inverse | None = None,
        count: str | views.Inverse | None = None,
        amount: str | views.Inverse | None = None,
        unit: str | None = None,
        parallel: Literal["sum", "max", "min", "mean"] | None = None,
    ) -> views.TwoMode:
        """Two sides joined by a meta-path; its left end is the first side.

        Parameters
        ----------
        path : str
            Such as ``"Person -ATTENDS-> Event"``; its ends are of two branches. Several steps are kept as a chain.
        where, strength, distance, count, amount, unit, parallel
            As for :meth:`network`; roles only on a path of one step.

        Returns
        -------
        TwoMode
            The view.

        Raises
        ------
        ViewError
            If the path cannot be walked, or both ends are of one branch.

        Examples
        --------
        >>> import ecograph as eg
        >>> nodes = {"Maker": {"id": ["a", "b"]}, "Event": {"id": ["e"]}}
        >>> eco = eg.from_tables(nodes, {"ATTENDS": {"source": ["a", "b"], "target": ["e", "e"]}})
        >>> eco.two_mode("Maker -ATTENDS-> Event").sides
        ('Maker', 'Event')
        """
        arguments = {name: value for name, value in locals().items() if name not in ("self", "path")}
        return views.two_mode(self._content, path, **arguments)

    def flows(
        self,
        *relations: str,
        amount: str = "amount",
        unit: str | None = None,
        outside: str | Sequence[str] = (),
        inputs: str | None = None,
        exports: str | None = None,
        losses: str | None = None,
        where: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> views.Flows:
        """Flows of amounts between the nodes inside a boundary.

        Parameters
        ----------
        *relations : str
            Directed relation kinds that carry amounts.
        amount : str
            Column of the amounts.
        unit : str, optional
            Keeps amounts in, or convertible to, this unit; needed where the data have two.
        outside : str or sequence of str
            Kinds beyond the boundary: rows from them are inputs, rows to them exports.
        inputs, exports, losses : str, optional
            Node columns with amounts over the boundary that are added to those of the rows.
        where : mapping, optional
            Values of columns by relation.

        Returns
        -------
        Flows
            The view.

        Raises
        ------
        WeightError
            If an amount is negative, NaN or infinite, or amounts have two units and none was asked for.

        Examples
        --------
        >>> import ecograph as eg
        >>> moved = {"source": ["m", "a"], "target": ["a", "b"], "amount": [5.0, 3.0], "unit": ["CNY", "CNY"]}
        >>> eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}}, {"TRANSFERS": moved})
        >>> eco.flows("TRANSFERS", outside="Market").inputs.tolist()
        [5.0, 0.0]
        """
        arguments = {name: value for name, value in locals().items() if name not in ("self", "relations")}
        return views.flows(self._content, *relations, **arguments)


SUMMARY: Mapping[str, Column] = {
    "what": Column("node or relation", zh="类别", words={"node": "节点", "relation": "关系"}),
    "kind": Column("kind", zh="类型"),
    "zh": Column("Chinese name of the kind", zh="中文名称"),
    "count": Column("how many", zh="数量", bounds=(0, None)),
    "first": Column("first day", zh="最早日期"),
    "last": Column("last day", zh="最晚日期"),
}


def from_tables(
    nodes: Mapping[str, Any],
    relations: Mapping[str, Any],
    schema: Schema | None = None,
    *,
    strict: bool = False,
) -> Ecosystem:
    """Make an ecosystem of frames.

    Parameters
    ----------
    nodes : mapping of str to frame
        By kind, in English or Chinese: anything with an Arrow stream (pandas, Polars, DuckDB, pyarrow), or a dict of
        columns. Each has a column ``id``.
    relations : mapping of str to frame
        By relation kind: columns ``source`` and ``target``, and the kinds of the ends where ids alone are ambiguous.
    schema : Schema, optional
        The innovation schema if not given.
    strict : bool
        Refuse the tables if any row or cell cannot be used.

    Returns
    -------
    Ecosystem
        What could be used; the rest is in its ``quality``.

    Raises
    ------
    LoadError
        If a table cannot be read at all, or ``strict`` and something cannot be used.

    Examples
    --------
    >>> import ecograph as eg
    >>> eco = eg.from_tables({"Maker": {"id": ["ada", "bo"]}}, {"COLLABORATES": {"source": ["ada"], "target": ["bo"]}})
    >>> eco
    ecosystem: 2 nodes, 1 relations, 0 findings
    """
    raw_nodes = {kind: [Raw(to_arrow(frame), f"nodes/{kind}")] for kind, frame in nodes.items()}
    raw_relations = {kind: [Raw(to_arrow(frame), f"relations/{kind}")] for kind, frame in relations.items()}
    return assembled(schema or SCHEMA, raw_nodes, raw_relations, strict=strict)


def assembled(
    schema: Schema,
    nodes: Mapping[str, Sequence[Raw]],
    relations: Mapping[str, Sequence[Raw]],
    *,
    findings: Sequence[Finding] = (),
    factors: Mapping[tuple[str, str], float] | None = None,
    manifest: Mapping[str, Any] | None = None,
    strict: bool = False,
) -> Ecosystem:
    """Make an ecosystem of raw tables; ``strict`` refuses it if any row or cell cannot be used."""
    content, found = assemble(schema, nodes, relations, factors=factors or {})
    quality = Findings(findings) + found
    errors = quality.of("error")
    if strict and len(errors):
        lines = "; ".join(item.line() for item in list(errors)[:REFUSED])
        raise LoadError(f"strict: {sum(errors.counts().values()):,} rows or cells cannot be used: {lines}")
    return Ecosystem(content, quality, manifest)


def _described(schema: Schema, attributes: Sequence[Attribute]) -> dict[str, Column]:
    return {
        one.name: Column(
            one.meaning or one.name,
            zh=one.zh,
            unit=one.unit,
            bounds=(one.minimum, one.maximum),
            words=_words(schema, one),
        )
        for one in attributes
    }


def _words(schema: Schema, attribute: Attribute) -> dict[str, str]:
    if attribute.name in ("source_kind", "target_kind"):
        return {kind.name: kind.zh for kind in schema.kinds if kind.zh}
    if not attribute.vocabulary:
        return {}
    return {word.name: word.zh for word in schema.vocabulary(attribute.vocabulary).words if word.zh}


def _empty(attributes: Sequence[Attribute]) -> pa.Table:
    types = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    return pa.table({one.name: pa.array([], types.get(one.type, pa.date32())) for one in attributes})


def _day(text: str, name: str) -> Any:
    try:
        return np.datetime64(str(text), "D")
    except ValueError:
        raise ParameterError(f"{name}={text!r} is no day; write it as 2026-03-31") from None


def _dates(table: pa.Table, name: str, missing: str) -> Any:
    if name not in table.column_names:
        return np.full(table.num_rows, np.datetime64(missing), "datetime64[us]")
    column = table.column(name).combine_chunks()
    cells = column.cast(pa.timestamp("us", column.type.tz if pa.types.is_timestamp(column.type) else None))
    filled = cells.to_numpy(zero_copy_only=False).astype("datetime64[us]")
    return np.where(np.isnat(filled), np.datetime64(missing, "us"), filled)


def _meets(table: pa.Table, first: Any, last: Any) -> Mask:
    starts, stops = _dates(table, "valid_from", "0001-01-01"), _dates(table, "valid_to", "9999-12-31")
    return np.asarray((starts < last) & (stops > first))


def _happens(table: pa.Table, first: Any, last: Any) -> Mask:
    moments = _dates(table, "at", "NaT")
    return np.asarray((moments >= first) & (moments < last))


def _days(table: pa.Table) -> tuple[Any, Any]:
    names = [name for name in ("valid_from", "valid_to", "at") if name in table.column_names]
    columns = [table.column(name).cast(pa.date32()) for name in names]
    days = [day for column in columns for day in pc.min_max(column).as_py().values() if day is not None]
    return (min(days), max(days)) if days else (None, None)
