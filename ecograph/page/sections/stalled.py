"""Stalled projects: those of which nothing was heard for long."""

from collections.abc import Sequence

from ecograph.page.acting import LISTED, call, days_chart, longest_first, node_cases
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import INCUBATED, Found, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording

COLUMNS = ("days", "last_news", "news", "entered", "stage", "makerspace")


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    result = holdings.measured("stalled")
    limit = result.provenance["parameters"]["days"]
    said = wording.say(f"sections.stalled.{'some' if len(result) else 'none'}", count=len(result), limit=limit)
    if not len(result):
        return Found(parts=[Part(sentences=[said])], results=[result])
    order = longest_first(result)
    cases = node_cases(wording, result, COLUMNS, order[:LISTED])
    for case in cases:
        case["form"] = "row" if case["last_news"] else "silent" if case["entered"] else "unknown"
    table = listing(wording, result, COLUMNS, order)
    part = Part(
        sentences=[said],
        chart=days_chart(wording, cases, wording.say("sections.stalled.chart")),
        sheets=[Sheet("stalled", wording.say("sections.stalled.sheet"), table, [result], open=True)],
        results=[result],
    )
    calls = {"stalled": call(wording, "stalled", cases, len(result), limit=limit)}
    return Found(parts=[part], results=[result], calls=calls)


SECTION = Section(name="stalled", build=_build, needs=[INCUBATED], metrics=["stalled"])
