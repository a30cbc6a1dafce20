"""Shares: how much of one side's total a few members hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.charts import Chart, bars
from ecograph.page.holdings import Holdings, sides, units
from ecograph.page.section import Found, Need, Part, Section
from ecograph.page.sheet import Sheet, percent
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result
from ecograph.views import TwoMode

CASES = 6
LARGEST = 4
DRAWN = 10
COLUMNS = ("n", "total", "cr", "hhi_points", "gini", "entropy", "top_ratio")


@dataclass(frozen=True, eq=False)
class _Case:
    """Ties or amounts of one relation between two sides."""

    relation: str
    unit: str
    view: TwoMode
    result: Result

    @property
    def held(self) -> NDArray[np.float64]:
        """What each member of the first side holds."""
        role = "amount" if self.unit else "count"
        values: NDArray[np.float64] = np.asarray(self.view.graph.to_scipy(role).sum(axis=1), np.float64).ravel()
        return np.where(self.view.left, values, 0.0)


def _build(holdings: Holdings, wording: Wording, relations: Sequence[str]) -> Found:
    cases = [case for relation in relations for case in _cases(holdings, relation)][:CASES]
    # an amount says more than a number of ties
    first = next((case for case in cases if case.unit), cases[0])
    results = [case.result for case in cases]
    found = dict.fromkeys(case.unit for case in cases)
    sheets = [_sheet(wording, [case for case in cases if case.unit == unit]) for unit in found]
    chart = _chart(wording, first)
    part = Part(sentences=[_said(wording, first)], chart=chart, sheets=sheets, results=[first.result])
    return Found(parts=[part], results=results, headlines=_headline(wording, first))


def _cases(holdings: Holdings, relation: str) -> list[_Case]:
    """Ties of a relation between each pair of its sides, and its amounts unit by unit."""
    arrow = "->" if holdings.eco.schema.relation(relation).directed else "-"
    found = []
    for pair in sides(holdings.eco.schema, relation):
        rows = holdings.between(relation, *pair)
        for unit in ("", *units(rows)) if len(rows) else ():
            path = f"{pair[0]} -{relation}{arrow} {pair[1]}"
            view = holdings.eco.two_mode(path, amount="amount" if unit else None, unit=unit or None)
            found.append(_Case(relation, unit, view, metric("concentration")(view, k=LARGEST)))
    return found


def _what(wording: Wording, case: _Case) -> str:
    return wording.unit(case.unit) if case.unit else wording.say("sections.shares.ties")


def _sheet(wording: Wording, cases: Sequence[_Case]) -> Sheet:
    """What is shared in one unit, two rows a case: its sides."""
    results = [case.result for case in cases]
    rows = [(case, row) for case in cases for row in case.result.table.rows()]
    cells = {
        "relation": [wording.relation(case.relation) for case, _ in rows],
        "side": [wording.kind(row["group"]) for _, row in rows],
    }
    numbers = {name: [row[name] for _, row in rows] for name in COLUMNS}
    numbers["cr"] = [100 * share for share in numbers["cr"]]
    numbers["hhi_points"] = [round(points, 1) for points in numbers["hhi_points"]]
    known = {name: results[0].table.columns[name] for name in COLUMNS}
    table = wording.table(cells | numbers, known | {"cr": replace(known["cr"], unit="%")})
    title = wording.say("sections.shares.sheet", what=_what(wording, cases[0]))
    return Sheet(f"shares-{cases[0].unit or 'ties'}", title, table, results, shown=2 * CASES)


def _largest(wording: Wording, case: _Case) -> tuple[str, float]:
    """Name of the member that holds most, and its share."""
    held = case.held
    top = int(np.argmax(held))
    nodes = case.view.nodes
    return wording.node(str(nodes.kinds[top]), str(nodes.ids[top])), float(held[top] / held.sum())


def _gaps(wording: Wording, case: _Case) -> dict[str, object]:
    row = next(case.result.table.rows())
    name, share = _largest(wording, case)
    tied = wording.say("sections.shares.tied", count=int(row["total"]))
    return {
        "k": LARGEST,
        "n": row["n"],
        "side": wording.kind(row["group"]),
        "relation": wording.relation(case.relation),
        "total": wording.amount(row["total"], case.unit) if case.unit else tied,
        "share": percent(row["cr"]),
        "points": f"{row['hhi_points']:,.0f}",
        "equal": f"{1 / row['hhi']:,.0f}",
        "node": name,
        "most": percent(share),
    }


def _said(wording: Wording, case: _Case) -> str:
    return wording.say("sections.shares.summary", **_gaps(wording, case)) if case.held.any() else ""


def _headline(wording: Wording, case: _Case) -> dict[str, str]:
    return {"concentration": wording.say("headlines.concentration", **_gaps(wording, case))} if case.held.any() else {}


def _chart(wording: Wording, case: _Case) -> Chart:
    held = case.held
    rows = np.argsort(-held, kind="stable")[:DRAWN]
    rows = rows[held[rows] > 0]
    nodes = case.view.nodes
    names = wording.nodes(nodes.kinds.take(pa.array(rows)), nodes.ids.take(pa.array(rows)))
    return bars(
        names.to_pylist(),
        100 * held[rows] / max(held.sum(), np.finfo(float).tiny),
        title=wording.say("sections.shares.chart", relation=wording.relation(case.relation), what=_what(wording, case)),
        unit="%",
        language=wording.language,
    )


SECTION = Section(
    name="shares",
    build=_build,
    needs=[Need(ends="two-sided")],
    metrics=["concentration"],
)
