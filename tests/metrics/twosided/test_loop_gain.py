"""Loop gain: closed forms, derivatives by difference, planted loops, intervals, and where it tips."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError
from ecograph.generate.sides import Equation
from ecograph.generate.twosided import two_sided
from ecograph.methods.feedback import drawn_gains, loop_gain_of, turning_point

effects_drawn = st.tuples(*(st.floats(-0.9, 0.9) for _ in range(4))).map(np.array)


@given(effects_drawn)
def test_the_gain_is_what_comes_back(effects: np.ndarray) -> None:
    own, onto, back, other = effects
    found = loop_gain_of(effects, np.eye(4))
    # A lasting 1 on one side becomes back / (1 - other) on the other side and returns as onto / (1 - own) times that
    assert found.gain == pytest.approx(back / (1 - other) * onto / (1 - own), abs=1e-12)
    step = 1e-6
    moved = [
        (loop_gain_of(effects + step * one, np.eye(4)).gain - loop_gain_of(effects - step * one, np.eye(4)).gain)
        / (2 * step)
        for one in np.eye(4)
    ]
    assert found.error == pytest.approx(np.linalg.norm(moved), rel=1e-4, abs=1e-8)
    if found.gain < 1:
        shock = np.linalg.solve(np.eye(2) - effects.reshape(2, 2), [1 - own, 0.0])
        assert found.multiplier == pytest.approx(shock[0], rel=1e-9)
    else:
        assert np.isnan(found.multiplier)


def test_a_side_that_grows_by_itself_has_no_gain() -> None:
    assert np.isnan(loop_gain_of(np.array([1.0, 0.1, 0.1, 0.5]), np.eye(4)).gain)
    assert np.isinf(drawn_gains(np.array([1.5, 0.1, 0.1, 0.5]), np.zeros((3, 4)), 5, 1)).all()


def test_drawn_gains_vary_as_the_delta_method_says() -> None:
    random = np.random.default_rng(1)
    influence = random.normal(size=(200, 4)) * 0.002
    influence -= influence.mean(axis=0)
    effects = np.array([0.5, 0.2, 0.3, 0.4])
    drawn = drawn_gains(effects, influence, 4_000, 1)
    assert drawn.std() == pytest.approx(loop_gain_of(effects, influence.T @ influence).error, rel=0.06)
    assert np.median(drawn) == pytest.approx(0.2, abs=0.01)


def test_the_fixed_point_stays() -> None:
    matrix, constants = np.array([[0.5, 0.8], [0.9, 0.4]]), np.array([-3.0, -2.0])
    point = turning_point(matrix, constants)
    np.testing.assert_allclose(matrix @ point + constants, point, rtol=1e-12)
    assert np.isnan(turning_point(np.eye(2), constants)).all()


def test_a_planted_loop_is_found() -> None:
    made = two_sided(400, 16, seed=2)
    own, cross = made.equations["makers"].own, made.equations["makers"].cross
    back, other = made.equations["suppliers"].cross, made.equations["suppliers"].own
    found = eg.loop_gain(made.panel)
    planted = cross * back / ((1 - own) * (1 - other))
    row = next(iter(found.table.rows()))
    assert abs(row["gain"] - planted) < 3.5 * row["error"]
    assert row["low"] < row["gain"] < row["high"]
    assert row["drawn_low"] < row["gain"] < row["drawn_high"]
    assert (row["drawn_high"] - row["drawn_low"]) == pytest.approx(row["high"] - row["low"], rel=0.2)
    assert row["stability"] == "stable"
    assert row["critical_mass"] == "none: stable"
    assert row["multiplier"] == pytest.approx(1 / (1 - row["gain"]))
    assert "comes back" in found.explain()
    assert "反馈" in found.explain(language="zh")


def exploding() -> eg.Result:
    """Sides that feed each other beyond what they lose: ten periods of growth or decline."""
    random = np.random.default_rng(3)
    matrix, tips = np.array([[0.3, 0.75], [0.8, 0.25]]), np.array([4.0, 3.0])
    table: dict[str, list[object]] = {"unit": [], "period": [], "makers": [], "suppliers": []}
    for unit in range(300):
        sizes = tips + random.normal(size=2)
        for period in range(10):
            table["unit"].append(unit)
            table["period"].append(period)
            table["makers"].append(float(np.exp(sizes[0])))
            table["suppliers"].append(float(np.exp(sizes[1])))
            sizes = tips + matrix @ (sizes - tips) + 0.1 * random.normal(size=2)
    panel = eg.panel_from_table(table, "unit", "period", {"makers": "makers", "suppliers": "suppliers"})
    return eg.loop_gain(panel)


def test_a_loop_that_feeds_itself_has_a_critical_mass_and_no_multiplier() -> None:
    found = exploding()
    row = next(iter(found.table.rows()))
    assert row["gain"] == pytest.approx(0.75 * 0.8 / (0.7 * 0.75), abs=3.5 * row["error"])
    assert row["stability"] == "unstable"
    assert np.isnan(found["multiplier"][0])
    assert "not stable" in row["note"]
    makers, suppliers = (float(part.split(": ")[1].replace(",", "")) for part in row["critical_mass"].split(", "))
    assert np.log(makers) == pytest.approx(4, abs=0.2)
    assert np.log(suppliers) == pytest.approx(3, abs=0.2)
    assert "critical mass" in found.explain()


def test_two_lags_are_added_up() -> None:
    made = two_sided(300, 20, seed=4)
    one, two = eg.loop_gain(made.panel), eg.loop_gain(made.panel, lags=2)
    assert two["gain"][0] == pytest.approx(one["gain"][0], abs=3.5 * two["error"][0])


def test_what_cannot_be_told_is_missing_with_its_reason() -> None:
    short = eg.loop_gain(two_sided(5, 1).panel)
    assert np.isnan(short["gain"][0])
    assert "need at least two" in short["note"][0]
    assert "至少需要两个平台" in short.explain(language="zh")
    walking = {"makers": Equation(0.97, 0.0, 0.2), "suppliers": Equation(0.97, 0.0, 0.2)}
    persistent = eg.loop_gain(two_sided(60, 40, equations=walking, size=5_000, seed=1).panel)
    assert {"no_corrected", "unit_root", "grows_alone"} & {one.code for one in persistent.findings}
    with pytest.raises(ParameterError, match="at least 100"):
        eg.loop_gain(two_sided(5, 6).panel, draws=10)
