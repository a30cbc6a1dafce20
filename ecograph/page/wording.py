"""Wording: how everything on a page is called, in one language."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.charts import quantity
from ecograph.ecosystem import Ecosystem
from ecograph.registry import metric
from ecograph.result import Result
from ecograph.table import Column, Language, Table
from ecograph.text import sentence, subject
from ecograph.views.labels import label_called

HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Sentences:
    """Sentences, terms, units and numbers in the language of a page, whatever it tells of.

    Parameters
    ----------
    language : {"en", "zh"}
        Language of the page.
    """

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, path: str, **gaps: Any) -> str:
        """A sentence of the page; whole numbers in its gaps get separators."""
        shown = {name: f"{gap:,}" if isinstance(gap, (int, np.integer)) else gap for name, gap in gaps.items()}
        return sentence("page", path, self.language, **shown)

    def listed(self, items: Iterable[str]) -> str:
        """Items one after the other."""
        return ("、" if self.language == "zh" else ", ").join(items)

    def told(self, *sentences: str) -> str:
        """Sentences one after the other."""
        return ("" if self.language == "zh" else " ").join(sentence for sentence in sentences if sentence)

    def metric(self, name: str) -> str:
        """Term of a metric."""
        term = metric(name).zh if self.language == "zh" else self.column(name, Column())
        return term[:1].upper() + term[1:]

    def column(self, name: str, column: Column) -> str:
        """Heading of a column."""
        own: Mapping[str, Mapping[str, str]] = subject("page")["columns"]
        if name in own:
            return own[name][self.language]
        return (column.zh if self.language == "zh" else "") or name.replace("_", " ")

    def unit(self, name: str) -> str:
        """A unit; the page knows the commonest in Chinese."""
        known: Mapping[str, Mapping[str, str]] = subject("page")["units"]
        return known[name][self.language] if name in known else name

    def amount(self, value: float, unit: str = "") -> str:
        """A number of three digits with its unit."""
        return quantity(float(value), self.unit(unit), self.language)

    def following(self, firsts: Sequence[str], count: int) -> str:
        """The first of some items one after the other, and how many more there are."""
        shown = ("；" if self.language == "zh" else "; ").join(firsts)
        rest = count - len(firsts)
        return self.say("page.and_more", items=shown, count=rest) if rest > 0 else shown


class Wording(Sentences):
    """Sentences, kinds, relations, nodes and numbers in the language of a page.

    Parameters
    ----------
    eco : Ecosystem
        The ecosystem whose schema and nodes are named.
    language : {"en", "zh"}
        Language of the page.
    names : bool
        Whether names of persons are shown; without, their ids are.
    """

    def __init__(self, eco: Ecosystem, language: Language, *, names: bool) -> None:
        super().__init__(language)
        self.eco = eco
        self.names = names

    def kind(self, name: str) -> str:
        """Kind of node."""
        if self.language == "zh":
            return self.eco.schema.kind(name).zh or name
        words = HUMP.sub(" ", name)
        return words[:1] + words[1:].lower() if words != name else name

    def relation(self, name: str) -> str:
        """Kind of relation."""
        if self.language == "zh":
            return self.eco.schema.relation(name).zh or name
        return name.replace("_", " ").lower()

    def attribute(self, name: str, column: Column) -> str:
        """Name of a column of the data, as it stands there where the schema has no other."""
        return (column.zh if self.language == "zh" else "") or name

    def node(self, kind: str, id: str) -> str:
        """Name of a node."""
        return str(self.nodes(pa.array([kind]), pa.array([id]))[0])

    def nodes(self, kinds: Any, ids: Any) -> Any:
        """Names of nodes; the id where a node has no name or its name is a person's and not to be shown."""
        known = pa.chunked_array([ids], pa.string()).combine_chunks()
        for kind in pc.unique(kinds).to_pylist():
            table = self._named.get(kind)
            if table is not None:
                here = pc.equal(kinds, kind)
                found = pc.take(table.column("name"), pc.index_in(ids, table.column("id").combine_chunks()))
                known = pc.if_else(here, pc.coalesce(found.combine_chunks(), known), known)
        return known

    def called(self, kinds: Any, ids: Any) -> Any:
        """Names of nodes, each with its id behind it where the two differ."""
        named = self.nodes(kinds, ids)
        opening, closing = ("（", "）") if self.language == "zh" else (" (", ")")
        both = pc.binary_join_element_wise(named, opening, ids, closing, "")
        return pc.if_else(pc.equal(named, ids), ids, both)

    def referred(self, kind: str, ids: Any) -> Any:
        """Names and ids of nodes of one kind; a cell that is no id of one stays as it is."""
        known = pa.array(ids, pa.string())
        return self.called(pa.array([kind] * len(known), pa.string()), known)

    def label(self, by: str, label: str) -> str:
        """Word of a vocabulary, or kind of node."""
        if by == "kind":
            return self.kind(label)
        worded = label_called(self.eco.schema, by, label, self.language)
        return worded.replace("_", " ") if self.language == "en" else worded

    def personal(self, kind: str, column: str) -> bool:
        """Whether a column of a kind of node names a person."""
        return any(one.name == column and one.personal for one in self.eco.schema.node_columns(kind))

    @cached_property
    def withheld(self) -> tuple[str, ...]:
        """Kinds in the data whose names are not shown."""
        return () if self.names else tuple(kind for kind in self.eco.kinds if self.personal(kind, "name"))

    @cached_property
    def _named(self) -> dict[str, pa.Table]:
        """Ids and names of the kinds whose names are shown; a blank name is none."""
        tables = {}
        for kind in self.eco.kinds:
            table = pa.table(self.eco.nodes(kind))
            if "name" in table.column_names and kind not in self.withheld:
                name = table.column("name")
                blank = pc.equal(pc.utf8_trim_whitespace(pc.fill_null(name, "")), "")
                tables[kind] = pa.table({"id": table.column("id"), "name": pc.if_else(blank, None, name)})
        return tables

    def table(
        self,
        cells: Mapping[str, Any],
        known: Mapping[str, Column] | None = None,
        units: Mapping[str, str] | None = None,
    ) -> Table:
        """A table of the page: a column that is not known is headed by the page's own words."""
        own: Mapping[str, Mapping[str, str]] = subject("page")["columns"]
        headed = {
            name: Column(own[name]["en"], zh=own[name]["zh"], unit=(units or {}).get(name, ""))
            for name in cells
            if name in own
        }
        return Table(cells, headed | dict(known or {}))

    def ranked(self, result: Result) -> Table:
        """Nodes of a result, the largest first, by name, kind and id."""
        table = result.top(max(len(result), 1))
        cells = self.node_cells(table.arrow("kind"), table.arrow("id"))
        return self.table(cells | {name: table.arrow(name) for name in result.columns}, table.columns)

    def node_cells(self, kinds: Any, ids: Any) -> dict[str, Any]:
        """Columns that say which node a row is of: name, kind and id."""
        shown = [self.kind(kind) for kind in kinds.to_pylist()]
        return {"name": self.nodes(kinds, ids), "kind": pa.array(shown, pa.string()), "id": ids}
