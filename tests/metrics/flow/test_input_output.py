"""Leontief, Ghosh and linkages: golden tables, pymrio's test system, laws, what has no answer, and what is said."""

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pymrio
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError
from ecograph.metrics.flow import leontief as module
from ecograph.views import Flows
from tests.metrics.flow.trading import square, trading

Z, F = [[150.0, 500.0], [200.0, 100.0]], [350.0, 1700.0]
V = [650.0, 1400.0]


@pytest.fixture(scope="module")
def table(reference: Path) -> dict[str, list[float]]:
    """Published cells by quantity, of two sectors and of three with households."""
    found: dict[str, list[float]] = {}
    for name in ("leontief_miller_blair_two_sector", "leontief_closed_households"):
        with (reference / "published_tables" / f"{name}.csv").open() as file:
            for row in csv.DictReader(file):
                found.setdefault(row["quantity"], []).append(float(row["value"]))
    return found | {"x": found["x"][:2]}


class TestPublished:
    """Miller & Blair's two sectors, alone and closed by their households."""

    def test_requirements(self, table: dict[str, list[float]]) -> None:
        view = trading(np.reshape(table["Z"], (2, 2)), table["f"])
        found = eg.leontief(view, by="node")
        assert found["direct"] == pytest.approx(table["A"], abs=1e-12)
        assert found["total"] == pytest.approx(table["L"], abs=1e-10)
        assert square(found, "called").sum(axis=1) == pytest.approx(table["x"], rel=1e-12)

    def test_what_if(self, table: dict[str, list[float]]) -> None:
        new = table["x_new_for_f=(600,1500)"]
        for demand in (
            {"kind": ["Sector"] * 2, "id": ["s01", "s00"], "value": [1500.0, 600.0]},
            {"group": ["s00", "s01"], "value": [600.0, 1500.0]},
        ):
            found = eg.leontief(trading(Z, F), by="node", demand=demand)  # type: ignore[arg-type]  # as plain data
            assert square(found, "called").sum(axis=1) == pytest.approx(new, abs=1e-9)
        found = eg.leontief(trading(Z, F, jobs=[600.0, 1500.0]), by="node", demand="jobs")
        assert square(found, "called").sum(axis=1) == pytest.approx(new, abs=1e-9)

    def test_closed_by_households(self, table: dict[str, list[float]]) -> None:
        sales = np.reshape(table["Zbar"], (3, 3))
        found = eg.leontief(trading(sales, np.array([1000, 2000, 1000]) - sales.sum(axis=1)), by="node")
        assert found["total"] == pytest.approx(table["Lbar"], abs=1e-9)

    def test_allocation(self, table: dict[str, list[float]]) -> None:
        found = eg.ghosh(trading(Z, primary=V), by="node")
        assert found["direct"] == pytest.approx(table["B_ghosh_alloc"], abs=1e-12)
        assert found["total"] == pytest.approx(table["G_ghosh_inverse"], abs=1e-10)
        assert square(found, "passed").sum(axis=0) == pytest.approx(table["x"], rel=1e-12)

    def test_linkages(self, table: dict[str, list[float]]) -> None:
        found = eg.linkage(trading(Z, F, V), by="node")
        assert found["multiplier"] == pytest.approx(table["output_multiplier"], abs=1e-9)
        assert found["backward"] == pytest.approx(table["rasmussen_power_of_dispersion"], abs=1e-9)
        assert found["forward"] == pytest.approx(table["rasmussen_sensitivity_leontief_rows"], abs=1e-9)
        assert found["allocation"] == pytest.approx(table["sensitivity_ghosh_rows"], abs=1e-9)
        assert found["role"].tolist() == ["key", "weak"]
        assert found["output"].tolist() == table["x"] and found["demand"].tolist() == table["f"]


@cache
def peer() -> Any:
    return pymrio.load_test().calc_all()


def region(label: Any) -> str:
    return str(label[0])


