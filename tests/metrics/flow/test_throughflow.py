"""Throughflow: a makerspace by hand, enaR's models, and laws."""

from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.flow.models import model, read
from tests.strategies import made, made_ecosystems


def test_the_makerspace_with_and_without_sharing(reference: Path) -> None:
    folder = reference / "toy_makerspace_flow"
    nodes, flows = read(folder / "nodes.csv"), read(folder / "flows.csv")
    statistics = read(folder / "expected_statistics.csv")
    expected = {(row["case"], row["statistic"]): float(row["value"]) for row in statistics}
    for case in ("with_maker_sharing", "without_sharing"):
        eco = model([row for row in nodes if row["case"] == case], [row for row in flows if row["case"] == case])
        view = eco.flows("FLOW", inputs="input", exports="export", losses="respiration")
        found = eg.throughflow(view)
        assert found["throughflow"].sum() == pytest.approx(expected[(case, "TST")], abs=1e-9)
        assert found["input"].sum() == pytest.approx(expected[(case, "Boundary")], abs=1e-9)
        throughput = found["input"].sum() + found["intake"].sum() + found["export"].sum() + found["loss"].sum()
        assert throughput == pytest.approx(expected[(case, "TSTp")], abs=1e-9)
        assert np.abs(found["imbalance"]).max() < 1e-9


def test_total_system_throughflow_of_every_model(reference: Path) -> None:
    folder = reference / "ena_models"
    nodes, flows = defaultdict(list), defaultdict(list)
    for row in read(folder / "nodes.csv"):
        nodes[row["model"]].append(row)
    for row in read(folder / "flows.csv"):
        flows[row["model"]].append(row)
    published = read(folder / "enaFlow_ns.csv")
    assert len(published) == 53
    for row in published:
        if row["balanced"] != "TRUE":
            continue
        view = model(nodes[row["model"]], flows[row["model"]]).flows("FLOW", inputs="input")
        assert eg.throughflow(view)["throughflow"].sum() == pytest.approx(float(row["TST"]), rel=1e-9)


def test_rows_over_the_boundary() -> None:
    nodes = {"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}, "PublicBody": {"id": ["g"]}}
    rows = [("m", "a", 5), ("g", "a", 2), ("a", "b", 4), ("b", "m", 3), ("m", "g", 9)]
    moved = {
        "source": [row[0] for row in rows],
        "target": [row[1] for row in rows],
        "amount": [float(row[2]) for row in rows],
        "unit": ["CNY"] * len(rows),
    }
    view = eg.from_tables(nodes, {"TRANSFERS": moved}).flows("TRANSFERS", outside=("Market", "PublicBody"))
    found = {row["id"]: row for row in eg.throughflow(view).table.rows()}
    assert found["a"] == {
        "kind": "Maker", "id": "a", "throughflow": 7.0, "input": 7.0, "intake": 0.0, "release": 4.0, "export": 0.0,
        "loss": 0.0, "imbalance": 3.0, "note": None,
    }  # fmt: skip
    assert (found["b"]["throughflow"], found["b"]["export"], found["b"]["imbalance"]) == (4.0, 3.0, 1.0)
    assert view.findings.counts() == {"outside_both": 1, "unbalanced_nodes": 2}
    assert view.unit == "CNY"


@given(made_ecosystems)
def test_what_is_released_is_taken_in(tables) -> None:
    eco = tables.ecosystem
    found = eg.throughflow(eco.flows("ARC"))
    assert found["release"].sum() == pytest.approx(found["intake"].sum(), rel=1e-12)
    parts = eg.throughflow(eco.flows("ARC", outside="PublicBody"))
    total = np.nansum(eco.relations("ARC")["amount"].astype(float)) if len(eco.relations("ARC")) else 0.0
    counted = parts["intake"].sum() + parts["input"].sum() + parts["export"].sum()
    assert counted <= total + 1e-6
    assert found["intake"].sum() == pytest.approx(total, rel=1e-12)


def test_it_says_where_it_comes_from() -> None:
    found = eg.throughflow(made(7).ecosystem.flows("ARC"))
    best = found.top(1)
    assert "most from" in found.explain(best["id"][0], kind=best["kind"][0])
