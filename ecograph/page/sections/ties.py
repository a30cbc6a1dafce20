"""Ties: who is joined to whom, for every relation in the data."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from ecograph.charts import Chart, bars
from ecograph.page.holdings import Holdings, apart
from ecograph.page.section import Found, Need, Part, Section
from ecograph.page.sheet import Sheet, percent
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result
from ecograph.table import Column
from ecograph.views import Network

DETAILED = 2
DRAWN = 10


@dataclass(frozen=True, eq=False)
class _Ties:
    """One relation as a network, and what was measured on it."""

    relation: str
    view: Network
    degree: Result
    components: Result

    @property
    def count(self) -> int:
        return int(self.degree["degree"].sum()) // 2

    @property
    def pieces(self) -> int:
        return int(self.components["component"].max(initial=0))

    @property
    def largest(self) -> float:
        return float(self.components["size"].max(initial=0)) / max(self.view.n, 1)


def _build(holdings: Holdings, wording: Wording, relations: Sequence[str]) -> Found:
    measured = [_measured(holdings, relation) for relation in relations]
    detailed = [_detail(holdings, wording, ties) for ties in measured[:DETAILED]]
    results = [result for ties in measured for result in (ties.degree, ties.components)]
    first = measured[0]
    broken = wording.say(
        "headlines.fragmentation",
        relation=wording.relation(first.relation),
        nodes=first.view.n,
        pieces=first.pieces,
        share=percent(first.largest),
    )
    return Found(
        parts=[_overview(wording, measured), *(part for part, _ in detailed)],
        results=[*results, *(ranks for _, ranks in detailed)],
        headlines={"fragmentation": broken},
    )


def _measured(holdings: Holdings, relation: str) -> _Ties:
    """A relation between different kinds is read both ways: one way, no walk would leave its targets."""
    view = holdings.eco.network(relation, direction="both" if apart(holdings.eco.schema, relation) else None)
    return _Ties(relation, view, metric("degree")(view), metric("components")(view))


def _overview(wording: Wording, measured: Sequence[_Ties]) -> Part:
    tops = [int(np.argmax(ties.degree["degree"])) for ties in measured]
    nodes = [ties.view.nodes for ties in measured]
    cells = {
        "relation": [wording.relation(ties.relation) for ties in measured],
        "nodes": [ties.view.n for ties in measured],
        "ties": [ties.count for ties in measured],
        "mean_degree": [round(2 * ties.count / max(ties.view.n, 1), 2) for ties in measured],
        "pieces": [ties.pieces for ties in measured],
        "largest_piece": [100 * ties.largest for ties in measured],
        "most_joined": [
            wording.node(str(one.kinds[top]), str(one.ids[top])) for one, top in zip(nodes, tops, strict=True)
        ],
    }
    results = [result for ties in measured for result in (ties.degree, ties.components)]
    table = wording.table(cells, units={"largest_piece": "%"})
    sheet = Sheet("ties", wording.say("sections.ties.overview"), table, results, shown=40, open=True)
    shown = wording.listed(wording.relation(ties.relation) for ties in measured[:DETAILED])
    return Part(sentences=[wording.say("sections.ties.rule", count=len(measured), shown=shown)], sheets=[sheet])


def _detail(holdings: Holdings, wording: Wording, ties: _Ties) -> tuple[Part, Result]:
    """Nodes of a relation with degree, rank and piece; where its ends are of different kinds, one table a side."""
    ranks = metric("pagerank")(ties.view)
    schema = holdings.eco.schema
    ends = schema.relation(ties.relation)
    groups = [ends.sources, ends.targets] if apart(schema, ties.relation) else [(*ends.sources, *ends.targets)]
    sheets = [_nodes(wording, ties, ranks, tuple(dict.fromkeys(group))) for group in groups]
    summary = wording.say(
        "sections.ties.summary",
        nodes=ties.view.n,
        ties=ties.count,
        pieces=ties.pieces,
        share=percent(ties.largest),
        single=int((ties.degree["degree"] == 0).sum()),
    )
    return Part(
        heading=wording.say("sections.ties.heading", relation=wording.relation(ties.relation)),
        sentences=[summary],
        chart=_chart(wording, sheets[0]),
        sheets=sheets,
        results=[ties.degree],
    ), ranks


def _nodes(wording: Wording, ties: _Ties, ranks: Result, kinds: Sequence[str]) -> Sheet:
    degrees = ties.degree.table
    rows = np.flatnonzero(np.isin(degrees["kind"].astype(str), wording.eco.schema.leaves(*kinds)))
    rows = rows[np.argsort(-degrees["degree"][rows], kind="stable")]
    picked = pa.array(rows)
    cells = wording.node_cells(degrees.arrow("kind").take(picked), degrees.arrow("id").take(picked))
    names = ["degree", "in_degree", "out_degree", "relations"] if ties.view.directed else ["degree", "relations"]
    known: dict[str, Column] = {}
    for table, columns in ((degrees, names), (ranks.table, ["pagerank"]), (ties.components.table, ["component"])):
        cells |= {column: table.arrow(column).take(picked) for column in columns}
        known |= {column: table.columns[column] for column in columns}
    sided = apart(wording.eco.schema, ties.relation)
    title = wording.say(
        f"sections.ties.{'side' if sided else 'nodes'}",
        relation=wording.relation(ties.relation),
        kinds=wording.listed(wording.kind(kind) for kind in kinds),
    )
    sources = (ties.degree, ties.components, ranks)
    return Sheet(f"ties-{ties.relation}-{kinds[0]}", title, wording.table(cells, known), sources)


def _chart(wording: Wording, sheet: Sheet) -> Chart:
    top = sheet.table.take(np.flatnonzero(sheet.table["degree"] > 0)[:DRAWN])
    kinds = list(top["kind"])
    return bars(
        list(top["name"]),
        top["degree"].astype(float),
        title=sheet.title,
        measure=wording.column("degree", top.columns["degree"]),
        categories=kinds if len(set(kinds)) > 1 else None,
        language=wording.language,
    )


SECTION = Section(
    name="ties",
    build=_build,
    needs=[Need()],
    metrics=["degree", "components", "pagerank"],
)
