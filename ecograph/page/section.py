"""Section: what a part of the page needs, which metrics it shows, and how it is made.

A section is declared once, in ``page/sections/``. What it needs decides whether it stands on a page, and is what the
page names where it cannot stand.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from ecograph.charts import Chart
from ecograph.page.holdings import Holdings, apart, sides
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.result import Result
from ecograph.schema import Schema
from ecograph.table import Language

DRAWN = 40

Ends = Literal["any", "alike", "two-sided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A relation that must be there.

    Parameters
    ----------
    relations : sequence of str
        Kinds of relation, one of which is enough; any that fits if empty.
    columns : sequence of str
        Columns in which at least one cell must be filled.
    words : mapping of str to sequence of str
        Words that must stand in a column.
    kinds : sequence of str
        Kinds that must have nodes.
    attributes : mapping of str to str
        Column of a kind of node in which at least one cell must be filled.
    beside : sequence of str
        Kinds of relation that must be there too, every one of them.
    ends : {"any", "alike", "two-sided"}
        Whether the same kinds may stand at both ends, or the two ends are two sides.
    """

    relations: Sequence[str] = ()
    columns: Sequence[str] = ()
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kinds: Sequence[str] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    beside: Sequence[str] = ()
    ends: Ends = "any"

    def fits(self, schema: Schema) -> list[str]:
        """Relation kinds of a schema that could meet it, in schema order."""
        return [one.name for one in schema.relations if self._may(schema, one.name)]

    def met(self, holdings: Holdings) -> list[str]:
        """Relation kinds in the data that meet it, those with most rows first."""
        fitting = self.fits(holdings.eco.schema)
        if not fitting or self.absent(holdings) or self.without(holdings) or self.blank(holdings):
            return []
        return [kind for kind in holdings.rows if kind in fitting and not self.lacking(holdings, kind)]

    def lacking(self, holdings: Holdings, relation: str) -> list[str]:
        """What a relation kind that is in the data lacks: columns, and words as ``column=word``."""
        empty = [name for name in self.columns if not holdings.filled(relation, name)]
        missing = [
            f"{column}={word}"
            for column, words in self.words.items()
            for word in words
            if word not in holdings.words(relation, column)
        ]
        return empty + missing

    def absent(self, holdings: Holdings) -> list[str]:
        """Kinds that have no nodes."""
        schema = holdings.eco.schema
        return [kind for kind in self.kinds if not set(schema.leaves(kind)) & set(holdings.eco.kinds)]

    def without(self, holdings: Holdings) -> list[str]:
        """Kinds of relation that must be there too and are not."""
        return [relation for relation in self.beside if relation not in holdings.rows]

    def blank(self, holdings: Holdings) -> list[tuple[str, str]]:
        """Columns of kinds of nodes that are there in which nothing is filled."""
        return [one for one in self.attributes.items() if one[0] in holdings.nodes and not holdings.described(*one)]

    def _may(self, schema: Schema, relation: str) -> bool:
        if self.relations and relation not in self.relations:
            return False
        if not {*self.beside} <= {one.name for one in schema.relations}:
            return False
        known = {one.name for one in schema.kinds}
        columns = {one.name for one in schema.relation_columns(relation)}
        split = apart(schema, relation)
        pairs = len(schema.relation(relation).sources) * len(schema.relation(relation).targets)
        joins = {"any": True, "alike": not split, "two-sided": split and len(sides(schema, relation)) == pairs}
        return joins[self.ends] and {*self.columns, *self.words} <= columns and set(self.kinds) <= known


LEADS, FOLLOWS = "coordinator", "participant"
LED = Need(relations=("PARTICIPATES_IN",), words={"role": (LEADS, FOLLOWS)}, ends="two-sided")

DOCKED = Need(relations=("DEMANDS",), columns=("resource", "amount"), beside=("TRANSFERS",))
FLOWING = Need(relations=("TRANSFERS",), columns=("amount", "unit"), ends="alike")
SUPPLIED = Need(relations=("SUPPLIES",), columns=("resource", "amount"), beside=("TRANSFERS",))
TRACKED = Need(relations=("TRACKS",))
SETTLED = Need(relations=("SETTLED_IN",), kinds=("Maker", "Makerspace"))
DATED = Need(relations=("SETTLED_IN",), kinds=("Maker", "Makerspace"), columns=("valid_from",))
TWO_SIDED = Need(relations=DATED.relations, kinds=DATED.kinds, columns=DATED.columns, beside=("SUPPLIES",))
INCUBATED = Need(relations=("INCUBATES",), columns=("stage",))


