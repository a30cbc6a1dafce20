"""Idle supplies: what is offered and nobody takes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecograph.charts import Chart, bars
from ecograph.page.acting import DRAWN, LISTED, call
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing, measured
from ecograph.page.section import SUPPLIED, Found, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.result import Result

COLUMNS = ("resource", "idle", "supplied", "available", "unit", "since", "state")


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    result = holdings.measured("idle_supply")
    free = np.flatnonzero(result["state"] == "open")
    gaps = {"count": len(free), "closed": len(result) - len(free), "all": len(holdings.ledger.supplies)}
    said = wording.say(f"sections.idle.{'some' if len(result) else 'none'}", **gaps)
    if gaps["closed"]:
        said = wording.told(said, wording.say("sections.idle.closed", **gaps))
    if not len(result):
        return Found(parts=[Part(sentences=[said])], results=[result])
    table = listing(wording, result, COLUMNS, percents=("available",))
    sheet = Sheet("idle", wording.say("sections.idle.sheet"), table, [result])
    part = Part(sentences=[said], chart=_chart(wording, result, free), sheets=[sheet], results=[result])
    shown = listing(wording, result, COLUMNS, free[:LISTED]).rows()
    plain = result.table.take(free[:LISTED]).rows()
    cases = [_case(wording, *one) for one in zip(shown, plain, strict=True)]
    calls = {"idle": call(wording, "idle", cases, len(free), all=gaps["all"])} if cases else {}
    return Found(parts=[part], results=[result], calls=calls)


def _case(wording: Wording, shown: Mapping[str, Any], plain: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "form": "row",
        "who": shown["from"],
        "short": wording.node(plain["source_kind"], plain["source"]),
        "where": shown["at"],
        "what": shown["resource"],
        "thing": wording.node("Resource", plain["resource"]),
        "amount": measured(wording, plain["idle"], plain["unit"]),
        "share": f"{plain['available']:.0%}",
    }


def _chart(wording: Wording, result: Result, free: NDArray[np.int64]) -> Chart | None:
    """How many open supplies of each resource are not used up."""
    counts = Counter(result["resource"][free].tolist()).most_common(DRAWN)
    if not counts:
        return None
    return bars(
        [wording.node("Resource", resource) for resource, _ in counts],
        [count for _, count in counts],
        title=wording.say("sections.idle.chart"),
        language=wording.language,
    )


SECTION = Section(name="idle", build=_build, needs=[SUPPLIED], metrics=["idle_supply"])