@pytest.fixture(scope="module")
def cells(reference: Path) -> Callable[[str], np.ndarray]:
    def read(name: str) -> np.ndarray:
        with (reference / "pymrio_test_mrio" / f"{name}.csv").open() as file:
            return np.array([row[1:] for row in list(csv.reader(file))[1:]], float)

    return read


@pytest.fixture(scope="module")
def view(cells: Callable[[str], np.ndarray]) -> Flows:
    ids = [f"{place:02}|{'|'.join(label)}" for place, label in enumerate(peer().Z.index)]
    areas = [region(label) for label in peer().Z.index]
    sales, final = cells("Z"), cells("Y").sum(axis=1)
    return trading(sales, final, sales.sum(axis=1) + final - sales.sum(axis=0), ids, area=areas)


class TestTestSystem:
    """Six regions and eight sectors of pymrio."""

    def test_requirements(self, view: Flows, cells: Callable[[str], np.ndarray]) -> None:
        found = eg.leontief(view, by="node")
        for column, name in (("direct", "A"), ("total", "L")):
            assert np.abs(square(found, column) - cells(name)).max() < 1e-8
            assert np.abs(square(found, column) - getattr(peer(), name).to_numpy()).max() < 1e-8
        assert square(found, "called").sum(axis=1) == pytest.approx(cells("x").ravel(), rel=1e-8)

    def test_multipliers(self, view: Flows, cells: Callable[[str], np.ndarray]) -> None:
        found = eg.linkage(view, by="node")
        assert found["multiplier"] == pytest.approx(cells("L").sum(axis=0), rel=1e-8)
        ghosh = np.linalg.inv(np.eye(48) - cells("Z") / cells("x"))
        assert found["input_multiplier"] == pytest.approx(ghosh.sum(axis=1), rel=1e-8)
        assert np.abs(square(eg.ghosh(view, by="node"), "total") - ghosh).max() < 1e-8
        ones = {"group": list(square_names(view)), "value": [1.0] * 48}
        for row, emissions in enumerate(cells("F_emissions")):
            account = {"group": ones["group"], "value": emissions.tolist()}
            made = square(eg.leontief(view, by="node", demand=ones, account=account), "called")  # type: ignore[arg-type]
            assert made.sum(axis=0) == pytest.approx(cells("M_emissions")[row], rel=1e-8)

    def test_accounts(self, view: Flows, cells: Callable[[str], np.ndarray]) -> None:
        """What each region's final demand is answerable for, M·Y, and what its sectors make, S·x, with households."""
        names, regions = square_names(view), list(dict.fromkeys(map(region, peer().Z.index)))
        finals = {one: peer().Y.loc[:, one].sum(axis=1).tolist() for one in regions}
        for row, emissions in enumerate(cells("F_emissions")):
            account = {"group": names, "value": emissions.tolist()}
            homes = peer().emissions.F_Y.iloc[row].groupby(level=0).sum()
            for place, one in enumerate(regions):
                demand = {"group": names, "value": finals[one]}
                made = eg.leontief(view, by="node", demand=demand, account=account)["called"].sum()  # type: ignore[arg-type]
                assert made + homes[one] == pytest.approx(cells("D_cba_emissions")[row, place], rel=1e-8)
            made = square(eg.leontief(view, by="node", account=account), "called").sum(axis=1)  # type: ignore[arg-type]
            owned = [made[[region(label) == one for label in peer().Z.index]].sum() + homes[one] for one in regions]
            assert owned == pytest.approx(cells("D_pba_emissions")[row], rel=1e-8)

    def test_regions_are_the_peer_added_up(self, view: Flows) -> None:
        whole = pymrio.load_test()
        whole.aggregate(region_agg=None, sector_agg=[0] * 8)
        whole.calc_all()
        found = eg.leontief(view, by="area")
        assert found["a"].tolist()[::6] == [f"reg{number}" for number in range(1, 7)]
        assert np.abs(square(found, "total") - whole.L.to_numpy()).max() < 1e-8


def square_names(view: Flows) -> list[str]:
    return [str(one) for one in view.nodes.ids.to_pylist()]