CLOSEST = "COLLABORATES"  # says more of who works together than the kinds with more rows do


def closest_first(relations: Sequence[str]) -> list[str]:
    """Relation kinds in their order, after the one that says most of who works together."""
    return sorted(relations, key=lambda relation: relation != CLOSEST)


def led(schema: Schema, relation: str) -> str:
    """Path from those who lead a joint undertaking to those who take part in it."""
    member, joint = sides(schema, relation)[0]
    return f"{member} -{relation}{{role={LEADS}}}-> {joint} <-{relation}{{role={FOLLOWS}}}- {member}"


@dataclass(frozen=True, eq=False, kw_only=True)
class Part:
    """What a section shows: facts (a name and a number), sentences, a chart and what it was made from, tables.

    A chart that answers has ``live``, which its script is given; the chart stands where no script runs.
    """

    heading: str = ""
    facts: Sequence[tuple[str, str]] = ()
    sentences: Sequence[str] = ()
    chart: Chart | None = None
    live: Mapping[str, Any] | None = None
    under: str = ""
    sheets: Sequence[Sheet] = ()
    results: Sequence[Result] = ()

    @cached_property
    def drawn(self) -> Sheet | None:
        """The data of the chart."""
        if self.chart is None:
            return None
        name = f"{self.sheets[0].name}-chart" if self.sheets else "drawing"
        return Sheet(name, self.chart.alternative, self.chart.table, self.results, DRAWN)

    @property
    def all_sheets(self) -> list[Sheet]:
        """The data of the chart and the tables, in order."""
        return [*([self.drawn] if self.drawn else []), *self.sheets]


@dataclass(frozen=True, slots=True)
class Call:
    """A sentence that asks the reader to act, and on whom.

    Parameters
    ----------
    text : str
        The sentence; it names the first.
    named : sequence of str
        The first of those it counts, one sentence each, the most urgent first.
    count : int
        How many there are.
    """

    text: str
    named: Sequence[str]
    count: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Found:
    """What a section found.

    Parameters
    ----------
    parts : sequence of Part
        What it shows, in order.
    results : sequence of Result
        What it was made from.
    headlines : mapping of str to str
        Sentences that could stand at the top of the page, by the name of the headline.
    calls : mapping of str to Call
        Sentences that ask the reader to act, likewise.
    telling : str
        What stands above the findings of the results; that they are of rows left out, if nothing is given.
    untold : sequence of str
        Codes of findings that say nothing here.
    """

    parts: Sequence[Part]
    results: Sequence[Result] = ()
    headlines: Mapping[str, str] = field(default_factory=dict)
    calls: Mapping[str, Call] = field(default_factory=dict)
    telling: str = ""
    untold: Sequence[str] = ()

    def left_out(self, language: Language) -> list[str]:
        """What the results say of rows that were left out, or of how far they can be trusted."""
        found = (item for result in self.results for item in result.findings if item.code not in self.untold)
        return list(dict.fromkeys(item.line(language) for item in found))


@dataclass(frozen=True, eq=False, kw_only=True)
class Section:
    """A section of the page.

    Parameters
    ----------
    name : str
        Its name; its sentences stand under ``sections.<name>``.
    build : callable
        Makes it of what the data hold and the relation kinds that meet its needs.
    needs : sequence of Need
        What it needs; one of them is enough, and none stands for a section that is always there.
    metrics : sequence of str
        The metrics it shows.
    """

    name: str
    build: Callable[[Holdings, Wording, Sequence[str]], Found]
    needs: Sequence[Need] = ()
    metrics: Sequence[str] = ()

    def met(self, holdings: Holdings) -> list[str]:
        """Relation kinds that meet its needs, those of the first need first."""
        return list(dict.fromkeys(kind for need in self.needs for kind in need.met(holdings)))
