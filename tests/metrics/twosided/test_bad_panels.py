"""Panels that cannot answer: each says why in one line, in both languages, and no row goes unsaid."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import ecograph as eg
from ecograph.quality import Finding

BOTH = {"makers": "makers", "suppliers": "suppliers"}
Draw = Callable[[np.random.Generator, Any, Any, Any], Any]


def panel_of(units: int, periods: int, suppliers: Draw) -> Any:
    """A panel of makers drawn at random and suppliers made of the places, the times and the makers."""
    places, times = (part.ravel() for part in np.indices((units, periods)))
    random = np.random.default_rng(1)
    makers = random.integers(1, 50, len(places)).astype(float)
    table = {"unit": [f"u{one}" for one in places], "period": times, "makers": makers}
    return eg.panel_from_table(table | {"suppliers": suppliers(random, places, times, makers)}, "unit", "period", BOTH)


def drawn(random: np.random.Generator, places: Any, _times: Any, _makers: Any) -> Any:
    return random.integers(1, 50, len(places)).astype(float)


def still(_random: np.random.Generator, places: Any, _times: Any, _makers: Any) -> Any:
    return places + 1.0


def nothing(_random: np.random.Generator, places: Any, _times: Any, _makers: Any) -> Any:
    return 0.0 * places


def threefold(_random: np.random.Generator, _places: Any, _times: Any, makers: Any) -> Any:
    return 3 * makers


BAD = [
    (1, 9, drawn, {}, {"one_platform", "no_past"}),
    (9, 1, drawn, {}, {"one_period", "lags_too_long"}),
    (9, 9, still, {}, {"constant_side", "no_past"}),
    (9, 9, nothing, {}, {"constant_side", "no_logarithm"}),
    (9, 4, drawn, {"lags": 4}, {"lags_too_long"}),
    (9, 9, threefold, {}, {"sides_in_step", "no_past"}),
    (9, 9, threefold, {"logs": False}, {"sides_in_step", "no_past"}),
]


@pytest.mark.parametrize(("units", "periods", "suppliers", "options", "codes"), BAD)
@pytest.mark.parametrize("metric", ["cross_side_effects", "loop_gain"])
def test_why_nothing_can_be_estimated_is_said(
    metric: str, units: int, periods: int, suppliers: Draw, options: dict[str, Any], codes: set[str]
) -> None:
    found = getattr(eg, metric)(panel_of(units, periods, suppliers), **options)
    assert np.isnan(found[next(iter(found.columns))]).all()
    assert all(note and "\n" not in note for note in found["note"])
    said = {one.code: one for one in found.findings}
    assert codes <= set(said)
    for code in codes:
        for language in ("en", "zh"):
            line = said[code].line(language)
            assert "\n" not in line and "{" not in line


def test_lags_are_held_against_the_longest_run() -> None:
    (too_long,) = [
        one for one in eg.cross_side_effects(panel_of(9, 4, drawn), lags=4).findings if one.code == "lags_too_long"
    ]
    assert too_long == Finding("lags_too_long", 36, details={"lags": 4, "needed": 5, "longest": 4})
    assert too_long.reason("en") == (
        "no platform has 5 known periods one after the other, as lags=4 needs; the longest run has 4"
    )
    gapped = eg.panel_from_table(
        {
            "unit": list("aaaabbbb"),
            "period": [1, 2, 4, 5] * 2,
            "makers": [1.0, 2, 3, 4, 2, 5, 3, 9],
            "suppliers": [3.0] * 8,
        },
        "unit",
        "period",
        BOTH,
    )
    found = {one.code: one for one in eg.cross_side_effects(gapped, lags=2).findings}
    assert found["lags_too_long"].details["longest"] == 2
    assert "lags_too_long" not in eg.cross_side_effects(gapped, lags=1).findings.counts()


@pytest.mark.parametrize("noise", [0.0, 1e-3])
def test_sides_are_in_step_only_if_wholly_so(noise: float) -> None:
    def nearly(random: np.random.Generator, places: Any, _times: Any, makers: Any) -> Any:
        return makers * (2.0 + places) * np.exp(noise * random.normal(size=len(makers)))

    codes = eg.cross_side_effects(panel_of(9, 9, nearly), shuffles=0, draws=0).findings.counts()
    assert ("sides_in_step" in codes) == (noise == 0)


def test_a_side_that_falls_as_the_other_rises_is_in_step() -> None:
    def mirrored(_random: np.random.Generator, _places: Any, _times: Any, makers: Any) -> Any:
        return 60 - makers

    found = eg.cross_side_effects(panel_of(9, 9, mirrored), logs=False)
    assert "sides_in_step" in found.findings.counts()


def test_each_row_is_used_or_told() -> None:
    def with_zeros(random: np.random.Generator, places: Any, _times: Any, _makers: Any) -> Any:
        return random.integers(0, 4, len(places)).astype(float)

    panel = panel_of(9, 9, with_zeros)
    found = eg.cross_side_effects(panel, shuffles=0, estimator="within")
    lost = {one.code: one.count for one in found.findings if one.code in ("no_logarithm", "no_past")}
    assert found["rows"][0] + sum(lost.values()) == panel.size
    assert lost["no_logarithm"] == (panel.sides["suppliers"].active == 0).sum() > 0
