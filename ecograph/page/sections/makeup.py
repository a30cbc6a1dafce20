"""Make-up: which types of makers each platform has, and whether platforms differ in it."""

from collections.abc import Sequence

import numpy as np

from ecograph.charts import Chart, heat_map, interval
from ecograph.page.groups import called_groups
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import Found, Need, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result
from ecograph.table import Table

BY = "background"
PATH = "Maker -SETTLED_IN-> Makerspace"
DRAWN = 20
COLUMNS = ("members", "types", "largest", "largest_share", "hill_1", "blau")


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    view = holdings.eco.two_mode(PATH)
    shares, tested, diverse = (metric(name)(view, by=BY) for name in ("composition", "association", "diversity"))
    far, told = _outstanding(wording, shares)
    parts = [
        Part(
            sentences=[tested.explained(0, wording.language), diverse.explained(len(diverse) - 1, wording.language)],
            chart=_map(wording, shares),
            sheets=[_diversity(wording, diverse)],
            results=[shares],
        ),
        Part(sentences=[told], chart=far, sheets=[_sheet(wording, shares)], results=[shares]),
    ]
    return Found(parts=parts, results=[shares, tested, diverse])


def _map(wording: Wording, shares: Result) -> Chart:
    """Share of each type at each platform."""
    platforms, types = (list(dict.fromkeys(shares[side].tolist())) for side in ("a", "b"))
    return heat_map(
        [wording.node("Makerspace", id) for id in platforms],
        [wording.label(BY, name) for name in types],
        100 * shares["share"].reshape(len(platforms), len(types)),
        title=wording.say("sections.makeup.chart"),
        measure=wording.say("sections.makeup.measure"),
        unit="%",
        language=wording.language,
    )


def _outstanding(wording: Wording, shares: Result) -> tuple[Chart | None, str]:
    """Types of which a platform has more, or fewer, than chance would give; those with the narrowest doubt first."""
    value, low, high = (shares[name] for name in ("location_quotient", "low", "high"))
    rows = np.flatnonzero((shares["count"] > 0) & ((low > 1) | (high < 1)))
    if not len(rows):
        return None, wording.say("sections.makeup.alike")
    rows = rows[np.argsort(-np.abs(np.log(value[rows])), kind="stable")]
    drawn = rows[:DRAWN]
    labels = [
        f"{wording.label(BY, shares['b'][row])} · {wording.node('Makerspace', shares['a'][row])}" for row in drawn
    ]
    chart = interval(
        labels,
        value[drawn],
        low[drawn],
        high[drawn],
        title=wording.say("sections.makeup.interval"),
        reference=1.0,
        language=wording.language,
    )
    return chart, wording.say("sections.makeup.outstanding", count=len(rows), all=len(shares))


def _sheet(wording: Wording, shares: Result) -> Sheet:
    columns = ("count", "share", "share_of_all", "location_quotient", "low", "high")
    rows = np.flatnonzero(shares["count"] > 0)
    rows = rows[np.argsort(-shares["location_quotient"][rows], kind="stable")]
    table = listing(wording, shares, columns, rows, ("share", "share_of_all"))
    cells = {"platform": table.arrow("a"), BY: [wording.label(BY, name) for name in table["b"]]}
    cells |= {name: table.arrow(name) for name in columns}
    return Sheet("makeup", wording.say("sections.makeup.sheet"), wording.table(cells, table.columns), [shares])


def _diversity(wording: Wording, diverse: Result) -> Sheet:
    """Platforms by diversity; the last row of the result is all of them together."""
    order = np.append(np.argsort(-np.nan_to_num(diverse["hill_1"][:-1]), kind="stable"), len(diverse) - 1)
    table = listing(wording, diverse, COLUMNS, order, ("largest_share",))
    names = [*called_groups(wording, "platform", list(table["group"][:-1])), wording.say("page.all_platforms")]
    largest = [wording.label(BY, name) if name else None for name in table["largest"]]
    cells = {"platform": names} | {name: table.arrow(name) for name in COLUMNS} | {"largest": largest}
    known: Table = table
    return Sheet("diversity", wording.say("sections.makeup.diversity"), wording.table(cells, known.columns), [diverse])


SECTION = Section(
    name="makeup",
    build=_build,
    needs=[Need(relations=("SETTLED_IN",), kinds=("Maker", "Makerspace"), attributes={"Maker": BY})],
    metrics=["composition", "association", "diversity"],
)
