"""Cycling: how much of what moves comes round again, and whether it would without what makers give."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ecograph.charts import Chart, bars
from ecograph.page.holdings import Holdings, units
from ecograph.page.listing import listing, opened
from ecograph.page.section import FLOWING, Found, Part, Section
from ecograph.page.sheet import PERCENT, Sheet, percent
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result
from ecograph.table import Table

CASES = 3
GIVERS = "Maker"
MOSTLY = 0.5
HEADED = {"without": "if_not_given", "carried": "falls_by", "amount": "comes_round", "share": "share", "n": "n"}
SHARES = ("without", "carried", "share")


def _build(holdings: Holdings, wording: Wording, relations: Sequence[str]) -> Found:
    parts: list[Part] = []
    results: list[Result] = []
    headlines: dict[str, str] = {}
    cases = [(relation, unit) for relation in relations for unit in units(holdings.relations(relation))]
    for relation, unit in cases[:CASES]:
        view = holdings.eco.flows(relation, unit=unit, outside=holdings.outside)
        whole, kinds, order = (metric(name)(view) for name in ("flow_statistics", "cycling", "ascendency"))
        parts.append(_part(wording, relation, unit, (whole, kinds, order)))
        results += [whole, kinds, order]
        headlines = headlines or _headline(wording, unit, whole, kinds)
    return Found(parts=parts, results=results, headlines=headlines)


def _part(wording: Wording, relation: str, unit: str, results: tuple[Result, Result, Result]) -> Part:
    whole, kinds, order = results
    shown = wording.unit(unit)
    flowing = float(whole["total_throughflow"][0]) > 0
    sentences = [_told(wording, whole, kinds, flowing=flowing)]
    sentences += [opened(order.explained(0, wording.language))] if flowing else []
    name, title = f"cycling-{relation}-{unit}", wording.say("sections.cycling.sheet", unit=shown)
    cycles = bool((kinds["cycling"] > 0).any())
    return Part(
        heading=wording.say("sections.cycling.heading", relation=wording.relation(relation), unit=shown),
        facts=_facts(wording, whole, order),
        sentences=sentences,
        chart=_chart(wording, kinds, shown),
        sheets=[Sheet(name, title, _table(wording, kinds, unit), [kinds])] if cycles else [],
        results=[kinds],
    )


def _table(wording: Wording, kinds: Result, unit: str) -> Table:
    """What comes round without what each kind gives, the least first."""
    order = np.argsort(-kinds["carried"], kind="stable")
    listed = listing(wording, kinds, tuple(HEADED), order, SHARES)
    named = [wording.kind(kind) for kind in kinds["group"][order]]
    cells = {headed: listed.arrow(name) for name, headed in HEADED.items()}
    return wording.table(
        {"group": named} | cells, units={HEADED[name]: PERCENT for name in SHARES} | {HEADED["amount"]: unit}
    )


def _facts(wording: Wording, whole: Result, order: Result) -> list[tuple[str, str]]:
    """What one number tells; a number that the data do not give is left out."""
    entered = float(whole["boundary"][0]) > 0
    found = {
        "cycling": percent(whole["cycling"][0]),
        "length": f"{whole['path_length'][0]:.2f}" if entered else "",
        "indirect": percent(whole["indirect_share"][0]) if entered else "",
        "ascendency": percent(order["relative_ascendency"][0]),
        "robustness": f"{order['robustness'][0]:.3f}" if not math.isnan(order["robustness"][0]) else "",
    }
    return [(wording.say(f"sections.cycling.{name}"), value) for name, value in found.items() if value]


def _told(wording: Wording, whole: Result, kinds: Result, *, flowing: bool) -> str:
    """How much comes round, with and without what makers give, and what that means."""
    share = float(whole["cycling"][0])
    if math.isnan(share):
        return wording.say(f"sections.cycling.{'loop' if flowing else 'nothing'}")
    if not share:
        return wording.say("sections.cycling.none")
    row = _giving(kinds)
    if math.isnan(row["without"]):
        ends = {end: percent(whole[f"cycling_{end}"][0]) for end in ("low", "high")}
        return wording.say("sections.cycling.large", share=percent(share), **ends)
    gaps = _gaps(wording, row)
    said = wording.say(f"sections.cycling.{'with_and_without' if row['without'] else 'with_only'}", **gaps)
    return wording.told(said, wording.say(f"sections.cycling.{_meaning(row)}", kind=gaps["kind"]))


def _gaps(wording: Wording, row: dict[str, Any]) -> dict[str, str]:
    shares = {"share": percent(row["cycling"]), "without": percent(row["without"])}
    return shares | {"kind": wording.kind(row["group"])}


def _giving(kinds: Result) -> dict[str, Any]:
    """The row of makers; without them, of the kind that carries most."""
    rows = list(kinds.table.rows())
    return next((row for row in rows if row["group"] == GIVERS), max(rows, key=lambda row: row["carried"]))


def _meaning(row: dict[str, Any]) -> str:
    if row["carried"] >= MOSTLY * row["cycling"]:
        return "mostly"
    return "partly" if row["carried"] > 0 else "hardly"


def _headline(wording: Wording, unit: str, whole: Result, kinds: Result) -> dict[str, str]:
    share = float(whole["cycling"][0])
    if not share > 0 or math.isnan(kinds["without"][0]):
        return {}
    row = _giving(kinds)
    form = "cycling" if row["without"] else "cycling_only"
    return {"cycling": wording.say(f"headlines.{form}", unit=wording.unit(unit), **_gaps(wording, row))}


def _chart(wording: Wording, kinds: Result, unit: str) -> Chart | None:
    """Cycling as it is, and without what each kind gives that carries some of it."""
    rows = np.flatnonzero(kinds["carried"] > 0)
    if not len(rows):
        return None
    labels = [wording.say("sections.cycling.without", kind=wording.kind(kinds["group"][row])) for row in rows]
    return bars(
        [wording.say("sections.cycling.as_is"), *labels],
        100 * np.array([kinds["cycling"][0], *kinds["without"][rows]]),
        title=wording.say("sections.cycling.chart", unit=unit),
        unit="%",
        language=wording.language,
    )


SECTION = Section(
    name="cycling",
    build=_build,
    needs=[FLOWING],
    metrics=["flow_statistics", "cycling", "ascendency"],
)
