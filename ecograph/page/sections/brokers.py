"""Brokers: who stands between others that are not joined themselves."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ecograph.charts import Chart, bars, heat_map
from ecograph.page.acting import LISTED, call, node_cases
from ecograph.page.holdings import Holdings, apart
from ecograph.page.section import LED, Call, Found, Need, Part, Section, closest_first, led
from ecograph.page.sheet import Sheet, percent, shares
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result
from ecograph.views import Network

CASES = 2
DRAWN = 10
NAMED = 3
FEW = 0.1


def _build(holdings: Holdings, wording: Wording, relations: Sequence[str]) -> Found:
    parts: list[Part] = []
    results: list[Result] = []
    headlines: dict[str, str] = {}
    calls: dict[str, Call] = {}
    for relation in closest_first(relations)[:CASES]:
        leads = apart(holdings.eco.schema, relation)
        view = holdings.eco.network(led(holdings.eco.schema, relation) if leads else relation)
        result = metric("brokerage")(view)
        name = wording.relation(relation)
        heading = wording.say(f"sections.brokers.{'led' if leads else 'direct'}", relation=name)
        parts += [
            _roles(wording, relation, heading, view, result),
            _brokers(wording, relation, result, first=not results),
        ]
        results.append(result)
        headlines = headlines or _headline(wording, heading, result)
        calls = calls or ({} if leads else _missed(wording, name, result))
    return Found(parts=parts, results=results, headlines=headlines, calls=calls)


def _missed(wording: Wording, relation: str, result: Result) -> dict[str, Call]:
    """Those who stand between at least half as many pairs as the strongest does, if they are few."""
    totals = result["total"]
    rows = np.argsort(-totals, kind="stable")
    rows = rows[2 * totals[rows] >= totals.max(initial=0)]
    if not totals.any() or len(rows) > FEW * len(totals):
        return {}
    cases = [
        case | {"form": "row", "total": f"{case['total']:,}"}
        for case in node_cases(wording, result, ("total",), rows[:LISTED])
    ]
    gaps: dict[str, Any] = {
        "nodes": len(result),
        "relation": relation,
        "share": percent(totals[rows].sum() / totals.sum()),
    }
    return {"missed": call(wording, "missed", cases, len(rows), **gaps)}


def _headline(wording: Wording, heading: str, result: Result) -> dict[str, str]:
    total = int(result["total"].sum())
    if not total:
        return {}
    top = result.top(NAMED)
    named = [
        wording.say("headlines.broker", node=wording.node(row["kind"], row["id"]), total=row["total"])
        for row in top.rows()
        if row["total"]
    ]
    said = wording.say("headlines.brokers", case=heading, names=wording.listed(named), total=total)
    return {"brokers": said}


def _roles(wording: Wording, relation: str, heading: str, view: Network, result: Result) -> Part:
    roles = result.columns[1:]
    sums = {role: int(result[role].sum()) for role in roles}
    total = int(result["total"].sum())
    labels = [wording.column(role, result.table.columns[role]) for role in roles]
    cells = {
        "role": [*labels, wording.say("sections.brokers.total")],
        "reading": [*(wording.say(f"sections.brokers.roles.{role}") for role in roles), ""],
        "pairs": [*sums.values(), total],
        "share": [*shares(list(sums.values())), 100.0 if total else np.nan],
    }
    table = wording.table(cells, units={"share": "%"})
    sheet = Sheet(f"brokers-{relation}-roles", wording.say("sections.brokers.sums"), table, [result])
    arcs = len(view.arcs) if view.directed else len(view.arcs) // 2
    acting = int((result["total"] > 0).sum())
    said = wording.say("sections.brokers.summary", nodes=view.n, arcs=arcs, total=total, acting=acting)
    chart = _map(wording, labels, result)
    return Part(heading=heading, sentences=[said], chart=chart, sheets=[sheet], results=[result])


def _map(wording: Wording, labels: Sequence[str], result: Result) -> Chart | None:
    """Roles by kind of the broker; nothing to compare if all are of one kind."""
    kinds = list(dict.fromkeys(result["kind"].tolist()))
    if len(kinds) < 2:
        return None
    sums = [[int(result[role][result["kind"] == kind].sum()) for role in result.columns[1:]] for kind in kinds]
    return heat_map(
        [wording.kind(kind) for kind in kinds],
        list(labels),
        np.array(sums, dtype=float),
        title=wording.say("sections.brokers.by_kind"),
        measure=wording.say("sections.brokers.measure"),
        language=wording.language,
    )


def _brokers(wording: Wording, relation: str, result: Result, *, first: bool) -> Part:
    table = wording.ranked(result)
    sheet = Sheet(f"brokers-{relation}", wording.say("sections.brokers.most"), table, [result], open=first)
    top = table.take(np.flatnonzero(table["total"] > 0)[:DRAWN])
    kinds = list(top["kind"])
    chart = bars(
        list(top["name"]),
        top["total"].astype(float),
        title=sheet.title,
        measure=wording.say("sections.brokers.measure"),
        categories=kinds if len(set(kinds)) > 1 else None,
        language=wording.language,
    )
    return Part(chart=chart, sheets=[sheet], results=[result])


SECTION = Section(
    name="brokers",
    build=_build,
    needs=[LED, Need(ends="alike")],
    metrics=["brokerage"],
)
