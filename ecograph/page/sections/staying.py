"""Staying: how many of those who enter a platform are there some periods later."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ecograph.charts import Chart, heat_map, lines
from ecograph.page.holdings import Holdings
from ecograph.page.section import DATED, Found, Part, Section
from ecograph.page.sections.sides import MONTH, UNCOMPARED, both_sides
from ecograph.page.sheet import PERCENT, Sheet
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result
from ecograph.table import Column

YEAR = {"quarter": 4, "month": 12}  # periods
DRAWN = 12  # periods of entry, the last ones, and periods since
COLUMNS = ("entered", "active")


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    panel = both_sides(holdings, wording)
    ages, cohorts = metric("retention")(panel), metric("retention")(panel, cohorts=True)
    lasting = holdings.measured("membership_survival", every=365)
    every = panel.recipe["arguments"]["every"]
    seen = (ages["entered"] > 0) & (ages["age"] > 0)
    sides = [name for name in panel.sides if (seen & (ages["side"] == name)).any()]
    told = [ages.explained(_year_on(ages, name, YEAR[every]), wording.language) for name in sides]
    lasts = lasting.explained(0, wording.language) if len(lasting) else ""
    none = "" if sides else wording.say("sections.staying.none")
    whole = Part(
        sentences=[*told, lasts, none],
        chart=_curves(wording, ages, sides, every) if sides else None,
        sheets=[_sheet(wording, cohorts)] if sides else [],
        results=[ages],
    )
    maps = [Part(chart=_map(wording, cohorts, name, every), results=[cohorts]) for name in sides]
    return Found(parts=[whole, *maps], results=[ages, cohorts, lasting], untold=UNCOMPARED)


def _year_on(ages: Result, side: str, periods: int) -> int:
    """Row of a side that tells of a year after entering, or of the longest that was seen."""
    rows = np.flatnonzero((ages["side"] == side) & (ages["entered"] > 0) & (ages["age"] <= periods))
    return int(rows[-1])


def _curves(wording: Wording, ages: Result, sides: Sequence[str], every: str) -> Chart:
    """One line a side over the periods since members entered."""
    longest = int(ages["age"].max())
    return lines(
        [str(age) for age in range(longest + 1)],
        {name: 100 * ages["retention"][ages["side"] == name] for name in sides},
        title=wording.say("sections.staying.chart"),
        measure=wording.say("sections.staying.measure", every=wording.say(f"periods.{every}.many")),
        unit=PERCENT,
        language=wording.language,
    )


def _map(wording: Wording, cohorts: Result, side: str, every: str) -> Chart:
    """Share still there by period of entry, downwards, and periods since; of the last period none was seen since."""
    whole = 100 * _triangle(cohorts, side)[:-1][-DRAWN:]
    cells = whole[:, 1 : DRAWN + 1]
    names = list(dict.fromkeys(cohorts["cohort"][cohorts["side"] == side]))[:-1][-DRAWN:]
    why = [wording.say(f"sections.staying.{'nobody' if np.isnan(first) else 'unseen'}") for first in whole[:, 0]]
    return heat_map(
        [name[:MONTH] for name in names],
        [str(age) for age in range(1, cells.shape[1] + 1)],
        cells,
        reasons=[[reason if np.isnan(cell) else None for cell in row] for reason, row in zip(why, cells, strict=True)],
        title=wording.say("sections.staying.map", side=side),
        measure=wording.say("sections.staying.measure", every=wording.say(f"periods.{every}.many")),
        unit=PERCENT,
        language=wording.language,
    )


def _triangle(cohorts: Result, side: str) -> NDArray[np.float64]:
    """Retention of a side by period of entry (row) and periods since (column); NaN where it was not seen."""
    rows = cohorts["side"] == side
    _, places = np.unique(cohorts["cohort"][rows].astype(str), return_inverse=True)
    found = np.full((places.max() + 1, cohorts["age"][rows].max() + 1), np.nan)
    found[places, cohorts["age"][rows]] = cohorts["retention"][rows]
    return found


def _sheet(wording: Wording, cohorts: Result) -> Sheet:
    rows = np.flatnonzero(cohorts["entered"] > 0)
    table = cohorts.table.take(rows)
    cells = {name: table.arrow(name) for name in ("side", "cohort", "age", *COLUMNS)}
    known = {name: table.columns[name] for name in ("cohort", "age", *COLUMNS)}
    known["retention"] = Column("share of those who entered who are there", zh="留存率", unit=PERCENT)
    shown = wording.table(cells | {"retention": 100 * table["retention"]}, known)
    return Sheet("staying", wording.say("sections.staying.sheet"), shown, [cohorts])


SECTION = Section(name="staying", build=_build, needs=[DATED], metrics=["retention", "membership_survival"])
