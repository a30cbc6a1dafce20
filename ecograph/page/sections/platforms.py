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

SHOWN = 40


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    found = maturity(holdings, wording)
    if not found.aspects:
        return Found(parts=[Part(sentences=[wording.say("sections.platforms.none")])])
    sheet = Sheet("platforms", wording.say("sections.platforms.sheet"), found.table, found.results, SHOWN, open=True)
    said = wording.say("sections.platforms.summary", n=len(found.table), count=len(found.aspects))
    part = Part(
        sentences=[said, *_read(wording, found)], chart=_chart(wording, found), sheets=[sheet], results=found.results
    )
    return Found(parts=[part], results=found.results)


def _read(wording: Wording, found: Maturity) -> list[str]:
    """How a column is made where its name does not say it, and which are left out for so many platforms."""
    results = {aspect.metric: result for aspect, result in zip(found.aspects, found.results, strict=True)}
    unit = results["cycling"].provenance["recipe"]["arguments"]["unit"] if "cycling" in results else ""
    told = {
        "cycling": wording.say("sections.platforms.cycling", unit=wording.unit(unit)),
        "boundary_share": wording.say("sections.platforms.boundary_share"),
    }
    what = wording.listed(wording.metric(aspect.metric) for aspect in found.left_out)
    gaps = {"what": what, "most": MOST_PLATFORMS, "n": len(found.ids)}
    left_out = wording.say("sections.platforms.too_many", **gaps) if what else ""
    return [*(said for name, said in told.items() if name in results), left_out]


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
