"""Homes: the platform each member settled in last, and what its members' giving does for cycling."""

from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.page.groups import PLATFORM
from ecograph.page.holdings import Holdings, units
from ecograph.registry import metric
from ecograph.result import Result
from ecograph.table import Table

FLOW, SETTLES = "TRANSFERS", "SETTLED_IN"


def homes(holdings: Holdings) -> Table:
    """Platform of each node that has settled in one, the one of its last first day; a platform is its own."""
    rows = holdings.relations(SETTLES)
    sort = [("valid_from", "ascending"), ("target", "ascending")]
    settled = pa.table({name: rows.arrow(name) for name in ("source_kind", "source", "target")})
    if "valid_from" in rows.names:
        first = pc.fill_null(rows.arrow("valid_from").cast(pa.int32()), np.iinfo(np.int32).min)
        settled = settled.append_column("valid_from", first).sort_by(sort)
    last = settled.group_by(["source_kind", "source"], use_threads=False).aggregate([("target", "last")])
    platforms = [str(id) for id in holdings.eco.nodes(PLATFORM)["id"]]
    cells = {"kind": "source_kind", "id": "source", "makerspace": "target_last"}
    ends = {"kind": [PLATFORM] * len(platforms), "id": platforms, "makerspace": platforms}
    return Table({name: last.column(column).to_pylist() + ends[name] for name, column in cells.items()})


def cycling_by_platform(holdings: Holdings) -> Result | None:
    """How much less would come round if a platform's members gave nothing, in the commonest unit that cycles at all."""
    if not {FLOW, SETTLES} <= set(holdings.rows):
        return None
    rows = holdings.relations(FLOW)
    counts = Counter(rows.arrow("unit").to_pylist())
    members = homes(holdings)
    for unit in sorted(units(rows), key=lambda unit: -counts[unit]):
        result: Result = metric("cycling")(holdings.eco.flows(FLOW, unit=unit, outside=holdings.outside), by=members)
        if (result["cycling"] > 0).any():
            return result
    return None
