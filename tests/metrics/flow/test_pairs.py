"""Measures of pairs in flow networks: every matrix enaR gives of the oyster and cone models, and laws."""

from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from ecograph import registry
from ecograph.errors import ParameterError
from ecograph.methods import circulation
from ecograph.methods.utilities import utilities
from tests.metrics.flow.models import makerspace, read, views
from tests.strategies import made, made_ecosystems

MODELS = {"oyster": "9", "cone": "6"}
COLUMNS = {
    "G": ("integral_flow", "direct"), "GP": ("integral_flow", "direct_input"), "N": ("integral_flow", "integral"),
    "NP": ("integral_flow", "integral_input"), "TCC": ("contribution", "contribution"),
    "TDC": ("dependency", "dependency"), "utility_D": ("utility", "direct"), "utility_U": ("utility", "utility"),
    "utility_Y": ("utility", "weighted"), "mti_G": ("mixed_trophic_impact", "benefit"),
    "mti_FP": ("mixed_trophic_impact", "harm"), "mti_Q": ("mixed_trophic_impact", "direct"),
    "mti_M": ("mixed_trophic_impact", "impact"), "control_CN": ("control", "dominance"),
    "control_CQ": ("control", "dominance"), "control_CR": ("control", "net_dominance"),
    "control_CD": ("control", "difference"), "control_CA": ("control", "allocation"),
    "control_CDep": ("control", "dependence"),
}  # fmt: skip
SOLVED = ("integral_flow", "contribution", "dependency", "environ")


def published(folder: Path, model: str) -> dict[str, list[float]]:
    """Entries of each matrix of a model, row by row."""
    found = defaultdict(list)
    for row in read(folder / "ena_models" / "oyster_cone_matrices.csv"):
        if row["model"] == model and not row["matrix"].startswith(("utility_S", "storage")):
            found[row["matrix"]].append(float(row["value"]))
    return found


def entries(view, name: str, column: str, **options) -> np.ndarray:
    return registry.metric(name)(view, **options)[column].reshape(view.n, -1)


def dead(folder: Path, model: str) -> list[str]:
    """Nodes of a model that do not live."""
    rows = read(folder / "ena_models" / "nodes.csv")
    return [row["node"] for row in rows if (row["model"], row["living"]) == (MODELS[model], "FALSE")]


def integral_excess(view) -> np.ndarray:
    """How far N_ij is above N'_ji, off the diagonal."""
    given, taken = (entries(view, "integral_flow", name) for name in ("integral", "integral_input"))
    return np.maximum(0, given - taken.T) * ~np.eye(view.n, dtype=bool)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("matrix", COLUMNS)
def test_every_matrix_of_enar(reference: Path, model: str, matrix: str) -> None:
    view = views(reference)[MODELS[model]]
    expected = np.array(published(reference, model)[matrix]).reshape(view.n, view.n)
    name, column = COLUMNS[matrix]
    options = {"passive": dead(reference, model)} if name == "mixed_trophic_impact" else {}
    found = entries(view, name, column, **options)
    if matrix == "control_CDep":  # enaR divides row i by the sum of column i
        sums = integral_excess(view).sum(axis=0)
        found = np.divide(
            found * sums, sums[:, np.newaxis], out=np.zeros_like(found), where=sums[:, np.newaxis] > 1e-12
        )
    assert np.abs(found - expected).max() <= 1e-8 * np.abs(expected).max()


def test_the_makerspace(reference: Path) -> None:
    rows = read(reference / "toy_makerspace_flow" / "expected_matrices.csv")
    for case in ("with_maker_sharing", "without_sharing"):
        view = makerspace(reference, case)
        for matrix in ("G", "N", "NP"):
            name, column = COLUMNS[matrix]
            result = registry.metric(name)(view)
            found = dict(zip(zip(result["a"], result["b"], strict=True), result[column], strict=True))
            for row in rows:
                if (row["case"], row["matrix"]) == (case, matrix):
                    assert found[row["from"], row["to"]] == pytest.approx(float(row["value"]), abs=1e-9)


def test_where_a_makers_intake_began(reference: Path) -> None:
    found = eg.environ(makerspace(reference, "with_maker_sharing"), sources=["university"], targets=["maker2"])
    assert found["share"].tolist() == pytest.approx([60 * 0.612295208 / 97], rel=1e-9)
    assert found.explain("university", "maker2").startswith("37.87% of what maker2 takes in began at university")
    assert "始于 university" in found.explain("university", "maker2", language="zh")


