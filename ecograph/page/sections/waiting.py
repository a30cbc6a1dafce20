"""Waiting: how long a demand waits for its first delivery."""

from collections.abc import Sequence

import numpy as np

from ecograph.charts import Chart, bars
from ecograph.page.groups import called_groups
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing, opened
from ecograph.page.section import DOCKED, Found, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.result import Result
from ecograph.table import Table

COLUMNS = ("median", "within_7", "within_30", "within_90", "within_365", "demands", "matched")
SHARES = COLUMNS[1:5]
DECIMALS = 2


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    whole, category, platform = (holdings.measured("time_to_match", by=by) for by in ("whole", "category", "platform"))
    results = [whole, category, platform]
    if not len(whole):
        return Found(parts=[Part(sentences=[wording.say("sections.waiting.none")])], results=results)
    sheets = [
        Sheet(f"waiting-{by}", wording.say(f"sections.waiting.{by}"), _table(wording, result, by), [result])
        for by, result in (("category", category), ("platform", platform))
    ]
    part = Part(
        sentences=[opened(whole.explained(0, wording.language))],
        chart=_chart(wording, category) if len(category) else None,
        sheets=sheets,
        results=[category],
    )
    return Found(parts=[part], results=results)


def _table(wording: Wording, result: Result, by: str) -> Table:
    """Groups in the page's language, those that wait longest first; where fewer than half have come, before these."""
    order = np.argsort(-np.nan_to_num(result["median"], nan=np.inf), kind="stable")
    table = listing(wording, result, COLUMNS, order, SHARES)
    names = called_groups(wording, by, [str(group) for group in result["group"][order]])
    cells = {name: table.arrow(name) for name in COLUMNS} | {
        name: np.round(np.asarray(table[name], np.float64), DECIMALS) for name in SHARES
    }
    return Table({"group": names} | cells, table.columns)


def _chart(wording: Wording, result: Result) -> Chart:
    fewer, missing = wording.say("sections.waiting.fewer"), np.isnan(result["median"])
    return bars(
        called_groups(wording, "category", [str(group) for group in result["group"]]),
        result["median"],
        title=wording.say("sections.waiting.chart"),
        unit=wording.unit("days"),
        reasons=[fewer if one else None for one in missing] if missing.any() else None,
        language=wording.language,
    )


SECTION = Section(name="waiting", build=_build, needs=[DOCKED], metrics=["time_to_match"])
