"""Cycling with and without what a group gives: the makerspace, and a slow twin."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.flow.models import read
from tests.strategies import made_ecosystems

KINDS = {"enterprise": "Enterprise", "university": "University", "platform": "Makerspace"}


def makerspace(folder: Path, case: str):
    """The makerspace in the innovation schema, its boundary a market."""
    nodes, flows = (
        [row for row in read(folder / "toy_makerspace_flow" / name) if row["case"] == case]
        for name in ("nodes.csv", "flows.csv")
    )
    ids: dict[str, dict[str, list[str]]] = {"Market": {"id": ["market"]}}
    for row in nodes:
        ids.setdefault(KINDS.get(row["node"], "Maker"), {"id": []})["id"].append(row["node"])
    rows = [(row["from"], row["to"], float(row["flow"])) for row in flows]
    rows += [("market", row["node"], float(row["input"])) for row in nodes]
    rows += [(row["node"], "market", float(row["export"]) + float(row["respiration"])) for row in nodes]
    columns = dict(zip(("source", "target", "amount"), map(list, zip(*rows, strict=True)), strict=True))
    eco = eg.from_tables(ids, {"TRANSFERS": columns | {"unit": ["CNY"] * len(rows)}})
    return eco.flows("TRANSFERS", outside="Market")


def test_makers_who_share_carry_all_cycling(reference: Path) -> None:
    found = eg.cycling(makerspace(reference, "with_maker_sharing"))
    makers = next(row for row in found.table.rows() if row["group"] == "Maker")
    assert (round(makers["cycling"], 5), makers["without"], makers["n"]) == (0.03253, 0, 2)
    assert makers["carried"] == makers["cycling"]
    assert found.explain("Maker") == (
        "3.25% of all flow has been at its node before; if Maker gave nothing to others inside it would be 0.00%. "
        "8.14058 CNY come round at Maker itself (45% of what cycles)."
    )
    assert "若创客不向内部其他节点供给，则为 0.00%" in found.explain("Maker", language="zh")
    without = eg.cycling(makerspace(reference, "without_sharing"))
    assert without["cycling"].tolist() == without["without"].tolist() == [0] * 4


@given(made_ecosystems)
def test_it_equals_the_dense_formula(tables) -> None:
    view = tables.ecosystem.flows("ARC", outside="PublicBody")
    found = eg.cycling(view)
    flows, through = view.amounts.toarray(), view.throughflows
    if not view.n or view.circulation.closed.any() or not through.sum():
        assert np.isnan(found["carried"]).all()
        return
    shares = np.divide(flows, through[:, None], out=np.zeros_like(flows), where=through[:, None] > 0)
    entering = through - shares.T @ through
    kinds = np.array(view.nodes.kinds.to_pylist())
    for row in found.table.rows():
        kept = shares * (kinds != row["group"])[:, None]
        visits = np.linalg.inv(np.eye(view.n) - kept)
        own, passing = np.diag(visits), entering @ visits
        assert row["without"] == pytest.approx(passing @ (1 - 1 / own) / passing.sum(), rel=1e-9, abs=1e-12)
    assert found["share"].sum() == pytest.approx(1 if found["cycling"].max() > 0 else 0)
