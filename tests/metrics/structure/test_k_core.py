"""Core number: hand cases, networkx on random graphs, and laws."""

import networkx as nx
import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.community.known import tied
from tests.strategies import keyed, made, made_ecosystems, networkx_of


def test_a_clique_with_a_tail_and_a_hub_of_the_periphery() -> None:
    graph = nx.Graph([*nx.complete_graph("abcd").edges, ("d", "e"), *(("e", leaf) for leaf in "vwxyz")])
    found = eg.k_core(tied(graph))
    assert keyed(found, "core") == {("Maker", one): 3 if one in "abcd" else 1 for one in graph}
    assert keyed(found, "core_size")["Maker", "a"] == 4 and keyed(found, "core_size")["Maker", "e"] == 10
    assert keyed(found, "degree")["Maker", "e"] == 6
    assert found.explain("d") == (
        "d is in the 3-core: 4 nodes that each have at least 3 neighbours among themselves; of its 4 neighbours 3 are "
        "there."
    )
    assert "属于 3-核" in found.explain("d", language="zh")


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_networkx(relation: str, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed, m=90).ecosystem
        graph = nx.Graph(networkx_of(eco, relation).to_undirected())
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        found = eg.k_core(eco.network(relation, kinds="Actor"))
        assert keyed(found, "core") == nx.core_number(graph)
        assert keyed(found, "degree") == dict(graph.degree)
        for (_, size), core in zip(keyed(found, "core_size").items(), found["core"].tolist(), strict=True):
            assert size == len(nx.k_core(graph, core))


@given(made_ecosystems)
def test_numbers_are_no_larger_than_degrees_and_direction_is_left_aside(tables) -> None:
    eco = tables.ecosystem
    found = eg.k_core(eco.network("ARC", kinds="Actor"))
    assert all(found["core"] <= found["degree"])
    assert found.table == eg.k_core(eco.network("ARC", kinds="Actor", direction="reversed")).table
    both = eg.k_core(eco.two_mode("Actor -JOINS-> Project"))
    assert all(both["core"] <= both["degree"])
