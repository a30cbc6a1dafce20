"""Flows: the boundary, units, spans that a period cuts, and balance, by hand and by law."""

import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.errors import ParameterError, ViewError, WeightError
from tests.strategies import GRAPH, made_ecosystems

NODES = {"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}}


def moved(*rows: tuple[str, str, float], unit: str | None = "CNY") -> dict[str, list]:
    """Columns of transfers."""
    sources, targets, amounts = (list(column) for column in zip(*rows, strict=True))
    return {"source": sources, "target": targets, "amount": amounts, "unit": [unit] * len(rows)}


def flows(*rows: tuple[str, str, float], unit: str | None = "CNY"):
    return eg.from_tables(NODES, {"TRANSFERS": moved(*rows, unit=unit)}).flows("TRANSFERS", outside="Market")


def supplies(start: str | None, stop: str | None):
    rows = {
        "source": ["e"], "target": ["s"], "valid_from": [start], "valid_to": [stop], "amount": [100.0], "unit": ["CNY"],
    }  # fmt: skip
    return eg.from_tables({"Enterprise": {"id": ["e"]}, "Makerspace": {"id": ["s"]}}, {"SUPPLIES": rows})


def test_a_boundary_by_hand() -> None:
    view = flows(("m", "a", 9), ("a", "b", 6), ("b", "m", 3))
    assert (view.inputs.tolist(), view.exports.tolist(), view.losses.tolist()) == ([9, 0], [0, 3], [0, 0])
    assert view.throughflows.tolist() == [9, 6] and view.imbalances.tolist() == [3, 3]


@pytest.mark.parametrize(("method", "expected"), [("input", (9, 9, 9)), ("output", (3, 3, 3)), ("average", (6, 6, 6))])
def test_balancing_by_hand(method: str, expected: tuple[float, float, float]) -> None:
    view = flows(("m", "a", 9), ("a", "b", 6), ("b", "m", 3)).balanced(method)
    assert (view.inputs.sum(), view.amounts.sum(), view.exports.sum()) == expected
    assert view.findings.counts() == {"rebalanced_nodes": 2}
    assert view.recipe["balanced"] == method


def test_a_result_of_a_balanced_view_is_repeated() -> None:
    eco = eg.from_tables(NODES, {"TRANSFERS": moved(("m", "a", 9), ("a", "b", 6), ("b", "m", 3))})
    found = eg.throughflow(eco.flows("TRANSFERS", outside="Market").balanced("input"))
    assert eg.repeat(found, eco) == found and found["imbalance"].tolist() == [0, 0]


def test_what_cannot_be_balanced_is_named() -> None:
    with pytest.raises(ParameterError, match="method='sideways'; allowed: input, output, average"):
        flows(("m", "a", 9)).balanced("sideways")
    only_receives = flows(("m", "a", 9), ("a", "b", 6))
    with pytest.raises(ViewError, match=r"1 nodes have no way out \(b\); name their exports= or losses="):
        only_receives.balanced("input")
    with pytest.raises(ViewError, match=r"2 nodes have no way in \(a, b\); name their inputs="):
        flows(("a", "b", 6), ("b", "a", 6), ("b", "m", 1)).balanced("output")
    with pytest.raises(ViewError, match=r"2 nodes have no way out \(a, b\)"):
        flows(("m", "a", 1), ("a", "b", 6), ("b", "a", 6)).balanced("input")


@given(made_ecosystems)
def test_balanced_flows_are_in_balance_and_keep_what_the_method_says(tables) -> None:
    view = tables.ecosystem.flows("ARC", outside=("PublicBody", "University"))
    for method in ("input", "output", "average"):
        try:
            found = view.balanced(method)
        except ViewError:
            continue
        scale = max(1.0, found.throughflows.max(initial=0), view.throughflows.max(initial=0))
        assert np.abs(found.imbalances).max(initial=0) <= 1e-9 * scale
        assert method != "input" or (found.inputs == view.inputs).all()
        assert method != "output" or (found.exports == view.exports).all()
        assert (found.amounts.data >= 0).all()
        if method != "average":
            sums = (view.outflows, found.outflows) if method == "input" else (view.throughflows, found.throughflows)
            before, after = (flows.amounts.toarray() for flows in (view, found))
            before, after = (one if method == "input" else one.T for one in (before, after))
            assert after * sums[0][:, None] == pytest.approx(before * sums[1][:, None], rel=1e-9, abs=1e-9)


def test_units_are_checked() -> None:
    assert flows(("m", "a", 9), unit=None).findings.counts()["unitless_flows"] == 1
    rows = moved(("m", "a", 9), ("a", "b", 6))
    rows["unit"] = ["CNY", None]
    view = eg.from_tables(NODES, {"TRANSFERS": rows}).flows("TRANSFERS")
    assert view.amounts.sum() == 9 and view.findings.counts()["unitless_flows"] == 1
    rows["unit"] = ["CNY", "hours"]
    eco = eg.from_tables(NODES, {"TRANSFERS": rows})
    with pytest.raises(WeightError, match="amounts in CNY, hours; give unit="):
        eco.flows("TRANSFERS")
    arcs = eg.from_tables({"Maker": {"id": ["a", "b"]}}, {"ARC": moved(("b", "a", -1))}, GRAPH)
    with pytest.raises(WeightError, match=r"ARC\.amount as amount: 1 values are not finite and not negative"):
        arcs.flows("ARC")


def test_spans_that_a_period_cuts_are_divided_as_asked() -> None:
    eco = supplies("2024-12-22", "2025-01-01").between("2024-12-31", "2025-12-31")
    with pytest.raises(ViewError, match=r"SUPPLIES: 1 amounts stand on spans that the period from 2024-12-31 to"):
        eco.flows("SUPPLIES")
    with pytest.raises(ParameterError, match="apportion='half'; allowed: days, start"):
        eco.flows("SUPPLIES", apportion="half")
    assert eco.flows("SUPPLIES", apportion="days").amounts.sum() == pytest.approx(10)
    assert eco.flows("SUPPLIES", apportion="start").amounts.sum() == 0
    assert supplies("2024-12-22", "2025-01-01").flows("SUPPLIES").amounts.sum() == 100
    first = supplies("2024-12-22", "2025-01-01").between("2024-01-01", "2024-12-31")
    assert first.flows("SUPPLIES", apportion="days").amounts.sum() == pytest.approx(90)
    assert first.flows("SUPPLIES", apportion="start").amounts.sum() == 100


def test_open_spans_cannot_be_divided() -> None:
    view = supplies("2024-12-22", None).between("2025-01-01", "2025-12-31").flows("SUPPLIES", apportion="days")
    assert view.amounts.sum() == 0 and view.findings.counts() == {"open_span": 1}
    result = eg.throughflow(view)
    assert eg.repeat(result, supplies("2024-12-22", None)) == result
