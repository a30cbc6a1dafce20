"""Short panels: Nickell's closed form, what takes its bias off, by hand, by refits and on made panels."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.methods.bias_corrected import bias_corrected
from ecograph.methods.fixed_effects import estimated, joined, within
from ecograph.methods.jackknife import half_panel
from ecograph.methods.nickell import nickell_bias

Reals = NDArray[np.float64]
Codes = NDArray[np.int64]
TRUE = np.array([[0.5, 0.2], [0.1, 0.4]])


@dataclass(frozen=True)
class Sides:
    """Both sides of made platforms."""

    now: Reals
    past: Reals
    units: Codes
    periods: Codes


def made(seed: int, units: int, transitions: int, gaps: float = 0.0, true: Reals = TRUE) -> Sides:
    """Sizes that depend on each other's past, with effects of units and shocks that all units share."""
    random = np.random.default_rng(seed)
    sides = len(true)
    effects, sizes, kept = random.normal(size=(units, sides)), np.zeros((units, sides)), []
    for period in range(40 + transitions + 1):
        sizes = sizes @ true.T + effects + random.normal(size=sides) + random.normal(size=(units, sides))
        if period >= 40:
            kept.append(sizes)
    table = np.stack(kept, axis=1)
    there = random.random(table.shape[:2]) >= gaps
    places, times = np.nonzero(there[:, 1:] & there[:, :-1])
    return Sides(table[places, times + 1], table[places, times], places, times)


def test_the_closed_form_of_the_bias(reference: Path) -> None:
    with (reference / "published_tables" / "nickell_bias_closed_form.csv").open() as file:
        for row in csv.DictReader(file):
            found = nickell_bias(float(row["rho"]), int(row["T"]))
            assert found == pytest.approx(float(row["plim_bias_FE"]), abs=6e-9)


@pytest.mark.parametrize(("persistence", "transitions"), [(0.5, 5), (0.2, 10), (0.8, 5)])
def test_simulated_fixed_effects_have_that_bias(persistence: float, transitions: int) -> None:
    panel = made(1, 20_000, transitions, true=np.array([[persistence]]))
    found = within(panel.now[:, 0], panel.past, [panel.units, panel.periods])
    bias = nickell_bias(persistence, transitions)
    error = estimated(found, "clustered", [panel.units]).errors[0]
    assert abs(found.coefficients[0] - persistence - bias) < 4 * error


def test_the_half_panel_jackknife_by_hand() -> None:
    # Unit effects only; five rows a unit: halves of 3 and 2, then of 2 and 3
    panel = made(2, 12, 5)
    y, x, units, periods = panel.now[:, 0], panel.past, panel.units, panel.periods

    def of(rows: NDArray[np.bool_]) -> Reals:
        return within(y[rows], x[rows], [units[rows]], keep_singletons=True).coefficients

    whole = of(np.ones(len(y), np.bool_))
    cuts = [(0.6 * of(periods < 3) + 0.4 * of(periods >= 3)), (0.4 * of(periods < 2) + 0.6 * of(periods >= 2))]
    found = half_panel(y, x, units, periods, two_way=False)
    np.testing.assert_allclose(found.coefficients, 2 * whole - (cuts[0] + cuts[1]) / 2, rtol=1e-12)
    np.testing.assert_allclose(found.plain, whole, rtol=1e-12)
    np.testing.assert_allclose(found.influence.sum(axis=0), 0, atol=1e-13)


def test_halves_are_those_of_each_unit_in_any_order_of_rows() -> None:
    panel = made(3, 30, 9, gaps=0.2)
    order = np.random.default_rng(0).permutation(len(panel.units))
    plain = half_panel(panel.now[:, 0], panel.past, panel.units, panel.periods)
    turned = half_panel(panel.now[order, 0], panel.past[order], panel.units[order], panel.periods[order])
    np.testing.assert_allclose(turned.coefficients, plain.coefficients, rtol=1e-10)
    rows = np.bincount(panel.units)[panel.units]
    assert plain.used.tolist() == (rows >= 4).tolist()


