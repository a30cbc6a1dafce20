"""Attention: which projects are evaluated, answered and tracked, and by how many."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecograph.charts import bars
from ecograph.page.holdings import Holdings, sides
from ecograph.page.section import Found, Need, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result

RELATIONS = ("EVALUATES", "GIVES_FEEDBACK", "TRACKS")


def _build(holdings: Holdings, wording: Wording, relations: Sequence[str]) -> Found:
    shown = [relation for relation in RELATIONS if relation in relations]
    results, rows = [], []
    for relation in shown:
        person, project = sides(holdings.eco.schema, relation)[0]
        view = holdings.eco.two_mode(f"{person} -{relation}-> {project}")
        results.append(metric("degree")(view))
        rows.append(_row(wording, relation, results[-1], ~view.left))
    table = wording.table({name: [row[name] for row in rows] for name in rows[0]}, units={"share": "%"})
    sheet = Sheet("attention", wording.say("sections.attention.sheet"), table, results, open=True)
    chart = bars(
        list(table["relation"]),
        table["share"],
        title=wording.say("sections.attention.chart"),
        unit="%",
        language=wording.language,
    )
    first = rows[0]
    said = wording.say("headlines.attention", **{name: first[name] for name in ("relation", "projects", "reached")})
    part = Part(chart=chart, sheets=[sheet], results=results)
    return Found(parts=[part], results=results, headlines={"attention": said})


def _row(wording: Wording, relation: str, result: Result, projects: NDArray[np.bool_]) -> dict[str, Any]:
    counts = result["degree"]
    reached = int((counts[projects] > 0).sum())
    busiest = int(np.argmax(np.where(projects, -1, counts)))
    kind, id = result["kind"][busiest], result["id"][busiest]
    return {
        "relation": wording.relation(relation),
        "projects": int(projects.sum()),
        "reached": reached,
        "unreached": int(projects.sum()) - reached,
        "share": 100 * reached / max(int(projects.sum()), 1),
        "persons": int((counts[~projects] > 0).sum()),
        "busiest": wording.node(kind, id),
        "load": int(counts[busiest]),
    }


SECTION = Section(
    name="attention",
    build=_build,
    needs=[Need(relations=RELATIONS, ends="two-sided")],
    metrics=["degree"],
)
