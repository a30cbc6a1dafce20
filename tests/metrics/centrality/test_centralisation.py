"""Centralisation: sna's numbers for Padgett's families, networkx's centralities on random graphs, stars and rings."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.centrality.conftest import simple
from tests.strategies import GRAPH, made, made_ecosystems


def test_padgett_families() -> None:
    eco = eg.dataset("florentine")
    everyone = eg.centralisation(eco.network("MARRIAGE"))
    assert everyone["degree"].round(5).tolist() == [0.26667]
    assert everyone["betweenness"].round(5).tolist() == [0.38349]
    assert np.isnan(everyone["closeness"]).all() and everyone["note"].tolist() == ["closeness: in pieces"]
    joined = eg.centralisation(eco.network("MARRIAGE", isolates=False))
    assert joined["closeness"].round(5).tolist() == [0.32245]
    said = "degree is at 26.7%, betweenness at 38.3% and closeness at no value."
    assert everyone.explain().endswith(said)


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_networkx_over_a_star(relation: str, rounds) -> None:
    for seed in range(rounds(30, 300)):
        tables = made(seed, n=12, m=50)
        eco = tables.ecosystem
        found = eg.centralisation(eco.network(relation, kinds="Actor"))
        graph = simple(eco, relation)
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        star = nx.star_graph(len(graph) - 1)
        star = star.to_directed() if graph.is_directed() else star
        peers = {"degree": nx.degree_centrality, "betweenness": nx.betweenness_centrality}
        if not graph.is_directed() and nx.is_connected(graph):
            peers["closeness"] = nx.closeness_centrality
        for column, peer in peers.items():
            ahead = [max(values) * len(values) - sum(values) for values in (peer(graph).values(), peer(star).values())]
            assert found[column][0] == pytest.approx(ahead[0] / ahead[1], rel=1e-12)
        assert np.isnan(found["closeness"][0]) == ("closeness" not in peers)


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_a_star_has_all_and_a_ring_nothing(relation: str) -> None:
    ids = list("abcdef")
    star = [("a", one) for one in ids[1:]] + [(one, "a") for one in ids[1:]]
    ring = list(zip(ids, ids[1:] + ids[:1], strict=True))
    for pairs, expected in ((star, 1), (ring, 0)):
        ends = {"source": [one for one, _ in pairs], "target": [other for _, other in pairs]}
        found = eg.centralisation(eg.from_tables({"Maker": {"id": ids}}, {relation: ends}, GRAPH).network(relation))
        columns = ("degree", "betweenness", "closeness") if relation == "TIE" else ("degree", "betweenness")
        assert [found[column][0] for column in columns] == pytest.approx([expected] * len(columns), abs=1e-15)


@given(made_ecosystems)
def test_roles_do_not_matter_and_small_networks_have_no_star(tables) -> None:
    net = tables.ecosystem.network("TIE", kinds="Actor", strength="hours", parallel="sum")
    found = eg.centralisation(net)
    assert found.table == eg.centralisation(tables.ecosystem.network("TIE", kinds="Actor")).table
    if net.n < 3:
        assert np.isnan(found["degree"][0]) and found["note"].tolist() == ["fewer than 3 nodes"]
