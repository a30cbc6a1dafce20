"""Slices: periods and platforms, series of views, and one result with a slice column."""

import datetime as dt
from pathlib import Path

import pytest

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError

NODES = {"Maker": {"id": ["a", "b", "c"]}, "Makerspace": {"id": ["hub", "lab"]}, "Event": {"id": ["e", "f"]}}
RELATIONS = {
    "SETTLED_IN": {
        "source": ["a", "b", "b"],
        "target": ["hub", "hub", "lab"],
        "valid_from": ["2024-01-15", "2024-05-01", "2024-01-01"],
        "valid_to": ["2024-04-01", None, "2024-12-31"],
    },
    "COLLABORATES": {"source": ["a", "a"], "target": ["b", "c"]},
    "ATTENDS": {"source": ["a", "b"], "target": ["e", "f"], "at": ["2024-03-31", "2024-04-01"]},
}


@pytest.fixture
def eco() -> eg.Ecosystem:
    return eg.from_tables(NODES, RELATIONS)


@pytest.mark.parametrize(
    ("every", "count", "first", "second"),
    [
        ("day", 366, "2024-01-01", "2024-01-02"),
        ("week", 53, "2024-01-01", "2024-01-08"),
        ("month", 12, "2024-01-01", "2024-02-01"),
        ("quarter", 4, "2024-01-01", "2024-04-01"),
        ("90 days", 5, "2024-01-01", "2024-03-31"),
    ],
)
def test_periods_cover_the_data(every: str, count: int, first: str, second: str, eco: eg.Ecosystem) -> None:
    slices = eco.slices(every=every)
    assert [str(label) for label in slices.labels[:2]] == [first, second]
    assert len(slices) == count
    assert sum(len(part.relations("ATTENDS")) for part in slices) == 2


def test_a_series_gives_one_result_that_can_be_repeated_saved_and_explained(eco: eg.Ecosystem, tmp_path: Path) -> None:
    series = eco.slices("quarter").two_mode("Maker -ATTENDS-> Event")
    found = eg.degree(series)
    assert found.table.names[:3] == ("slice", "kind", "id")
    spring = {row["id"]: row["degree"] for row in found.table.rows() if row["slice"] == dt.date(2024, 4, 1)}
    assert spring == {"a": 0, "b": 1, "c": 0, "e": 0, "f": 1}
    assert eg.repeat(found, eco) == found
    found.save(tmp_path / "r.parquet")
    assert eg.repeat(eg.load(tmp_path / "r.parquet"), eco) == found
    assert found.explain("b", slice="2024-04-01").startswith("b is joined to 1")
    assert found.top(1)["degree"].tolist() == [1]
    assert "2024-01-01 · a" in found.plot().svg
    with pytest.raises(UnknownNameError, match=r"4 rows have id='b'.*give slice="):
        found.explain("b")


def test_a_series_can_be_walked_and_unweighted(eco: eg.Ecosystem) -> None:
    series = eco.slices("year").network("COLLABORATES", count="hours")
    assert len(series) == 1 and [view.n for view in series] == [series[0].n]
    assert repr(series) == "network('COLLABORATES', count='hours') of 1 slices"
    assert eg.repeat(eg.degree(series.unweighted()), eco) == eg.degree(series.unweighted())
    assert repr(eco.slices("year")) == "1 slices (2024-01-01)"


def test_platforms_hold_their_members_and_what_goes_on_among_them(eco: eg.Ecosystem) -> None:
    slices = eco.slices(by="Makerspace", through="SETTLED_IN")
    assert slices.labels == ["hub", "lab"]
    assert [part.nodes("Maker")["id"].tolist() for part in slices] == [["a", "b"], ["b"]]
    assert [len(part.relations("COLLABORATES")) for part in slices] == [1, 0]
    found = eg.degree(slices.network("SETTLED_IN"))
    assert found["slice"].tolist() == ["hub", "hub", "hub", "lab", "lab"]
    assert eg.repeat(found, eco) == found
    alone = eg.degree(slices[1].network("SETTLED_IN"))
    assert eg.repeat(alone, eco) == alone
    assert eco.members("众创空间", "lab", "入驻").nodes("Maker")["id"].tolist() == ["b"]


def test_slices_of_slices(eco: eg.Ecosystem) -> None:
    found = eg.degree(eco.members("Makerspace", "hub", "SETTLED_IN").slices("quarter").network("SETTLED_IN"))
    assert eg.repeat(found, eco) == found


def test_amounts_and_flows_in_slices_add_their_findings_up() -> None:
    moved = {
        "source": ["a"] * 3,
        "target": ["b"] * 3,
        "amount": [1.0, None, None],
        "at": ["2024-01-01", "2024-02-01", "2024-03-01"],
        "unit": ["CNY"] * 3,
    }
    eco = eg.from_tables({"Maker": {"id": ["a", "b"]}}, {"TRANSFERS": moved})
    found = eg.throughflow(eco.slices("month").flows("TRANSFERS"))
    assert found.findings.counts()["missing_value"] == 2
    assert found["throughflow"].sum() == 1.0


@pytest.mark.parametrize(
    "arguments", [{}, {"every": "fortnight"}, {"every": "month", "by": "Makerspace"}, {"by": "Makerspace"}]
)
def test_wrong_ways_to_cut(arguments: dict[str, str], eco: eg.Ecosystem) -> None:
    with pytest.raises(ParameterError, match="every="):
        eco.slices(**arguments)


def test_without_dates_or_platforms_there_is_nothing_to_measure() -> None:
    eco = eg.from_tables({"Maker": {"id": ["a"]}}, {"COLLABORATES": {"source": [], "target": []}})
    with pytest.raises(ParameterError, match="no dates or no platforms"):
        eg.degree(eco.slices("month").network("COLLABORATES"))
    with pytest.raises(UnknownNameError, match="Robot"):
        eco.slices(by="Robot", through="SETTLED_IN")
    with pytest.raises(ParameterError, match="takes a Flows"):
        eg.throughflow(eco.slices("month").network("COLLABORATES"))  # type: ignore[arg-type]