@given(made_ecosystems)
def test_the_laws_of_environs(tables) -> None:
    view = tables.ecosystem.flows("ARC", outside="PublicBody")
    if not view.n or view.circulation.closed.any():
        return
    shares, amounts = (entries(view, "environ", name) for name in ("share", "amount"))
    dependencies = entries(view, "dependency", "dependency")
    assert (shares >= 0).all() and (shares.sum(axis=0) <= 1 + 1e-9).all()
    assert (shares <= np.maximum(dependencies, np.eye(view.n)) + 1e-9).all()
    if not ((view.throughflows == 0) & (view.releases > 0)).any():
        scale = max(view.throughflows.max(), 1e-300)
        assert amounts.sum(axis=0) == pytest.approx(view.throughflows, rel=1e-9, abs=1e-9 * scale)
    balanced = np.abs(view.imbalances).max() <= 1e-9 * view.throughflows.max(initial=0)
    passing = (view.throughflows > 0).astype(float)
    assert not balanced or entries(view, "environ", "export").sum(axis=1) == pytest.approx(passing)


@pytest.mark.parametrize("name", SOLVED)
def test_solving_for_a_few_equals_the_table(name: str, monkeypatch: pytest.MonkeyPatch, rounds) -> None:
    for seed in range(rounds(3, 30)):
        view = made(seed, n=60, m=150).ecosystem.flows("ARC", outside="PublicBody")
        whole = registry.metric(name)(view)
        monkeypatch.setattr(circulation, "LARGEST_TABLE", 0)
        monkeypatch.setattr(circulation, "SMALL", 0)
        view = made(seed, n=60, m=150).ecosystem.flows("ARC", outside="PublicBody")
        node = f"{view.nodes.kinds[3]}:{view.nodes.ids[3]}"
        for options in ({"sources": [node]}, {"targets": [node]}):
            part = registry.metric(name)(view, **options)
            side = "a" if "sources" in options else "b"
            rows = (whole[side] == view.nodes.ids[3].as_py()) & (whole[f"{side}_kind"] == view.nodes.kinds[3].as_py())
            for column in part.columns:
                expected = whole[column][rows]
                scale = np.nanmax(np.abs(whole[column]), initial=0)
                assert part[column] == pytest.approx(expected, rel=1e-9, abs=1e-10 * scale, nan_ok=True)
        monkeypatch.undo()


@pytest.mark.parametrize("name", ["utility", "mixed_trophic_impact", "control"])
def test_what_needs_the_whole_table_is_refused_where_it_does_not_fit(name: str) -> None:
    ids = [f"n{number:04}" for number in range(2_100)]
    rows = {"source": ids[:-1], "target": ids[1:], "amount": [1.0] * 2_099}
    view = eg.from_tables({"Maker": {"id": ids}}, {"TRANSFERS": rows}).flows("TRANSFERS")
    with pytest.raises(ParameterError, match=r"2,100 nodes; it needs all n\^2 entries at once"):
        registry.metric(name)(view, sources=["n0001"])


@given(made_ecosystems)
def test_control_is_shared_out(tables) -> None:
    view = tables.ecosystem.flows("ARC", outside="PublicBody")
    if not view.n or view.circulation.closed.any():
        return
    for name, axis in (("allocation", 1), ("dependence", 0)):
        assert np.isin(entries(view, "control", name).sum(axis=axis).round(9), (0, 1)).all()
    net = entries(view, "control", "net_dominance")
    assert (net == -net.T).all()


def test_a_singular_system_has_no_value() -> None:
    assert np.isnan(utilities(np.array([[0.0, 1.0], [1.0, 0.0]]))).all()


def test_too_many_pairs_are_refused() -> None:
    ids = [f"n{number:04}" for number in range(1_100)]
    rows = {"source": ids[:-1], "target": ids[1:], "amount": [1.0] * 1_099}
    view = eg.from_tables({"Maker": {"id": ids}}, {"TRANSFERS": rows}).flows("TRANSFERS")
    for name in SOLVED:
        with pytest.raises(ParameterError, match=r"1,100 x 1,100 nodes are 1,210,000 pairs, of which at most"):
            registry.metric(name)(view)
    found = eg.integral_flow(view, sources=["n0001"])
    assert found["integral"] == pytest.approx(np.repeat([0.0, 1.0], [1, 1_099]), abs=1e-12)


def test_out_of_a_closed_loop_there_is_no_value() -> None:
    rows = {"source": ["a", "b", "m"], "target": ["b", "a", "c"], "amount": [2.0, 2.0, 1.0]}
    nodes = {"Maker": {"id": ["a", "b", "c"]}, "Market": {"id": ["m"]}}
    found = eg.integral_flow(eg.from_tables(nodes, {"TRANSFERS": rows}).flows("TRANSFERS", outside="Market"))
    assert np.isnan(found["integral"]).tolist() == [True] * 6 + [False] * 3
    assert found["note"].tolist() == ["out of a loop that nothing enters"] * 6 + [None] * 3
