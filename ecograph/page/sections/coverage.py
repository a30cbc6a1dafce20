"""Coverage: how much of what is demanded is delivered, by category and by platform."""

from collections.abc import Sequence

import numpy as np

from ecograph.charts import bars
from ecograph.page.groups import called_groups, plain_groups
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing, opened
from ecograph.page.section import DOCKED, Found, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.result import Result
from ecograph.table import Table

COLUMNS = ("by_count", "by_amount", "in_time", "potential", "demands", "unmet", "demanded", "fulfilled", "unit")
SHARES = COLUMNS[:4]


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    whole, category, platform = (holdings.measured("coverage", by=by) for by in ("whole", "category", "platform"))
    tables = {"category": _table(wording, category, "category"), "platform": _table(wording, platform, "platform")}
    chart = bars(
        tables["category"]["group"].tolist(),
        tables["category"]["by_count"],
        title=wording.say("sections.coverage.chart"),
        unit="%",
        language=wording.language,
    )
    counts = {"all": int(whole["demands"].sum()), "unmet": int(whole["unmet"].sum())}
    summary = wording.say("sections.coverage.summary", met=counts["all"] - counts["unmet"], **counts)
    sentences = [summary, *(opened(whole.explained(row, wording.language)) for row in range(len(whole)))]
    sheets = [
        Sheet(f"coverage-{by}", wording.say(f"sections.coverage.{by}"), table, [result])
        for (by, table), result in zip(tables.items(), (category, platform), strict=True)
    ]
    results = [whole, category, platform]
    return Found(parts=[Part(sentences=sentences, chart=chart, sheets=sheets, results=[category])], results=results)


def _table(wording: Wording, result: Result, by: str) -> Table:
    """Groups in the page's language, those covered least first."""
    order = np.argsort(result["by_count"], kind="stable")
    table = listing(wording, result, COLUMNS, order, SHARES)
    names = called_groups(wording, by, plain_groups(result.table.take(order)))
    cells = {"group": names} | {name: table.arrow(name) for name in table.names if name != "group"}
    return Table(cells, table.columns)


SECTION = Section(name="coverage", build=_build, needs=[DOCKED], metrics=["coverage"])
