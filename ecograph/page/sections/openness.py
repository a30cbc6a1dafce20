"""Openness: which kinds mix, and which keep to themselves."""

from collections.abc import Sequence

import numpy as np

from ecograph.charts import Chart, bars, heat_map
from ecograph.page.groups import called_groups
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import Found, Need, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result
from ecograph.views import Network

BY = "kind"
COLUMNS = ("ei_index", "expected", "external", "internal", "nodes")
PAIRS = ("ties", "share", "expected", "ratio")


def _build(holdings: Holdings, wording: Wording, relations: Sequence[str]) -> Found:
    view = holdings.eco.network(relations[0])
    mixed, alike, open_to = (metric(name)(view, by=BY) for name in ("mixing", "assortativity", "ei_index"))
    name = wording.relation(relations[0])
    parts = [
        Part(
            heading=wording.say("sections.openness.heading", relation=name),
            sentences=[alike.explained(0, wording.language)],
            chart=_map(wording, view, mixed),
            sheets=[_pairs(wording, mixed)],
            results=[mixed],
        ),
        _indices(wording, open_to),
    ]
    return Found(parts=parts, results=[mixed, alike, open_to])


def _map(wording: Wording, view: Network, mixed: Result) -> Chart:
    """Ties between each two kinds over those expected by chance."""
    kinds = list(dict.fromkeys([*mixed["a"].tolist(), *mixed["b"].tolist()]))
    places = {kind: place for place, kind in enumerate(kinds)}
    cells = np.full((len(kinds), len(kinds)), np.nan)
    for one, other, ratio in zip(mixed["a"], mixed["b"], mixed["ratio"], strict=True):
        cells[places[one], places[other]] = ratio
        if not view.directed:
            cells[places[other], places[one]] = ratio
    names = [wording.kind(kind) for kind in kinds]
    return heat_map(
        names,
        names,
        cells,
        title=wording.say("sections.openness.chart"),
        measure=wording.say("sections.openness.measure"),
        language=wording.language,
    )


def _pairs(wording: Wording, mixed: Result) -> Sheet:
    rows = np.flatnonzero(mixed["ties"] > 0)
    rows = rows[np.argsort(-mixed["ratio"][rows], kind="stable")]
    table = listing(wording, mixed, PAIRS, rows, ("share", "expected"))
    cells = {side: [wording.kind(kind) for kind in table[side]] for side in ("a", "b")}
    numbers = {name: table.arrow(name) for name in PAIRS}
    return Sheet(
        "openness-pairs", wording.say("sections.openness.pairs"), wording.table(cells | numbers, table.columns), [mixed]
    )


def _indices(wording: Wording, open_to: Result) -> Part:
    """Kinds by their index; the last row of the result is all of them together."""
    order = np.append(np.argsort(open_to["ei_index"][:-1], kind="stable"), len(open_to) - 1)
    table = listing(wording, open_to, COLUMNS, order)
    names = [*called_groups(wording, BY, list(table["group"][:-1])), wording.say("page.all_kinds")]
    cells = {"kind": names} | {name: table.arrow(name) for name in COLUMNS}
    known = {name: column for name, column in table.columns.items() if name != "kind"}
    chart = bars(
        names,
        table["ei_index"],
        title=wording.say("sections.openness.bars"),
        language=wording.language,
    )
    sheet = Sheet("openness", wording.say("sections.openness.sheet"), wording.table(cells, known), [open_to])
    reading = wording.say("sections.openness.reading")
    return Part(
        sentences=[reading, open_to.explained(len(open_to) - 1, wording.language)],
        chart=chart,
        sheets=[sheet],
        results=[open_to],
    )


SECTION = Section(
    name="openness",
    build=_build,
    needs=[Need(relations=("COLLABORATES",), ends="alike")],
    metrics=["mixing", "assortativity", "ei_index"],
)
