"""Strength: networkx on random graphs, and its laws."""

import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.centrality.conftest import simple
from tests.strategies import CASES, keyed, made, made_ecosystems


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_networkx(relation: str, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed).ecosystem
        found = eg.strength(eco.network(relation, kinds="Actor", strength="hours", parallel="sum"))
        graph = simple(eco, relation, sum)
        assert keyed(found, "strength") == pytest.approx(dict(graph.degree(weight="hours")), rel=1e-14)
        if graph.is_directed():
            assert keyed(found, "in_strength") == pytest.approx(dict(graph.in_degree(weight="hours")), rel=1e-14)
            assert keyed(found, "out_strength") == pytest.approx(dict(graph.out_degree(weight="hours")), rel=1e-14)


@given(made_ecosystems)
def test_every_hour_has_two_ends(tables) -> None:
    eco = tables.ecosystem
    for relation in ("ARC", "TIE"):
        found = eg.strength(eco.network(relation, kinds="Actor", strength="hours", parallel="sum"))
        assert found["strength"].sum() == pytest.approx(2 * sum(tables.relations[relation]["hours"]), rel=1e-12)
    joined = eg.strength(eco.two_mode("Actor -JOINS-> Project", strength="hours", parallel="sum"))
    projects = joined["kind"] == "Project"
    assert joined["strength"][projects].sum() == pytest.approx(joined["strength"][~projects].sum(), rel=1e-12)


def test_without_strengths_it_is_the_degree() -> None:
    for tables in CASES.values():
        net = tables.ecosystem.network("TIE", kinds="Actor")
        assert eg.strength(net)["strength"].tolist() == eg.degree(net)["degree"].tolist()


def test_it_says_why() -> None:
    found = eg.strength(eg.dataset("florentine").network("MARRIAGE"))
    assert found.explain("Medici") == "Medici has ties of strength 6 in all: 6 going out, 6 coming in."
