"""Homing: who is on several platforms at once, and which platforms share their members."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from ecograph.charts import Chart, heat_map
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import SETTLED, Found, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result
from ecograph.views import TwoMode

COLUMNS = ("jaccard", "shared", "either", "share_of_a", "share_of_b")
DRAWN = 40
PATH = "Maker -SETTLED_IN-> Makerspace"


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    view = holdings.now.two_mode(PATH)
    homes, overlap = metric("multi_homing")(view), metric("platform_overlap")(view)
    day = holdings.records.day
    dated = wording.say("sections.homing.day", day=day) if day else ""
    order = np.argsort(-overlap["jaccard"], kind="stable")
    table = listing(wording, overlap, COLUMNS, order, ("share_of_a", "share_of_b"))
    sheets = [Sheet("homing", wording.say("sections.homing.sheet"), table, [overlap])] if len(overlap) else []
    pairs = wording.say("sections.homing.pairs", count=len(overlap), platforms=int((~view.left).sum()))
    part = Part(
        sentences=[wording.told(dated, homes.explained(0, wording.language)), pairs],
        chart=_chart(wording, view, overlap) if len(overlap) else None,
        sheets=sheets,
        results=[overlap],
    )
    return Found(parts=[part], results=[homes, overlap])


def _chart(wording: Wording, view: TwoMode, overlap: Result) -> Chart:
    """Shared members of each two platforms; of a platform with itself none."""
    platforms = [str(id) for id in view.nodes.ids.filter(pa.array(~view.left)).to_pylist()]
    places = {id: place for place, id in enumerate(platforms)}
    cells = np.zeros((len(platforms), len(platforms)))
    first, second = ([places[id] for id in overlap[side]] for side in ("a", "b"))
    cells[first, second] = cells[second, first] = overlap["shared"]
    kept = np.sort(np.argsort(-cells.sum(axis=1), kind="stable")[:DRAWN])
    names = [wording.node("Makerspace", platforms[place]) for place in kept]
    return heat_map(
        names,
        names,
        cells[np.ix_(kept, kept)],
        title=wording.say("sections.homing.chart"),
        measure=wording.say("sections.homing.measure"),
        language=wording.language,
    )


SECTION = Section(name="homing", build=_build, needs=[SETTLED], metrics=["multi_homing", "platform_overlap"])
