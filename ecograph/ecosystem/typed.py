"""Ecosystem: typed tables, frozen; selecting parts of it, and making views."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from ecograph import views
from ecograph.content import Content, Mask, matches
from ecograph.ecosystem.columns import SUMMARY, described, empty
from ecograph.ecosystem.dates import day_of, first_and_last, happens, last_day, meets
from ecograph.ecosystem.merging import merged
from ecograph.ecosystem.pseudonyms import pseudonymised
from ecograph.ecosystem.slices import Slices, cut_by_period, cut_by_platform
from ecograph.errors import ParameterError, unknown
from ecograph.quality import Findings
from ecograph.schema import Attribute, Schema
from ecograph.table import Column, Table


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

    __slots__ = ("__dict__", "content", "manifest", "quality")

    def __init__(self, content: Content, quality: Findings | None = None, manifest: Mapping[str, Any] | None = None):
        self.content = content
        self.quality = quality or Findings()
        self.manifest = dict(manifest or {})

    @property
    def schema(self) -> Schema:
        """Kinds, relation kinds and vocabularies."""
        return self.content.schema

    @property
    def fingerprint(self) -> str:
        """SHA-256 of schema and tables, whatever the order of rows, the file format and the origin."""
        return self.content.fingerprint

    @property
    def selection(self) -> tuple[Mapping[str, Any], ...]:
        """The steps (between, at) that led here from the ecosystem as it was loaded."""
        return self.content.selection

    @property
    def loaded(self) -> str:
        """Fingerprint of the ecosystem as it was loaded."""
        return self.content.origin()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ecosystem) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __repr__(self) -> str:
        nodes, relations = self.content.index.n, sum(table.num_rows for table in self.content.relations.values())
        title = self.manifest.get("title", "ecosystem")
        return f"{title}: {nodes:,} nodes, {relations:,} relations, {len(self.quality):,} findings"

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Leaf kinds that have nodes, in schema order."""
        return tuple(kind for kind, table in self.content.nodes.items() if table.num_rows)

    @cached_property
    def relation_kinds(self) -> tuple[str, ...]:
        """Relation kinds that have rows, in schema order."""
        return tuple(kind for kind, table in self.content.relations.items() if table.num_rows)

    def summary(self) -> Table:
        """How many rows each kind of node and relation has, and from when to when.

        Returns
        -------
        Table
            One row a kind that has rows: what, kind, zh, count, first, last.
        """
        nodes = [("node", kind, self.schema.kind(kind).zh, self.content.nodes[kind]) for kind in self.kinds]
        relations = [
            ("relation", kind, self.schema.relation(kind).zh, self.content.relations[kind])
            for kind in self.relation_kinds
        ]
        rows = [(what, kind, zh, table.num_rows, *first_and_last(table)) for what, kind, zh, table in nodes + relations]
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
        columns = described(self.schema, self.schema.node_columns(name))
        if leaves == (name,):
            return Table(self.content.nodes.get(name, empty(self.schema.node_columns(name))), columns)
        parts = [
            self.content.nodes[leaf].add_column(
                0, "kind", pa.array([leaf] * self.content.nodes[leaf].num_rows, pa.string())
            )
            for leaf in leaves
            if leaf in self.content.nodes
        ]
        nothing = empty((Attribute("kind"), *self.schema.node_columns(name)))
        table = pa.concat_tables(parts, promote_options="permissive") if parts else nothing
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
        columns = described(self.schema, attributes)
        if name not in self.content.relations:
            return Table(empty(attributes), columns)
        return Table(self.content.relation_rows(name), columns)

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
            mask &= matches(table.arrow(name), wanted, f"{kind}.{name}")
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
        first, last = day_of(start, "start"), day_of(stop, "stop")
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
        first = day_of(day, "day")
        return self._during(first, first + np.timedelta64(1, "D"), {"at": str(day)}, moments=False)

    def members(self, kind: str, id: str, through: str) -> "Ecosystem":
        """A platform, who is joined to it by one kind of relation, and what goes on among them.

        Parameters
        ----------
        kind : str
            Kind of the platform.
        id : str
            Its id.
        through : str
            Relation kind that makes a node a member, such as ``"SETTLED_IN"``; either end may be the platform.

        Returns
        -------
        Ecosystem
            The platform, its members and the relations with both ends among them.

        Raises
        ------
        UnknownNameError
            If there is no such platform or relation kind.
        """
        name, relation = self.schema.kind(kind).name, self.schema.relation(through).name
        platform = self.content.index.position(id, name)
        sources, targets = self.content.ends(relation)
        nodes = np.zeros(self.content.index.n, np.bool_)
        nodes[platform] = True
        nodes[sources[targets == platform]] = True
        nodes[targets[sources == platform]] = True
        step = {"members": [name, id, relation]}
        return Ecosystem(self.content.selected(nodes, {}, step), self.quality, self.manifest)

    def slices(self, every: str | None = None, *, by: str | None = None, through: str | None = None) -> Slices:
        """Cut the ecosystem by period or by platform.

        Parameters
        ----------
        every : str, optional
            ``day``, ``week``, ``month``, ``quarter``, ``year`` or a number of days (``"90 days"``): one slice a period,
            from the period of the first day in the data to that of the last, what :meth:`between` keeps.
        by : str, optional
            Kind of platform: one slice a platform, ascending by id, what :meth:`members` keeps. A node of several
            platforms stands in each.
        through : str, optional
            Relation kind that makes a node a member; goes with ``by``.

        Returns
        -------
        Slices
            The parts. ``slices.network(...)`` is a series of views, and a metric of it one result with a ``slice``
            column.

        Raises
        ------
        ParameterError
            If neither or both ways of cutting are given, or ``every`` is no period.
        UnknownNameError
            If there is no such kind or relation kind.

        Examples
        --------
        >>> import ecograph as eg
        >>> met = {"source": ["a", "a"], "target": ["e", "f"], "at": ["2025-02-01", "2025-05-01"]}
        >>> eco = eg.from_tables({"Maker": {"id": ["a"]}, "Event": {"id": ["e", "f"]}}, {"ATTENDS": met})
        >>> series = eco.slices("quarter").two_mode("Maker -ATTENDS-> Event")
        >>> eg.degree(series).frame().query("id == 'a'")["slice"].astype(str).tolist()
        ['2025-01-01', '2025-04-01']
        """
        if (every is None) == (by is None) or (by is None) != (through is None):
            raise ParameterError("slices: give every=, or by= together with through=")
        if every is not None:
            tables = [*self.content.nodes.values(), *self.content.relations.values()]
            return cut_by_period(self, tables, every)
        return cut_by_platform(self, self.schema.kind(str(by)).name, self.schema.relation(str(through)).name)

    def merged(self, table: Any) -> "Ecosystem":
        """Make one node of those that are the same; relations and references go with them.

        The node that is kept has its own attributes, and what it lacks from the nodes folded into it, of several from
        that of the least id; its span reaches over all their spans. Whatever differs from what is kept is a finding,
        and so is a row of the table that names no node, a relation that would now tie a node to itself (it is left
        out), and one that now equals another (it is kept).

        Parameters
        ----------
        table : mapping, frame or anything with an Arrow stream
            Columns ``kind`` (a leaf kind), ``id`` and ``same_as``, in English or Chinese; others are not read. A row
            says that the first node is the second. Chains are followed: of several nodes that are one, that one is kept
            which no row leads away from. A row with an empty ``same_as`` says nothing.

        Returns
        -------
        Ecosystem
            With one node of each; which ones were folded stands in its ``selection`` and in the recipe of each result.

        Raises
        ------
        LoadError
            If a column is missing.
        ParameterError
            If rows lead round in a circle, or make one of several nodes and keep more than one of them.

        Examples
        --------
        >>> import ecograph as eg
        >>> firms = {"id": ["1", "2", "3"], "name": ["Acme", "ACME Ltd", "Zeta"], "country": [None, "UK", "FR"]}
        >>> eco = eg.from_tables({"Enterprise": firms}, {"COLLABORATES": {"source": ["2"], "target": ["3"]}})
        >>> one = eco.merged({"kind": ["Enterprise"], "id": ["2"], "same_as": ["1"]})
        >>> list(one.nodes("Enterprise").rows())[0], one.relations("COLLABORATES")["source"].tolist()
        ({'id': '1', 'name': 'Acme', 'country': 'UK'}, ['1'])
        >>> one.quality.counts()
        {'merged_value': 1}
        """
        content, findings = merged(self.content, table)
        return Ecosystem(content, self.quality + findings, self.manifest)

    def pseudonymised(self, seed: int | str) -> "Ecosystem":
        """Replace what tells who a person is by pseudonyms, so that tables and results can be shown to others.

        Replaced are, for every kind with an attribute marked ``personal`` (in the innovation schema, persons): those
        attributes, the ids, wherever they stand, and the columns the schema does not know; and for the relations that
        may join such a kind: their keys and the columns the schema does not know. The same text has the same pseudonym.
        Personal numbers, dates and words of a vocabulary are emptied, with a finding. Values in ``quality`` are hidden,
        origins and steps of selection are left out, so results are repeated from the ecosystem this method gives.

        Not replaced is all else: other attributes, names of projects and organisations, dates, amounts, and who is
        joined to whom. Somebody who knows enough of these may recognise a person by them; what others may see is a
        decision this method does not make.

        Parameters
        ----------
        seed : int or str
            Secret of the pseudonyms, which is kept nowhere: the same seed gives the same pseudonyms, another seed
            others. Who has it, or guesses it, can test whether a name belongs to a pseudonym, so take a long one, such
            as ``secrets.token_hex(16)``, and keep it to yourself.

        Returns
        -------
        Ecosystem
            With the same kinds, relations and counts.

        Raises
        ------
        ParameterError
            If the seed is empty.

        Examples
        --------
        >>> import ecograph as eg
        >>> makers = {"id": ["ada", "bo"], "name": ["Ada Byron", "Ada Byron"], "background": ["student", "returnee"]}
        >>> eco = eg.from_tables({"Maker": makers}, {"COLLABORATES": {"source": ["ada"], "target": ["bo"]}})
        >>> hidden = eco.pseudonymised("7f1c0b44a5d9").nodes("Maker")
        >>> [len(one) for one in hidden["id"]], len(set(hidden["name"])), sorted(hidden["background"])
        ([16, 16], 1, ['returnee', 'student'])
        """
        content, findings = pseudonymised(self.content, self.quality, seed)
        return Ecosystem(content, findings, self.manifest)

    def _during(self, first: Any, last: Any, step: Mapping[str, Any], *, moments: bool) -> "Ecosystem":
        content = self.content
        kept = [meets(table, first, last) for table in content.nodes.values()]
        nodes = np.concatenate(kept) if kept else np.empty(0, np.bool_)
        relations: dict[str, Mask] = {}
        for name, table in content.relations.items():
            if self.schema.relation(name).time == "moment":
                relations[name] = happens(table, first, last) & moments
            else:
                relations[name] = meets(table, first, last)
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
        return views.network(self.content, *relations, **arguments)

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
            Meta-path such as ``"Person -ATTENDS-> Event"``; its ends are of two branches. Several steps are kept as a
            chain.
        where, strength, distance, count, amount, unit, parallel
            As for :meth:`network`; roles only on a path of one step.

        Returns
        -------
        TwoMode
            The view.

        Raises
        ------
        ViewError
            If the path cannot be walked, both ends are of one branch, or a kind stands at both.

        Examples
        --------
        >>> import ecograph as eg
        >>> nodes = {"Maker": {"id": ["a", "b"]}, "Event": {"id": ["e"]}}
        >>> eco = eg.from_tables(nodes, {"ATTENDS": {"source": ["a", "b"], "target": ["e", "e"]}})
        >>> eco.two_mode("Maker -ATTENDS-> Event").sides
        ('Maker', 'Event')
        """
        arguments = {name: value for name, value in locals().items() if name not in ("self", "path")}
        return views.two_mode(self.content, path, **arguments)

    def records(
        self, *relations: str, where: Mapping[str, Mapping[str, Any]] | None = None, day: str | None = None
    ) -> views.Records:
        """Rows of relations as they stand, for measures that follow rules over several kinds of them.

        Parameters
        ----------
        *relations : str
            Relation kinds; all that have rows if none is named. One without rows is no error here: the measure that
            needs it says so.
        where : mapping, optional
            Values of columns by relation.
        day : str, optional
            ISO day on which what is active is asked. Left out: the last day of the period chosen, but not after the
            day the data were taken (``as_of`` in ecosystem.toml); without both, the last day in the data.

        Returns
        -------
        Records
            The view.

        Raises
        ------
        ParameterError
            If a relation kind is unknown or stands twice, or the day is no ISO day.

        Examples
        --------
        >>> import ecograph as eg
        >>> eg.dataset("harbour").records("TRACKS").day
        datetime.date(2025, 12, 31)
        """
        if day is not None:
            today = day_of(day, "day").item()
        else:
            today = last_day(self.content, self.manifest.get("as_of"))
        return views.records(self.content, *relations, where=where, day=day, today=today)

    def ledger(
        self, match: Literal["resource", "category"] = "resource", *, unit: str | None = None, day: str | None = None
    ) -> views.Ledger:
        """Demands, supplies and deliveries, for measures of the docking of supply and demand.

        Parameters
        ----------
        match : {"resource", "category"}
            What a delivery must have in common with a demand. Left out: the resource.
        unit : str, optional
            Keeps amounts in, or convertible to, this unit. Left out: each resource or category is counted in the unit
            most of its rows have or can be put into; a row that cannot is compared only with rows of its own unit.
        day : str, optional
            ISO day on which the ledger is closed: what begins later is not in it. Left out: the last day of the
            period chosen or of the data.

        Returns
        -------
        Ledger
            The view. Rows without resource or amount, transfers without a day, and rows in another unit are left out
            and counted in its findings.

        Raises
        ------
        ParameterError
            If ``match`` is neither, or the day is no ISO day.
        ViewError
            If this is the state of a day (:meth:`at`), which has no transfers.
        WeightError
            If an amount is negative, NaN or infinite, or no amount is in the unit asked for.

        Examples
        --------
        >>> import ecograph as eg
        >>> ledger = eg.dataset("harbour").ledger()
        >>> len(ledger.demands), int(ledger.allocation.whole.sum())
        (239, 228)
        """
        if day is not None:
            today = day_of(day, "day").item()
        else:
            today = last_day(self.content, self.manifest.get("as_of"))
        return views.ledger(self.content, match, unit=unit, day=day, today=today)

    def histories(
        self, relation: str = "INCUBATES", *, state: str = "stage", day: str | None = None
    ) -> views.Histories:
        """The states each target of a relation kind went through, such as the stages of a project.

        Parameters
        ----------
        relation : str
            A relation kind of spans. Left out: INCUBATES.
        state : str
            Its column that says the state.
        day : str, optional
            ISO day up to which histories are told: a span that is not over then is open. Left out: the
            last day of the period chosen or of the data.

        Returns
        -------
        Histories
            The view. Spans of one target stand in order of their first day, equal neighbours as one from the first day
            of the earliest to the last of the latest. Rows without a state or a first day and those that begin after
            the day are left out; a span that reaches into the next one of another state is cut there; its findings
            count them.

        Raises
        ------
        UnknownNameError
            If there is no such relation kind or column.
        ParameterError
            If the relation's rows are moments, or the day is no ISO day.

        Examples
        --------
        >>> import ecograph as eg
        >>> view = eg.dataset("harbour").histories()
        >>> view.states, len(view.codes), int(view.closed.sum())
        (('-1', '0', '1', 'beyond'), 157, 104)
        """
        if day is not None:
            today = day_of(day, "day").item()
        else:
            today = last_day(self.content, self.manifest.get("as_of"))
        return views.histories(self.content, relation, state=state, day=day, today=today)

    def panel(
        self,
        by: str,
        every: str = "quarter",
        *,
        sides: views.Sides,
        value: str | None = None,
        unit: str | None = None,
        apportion: Literal["days", "start"] | None = None,
    ) -> views.Panel:
        """Sizes of the sides of platforms, period by period.

        Parameters
        ----------
        by : str
            Kind of platform.
        every : str
            ``day``, ``week``, ``month``, ``quarter``, ``year`` or a number of days (``"90 days"``).
        sides : mapping of str to Side
            The sides by name: ``{"makers": eg.side("Maker", through="SETTLED_IN")}``.
        value : str, optional
            Column of the sides' relations whose sum is the value of a side.
        unit : str, optional
            Keeps values in, or convertible to, this unit; needed where a relation has two.
        apportion : {"days", "start"}, optional
            How a value on a span longer than its period is divided: evenly over its days, or whole in the period in
            which it starts; needed where there are any.

        Returns
        -------
        Panel
            The view: one row a platform and period, from the first day of the sides' relations to the last day of the
            period chosen or of the data; a platform with dates has no row for periods it is not there in. Active is who
            has a span that meets the period, a moment lasting its day; links are such relations. Who enters was not
            active in the period before, who leaves was and is not: both are unknown in the first period. A period
            chosen (:meth:`between`) cuts its first and last period.

        Raises
        ------
        UnknownNameError
            If there is no such kind, role, relation kind or column.
        ViewError
            If no row joins a side to a platform, nothing is dated, or values stand on spans longer than their period
            and ``apportion`` is not given.
        WeightError
            If a value is negative, NaN or infinite, or values have two units and none was asked for.

        Examples
        --------
        >>> import ecograph as eg
        >>> makers = {"makers": eg.side("Maker", through="SETTLED_IN")}
        >>> panel = eg.dataset("harbour").panel("Makerspace", "year", sides=makers)
        >>> panel.table().names
        ('unit', 'period', 'makers_active', 'makers_entering', 'makers_leaving', 'makers_links')
        """
        arguments = {name: given for name, given in locals().items() if name != "self"}
        return views.panel(self.content, **arguments, today=last_day(self.content, self.manifest.get("as_of")))

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
        apportion: Literal["days", "start"] | None = None,
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
        apportion : {"days", "start"}, optional
            How an amount on a span that a period cuts is divided: evenly over its days, or whole in the period in which
            it starts; needed where there are any.

        Returns
        -------
        Flows
            The view.

        Raises
        ------
        ViewError
            If a period cuts spans with amounts and ``apportion`` is not given.
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
        return views.flows(self.content, *relations, **arguments)
