"""Fixed effects: Grunfeld, New York's bases, pyfixest and linearmodels on panels with gaps, dummies, and laws."""

import csv
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.methods import within as sweeping
from ecograph.methods.fixed_effects import Estimate, estimated, within
from ecograph.methods.within import Effects, alone

Rounds = Callable[[int, int], int]


@dataclass(frozen=True)
class Rows:
    """A panel in rows."""

    outcomes: NDArray[np.float64]
    regressors: NDArray[np.float64]
    units: NDArray[np.int64]
    periods: NDArray[np.int64]
    regions: NDArray[np.int64]

    def frame(self) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "y": self.outcomes,
                **{f"x{column}": values for column, values in enumerate(self.regressors.T)},
                "unit": self.units,
                "period": self.periods,
                "region": self.regions,
            }
        )


def random_panel(seed: int) -> Rows:
    """A panel with gaps, units of one row, errors that go together, and clusters of units."""
    random = np.random.default_rng(seed)
    units, periods = int(random.integers(5, 25)), int(random.integers(4, 12))
    there = random.random((units, periods)) < random.uniform(0.4, 0.95)
    there[0] = True  # one part
    rows, times = np.nonzero(there)
    regressors = random.normal(size=(len(rows), 2)) + 0.2 * rows[:, None] + 100
    noise = random.normal(size=units)[rows] * regressors[:, 0] / 100 + random.normal(size=len(rows))
    outcomes = regressors @ [1.5, -0.5] + random.normal(size=units)[rows] + np.sin(times) + noise
    order = random.permutation(len(rows))
    numbers = random.permutation(1_000)[:units][rows]
    return Rows(outcomes[order], regressors[order], numbers[order], times[order] + 2000, numbers[order] % 4)


def pyfixest_of(panel: Rows, effects: str, clusters: str, singletons: str) -> Any:
    import pyfixest

    errors: Any = {"CRV1": clusters} if clusters else "hetero"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pyfixest.feols(
            f"y ~ x0 + x1 | {effects}",
            panel.frame(),
            vcov=errors,
            fixef_rm=singletons,
            demeaner=pyfixest.MapDemeaner(fixef_tol=1e-13),
        )


def linearmodels_of(panel: Rows, both: bool, **errors: Any) -> Any:
    from linearmodels import PanelOLS

    frame = panel.frame().set_index(["unit", "period"]).sort_index()
    if "clusters" in errors:
        errors["clusters"] = frame[[errors["clusters"]]]
    return PanelOLS(frame["y"], frame[["x0", "x1"]], entity_effects=True, time_effects=both).fit(**errors)


@pytest.fixture
def panels(rounds: Rounds) -> list[Rows]:
    return [random_panel(seed) for seed in range(rounds(10, 100))]


def same(found: Estimate, coefficients: Any, errors: Any) -> None:
    np.testing.assert_allclose(found.coefficients, np.asarray(coefficients), rtol=1e-8, atol=0)
    np.testing.assert_allclose(found.errors, np.asarray(errors), rtol=1e-8, atol=0)


