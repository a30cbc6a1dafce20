"""Local clustering and transitivity: published numbers, networkx and igraph on random graphs, and laws."""

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.community.known import tied
from tests.strategies import keyed, made, made_ecosystems, networkx_of


def simple(eco, relation: str) -> "nx.Graph":
    graph = nx.Graph(networkx_of(eco, relation).to_undirected())
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph


def test_a_triangle_with_a_tail() -> None:
    net = tied(nx.Graph([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")]))
    found = eg.clustering(net)
    assert keyed(found, "clustering") == pytest.approx(
        {("Maker", "a"): 1, ("Maker", "b"): 1, ("Maker", "c"): 1 / 3, ("Maker", "d"): np.nan}, nan_ok=True
    )
    assert found["note"].tolist() == [None, None, None, "fewer than two neighbours"]
    assert found.explain("c") == "c: 1 of 3 pairs of its neighbours are joined (33.3%)."
    assert "不足两个" in found.explain("d", language="zh")
    whole = eg.transitivity(net)
    assert whole["transitivity"].tolist() == [0.6] and whole["triangles"].tolist() == [1]
    assert whole["average_clustering"][0] == pytest.approx(7 / 9)
    assert whole.explain().startswith("3 of 5 pairs of neighbours of a node are joined (60.0%), in 1 triangles")


def test_florence_and_karate_have_their_known_transitivity() -> None:
    """Values of igraph and R sna."""
    assert eg.transitivity(eg.dataset("florentine").network("MARRIAGE"))["transitivity"][0] == pytest.approx(9 / 47)
    karate = eg.transitivity(tied(nx.karate_club_graph()))
    assert karate["transitivity"][0] == pytest.approx(0.2556818, abs=5e-8) and karate["triangles"].tolist() == [45]


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_networkx_and_igraph(relation: str, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed, m=90).ecosystem
        graph = simple(eco, relation)
        net = eco.network(relation, kinds="Actor")
        found = eg.clustering(net)
        assert np.nan_to_num(found["clustering"]).tolist() == pytest.approx(list(nx.clustering(graph).values()))
        assert keyed(found, "triangles") == nx.triangles(graph)
        whole, peer = eg.transitivity(net), igraph.Graph.from_networkx(graph)
        assert whole["transitivity"][0] == pytest.approx(peer.transitivity_undirected(), abs=1e-12)
        assert whole["average_clustering"][0] == pytest.approx(peer.transitivity_avglocal_undirected(), abs=1e-12)


@given(made_ecosystems)
def test_the_whole_is_what_the_nodes_give(tables) -> None:
    net = tables.ecosystem.network("ARC", kinds="Actor")
    nodes, whole = eg.clustering(net), eg.transitivity(net)
    assert nodes["triangles"].sum() == 3 * whole["triangles"][0] and nodes["pairs"].sum() == whole["pairs"][0]
    if not whole["pairs"][0]:
        assert np.isnan(whole["transitivity"][0]) and whole["note"].tolist() == ["no node has two neighbours"]
        assert whole.explain() == "No node has two neighbours, so there is no pair of them."
        return
    assert whole["transitivity"][0] == pytest.approx(nodes["triangles"].sum() / nodes["pairs"].sum())
    assert whole["average_clustering"][0] == pytest.approx(np.nanmean(nodes["clustering"]))
