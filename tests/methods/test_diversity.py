"""Diversity of counts: closed forms, scipy's entropy, and the order of the Hill numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy.stats import entropy

from ecograph.methods.diversity import diversities

tables = arrays(np.int64, array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.integers(0, 40))


def test_closed_forms() -> None:
    found = diversities(np.array([[5, 5, 5, 5], [7, 0, 0, 0], [2, 1, 1, 0], [0, 0, 0, 0]]))
    assert found["hill_1"][:3] == pytest.approx([4, 1, 2 * np.sqrt(2)])
    assert found["hill_2"][:3] == pytest.approx([4, 1, 8 / 3])
    assert found["shannon"][:3] == pytest.approx([np.log(4), 0, 1.5 * np.log(2)])
    assert found["blau"][:3] == pytest.approx([3 / 4, 0, 5 / 8])
    assert found["largest_share"][:3] == pytest.approx([1 / 4, 1, 1 / 2])
    assert found["types"].tolist() == [4, 1, 3, 0]
    assert found["members"].tolist() == [20, 7, 4, 0]
    assert all(np.isnan(found[name][3]) for name in ("hill_1", "hill_2", "shannon", "blau", "largest_share"))


@given(tables)
def test_it_equals_scipy_and_hill_numbers_fall_with_their_order(counts: np.ndarray) -> None:
    found = diversities(counts)
    for number, row in enumerate(counts):
        if not row.sum():
            continue
        assert found["shannon"][number] == pytest.approx(entropy(row), abs=1e-12)
        differing = sum(int(one) * int(other) for a, one in enumerate(row) for b, other in enumerate(row) if a != b)
        assert found["blau"][number] == pytest.approx(differing / int(row.sum()) ** 2, abs=1e-12)
        orders = [found[name][number] for name in ("types", "hill_1", "hill_2")]
        assert orders[0] + 1e-9 >= orders[1] >= orders[2] - 1e-9 >= 1 - 2e-9
        assert 1 / orders[0] - 1e-12 <= found["largest_share"][number] <= 1


@given(tables, st.integers(2, 9))
def test_only_shares_count_and_copies_of_all_types_double_the_types(counts: np.ndarray, factor: int) -> None:
    found, scaled, doubled = (diversities(rows) for rows in (counts, counts * factor, np.hstack([counts, counts])))
    for name in ("hill_1", "hill_2", "shannon", "blau"):
        assert scaled[name] == pytest.approx(found[name], nan_ok=True)
    for name in ("hill_1", "hill_2"):
        assert doubled[name] == pytest.approx(2 * found[name], nan_ok=True)


def test_no_types_and_no_rows() -> None:
    assert np.isnan(diversities(np.zeros((2, 0), np.int64))["hill_1"]).all()
    assert len(diversities(np.zeros((0, 3), np.int64))["hill_1"]) == 0