@pytest.mark.parametrize("effects", ["unit", "unit + period"])
@pytest.mark.parametrize("clusters", ["", "unit", "region", "unit + period"])
@pytest.mark.parametrize("singletons", ["singleton", "none"])
def test_pyfixest_on_panels_with_gaps(panels: list[Rows], effects: str, clusters: str, singletons: str) -> None:
    for panel in panels:
        ways = {"unit": panel.units, "period": panel.periods, "region": panel.regions}
        taken = [ways[name] for name in effects.split(" + ")]
        regression = within(panel.outcomes, panel.regressors, taken, keep_singletons=singletons == "none")
        together = [ways[name] for name in clusters.split(" + ")] if clusters else []
        found = estimated(regression, "clustered" if clusters else "robust", together, factor="pyfixest")
        peer = pyfixest_of(panel, effects, clusters, singletons)
        known = np.diag(found.variance) > 0
        with np.errstate(invalid="ignore"):  # the peer takes the root of two-way variances below 0 as well
            coefficients, expected = peer.coef(), peer.pvalue().to_numpy()[known]
        np.testing.assert_allclose(found.coefficients, coefficients, rtol=1e-8)
        np.testing.assert_allclose(found.variance, peer._vcov, rtol=1e-8)
        np.testing.assert_allclose(found.p_values[known], expected, rtol=1e-6, atol=2e-16)  # the peer takes it from 1
        assert regression.n == peer._N


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize(
    ("errors", "ways", "said"),
    [
        ("classical", [], {"cov_type": "unadjusted"}),
        ("robust", [], {"cov_type": "robust"}),
        ("clustered", ["units"], {"cov_type": "clustered", "cluster_entity": True}),
        ("clustered", ["regions"], {"cov_type": "clustered", "clusters": "region"}),
        (
            "clustered",
            ["units", "periods"],
            {"cov_type": "clustered", "cluster_entity": True, "cluster_time": True},
        ),
    ],
)
def test_linearmodels_on_panels_with_gaps(
    panels: list[Rows], both: bool, errors: Any, ways: list[str], said: dict[str, Any]
) -> None:
    for panel in panels:
        effects = [panel.units, panel.periods][: 1 + both]
        regression = within(panel.outcomes, panel.regressors, effects, keep_singletons=True)
        found = estimated(regression, errors, [getattr(panel, way) for way in ways], factor="linearmodels")
        peer = linearmodels_of(panel, both, **said)
        np.testing.assert_allclose(found.coefficients, peer.params, rtol=1e-8)
        np.testing.assert_allclose(found.variance, peer.cov, rtol=1e-8)


def test_the_factors_say_the_same_of_classical_errors() -> None:
    panel = random_panel(3)
    regression = within(panel.outcomes, panel.regressors, [panel.units, panel.periods], keep_singletons=True)
    ours, theirs = (estimated(regression, "classical", factor=factor) for factor in ("pyfixest", "linearmodels"))
    same(ours, theirs.coefficients, theirs.errors)
    plain = estimated(regression, "clustered", [panel.units], factor="none")
    sums = np.array([regression.scores[panel.units == unit].sum(axis=0) for unit in np.unique(panel.units)])
    np.testing.assert_allclose(plain.variance, regression.bread @ sums.T @ sums @ regression.bread, rtol=1e-10)


@pytest.mark.parametrize(("errors", "said"), [("classical", "nonrobust"), ("robust", "HC1"), ("clustered", "cluster")])
def test_statsmodels_on_columns_without_effects(panels: list[Rows], errors: Any, said: str) -> None:
    from statsmodels.api import OLS

    for panel in panels:
        regression = within(panel.outcomes, panel.regressors, [panel.units, panel.periods], keep_singletons=True)
        ways = [panel.units] if errors == "clustered" else []
        left = regression.effects.out(panel.outcomes[:, None])[:, 0]
        options = {"groups": panel.units} if ways else {}
        peer = OLS(left, regression.regressors).fit(cov_type=said, cov_kwds=options)
        same(estimated(regression, errors, ways, factor="statsmodels"), peer.params, peer.bse)


def grunfeld(reference: Path) -> Rows:
    with (reference / "panel_reference" / "Grunfeld.csv").open() as file:
        rows = [
            [float(row[name]) for name in ("inv", "value", "capital", "firm", "year")] for row in csv.DictReader(file)
        ]
    table = np.array(rows)
    firms, years = table[:, 3].astype(np.int64), table[:, 4].astype(np.int64)
    return Rows(table[:, 0], table[:, 1:3], firms, years, firms)


@pytest.mark.parametrize("name", ["FE_within", "FE_twoways"])
def test_grunfeld(reference: Path, name: str) -> None:
    panel = grunfeld(reference)
    with (reference / "panel_reference" / "plm_reference.csv").open() as file:
        expected = [row for row in csv.DictReader(file) if row["estimator"] == name]
    effects = [panel.units, panel.periods][: 1 + (name == "FE_twoways")]
    found = estimated(within(panel.outcomes, panel.regressors, effects), "classical")
    np.testing.assert_allclose(found.coefficients, [float(row["estimate"]) for row in expected], rtol=1e-11)
    np.testing.assert_allclose(found.errors, [float(row["std_error"]) for row in expected], rtol=1e-11)


