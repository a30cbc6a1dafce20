"""Amounts: what each kind gives or receives, in each unit."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.charts import Chart, bars, sankey
from ecograph.page.holdings import Holdings, units
from ecograph.page.section import Found, Need, Part, Section
from ecograph.page.sheet import Sheet, exactly, shares
from ecograph.page.wording import Wording
from ecograph.table import Table

CASES = 4
ENDS = ["source_kind", "target_kind"]


def _build(holdings: Holdings, wording: Wording, relations: Sequence[str]) -> Found:
    cases = [(relation, unit) for relation in relations for unit in units(holdings.relations(relation))]
    parts = []
    for relation, unit in cases[:CASES]:
        parts += [_by_kind(holdings, wording, relation, unit), _largest(holdings, wording, relation, unit)]
    rest = wording.listed(f"{wording.relation(relation)} ({wording.unit(unit)})" for relation, unit in cases[CASES:])
    if rest:
        parts.append(Part(sentences=[wording.say("sections.amounts.rest", cases=rest)]))
    return Found(parts=parts)


def _grouped(holdings: Holdings, relation: str, unit: str, keys: Sequence[str]) -> pa.Table:
    """Rows, rows without an amount, and the sum of the amounts in a unit."""
    table = holdings.relations(relation)
    amounts = table.arrow("amount").cast(pa.float64())
    fits = pc.and_(pc.is_valid(amounts), pc.fill_null(pc.equal(table.arrow("unit").cast(pa.string()), unit), False))
    cells = {key: table.arrow(key) for key in keys} | {
        "rows": pa.array(np.ones(len(table), np.int64)),
        "in_unit": fits.cast(pa.int64()),
        "without": pc.is_null(amounts).cast(pa.int64()),
        "amount": pc.if_else(fits, amounts, 0.0),
    }
    wanted = [(name, "sum") for name in ("rows", "in_unit", "without", "amount")]
    grouped = pa.table(cells).group_by(list(keys), use_threads=False).aggregate(wanted)
    return grouped.rename_columns([name.removesuffix("_sum") for name in grouped.column_names])


def _by_kind(holdings: Holdings, wording: Wording, relation: str, unit: str) -> Part:
    grouped = _grouped(holdings, relation, unit, ENDS)
    order = {kind: place for place, kind in enumerate(holdings.eco.kinds)}
    found = [row for row in grouped.to_pylist() if row["in_unit"] or row["without"]]
    ranked = sorted(found, key=lambda row: (-row["amount"], *(order[row[end]] for end in ENDS)))
    total = sum(row["amount"] for row in ranked)
    cells: dict[str, Any] = {end: [wording.kind(row[end]) for row in ranked] for end in ENDS}
    cells |= {name: [row[name] for row in ranked] for name in ("rows", "in_unit", "without", "amount")}
    cells |= {"share": shares(cells["amount"])}
    table = wording.table(cells, units={"amount": unit, "share": "%"})
    shown = wording.unit(unit)
    rows = {name: sum(row[name] for row in ranked) for name in ("in_unit", "without")}
    every = holdings.rows[relation]
    gaps = {"total": f"{exactly(total)} {shown}", "all": every, "other": every - sum(rows.values())}
    said = wording.say(f"sections.amounts.{'several' if gaps['other'] else 'summary'}", **gaps, **rows)
    title = wording.say("sections.amounts.by_kind", unit=shown)
    name = f"amounts-{relation}-{unit}"
    return Part(
        heading=wording.say("sections.amounts.heading", relation=wording.relation(relation), unit=shown),
        sentences=[said],
        chart=_chart(wording, table, title, shown),
        sheets=[Sheet(f"{name}-kinds", title, table, shown=40)],
    )


def _chart(wording: Wording, table: Table, title: str, unit: str) -> Chart:
    """Bars of the kinds it starts from; flows between kinds where it ends at several."""
    sources, targets = (list(table[end]) for end in ENDS)
    if len(set(targets)) > 1:
        return sankey(sources, targets, table["amount"], title=title, unit=unit, language=wording.language)
    return bars(sources, table["amount"], title=title, unit=unit, language=wording.language)


def _largest(holdings: Holdings, wording: Wording, relation: str, unit: str) -> Part:
    grouped = _grouped(holdings, relation, unit, ["source_kind", "source"])
    sort = [("amount", "descending"), ("source_kind", "ascending"), ("source", "ascending")]
    ranked = grouped.filter(pc.greater(grouped.column("in_unit"), 0)).sort_by(sort).combine_chunks()
    kinds, ids = (ranked.column(name).combine_chunks() for name in ("source_kind", "source"))
    cells = wording.node_cells(kinds, ids) | {
        "rows": ranked.column("in_unit"),
        "amount": ranked.column("amount"),
        "share": shares(ranked.column("amount").to_numpy()),
    }
    table = wording.table(cells, units={"amount": unit, "share": "%"})
    title = wording.say("sections.amounts.largest", unit=wording.unit(unit))
    return Part(sheets=[Sheet(f"amounts-{relation}-{unit}", title, table)])


SECTION = Section(name="amounts", build=_build, needs=[Need(columns=("amount", "unit"))])
