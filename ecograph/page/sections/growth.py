"""Growth: whether each platform works as a product, a market place, or a place where many innovate together."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from ecograph.charts import heat_map
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import Found, Need, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording

SHARES = ("internal", "market", "co_creation")


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    result = holdings.measured("platform_stages")
    order = np.argsort(-np.nan_to_num(result["co_creation"]), kind="stable")
    stages = [wording.say(f"sections.growth.{stage}") if stage else None for stage in result["stage"][order]]
    table = listing(wording, result, [*SHARES, "rows"], order, SHARES)
    cells = {name: table.arrow(name) for name in ("name", "id")} | {"stage": pa.array(stages, pa.string())}
    cells |= {name: table.arrow(name) for name in (*SHARES, "rows")}
    counted = [
        wording.say("sections.modes.counted", mode=stage, count=count)
        for stage, count in Counter(filter(None, stages)).most_common()
    ]
    chart = heat_map(
        list(table["name"]),
        [wording.column(name, table.columns[name]) for name in SHARES],
        np.array([table[name] for name in SHARES]).T,
        title=wording.say("sections.growth.chart"),
        measure=wording.say("sections.growth.measure"),
        unit="%",
        language=wording.language,
    )
    sheet = Sheet("growth", wording.say("sections.growth.sheet"), wording.table(cells, table.columns), [result])
    said = wording.say("sections.growth.summary", count=len(result), stages=wording.listed(counted))
    return Found(parts=[Part(sentences=[said], chart=chart, sheets=[sheet], results=[result])], results=[result])


SECTION = Section(
    name="growth",
    build=_build,
    needs=[Need(relations=("SETTLED_IN", "INCUBATES", "EMPLOYS"), kinds=("Makerspace",))],
    metrics=["platform_stages"],
)
