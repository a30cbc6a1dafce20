"""Untracked projects: active ones to which nobody is assigned."""

from collections.abc import Sequence

from ecograph.page.acting import LISTED, call, days_chart, longest_first, node_cases
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import TRACKED, Found, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording

COLUMNS = ("days", "active_since", "makerspace", "last_tracker", "tracked_until")


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    result = holdings.measured("untracked")
    said = wording.say(f"sections.untracked.{'some' if len(result) else 'none'}", count=len(result))
    if not len(result):
        return Found(parts=[Part(sentences=[said])], results=[result])
    order = longest_first(result)
    cases = node_cases(wording, result, COLUMNS, order[:LISTED])
    for case in cases:
        case["form"] = "ended" if case["tracked_until"] else "never"
    part = Part(
        sentences=[said],
        chart=days_chart(wording, cases, wording.say("sections.untracked.chart")),
        sheets=[
            Sheet(
                "untracked",
                wording.say("sections.untracked.sheet"),
                listing(wording, result, COLUMNS, order),
                [result],
                open=True,
            )
        ],
        results=[result],
    )
    return Found(parts=[part], results=[result], calls={"untracked": call(wording, "untracked", cases, len(result))})


SECTION = Section(name="untracked", build=_build, needs=[TRACKED], metrics=["untracked"])
