"""Draws: what is drawn has the weights, groups and shares asked for."""

import numpy as np
import pytest

from ecograph.generate.draws import (
    Groups,
    dealt,
    first_of,
    first_pairs,
    folded,
    occurrences,
    portion,
    weighted,
    worded,
    zipf,
)


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(1)


def test_occurrences_count_equals_before() -> None:
    assert occurrences(np.array([3, 1, 3, 3, 1])).tolist() == [0, 0, 1, 2, 1]
    assert occurrences(np.empty(0, np.int64)).tolist() == []


def test_pairs_count_once_in_either_order() -> None:
    ones, others = np.array([1, 2, 1, 3, 1]), np.array([2, 1, 2, 3, 3])
    assert first_pairs(ones, others).tolist() == [True, False, False, False, True]
    assert first_of(ones, others).tolist() == [True, True, False, True, True]


def test_combinations_have_codes_of_their_own(random: np.random.Generator) -> None:
    columns = random.integers(0, 50, (3, 500))
    assert len(np.unique(folded(*columns))) == len({tuple(row) for row in columns.T.tolist()})


def test_groups_give_their_members_by_weight(random: np.random.Generator) -> None:
    groups = Groups(np.array([2, 0, 2, 2]), 4, np.array([1.0, 5.0, 0.0, 3.0]))
    assert groups.sizes.tolist() == [1, 0, 3, 0]
    drawn = groups.draw(np.full(10_000, 2), random)
    assert set(drawn) == {0, 3}
    assert np.mean(drawn == 3) == pytest.approx(0.75, abs=0.02)
    assert groups.draw(np.array([0, 1, 3]), random).tolist() == [1, -1, -1]


def test_weights_and_shares_are_kept(random: np.random.Generator) -> None:
    drawn = weighted([1.0, 0.0, 3.0], 10_000, random)
    assert np.bincount(drawn)[1] == 0
    assert np.mean(drawn == 2) == pytest.approx(0.75, abs=0.02)
    words = worded(np.array([[1.0, 1.0], [0.0, 1.0]]), np.repeat([0, 1], 5_000), random)
    assert words[5_000:].min() == 1
    assert np.mean(words[:5_000]) == pytest.approx(0.5, abs=0.03)


def test_cards_are_dealt_exactly(random: np.random.Generator) -> None:
    assert np.bincount(dealt([0.5, 0.3, 0.2], 10, random)).tolist() == [5, 3, 2]
    assert np.bincount(dealt([0.5, 0.3, 0.2], 1_000, random)).tolist() == [500, 300, 200]


def test_portions_have_a_least_and_a_most() -> None:
    assert [portion(100, 0.05, 3), portion(10, 0.05, 3), portion(2, 0.05, 3)] == [5, 3, 2]


def test_zipf_is_what_it_says(random: np.random.Generator) -> None:
    assert np.sort(zipf(4, 1.0, random))[::-1] == pytest.approx([1, 1 / 2, 1 / 3, 1 / 4])
