"""Dependence: without whom demands would not have been met."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.charts import bars
from ecograph.page.acting import DRAWN, NAMED
from ecograph.page.holdings import Holdings
from ecograph.page.listing import listing
from ecograph.page.section import DOCKED, Found, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.result import Result
from ecograph.table import Table

COLUMNS = ("resource", "lost", "unit", "alternatives")


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    result = holdings.measured("critical_supplier")
    unmet = holdings.measured("coverage")["unmet"]
    met = len(holdings.ledger.demands) - int(unmet.sum())
    if not len(result):
        return Found(parts=[Part(sentences=[wording.say("sections.dependence.none", met=met)])], results=[result])
    suppliers = _suppliers(wording, result)
    firsts = suppliers.take(np.arange(min(DRAWN, len(suppliers))))
    chart = bars(
        list(firsts["name"]),
        firsts["relying"].astype(float),
        title=wording.say("sections.dependence.chart"),
        measure=wording.say("sections.dependence.measure"),
        language=wording.language,
    )
    sheets = [
        Sheet("dependence", wording.say("sections.dependence.sheet"), suppliers, [result], open=True),
        Sheet("dependence-demands", wording.say("sections.dependence.demands"), _demands(wording, result), [result]),
    ]
    part = Part(
        sentences=[_told(wording, result, suppliers, met)],
        chart=chart,
        sheets=sheets,
        results=[result],
    )
    return Found(parts=[part], results=[result])


def _told(wording: Wording, result: Result, suppliers: Table, met: int) -> str:
    """How many demands rely on one supplier, on whom, and how many have nobody else."""
    named = [
        wording.say("sections.dependence.brief", node=row["name"], count=row["relying"])
        for row in suppliers.take(np.arange(min(NAMED, len(suppliers)))).rows()
    ]
    rows = _rows_of_demands(result)
    alternatives = result["alternatives"][rows]
    names = wording.following(named, len(suppliers))
    said = wording.say("sections.dependence.summary", names=names, count=len(rows), met=met)
    if np.isnan(alternatives).all():
        return said
    none, one = (int(np.count_nonzero(alternatives == count)) for count in (0, 1))
    return wording.told(said, wording.say("sections.dependence.single", none=none, one=one))


def _rows_of_demands(result: Result) -> Any:
    """One row a demand, that of the supplier who could be replaced by fewest."""
    order = np.argsort(result["alternatives"], kind="stable")
    keys = [result.table.arrow(name).take(pa.array(order)) for name in ("key", "source_kind", "source", "target")]
    places = pc.index_in(joined := pc.binary_join_element_wise(*keys, "\n"), pc.unique(joined))
    return order[np.unique(places.to_numpy(zero_copy_only=False), return_index=True)[1]]


def _suppliers(wording: Wording, result: Result) -> Table:
    """A row a supplier, the one that most demands rely on first."""
    named = pa.table({name: result.table.arrow(name) for name in ("supplier_kind", "supplier", "alternatives")})
    single = pc.fill_null(pc.equal(named.column("alternatives").cast(pa.float64()), 0.0), False).cast(pa.int64())
    wanted = [("single", "sum"), ("alternatives", "min"), ("supplier", "count")]
    grouped = named.append_column("single", single).group_by(["supplier_kind", "supplier"], use_threads=False)
    sort = [("supplier_count", "descending"), ("supplier_kind", "ascending"), ("supplier", "ascending")]
    found = grouped.aggregate(wanted).sort_by(sort).combine_chunks()
    kinds, ids = (found.column(name).combine_chunks() for name in ("supplier_kind", "supplier"))
    counts = {"relying": "supplier_count", "single": "single_sum", "fewest": "alternatives_min"}
    return wording.table(
        wording.node_cells(kinds, ids) | {name: found.column(column) for name, column in counts.items()}
    )


def _demands(wording: Wording, result: Result) -> Table:
    """Demands that rely on one supplier, those that nobody else could take over first."""
    order = np.lexsort((-result["demands"], result["alternatives"]))
    table = listing(wording, result, COLUMNS, order)
    picked = result.table.take(order)
    supplier = wording.called(picked.arrow("supplier_kind"), picked.arrow("supplier"))
    cells = {name: table.arrow(name) for name in table.names}
    firsts = {name: cells.pop(name) for name in ("key", "from", "at")}
    return wording.table(firsts | {"relies_on": supplier} | cells, {name: table.columns[name] for name in COLUMNS})


SECTION = Section(name="dependence", build=_build, needs=[DOCKED], metrics=["critical_supplier"])
