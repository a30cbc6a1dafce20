"""Records: rows as they stand, the day they are read on, and what is said where a table is missing."""

from datetime import date

import numpy as np
import pytest

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError, ViewError
from ecograph.views.records import EVER, NEVER

NODES = {"Maker": {"id": ["ada", "bo"]}, "Makerspace": {"id": ["hub"]}, "Event": {"id": ["fair"]}}
STAYS = {
    "source": ["ada", "bo", "bo"],
    "target": ["hub"] * 3,
    "valid_from": ["2024-01-01", "2024-02-01", None],
    "valid_to": ["2024-03-01", None, "2024-01-15"],
}
VISITS = {"source": ["ada"], "target": ["fair"], "at": ["2024-06-30"]}


@pytest.fixture(scope="module")
def eco() -> eg.Ecosystem:
    return eg.from_tables(NODES, {"SETTLED_IN": STAYS, "ATTENDS": VISITS})


def test_all_relations_if_none_is_named(eco: eg.Ecosystem) -> None:
    assert list(eco.records().content.relations) == list(eco.relation_kinds)
    assert list(eco.records("SETTLED_IN", "HOSTS").content.relations) == ["SETTLED_IN"]
    assert eco.records().n == 4


def test_rows_may_be_chosen_by_their_columns() -> None:
    eco = eg.from_tables(NODES, {"SETTLED_IN": {**STAYS, "room": ["1", "2", "2"]}})
    records = eco.records("SETTLED_IN", where={"SETTLED_IN": {"room": "2"}})
    assert records.content.relations["SETTLED_IN"].num_rows == 2
    assert not eco.records(where={"SETTLED_IN": {"room": "3"}}).content.relations


def test_spans_and_what_is_active(eco: eg.Ecosystem) -> None:
    records = eco.records(day="2024-02-29")
    starts, stops = records.spans("SETTLED_IN")
    first, second = (int(np.datetime64(day).astype(int)) for day in ("2024-01-01", "2024-02-01"))
    assert set(zip(starts.tolist(), stops.tolist(), strict=True)) == {
        (first, int(np.datetime64("2024-03-01").astype(int))),
        (second, NEVER),
        (EVER, int(np.datetime64("2024-01-15").astype(int))),
    }
    assert sorted(records.active("SETTLED_IN").tolist()) == [False, True, True]
    assert sorted(eco.records(day="2024-03-01").active("SETTLED_IN").tolist()) == [False, False, True]
    assert len(records.days("HOSTS", "at", 0)) == 0


def test_the_day_is_the_one_given_else_that_of_the_period_else_the_last_in_the_data(eco: eg.Ecosystem) -> None:
    assert eco.records().day == date(2024, 6, 30)
    assert eco.records(day="2023-05-05").day == date(2023, 5, 5)
    assert eco.between("2024-01-01", "2024-04-01").records().day == date(2024, 3, 31)
    assert eco.at("2024-02-02").records().day == date(2024, 2, 2)
    assert [view.day for view in eco.slices(every="quarter").records()] == [date(2024, 3, 31), date(2024, 6, 30)]
    taken = eg.Ecosystem(eco.content, manifest={"as_of": "2024-05-01"})
    assert taken.records().day == date(2024, 5, 1)
    assert taken.between("2024-01-01", "2025-01-01").records().day == date(2024, 5, 1)


def test_data_without_dates_have_no_day() -> None:
    records = eg.from_tables(NODES, {"SETTLED_IN": {"source": ["ada"], "target": ["hub"]}}).records()
    assert records.day is None
    with pytest.raises(ViewError, match="the data have no dates, so nothing says which day is meant; give day="):
        records.active("SETTLED_IN")


def test_a_missing_table_is_named_with_its_columns(eco: eg.Ecosystem) -> None:
    with pytest.raises(
        ViewError, match=r"TRACKS: no such rows here; add a table relations/TRACKS\.csv with source, tar"
    ):
        eco.records().required("SETTLED_IN", "TRACKS")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"day": "soon"}, "day='soon' is no day; write it as 2026-03-31"),
        ({"where": {"HOSTS": {}}}, "where='HOSTS' is not among the view's relations"),
    ],
)
def test_refused(eco: eg.Ecosystem, arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        eco.records("SETTLED_IN", **arguments)  # type: ignore[arg-type]  # wrong on purpose


def test_relations_are_known_and_stand_once(eco: eg.Ecosystem) -> None:
    with pytest.raises(ParameterError, match="one stands twice"):
        eco.records("SETTLED_IN", "SETTLED_IN")
    with pytest.raises(UnknownNameError):
        eco.records("SETTLES")
