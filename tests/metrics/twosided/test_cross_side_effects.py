"""Effects between two sides: New York's bases, linearmodels, planted effects, diagnostics that speak, bad input."""

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError, ViewError
from ecograph.generate.sides import Equation
from ecograph.generate.twosided import two_sided
from ecograph.methods.advice import Advice

BOTH = {"makers": "makers", "suppliers": "suppliers"}


def new_york(reference: Path, uber: bool) -> Any:
    """Trips and vehicles of bases by day, as the city publishes them."""
    name = "uber_jan_feb_2015" if uber else "other_fhv_jan_aug_2015"
    base, vehicles = ("dispatching_base_number", "active_vehicles") if uber else ("base_number", "vehicles")
    with (reference / "nyc_fhv_two_sided" / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    def day(text: str) -> date:
        if not uber:
            return date.fromisoformat(text)
        month, number, year = map(int, text.split("/"))
        return date(year, month, number)

    table = {
        "base": [row[base] for row in rows],
        "day": [day(row["date"]) for row in rows],
        "trips": [float(row["trips"]) if row["trips"] else None for row in rows],
        "vehicles": [float(row[vehicles]) if row[vehicles] else None for row in rows],
    }
    return eg.panel_from_table(table, "base", "day", {"trips": "trips", "vehicles": "vehicles"}, every="day")


def codes(result: eg.Result) -> set[str]:
    return {finding.code for finding in result.findings}


def test_the_sign_changes_between_uber_and_the_other_bases(reference: Path) -> None:
    uber = eg.cross_side_effects(new_york(reference, uber=True), estimator="within", draws=199, shuffles=19)
    others = eg.cross_side_effects(new_york(reference, uber=False), estimator="within", shuffles=3)
    assert uber["plain"][:2] == pytest.approx([0.53537, 0.53404], abs=5e-6)
    assert others["estimate"][:2] == pytest.approx([0.57774, -0.15614], abs=5e-6)
    assert (uber["rows"][0], uber["platforms"][0]) == (348, 6)
    assert (others["rows"][0], others["platforms"][0]) == (23_336, 305)
    assert {"few_platforms", "exogeneity_assumed", "no_past"} <= codes(uber)
    assert {"unknown_size", "no_past"} <= codes(others)
    assert not np.isnan(uber["wild_p"]).any()
    assert np.isnan(others["wild_p"]).all()
    corrected = eg.cross_side_effects(new_york(reference, uber=False), shuffles=0)
    assert corrected["estimate"][1] < 0


def test_planted_effects_are_found_and_plain_ones_are_off() -> None:
    made = two_sided(400, 10, gaps=0.05, seed=3)
    found = eg.cross_side_effects(made.panel, shuffles=9)
    planted = [made.equations["makers"].own, made.equations["makers"].cross]
    planted += [made.equations["suppliers"].cross, made.equations["suppliers"].own]
    assert found["term"].tolist() == ["makers (t-1)", "suppliers (t-1)"] * 2
    assert np.abs((found["estimate"] - planted) / found["error"]).max() < 3.5
    assert (found["plain"] - planted)[[0, 3]].max() < -0.1
    assert "short_panel" in codes(found)
    told = next(one for one in found.findings if one.code == "short_panel")
    assert float(told.value) == pytest.approx(found["plain"][0] - found["estimate"][0], abs=0.05)
    assert "1 % more at t-1" in found.explain("suppliers (t-1)", equation="makers")
    assert "每多 1%" in found.explain("suppliers (t-1)", language="zh", equation="makers")
    (advice,) = [finding for finding in found.findings if finding.code in get_args(Advice)]
    for language, note in (("en", f" Note: {advice.reason('en')}."), ("zh", f"说明：{advice.reason('zh')}。")):
        assert found.explain("suppliers (t-1)", language=language, equation="makers").endswith(note)


def test_it_is_linearmodels_where_it_is_plain() -> None:
    from linearmodels import PanelOLS

    made = two_sided(40, 12, gaps=0.1, seed=5)
    found = eg.cross_side_effects(made.panel, estimator="within", shuffles=0)
    frame = made.panel.frame().set_index(["unit", "period"])
    logs = np.log(frame[["makers_active", "suppliers_active"]])
    quarter = {period: number for number, period in enumerate(sorted(logs.index.unique("period")))}
    logs.index = logs.index.set_levels([quarter[one] for one in logs.index.levels[1]], level=1)
    past = logs.copy()
    past.index = past.index.set_levels(past.index.levels[1] + 1, level=1)
    rows = logs.join(past.add_suffix("_past"), how="inner")
    model = PanelOLS(
        rows["makers_active"],
        rows[["makers_active_past", "suppliers_active_past"]],
        entity_effects=True,
        time_effects=True,
    )
    peer = model.fit()
    np.testing.assert_allclose(found["estimate"][:2], peer.params, rtol=1e-8)
    assert found["rows"][0] == len(rows)


def test_two_lags_find_what_one_leaves_in_the_errors() -> None:
    table: dict[str, list[Any]] = {"unit": [], "period": [], "makers": [], "suppliers": []}
    random = np.random.default_rng(2)
    sizes = np.zeros((300, 80, 2))
    for period in range(2, 80):
        past = 0.3 * sizes[:, period - 1] + 0.4 * sizes[:, period - 2]
        sizes[:, period] = past + random.normal(size=(300, 2))
    for unit in range(300):
        for period in range(15):
            table["unit"].append(f"u{unit:03}")
            table["period"].append(period)
            table["makers"].append(float(np.exp(sizes[unit, period - 15, 0])))
            table["suppliers"].append(float(np.exp(sizes[unit, period - 15, 1])))
    panel = eg.panel_from_table(table, "unit", "period", BOTH)
    one, two = (eg.cross_side_effects(panel, lags=lags, shuffles=0) for lags in (1, 2))
    assert "errors_go_on" in codes(one)
    assert "errors_go_on" not in codes(two)
    assert two["term"].tolist()[:4] == ["makers (t-1)", "suppliers (t-1)", "makers (t-2)", "suppliers (t-2)"]
    assert np.abs((two["estimate"][:4] - [0.3, 0, 0.4, 0]) / two["error"][:4]).max() < 3.5


def test_a_side_that_has_no_effect_is_no_larger_than_shuffled() -> None:
    none = {"makers": Equation(0.5, 0.0, 0.2), "suppliers": Equation(0.4, 0.0, 0.2)}
    with_effect, without = two_sided(80, 15, seed=1), two_sided(80, 15, equations=none, seed=1)
    assert "no_larger_than_shuffled" in codes(eg.cross_side_effects(without.panel))
    assert "no_larger_than_shuffled" not in codes(eg.cross_side_effects(with_effect.panel))


def test_persistent_sizes_are_told() -> None:
    walking = {"makers": Equation(0.97, 0.0, 0.2), "suppliers": Equation(0.97, 0.0, 0.2)}
    found = eg.cross_side_effects(two_sided(60, 40, equations=walking, size=5_000, seed=1).panel, shuffles=0)
    assert {"unit_root", "no_corrected"} & codes(found)


def rows_of(units: int, periods: int, makers: Any, suppliers: Any) -> Any:
    places, times = (part.ravel() for part in np.indices((units, periods)))
    table = {"unit": [f"u{one}" for one in places], "period": times}
    random = np.random.default_rng(1)
    return table | {"makers": makers(random, places, times), "suppliers": suppliers(random, places, times)}


def any_size(random: np.random.Generator, places: Any, times: Any) -> Any:
    return random.integers(1, 50, len(places)).astype(float)


@pytest.mark.parametrize(
    ("units", "periods", "suppliers", "lags", "code", "said"),
    [
        (1, 9, any_size, 1, "too_few_pasts", "need at least two"),
        (9, 1, any_size, 1, "too_few_pasts", "need at least two"),
        (9, 4, any_size, 4, "too_few_pasts", "need at least two"),
        (9, 9, lambda random, places, times: places + 1.0, 1, "past_does_not_vary", "does not vary"),
        (9, 9, lambda random, places, times: 0.0 * places, 1, "too_few_pasts", "need at least two"),
        (2, 2, any_size, 1, "past_does_not_vary", "does not vary"),
    ],
)
def test_what_cannot_be_estimated_is_missing_with_one_line(
    units: int, periods: int, suppliers: Any, lags: int, code: str, said: str
) -> None:
    panel = eg.panel_from_table(rows_of(units, periods, any_size, suppliers), "unit", "period", BOTH)
    found = eg.cross_side_effects(panel, lags=lags)
    assert np.isnan(found["estimate"]).all()
    assert all(said in note and "\n" not in note for note in found["note"])
    refused = next(one for one in found.findings if one.code == code)
    assert said in found.explain("makers (t-1)", equation="makers")
    assert refused.reason("zh") in found.explain("makers (t-1)", equation="makers", language="zh")
    assert not re.search("[a-z]{4}", refused.line("zh"))


def test_zeros_have_no_logarithm_and_are_used_as_they_are_without() -> None:
    table = rows_of(12, 12, any_size, lambda random, places, times: random.integers(0, 5, len(places)).astype(float))
    panel = eg.panel_from_table(table, "unit", "period", BOTH)
    logs, plain = (eg.cross_side_effects(panel, logs=logs, shuffles=0) for logs in (True, False))
    zeros = int(sum(size == 0 for size in table["suppliers"]))
    assert next(one.count for one in logs.findings if one.code == "no_logarithm") == zeros
    assert plain["rows"][0] == 12 * 11
    assert logs["rows"][0] < 12 * 11


def test_wrong_arguments_are_said() -> None:
    panel = two_sided(5, 6).panel
    for options in ({"lags": 0}, {"confidence": 1.0}, {"draws": -1}, {"sides": ["makers", "makers"]}):
        with pytest.raises(ParameterError):
            eg.cross_side_effects(panel, **options)
    with pytest.raises(UnknownNameError, match="supliers"):
        eg.cross_side_effects(panel, pair=["makers", "supliers"])
    alone = eg.panel_from_table({"unit": ["a"], "period": [1], "makers": [2.0]}, "unit", "period", {"makers": "makers"})
    with pytest.raises(ViewError, match="name two"):
        eg.cross_side_effects(alone)
