"""Absorbing chains: solved by hand, a slow twin, a simulation, and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.methods.absorbing import absorption

counts = st.lists(st.lists(st.integers(0, 4), min_size=5, max_size=5), min_size=3, max_size=3)

HAND = np.array([[0, 3, 0, 1], [1, 0, 2, 1]])


def walked(shares: np.ndarray, start: int, random: np.random.Generator) -> tuple[list[int], int]:
    """Visits of one walker to each state, and the end."""
    visits, place = [0] * len(shares), start
    while place < len(shares):
        visits[place] += 1
        place = int(random.choice(shares.shape[1], p=shares[place]))
    return visits, place - len(shares)


def test_a_chain_by_hand() -> None:
    found = absorption(HAND)
    assert found.shares.tolist() == [[0, 0.75, 0, 0.25], [0.25, 0, 0.5, 0.25]]
    assert found.visits == pytest.approx(np.array([[16, 12], [4, 16]]) / 13, abs=1e-15)
    assert found.ends == pytest.approx(np.array([[6, 7], [8, 5]]) / 13, abs=1e-15)
    assert found.visits_before(0) == pytest.approx(np.array([[16, 16], [3, 16]]) / 13, abs=1e-15)


def test_walkers_do_what_the_chain_expects() -> None:
    random, found = np.random.default_rng(1), absorption(HAND)
    walks = [walked(found.shares, 0, random) for _ in range(8_000)]
    visits = np.array([one for one, _ in walks])
    reached = np.array([end == 0 for _, end in walks])
    assert visits.mean(axis=0) == pytest.approx(found.visits[0], abs=0.04)
    assert reached.mean() == pytest.approx(found.ends[0, 0], abs=0.02)
    assert visits[reached].mean(axis=0) == pytest.approx(found.visits_before(0)[0], abs=0.04)


def test_a_state_without_steps_is_not_told_nor_what_leads_to_it() -> None:
    found = absorption(np.array([[0, 1, 3], [0, 0, 0]]))
    assert np.isnan(found.ends).all() and np.isnan(found.visits).all()
    aside = absorption(np.array([[0, 0, 3], [0, 0, 0]]))
    assert aside.ends[0].tolist() == [1.0] and np.isnan(aside.ends[1]).all()
    assert aside.visits[0].tolist() == [1.0, 0.0]


def test_a_circle_without_an_end_is_not_told() -> None:
    found = absorption(np.array([[0, 2, 0], [2, 0, 0]]))
    assert np.isnan(found.ends).all()


def test_an_end_out_of_reach_has_no_visits_before() -> None:
    found = absorption(np.array([[0, 0, 0, 3], [1, 0, 0, 0]]))
    assert found.ends.tolist() == [[0.0, 1.0], [0.0, 1.0]]
    assert np.isnan(found.visits_before(0)).all()
    assert found.visits_before(1) == pytest.approx(found.visits)


@given(counts)
def test_it_equals_a_twin_that_sums_steps(rows: list[list[int]]) -> None:
    """N = I + Q + Q^2 + …, as long as anybody is on the way."""
    steps = np.array(rows)
    found = absorption(steps)
    told = ~np.isnan(found.ends[:, 0])
    shares = np.nan_to_num(found.shares)
    power, visits = np.eye(3), np.zeros((3, 3))
    for _ in range(5_000):
        visits += power
        power = power @ shares[:, :3]
    assert found.visits[told] == pytest.approx(visits[told], abs=1e-9)
    assert found.ends[told] == pytest.approx((visits @ shares[:, 3:])[told], abs=1e-9)
    sure = (visits @ shares[:, 3:]).sum(axis=1) > 1 - 1e-9
    assert (told == sure).all()


@given(counts)
def test_ends_sum_to_one_and_visits_before_mix_to_visits(rows: list[list[int]]) -> None:
    found = absorption(np.array(rows))
    told = ~np.isnan(found.ends[:, 0])
    assert found.ends[told].sum(axis=1) == pytest.approx(np.ones(told.sum()))
    mixed = sum(found.ends[:, [end]] * np.nan_to_num(found.visits_before(end)) for end in range(2))
    assert mixed[told] == pytest.approx(found.visits[told])
    assert (np.diag(found.visits)[told] >= 1 - 1e-12).all()
