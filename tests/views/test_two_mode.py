"""Two-mode views: sides, chains of factors, roles."""

import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.errors import EcographError, ViewError
from tests.strategies import made, made_ecosystems

NODES = {
    "Maker": {"id": ["ann", "bo"]},
    "Enterprise": {"id": ["acme"]},
    "Makerspace": {"id": ["hub"]},
    "Project": {"id": ["p", "q"]},
    "Skill": {"id": ["weld"]},
}


def test_the_left_end_is_the_first_side() -> None:
    works = {"source": ["ann", "bo", "ann"], "target": ["p", "p", "q"]}
    eco = eg.from_tables(NODES, {"WORKS_ON": works})
    view = eco.two_mode("Maker -WORKS_ON-> Project")
    assert view.sides == ("Maker", "Project")
    assert view.nodes.ids.to_pylist() == ["ann", "bo", "p", "q"]
    assert view.factors[0].toarray().tolist() == [[1, 1], [1, 0]]
    other = eco.two_mode("Project <-WORKS_ON- Maker")
    assert other.sides == ("Project", "Maker")
    assert other.factors[0].toarray().tolist() == [[1, 1], [1, 0]]
    assert eg.degree(view).table == eg.degree(other).table


def test_only_rows_of_the_step_are_taken() -> None:
    supplied = {"source": ["ann", "acme", "hub"], "target": ["hub", "hub", "hub"]}
    eco = eg.from_tables(NODES, {"OFFERS_SERVICE": {"source": ["hub"], "target": ["hub"]}, "SUPPLIES": supplied})
    view = eco.two_mode("Maker -SUPPLIES-> Makerspace")
    assert view.factors[0].sum() == 1
    assert len(view.graph.arcs) == 2


def test_a_chain_is_kept_as_factors() -> None:
    relations = {
        "WORKS_ON": {"source": ["ann", "bo"], "target": ["p", "q"]},
        "REQUIRES": {"source": ["p", "p"], "target": ["weld", "weld"]},
    }
    view = eg.from_tables(NODES, relations).two_mode("Maker -WORKS_ON-> Project -REQUIRES-> Skill")
    assert [factor.shape for factor in view.factors] == [(2, 2), (2, 1)]
    assert view.reached(np.array([True, False]), from_left=True).tolist() == [True]
    assert view.reached(np.array([True]), from_left=False).tolist() == [True, False]
    assert view.values == {}
    with pytest.raises(ViewError, match="several steps"):
        eg.degree(view)
    assert view.unweighted().recipe["unweighted"]


def test_roles_of_one_step() -> None:
    paid = {"source": ["acme", "acme"], "target": ["p", "p"], "amount": [2.0, 3.0], "unit": ["CNY", "CNY"]}
    view = eg.from_tables(NODES, {"INVESTS_IN": paid}).two_mode("Enterprise -INVESTS_IN-> Project", amount="amount")
    assert view.unit == "CNY" and view.values["amount"].tolist() == [5.0, 5.0]
    assert view.unweighted().values == {} and view.unweighted().unit == ""


@pytest.mark.parametrize(
    ("path", "options", "message"),
    [
        ("WORKS_ON", {}, "is no path"),
        ("Maker -WORKS_ON-> Project <-WORKS_ON- Maker", {}, "use network"),
        ("Actor -SUPPLIES-> Makerspace", {}, "has Makerspace at both ends; name kinds that are apart"),
        ("Maker -WORKS_ON-> Project -REQUIRES-> Skill", {"count": "hours"}, "take one step"),
        ("Maker -WORKS_ON-> Project -REQUIRES-> Skill", {"unit": "CNY"}, "take one step"),
        ("Maker -WORKS_ON-> Project", {"where": {"TEACHES": {}}}, "not among"),
    ],
)
def test_wrong_calls(path: str, options: dict[str, object], message: str) -> None:
    eco = eg.from_tables(NODES, {"WORKS_ON": {"source": ["ann"], "target": ["p"]}})
    with pytest.raises(EcographError, match=message):
        eco.two_mode(path, **options)


@given(made_ecosystems)
def test_both_sides_have_the_same_total(tables) -> None:
    eco = tables.ecosystem
    view = eco.two_mode("Actor -JOINS-> Project", amount="amount")
    totals = eg.concentration(view)["total"]
    assert totals[0] == pytest.approx(totals[1])
    assert view.factors[0].sum() == len(eco.relations("JOINS"))


def test_a_filter_may_stand_in_the_path_or_in_where() -> None:
    eco = made(7).ecosystem
    inside = eco.two_mode("Actor -JOINS{unit=CNY}-> Project")
    outside = eco.two_mode("Actor -JOINS-> Project", where={"JOINS": {"unit": "CNY"}})
    assert eg.degree(inside).table == eg.degree(outside).table
