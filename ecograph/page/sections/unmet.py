"""Unmet demands: who waits for what, where and since when."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ecograph.page.acting import LISTED, call, days_chart
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing, measured
from ecograph.page.section import DOCKED, Found, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.result import Result

COLUMNS = ("resource", "missing", "unit", "days", "since", "state", "demanded")


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    result = holdings.measured("unmet_demand")
    waiting = np.flatnonzero(result["state"] == "open")
    gaps = {"count": len(waiting), "closed": len(result) - len(waiting), "all": len(holdings.ledger.demands)}
    said = wording.say(f"sections.unmet.{'some' if len(result) else 'none'}", **gaps)
    if gaps["closed"]:
        said = wording.told(said, wording.say("sections.unmet.closed", **gaps))
    if not len(result):
        return Found(parts=[Part(sentences=[said])], results=[result])
    sheet = Sheet("unmet", wording.say("sections.unmet.sheet"), listing(wording, result, COLUMNS), [result], open=True)
    cases = _cases(wording, result, waiting[:LISTED])
    title = wording.say("sections.unmet.chart")
    part = Part(sentences=[said], chart=days_chart(wording, cases, title), sheets=[sheet], results=[result])
    longest = max((case["days"] for case in cases if case["days"] is not None), default=None)
    form = "" if longest is not None else "_undated"
    calls = {"unmet": call(wording, "unmet", cases, len(waiting), form, days=longest)} if cases else {}
    return Found(parts=[part], results=[result], calls=calls)


def _cases(wording: Wording, result: Result, rows: Any) -> list[dict[str, Any]]:
    """Those who wait, the longest first."""
    shown = listing(wording, result, COLUMNS, rows).rows()
    plain = result.table.take(rows).rows()
    return [_case(wording, *one) for one in zip(shown, plain, strict=True)]


def _case(wording: Wording, shown: Mapping[str, Any], plain: Mapping[str, Any]) -> dict[str, Any]:
    dated = plain["since"] is not None
    return {
        "form": "row" if dated else "undated",
        "who": shown["from"],
        "short": wording.node(plain["source_kind"], plain["source"]),
        "where": shown["at"],
        "what": shown["resource"],
        "thing": wording.node("Resource", plain["resource"]),
        "amount": measured(wording, plain["missing"], plain["unit"]),
        "since": plain["since"],
        "days": int(plain["days"]) if dated else None,
    }


SECTION = Section(name="unmet", build=_build, needs=[DOCKED], metrics=["unmet_demand"])
