"""Matches: idle supplies that an unmet demand asks for."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import DOCKED, Found, Need, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.result import Result

DEMAND, SUPPLY = ("resource", "missing", "unit", "days"), ("resource", "idle", "unit")


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    unmet, idle = (holdings.measured(name) for name in ("unmet_demand", "idle_supply"))
    offers = _open(idle)
    pairs = [(demand, offers[key]) for key, rows in _open(unmet).items() if key in offers for demand in rows]
    pairs.sort(key=lambda pair: pair[0])
    waiting = int((unmet["state"] == "open").sum())
    said = wording.say(f"sections.matches.{'some' if pairs else 'none'}", count=len(pairs), all=waiting)
    sheets = [_sheet(wording, unmet, idle, pairs)] if pairs else []
    return Found(parts=[Part(sentences=[said], sheets=sheets, results=[unmet, idle])], results=[unmet, idle])


def _open(result: Result) -> Mapping[tuple[str, str], list[int]]:
    """Open rows by resource and unit."""
    found: dict[tuple[str, str], list[int]] = {}
    for place, (resource, unit, state) in enumerate(
        zip(*(result[name] for name in ("resource", "unit", "state")), strict=True)
    ):
        if state == "open":
            found.setdefault((resource, unit), []).append(place)
    return found


def _sheet(wording: Wording, unmet: Result, idle: Result, pairs: Sequence[tuple[int, Sequence[int]]]) -> Sheet:
    """Each demand beside the supply of which most is left."""
    wanted = listing(wording, unmet, DEMAND, [demand for demand, _ in pairs])
    best = [max(rows, key=lambda row: idle["idle"][row]) for _, rows in pairs]
    offered = listing(wording, idle, SUPPLY, best)
    cells: dict[str, Any] = {
        "resource": wanted.arrow("resource"),
        "waits": wanted.arrow("from"),
        "waits_at": wanted.arrow("at"),
        "missing": wanted.arrow("missing"),
        "unit": wanted.arrow("unit"),
        "days": wanted.arrow("days"),
        "offers": offered.arrow("from"),
        "offers_at": offered.arrow("at"),
        "idle": offered.arrow("idle"),
        "supplies": np.array([len(rows) for _, rows in pairs]),
    }
    known = {name: wanted.columns[name] for name in DEMAND} | {"idle": offered.columns["idle"]}
    return Sheet(
        "matches", wording.say("sections.matches.sheet"), wording.table(cells, known), [unmet, idle], open=True
    )


SECTION = Section(
    name="matches",
    build=_build,
    needs=[Need(relations=DOCKED.relations, columns=DOCKED.columns, beside=("SUPPLIES", "TRANSFERS"))],
    metrics=["unmet_demand", "idle_supply"],
)
