"""The funnel: how many projects come from stage -1 to 0 to 1, where they leave, and how long it takes."""

from collections.abc import Sequence

import numpy as np

from ecograph.charts import funnel
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import INCUBATED, Found, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result

STAGES = ("-1", "0", "1", "beyond")
OTHERS = ("beyond", "left")
COLUMNS = ("projects", "share", "now", "closed", "mean_days", "to_0", "to_1", "to_left", "reaches_1", "days_to_1")
SHARES = ("share", "to_0", "to_1", "to_left", "reaches_1")
OF_BACKGROUND = ("projects", "now", "to_left", "reaches_1", "days_to_1")


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    view = holdings.eco.histories()
    result = metric("stage_funnel")(view)
    chart = funnel(
        [_stage(wording, stage) for stage in STAGES],
        result["projects"][: len(STAGES)],
        title=wording.say("sections.funnel.chart"),
        language=wording.language,
    )
    table = listing(wording, result, COLUMNS, percents=SHARES)
    cells = {"stage": [_stage(wording, stage) for stage in result["stage"]]}
    known = wording.table(cells | {name: table.arrow(name) for name in COLUMNS}, table.columns)
    sheets = [Sheet("funnel", wording.say("sections.funnel.sheet"), known, [result])]
    results = [result]
    if "WORKS_ON" in holdings.rows and holdings.described("Maker", "background"):
        results.append(metric("stage_funnel")(view, by="background"))
        sheets.append(_backgrounds(wording, results[-1]))
    told = [result.explained(row, wording.language) for row in (0, 1, len(result) - 1)]
    return Found(parts=[Part(sentences=told, chart=chart, sheets=sheets, results=[result])], results=results)


def _stage(wording: Wording, stage: str) -> str:
    """A stage as the page calls it."""
    return wording.say(f"sections.funnel.{stage if stage in OTHERS else 'stage'}", stage=stage)


def _backgrounds(wording: Wording, result: Result) -> Sheet:
    """Stages -1 and 0 by background of the makers."""
    rows = np.flatnonzero(np.isin(result["stage"].astype(str), STAGES[:2]))
    table = listing(wording, result, ("background", "stage", *OF_BACKGROUND), rows, ("to_left", "reaches_1"))
    cells = {
        "background": [wording.label("background", name) for name in table["background"]],
        "stage": [_stage(wording, stage) for stage in result["stage"][rows]],
    }
    numbers = {name: table.arrow(name) for name in OF_BACKGROUND}
    return Sheet(
        "funnel-backgrounds",
        wording.say("sections.funnel.backgrounds"),
        wording.table(cells | numbers, table.columns),
        [result],
    )


SECTION = Section(name="funnel", build=_build, needs=[INCUBATED], metrics=["stage_funnel"])
