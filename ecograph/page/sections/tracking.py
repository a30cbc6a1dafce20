"""Tracking: whether every active project has one tracker, and what comes of it."""

from collections.abc import Sequence

import numpy as np

from ecograph.charts import bars, funnel
from ecograph.page.groups import called_groups
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import TRACKED, Found, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.result import Result

COLUMNS = (
    *("once", "none", "more", "projects", "trackers", "load_mean", "load_max", "sent"),
    *("feedback_days", "answer_days", "problems", "answered"),
)
SHARES = ("once", "none", "more", "sent")
CHAIN = ("tracked", "intended", "agreed", "invested")


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    result = holdings.measured("tracking")
    order = np.append(1 + np.argsort(result["once"][1:], kind="stable"), 0)
    table = listing(wording, result, COLUMNS, order, SHARES)
    names = [*called_groups(wording, "platform", list(table["group"][:-1])), wording.say("page.all_platforms")]
    cells = {"platform": names} | {name: table.arrow(name) for name in COLUMNS}
    shares = result["once"][0], result["none"][0], result["more"][0]
    chart = bars(
        [wording.say(f"sections.tracking.{name}") for name in ("once", "none", "more")],
        100 * np.array(shares),
        title=wording.say("sections.tracking.chart"),
        unit="%",
        language=wording.language,
    )
    sheet = Sheet("tracking", wording.say("sections.tracking.sheet"), wording.table(cells, table.columns), [result])
    part = Part(sentences=[result.explained(0, wording.language)], chart=chart, sheets=[sheet], results=[result])
    return Found(parts=[part, _chain(wording, result)], results=[result])


def _chain(wording: Wording, result: Result) -> Part:
    """What tracking leads to: an enterprise intends, signs under supervision, and invests."""
    chart = funnel(
        [wording.say(f"sections.tracking.{name}") for name in CHAIN],
        [float(result[name][0]) for name in CHAIN],
        title=wording.say("sections.tracking.chain"),
        language=wording.language,
    )
    return Part(heading=wording.say("sections.tracking.outcome"), chart=chart, results=[result])


SECTION = Section(name="tracking", build=_build, needs=[TRACKED], metrics=["tracking"])
