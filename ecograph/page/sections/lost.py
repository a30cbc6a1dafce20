"""Lost: who would be cut off if one node left, and how soon the whole falls apart."""

from collections.abc import Sequence

import numpy as np

from ecograph.charts import bars
from ecograph.page.acting import DRAWN, NAMED
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import Found, Need, Part, Section, closest_first
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.registry import metric


def _build(_: Holdings, wording: Wording, relations: Sequence[str]) -> Found:
    relation = closest_first(relations)[0]
    result = metric("articulation_points")(wording.eco.network(relation))
    cut_off = result["cut_off"]
    rows = np.argsort(-cut_off, kind="stable")[: np.count_nonzero(cut_off)]
    heading = wording.say("sections.lost.heading", relation=wording.relation(relation))
    if not len(rows):
        return Found(parts=[Part(heading=heading, sentences=[wording.say("sections.lost.none")])], results=[result])
    nodes = [wording.node(result["kind"][row], result["id"][row]) for row in rows[:DRAWN]]
    named = [
        wording.say("sections.lost.brief", node=node, count=int(cut_off[row]))
        for node, row in zip(nodes[:NAMED], rows, strict=False)
    ]
    said = wording.say("sections.lost.summary", count=len(rows), names=wording.following(named, len(rows)))
    chart = bars(
        nodes,
        cut_off[rows[:DRAWN]].astype(float),
        title=wording.say("sections.lost.chart"),
        measure=wording.say("sections.lost.measure"),
        language=wording.language,
    )
    table = listing(wording, result, ("cut_off", "pieces"), rows)
    sheet = Sheet("lost", wording.say("sections.lost.sheet"), table, [result])
    part = Part(heading=heading, sentences=[said], chart=chart, sheets=[sheet], results=[result])
    return Found(parts=[part], results=[result])


SECTION = Section(name="lost", build=_build, needs=[Need(ends="alike")], metrics=["articulation_points"])
