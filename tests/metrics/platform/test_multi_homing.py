"""Multi-homing: days by hand, roles, a slow twin, and its laws."""

from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError
from tests.strategies import made, made_ecosystems

PATH = "Maker -SETTLED_IN-> Makerspace"
SPANS = [
    ("a", "m", "2025-01-01", "2025-01-31"),  # 30 days
    ("a", "n", "2025-01-21", "2025-01-31"),  # 10 days
    ("b", "m", "2025-01-01", "2025-01-11"),  # 10 days
    ("b", "n", "2025-01-11", None),  # open: 20 days, to the last day in the data
    ("b", "o", None, "2025-01-11"),  # since the first day: 10 days
    ("c", "m", "2025-01-06", "2025-01-11"),
    ("c", "m", "2025-01-16", "2025-01-21"),
]


def first(result: eg.Result) -> dict[str, float]:
    return next(iter(result.table.rows()))


def settled(spans: list[tuple[str, str, str | None, str | None]] | None = None) -> eg.Ecosystem:
    columns = ("source", "target", "valid_from", "valid_to")
    rows = [list(cells) for cells in zip(*(SPANS if spans is None else spans), strict=True)]
    nodes = {"Maker": {"id": list("abcd")}, "Makerspace": {"id": list("mnop")}}
    return eg.from_tables(nodes, {"SETTLED_IN": dict(zip(columns, rows or [[]] * 4, strict=True))})


def test_days_by_hand() -> None:
    found = eg.multi_homing(settled().two_mode(PATH))
    row = first(found)
    assert (row["members"], row["several"], row["multi_homing"]) == (3, 2, pytest.approx(2 / 3))
    assert row["mean_platforms"] == pytest.approx((2 + 3 + 1) / 3)
    # the last day in the data is 01-31, so b is on n for 21 days, of 41; a 30 and 10 of 40; c on one platform
    of_b = 1 - (10**2 + 21**2 + 10**2) / 41**2
    assert row["spread"] == pytest.approx((1 - (30**2 + 10**2) / 40**2 + of_b + 0) / 3)
    assert found.explain().startswith("2 of 3 members (66.7%) are on two or more platforms; a member is on 2.00")
    assert "多" in found.explain(language="zh")


def test_days_are_counted_inside_the_period() -> None:
    row = first(eg.multi_homing(settled().between("2025-01-06", "2025-01-26").two_mode(PATH)))
    of_a, of_b = 1 - (20**2 + 5**2) / 25**2, 1 - (5**2 + 15**2 + 5**2) / 25**2
    assert row["spread"] == pytest.approx((of_a + of_b + 0) / 3)
    on_a_day = first(eg.multi_homing(settled().at("2025-01-25").two_mode(PATH)))
    # a is on m and n, b on n
    assert (on_a_day["members"], on_a_day["several"], on_a_day["spread"]) == (2, 1, pytest.approx(0.25))


def test_slices_and_parts_of_parts() -> None:
    weeks = eg.multi_homing(settled().slices(every="10 days").two_mode(PATH))
    assert weeks["several"].tolist() == [1, 0, 1, 0]
    inner = settled().between("2025-01-01", "2025-01-26").between("2025-01-06", "2025-03-01")
    whole = settled().between("2025-01-06", "2025-01-26")
    assert first(eg.multi_homing(inner.two_mode(PATH))) == first(eg.multi_homing(whole.two_mode(PATH)))


def test_a_moving_member_is_on_two_platforms_over_time_and_on_one_each_day() -> None:
    eco = settled([("a", "m", "2025-01-01", "2025-02-01"), ("a", "n", "2025-02-01", "2025-03-04")])
    assert first(eg.multi_homing(eco.two_mode(PATH)))["spread"] == pytest.approx(0.5)
    for day in ("2025-01-31", "2025-02-01"):
        assert first(eg.multi_homing(eco.at(day).two_mode(PATH)))["multi_homing"] == 0


def test_spans_without_dates_count_alike() -> None:
    row = first(eg.multi_homing(settled([("a", "m", None, None), ("a", "n", None, None)]).two_mode(PATH)))
    assert (row["multi_homing"], row["spread"]) == (1, 0.5)


