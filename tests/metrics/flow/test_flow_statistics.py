"""Flow statistics: enaR's 53 models, a makerspace, numpy on random flows, and their laws."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from scipy.sparse.csgraph import connected_components

import ecograph as eg
from ecograph.methods import circulation, first_returns
from tests.metrics.flow.models import makerspace, read, views
from tests.strategies import made, made_ecosystems

NAMES = {
    "Boundary": "boundary", "TST": "total_throughflow", "TSTp": "total_throughput", "APL": "path_length",
    "FCI": "cycling", "BFI": "boundary_share", "DFI": "direct_share", "IFI": "indirect_share",
    "ID.F": "indirect_to_direct", "ID.F.I": "indirect_to_direct_input", "ID.F.O": "indirect_to_direct_output",
    "HMG.I": "homogenization_input", "HMG.O": "homogenization_output", "AMP.I": "amplification_input",
    "AMP.O": "amplification_output", "mode0.F": "boundary", "mode1.F": "first_passage", "mode2.F": "cycled",
    "mode3.F": "first_passage", "mode4.F": "boundary",
}  # fmt: skip
STRUCTURE = {"n": "nodes", "L": "flows", "C": "connectance", "LD": "link_density"}
NEEDING_ALL = {"homogenization_input", "homogenization_output", "amplification_input", "amplification_output"}


def row_of(view) -> dict[str, float]:
    return next(iter(eg.flow_statistics(view).table.rows()))


def test_every_model_of_enar(reference: Path) -> None:
    published, structure = (read(reference / "ena_models" / f"ena{name}_ns.csv") for name in ("Flow", "Structure"))
    assert len(published) == len(structure) == 53
    for row, counts in zip(published, structure, strict=True):
        found = row_of(views(reference)[row["model"]])
        assert found["note"] is None
        for theirs, ours in NAMES.items():
            assert found[ours] == pytest.approx(float(row[theirs]), rel=1e-6, abs=1e-12), (row["model"], theirs)
        for theirs, ours in STRUCTURE.items():
            assert found[ours] == pytest.approx(float(counts[theirs]), rel=1e-11), (row["model"], theirs)
        assert (found["nodes"], found["flows"]) == (int(counts["n"]), int(counts["L"]))


def test_the_makerspace_with_and_without_sharing(reference: Path) -> None:
    for case in ("with_maker_sharing", "without_sharing"):
        found = row_of(makerspace(reference, case))
        for row in read(reference / "toy_makerspace_flow" / "expected_statistics.csv"):
            if row["case"] == case and row["statistic"] in NAMES:
                expected = pytest.approx(float(row["value"]), rel=1e-9, abs=1e-12)
                assert found[NAMES[row["statistic"]]] == expected, row["statistic"]
    assert row_of(makerspace(reference, "without_sharing"))["cycling"] == 0
    assert round(row_of(makerspace(reference, "with_maker_sharing"))["cycling"], 5) == 0.03253


@given(made_ecosystems)
def test_the_laws_of_flow(tables) -> None:
    for view in (tables.ecosystem.flows("ARC", outside="PublicBody"), tables.ecosystem.flows("ARC")):
        found = row_of(view)
        inside = view.amounts.sum()
        assert found["total_throughput"] == pytest.approx(inside + view.inputs.sum() + view.exports.sum())
        if found["total_throughflow"] == 0 or math.isnan(found["cycling"]):
            continue
        moved = view.amounts.copy()
        moved.eliminate_zeros()  # an amount of 0 leads nowhere
        _, components = connected_components(moved, connection="strong")
        sources, targets = moved.nonzero()
        assert (found["cycling"] == 0) == (components[sources] != components[targets]).all()
        assert 0 <= found["cycling"] < 1
        assert found["cycling_low"] == found["cycling"] == found["cycling_high"]
        assert found["boundary"] + found["first_passage"] + found["cycled"] == pytest.approx(
            found["total_throughflow"], rel=1e-9
        )
        if not ((view.throughflows == 0) & (view.releases > 0)).any():
            caused = view.circulation.caused(view.inputs)
            assert caused == pytest.approx(view.throughflows, rel=1e-9, abs=1e-9 * caused.max())
            shares = found["boundary_share"] + found["direct_share"] + found["indirect_share"]
            assert shares == pytest.approx(1, rel=1e-9)


def test_every_way_of_solving_says_the_same(monkeypatch: pytest.MonkeyPatch, rounds) -> None:
    for seed in range(rounds(10, 100)):
        view = made(seed, n=120, m=400).ecosystem.flows("ARC", outside="PublicBody")
        if view.circulation.closed.any():
            continue
        tabled = row_of(view)
        monkeypatch.setattr(circulation, "LARGEST_TABLE", 0)
        monkeypatch.setattr(circulation, "SMALL", 0)
        solved = row_of(made(seed, n=120, m=400).ecosystem.flows("ARC", outside="PublicBody"))
        monkeypatch.undo()
        assert "they need all n^2 entries" in solved["note"]
        for name, value in tabled.items():
            if name != "note":
                expected = pytest.approx(value, rel=1e-9, abs=1e-11, nan_ok=True)
                assert math.isnan(solved[name]) if name in NEEDING_ALL else solved[name] == expected


def strongly_connected(seed: int, n: int = 200, m: int = 800):
    """Flows that lead everywhere, a little of each entering and leaving at every node."""
    random = np.random.default_rng(seed)
    ids = [f"n{number:03}" for number in range(n)]
    amounts = random.pareto(1.5, n + m) + 0.01
    ends = np.concatenate([np.arange(n), random.integers(0, n, m)])
    others = np.concatenate([np.roll(np.arange(n), -1), random.integers(0, n, m)])
    flows = {"source": [ids[end] for end in ends], "target": [ids[end] for end in others], "amount": amounts.tolist()}
    from_outside = {"source": ["m"] * n, "target": ids, "amount": (random.pareto(1.5, n) + 0.01).tolist()}
    rows = {name: flows[name] + from_outside[name] for name in flows}
    eco = eg.from_tables({"Maker": {"id": ids}, "Market": {"id": ["m"]}}, {"TRANSFERS": rows})
    return eco.flows("TRANSFERS", outside="Market")


def test_an_estimate_says_so_and_its_interval_holds_the_value(monkeypatch: pytest.MonkeyPatch, rounds) -> None:
    exact = row_of(strongly_connected(0))
    for module in (circulation, first_returns):
        monkeypatch.setattr(module, "LARGEST_TABLE", 50)
    view, held = strongly_connected(0), 0
    count = rounds(40, 400)
    for seed in range(count):
        result = eg.flow_statistics(view, seed=seed)
        found = next(iter(result.table.rows()))
        assert found["cycling_low"] < found["cycling"] < found["cycling_high"]
        assert result.findings.counts()["estimated_cycling"] == 400
        held += found["cycling_low"] <= exact["cycling"] <= found["cycling_high"]
        assert (found["first_passage_low"] <= exact["first_passage"] <= found["first_passage_high"]) == (
            found["cycled_low"] <= exact["cycled"] <= found["cycled_high"]
        )
    assert held >= 0.88 * count
    assert "(between" in result.explained(0) and "介于" in result.explained(0, "zh")


def test_what_has_no_value_has_a_reason() -> None:
    def flows(*rows: tuple[str, str], outside: tuple[str, ...] = ()):
        columns = dict(zip(("source", "target"), map(list, zip(*rows, strict=True)), strict=True))
        nodes = {"Maker": {"id": ["a", "b", "c"]}, "Market": {"id": ["m"]}}
        eco = eg.from_tables(nodes, {"TRANSFERS": columns | {"amount": [2.0] * len(rows)}})
        result = eg.flow_statistics(eco.flows("TRANSFERS", outside=outside))
        return next(iter(result.table.rows())), result.findings.counts()

    found, findings = flows(("a", "b"), ("b", "c"))
    assert math.isnan(found["path_length"]) and found["cycling"] == 0
    assert "no input over the boundary" in found["note"] and findings["flows_from_nothing"] == 1
    found, findings = flows(("a", "b"), ("b", "a"), ("m", "c"), outside=("Market",))
    assert math.isnan(found["cycling"]) and found["path_length"] == 3
    assert "nothing enters a loop" in found["note"] and findings["closed_loops"] == 2
    found, findings = flows(("m", "a"), outside=("Market",))
    assert found["path_length"] == 1 and math.isnan(found["indirect_to_direct"])
    assert "nothing is passed on" in found["note"]


def test_it_says_what_cycles(reference: Path) -> None:
    found = eg.flow_statistics(makerspace(reference, "with_maker_sharing"))
    assert found.explain() == (
        "200 unit enter and 555 unit pass through the nodes: a unit passes 2.77 nodes before it leaves. 3.25% of it "
        "has been at its node before, most at platform (55% of that)."
    )
    assert "3.25%" in found.explain(language="zh")
