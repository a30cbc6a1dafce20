"""Crossing: how much of what the members of a platform give and get crosses its boundary."""

from collections.abc import Sequence

import numpy as np

from ecograph.charts import Chart, heat_map
from ecograph.page.groups import PLATFORM
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import Found, Need, Part, Section
from ecograph.page.sheet import Sheet, percent
from ecograph.page.wording import Wording
from ecograph.result import Result
from ecograph.table import Table

COLUMNS = ("unit", "boundary_share", "inside", "inward", "outward")
DRAWN = 40


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    result = holdings.measured("boundary_share")
    if not len(result):
        return Found(parts=[Part(sentences=[wording.say("sections.crossing.none")])], results=[result])
    moved = ~np.isnan(result["boundary_share"])
    kinds = sorted(set(result["unit"][moved].tolist()))
    sheet = Sheet("crossing", wording.say("sections.crossing.sheet"), _table(wording, result), [result])
    part = Part(
        sentences=[_told(wording, result, unit) for unit in kinds],
        chart=_chart(wording, result, kinds) if kinds else None,
        sheets=[sheet],
        results=[result],
    )
    return Found(parts=[part], results=[result])


def _told(wording: Wording, result: Result, unit: str) -> str:
    """At how many platforms nothing stays inside, and where most does."""
    rows = np.flatnonzero((result["unit"] == unit) & ~np.isnan(result["boundary_share"]))
    shares = result["boundary_share"][rows]
    gaps = {"unit": wording.unit(unit), "n": len(rows), "count": int(np.count_nonzero(shares == 1))}
    if (shares == 1).all():
        return wording.say("sections.crossing.open", **gaps)
    least = rows[np.argmin(shares)]
    node = wording.node(PLATFORM, str(result["makerspace"][least]))
    return wording.say("sections.crossing.summary", node=node, share=percent(1 - shares.min()), **gaps)


def _table(wording: Wording, result: Result) -> Table:
    """Platforms, those that keep most inside first, unit by unit."""
    order = np.lexsort((result["makerspace"], result["unit"], result["boundary_share"]))
    table = listing(wording, result, COLUMNS, order, ("boundary_share",))
    names = wording.referred(PLATFORM, result["makerspace"][order].tolist())
    cells = {name: table.arrow(name) for name in COLUMNS}
    return wording.table({"makerspace": names} | cells, {name: table.columns[name] for name in COLUMNS})


def _chart(wording: Wording, result: Result, kinds: Sequence[str]) -> Chart:
    """Share of each platform in each unit; of many platforms those that keep most inside."""
    ids, places = np.unique(result["makerspace"].astype(str), return_inverse=True)
    cells = np.full((len(ids), len(kinds)), np.nan)
    for place, unit, share in zip(places, result["unit"], result["boundary_share"], strict=True):
        if unit in kinds:
            cells[place, kinds.index(unit)] = 100 * (1 - share)
    order = np.argsort(-np.nan_to_num(cells).max(axis=1), kind="stable")[:DRAWN]
    return heat_map(
        [wording.node(PLATFORM, str(ids[place])) for place in order],
        [wording.unit(unit) for unit in kinds],
        cells[order],
        title=wording.say("sections.crossing.chart"),
        measure=wording.say("sections.crossing.measure"),
        unit="%",
        language=wording.language,
    )


SECTION = Section(
    name="crossing",
    build=_build,
    needs=[Need(relations=("TRANSFERS",), columns=("resource", "amount"), beside=("SETTLED_IN",), kinds=(PLATFORM,))],
    metrics=["boundary_share"],
)
