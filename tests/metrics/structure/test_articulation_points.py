"""Articulation points: hand cases, networkx on random graphs, and laws."""

import networkx as nx
import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.community.known import tied
from tests.strategies import keyed, made, made_ecosystems, networkx_of


def test_star_ring_and_two_cliques_by_hand() -> None:
    star = eg.articulation_points(tied(nx.star_graph(5)))
    assert keyed(star, "pieces") == {("Maker", str(node)): 5 if node == 0 else 1 for node in range(6)}
    assert keyed(star, "cut_off")["Maker", "0"] == 4
    assert star.explain("0") == "Without 0 the others of its component lie in 5 pieces, 4 of them outside the largest."
    assert star.explain("1") == "Without 1 nobody else is cut off."
    assert "分成 5 块" in star.explain("0", language="zh")
    assert set(eg.articulation_points(tied(nx.cycle_graph(6)))["pieces"]) == {1}
    joined = eg.articulation_points(tied(nx.barbell_graph(4, 1)))
    assert {one: cut for (_, one), cut in keyed(joined, "cut_off").items() if cut} == {"3": 3, "4": 4, "5": 3}


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_networkx(relation: str, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed, n=40, m=45).ecosystem
        graph = nx.Graph(networkx_of(eco, relation).to_undirected())
        found = eg.articulation_points(eco.network(relation, kinds="Actor"))
        holding = {node for node, pieces in keyed(found, "pieces").items() if pieces > 1}
        assert holding == set(nx.articulation_points(graph))
        for node, cut_off in keyed(found, "cut_off").items():
            rest = graph.subgraph(nx.node_connected_component(graph, node) - {node})
            sizes = [len(piece) for piece in nx.connected_components(rest)]
            assert cut_off == sum(sizes) - max(sizes, default=0)
            assert keyed(found, "pieces")[node] == len(sizes)


@given(made_ecosystems)
def test_a_node_alone_holds_nothing_and_ends_of_large_bridges_are_articulation_points(tables) -> None:
    net = tables.ecosystem.network("TIE", kinds="Actor")
    pieces, degrees = keyed(eg.articulation_points(net), "pieces"), keyed(eg.k_core(net), "degree")
    assert all((pieces[node] == 0) == (degrees[node] == 0) for node in pieces)
    for row in eg.bridges(net).table.rows():
        for end in ((row["a_kind"], row["a"]), (row["b_kind"], row["b"])):
            assert pieces[end] > 1 or degrees[end] == 1
