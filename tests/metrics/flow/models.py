"""Flow networks as ecosystems: the models of enaR and the makerspace, through the public door."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import ecograph as eg
from ecograph.views import Flows

FOOD_WEB = eg.Schema(
    "food web",
    (
        eg.NodeKind(
            "Compartment",
            attributes=tuple(eg.Attribute(name, "number") for name in ("input", "export", "respiration")),
        ),
    ),
    (
        eg.RelationKind(
            "FLOW",
            ("Compartment",),
            ("Compartment",),
            self_ties=True,
            attributes=(eg.Attribute("amount", "number"), eg.Attribute("unit")),
        ),
    ),
)


def model(nodes: list[dict[str, str]], flows: list[dict[str, str]]) -> eg.Ecosystem:
    columns = {name: [float(row[name] or 0) for row in nodes] for name in ("input", "export", "respiration")}
    rows = {
        "source": [row["from"] for row in flows],
        "target": [row["to"] for row in flows],
        "amount": [float(row["flow"]) for row in flows],
        "unit": ["unit"] * len(flows),
    }
    return eg.from_tables({"Compartment": {"id": [row["node"] for row in nodes], **columns}}, {"FLOW": rows}, FOOD_WEB)


def read(path: Path) -> list[dict[str, str]]:
    with path.open() as file:
        return list(csv.DictReader(file))


def view(nodes: list[dict[str, str]], flows: list[dict[str, str]]) -> Flows:
    """Flow view of one model, its boundary named."""
    return model(nodes, flows).flows("FLOW", inputs="input", exports="export", losses="respiration")


@cache
def views(folder: Path) -> dict[str, Flows]:
    """Flow view of every model of enaR, by its number."""
    nodes, flows = defaultdict(list), defaultdict(list)
    for rows, name in ((nodes, "nodes.csv"), (flows, "flows.csv")):
        for row in read(folder / "ena_models" / name):
            rows[row["model"]].append(row)
    return {number: view(nodes[number], flows[number]) for number in nodes}


@cache
def makerspace(folder: Path, case: str) -> Flows:
    """The makerspace ``with_maker_sharing`` or ``without_sharing``."""
    parts = (read(folder / "toy_makerspace_flow" / name) for name in ("nodes.csv", "flows.csv"))
    return view(*([row for row in rows if row["case"] == case] for rows in parts))
