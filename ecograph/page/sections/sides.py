"""Sides: how many makers and suppliers the platforms have, period by period."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.charts import Chart, lines
from ecograph.page.groups import PLATFORM
from ecograph.page.holdings import Holdings
from ecograph.page.section import DATED, Found, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.views import Panel

NAMES = ("makers", "suppliers")
MONTH = len("2026-01")
UNCOMPARED = ("one_platform", "one_period", "constant_side", "no_lag")  # findings of what effects cannot be had from


def both_sides(holdings: Holdings, wording: Wording) -> Panel:
    """The panel that the sections of the two sides show, its sides called in the page's language."""
    return holdings.panel(*(wording.say(f"sections.sides.{name}") for name in NAMES))


def _months(panel: Panel) -> list[str]:
    """First month of every period."""
    return [str(day)[:MONTH] for day in panel.periods.to_pylist()]


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    panel = both_sides(holdings, wording)
    n = len(panel.periods)
    sizes = {name: np.bincount(panel.period_codes, side.active, n) for name, side in panel.sides.items()}
    changes = [
        wording.say("sections.sides.change", side=name, first=int(size[0]), last=int(size[-1]))
        for name, size in sizes.items()
    ]
    periods = _months(panel)
    summary = wording.say(
        "sections.sides.summary",
        platforms=len(panel.units),
        first=periods[0],
        last=periods[-1],
        changes=wording.listed(changes),
    )
    told = [item.line(wording.language) for item in panel.findings if item.code not in UNCOMPARED]
    part = Part(sentences=[summary, *told], chart=_chart(wording, periods, sizes), sheets=[_sheet(wording, panel)])
    return Found(parts=[part])


def _chart(wording: Wording, periods: Sequence[str], sizes: Any) -> Chart:
    return lines(
        periods,
        sizes,
        title=wording.say("sections.sides.chart"),
        measure=wording.say("sections.sides.measure"),
        language=wording.language,
    )


def _sheet(wording: Wording, panel: Panel) -> Sheet:
    """Sizes of both sides, who enters and who leaves, platform by platform."""
    table = panel.table()
    cells = {
        "platform": wording.referred(PLATFORM, table.arrow("unit")),
        "period": pc.cast(table.arrow("period"), pa.string()),
    }
    numbers = [name for name in table.names if name not in ("unit", "period")]
    known = {name: table.columns[name] for name in numbers}
    whole = wording.table(cells | {name: table.arrow(name) for name in numbers}, known)
    return Sheet("sides", wording.say("sections.sides.sheet"), whole)


SECTION = Section(name="sides", build=_build, needs=[DATED])
