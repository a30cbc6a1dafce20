"""Repeat ties: three weeks by hand, a slow twin on random ties, laws, and ties without dates."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, ViewError

Row = tuple[str, str, int, int]

FIRST = date(2025, 1, 6)
rows_drawn = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"), st.integers(0, 30), st.integers(1, 15)).map(
        lambda row: (row[0], row[1], row[2], row[2] + row[3])
    ),
    min_size=1,
    max_size=15,
).filter(lambda rows: any(row[0] != row[1] for row in rows))


def day(number: int) -> str:
    return (FIRST + timedelta(number)).isoformat()


def records_of(rows: Sequence[Row], relation: str = "COLLABORATES") -> Any:
    spans = {
        "source": [row[0] for row in rows],
        "target": [row[1] for row in rows],
        "valid_from": [day(row[2]) for row in rows],
        "valid_to": [day(row[3]) for row in rows],
    }
    return eg.from_tables({"Maker": {"id": list("abcdef")}}, {relation: spans}).records(relation)


def slowly(rows: Sequence[Row]) -> list[dict[str, float]]:
    """Sets of pairs and of neighbours, week by week."""
    rows = [row for row in rows if row[0] != row[1]]  # the schema refuses the others
    first = min(row[2] for row in rows)
    weeks = range(first, max(row[3] for row in rows) + 1, 7)
    pairs = [
        {frozenset(row[:2]) for row in rows if row[0] != row[1] and row[2] < week + 7 and row[3] > week}
        for week in weeks
    ]
    found = []
    for number, now in enumerate(pairs):
        before = pairs[number - 1] if number else set()
        shares = []
        for node in "abcde":
            mine, theirs = ({pair - {node} for pair in one if node in pair} for one in (now, before))
            if number and mine | theirs:
                shares.append(len(mine & theirs) / len(mine | theirs))
        both = len(now & before)
        repeat = both / len(now) if number and now else float("nan")
        persistence = float(np.mean(shares)) if shares else float("nan")
        found.append(
            {"ties": len(now), "repeated": both, "nodes": len(shares), "repeat": repeat, "persistence": persistence}
        )
    return found


def test_three_weeks_by_hand() -> None:
    # week 0: ab bc; week 1: ab cd, the first twice; week 2: nobody; week 3: cd
    rows = [
        ("a", "b", 0, 10),
        ("b", "a", 8, 9),
        ("b", "c", 0, 7),
        ("d", "c", 7, 8),
        ("a", "a", 0, 20),
        ("c", "d", 21, 22),
    ]
    found = eg.repeat_ties(records_of(rows), every="week")
    assert found["group"].tolist() == [day(7 * week) for week in range(4)]
    assert found["ties"].tolist() == [2, 2, 0, 1] and found["repeated"].tolist() == [0, 1, 0, 0]
    np.testing.assert_allclose(found["repeat"], [np.nan, 1 / 2, np.nan, 0])
    # a keeps b, b keeps a of a and c, c and d have nobody in common: (1 + 1/2 + 0 + 0) / 4
    np.testing.assert_allclose(found["persistence"], [np.nan, 3 / 8, 0, 0])
    assert found["nodes"].tolist() == [0, 4, 4, 2]
    assert found["note"].tolist() == ["nothing stands before the first period", None, "nobody is tied", None]


@given(rows_drawn)
def test_it_equals_a_slow_twin(rows: Sequence[Row]) -> None:
    found, expected = eg.repeat_ties(records_of(rows), every="7 days"), slowly(rows)
    assert len(found) == len(expected)
    for name in expected[0]:
        np.testing.assert_allclose(found[name], [row[name] for row in expected], err_msg=name)


@given(rows_drawn)
def test_ends_may_be_turned_and_rows_repeated(rows: Sequence[Row]) -> None:
    one = eg.repeat_ties(records_of(rows), every="week").table
    turned = [(row[1], row[0], *row[2:]) for row in rows]
    assert eg.repeat_ties(records_of([*turned, *rows]), every="week").table == one


def test_what_never_changes_is_repeated_whole() -> None:
    found = eg.repeat_ties(records_of([("a", "b", 0, 28), ("c", "b", 0, 28)]), every="week")
    assert found["repeat"][1:-1].tolist() == found["persistence"][1:-1].tolist() == [1, 1, 1]


def test_moments_hold_on_their_day_and_those_without_one_are_counted() -> None:
    met = {"source": ["a", "a", "b"], "target": ["b", "b", "c"], "at": [day(0), day(7), None]}
    records = eg.from_tables({"Maker": {"id": list("abc")}}, {"COMMUNICATES": met}).records()
    found = eg.repeat_ties(records, through="COMMUNICATES", every="week")
    assert found["repeat"].tolist()[1:] == [1] and found.findings.counts() == {"missing_value": 1}
    early = eg.repeat_ties(records_of([("a", "b", 0, 8), ("a", "c", 20, 30)]), every="week")
    assert len(early) == 5


def test_sentences() -> None:
    found = eg.repeat_ties(eg.dataset("harbour").records())
    assert found.explain("2023-01-01").endswith("it is the first period, so nothing stood before.")
    assert "条联系中有" in found.explain("2024-01-01", language="zh")


def test_wrong_calls() -> None:
    records = eg.dataset("harbour").records()
    with pytest.raises(ParameterError, match="every='fortnight'"):
        eg.repeat_ties(records, every="fortnight")
    with pytest.raises(ViewError, match="relations/COMPETES"):
        eg.repeat_ties(eg.dataset("harbour").records("COLLABORATES"), through="COMPETES")
    undated = eg.from_tables({"Maker": {"id": ["a", "b"]}}, {"COLLABORATES": {"source": ["a"], "target": ["b"]}})
    with pytest.raises(ViewError, match="no dates"):
        eg.repeat_ties(undated.records())
