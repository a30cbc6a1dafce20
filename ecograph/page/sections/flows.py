"""Flows: what passes through each node."""

from collections.abc import Sequence

import numpy as np

from ecograph.charts import bars
from ecograph.page.holdings import Holdings, units
from ecograph.page.section import FLOWING, Found, Part, Section
from ecograph.page.sheet import Sheet, exactly
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result

CASES = 3
DRAWN = 10


def _build(holdings: Holdings, wording: Wording, relations: Sequence[str]) -> Found:
    parts: list[Part] = []
    results: list[Result] = []
    headlines: dict[str, str] = {}
    cases = [(relation, unit) for relation in relations for unit in units(holdings.relations(relation))]
    for relation, unit in cases[:CASES]:
        result = metric("throughflow")(holdings.eco.flows(relation, unit=unit, outside=holdings.outside))
        parts.append(_part(wording, relation, unit, result))
        results.append(result)
        headlines = headlines or _headline(wording, unit, result)
    return Found(parts=parts, results=results, headlines=headlines)


def _headline(wording: Wording, unit: str, result: Result) -> dict[str, str]:
    total = float(result["throughflow"].sum())
    if not total:
        return {}
    top = next(result.top(1).rows())
    said = wording.say(
        "headlines.throughflow",
        total=wording.amount(total, unit),
        node=wording.node(top["kind"], top["id"]),
        most=wording.amount(top["throughflow"], unit),
    )
    return {"throughflow": said}


def _part(wording: Wording, relation: str, unit: str, result: Result) -> Part:
    table = wording.ranked(result)
    shown = wording.unit(unit)
    title = wording.say("sections.flows.most", unit=shown)
    top = table.take(np.flatnonzero(table["throughflow"] > 0)[:DRAWN])
    said = wording.say(
        "sections.flows.summary",
        total=f"{exactly(float(result['throughflow'].sum()))} {shown}",
        input=f"{exactly(float(result['input'].sum()))} {shown}",
        export=f"{exactly(float(result['export'].sum()))} {shown}",
        nodes=int((result["throughflow"] > 0).sum()),
    )
    return Part(
        heading=wording.say("sections.flows.heading", relation=wording.relation(relation), unit=shown),
        sentences=[said],
        chart=bars(list(top["name"]), top["throughflow"], title=title, unit=shown, language=wording.language),
        sheets=[Sheet(f"flows-{relation}-{unit}", title, table, [result])],
        results=[result],
    )


SECTION = Section(
    name="flows",
    build=_build,
    needs=[FLOWING],
    metrics=["throughflow"],
)
