"""Waiting: tables by hand, and twins that look at every pair."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ecograph.methods.waiting import gaps, waits

dated = st.lists(st.tuples(st.integers(0, 4), st.integers(-3, 20)), max_size=20)


def columns(rows: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([row[0] for row in rows], np.int64), np.array([row[1] for row in rows], np.int64)


def test_days_between_by_hand() -> None:
    owners, days = gaps(*columns([(1, 9), (0, 3), (1, 2), (1, 9), (0, 8), (2, 5)]))
    assert list(zip(owners.tolist(), days.tolist(), strict=True)) == [(0, 5), (1, 7), (1, 0)]


def test_days_to_an_answer_by_hand() -> None:
    questions = columns([(0, 3), (0, 6), (1, 4), (2, 5), (3, 9)])
    answers = columns([(0, 5), (0, 2), (2, 5), (1, 3), (3, 20)])
    days, over = waits(*questions, *answers, 20)
    assert days.tolist() == [2, 14, 16, 0, 11]  # the answer before the question answers nothing
    assert over.tolist() == [True, False, False, True, True]


@given(dated)
def test_days_between_equal_a_twin(rows: list[tuple[int, int]]) -> None:
    found = sorted(zip(*(cells.tolist() for cells in gaps(*columns(rows))), strict=True))
    pairs = [(owner, sorted(day for one, day in rows if one == owner)) for owner in {row[0] for row in rows}]
    assert found == sorted((owner, later - one) for owner, days in pairs for one, later in pairwise(days))


@given(dated, dated)
def test_days_to_an_answer_equal_a_twin(questions: list[tuple[int, int]], answers: list[tuple[int, int]]) -> None:
    days, over = waits(*columns(questions), *columns(answers), 20)
    for place, (question, asked) in enumerate(questions):
        later = [day for one, day in answers if one == question and day >= asked]
        assert over[place] == bool(later)
        assert days[place] == min(later, default=20) - asked


def test_nothing_asked_and_nothing_answered() -> None:
    none = np.empty(0, np.int64)
    assert waits(none, none, none, none, 0)[0].tolist() == []
    days, over = waits(*columns([(0, 3)]), none, none, 5)
    assert (days.tolist(), over.tolist()) == ([2], [False])
    assert gaps(none, none)[1].tolist() == []