def solved_slowly(panel: Sides) -> tuple[Reals, Reals]:
    """The same equations of one way of effects, summed over rows one by one."""
    from scipy.optimize import root

    codes = np.unique(panel.units)
    parts = [
        (panel.now[panel.units == u], panel.past[panel.units == u], panel.periods[panel.units == u]) for u in codes
    ]

    def equations(point: Reals) -> Reals:
        matrix, variance = point[:4].reshape(2, 2), np.array([[point[4], point[5]], [point[5], point[6]]])
        first, second = np.zeros((2, 2)), np.zeros((2, 2))
        for now, past, times in parts:
            errors = (now - now.mean(axis=0)) - (past - past.mean(axis=0)) @ matrix.T
            first += (past - past.mean(axis=0)).T @ errors
            second += errors.T @ errors - (len(now) - 1) * variance
            for later in times:
                for earlier in times[times < later]:
                    first += np.linalg.matrix_power(matrix, int(later - earlier - 1)) @ variance / len(now)
        return np.concatenate([first.ravel(), second[np.triu_indices(2)]])

    found = root(equations, np.array([0.4, 0.1, 0.1, 0.4, 1, 0, 1]), tol=1e-13)
    assert found.success
    return found.x[:4], found.x[4:]


def test_the_corrected_coefficients_solve_the_equations(rounds: Callable[[int, int], int]) -> None:
    for seed in range(rounds(3, 30)):
        panel = made(seed, 60, 9, gaps=0.15)
        found = bias_corrected(panel.now, panel.past, panel.units, panel.periods, two_way=False)
        np.testing.assert_allclose(found.coefficients, solved_slowly(panel)[0], rtol=1e-7)


def test_of_one_outcome_without_gaps_the_bias_taken_off_is_that_of_nickell() -> None:
    # Many units in their long-run state: the correction finds the coefficient whose closed-form bias is the plain's
    panel = made(5, 40_000, 6, true=np.array([[0.6]]))
    found = bias_corrected(panel.now, panel.past, panel.units, panel.periods)
    assert found.plain[0] == pytest.approx(0.6 + nickell_bias(0.6, 6), abs=0.01)
    assert found.coefficients[0] == pytest.approx(0.6, abs=0.015)


@pytest.mark.parametrize("two_way", [False, True])
@pytest.mark.parametrize(("units", "gaps"), [(20, 0.0), (20, 0.15), (40, 0.1)])
def test_influence_is_what_leaving_a_unit_out_does(units: int, gaps: float, two_way: bool) -> None:
    panel = made(6, units, 12, gaps=gaps, true=np.array([[0.3, 0.1], [0.0, 0.3]]))
    arguments = (panel.now, panel.past, panel.units, panel.periods)
    found = bias_corrected(*arguments, two_way=two_way)
    moved = np.zeros((units, 4))
    for unit in range(units):
        rows = panel.units != unit
        without = bias_corrected(*(part[rows] for part in arguments), two_way=two_way)
        moved[unit] = found.coefficients - without.coefficients
    sums = np.array([found.influence[panel.units == unit].sum(axis=0) for unit in range(units)])
    assert np.abs(sums - moved).max() < 0.2 * np.abs(moved).max()
    errors = estimated(found, "clustered", [panel.units], factor="leave_one_out").errors
    expected = np.sqrt((units - 1) / units * (moved**2).sum(axis=0))
    np.testing.assert_allclose(errors, expected, rtol=0.03)


