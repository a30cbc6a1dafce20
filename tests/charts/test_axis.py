"""Ticks and scales."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ecograph.charts.axis import Scale, every, reaching_nought, ticks

VALUES = st.floats(-1e12, 1e12, allow_subnormal=False).map(lambda value: 0.0 if abs(value) < 1e-9 else value)


@given(VALUES, VALUES, st.integers(2, 10))
def test_ticks_are_round_and_reach_around_the_values(a: float, b: float, most: int) -> None:
    low, high = min(a, b), max(a, b)
    values, step = ticks(low, high, most)
    mantissa = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert min(abs(mantissa - nice) for nice in (1, 2, 2.5, 5)) < 1e-6
    assert 2 <= len(values) <= most + 2
    assert values[0] <= low + step * 1e-6
    assert values[-1] >= high - step * 1e-6
    for place, value in enumerate(values):
        assert value / step == pytest.approx(round(values[0] / step) + place, abs=1e-3)


@given(VALUES, VALUES, st.integers(2, 10))
def test_ticks_waste_no_room(a: float, b: float, most: int) -> None:
    low, high = min(a, b), max(a, b)
    assume(high - low > 1e-6 * max(abs(low), abs(high)))
    values, step = ticks(low, high, most)
    assert values[0] > low - step
    assert values[-1] < high + step
    assert high - low > step * (most / 2.5 - 1)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0, 7, [0, 2, 4, 6, 8]),
        (-3, 12, [-5, -2.5, 0, 2.5, 5, 7.5, 10, 12.5]),
        (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (5, 5, [0, 1, 2, 3, 4, 5]),
        (-5, -5, [-5, -4, -3, -2, -1, 0]),
        (0, 5e-324, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (-1e300, 1e300, [-1e300, -5e299, 0, 5e299, 1e300]),
    ],
)
def test_ticks(low: float, high: float, expected: list[float]) -> None:
    assert list(ticks(low, high)[0]) == pytest.approx(expected)


def test_scale_is_linear() -> None:
    scale = Scale(10, 20, 100, 300)
    assert [scale(value) for value in (10, 15, 20, 25)] == [100, 200, 300, 400]
    assert Scale(3, 3, 100, 300)(3) == 100


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(1, 3, (0, 3)), (5, 6, (5, 6)), (-3, -1, (-3, 0)), (-6, -5, (-6, -5)), (-1, 1, (-1, 1)), (0, 0, (0, 0))],
)
def test_axis_reaches_nought_where_it_is_near(low: float, high: float, expected: tuple[float, float]) -> None:
    assert reaching_nought(low, high) == expected


@pytest.mark.parametrize(("pitch", "room", "expected"), [(50, 30, 1), (30, 30, 1), (29, 30, 2), (-10, 35, 4)])
def test_names_are_left_out_where_they_have_no_room(pitch: float, room: float, expected: int) -> None:
    assert every([0, pitch, 2 * pitch], room) == expected
    assert every([0], room) == 1