def slow(eco: eg.Ecosystem, value: str | None) -> dict[str, float]:
    """Shares of each member from lists of its rows."""
    uses: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in eco.relations("JOINS").rows():
        uses[row["source_kind"], row["source"]][row["target"]] += 1 if value is None else row[value]
    spreads = [1 - sum((one / sum(use.values())) ** 2 for one in use.values())
               for use in uses.values() if sum(use.values())]  # fmt: skip
    return {
        "members": len(uses),
        "several": sum(len(use) > 1 for use in uses.values()),
        "mean_platforms": np.mean([len(use) for use in uses.values()]),
        "spread": np.mean(spreads),
    }


@pytest.mark.parametrize("role", [{}, {"amount": "amount"}, {"strength": "hours", "parallel": "sum"}])
def test_roles_and_moments_equal_a_slow_twin(role: dict[str, str], rounds) -> None:
    for seed in range(rounds(20, 200)):
        eco = made(seed).ecosystem
        found = first(eg.multi_homing(eco.two_mode("Actor -JOINS-> Project", **role)))
        expected = slow(eco, next(iter(role.values()), None))
        assert {name: found[name] for name in expected} == pytest.approx(expected)


day = st.integers(0, 60).map(lambda number: date.fromordinal(date(2025, 1, 1).toordinal() + number))
spans = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("mnop"), day, st.integers(1, 30)), min_size=1, max_size=12
)


@given(spans)
def test_days_equal_a_slow_twin_that_counts_them_one_by_one(drawn: list[tuple[str, str, date, int]]) -> None:
    rows = [(who, where, str(start), str(date.fromordinal(start.toordinal() + many)))
            for who, where, start, many in drawn]  # fmt: skip
    first_day, stop = date(2025, 1, 10).toordinal(), date(2025, 2, 10).toordinal()
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    for who, where, start, many in drawn:
        for one in range(start.toordinal(), start.toordinal() + many):
            uses[who][where] += first_day <= one < stop
    spreads = [1 - sum((one / sum(use.values())) ** 2 for one in use.values())
               for use in uses.values() if sum(use.values())]  # fmt: skip
    found = first(eg.multi_homing(settled(rows).between("2025-01-10", "2025-02-10").two_mode(PATH)))
    assert found["members"] == len(spreads)
    assert found["spread"] == pytest.approx(np.mean(spreads) if spreads else np.nan, nan_ok=True)


@given(made_ecosystems)
def test_spread_is_bounded_by_platforms_and_scale_does_not_count(tables) -> None:
    eco = tables.ecosystem
    row = first(eg.multi_homing(eco.two_mode("Actor -JOINS-> Project", amount="amount")))
    hours = first(eg.multi_homing(eco.two_mode("Actor -JOINS-> Project", count="hours")))
    assert row["spread"] == pytest.approx(hours["spread"], nan_ok=True)
    if row["several"] == 0 and row["members"] and not np.isnan(row["spread"]):
        assert row["spread"] == 0
    assert np.isnan(row["mean_platforms"]) or 1 + row["multi_homing"] <= row["mean_platforms"] + 1e-12


def test_a_path_of_several_steps_counts_paths() -> None:
    eco = made(7).ecosystem
    found = first(eg.multi_homing(eco.two_mode("Actor -JOINS-> Project <-JOINS- Actor -JOINS-> Project")))
    direct = first(eg.multi_homing(eco.two_mode("Actor -JOINS-> Project")))
    assert found["members"] == direct["members"] and found["several"] >= direct["several"]


def test_nobody_and_no_use_have_a_note() -> None:
    nobody = eg.multi_homing(settled([]).two_mode(PATH))
    assert np.isnan(nobody["multi_homing"][0]) and nobody["note"].tolist() == ["no member of any platform"]
    assert nobody.explain() == "Nobody is on any platform."
    unused = eg.multi_homing(made(3, zeros=True).ecosystem.two_mode("Actor -JOINS-> Project", amount="amount"))
    assert unused["note"].tolist() == ["nobody uses any platform"] and unused["members"][0] > 0
    assert "–" in unused.explain()


def test_distances_are_refused() -> None:
    view = made(7).ecosystem.two_mode("Actor -JOINS-> Project", distance="hours", parallel="sum")
    with pytest.raises(ParameterError, match="multi_homing adds up one role"):
        eg.multi_homing(view)
