"""Ratios: by hand; what is shared is tested with the concentration."""

import numpy as np

from ecograph.methods.shares import ratios


def test_ratios_are_missing_where_there_is_no_whole() -> None:
    parts = np.array([[1, 2], [0, 3]])
    np.testing.assert_array_equal(ratios(parts, parts.sum(axis=1, keepdims=True)), [[1 / 3, 2 / 3], [0, 1]])
    np.testing.assert_array_equal(ratios(parts, np.array([4, 0])), [[0.25, np.nan], [0, np.nan]])
    np.testing.assert_array_equal(ratios(np.array([1.0, 1.0]), np.array([np.nan, -1.0])), [np.nan, np.nan])
    assert ratios(np.empty(0), np.empty(0)).shape == (0,)
