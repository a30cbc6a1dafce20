"""Lost: who would be cut off if one node left, and how soon the whole falls apart."""

from collections.abc import Sequence

import numpy as np

from ecograph.charts import bars, lines
from ecograph.page.acting import DRAWN, NAMED
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import Found, Need, Part, Section, closest_first
from ecograph.page.sheet import Sheet, percent
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result
from ecograph.views import Network

TENTH = 2  # row of the curve where a tenth of the nodes has left
HALF = 11  # rows of the curve until half of them have, beyond which nothing is left to see
CURVES = ("targeted", "random")


def _build(_: Holdings, wording: Wording, relations: Sequence[str]) -> Found:
    relation = closest_first(relations)[0]
    view = wording.eco.network(relation)
    result, curve, whole = (metric(name)(view) for name in ("articulation_points", "removal_curve", "robustness"))
    heading = wording.say("sections.lost.heading", relation=wording.relation(relation))
    parts = [_holding(wording, heading, result), _falling_apart(wording, view, curve, whole)]
    return Found(parts=parts, results=[result, curve, whole])


def _holding(wording: Wording, heading: str, result: Result) -> Part:
    """Who is the only way to others."""
    cut_off = result["cut_off"]
    rows = np.argsort(-cut_off, kind="stable")[: np.count_nonzero(cut_off)]
    if not len(rows):
        return Part(heading=heading, sentences=[wording.say("sections.lost.none")])
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
    return Part(heading=heading, sentences=[said], chart=chart, sheets=[sheet], results=[result])


def _falling_apart(wording: Wording, view: Network, curve: Result, whole: Result) -> Part:
    """How much holds together when the best joined leave, and when anybody does."""
    names = ("targeted", "random", "random_low", "random_high")
    shares = {name: percent(curve[name][TENTH]) for name in names}
    gaps = {"n": view.n, "removed": int(curve["removed"][TENTH]), "start": percent(curve["targeted"][0])}
    halves = {name: percent(whole[name][0]) for name in ("half", "random_half")}
    series = {wording.say(f"sections.lost.{name}"): 100 * curve[name][:HALF] for name in CURVES}
    chart = lines(
        [float(str(step).removesuffix("%")) for step in curve["group"][:HALF]],
        series,
        title=wording.say("sections.lost.curve"),
        measure=wording.say("sections.lost.left"),
        unit="%",
        language=wording.language,
    )
    listed = listing(wording, curve, ("removed", *names), percents=names)
    cells = {name: listed.arrow(name) for name in listed.names}
    table = wording.table({"gone": cells.pop("group")} | cells, {name: listed.columns[name] for name in cells})
    return Part(
        heading=wording.say("sections.lost.apart"),
        sentences=[wording.say("sections.lost.tenth", **gaps, **shares), wording.say("sections.lost.half", **halves)],
        chart=chart,
        sheets=[Sheet("lost-curve", wording.say("sections.lost.steps"), table, [curve], shown=len(curve))],
        results=[curve],
    )


SECTION = Section(
    name="lost",
    build=_build,
    needs=[Need(ends="alike")],
    metrics=["articulation_points", "removal_curve", "robustness"],
)
