"""Tables of counts: scipy as peer, hand tables, laws, and what the intervals cover."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy.stats import chi2_contingency
from scipy.stats.contingency import association

from ecograph.errors import ParameterError
from ecograph.methods.association import association_of
from ecograph.methods.contingency import (
    checked_draws,
    chi_squares,
    crossed,
    expected,
    interval,
    location_quotients,
    resampled,
)
from ecograph.methods.incidence import incidence, types_joined

tables = arrays(np.int64, array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=6), elements=st.integers(0, 60))


def test_two_by_two_by_hand() -> None:
    counts = np.array([[30, 10], [20, 40]])
    assert expected(counts.astype(float)).tolist() == [[20, 20], [30, 30]]
    assert location_quotients(counts.astype(float)).round(12).tolist() == [[1.5, 0.5], [0.666666666667, 1.333333333333]]
    found = association_of(counts, 0, 0)
    assert found["chi_square"] == pytest.approx(100 / 20 * 2 + 100 / 30 * 2)
    assert found["plain_v"] == pytest.approx(np.sqrt(1 / 6))
    # phi2 = 1/6, b = 1/99, r' = c' = 2 - 1/99
    assert found["cramers_v"] == pytest.approx(np.sqrt((1 / 6 - 1 / 99) / (1 - 1 / 99)))


@given(tables)
def test_it_equals_scipy(counts: np.ndarray) -> None:
    kept = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    assume(min(kept.shape) > 1)
    peer = chi2_contingency(kept, correction=False)
    found = association_of(counts, 0, 0)
    assert found["chi_square"] == pytest.approx(peer.statistic, rel=1e-9, abs=1e-9)
    assert found["p"] == pytest.approx(peer.pvalue, rel=1e-8, abs=1e-300)
    assert found["degrees_of_freedom"] == peer.dof
    assert found["plain_v"] == pytest.approx(association(kept, method="cramer", correction=False), abs=1e-9)
    assert expected(kept.astype(float)) == pytest.approx(peer.expected_freq)


@given(tables)
def test_rows_and_columns_may_change_places_and_copies_keep_the_strength(counts: np.ndarray) -> None:
    found, turned = association_of(counts, 0, 0), association_of(counts.T, 0, 0)
    copied = association_of(counts * 7, 0, 0)
    for name in ("plain_v", "cramers_v", "chi_square", "p"):
        assert turned[name] == pytest.approx(found[name], nan_ok=True, abs=1e-9)
    assert copied["plain_v"] == pytest.approx(found["plain_v"], nan_ok=True, abs=1e-9)
    assert np.isnan(found["cramers_v"]) or 0 <= found["cramers_v"] <= 1


@given(tables)
def test_quotients_average_one_over_the_columns_expected(counts: np.ndarray) -> None:
    quotients, total = location_quotients(counts.astype(float)), counts.sum()
    for number, row in enumerate(counts):
        if row.sum():
            assert np.nansum(quotients[number] * counts.sum(axis=0) / total) == pytest.approx(1)


def test_what_cannot_be_compared_is_missing() -> None:
    for counts in (np.zeros((0, 0), np.int64), np.zeros((3, 2), np.int64), np.array([[4, 0], [5, 0]])):
        found = association_of(counts, 100, 0)
        assert np.isnan([found[name] for name in ("chi_square", "p", "plain_v", "cramers_v", "low", "high")]).all()
        assert found["degrees_of_freedom"] == 0
    apart = association_of(np.eye(3, dtype=np.int64), 100, 0)
    assert apart["plain_v"] == pytest.approx(1) and np.isnan(apart["cramers_v"])
    assert np.isnan(location_quotients(np.zeros((2, 2)))).all()


def test_crossing_leaves_out_the_unknown_and_adds_amounts() -> None:
    rows, columns = np.array([0, 0, 1, -1, 1]), np.array([1, 1, 0, 0, -1])
    assert crossed(rows, columns, (2, 2)).tolist() == [[0, 2], [1, 0]]
    assert crossed(rows, columns, (2, 2), np.array([0.5, 1, 2, 4, 8])).tolist() == [[0, 1.5], [2, 0]]


def test_a_table_too_large_is_refused() -> None:
    nobody = np.empty(0, np.int64)
    with pytest.raises(ParameterError, match="10,000 by 1,001 cells"):
        crossed(nobody, nobody, (10_000, 1_001))


def test_draws_keep_the_total_follow_the_shares_and_the_seed() -> None:
    counts = np.array([[30, 0], [20, 50]])
    drawn = resampled(counts, 4000, 3)
    assert (drawn.sum(axis=(1, 2)) == 100).all() and not drawn[:, 0, 1].any()
    assert drawn.mean(axis=0) == pytest.approx(counts, abs=0.5)
    assert np.array_equal(drawn, resampled(counts, 4000, 3)) and not np.array_equal(drawn, resampled(counts, 4000, 4))


def test_an_interval_is_the_middle_95_percent_of_what_is_known() -> None:
    low, high = interval(np.array([*np.arange(1001.0), np.nan, np.nan]))
    assert (float(low), float(high)) == pytest.approx((25, 975))


def test_draws_that_make_no_sense_or_too_many_numbers_are_refused() -> None:
    for resamples, seed, said in ((99, 0, "resamples=99"), (-1, 0, "resamples=-1"), (100, -1, "seed=-1")):
        with pytest.raises(ParameterError, match=said):
            checked_draws(resamples, seed)
    checked_draws(0, 0)
    with pytest.raises(ParameterError, match="give at most 1,000"):
        resampled(np.ones((1000, 100), np.int64), 1001, 0)


@pytest.mark.parametrize(
    ("strength", "rows", "columns", "observations"), [(0.3, 12, 5, 200), (0.5, 4, 3, 300), (0.3, 6, 4, 1000)]
)
def test_intervals_of_cramers_v_hold_the_truth_nine_times_in_ten(
    strength: float, rows: int, columns: int, observations: int, rounds
) -> None:
    random = np.random.default_rng(5)
    chances = np.outer(random.dirichlet(np.full(rows, 5.0)), random.dirichlet(np.full(columns, 5.0)))
    chances[np.arange(rows), np.arange(rows) % columns] += strength * chances.sum(axis=1)
    chances /= chances.sum()
    truth = np.sqrt(chi_squares(chances) / (min(rows, columns) - 1))
    held, plain, unbiased = [], [], []
    for seed in range(rounds(100, 1000)):
        found = association_of(random.multinomial(observations, chances.ravel()).reshape(chances.shape), 200, seed)
        held.append(found["low"] <= truth <= found["high"])
        plain.append(found["plain_v"])
        unbiased.append(found["cramers_v"])
    assert np.mean(held) > 0.85
    assert abs(np.mean(unbiased) - truth) < abs(np.mean(plain) - truth)


def test_incidence_is_one_however_many_paths_there_are() -> None:
    from scipy.sparse import csr_array

    first = csr_array(np.array([[2.0, 1.0], [0.0, 0.0], [0.0, 1.0]]))
    second = csr_array(np.array([[1.0, 0.0, 0.0], [3.0, 1.0, 0.0]]))
    joined = incidence([first, second])
    assert joined.toarray().tolist() == [[1, 1, 0], [0, 0, 0], [1, 1, 0]]
    assert types_joined(joined, np.array([1, 0, -1]), 2).tolist() == [[0, 1], [0, 1], [0, 0]]
    assert first.data.tolist() == [2, 1, 1]
