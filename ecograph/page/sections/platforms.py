"""Platforms: all of them side by side, measure by measure."""

from collections.abc import Sequence

import numpy as np

from ecograph.charts import Chart, heat_map
from ecograph.page.groups import PLATFORM
from ecograph.page.holdings import Holdings
from ecograph.page.maturity import ASPECTS, MOST_PLATFORMS, Maturity, maturity, ranks
from ecograph.page.section import Found, Need, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.registry import names
from ecograph.result import Result

SHOWN = 40
APART = ("one_platform", "constant_side")  # true of any platform measured by itself
TOLD = ("cycling", "boundary_share", "retention", "concentration")


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    found = maturity(holdings, wording)
    if not found.aspects:
        return Found(parts=[Part(sentences=[wording.say("sections.platforms.none")])])
    sheet = Sheet("platforms", wording.say("sections.platforms.sheet"), found.table, found.results, SHOWN, open=True)
    said = wording.say("sections.platforms.summary", n=len(found.table), count=len(found.aspects))
    part = Part(
        sentences=[said, *_read(wording, found)], chart=_chart(wording, found), sheets=[sheet], results=found.results
    )
    return Found(parts=[part], results=found.results, untold=APART)


def _read(wording: Wording, found: Maturity) -> list[str]:
    """How a column is made where its name does not say it, and which are left out for so many platforms."""
    results = {aspect.metric: result for aspect, result in zip(found.aspects, found.results, strict=True)}
    told = [
        wording.say(f"sections.platforms.{name}", unit=wording.unit(_unit(results[name])))
        for name in TOLD
        if name in results
    ]
    what = wording.listed(wording.metric(aspect.metric) for aspect in found.left_out)
    gaps = {"what": what, "most": MOST_PLATFORMS, "n": len(found.ids)}
    left_out = wording.say("sections.platforms.too_many", **gaps) if what else ""
    return [*told, left_out]


def _unit(result: Result) -> str:
    """Unit of the view a result was made from, if one was asked for."""
    unit: str = result.provenance["recipe"]["arguments"].get("unit", "")
    return unit


def _chart(wording: Wording, found: Maturity) -> Chart:
    """How many platforms stand below each one, so that every measure has the same colours."""
    n = len(found.values)
    below = np.array([[np.nan if rank is None else n - rank for rank in ranks(column)] for column in found.values.T]).T
    order = np.argsort(-np.nansum(below, axis=1), kind="stable")
    return heat_map(
        [wording.node(PLATFORM, id) for id in found.ids[order]],
        [wording.column(aspect.metric, found.table.columns[aspect.metric]) for aspect in found.aspects],
        below[order],
        title=wording.say("sections.platforms.chart"),
        measure=wording.say("sections.platforms.measure"),
        language=wording.language,
    )


SECTION = Section(
    name="platforms",
    build=_build,
    needs=[Need(relations=("SUPPLIES", "DEMANDS", "INCUBATES", "SETTLED_IN", "TRACKS"), kinds=("Makerspace",))],
    metrics=[aspect.metric for aspect in ASPECTS if aspect.metric in names()],
)
