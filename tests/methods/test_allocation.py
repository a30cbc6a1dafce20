"""Allocation: hand tables, slow twins that follow the words, and laws."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ecograph.methods.allocation import UNFILLED, Allocation, Claims, Deliveries, allocated, delivered

Claim = tuple[int, int, int, int]
Delivery = tuple[int, int, int]

days = st.integers(0, 12)
spans = st.tuples(days, st.integers(1, 8)).map(lambda span: (span[0], span[0] + span[1]))
claims = st.lists(
    st.tuples(st.integers(0, 2), spans, st.integers(0, 9)).map(lambda row: (row[0], *row[1], row[2])), max_size=12
)
deliveries = st.lists(st.tuples(st.integers(0, 3), days, st.integers(0, 6)), max_size=25)


def run(rows: Sequence[Claim], sent: Sequence[Delivery]) -> Allocation:
    return allocated(claims_of(rows), deliveries_of(sent))


def claims_of(rows: Sequence[Claim]) -> Claims:
    numbers, starts, stops, amounts = np.array(rows, np.int64).reshape(-1, 4).T
    return Claims(numbers, starts, stops, amounts.astype(float))


def deliveries_of(sent: Sequence[Delivery]) -> Deliveries:
    numbers, moments, amounts = np.array(sent, np.int64).reshape(-1, 3).T
    return Deliveries(numbers, moments, amounts.astype(float))


def slowly(rows: Sequence[Claim], sent: Sequence[Delivery]) -> tuple[list[int], list[int], list[int | None]]:
    """Each delivery, by day, to the earliest-started open unfilled demand: as it is said."""
    places, came = [-1] * len(sent), [0] * len(rows)
    filled: list[int | None] = [start if amount == 0 else None for _, start, _, amount in rows]
    for delivery in sorted(range(len(sent)), key=lambda one: sent[one][1]):
        number, day, amount = sent[delivery]
        fits = [
            demand
            for demand, (wanted, start, stop, _) in enumerate(rows)
            if wanted == number and start <= day < stop and filled[demand] is None
        ]
        if fits:
            demand = min(fits, key=lambda one: (rows[one][1], one))
            places[delivery] = demand
            came[demand] += amount
            filled[demand] = day if came[demand] >= rows[demand][3] else None
    return places, [min(got, row[3]) for got, row in zip(came, rows, strict=True)], filled


def test_a_table_by_hand() -> None:
    """Demand 0 is filled by two, 1 waits for it, 2 is over before anything comes, 3 is for something else."""
    rows = [(7, 0, 100, 10), (7, 5, 100, 4), (7, 0, 3, 5), (8, 0, 100, 2), (7, 50, 60, 0)]
    sent = [(7, 6, 6), (7, 4, 6), (7, 8, 1), (7, 9, 2), (8, 9, 1), (9, 9, 5), (7, 200, 5)]
    found = run(rows, sent)
    assert found.places.tolist() == [0, 0, 1, 1, 3, -1, -1]
    assert found.fulfilled.tolist() == [10, 3, 0, 1, 0]
    assert found.filled.tolist() == [6, UNFILLED, UNFILLED, UNFILLED, 50]
    assert found.whole.tolist() == [True, False, False, False, True]


def test_a_delivery_is_not_split() -> None:
    found = run([(0, 0, 9, 3), (0, 1, 9, 3)], [(0, 2, 100), (0, 3, 1)])
    assert found.fulfilled.tolist() == [3, 1]


def test_a_demand_is_open_from_its_first_day_until_the_day_it_ends() -> None:
    found = run([(0, 5, 8, 9)], [(0, 4, 1), (0, 5, 1), (0, 7, 1), (0, 8, 1)])
    assert found.places.tolist() == [-1, 0, 0, -1]


def test_tenths_make_a_whole() -> None:
    tenths = Deliveries(np.zeros(10, np.int64), np.arange(10), np.full(10, 0.1))
    found = allocated(Claims(*(np.array([cell]) for cell in (0, 0, 99)), np.array([1.0])), tenths)
    assert sum([0.1] * 10) < 1
    assert (found.fulfilled.tolist(), found.filled.tolist()) == ([1.0], [9])


@given(claims, deliveries)
def test_it_equals_a_slow_twin(rows: list[Claim], sent: list[Delivery]) -> None:
    found = run(rows, sent)
    places, fulfilled, filled = slowly(rows, sent)
    assert found.places.tolist() == places
    assert found.fulfilled.tolist() == fulfilled
    assert [None if day == UNFILLED else day for day in found.filled.tolist()] == filled


@given(claims, deliveries)
def test_no_more_is_fulfilled_than_demanded_or_delivered(rows: list[Claim], sent: list[Delivery]) -> None:
    fulfilled = run(rows, sent).fulfilled
    for number in range(3):
        mine = [place for place, row in enumerate(rows) if row[0] == number]
        demanded, came = sum(rows[place][3] for place in mine), sum(row[2] for row in sent if row[0] == number)
        assert fulfilled[mine].sum() <= min(demanded, came)


@given(claims, deliveries, st.tuples(st.integers(0, 2), days, st.integers(0, 6)))
def test_one_delivery_more_fills_no_demand_less(rows: list[Claim], sent: list[Delivery], more: Delivery) -> None:
    before, after = run(rows, sent), run(rows, [*sent, more])
    assert (after.fulfilled >= before.fulfilled).all()
    assert (after.filled <= before.filled).all()


@given(st.lists(spans, max_size=8, unique_by=lambda span: span[0]), st.lists(days, unique=True, max_size=12))
def test_the_order_of_rows_that_are_not_tied_does_not_matter(these: list[tuple[int, int]], moments: list[int]) -> None:
    rows, sent = [(0, *span, 4) for span in these], [(0, day, 1 + day % 5) for day in moments]
    turned = run(rows[::-1], sent[::-1])
    assert run(rows, sent).fulfilled.tolist() == turned.fulfilled.tolist()[::-1]


def test_nothing() -> None:
    assert run([], [(0, 1, 1)]).places.tolist() == [-1]
    assert run([(0, 1, 2, 5)], []).fulfilled.tolist() == [0]
    assert delivered(claims_of([]), deliveries_of([(0, 1, 1)])).tolist() == []
    assert delivered(claims_of([(0, 1, 2, 5)]), deliveries_of([])).tolist() == [0]


def test_what_is_delivered_within_a_span_by_hand() -> None:
    """The second delivery is within both supplies of number 0, the third within neither."""
    rows = [(0, 0, 5, 1), (0, 3, 9, 1), (1, 0, 9, 1), (2, 0, 9, 1)]
    sent = [(0, 2, 1), (0, 4, 10), (0, 9, 100), (1, 0, 7)]
    assert delivered(claims_of(rows), deliveries_of(sent)).tolist() == [11, 10, 7, 0]


@given(claims, deliveries)
def test_what_is_delivered_equals_a_slow_twin(rows: list[Claim], sent: list[Delivery]) -> None:
    sums = [
        sum(amount for number, day, amount in sent if number == offered and start <= day < stop)
        for offered, start, stop, _ in rows
    ]
    assert delivered(claims_of(rows), deliveries_of(sent)).tolist() == sums


def test_days_that_are_open_hold_everything() -> None:
    ends = np.iinfo(np.int64)
    supply = Claims(np.array([0]), np.array([ends.min]), np.array([ends.max]), np.array([9.0]))
    assert delivered(supply, deliveries_of([(0, 1, 1), (0, 900, 2)])).tolist() == [3]
    assert allocated(supply, deliveries_of([(0, 1, 4), (0, 900, 5)])).filled.tolist() == [900]
