"""Coreness: closed forms, a slow twin on random graphs, and laws."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError
from tests.metrics.community.known import tied
from tests.oracles import periphery as twin
from tests.strategies import keyed, made, made_ecosystems


def test_a_star_a_crowd_and_a_pair() -> None:
    star = eg.coreness(tied(nx.star_graph(7)))
    assert keyed(star, "coreness") == {("Maker", str(node)): float(node == 0) for node in range(8)}
    assert star.explain("0") == (
        "0 is number 8 of 8 from the edge inwards; a walker among it and those before it stays there with a chance of "
        "100.0%. The network has a centralisation of 1.00 (a star 1, a network in which all are joined 0)."
    )
    crowd = eg.coreness(tied(nx.complete_graph(6)))
    assert sorted(crowd["coreness"].tolist()) == pytest.approx([place / 5 for place in range(6)])
    assert "centralisation of 0.00" in crowd.explain("0") and "集中度为 0.00" in crowd.explain("0", language="zh")
    pair = eg.coreness(tied(nx.path_graph(2)))
    assert sorted(pair["coreness"].tolist()) == [0, 1] and pair.explain("0").endswith("%.")


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
@pytest.mark.parametrize("weighted", [False, True])
def test_each_node_taken_has_the_least_chance_to_stay(relation: str, weighted: bool, rounds) -> None:
    for seed in range(rounds(30, 300)):
        roles = {"strength": "hours", "parallel": "sum"} if weighted else {}
        net = made(seed, n=14, m=30).ecosystem.network(relation, kinds="Actor", **roles)
        matrix = net.to_scipy("strength").toarray()
        matrix = matrix + matrix.T if net.directed else matrix
        np.fill_diagonal(matrix, 0)
        found = eg.coreness(net, seed=seed)
        order = np.argsort(found["place"]).tolist()
        expected, least = twin.coreness(matrix, order)
        assert found["coreness"][order].tolist() == pytest.approx(expected, rel=1e-9, abs=1e-12)
        assert expected[1:] == pytest.approx(least[1:], rel=1e-9, abs=1e-12)
        assert matrix[order[0]].sum() == pytest.approx(matrix.sum(axis=1).min(), abs=1e-12)
        assert found["strength"].tolist() == pytest.approx(matrix.sum(axis=1).tolist())


@given(made_ecosystems, st.integers(0, 9))
def test_coreness_rises_inwards_and_ends_at_one(tables, seed: int) -> None:
    net = tables.ecosystem.network("TIE", kinds="Actor", strength="hours", parallel="sum")
    found = eg.coreness(net, seed=seed)
    assert sorted(found["place"].tolist()) == list(range(1, net.n + 1))
    inwards = found["coreness"][np.argsort(found["place"])]
    assert (np.diff(inwards) >= -1e-9).all()
    assert not found["strength"].any() or inwards[-1] == pytest.approx(1)


def test_nodes_without_ties_stand_at_the_edge() -> None:
    found = eg.coreness(eg.dataset("florentine").network("MARRIAGE"))
    assert found["place"][found["id"] == "Pucci"].tolist() == [1]
    assert found.explain("Pucci") == "Pucci has no ties and stands at the edge."
    with pytest.raises(ParameterError, match="seed=-1"):
        eg.coreness(tied(nx.path_graph(3)), seed=-1)
