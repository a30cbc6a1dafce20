"""Roles: which parts people and organisations play, and who plays several."""

from collections.abc import Sequence

import numpy as np

from ecograph.charts import bars
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import Found, Need, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.result import Result

RELATIONS = (
    "INVESTS_IN",
    "MENTORS",
    "TEACHES",
    "TRACKS",
    "SUPPLIES",
    "DEMANDS",
    "CHOOSES_SERVICE",
    "STUDIES_AT",
    "EMPLOYS",
)


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    result = holdings.measured("roles")
    held = [name for name in result.columns[1:] if result[name].any()]
    counts = {name: int((result[name] > 0).sum()) for name in held}
    gaps = {"actors": len(result), "any": int((result["roles"] > 0).sum()), "several": int((result["roles"] > 1).sum())}
    gaps["both"] = int(((result["supplier"] > 0) & (result["demander"] > 0)).sum())
    labels = {name: wording.say(f"sections.roles.{name}") for name in held}
    chart = bars(
        [labels[name] for name in held],
        list(counts.values()),
        title=wording.say("sections.roles.chart"),
        language=wording.language,
    )
    part = Part(
        sentences=[wording.say("sections.roles.summary", **gaps)],
        chart=chart,
        sheets=[_kinds(wording, result, labels), _most(wording, result, held)],
        results=[result],
    )
    return Found(parts=[part], results=[result])


def _kinds(wording: Wording, result: Result, labels: dict[str, str]) -> Sheet:
    """How many of each kind have each role."""
    kinds = list(dict.fromkeys(result["kind"].tolist()))
    found = [result["kind"] == kind for kind in kinds]
    cells = {"role": list(labels.values()), "actors": [int((result[name] > 0).sum()) for name in labels]}
    columns = {
        wording.kind(kind): [int((of & (result[name] > 0)).sum()) for name in labels]
        for kind, of in zip(kinds, found, strict=True)
    }
    shown = {kind: counts for kind, counts in columns.items() if any(counts)}
    return Sheet("roles-kinds", wording.say("sections.roles.kinds"), wording.table(cells | shown), [result])


def _most(wording: Wording, result: Result, held: Sequence[str]) -> Sheet:
    order = np.argsort(-result["roles"], kind="stable")
    order = order[result["roles"][order] > 0]
    return Sheet(
        "roles", wording.say("sections.roles.most"), listing(wording, result, ["roles", *held], order), [result]
    )


SECTION = Section(
    name="roles",
    build=_build,
    needs=[Need(relations=RELATIONS)],
    metrics=["roles"],
)
