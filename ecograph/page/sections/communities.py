"""Communities: which circles there are, how firmly they hold, and who stands between them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecograph.charts import Chart, bars
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import Found, Need, Part, Section, closest_first
from ecograph.page.sheet import PERCENT, Sheet, percent
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result
from ecograph.table import Table
from ecograph.views import Network

RUNS = 20
MANY_TIES = 20_000
FEW_RUNS = 5  # where there are that many
DRAWS = 49
COMPARED = 10_000  # ties up to which networks are drawn
CIRCLE = 3  # members that make a circle
FIRM, LOOSE = 0.8, 0.5
NAMED = 3
DRAWN = 10


def _build(_: Holdings, wording: Wording, relations: Sequence[str]) -> Found:
    relation = closest_first(relations)[0]
    view = wording.eco.network(relation)
    ties = len(view.arcs) if view.directed else len(view.arcs) // 2
    found = metric("consensus")(view, runs=FEW_RUNS if ties > MANY_TIES else RUNS)
    quality = metric("modularity")(view, by=found)
    circles = _circles(view, found)
    heading = wording.say("sections.communities.heading", relation=wording.relation(relation))
    if not circles:
        return Found(parts=[Part(heading=heading, sentences=[wording.say("sections.communities.none")])])
    table = _table(wording, found, circles)
    sheets = [
        Sheet("communities", wording.say("sections.communities.sheet"), table, [found], open=True),
        Sheet("communities-members", wording.say("sections.communities.members"), _members(wording, found), [found]),
    ]
    drawn = [] if ties > COMPARED else [metric("partition_significance")(view, samples=DRAWS)]
    compared = [_by_chance(wording, one) for one in drawn] or [_uncompared(wording, ties)]
    part = Part(
        heading=heading,
        sentences=[_summary(wording, found, quality, table), *compared, *_between(wording, found)],
        chart=_chart(wording, found, circles),
        sheets=sheets,
        results=[found, quality],
    )
    return Found(parts=[part], results=[found, quality, *drawn])


def _summary(wording: Wording, found: Result, quality: Result, table: Table) -> str:
    stability = np.asarray(table["community_stability"], np.float64) / 100
    inside = int(np.sum(table["size"]))
    return wording.say(
        "sections.communities.summary",
        count=len(table),
        inside=percent(inside / len(found)),
        modularity=f"{float(quality['modularity'][0]):.2f}",
        firm=int(np.count_nonzero(stability >= FIRM)),
        loose=int(np.count_nonzero(stability < LOOSE)),
        runs=found.provenance["parameters"]["runs"],
    )


def _by_chance(wording: Wording, drawn: Result) -> str:
    """Whether networks of the same degrees have circles as marked."""
    count = round(float(drawn["p"][0]) * (DRAWS + 1)) - 1
    gaps = {name: f"{float(drawn[name][0]):.2f}" for name in ("modularity", "expected")}
    return wording.say("sections.communities.chance", draws=DRAWS, count=count, **gaps)


def _uncompared(wording: Wording, ties: int) -> str:
    """What is left out of so large a network, and that it is searched less often."""
    what = wording.metric("partition_significance")
    said = wording.say("page.too_many", what=what, most=COMPARED, ties=ties)
    fewer = wording.say("sections.communities.fewer", runs=FEW_RUNS, usual=RUNS, most=MANY_TIES)
    return wording.told(said, fewer if ties > MANY_TIES else "")


def _between(wording: Wording, found: Result) -> list[str]:
    """Members of circles who are with less than half of their circle on average, the least settled first."""
    loose = np.flatnonzero((found["stability"] < LOOSE) & (found["size"] >= CIRCLE))
    loose = loose[np.argsort(found["stability"][loose], kind="stable")]
    if not len(loose):
        return []
    names = [wording.node(found["kind"][row], found["id"][row]) for row in loose[:NAMED]]
    return [wording.say("sections.communities.between", count=len(loose), names=wording.following(names, len(loose)))]


def _circles(view: Network, found: Result) -> list[NDArray[np.int64]]:
    """Rows of the members of each circle, the most joined first."""
    order = np.lexsort((-metric("degree")(view)["degree"], found["community"]))
    sizes = np.bincount(found["community"])[1:]
    return [rows for rows in np.split(order, np.cumsum(sizes)[:-1]) if len(rows) >= CIRCLE]


def _table(wording: Wording, found: Result, circles: Sequence[NDArray[np.int64]]) -> Table:
    """A row a circle: its size, how firmly it holds, who is most joined in it, and of which kinds it is."""
    firsts = np.array([rows[0] for rows in circles])
    known = {name: found.table.columns[name] for name in ("community", "size", "community_stability")}
    known["community_stability"] = replace(known["community_stability"], unit=PERCENT)
    cells: dict[str, Any] = {name: found[name][firsts] for name in known}
    cells["community_stability"] = 100 * cells["community_stability"]
    cells["most_joined"] = [_named(wording, found, rows[:NAMED]) for rows in circles]
    cells["kinds"] = [_kinds(wording, found["kind"][rows].tolist()) for rows in circles]
    return wording.table(cells, known)


def _named(wording: Wording, found: Result, rows: NDArray[np.int64]) -> str:
    return wording.listed(wording.node(found["kind"][row], found["id"][row]) for row in rows)


def _kinds(wording: Wording, kinds: Sequence[str]) -> str:
    """The kinds of most members, with how many."""
    return wording.listed(f"{wording.kind(kind)} {count:,}" for kind, count in Counter(kinds).most_common(NAMED))


def _members(wording: Wording, found: Result) -> Table:
    rows = np.flatnonzero(found["size"] >= CIRCLE)
    rows = rows[np.lexsort((-found["stability"][rows], found["community"][rows]))]
    return listing(wording, found, ("community", "stability"), rows, percents=("stability",))


def _chart(wording: Wording, found: Result, circles: Sequence[NDArray[np.int64]]) -> Chart:
    drawn = circles[:DRAWN]
    return bars(
        [_named(wording, found, rows[:1]) for rows in drawn],
        [float(len(rows)) for rows in drawn],
        title=wording.say("sections.communities.chart"),
        measure=wording.say("sections.communities.measure"),
        language=wording.language,
    )


SECTION = Section(
    name="communities",
    build=_build,
    needs=[Need(ends="alike")],
    metrics=["consensus", "modularity", "partition_significance"],
)
