"""Event study: planted effects, pyfixest, leads that predict, and platforms that tell nothing."""

import warnings
from typing import Any

import numpy as np
import pytest

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError

SINCE = {0: 0.5, 1: 0.8, 2: 1.0}


def simulated(seed: int, units: int = 120, periods: int = 12, trend: float = 0.0) -> dict[str, list[Any]]:
    """Makers jump when the first supplier comes; with a trend they grow before it already."""
    random = np.random.default_rng(seed)
    events = np.where(random.random(units) < 0.4, 99, random.integers(0, periods - 2, units))
    levels, shocks = random.normal(size=units), random.normal(size=periods)
    table: dict[str, list[Any]] = {name: [] for name in ("unit", "period", "makers", "suppliers")}
    for unit in range(units):
        for period in range(periods):
            since = period - events[unit]
            moved = SINCE.get(min(since, 2), 0.0) + trend * max(since + 4, 0) * (since < 0)
            table["unit"].append(f"u{unit}")
            table["period"].append(period)
            table["makers"].append(float(np.exp(4 + levels[unit] + shocks[period] + moved + 0.1 * random.normal())))
            table["suppliers"].append(float(since >= 0))
    return table


def studied(table: dict[str, list[Any]], **options: Any) -> eg.Result:
    panel = eg.panel_from_table(table, "unit", "period", {"makers": "makers", "suppliers": "suppliers"})
    return eg.event_study(panel, outcome="makers", event="suppliers", **options)


def codes(result: eg.Result) -> set[str]:
    return {one.code for one in result.findings}


def test_planted_effects_are_found_and_leads_are_flat() -> None:
    found = studied(simulated(1), leads=3, lags=2)
    assert found["term"].tolist() == ["event-3", "event-2", "event-1", "event+0", "event+1", "event+2"]
    planted = np.array([0, 0, np.nan, 0.5, 0.8, 1.0])
    known = ~np.isnan(planted)
    assert np.abs((found["estimate"] - planted) / found["error"])[known].max() < 3.5
    assert np.isnan(found["estimate"][2])
    assert "compared with" in found["note"][2]
    assert {"events", "leads_do_not", "event_at_once"} <= codes(found)
    assert "from the period before" in found.explain("event+0", equation="makers")


def test_a_trend_before_the_event_is_told() -> None:
    found = studied(simulated(2, trend=0.2), leads=3, lags=2)
    assert "leads_predict" in codes(found)


def test_it_is_pyfixest() -> None:
    import pyfixest

    table = simulated(3, 40, 8)
    found = studied(table, leads=2, lags=1)
    panel = eg.panel_from_table(table, "unit", "period", {"makers": "makers", "suppliers": "suppliers"})
    frame = panel.frame().rename(columns={"makers_active": "makers", "suppliers_active": "suppliers"})
    first = frame[frame["suppliers"] > 0].groupby("unit")["period"].min()
    since = frame["period"] - frame["unit"].map(first).astype(float)
    frame = frame.assign(
        y=np.log(frame["makers"]),
        early=(since <= -2).astype(float),
        at=(since == 0).astype(float),
        late=(since >= 1).astype(float),
    )
    frame = frame[~(frame["unit"].map(first) == 0)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        peer = pyfixest.feols("y ~ early + at + late | unit + period", frame, vcov={"CRV1": "unit"})
    rows = [0, 2, 3]
    np.testing.assert_allclose(found["estimate"][rows], peer.coef(), rtol=1e-5)
    np.testing.assert_allclose(found["error"][rows], peer.se(), rtol=1e-5)
    counts = [int(frame[name].sum()) for name in ("early", "at", "late")]
    assert found["rows"][rows].tolist() == counts


def test_where_nobody_or_everybody_has_the_event_nothing_is_told() -> None:
    table = simulated(4, 10, 6)
    never = table | {"suppliers": [0.0] * 60}
    always = table | {"suppliers": [1.0] * 60}
    for one in (never, always):
        found = studied(one)
        assert np.isnan(found["estimate"]).all()
        assert "no_event" in codes(found)
        assert all(found["note"])
        assert found.explain("event+0", equation="makers").startswith("event+0: no platform has the event")
        assert found.explain("event+0", equation="makers", language="zh").endswith(
            "（没有平台在首个时期之后发生该事件）。"
        )


def test_periods_without_rows_have_no_estimate() -> None:
    found = studied(simulated(5, 20, 5), leads=9, lags=9)
    empty = found["rows"] == 0
    assert empty.any()
    assert np.isnan(found["estimate"][empty]).all()


def test_wrong_arguments_are_said() -> None:
    table = simulated(6, 5, 5)
    for options in ({"leads": 1}, {"lags": -1}, {"confidence": 0.0}):
        with pytest.raises(ParameterError):
            studied(table, **options)
    panel = eg.panel_from_table(table, "unit", "period", {"makers": "makers"})
    with pytest.raises(UnknownNameError, match="suppliers"):
        eg.event_study(panel, outcome="makers", event="suppliers")