def told(found: eg.Result) -> dict[str, int]:
    """Findings but for the view's own."""
    return {code: count for code, count in found.findings.counts().items() if code != "unbalanced_nodes"}


amounts = st.integers(0, 20).map(float)
sizes = st.integers(1, 6)


@st.composite
def views(draw: Any) -> tuple[np.ndarray, np.ndarray, Flows]:
    """Balanced sales, of which something leaves every sector."""
    n = draw(sizes)
    sales = np.array(draw(st.lists(st.lists(amounts, min_size=n, max_size=n), min_size=n, max_size=n)))
    sales[0, 0] += 1
    extra = np.array(draw(st.lists(st.integers(1, 30).map(float), min_size=n, max_size=n)))
    outputs = np.maximum(sales.sum(axis=1), sales.sum(axis=0)) + extra
    final = outputs - sales.sum(axis=1)
    return sales, final, trading(sales, final, outputs - sales.sum(axis=0))


@given(views())
def test_laws(made: tuple[np.ndarray, np.ndarray, Flows]) -> None:
    """L times final demand is output, L >= I, linkages have mean 1, Ghosh passes on the same outputs."""
    sales, final, view = made
    outputs = sales.sum(axis=1) + final
    demand, supply, links = eg.leontief(view, by="node"), eg.ghosh(view, by="node"), eg.linkage(view, by="node")
    assert square(demand, "called").sum(axis=1) == pytest.approx(outputs, rel=1e-9)
    assert square(supply, "passed").sum(axis=0) == pytest.approx(outputs, rel=1e-9)
    for found in (demand, supply):
        assert (square(found, "total") >= np.eye(len(sales)) - 1e-12).all()
    for column in ("backward", "forward", "allocation"):
        assert links[column].mean() == pytest.approx(1)
    assert links["multiplier"] == pytest.approx(square(demand, "total").sum(axis=0), rel=1e-9)
    assert links["input_multiplier"] == pytest.approx(square(supply, "total").sum(axis=1), rel=1e-9)
    ratio = np.diag(1 / outputs) @ square(demand, "total") @ np.diag(outputs)
    assert ratio == pytest.approx(square(supply, "total"), rel=1e-9, abs=1e-12)  # L and G are similar


