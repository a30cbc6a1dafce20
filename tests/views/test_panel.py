"""The panel view: a table by hand, a slow twin, laws, and what is said of what it cannot count."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError, ViewError, WeightError
from ecograph.views import Panel

Row = tuple[str, str, int | None, int | None]

FIRST = date(2025, 1, 6)
"""A Monday."""
DAYS = 27
MAKERS = {"makers": eg.side("Maker", through="SETTLED_IN")}
NODES = {"Makerspace": {"id": ["m", "n"]}, "Maker": {"id": ["a", "b", "c"]}}

rows_drawn = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from("mn"),
        st.one_of(st.none(), st.integers(0, DAYS)),
        st.one_of(st.none(), st.integers(1, 20)),
    ).map(lambda row: (row[0], row[1], row[2], None if row[3] is None else (row[2] or 0) + row[3])),
    min_size=1,
    max_size=12,
).filter(lambda rows: any(row[2] is not None for row in rows))


def iso(day: int | None) -> str | None:
    return None if day is None else (FIRST + timedelta(day)).isoformat()


def ecosystem_of(rows: Sequence[Row]) -> eg.Ecosystem:
    spans = {
        "source": [row[0] for row in rows],
        "target": [row[1] for row in rows],
        "valid_from": [iso(row[2]) for row in rows],
        "valid_to": [iso(row[3]) for row in rows],
    }
    return eg.from_tables(NODES, {"SETTLED_IN": spans})


def slowly(rows: Sequence[Row], length: int) -> list[dict[str, Any]]:
    """Every platform and period, one by one."""
    known = [day for row in rows for day in (row[2], None if row[3] is None else row[3] - 1) if day is not None]
    last = max(day for row in rows for day in row[2:] if day is not None)
    starts = range(min(known), last + 1, length)
    found, before = [], set[str]()
    for platform in "mn":
        for number, start in enumerate(starts):
            stop = min(start + length, last + 1)
            meeting = [
                row[0]
                for row in rows
                if row[1] == platform and (row[2] is None or row[2] < stop) and (row[3] is None or row[3] > start)
            ]
            now = set(meeting)
            flows = (len(now - before), len(before - now)) if number else (None, None)
            cells = (platform, FIRST + timedelta(start), len(now), *flows, len(meeting))
            names = ("unit", "period", "makers_active", "makers_entering", "makers_leaving", "makers_links")
            found.append(dict(zip(names, cells, strict=True)))
            before = now
    return found


def cells_of(view: Panel) -> list[dict[str, Any]]:
    """Rows of the panel, those numbers that are never known with them."""
    names = ("makers_active", "makers_entering", "makers_leaving", "makers_links")
    return [dict.fromkeys(names) | row for row in view.table().rows()]


def test_quarters_by_hand() -> None:
    """Ada stays and comes back, bo stays on, cy comes for a day; the second platform opens in April."""
    nodes = {
        "Makerspace": {"id": ["hub", "lab"], "valid_from": [None, "2025-04-01"]},
        "Maker": {"id": ["ada", "bo", "cy"]},
        "Enterprise": {"id": ["acme"]},
    }
    settled = {
        "source": ["ada", "ada", "bo", "cy", "bo"],
        "target": ["hub", "hub", "hub", "hub", "lab"],
        "valid_from": ["2025-01-10", "2025-08-01", "2025-03-31", "2025-05-05", "2025-04-01"],
        "valid_to": ["2025-04-01", None, None, "2025-05-06", "2025-07-02"],
    }
    supplies = {
        "source": ["acme", "acme"],
        "target": ["hub", "hub"],
        "valid_from": ["2025-02-01", "2025-02-01"],
        "valid_to": ["2025-04-01", "2025-04-01"],
    }
    eco = eg.from_tables(nodes, {"SETTLED_IN": settled, "SUPPLIES": supplies})
    sides = MAKERS | {"suppliers": eg.side("Enterprise", through="SUPPLIES")}
    view = eco.panel("Makerspace", "quarter", sides=sides)
    table = view.table()
    assert table["unit"].tolist() == ["hub"] * 3 + ["lab"] * 2
    quarters = ["2025-01-01", "2025-04-01", "2025-07-01"]
    assert table["period"].astype(str).tolist() == [*quarters, *quarters[1:]]
    makers, suppliers = view.sides["makers"], view.sides["suppliers"]
    assert makers.active.tolist() == [2, 2, 2, 1, 1]
    np.testing.assert_array_equal(makers.entering, [np.nan, 1, 1, 1, 0])
    np.testing.assert_array_equal(makers.leaving, [np.nan, 1, 1, 0, 0])
    assert makers.links.tolist() == [2, 2, 2, 1, 1]
    assert suppliers.active.tolist() == [1, 0, 0, 0, 0]
    assert suppliers.links.tolist() == [2, 0, 0, 0, 0]
    assert np.isnan(makers.value).all()
    assert view.previous.tolist() == [-1, 0, 1, -1, 3]
    assert view.units.to_pylist() == ["hub", "lab"] and view.n == 2 and view.size == 5
    assert view.findings.counts() == {"constant_side": 1}


@given(rows_drawn, st.sampled_from([1, 5, 7, 10, 60]))
def test_it_equals_a_slow_twin(rows: Sequence[Row], length: int) -> None:
    view = ecosystem_of(rows).panel("Makerspace", f"{length} days", sides=MAKERS)
    assert cells_of(view) == slowly(rows, length)


@given(rows_drawn)
def test_members_are_those_before_with_who_enters_without_who_leaves(rows: Sequence[Row]) -> None:
    view = ecosystem_of(rows).panel("Makerspace", "week", sides=MAKERS)
    makers, again = view.sides["makers"], np.flatnonzero(view.previous >= 0)
    before = makers.active[view.previous[again]]
    np.testing.assert_array_equal(makers.active[again], before + makers.entering[again] - makers.leaving[again])
    assert (makers.active <= makers.links).all()
    assert view.sides["makers"].stays is not None


@given(rows_drawn, st.randoms())
def test_the_order_of_rows_is_nothing(rows: list[Row], random: Any) -> None:
    one = ecosystem_of(rows).panel("Makerspace", "week", sides=MAKERS)
    random.shuffle(rows)
    assert ecosystem_of(rows).panel("Makerspace", "week", sides=MAKERS).table() == one.table()


def test_moments_last_their_day_and_their_value_stands_in_its_period() -> None:
    nodes = {"Makerspace": {"id": ["m"]}, "Enterprise": {"id": ["e", "f"]}}
    moved = {
        "source": ["e", "f", "e", "m"],
        "target": ["m", "m", "m", "f"],
        "at": ["2025-01-31", "2025-02-01", None, "2025-02-28"],
        "amount": [5.0, 7.0, 1.0, 2.0],
        "unit": ["CNY", "CNY", "CNY", "CNY"],
    }
    sides = {"firms": eg.side("Enterprise", through="TRANSFERS")}
    view = eg.from_tables(nodes, {"TRANSFERS": moved}).panel("Makerspace", "month", sides=sides, value="amount")
    firms = view.sides["firms"]
    assert firms.active.tolist() == [1, 1] and firms.links.tolist() == [1, 2]
    assert firms.value.tolist() == [5, 9] and firms.unit == view.unit == "CNY"
    assert view.table().columns["firms_value"].unit == "CNY"
    assert view.findings.counts() == {"missing_value": 1, "one_platform": 1, "constant_side": 1}


SUPPLY = {
    "source": ["e", "e"],
    "target": ["m", "n"],
    "valid_from": ["2025-01-22", "2025-02-01"],
    "valid_to": ["2025-02-11", "2025-03-01"],
    "amount": [40.0, 6.0],
    "unit": ["h", "h"],
}
SUPPLIERS = {"suppliers": eg.side("supplier", through="SUPPLIES")}


def supplied(**changed: Any) -> eg.Ecosystem:
    nodes = {"Makerspace": {"id": ["m", "n"]}, "Enterprise": {"id": ["e"]}}
    return eg.from_tables(nodes, {"SUPPLIES": {**SUPPLY, **changed}})


def test_a_value_on_a_span_longer_than_its_period_is_divided_as_asked() -> None:
    eco = supplied()
    days = eco.panel("Makerspace", "month", sides=SUPPLIERS, value="amount", apportion="days")
    start = eco.panel("Makerspace", "month", sides=SUPPLIERS, value="amount", apportion="start")
    # ten of twenty days lie in January; March is there because the last day in the data is its first
    assert days.sides["suppliers"].value.tolist() == pytest.approx([20, 20, 0, 0, 6, 0], abs=1e-12)
    assert start.sides["suppliers"].value.tolist() == [40, 0, 0, 0, 6, 0]
    with pytest.raises(ViewError, match="apportion='days'"):
        eco.panel("Makerspace", "month", sides=SUPPLIERS, value="amount")
    within = eco.panel("Makerspace", "year", sides=SUPPLIERS, value="amount")
    assert within.sides["suppliers"].value.tolist() == [40, 6]


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 60), st.integers(0, 9)), min_size=1, max_size=8))
def test_divided_values_add_up(spans: list[tuple[int, int, int]]) -> None:
    rows = {
        "source": ["e"] * len(spans),
        "target": ["m"] * len(spans),
        "valid_from": [iso(first) for first, _, _ in spans],
        "valid_to": [iso(first + length) for first, length, _ in spans],
        "amount": [float(amount) for _, _, amount in spans],
        "unit": ["h"] * len(spans),
    }
    for how in ("days", "start"):
        view = supplied(**rows).panel("Makerspace", "10 days", sides=SUPPLIERS, value="amount", apportion=how)
        assert view.sides["suppliers"].value.sum() == pytest.approx(sum(amount for _, _, amount in spans), rel=1e-12)


def test_open_spans_cannot_be_divided_and_are_counted() -> None:
    eco = supplied(valid_to=["2025-02-11", None])
    view = eco.panel("Makerspace", "month", sides=SUPPLIERS, value="amount", apportion="days")
    assert view.findings.counts()["open_span"] == 1 and "divided" in repr(view.findings)
    assert view.sides["suppliers"].value.sum() == pytest.approx(40)


def test_a_side_whose_relation_has_no_such_column_has_no_value() -> None:
    eco = eg.dataset("harbour")
    sides = MAKERS | SUPPLIERS
    view = eco.panel("Makerspace", "year", sides=sides, value="amount", unit="hours", apportion="start")
    assert np.isnan(view.sides["makers"].value).all() and view.sides["suppliers"].value.sum() > 0
    assert view.unit == view.sides["suppliers"].unit == "hours"
    with pytest.raises(WeightError, match="unit="):
        eco.panel("Makerspace", "year", sides=sides, value="amount", apportion="start")


def test_a_role_is_who_has_its_rows() -> None:
    nodes = {"Makerspace": {"id": ["m"]}, "Professional": {"id": ["p", "q"]}, "Maker": {"id": ["a"]}}
    employed = {"source": ["m", "m"], "target": ["p", "q"], "valid_from": ["2025-01-01"] * 2}
    mentors = {"source": ["q"], "target": ["a"], "valid_from": ["2025-02-01"]}
    eco = eg.from_tables(nodes, {"EMPLOYS": employed, "MENTORS": mentors})
    sides = {"staff": eg.side("Person", through="EMPLOYS"), "mentors": eg.side("mentor", through="EMPLOYS")}
    view = eco.panel("Makerspace", "month", sides=sides)
    assert {name: side.active.tolist() for name, side in view.sides.items()} == {"staff": [2, 2], "mentors": [1, 1]}


def test_a_period_chosen_cuts_the_first_and_the_last() -> None:
    rows: list[Row] = [("a", "m", 0, 10), ("b", "m", 12, 40), ("c", "m", 30, None)]
    eco = ecosystem_of(rows)
    view = eco.between(str(iso(11)), str(iso(31))).panel("Makerspace", "week", sides=MAKERS)
    assert view.periods.to_pylist()[0] == FIRST + timedelta(7)
    assert view.sides["makers"].active[: len(view.periods)].tolist() == [1, 1, 1, 2]
    nothing = eco.between("2030-01-01", "2030-02-01").at("2030-01-03").members("Makerspace", "n", "SETTLED_IN")
    assert nothing.panel("Makerspace", "week", sides=MAKERS).sides["makers"].active.tolist() == [0]


def test_what_begins_after_the_day_of_the_data_is_not_counted() -> None:
    eco = ecosystem_of([("a", "m", 0, None), ("b", "m", 20, None)])
    cut = type(eco)(eco.content, eco.quality, {"as_of": iso(13)})
    view = cut.panel("Makerspace", "week", sides=MAKERS)
    assert view.sides["makers"].active.tolist() == [1, 1, 0, 0]
    assert view.findings.counts() == {"after_day": 1, "constant_side": 1}


def test_relations_of_a_platform_that_is_not_there_are_told() -> None:
    nodes = {"Makerspace": {"id": ["m"], "valid_from": ["2025-02-01"]}, "Maker": {"id": ["a"]}}
    settled = {"source": ["a"], "target": ["m"], "valid_from": ["2025-01-01"], "valid_to": ["2025-03-01"]}
    view = eg.from_tables(nodes, {"SETTLED_IN": settled}).panel("Makerspace", "month", sides=MAKERS)
    assert view.findings.counts()["platform_away"] == 1
    assert view.sides["makers"].active.tolist() == [1, 0] and view.period_codes.tolist() == [1, 2]


def test_what_it_cannot_answer_is_said_in_one_line() -> None:
    one = ecosystem_of([("a", "m", 0, None), ("b", "n", 1, None)])
    assert one.panel("Makerspace", "year", sides=MAKERS).findings.counts() == {"one_period": 1}
    still = ecosystem_of([("a", "m", 0, None), ("b", "n", 0, None), ("a", "m", 20, None)])
    found = still.panel("Makerspace", "week", sides=MAKERS).findings
    assert found.counts() == {"constant_side": 1}
    assert all("makers" in next(iter(found)).line(language) for language in ("en", "zh"))
    alone = eg.dataset("harbour").slices(by="Makerspace", through="SETTLED_IN").panel("Makerspace", sides=MAKERS)
    assert "one_platform" in alone[0].findings.counts()


def test_wrong_calls() -> None:
    eco = ecosystem_of([("a", "m", 0, None)])
    with pytest.raises(ParameterError, match="sides: none"):
        eco.panel("Makerspace", "week", sides={})
    with pytest.raises(ParameterError, match="sides: makers='Maker'"):
        eco.panel("Makerspace", "week", sides={"makers": "Maker"})  # type: ignore[dict-item]
    with pytest.raises(ParameterError, match="every='fortnight'"):
        eco.panel("Makerspace", "fortnight", sides=MAKERS)
    with pytest.raises(UnknownNameError, match="Makr"):
        eco.panel("Makerspace", "week", sides={"makers": eg.side("Makr", through="SETTLED_IN")})
    with pytest.raises(UnknownNameError, match="SETLED"):
        eco.panel("Makerspace", "week", sides={"makers": eg.side("Maker", through="SETLED")})
    with pytest.raises(UnknownNameError, match="Hub"):
        eco.panel("Hub", "week", sides=MAKERS)
    with pytest.raises(UnknownNameError, match="amuont"):
        eco.panel("Makerspace", "week", sides=MAKERS, value="amuont")
    with pytest.raises(ViewError, match="no SUPPLIES joins a Maker"):
        eco.panel("Makerspace", "week", sides={"makers": eg.side("Maker", through="SUPPLIES")})
    undated = eg.from_tables(NODES, {"SETTLED_IN": {"source": ["a"], "target": ["m"]}})
    with pytest.raises(ViewError, match="no dates"):
        undated.panel("Makerspace", "week", sides=MAKERS)


def test_the_recipe_makes_it_again() -> None:
    eco = eg.dataset("harbour")
    view = eco.panel("众创空间", "month", sides=MAKERS)
    recipe = view.recipe
    again = eco.panel(*recipe["relations"], **recipe["arguments"])
    assert again.table() == view.table() and again.recipe == recipe
    assert "sides=" in repr(view)
