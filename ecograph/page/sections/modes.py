"""Modes: what each platform mostly does, beside what it says of itself."""

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
from ecograph.result import Result

MIXED = "ecosystem"
RELATIONS = ("HOSTS", "OFFERS_SERVICE", "MENTORS", "TEACHES", "INVESTS_IN", "SUPPLIES")


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    result = holdings.measured("mode_profile")
    pure = [word.name for word in wording.eco.schema.vocabulary("mode").words if word.name != MIXED]
    shares = np.array([result[mode] for mode in pure]).T
    order = np.argsort(-np.nan_to_num(result["largest"]), kind="stable")
    declared = _declared(holdings, result)
    table = listing(wording, result, ["mode", "largest", "rows"], order, ["largest"])
    known = [declared[place] for place in order]
    cells = {name: table.arrow(name) for name in ("name", "id")}
    if any(known):
        cells["declared"] = pa.array([wording.label("mode", one) if one else None for one in known], pa.string())
    cells["mode"] = pa.array(
        [wording.label("mode", one) if one else None for one in result["mode"][order]], pa.string()
    )
    cells |= {name: table.arrow(name) for name in ("largest", "rows")}
    sheet = Sheet("modes", wording.say("sections.modes.sheet"), wording.table(cells, table.columns), [result])
    chart = heat_map(
        list(table["name"]),
        [wording.label("mode", mode) for mode in pure],
        100 * shares[order],
        title=wording.say("sections.modes.chart"),
        measure=wording.say("sections.modes.measure"),
        unit="%",
        language=wording.language,
    )
    part = Part(sentences=_said(wording, result, declared), chart=chart, sheets=[sheet], results=[result])
    return Found(parts=[part], results=[result])


def _declared(holdings: Holdings, result: Result) -> list[str | None]:
    """The mode each platform declares, in the order of the result."""
    table = holdings.eco.nodes("Makerspace")
    if "mode" not in table.names:
        return [None] * len(result)
    known = dict(zip(table["id"], table.arrow("mode").to_pylist(), strict=True))
    return [known.get(id) for id in result["id"]]


def _said(wording: Wording, result: Result, declared: Sequence[str | None]) -> list[str]:
    modes = result["mode"].tolist()
    counts = Counter(mode for mode in modes if mode).most_common()
    named = wording.listed(
        wording.say("sections.modes.counted", mode=wording.label("mode", mode), count=count) for mode, count in counts
    )
    both = [(one, other) for one, other in zip(declared, modes, strict=True) if one and other]
    differ = sum(one != other for one, other in both)
    said = [wording.say("sections.modes.summary", count=len(modes), modes=named)]
    return [*said, wording.say("sections.modes.differ", count=differ, all=len(both))] if both else said


SECTION = Section(
    name="modes",
    build=_build,
    needs=[Need(relations=RELATIONS, kinds=("Makerspace",))],
    metrics=["mode_profile"],
)
