"""Sectors that sell to each other, as a flow view."""

from collections.abc import Sequence
from typing import Any

import numpy as np

import ecograph as eg
from ecograph.views import Flows

TRADE = eg.Schema(
    "trade",
    (
        eg.NodeKind(
            "Sector",
            attributes=(*(eg.Attribute(name, "number") for name in ("final", "primary", "jobs")), eg.Attribute("area")),
        ),
    ),
    (
        eg.RelationKind(
            "SELLS",
            ("Sector",),
            ("Sector",),
            self_ties=True,
            attributes=(eg.Attribute("amount", "number"), eg.Attribute("unit")),
        ),
    ),
)


def trading(sales: Any, final: Any = None, primary: Any = None, ids: Sequence[str] = (), **columns: Any) -> Flows:
    """A view of sales between sectors s0, s1, … ; what is not given makes the outputs of rows and columns equal."""
    matrix = np.asarray(sales, float)
    names = list(ids) or [f"s{place:02}" for place in range(len(matrix))]
    sellers, buyers = np.nonzero(matrix)
    sold = {
        "source": [names[place] for place in sellers],
        "target": [names[place] for place in buyers],
        "amount": matrix[sellers, buyers].tolist(),
        "unit": ["CNY"] * len(sellers),
    }
    nodes = {"id": names, **{name: list(cells) for name, cells in columns.items()}}
    nodes |= {name: list(cells) for name, cells in (("final", final), ("primary", primary)) if cells is not None}
    eco = eg.from_tables({"Sector": nodes}, {"SELLS": sold}, TRADE)
    roles = {"exports": "final" if final is not None else None, "inputs": "primary" if primary is not None else None}
    return eco.flows("SELLS", **roles)


def square(result: eg.Result, column: str) -> np.ndarray:
    """A column of a pair-level result as a matrix."""
    return result[column].reshape(int(len(result) ** 0.5), -1)
