"""Ledger: rows by hand, units and conversions, what is left out and why, days, slices, refusals."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from ecograph.errors import ParameterError, UnknownNameError, ViewError, WeightError
from ecograph.views.entries import Entries
from ecograph.views.records import EVER, NEVER

NODES = {
    "Maker": {"id": ["ada", "bo"]},
    "Enterprise": {"id": ["acme"]},
    "Makerspace": {"id": ["hub"]},
    "Resource": {"id": ["bench", "lathe", "room"], "category": ["equipment", "equipment", None]},
}
DEMANDS = {
    "source": ["ada", "bo"],
    "target": ["hub", "hub"],
    "key": ["D1", "D2"],
    "resource": ["lathe", "bench"],
    "amount": [8.0, 5.0],
    "unit": ["hours", "hours"],
    "valid_from": ["2025-01-01", None],
    "valid_to": ["2025-03-01", None],
}
SUPPLIES = {
    "source": ["acme"],
    "target": ["hub"],
    "key": ["S1"],
    "resource": ["lathe"],
    "amount": [20.0],
    "unit": ["hours"],
    "valid_from": ["2025-01-01"],
}
TRANSFERS = {
    "source": ["acme", "acme"],
    "target": ["ada", "bo"],
    "key": ["T1", "T2"],
    "resource": ["lathe", "lathe"],
    "amount": [1.0, 2.0],
    "unit": ["hours", "hours"],
    "at": ["2025-02-01", "2025-02-02"],
}
DAY = int(np.datetime64("2025-01-01").astype(int))


def made(factors: Mapping[tuple[str, str], float] | None = None, **changes: Mapping[str, Sequence[Any]]) -> Ecosystem:
    """The tables above with some columns changed."""
    tables = {"DEMANDS": DEMANDS, "SUPPLIES": SUPPLIES, "TRANSFERS": TRANSFERS}
    eco = eg.from_tables(NODES, {name: {**table, **changes.get(name, {})} for name, table in tables.items()})
    return Ecosystem(replace(eco.content, factors=factors or {}))


def counted(ledger: Any, entries: Entries) -> list[tuple[str, str, float]]:
    """Thing, unit and amount of each entry."""
    columns = (ledger.things.take(entries.things).to_pylist(), ledger.units.take(entries.things).to_pylist())
    assert columns == (entries.labels.to_pylist(), entries.units.to_pylist())
    return list(zip(*columns, entries.amounts.tolist(), strict=True))


def found(ledger: Any) -> list[tuple[str, int, str, str]]:
    return [(one.code, one.count, one.file, one.column) for one in ledger.findings]


def test_rows_by_hand() -> None:
    ledger = made().ledger()
    assert counted(ledger, ledger.demands) == [("lathe", "hours", 8), ("bench", "hours", 5)]
    assert counted(ledger, ledger.supplies) == [("lathe", "hours", 20)]
    assert counted(ledger, ledger.deliveries) == [("lathe", "hours", 1), ("lathe", "hours", 2)]
    ids = ledger.nodes.ids.to_pylist()
    assert [ids[place] for place in ledger.demands.sources] == ["ada", "bo"]
    assert [ids[place] for place in ledger.deliveries.targets] == ["ada", "bo"]
    assert ledger.demands.starts.tolist() == [DAY, EVER] and ledger.demands.stops.tolist() == [DAY + 59, NEVER]
    assert (ledger.deliveries.stops - ledger.deliveries.starts).tolist() == [1, 1]
    assert ledger.demands.since(np.array([1, 0])).to_pylist() == [None, "2025-01-01"]
    assert (ledger.unit, ledger.day, len(ledger.findings)) == ("hours", date(2025, 3, 1), 0)
    assert repr(ledger) == "ledger(match='resource'): 7 nodes"


def test_a_row_dated_before_its_platform_is_left_out_and_counted() -> None:
    """D1 and S1 begin on 2025-01-01; nobody knows when D2 begins."""
    for day, left in (("2025-01-01", ["lathe", "bench"]), ("2025-01-02", ["bench"])):
        hub = {"Makerspace": {"id": ["hub"], "valid_from": [day]}}
        tables = {"DEMANDS": DEMANDS, "SUPPLIES": SUPPLIES, "TRANSFERS": TRANSFERS}
        ledger = eg.from_tables(NODES | hub, tables).ledger()
        assert ledger.demands.labels.to_pylist() == left and len(ledger.deliveries) == 2
        counts = [1] * (2 - len(left))
        named = [
            ("before_platform", count, f"relations/{name}", "") for name in ("DEMANDS", "SUPPLIES") for count in counts
        ]
        assert found(ledger) == named


def test_what_came_and_what_was_given() -> None:
    """Two hours of the lathe for bo do not meet a demand for the bench, but for equipment they do."""
    assert made().ledger().allocation.fulfilled.tolist() == [1, 0]
    assert made().ledger("category").allocation.fulfilled.tolist() == [1, 2]
    assert made().ledger().delivered.tolist() == [3]


def test_how_long_and_whether_still() -> None:
    for day, days in (("2025-01-01", 0), ("2025-02-28", 58), ("2025-03-01", None), ("2025-12-31", None)):
        ledger = made().ledger(day=day)
        lasted = [None if np.isnan(one) else one for one in ledger.lasted(ledger.demands)]
        assert lasted == [days, None]
        assert ledger.running(ledger.demands).tolist() == [days is not None, True]


def test_without_dates_everything_is_open_and_transfers_without_a_day_are_left_out() -> None:
    none = {"valid_from": [None, None], "valid_to": [None, None]}
    ledger = made(DEMANDS=none, SUPPLIES={"valid_from": [None]}, TRANSFERS={"at": [None, None]}).ledger()
    assert ledger.day is None and ledger.running(ledger.demands).all()
    assert np.isnan(ledger.lasted(ledger.demands)).all()
    assert found(ledger) == [("missing_value", 2, "relations/TRANSFERS", "at")]


@pytest.mark.parametrize(
    ("column", "cells", "left"), [("amount", [None, 5.0], ["bench"]), ("resource", ["lathe", None], ["lathe"])]
)
def test_a_row_without_amount_or_resource_is_left_out_and_counted(
    column: str, cells: list[Any], left: list[str]
) -> None:
    ledger = made(DEMANDS={column: cells}).ledger()
    assert ledger.demands.labels.to_pylist() == left
    assert found(ledger) == [("missing_value", 1, "relations/DEMANDS", column)]


def test_a_resource_without_category_is_left_out_where_categories_are_matched() -> None:
    eco = made(DEMANDS={"resource": ["room", "bench"]})
    assert counted(eco.ledger("category"), eco.ledger("category").demands) == [("equipment", "hours", 5)]
    assert found(eco.ledger("category")) == [("missing_value", 1, "relations/DEMANDS", "category")]
    assert len(eco.ledger().demands) == 2 and not eco.ledger().findings


def test_what_begins_after_the_day_is_not_in_it() -> None:
    ledger = made().ledger(day="2025-02-01")
    assert found(ledger) == [("after_day", 1, "relations/TRANSFERS", "")]
    assert ledger.findings.table()["reason"].tolist() == ["1 rows begin after 2025-02-01"]
    before = made().ledger(day="2024-12-31")
    assert [len(part) for part in (before.demands, before.supplies, before.deliveries)] == [1, 0, 0]


def test_a_factor_brings_amounts_into_the_unit_most_rows_have() -> None:
    """The lathe is counted in hours by four of its rows and in days, of eight hours, by one."""
    eco = made({("days", "hours"): 8.0}, TRANSFERS={"unit": ["days", "hours"]})
    ledger = eco.ledger()
    assert counted(ledger, ledger.deliveries) == [("lathe", "hours", 8), ("lathe", "hours", 2)]
    assert not ledger.findings and ledger.allocation.whole.tolist() == [True, False]


def test_a_unit_that_all_rows_have_stays_though_it_could_be_turned() -> None:
    ledger = made({("hours", "days"): 1 / 8, ("days", "hours"): 8.0}).ledger()
    assert ledger.units.to_pylist() == ["hours", "hours"] and ledger.demands.amounts.tolist() == [8, 5]


def test_two_units_meet_in_a_third() -> None:
    factors = {("days", "minutes"): 480.0, ("hours", "minutes"): 60.0}
    ledger = made(factors, SUPPLIES={"unit": ["days"]}).ledger()
    assert counted(ledger, ledger.supplies) == [("lathe", "minutes", 9600)]
    assert counted(ledger, ledger.demands) == [("lathe", "minutes", 480), ("bench", "hours", 5)]


def test_without_a_factor_a_row_is_compared_with_rows_of_its_own_unit_and_counted() -> None:
    ledger = made(TRANSFERS={"unit": ["days", "hours"]}).ledger()
    assert counted(ledger, ledger.deliveries) == [("lathe", "days", 1), ("lathe", "hours", 2)]
    assert found(ledger) == [("mixed_units", 1, "relations/TRANSFERS", "unit")]
    assert ledger.allocation.fulfilled.tolist() == [0, 0]
    assert ledger.unit == ""
    pair = made(DEMANDS={"unit": ["days", "hours"]}, TRANSFERS={"unit": ["days", "hours"]}).ledger()
    assert pair.allocation.fulfilled.tolist() == [1, 0]


def test_a_unit_asked_for_keeps_what_is_in_it_or_can_be_put_into_it() -> None:
    eco = made({("days", "hours"): 8.0}, TRANSFERS={"unit": ["days", None]}, SUPPLIES={"unit": ["CNY"]})
    ledger = eco.ledger(unit="hours")
    assert counted(ledger, ledger.deliveries) == [("lathe", "hours", 8)]
    assert found(ledger) == [("other_unit", 1, "relations/SUPPLIES", ""), ("other_unit", 1, "relations/TRANSFERS", "")]
    assert (ledger.unit, len(ledger.supplies)) == ("hours", 0)


def test_amounts_without_a_unit_are_compared_with_each_other() -> None:
    none = {"unit": [None, None]}
    ledger = made(DEMANDS=none, SUPPLIES={"unit": [None]}, TRANSFERS=none).ledger()
    assert ledger.allocation.fulfilled.tolist() == [1, 0] and (ledger.unit, len(ledger.findings)) == ("", 0)


def test_keys_of_rows() -> None:
    ledger = made().ledger()
    keys = {name: cells.to_pylist() for name, cells in ledger.keys(ledger.deliveries, np.array([1])).items()}
    assert keys == {
        "relation": ["TRANSFERS"],
        "key": ["T2"],
        "source_kind": ["Enterprise"],
        "source": ["acme"],
        "target_kind": ["Maker"],
        "target": ["bo"],
    }


def test_it_is_made_again_from_its_recipe() -> None:
    eco = made()
    ledger = eco.between("2025-01-01", "2025-02-02").ledger("category", unit="hours", day="2025-02-01")
    assert ledger.recipe == {
        "view": "ledger",
        "relations": [],
        "arguments": {"match": "category", "unit": "hours", "day": "2025-02-01"},
        "selection": [{"between": ["2025-01-01", "2025-02-02"]}],
    }
    result = eg.coverage(ledger)
    assert eg.repeat(result, eco) == result


def test_slices_have_ledgers_of_their_own() -> None:
    series = made().slices(every="month").ledger(unit="hours")
    assert [len(view.deliveries) for view in series] == [0, 2, 0]
    assert [view.day for view in series] == [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)]


def test_an_ecosystem_without_any_of_it() -> None:
    empty = eg.from_tables({}, {}).ledger()
    assert [len(part) for part in (empty.demands, empty.supplies, empty.deliveries)] == [0, 0, 0]
    assert (len(empty.allocation.fulfilled), len(empty.delivered), empty.unit, empty.n) == (0, 0, "", 0)
    assert len(eg.from_tables({}, {}).ledger(unit="hours").demands) == 0


def test_refusals() -> None:
    eco = made()
    with pytest.raises(ParameterError, match="match='kind'; allowed: resource, category"):
        eco.ledger("kind")  # type: ignore[arg-type]  # a wrong word
    with pytest.raises(ParameterError, match="day='soon'"):
        eco.ledger(day="soon")
    with pytest.raises(
        WeightError, match="unit='days': no amount is in it or has a factor to it; found: hours; give one"
    ):
        eco.ledger(unit="days")
    with pytest.raises(
        ViewError, match=r"eco\.at\(day\) has no transfers, which are moments; use eco\.ledger\(day=\.\.\.\)"
    ):
        eco.at("2025-02-01").ledger()
    with pytest.raises(UnknownNameError, match="no relation"):
        eco.ledger().required("DEMAND")


def test_amounts_that_are_none_are_refused_by_their_keys() -> None:
    eco = made()
    table = eco.content.relations["DEMANDS"]
    place = table.column_names.index("amount")
    for wrong in (-3.0, np.inf):
        bad = table.set_column(place, "amount", [[8.0, wrong]])
        content = replace(eco.content, relations={**eco.content.relations, "DEMANDS": bad})
        with pytest.raises(
            WeightError, match=f"1 values are negative or infinite, first {wrong} at D2; mend these rows"
        ):
            Ecosystem(content).ledger()