class TestWhatHasNoAnswer:
    """Systems without an outside, nodes that only receive, groups that some nodes lack."""

    def test_a_closed_system_is_told(self) -> None:
        view = trading([[0, 2], [2, 0]])
        for measure in (eg.leontief, eg.ghosh):
            found = measure(view, by="node")
            assert found["direct"].tolist() == [0, 1, 1, 0] and np.isnan(found["total"]).all()
            assert all(found["note"]) and len(told(found)) == 1
        found = eg.linkage(view, by="node")
        assert np.isnan(found["backward"]).all() and found["output"].tolist() == [2, 2]
        assert found["note"][0] == "too little leaves the system; too little comes in"
        assert told(found) == {"no_end": 1, "no_start": 1}

    def test_a_loop_that_nothing_leaves_is_told_though_others_have_an_end(self) -> None:
        found = eg.leontief(trading([[0, 2, 0], [2, 0, 0], [0, 0, 1]], [0, 0, 5]), by="node")
        assert np.isnan(found["total"]).all() and told(found) == {"no_end": 1}

    def test_who_takes_more_than_it_gives_without_end(self) -> None:
        """Each unit of s00 takes 3 of s01, each unit of that 2 of s00."""
        found = eg.leontief(trading([[0, 2], [3, 0]], [-0.0, 0]), by="node")
        assert np.isnan(found["called"]).all()

    def test_who_only_receives_is_final_demand(self) -> None:
        found = eg.leontief(trading([[0, 4, 6], [0, 0, 4], [0, 0, 0]]), by="node")
        assert square(found, "called").sum(axis=1) == pytest.approx([10, 4, 0])
        assert told(found) == {"only_receives": 1}
        mirrored = eg.ghosh(trading([[0, 4, 6], [0, 0, 4], [0, 0, 0]]), by="node")
        assert square(mirrored, "passed").sum(axis=0) == pytest.approx([0, 4, 10])
        assert told(mirrored) == {"only_gives": 1}

    def test_who_has_no_group_is_outside(self) -> None:
        view = trading([[0, 4, 6], [1, 0, 4], [2, 0, 0]], area=["x", "y", None])
        found = eg.linkage(view, by="area")
        assert found["output"].tolist() == [10, 5] and found["demand"].tolist() == [6, 4]
        assert told(found) == {"no_label": 1}

    def test_by_node_equal_ids_of_two_kinds_stay_apart(self) -> None:
        sent = {"source": ["a"], "target": ["a"], "source_kind": ["Maker"], "target_kind": ["Project"], "amount": [3.0]}
        eco = eg.from_tables({"Maker": {"id": ["a"]}, "Project": {"id": ["a"]}}, {"TRANSFERS": sent})
        assert eg.linkage(eco.flows("TRANSFERS"), by="node")["group"].tolist() == ["Maker:a", "Project:a"]

    def test_too_many_pairs_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ecograph.metrics.flow.leontief.LARGEST", 1)
        monkeypatch.setattr("ecograph.metrics.flow.ghosh.LARGEST", 1)
        for measure in (eg.leontief, eg.ghosh):
            with pytest.raises(ParameterError, match="by: 2 groups make 4 pairs; take a coarser grouping of at most 1"):
                measure(trading(Z, F), by="node")

    @pytest.mark.parametrize(
        ("demand", "message"),
        [
            ({"group": ["x"], "value": [1.0]}, "demand: 'x' is not in the view; give each group"),
            ({"group": ["s00", "s00"], "value": [1.0, 2.0]}, "demand: 1 stand there twice"),
            ({"group": ["s00"], "value": ["much"]}, "demand: values are string, not numbers"),
            (
                {"id": ["s00"], "value": [1.0]},
                "demand: the table has id, value; it needs group, or kind and id, and a value",
            ),
            ({"kind": ["Sector"], "id": ["x"], "value": [1.0]}, r"demand: \('Sector', 'x'\) is not in the view"),
            ("area", "demand: values are string, not numbers"),
        ],
    )
    def test_wrong_what_ifs(self, demand: Any, message: str) -> None:
        with pytest.raises(ParameterError, match=message):
            eg.leontief(trading(Z, F, area=["x", "y"]), by="node", demand=demand)

    def test_an_attribute_that_is_not_there(self) -> None:
        with pytest.raises(UnknownNameError, match="no attribute of these nodes 'nothing'"):
            eg.linkage(trading(Z, F), by="nothing")


def test_what_is_said() -> None:
    view = trading(Z, F, V)
    assert eg.leontief(view, by="node").explain("s00", "s01") == (
        "For each unit that s01 gives to final demand s00 puts out 0.33, and sells 0.25 to s01 for each unit s01 puts "
        "out. The final demand of s01 calls for 561.056 of s00."
    )
    assert eg.ghosh(view, by="node").explain("s00", "s01", language="zh") == (
        "s00 每获得一单位初始投入，会形成 s01 的 0.6601；s00 每有一单位，其中 0.5 直接分配给 s01。"
        "s00 的初始投入共形成 s01 的 429.043。"
    )
    assert eg.linkage(view, by="node").explain("s00") == (
        "s00 puts out 1,000 CNY. A unit of final demand for it calls for 1.518 in all groups: its pull is 1.02 and its "
        "push 1.07 times the mean, so it is a key group. A unit of primary input to it becomes 1.914 in all groups, "
        "1.21 times the mean."
    )


def test_repeated_from_plain_data() -> None:
    assert module.LARGEST**2 <= 10_000_000
    view = trading(Z, F)
    found = eg.leontief(view, by="node", demand={"group": ["s00"], "value": [1.0]})  # type: ignore[arg-type]
    assert found.provenance["parameters"]["demand"] == {"group": ["s00"], "value": [1.0]}
