"""Concentration: the merger guidelines' example, closed forms and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError
from ecograph.methods.shares import concentration_of
from tests.strategies import made

amounts = st.lists(st.floats(0, 1e9), min_size=1, max_size=40)


def paid(values: list[float]) -> eg.Ecosystem:
    names = [f"e{number:02}" for number in range(len(values))]
    rows = {"source": names, "target": ["p"] * len(values), "amount": values, "unit": ["CNY"] * len(values)}
    return eg.from_tables({"Enterprise": {"id": names}, "Project": {"id": ["p"]}}, {"INVESTS_IN": rows})


def test_shares_of_thirty_thirty_twenty_twenty() -> None:
    view = paid([30.0, 30, 20, 20]).two_mode("Enterprise -INVESTS_IN-> Project", amount="amount")
    found = eg.concentration(view, k=2)
    first = next(found.table.rows())
    assert first["group"] == "Enterprise"
    assert first["hhi_points"] == pytest.approx(2_600, abs=1e-9)
    assert first["hhi"] == pytest.approx(0.26, abs=1e-12)
    assert first["cr"] == pytest.approx(0.6, abs=1e-12)
    # Gini by its mean-difference form: sum |x_i - x_j| / (2 n^2 mean) = 80 / (2 * 16 * 25)
    assert first["gini"] == pytest.approx(0.1, abs=1e-12)
    assert first["entropy"] == pytest.approx(-2 * (0.3 * np.log(0.3) + 0.2 * np.log(0.2)), abs=1e-12)
    assert (first["top_ratio"], first["n"], first["total"]) == (1.0, 4, 100.0)
    assert found.table.columns["total"].unit == "CNY"


@given(amounts)
def test_it_equals_a_slow_twin(values: list[float]) -> None:
    found, total, n = concentration_of(np.array(values), 3), sum(values), len(values)
    if total == 0:
        assert np.isnan(found["hhi"]) and found["n"] == n
        return
    differences = sum(abs(one - other) for one in values for other in values)
    assert found["gini"] == pytest.approx(differences / (2 * n * total), abs=1e-9)
    assert found["hhi"] == pytest.approx(sum((value / total) ** 2 for value in values), rel=1e-9)
    assert found["cr"] == pytest.approx(sum(sorted(values)[-3:]) / total, rel=1e-9)


@given(amounts)
def test_bounds_and_scale(values: list[float]) -> None:
    found, doubled = (concentration_of(np.array(values) * factor, 2) for factor in (1, 2))
    if sum(values) == 0:
        return
    n = len(values)
    assert 1 / n - 1e-12 <= found["hhi"] <= 1 + 1e-12
    assert -1e-12 <= found["gini"] <= 1 - 1 / n + 1e-12
    assert found["entropy"] <= np.log(n) + 1e-9
    assert found["hhi"] == pytest.approx(doubled["hhi"], rel=1e-9)


def test_an_even_side_and_a_side_of_one() -> None:
    even = concentration_of(np.full(8, 5.0), 4)
    assert (even["hhi"], even["gini"], even["entropy"]) == pytest.approx((1 / 8, 0, np.log(8)))
    alone = concentration_of(np.array([0.0, 0, 9]), 4)
    assert (alone["hhi"], alone["gini"], alone["entropy"]) == pytest.approx((1, 2 / 3, 0))
    assert np.isnan(alone["top_ratio"])
    assert not np.signbit(concentration_of(np.array([9.0]), 4)["entropy"])


def test_sides_of_networks_and_degrees_without_a_role() -> None:
    eco = made(7).ecosystem
    net = eco.network("ARC", kinds="Actor")
    found = eg.concentration(net)
    degrees = eg.degree(net)
    assert found["group"].tolist() == ["sources", "targets"]
    assert found["total"].tolist() == [degrees["out_degree"].sum(), degrees["in_degree"].sum()]
    assert found.explain("sources").startswith("sources: ")
    assert found.explain("targets", language="zh").startswith("终点一方：")
    undirected = eg.concentration(eco.network("TIE", kinds="Actor"))
    assert undirected["group"].tolist() == ["all"]
    assert undirected.explain("all", language="zh").startswith("全部节点：")


def test_nothing_to_share_is_missing_with_a_note_and_a_sentence() -> None:
    found = eg.concentration(paid([0.0, 0.0]).two_mode("Enterprise -INVESTS_IN-> Project", amount="amount"))
    assert np.isnan(found["hhi"]).all() and set(found["note"]) == {"the total is 0"}
    assert found.explain("Enterprise") == "Enterprise: nothing is shared, so there is no concentration."
    assert found.explain("Enterprise", language="zh") == "企业：总量为零，无集中度。"


def test_wrong_parameters() -> None:
    eco = made(7).ecosystem
    with pytest.raises(ParameterError, match="k=0"):
        eg.concentration(eco.network("ARC"), k=0)
    with pytest.raises(ParameterError, match="one role"):
        eg.concentration(eco.network("ARC", amount="amount", count="hours"))