def american(text: str) -> date:
    month, day, year = map(int, text.split("/"))
    return date(year, month, day)


def bases(reference: Path, name: str) -> Rows:
    """Trips on own and cross first lag, in logs; a lag is the day before, of the same base."""
    uber = name == "uber_jan_feb_2015"
    base, trips, vehicles = (
        ("dispatching_base_number", "trips", "active_vehicles") if uber else ("base_number", "trips", "vehicles")
    )
    seen: dict[tuple[str, date], tuple[float, float]] = {}
    with (reference / "nyc_fhv_two_sided" / f"{name}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            day = american(row["date"]) if uber else date.fromisoformat(row["date"])
            sizes = tuple(float(row[side] or 0) for side in (trips, vehicles))
            if min(sizes) > 0:
                seen[row[base], day] = (float(np.log(sizes[0])), float(np.log(sizes[1])))
    before = {key: seen.get((key[0], date.fromordinal(key[1].toordinal() - 1))) for key in seen}
    rows = [key for key in seen if before[key]]
    numbers = {name: number for number, name in enumerate(sorted({key[0] for key in rows}))}
    units = np.array([numbers[key[0]] for key in rows])
    days = np.array([key[1].toordinal() for key in rows])
    return Rows(np.array([seen[key][0] for key in rows]), np.array([before[key] for key in rows]), units, days, units)


def test_the_sign_changes_between_uber_and_the_other_bases(reference: Path) -> None:
    panel = bases(reference, "uber_jan_feb_2015")
    found = estimated(
        within(panel.outcomes, panel.regressors, [panel.units, panel.periods], keep_singletons=True), "classical"
    )
    assert len(panel.outcomes) == 348
    assert found.coefficients == pytest.approx([0.53537, 0.53404], abs=5e-6)
    assert found.errors == pytest.approx([0.10030, 0.12268], abs=5e-6)

    panel = bases(reference, "other_fhv_jan_aug_2015")
    regression = within(panel.outcomes, panel.regressors, [panel.units, panel.periods], keep_singletons=True)
    assert (len(panel.outcomes), len(np.unique(panel.units))) == (23_336, 305)
    found = estimated(regression, "clustered", [panel.units], factor="statsmodels")
    assert found.coefficients == pytest.approx([0.57774, -0.15614], abs=5e-6)
    assert found.errors == pytest.approx([0.0396, 0.0529], abs=5e-5)


def dummies(codes: NDArray[np.int64]) -> NDArray[np.float64]:
    return (codes[:, None] == np.unique(codes)).astype(np.float64)


@pytest.mark.parametrize("dense", [True, False])
def test_effects_against_dummies_in_any_number_of_parts(
    dense: bool, rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "DENSE", 500 if dense else 0)
    for seed in range(rounds(30, 300)):
        random = np.random.default_rng(seed)
        n = int(random.integers(3, 100))
        units, periods = (random.integers(0, random.integers(1, 40), n) for _ in range(2))
        columns = random.normal(size=(n, 2)) * 10 + 1_000
        for groupings in ([units], [units, periods], [periods, units]):
            table = np.column_stack([dummies(codes) for codes in groupings])
            expected = columns - table @ np.linalg.lstsq(table, columns, rcond=None)[0]
            effects = Effects(groupings)
            np.testing.assert_allclose(effects.out(columns), expected, atol=1e-9)
            assert effects.rank == np.linalg.matrix_rank(table)


def test_rows_that_are_alone_are_told_and_change_no_coefficient() -> None:
    panel = random_panel(11)
    units = np.append(panel.units, [-5, -6])
    periods = np.append(panel.periods, [2001, 1990])
    outcomes, regressors = np.append(panel.outcomes, [7.0, 8.0]), np.vstack([panel.regressors, [[1.0, 2], [3, 4]]])
    found = within(outcomes, regressors, [units, periods])
    plain = within(outcomes, regressors, [units, periods], keep_singletons=True)
    assert found.singletons == 2 + int(alone([panel.units, panel.periods]).sum())
    assert (found.n + found.singletons, plain.singletons) == (len(outcomes), 0)
    np.testing.assert_allclose(found.coefficients, plain.coefficients, rtol=1e-11)


def test_being_alone_spreads() -> None:
    # Once row 0 is gone for its unit, row 1 is the only one of its period, and so on
    units = np.array([0, 1, 1, 2, 2, 3, 3, 3])
    periods = np.array([0, 0, 1, 1, 2, 3, 4, 5])
    assert alone([units, periods]).all()
    assert alone([units]).tolist() == [True, *[False] * 7]
    assert not len(alone([np.zeros(0, np.int64)]))


def test_regressors_that_say_nothing_have_no_coefficient() -> None:
    panel = random_panel(5)
    first, second = panel.regressors.T
    trend = panel.periods.astype(np.float64)
    table = np.column_stack([first, trend, second, first - 2 * second + 5, np.full(len(first), 3.0), panel.units])
    found = within(panel.outcomes, table, [panel.units, panel.periods])
    plain = within(panel.outcomes, panel.regressors, [panel.units, panel.periods])
    assert found.kept.tolist() == [True, False, True, False, False, False]
    np.testing.assert_allclose(found.coefficients[[0, 2]], plain.coefficients, rtol=1e-9)
    told = estimated(found, "clustered", [panel.units])
    np.testing.assert_allclose(told.errors[[0, 2]], estimated(plain, "clustered", [panel.units]).errors, rtol=1e-9)
    assert np.isnan(told.errors[[1, 3, 4, 5]]).all()


def test_a_regressor_may_be_of_any_unit_of_measure() -> None:
    panel = random_panel(6)
    plain = within(panel.outcomes, panel.regressors, [panel.units, panel.periods])
    scaled = within(panel.outcomes, panel.regressors * [1e-9, 1e9], [panel.units, panel.periods])
    np.testing.assert_allclose(scaled.coefficients * [1e-9, 1e9], plain.coefficients, rtol=1e-9)


def test_rows_may_be_in_any_order() -> None:
    panel = random_panel(7)
    order = np.random.default_rng(0).permutation(len(panel.outcomes))
    plain = estimated(within(panel.outcomes, panel.regressors, [panel.units]), "clustered", [panel.units])
    turned = estimated(
        within(panel.outcomes[order], panel.regressors[order], [panel.units[order]]), "clustered", [panel.units[order]]
    )
    same(turned, plain.coefficients, plain.errors)


def test_two_ways_may_give_a_negative_variance_which_has_no_root() -> None:
    regression = within(*small())
    found = estimated(regression, "clustered", [np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])], factor="none")
    assert found.variance[0, 0] < 0
    assert np.isnan(found.errors[0])


def small() -> tuple[NDArray[np.float64], NDArray[np.float64], list[NDArray[np.int64]]]:
    # Scores of a square whose rows and columns cancel out: both one-way variances are 0
    return np.array([1.0, 1.0, 1.0, 1.0]) * [1, -1, -1, 1], np.ones((4, 1)), []


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: within(np.array([1.0, np.nan]), np.ones((2, 1)), []), "must be finite"),
        (lambda: within(np.ones(2), np.ones((2, 1)), [np.array([0, 1])]), "none is left"),
        (lambda: estimated(within(*small()), "clustered"), "one or two"),
        (lambda: estimated(within(*small()), "robust", [np.zeros(4, np.int64)]), "one or two"),
        (lambda: estimated(within(*small()), "clustered", [np.zeros(4, np.int64)]), "one cluster"),
        (
            lambda: estimated(within(np.arange(2.0), np.array([[1.0], [3]]), [np.zeros(2, np.int64)]), "classical"),
            "none is left to tell errors from",
        ),
    ],
)
def test_what_cannot_be_estimated_is_said(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(ParameterError, match=said):
        call()
