"""The wild cluster bootstrap: every draw against an estimate made again, its interval, and its size."""

from collections.abc import Callable

import numpy as np
import pytest

from ecograph.errors import ParameterError
from ecograph.methods.fixed_effects import estimated, within
from ecograph.methods.wild import Draws, drawn, signs_of, wild_bootstrap
from ecograph.methods.within import numbered
from tests.methods.test_fixed_effects import random_panel
from tests.oracles.wild import statistics_by_refits


@pytest.mark.parametrize("two_way", [True, False])
@pytest.mark.parametrize("ways", ["units", "regions", "periods"])
def test_every_draw_is_that_of_a_refit(rounds: Callable[[int, int], int], two_way: bool, ways: str) -> None:
    for seed in range(rounds(4, 40)):
        panel = random_panel(seed)
        effects = [panel.units, panel.periods] if two_way else [panel.periods if ways == "periods" else panel.units]
        clusters = getattr(panel, ways)
        regression = within(panel.outcomes, panel.regressors, effects)
        rows = regression.used
        codes = numbered(clusters[rows])
        weights = drawn(int(codes.max()) + 1, 7, "webb", seed)
        parts = Draws(regression, codes, 1)
        for null in (0.0, -0.5, 2.0):
            own, others = statistics_by_refits(
                panel.outcomes[rows], panel.regressors[rows], [code[rows] for code in effects], codes, 1, null, weights
            )
            assert parts.own(null) == pytest.approx(own, rel=1e-7)
            np.testing.assert_allclose(parts.statistics(weights)(null), others, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize(("units", "periods", "seed"), [(100, 80, 7), (300, 200, 6), (500, 250, 0), (500, 250, 6)])
def test_many_periods_cost_no_digits(units: int, periods: int, seed: int) -> None:
    """Effects of periods are known but for one number, which rounding must not take for another effect."""
    random = np.random.default_rng(seed)
    cells = np.flatnonzero(random.random(units * periods) < 0.8)
    codes, times = cells // periods, cells % periods
    regressors = random.normal(size=(len(cells), 2)) + random.normal(size=units)[codes][:, None]
    outcomes = regressors @ [0.1, 0.5] + random.normal(size=periods)[times] + random.normal(size=len(cells))
    effects = [codes, times]
    restricted = within(outcomes, regressors[:, 1:], effects).residuals
    weights = drawn(units, 3, "rademacher", seed)
    found = Draws(within(outcomes, regressors, effects), codes, 0).statistics(weights)(0.0)
    for weight, statistic in zip(weights.T, found, strict=True):
        refit = within(weight[codes] * restricted, regressors, effects)
        estimate = estimated(refit, "clustered", [codes], factor="none")
        assert statistic == pytest.approx(estimate.coefficients[0] / estimate.errors[0], rel=1e-10)


def test_the_interval_holds_what_is_not_rejected() -> None:
    panel = random_panel(2)
    regression = within(panel.outcomes, panel.regressors, [panel.units, panel.periods])
    found = wild_bootstrap(regression, panel.units, 0, draws=399)
    width = found.high - found.low
    assert found.low < regression.coefficients[0] < found.high
    for edge, out in ((found.low, -1), (found.high, 1)):
        inside = wild_bootstrap(regression, panel.units, 0, draws=399, null=edge - out * 1e-6 * width)
        outside = wild_bootstrap(regression, panel.units, 0, draws=399, null=edge + out * 1e-6 * width)
        assert outside.p_value < 0.05 <= inside.p_value


def test_the_same_seed_gives_the_same_and_another_another() -> None:
    panel = random_panel(4)
    regression = within(panel.outcomes, panel.regressors, [panel.units])
    one, same, other = (wild_bootstrap(regression, panel.units, 1, seed=seed) for seed in (1, 1, 2))
    assert (one.p_value, one.low, one.high) == (same.p_value, same.low, same.high)
    assert one.low != other.low
    assert one.statistic == other.statistic


def test_the_draws_have_mean_nothing_and_variance_one() -> None:
    for signs, points in (("rademacher", 2), ("webb", 6)):
        values = drawn(100, 2_000, signs, 3)
        assert len(np.unique(values)) == points
        assert abs(values.mean()) < 0.01
        assert values.var() == pytest.approx(1, abs=0.01)
    assert (signs_of(12), signs_of(13)) == ("webb", "rademacher")


def test_with_few_clusters_it_rejects_a_true_null_as_often_as_it_says() -> None:
    # Ten clusters with errors that go together: plain clustered errors reject far more than 5 in 100
    rejected, n = 0, 300
    for seed in range(n):
        random = np.random.default_rng(seed)
        units, periods = (part.ravel() for part in np.indices((30, 6)))
        regions = units // 3
        shift = random.normal(size=(10, 6))[regions, periods]
        table = (random.normal(size=(10, 6))[regions, periods] + random.normal(size=180))[:, None]
        regression = within(shift + random.normal(size=180), table, [units, periods])
        rejected += wild_bootstrap(regression, regions, 0, draws=199, seed=seed).p_value < 0.05
    assert 3 <= rejected <= 33  # 99.9 % of binomial draws of 300 at 5 %


def test_what_cannot_be_drawn_is_said() -> None:
    panel = random_panel(1)
    regression = within(panel.outcomes, panel.regressors, [panel.units, panel.periods])
    with pytest.raises(ParameterError, match="one cluster"):
        wild_bootstrap(regression, np.zeros(len(panel.units), np.int64), 0)
    with pytest.raises(ParameterError, match="neither units nor periods"):
        wild_bootstrap(regression, np.arange(len(panel.units)) % 5, 0)
    nothing = within(panel.outcomes, np.ones((len(panel.units), 1)), [panel.units])
    with pytest.raises(ParameterError, match="says nothing"):
        wild_bootstrap(nothing, panel.units, 0)
