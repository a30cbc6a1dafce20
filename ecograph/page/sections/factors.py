"""Factors: which of the seven sorts of resource each platform is supplied with, and what its services cost."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from ecograph.charts import heat_map
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import Found, Need, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.result import Result
from ecograph.table import Table

SEPARATOR = ", "


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    result = holdings.measured("full_factor_supply")
    words = {
        word.name: wording.label("category", word.name)
        for word in wording.eco.schema.vocabulary("resource_category").words
    }
    supplies = np.array([result[name] for name in words], dtype=float).T
    lacking = (supplies == 0).sum(axis=0)
    said = wording.say(
        "sections.factors.summary",
        n=len(result),
        full=int((result["share"] == 1).sum()),
        mean=f"{result['share'].mean():.0%}",
        category=list(words.values())[int(np.argmax(lacking))],
        lacking=int(lacking.max()),
    )
    table = _table(wording, result, words)
    chart = heat_map(
        list(table["name"]),
        list(words.values()),
        supplies[np.argsort(-result["share"], kind="stable")],
        title=wording.say("sections.factors.chart"),
        measure=wording.say("sections.factors.measure"),
        language=wording.language,
    )
    sheet = Sheet("factors", wording.say("sections.factors.sheet"), table, [result])
    return Found(parts=[Part(sentences=[said], chart=chart, sheets=[sheet], results=[result])], results=[result])


def _table(wording: Wording, result: Result, words: dict[str, str]) -> Table:
    """Platforms by how much they are supplied with, what they lack, and their fees."""
    fees = [name for name in result.columns if name.startswith("fee") and not np.isnan(result[name]).all()]
    order = np.argsort(-result["share"], kind="stable")
    columns = ["share", "missing", *fees, *(["unit"] if fees else [])]
    table = listing(wording, result, columns, order, ["share"])
    missing = [wording.listed(words[name] for name in cell.split(SEPARATOR) if name) for cell in table["missing"]]
    cells = {name: table.arrow(name) for name in table.names} | {"missing": pa.array(missing, pa.string())}
    return Table(cells, table.columns)


SECTION = Section(
    name="factors",
    build=_build,
    needs=[
        Need(relations=("SUPPLIES",), columns=("resource",), kinds=("Makerspace",), attributes={"Resource": "category"})
    ],
    metrics=["full_factor_supply"],
)
