"""Supervision: which agreements a third party watches over."""

from collections.abc import Sequence

import numpy as np

from ecograph.charts import bars
from ecograph.page.acting import LISTED, call, node_cases
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import Found, Need, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording

COLUMNS = ("supervised_by", "parties", "agreed_by", "own_supervisors")
GROUPS = ("third", "own", "nobody", "unknown")


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    result = holdings.measured("supervision")
    known, third, own = result["parties"] > 0, result["supervised"] == 1, result["own_supervisors"] > 0
    alone = known & ~third
    counts = [int(rows.sum()) for rows in (third, alone & own, alone & ~own, ~known)]
    first = np.argsort(third, kind="stable")
    part = Part(
        sentences=[wording.say("sections.supervision.summary", count=counts[0], all=int(known.sum()))],
        chart=bars(
            [wording.say(f"sections.supervision.{name}") for name in GROUPS],
            counts,
            title=wording.say("sections.supervision.chart"),
            language=wording.language,
        ),
        sheets=[
            Sheet(
                "supervision",
                wording.say("sections.supervision.sheet"),
                listing(wording, result, COLUMNS, first),
                [result],
            )
        ],
        results=[result],
    )
    rows = np.flatnonzero(alone)
    if not len(rows):
        return Found(parts=[part], results=[result])
    cases = [case | {"form": "row"} for case in node_cases(wording, result, COLUMNS, rows[:LISTED])]
    made = call(wording, "unsupervised", cases, len(rows), all=int(known.sum()))
    return Found(parts=[part], results=[result], calls={"unsupervised": made})


SECTION = Section(
    name="supervision",
    build=_build,
    needs=[Need(relations=("PARTY_TO",), beside=("SUPERVISES",))],
    metrics=["supervision"],
)
