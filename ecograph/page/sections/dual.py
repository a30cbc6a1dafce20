"""Dual roles: who gives and takes at once."""

from collections.abc import Sequence

import numpy as np

from ecograph.charts import bars
from ecograph.page.holdings import Holdings, units
from ecograph.page.listing import listing
from ecograph.page.section import FLOWING, Found, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result
from ecograph.table import Table

CASES = 3
COLUMNS = ("duality", "out", "in")


def _build(holdings: Holdings, wording: Wording, relations: Sequence[str]) -> Found:
    outside = holdings.outside
    cases = [(relation, unit) for relation in relations for unit in units(holdings.relations(relation))][:CASES]
    results = [metric("duality")(holdings.eco.flows(relation, unit=unit, outside=outside)) for relation, unit in cases]
    parts = [_part(wording, unit, result) for (_, unit), result in zip(cases, results, strict=True)]
    return Found(parts=parts, results=results)


def _part(wording: Wording, unit: str, result: Result) -> Part:
    table = _kinds(wording, result)
    shown = wording.unit(unit)
    both = np.flatnonzero(result["both"] == 1)
    ranked = both[np.argsort(-result["duality"][both], kind="stable")]
    gaps = {
        "unit": shown,
        "both": len(both),
        "moving": int((result["out"] + result["in"] > 0).sum()),
        "nodes": len(result),
    }
    chart = bars(
        list(table["kind"]),
        table["share"],
        title=wording.say("sections.dual.chart", unit=shown),
        unit="%",
        language=wording.language,
    )
    title, people = (wording.say(f"sections.dual.{name}", unit=shown) for name in ("sheet", "nodes"))
    sheets = [Sheet(f"dual-{unit}-kinds", title, table, [result], shown=40)]
    if len(ranked):
        sheets.append(Sheet(f"dual-{unit}", people, listing(wording, result, COLUMNS, ranked), [result]))
    heading = wording.say("sections.dual.heading", unit=shown)
    said = wording.say("sections.dual.summary", **gaps)
    return Part(heading=heading, sentences=[said], chart=chart if len(both) else None, sheets=sheets, results=[result])


def _kinds(wording: Wording, result: Result) -> Table:
    """How many of each kind move anything, and do both."""
    kinds = list(dict.fromkeys(result["kind"].tolist()))
    rows = [result["kind"] == kind for kind in kinds]
    moving, both = (result["out"] + result["in"] > 0), result["both"] == 1
    counts = np.array([[of.sum(), (of & moving).sum(), (of & both).sum()] for of in rows], dtype=np.int64)
    shares = np.divide(100.0 * counts[:, 2], counts[:, 1], out=np.zeros(len(kinds)), where=counts[:, 1] > 0)
    order = np.argsort(-shares, kind="stable")
    cells = {"kind": [wording.kind(kinds[place]) for place in order]}
    numbers = dict(zip(("nodes", "moving", "both"), counts[order].T, strict=True))
    return wording.table(cells | numbers | {"share": shares[order]}, units={"share": "%"})


SECTION = Section(name="dual", build=_build, needs=[FLOWING], metrics=["duality"])
