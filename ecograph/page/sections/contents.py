"""Contents: what is in the data."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from ecograph.charts import bars
from ecograph.page.holdings import Holdings
from ecograph.page.section import Found, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording

FACTS = 8


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    nodes, relations = holdings.nodes, holdings.rows
    chart = bars(
        [wording.kind(kind) for kind in nodes],
        list(nodes.values()),
        title=wording.say("sections.contents.chart"),
        language=wording.language,
    )
    said = wording.say("sections.contents.summary", nodes=sum(nodes.values()), relations=sum(relations.values()))
    parts = [
        Part(
            facts=_facts(holdings, wording)[:FACTS],
            sentences=[said if nodes else wording.say("sections.contents.empty")],
            chart=chart if nodes else None,
            sheets=[_sheet(holdings, wording)] if nodes else [],
        )
    ]
    return Found(parts=parts, headlines=_headlines(holdings, wording))


def _branches(holdings: Holdings) -> Counter[str]:
    """Nodes of each branch of the tree of kinds."""
    counts: Counter[str] = Counter()
    for kind, count in holdings.nodes.items():
        counts[holdings.eco.schema.branch(kind)] += count
    return counts


def _facts(holdings: Holdings, wording: Wording) -> list[tuple[str, str]]:
    branches = [(wording.kind(kind), f"{count:,}") for kind, count in _branches(holdings).most_common(FACTS // 2)]
    return branches + [(wording.relation(kind), f"{count:,}") for kind, count in holdings.rows.items()]


def _sheet(holdings: Holdings, wording: Wording) -> Sheet:
    table = holdings.summary
    named = [
        wording.kind(kind) if what == "node" else wording.relation(kind)
        for what, kind in zip(table["what"], table["kind"], strict=True)
    ]
    cells: dict[str, Any] = {
        "what": pa.array([wording.say(f"sections.contents.{what}") for what in table["what"]], pa.string()),
        "called": pa.array(named, pa.string()),
        "in_data": table.arrow("kind"),
        "count": table.arrow("count"),
    }
    days = {name: table.arrow(name) for name in ("first", "last") if table.arrow(name).null_count < len(table)}
    cells |= {name: [str(day or "") for day in column.to_pylist()] for name, column in days.items()}
    return Sheet("contents", wording.say("sections.contents.sheet"), wording.table(cells), shown=80)


def _headlines(holdings: Holdings, wording: Wording) -> dict[str, str]:
    period = wording.say("headlines.undated")
    if holdings.days:
        period = wording.say("headlines.period", first=holdings.days[0], last=holdings.days[1])
    counted = [
        wording.say("headlines.counted", kind=wording.kind(kind), count=count)
        for kind, count in _branches(holdings).most_common(3)
    ]
    nodes, relations = sum(holdings.nodes.values()), sum(holdings.rows.values())
    size = wording.say("headlines.size", nodes=nodes, relations=relations, kinds=wording.listed(counted))
    return {
        "size": size if nodes else wording.say("headlines.empty"),
        "period": period,
    }


SECTION = Section(name="contents", build=_build)
