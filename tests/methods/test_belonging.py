"""Belonging: pairs, places and lasting against plain Python."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ecograph.methods.belonging import FIRST, LAST, Belonging, distinct, lasting, matched

small = st.lists(st.integers(-2, 4), max_size=12)
spans = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 9), st.integers(0, 9)), max_size=10)
rows = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers(0, 9)), max_size=10)


def numbers(values: list[int]) -> np.ndarray:
    return np.array(values, np.int64)


def columns(values: list[tuple[int, ...]], n: int) -> list[np.ndarray]:
    return [numbers([one[place] for one in values]) for place in range(n)]


@given(small, small)
def test_matched_is_every_pair_of_equal_entries(keys: list[int], others: list[int]) -> None:
    first, second = matched(numbers(keys), numbers(others))
    expected = [(i, j) for i, key in enumerate(keys) for j, other in enumerate(others) if key == other]
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == expected


@given(spans, rows)
def test_a_row_belongs_where_its_end_does_while_it_lasts(
    held: list[tuple[int, ...]], asked: list[tuple[int, ...]]
) -> None:
    found = Belonging(*columns(held, 4)).pairs(*columns(asked, 3))
    expected = {
        (row, place)
        for row, (end, start, stop) in enumerate(asked)
        for member, place, first, last in held
        if end == member and start < last and first < stop
    }
    assert set(zip(*(part.tolist() for part in found), strict=True)) == expected
    unique = distinct([found, found], 5)
    assert list(zip(*(part.tolist() for part in unique), strict=True)) == sorted(expected)


def test_places_belong_to_themselves_and_others_through_rows() -> None:
    places = numbers([4, 7])
    themselves = Belonging.always(places)
    assert themselves.pairs(places, numbers([FIRST, 3]), numbers([0, LAST]))[1].tolist() == [0, 1]
    span = (numbers([1, 2, 3]), numbers([5, 6, 7]))
    through = Belonging.through(numbers([7, 5, 4]), numbers([10, 11, 12]), span, places)
    assert [part.tolist() for part in vars(through).values()] == [[10, 12], [1, 0], [1, 3], [5, 7]]
    assert [part.tolist() for part in vars(themselves | through).values()][:2] == [[4, 7, 10, 12], [0, 1, 1, 0]]
    assert [part.tolist() for part in distinct([], 2)] == [[], []]
    assert [part.tolist() for part in distinct([], 0)] == [[], []]


def test_a_moment_lasts_its_day() -> None:
    starts, stops = lasting(numbers([FIRST, 3, FIRST]), numbers([LAST, 8, LAST]), numbers([5, FIRST, FIRST]))
    assert (starts.tolist(), stops.tolist()) == ([5, 3, FIRST], [6, 8, LAST])
