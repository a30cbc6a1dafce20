"""Kaplan-Meier: the trial of 6-MP, closed forms, statsmodels, and laws."""

import csv
import math
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ecograph.methods.survival import Survival, kaplan_meier, log_rank

lives = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=60)


def estimate(rows: list[tuple[float, bool]]) -> Survival:
    return kaplan_meier(np.array([row[0] for row in rows]), np.array([row[1] for row in rows], np.bool_))


def statsmodels_of(rows: list[tuple[float, bool]]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from statsmodels.duration.survfunc import SurvfuncRight

        return SurvfuncRight(np.array([row[0] for row in rows]), np.array([row[1] for row in rows], float))


def test_the_trial_of_6_mp(reference: Path) -> None:
    tables = reference / "published_tables"
    with (tables / "km_6mp_data.csv").open() as file:
        found = estimate([(float(row["time"]), row["event"] == "1") for row in csv.DictReader(file)])
    with (tables / "km_6mp_expected.csv").open() as file:
        expected = list(csv.DictReader(file))
    assert found.times.tolist() == [float(row["time"]) for row in expected]
    assert found.at_risk.tolist() == [int(row["at_risk"]) for row in expected]
    assert found.ended.tolist() == [int(row["events"]) for row in expected]
    assert found.survival == pytest.approx([float(row["survival"]) for row in expected], abs=5e-7)
    assert found.median == 23


def test_a_table_by_hand() -> None:
    # 5 at risk at 2, one ends; 3 left at 4 after one was last seen at 3, one ends; the last seen at 9
    found = estimate([(2, True), (3, False), (4, True), (9, False), (9, False)])
    assert found.survival == pytest.approx([4 / 5, 4 / 5 * 2 / 3], abs=1e-15)
    variance = (4 / 5 * 2 / 3) ** 2 * (1 / (5 * 4) + 1 / (3 * 2))
    assert found.error[1] == pytest.approx(math.sqrt(variance), abs=1e-15)
    assert math.isnan(found.median)
    turned = math.log(-math.log(found.survival[1]))
    width = 1.959963984540054 * found.error[1] / (found.survival[1] * -math.log(found.survival[1]))
    assert found.low[1] == pytest.approx(math.exp(-math.exp(turned + width)), abs=1e-15)
    assert found.high[1] == pytest.approx(math.exp(-math.exp(turned - width)), abs=1e-15)


def test_without_open_ends_it_is_the_share_that_lasts_longer() -> None:
    found = estimate([(day, True) for day in (1, 2, 2, 7)])
    assert found.survival.tolist() == pytest.approx([3 / 4, 1 / 4, 0])
    assert found.median == 2
    assert math.isnan(found.error[2]) and math.isnan(found.low[2])


def test_a_curve_that_rests_at_one_half_has_its_median_there() -> None:
    assert estimate([(day, True) for day in range(1, 7)]).median == 3  # 5/6 * 4/5 * 3/4 is one half but for rounding
    assert estimate([(1, True), (5, True)]).median == 1


def test_nothing_that_ended_and_nothing_at_all() -> None:
    for rows in ([(4, False), (6, False)], []):
        found = estimate(rows)
        assert len(found.times) == 0 and math.isnan(found.median)


@given(lives)
def test_it_equals_statsmodels(rows: list[tuple[float, bool]]) -> None:
    assume(any(over for _, over in rows))
    found, peer = estimate(rows), statsmodels_of(rows)
    assert found.times.tolist() == peer.surv_times.tolist()
    assert found.at_risk.tolist() == peer.n_risk.tolist()
    assert found.survival == pytest.approx(peer.surv_prob, abs=1e-12)
    assert found.error == pytest.approx(peer.surv_prob_se, abs=1e-12, nan_ok=True)
    if not np.isclose(peer.surv_prob, 0.5).any():  # statsmodels looks for less than one half
        assert found.median == pytest.approx(peer.quantile(0.5), nan_ok=True)


@given(lives)
def test_it_never_rises_and_lies_in_its_interval(rows: list[tuple[float, bool]]) -> None:
    found = estimate(rows)
    assert (np.diff(found.survival) <= 0).all()
    known = ~np.isnan(found.low)
    assert (found.low[known] <= found.survival[known] + 1e-12).all()
    assert (found.survival[known] <= found.high[known] + 1e-12).all()
    assert ((found.low[known] >= 0) & (found.high[known] <= 1)).all()


@given(lives, st.integers(2, 9))
def test_time_in_other_units_changes_only_the_times(rows: list[tuple[float, bool]], factor: int) -> None:
    found, turned = estimate(rows), estimate([(factor * day, over) for day, over in rows])
    assert turned.survival.tolist() == found.survival.tolist()
    assert turned.median == pytest.approx(factor * found.median, nan_ok=True)


grouped = st.lists(st.tuples(st.integers(0, 20), st.booleans(), st.integers(0, 2)), min_size=1, max_size=50)


def arrays_of(rows: list[tuple[int, bool, int]]) -> tuple[Any, ...]:
    return tuple(np.array([row[place] for row in rows]) for place in range(3))


@given(grouped)
def test_log_rank_equals_statsmodels(rows: list[tuple[int, bool, int]]) -> None:
    days, over, groups = arrays_of(rows)
    found = log_rank(days, over, groups, 3)
    assert found.ended.sum() == over.sum() and found.expected.sum() == pytest.approx(over.sum())
    # statsmodels divides by n - 1 also where one is left, and takes groups less one whether or not all are at risk
    assume(len(np.unique(groups)) > 1 and found.freedom == len(np.unique(groups)) - 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from statsmodels.duration.survfunc import survdiff

        statistic, p = survdiff(days.astype(float), over.astype(int), groups)
    assume(np.isfinite(statistic))
    assert (found.statistic, found.p) == pytest.approx((statistic, p), rel=1e-8, abs=1e-10)


@given(grouped, st.permutations(range(3)))
def test_names_of_groups_are_nothing(rows: list[tuple[int, bool, int]], names: list[int]) -> None:
    days, over, groups = arrays_of(rows)
    one, other = log_rank(days, over, groups, 3), log_rank(days, over, np.array(names)[groups], 3)
    assert other.ended[names].tolist() == one.ended.tolist()
    assert other.expected[names] == pytest.approx(one.expected)
    assert other.freedom == one.freedom
    assert other.p == pytest.approx(one.p, abs=1e-9, nan_ok=True)


def test_one_group_or_nothing_over_is_no_comparison() -> None:
    found = log_rank(np.array([1, 2]), np.array([True, False]), np.array([0, 0]), 1)
    assert math.isnan(found.p) and found.freedom == 0 and found.expected.tolist() == [1]
    assert math.isnan(log_rank(np.array([1, 2]), np.array([False, False]), np.array([0, 1]), 2).p)
    assert log_rank(np.empty(0), np.empty(0, bool), np.empty(0, int), 0).freedom == 0
