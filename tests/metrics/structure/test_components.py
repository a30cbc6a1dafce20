"""Components: networkx on random graphs, numbering, and laws."""

import networkx as nx
import pytest
from hypothesis import given

import ecograph as eg
from tests.strategies import keyed, made, made_ecosystems, networkx_of


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_networkx(relation: str, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed, n=60, m=25).ecosystem
        graph = nx.Graph(networkx_of(eco, relation).to_undirected())
        found = keyed(eg.components(eco.network(relation, kinds="Actor")), "component")
        pieces = {frozenset(node for node in found if found[node] == number) for number in found.values()}
        assert pieces == {frozenset(piece) for piece in nx.connected_components(graph)}


@given(made_ecosystems)
def test_they_are_numbered_by_size_then_by_smallest_member(tables) -> None:
    found = eg.components(tables.ecosystem.network("TIE", kinds="Actor"))
    numbers = found["component"].tolist()
    first = {number: numbers.index(number) for number in numbers}
    sizes = {number: numbers.count(number) for number in numbers}
    assert sorted(first) == list(range(1, len(first) + 1))
    assert sorted(first, key=lambda number: (-sizes[number], first[number])) == sorted(first)
    assert found["size"].tolist() == [sizes[number] for number in numbers]


def test_direction_is_left_aside() -> None:
    eco = made(8).ecosystem
    there = eg.components(eco.network("ARC", kinds="Actor"))
    assert there.table == eg.components(eco.network("ARC", kinds="Actor", direction="both")).table


def test_florence_has_one_family_apart() -> None:
    found = eg.components(eg.dataset("florentine").network("MARRIAGE"))
    assert found["id"][found["size"] == 1].tolist() == ["Pucci"]
    assert found.explain("Pucci") == "Pucci is in component 2, which has 1 of 16 nodes."
