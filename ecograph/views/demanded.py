"""Groups of demands: what is demanded, by whom, at which stage and where."""

from typing import Literal

import numpy as np
import pyarrow as pa

from ecograph.methods.allocation import SIDES
from ecograph.methods.looking_up import looked_up
from ecograph.views.entries import Entries
from ecograph.views.ledger import Ledger
from ecograph.views.roles import column_of

By = Literal["whole", "category", "background", "stage", "platform", "resource"]


def demand_labels(ledger: Ledger, by: By) -> pa.Array:
    """Group of each demand.

    Parameters
    ----------
    ledger : Ledger
        The demands.
    by : {"whole", "category", "background", "stage", "platform", "resource"}
        By category or id of the resource, by background of the demander, by stage the demanding project is in on the
        demand's first day (of several the one begun last), by id of the makerspace; ``whole`` is one group.

    Returns
    -------
    pyarrow.Array
        Text; missing where a demand belongs to none.

    Raises
    ------
    ViewError
        If there are no rows of INCUBATES to tell the stage.
    """
    demands = ledger.demands
    if by == "whole":
        return pa.array([by] * len(demands), pa.string())
    if by == "resource":
        return demands.resources
    if by == "category":
        return categories(ledger, demands)
    if by == "platform":
        return ledger.nodes.ids.take(pa.array(demands.targets))
    if by == "background":
        return ledger.nodes.column(by).take(pa.array(demands.sources))
    ledger.required("INCUBATES")
    return column_of(ledger.content, "INCUBATES", by).cast(pa.string()).take(_spells(ledger))


def categories(ledger: Ledger, entries: Entries) -> pa.Array:
    """Category of the resource of each entry; missing where it has none."""
    rows = pa.table({"resource": entries.resources})
    return looked_up(rows, "resource", ledger.content.nodes.get("Resource"), "category")


def _spells(ledger: Ledger) -> pa.Array:
    """Row of INCUBATES that holds the demanding project on the demand's first day, of several the one begun last."""
    demands, projects = ledger.demands, ledger.content.ends("INCUBATES")[1]
    starts, stops = ledger.spans("INCUBATES")
    order = np.lexsort((starts, projects))
    firsts, lasts = (np.searchsorted(projects[order], demands.sources, side) for side in SIDES)
    counts = lasts - firsts
    pairs = np.repeat(np.arange(len(demands)), counts)
    spells = order[np.arange(len(pairs)) - np.repeat(np.cumsum(counts) - counts - firsts, counts)]
    held = (starts[spells] <= demands.starts[pairs]) & (demands.starts[pairs] < stops[spells])
    found = np.full(len(demands), -1)
    found[pairs[held]] = spells[held]
    return pa.array(found, mask=found < 0)