def test_steepness_is_the_share_of_the_slope_that_the_bias_leaves() -> None:
    panel = made(5, 60, 6, true=np.array([[0.4]]))
    found = bias_corrected(panel.now, panel.past, panel.units, panel.periods, two_way=False)
    past = (panel.past[:, 0].reshape(60, 6).T - panel.past[:, 0].reshape(60, 6).mean(axis=1)).ravel()
    now = (panel.now[:, 0].reshape(60, 6).T - panel.now[:, 0].reshape(60, 6).mean(axis=1)).ravel()

    def equation(own: float) -> float:
        variance = ((now - own * past) ** 2).sum() / (60 * 5)
        bias = -sum(own ** (later - earlier - 1) for later in range(6) for earlier in range(later)) / 6 * variance
        return float(past @ (now - own * past) - 60 * bias)

    own = float(found.coefficients[0])
    slope = (equation(own + 1e-5) - equation(own - 1e-5)) / 2e-5
    assert equation(own) == pytest.approx(0, abs=1e-8)
    assert found.steepness == pytest.approx(-slope / (past @ past), rel=1e-6)


def test_two_lags_are_corrected_as_well() -> None:
    random = np.random.default_rng(7)
    units, total = 4_000, 50
    sizes = np.zeros((units, total, 2))
    second = np.array([[0.15, 0.0], [0.1, -0.1]])
    for period in range(2, total):
        noise = random.normal(size=(units, 2)) + 1.0
        sizes[:, period] = sizes[:, period - 1] @ TRUE.T + sizes[:, period - 2] @ second.T + noise
    table = sizes[:, -10:]
    past = np.concatenate([table[:, 1:-1], table[:, :-2]], axis=2).reshape(-1, 4)
    places, times = (part.ravel() for part in np.indices((units, 8)))
    found = bias_corrected(table[:, 2:].reshape(-1, 2), past, places, times)
    true = np.hstack([TRUE, second]).ravel()
    errors = estimated(found, "clustered", [places], factor="leave_one_out").errors
    assert np.abs((found.coefficients - true) / errors).max() < 4
    assert np.abs((found.plain - true) / errors).max() > 20


def test_plain_estimates_are_far_off_and_both_corrections_nearer() -> None:
    errors: dict[str, list[Reals]] = {"plain": [], "jackknife": [], "corrected": []}
    for seed in range(20):
        panel = made(seed, 100, 12)
        rows = (panel.units, panel.periods)
        corrected = bias_corrected(panel.now, panel.past, *rows)
        halves = joined([half_panel(side, panel.past, *rows) for side in panel.now.T])
        errors["plain"].append(corrected.plain - TRUE.ravel())
        errors["jackknife"].append(halves.coefficients - TRUE.ravel())
        errors["corrected"].append(corrected.coefficients - TRUE.ravel())
        np.testing.assert_allclose(halves.plain, corrected.plain, rtol=1e-9)
    bias = {name: np.abs(np.mean(found, axis=0)[[0, 3]]).max() for name, found in errors.items()}
    assert bias["plain"] > 0.1
    assert bias["jackknife"] < 0.03
    assert bias["corrected"] < 0.02


def test_an_estimate_that_rests_on_one_platform_has_no_errors() -> None:
    two = made(3, 2, 30, true=np.array([[0.3]]))
    with pytest.raises(ParameterError, match="without one of the platforms"):
        bias_corrected(two.now, two.past, two.units, two.periods)


def test_a_panel_too_short_is_said() -> None:
    panel = made(8, 10, 3)
    with pytest.raises(ParameterError, match="no unit has 4 rows"):
        half_panel(panel.now[:, 0], panel.past, panel.units, panel.periods)
    persistent = made(9, 10, 4, true=np.array([[0.98]]))
    with pytest.raises(ParameterError, match="too short for how persistent"):
        bias_corrected(persistent.now, persistent.past, persistent.units, persistent.periods)
    still = Sides(panel.now, np.ones_like(panel.past), panel.units, panel.periods)
    with pytest.raises(ParameterError, match="does not vary"):
        bias_corrected(still.now, still.past, still.units, still.periods)
    more = made(8, 10, 6)
    with pytest.raises(ParameterError, match="does not vary"):
        half_panel(more.now[:, 0], np.ones_like(more.past), more.units, more.periods)
    with pytest.raises(ParameterError, match="not known after a correction"):
        estimated(half_panel(more.now[:, 0], more.past, more.units, more.periods), "classical")
