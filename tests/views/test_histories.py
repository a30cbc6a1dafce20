"""Histories: a table by hand, a slow twin, laws, and what is said of rows that cannot be used."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError
from ecograph.views import Histories
from ecograph.views.records import NEVER

Row = tuple[str, int | None, int | None, str | None]
Told = dict[str, list[tuple[str, int, int | None]]]

FIRST, TODAY = date(2025, 1, 1), 20
EPOCH = (FIRST - date(1970, 1, 1)).days
WORDS = ["-1", "0", "1", "beyond"]

rows_drawn = st.lists(
    st.tuples(
        st.sampled_from("pqr"),
        st.one_of(st.none(), st.integers(0, 24)),
        st.one_of(st.none(), st.integers(1, 9)),
        st.sampled_from([*WORDS, None]),
    ).map(lambda row: (row[0], row[1], None if row[2] is None else (row[1] or 0) + row[2], row[3])),
    min_size=1,
    max_size=12,
)


def iso(day: int | None) -> str | None:
    return None if day is None else (FIRST + timedelta(day)).isoformat()


def ecosystem_of(rows: Sequence[Row]) -> eg.Ecosystem:
    spans = {
        "source": ["m"] * len(rows),
        "target": [row[0] for row in rows],
        "valid_from": [iso(row[1]) for row in rows],
        "valid_to": [iso(row[2]) for row in rows],
        "stage": [row[3] for row in rows],
    }
    return eg.from_tables({"Makerspace": {"id": ["m"]}, "Project": {"id": ["p", "q", "r"]}}, {"INCUBATES": spans})


def told_by(view: Histories) -> Told:
    """Spans of each target as states and days since the first day of the tests."""
    found: Told = {}
    for target, code, start, stop in zip(view.targets, view.codes, view.starts, view.stops, strict=True):
        span = (view.states[code], int(start) - EPOCH, None if stop == NEVER else int(stop) - EPOCH)
        found.setdefault(view.nodes.ids[int(target)].as_py(), []).append(span)
    return found


def _order(row: Any) -> tuple[int, int, int]:
    stop = row[2] if row[2] is not None and row[2] <= TODAY else 99
    return row[1], stop, WORDS.index(row[3])


def slowly(rows: Sequence[Row]) -> tuple[Told, int]:
    """The spans of each target, one after the other, and how many were cut."""
    usable = [row for row in rows if row[1] is not None and row[1] <= TODAY and row[3]]
    found: Told = {}
    cut = 0
    for project in "pqr":
        mine: list[Any] = sorted((row for row in usable if row[0] == project), key=_order)
        spans: list[Any] = []
        for state, group in groupby(mine, key=lambda row: row[3]):
            parts = list(group)
            ends = [part[2] if part[2] is not None and part[2] <= TODAY else None for part in parts]
            spans.append([state, parts[0][1], None if None in ends else max(ends)])
        for one, later in pairwise(spans):
            if one[2] is None or one[2] > later[1]:
                one[2] = later[1]
                cut += 1
        if spans:
            found[project] = [tuple(span) for span in spans]
    return found, cut


def test_a_table_by_hand() -> None:
    view = ecosystem_of([
        ("q", 3, 9, "0"),
        ("p", 0, 4, "-1"),
        ("p", 4, 7, "-1"),  # the same state goes on
        ("p", 9, 12, "0"),  # after days without any
        ("p", 12, None, "1"),
        ("q", 9, 21, "1"),  # is over on the day after the last
        ("r", 2, 20, "beyond"),  # is over on the last day
    ]).histories(day=iso(TODAY))  # fmt: skip
    assert told_by(view) == {
        "p": [("-1", 0, 7), ("0", 9, 12), ("1", 12, None)],
        "q": [("0", 3, 9), ("1", 9, None)],
        "r": [("beyond", 2, 20)],
    }
    assert view.firsts.tolist() == [True, False, False, True, False, True]
    assert view.lasts.tolist() == [False, False, True, False, True, True]
    assert view.closed.tolist() == [True, True, False, True, False, True]
    assert len(view.findings) == 0


def test_what_reaches_into_the_next_state_is_cut_and_said() -> None:
    view = ecosystem_of([("p", 0, None, "-1"), ("p", 5, 9, "0"), ("p", 7, 30, "1"), ("q", 1, 3, "0")]).histories(
        day=iso(TODAY)
    )
    assert told_by(view) == {"p": [("-1", 0, 5), ("0", 5, 7), ("1", 7, None)], "q": [("0", 1, 3)]}
    (found,) = view.findings
    assert (found.code, found.count, found.column) == ("overlapping_spans", 2, "stage")
    assert found.reason() == "2 spans reach into the next one of another stage"
    assert "有 2 个时段" in found.reason("zh")


def test_rows_without_a_state_or_a_first_day_and_those_ahead_are_left_out_and_said() -> None:
    view = ecosystem_of([("p", 0, 4, None), ("p", None, 4, "0"), ("p", None, 4, None), ("p", 21, None, "0")]).histories(
        day=iso(TODAY)
    )
    assert told_by(view) == {} and len(view.firsts) == 0
    assert [(one.code, one.column, one.value, one.count) for one in view.findings] == [
        ("missing_value", "valid_from", "", 2),
        ("missing_value", "stage", "", 1),
        ("after_day", "", "2025-01-21", 1),
    ]


@given(rows_drawn)
def test_it_equals_a_twin(rows: list[Row]) -> None:
    view = ecosystem_of(rows).histories(day=iso(TODAY))
    expected, cut = slowly(rows)
    assert told_by(view) == expected
    assert sum(one.count for one in view.findings if one.code == "overlapping_spans") == cut


@given(rows_drawn)
def test_spans_of_a_target_are_in_order_apart_and_change_the_state(rows: list[Row]) -> None:
    view = ecosystem_of(rows).histories(day=iso(TODAY))
    assert int(view.firsts.sum()) == int(view.lasts.sum()) == len(told_by(view))
    for spans in told_by(view).values():
        assert all(stop is not None and start <= stop <= later[1] for (_, start, stop), later in pairwise(spans))
        assert all(one[0] != later[0] for one, later in pairwise(spans))
    left_out = sum(one.count for one in view.findings if one.code in ("missing_value", "after_day"))
    assert left_out == sum(row[1] is None or not row[3] or row[1] > TODAY for row in rows)


def test_other_relations_and_states() -> None:
    spans = {"source": ["o", "o"], "target": ["m", "m"], "valid_from": ["2025-01-01", "2025-02-01"]}
    eco = eg.from_tables(
        {"ServiceProvider": {"id": ["o"]}, "Makerspace": {"id": ["m"]}},
        {"OFFERS_SERVICE": {**spans, "service": ["yoga", "media"], "level": ["2", "1"]}},
    )
    by_service = eco.histories("提供服务", state="service")
    assert by_service.states == ("training", "finance_matching", "registration", "legal_accounting", "media", "yoga")
    assert by_service.recipe["relations"] == ["OFFERS_SERVICE"]
    assert eco.histories("OFFERS_SERVICE", state="level").states == ("1", "2")


def test_nothing_gives_no_histories() -> None:
    bare = eg.from_tables({"Project": {"id": ["p"]}}, {})
    view = bare.histories()
    assert (len(view.targets), view.states, view.day) == (0, tuple(WORDS), None)
    undated = eg.from_tables(
        {"Makerspace": {"id": ["m"]}, "Project": {"id": ["p"]}},
        {"INCUBATES": {"source": ["m"], "target": ["p"], "stage": ["0"]}},
    )
    (found,) = undated.histories().findings
    assert (found.code, found.column, found.count) == ("missing_value", "valid_from", 1)


def test_the_day_is_that_of_the_data_or_of_the_period() -> None:
    eco = eg.dataset("harbour")
    assert str(eco.histories().day) == "2025-12-31"
    assert str(eco.between("2024-01-01", "2025-01-01").histories().day) == "2024-12-31"
    earlier = eco.histories(day="2024-06-30")
    assert earlier.findings.counts()["after_day"] == int((eco.histories().starts > EPOCH - 185).sum())
    years = list(eco.slices("year").histories())[:3]
    assert [str(view.day) for view in years] == ["2023-12-31", "2024-12-31", "2025-12-31"]


def test_wrong_relations_states_and_days_are_refused_in_one_line() -> None:
    eco = eg.dataset("harbour")
    for wrong, error, words in (
        (lambda: eco.histories("GIVES_FEEDBACK"), ParameterError, "relation=GIVES_FEEDBACK: its rows are moments"),
        (lambda: eco.histories("INCUBATED"), UnknownNameError, "INCUBATES"),
        (
            lambda: eco.histories(state="stages"),
            UnknownNameError,
            "no column of INCUBATES 'stages'; did you mean stage",
        ),
        (lambda: eco.histories(day="2025"), ParameterError, "day='2025' is no day"),
    ):
        with pytest.raises(error, match=words) as caught:
            wrong()
        assert "\n" not in str(caught.value)
