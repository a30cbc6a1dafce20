"""Checks of panels: errors that go on, shuffled pairs, and windows around events."""

import numpy as np
import pytest
from numpy.typing import NDArray

from ecograph.methods.bias_corrected import bias_corrected
from ecograph.methods.event_windows import NEVER, event_windows, first_events
from ecograph.methods.fixed_effects import within
from ecograph.methods.placebo import placebo_p, shuffled_pairs
from ecograph.methods.serial import previous_rows, serial_test
from tests.methods.test_short_panels import Sides, made


def going_on(seed: int, share: float) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Errors of 60 units and 9 periods, each a share of the one before."""
    random = np.random.default_rng(seed)
    errors = random.normal(size=(60, 30))
    for period in range(1, 30):
        errors[:, period] += share * errors[:, period - 1]
    units, periods = (part.ravel() for part in np.indices((60, 9)))
    return errors[:, -9:].ravel(), units, periods


def test_wooldridge_by_hand() -> None:
    # Two units: differences 1, 2, -1 and 3, 1
    errors, units = np.array([0.0, 1, 3, 2, 0, 3, 4]), np.array([0, 0, 0, 0, 1, 1, 1])
    found = serial_test(errors, units, np.array([0, 1, 2, 3, 5, 6, 7]))
    slope = (2 * 1 + -1 * 2 + 1 * 3) / (1 + 4 + 9)
    scores = [1 * (2 - slope) + 2 * (-1 - 2 * slope), 3 * (1 - 3 * slope)]
    error = np.sqrt(2 * (scores[0] ** 2 + scores[1] ** 2)) / 14
    assert found.excess == pytest.approx(slope + 0.5)
    assert found.statistic == pytest.approx((slope + 0.5) / error)
    assert found.clusters == 2


def test_errors_that_go_on_are_told_from_those_that_do_not() -> None:
    plain = [serial_test(*going_on(seed, 0.0)).p_value for seed in range(400)]
    assert 8 <= sum(p < 0.05 for p in plain) <= 35  # 99.9 % of binomial draws of 400 at 5 %
    for share, sign in ((0.5, 1), (-0.5, -1)):
        found = [serial_test(*going_on(seed, share)) for seed in range(20)]
        assert all(one.p_value < 0.05 and one.excess * sign > 0 for one in found)


def p_of(panel: Sides) -> float:
    found = bias_corrected(panel.now, panel.past, panel.units, panel.periods)
    first = found.coefficients[:2]
    left = found.effects.out(np.column_stack([panel.now[:, 0] - panel.past @ first, panel.past]))
    return serial_test(left[:, 0], panel.units, panel.periods, left[:, 1:], found.influence[:, :2]).p_value


def test_it_allows_for_coefficients_of_past_outcomes_being_estimated() -> None:
    panels = [made(seed, 60, 12, gaps=0.05) for seed in range(200)]
    assert 2 <= sum(p_of(panel) < 0.05 for panel in panels) <= 21  # 99.9 % of binomial draws of 200 at 5 %


def test_no_three_periods_in_a_row_leave_nothing_to_test() -> None:
    found = serial_test(np.arange(4.0), np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]))
    assert np.isnan([found.excess, found.statistic, found.p_value]).all()
    one = serial_test(np.array([0.0, 1, 3]), np.zeros(3, np.int64), np.arange(3))
    assert (one.clusters, np.isnan(one.p_value)) == (1, True)
    straight = serial_test(np.tile(np.arange(3.0), 2), np.repeat([0, 1], 3), np.tile(np.arange(3), 2))
    assert (straight.excess, np.isnan(straight.statistic)) == (1.5, True)


def test_the_previous_row_in_any_order() -> None:
    units, periods = np.array([1, 0, 1, 0, 0]), np.array([5, 2, 4, 0, 1])
    assert previous_rows(units, periods).tolist() == [2, 4, -1, -1, 3]


def placebo(panel: Sides, draws: int = 59) -> float:
    return placebo_p(
        shuffled_pairs(panel.now[:, 0], panel.past[:, :1], panel.past[:, 1], panel.units, panel.periods, draws=draws)
    )


def test_shuffled_pairs_tell_an_effect_from_none() -> None:
    assert all(placebo(made(seed, 60, 12, gaps=0.1)) < 0.05 for seed in range(5))
    without = np.array([[0.5, 0.0], [0.1, 0.4]])
    found = sum(placebo(made(seed, 40, 8, true=without), draws=39) <= 0.05 for seed in range(100))
    assert found <= 14  # 99.9 % of binomial draws of 100 at 5 %


def test_the_first_statistic_is_that_of_the_data() -> None:
    from ecograph.methods.fixed_effects import estimated

    panel = made(3, 30, 8, gaps=0.1)
    regression = within(panel.now[:, 0], panel.past[:, ::-1], [panel.units, panel.periods], keep_singletons=True)
    own = estimated(regression, "clustered", [panel.units])
    found = shuffled_pairs(panel.now[:, 0], panel.past[:, :1], panel.past[:, 1], panel.units, panel.periods, draws=3)
    assert found[0] == pytest.approx(own.coefficients[0] / own.errors[0])
    assert len(found) == 4
    assert placebo_p(np.array([2.0, 1, -3, np.nan])) == pytest.approx(2 / 3)
    assert np.isnan(placebo_p(np.array([np.nan, 1.0])))


def test_an_event_is_the_first_period_in_which_it_happens() -> None:
    units = np.array([0, 0, 0, 1, 1, 2])
    periods = np.array([3, 4, 5, 4, 5, 4])
    events, at_once = first_events(np.array([False, True, False, True, True, False]), units, periods)
    assert events.tolist() == [4, 4, NEVER]
    assert at_once.tolist() == [False, True, False]


def test_windows_bin_their_ends_and_leave_the_period_before_out() -> None:
    units, periods = np.repeat([0, 1], 8), np.tile(np.arange(8), 2)
    since, table = event_windows(np.array([4, NEVER]), units, periods, 3, 2)
    assert since == [-3, -2, 0, 1, 2]
    assert table[:8].sum(axis=1).tolist() == [1, 1, 1, 0, 1, 1, 1, 1]
    assert table[:, 0].tolist() == [1, 1] + [0] * 14
    assert not table[8:].any()


def test_planted_effects_of_an_event_are_found() -> None:
    random = np.random.default_rng(1)
    units, periods = (part.ravel() for part in np.indices((80, 10)))
    events = np.where(random.random(80) < 0.3, NEVER, random.integers(3, 8, 80))
    planted = np.array([0.0, 0.0, 1.0, 1.5, 2.0])
    _, table = event_windows(events, units, periods, 3, 2)
    outcomes = table @ planted + random.normal(size=80)[units] + random.normal(size=10)[periods]
    found = within(outcomes, table, [units, periods])
    np.testing.assert_allclose(found.coefficients, planted, atol=1e-10)
