"""Consensus: plain communities, slow twins of the stabilities, and laws."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError
from ecograph.methods.consensus import consensus_of, stabilities
from ecograph.methods.partitions import Bonds
from tests.metrics.community.known import labelled, tied, women
from tests.oracles.consensus import community_stability, node_stability
from tests.strategies import keyed, made, made_ecosystems


def test_two_cliques_are_found_every_time() -> None:
    graph = nx.barbell_graph(6, 0)
    graph.add_node("alone")
    found = eg.consensus(tied(graph), runs=10)
    assert found["size"].tolist() == [6] * 12 + [1] and found["stability"].tolist() == [1.0] * 13
    assert found["community_stability"].tolist() == [1.0] * 13
    assert found.explain("3") == (
        "3 is in community 1 with 5 other nodes; in 10 searches 100.0% of them were with it on average, and 100.0% of "
        "the community held."
    )
    assert found.explain("alone") == (
        "alone is a community of its own, number 3; in 10 searches it was alone in 100.0%."
    )
    assert "第 1 个社群" in found.explain("3", language="zh") and "自成第 3 个社群" in found.explain(
        "alone", language="zh"
    )


def test_a_node_between_two_cliques_is_the_least_stable() -> None:
    graph = nx.barbell_graph(5, 1)
    found = keyed(eg.consensus(tied(graph), runs=100), "stability")
    assert min(found, key=lambda node: found[node]) == ("Maker", "5")
    # it is drawn to either side alike, so it is with those of its community in about half of the searches
    assert 0.3 < found["Maker", "5"] < 0.7
    assert min(value for (_, one), value in found.items() if one != "5") > 0.8


@given(st.lists(st.lists(st.integers(0, 3), min_size=8, max_size=8), min_size=2, max_size=6))
def test_stabilities_equal_the_slow_twins(runs: list[list[int]]) -> None:
    labels = np.unique(runs[0], return_inverse=True)[1].astype(np.int64)
    partitions = np.array(runs[1:], np.int32)
    of_nodes, of_communities = stabilities(labels, partitions)
    others = partitions.tolist()
    assert of_nodes == pytest.approx([node_stability(labels.tolist(), others, node) for node in range(8)], abs=1e-12)
    expected = [community_stability(labels.tolist(), others, one) for one in range(labels.max() + 1)]
    assert of_communities == pytest.approx(expected, abs=1e-12)


def test_partitions_that_agree_are_the_consensus_and_a_majority_wins() -> None:
    path = np.array([[0, 1], [1, 2], [2, 3]], np.int32)
    ends = np.concatenate([path, path[:, ::-1]]).T
    bonds = Bonds(4, ends[0].copy(), ends[1].copy(), np.ones(6))
    options = {"resolution": 1.0, "seed": 0, "threshold": 0.5}
    same = np.array([[0, 0, 2, 2]] * 3, np.int32)
    assert consensus_of(bonds, same, **options).tolist() == [0, 0, 1, 1]
    most = np.array([[0, 0, 2, 2]] * 3 + [[0, 1, 1, 3]], np.int32)
    assert consensus_of(bonds, most, **options).tolist() == [0, 0, 1, 1]


@given(made_ecosystems, st.sampled_from(["ARC", "TIE", "JOINS"]), st.integers(0, 20))
def test_communities_are_connected_and_stabilities_are_shares(tables, relation: str, seed: int) -> None:
    eco = tables.ecosystem
    view = eco.two_mode("Actor -JOINS-> Project") if relation == "JOINS" else eco.network(relation, kinds="Actor")
    found = eg.consensus(view, seed=seed, runs=6)
    assert found.table == eg.consensus(view, seed=seed, runs=6).table
    graph = nx.Graph(zip(view.graph.arcs.out_sources.tolist(), view.graph.arcs.out_targets.tolist(), strict=True))
    graph.add_nodes_from(range(view.n))
    for number in set(found["community"].tolist()):
        members = np.flatnonzero(found["community"] == number)
        assert nx.is_connected(graph.subgraph(members.tolist()))
        assert len(set(found["community_stability"][members].tolist())) == 1
        assert found["size"][members].tolist() == [len(members)] * len(members)
    assert np.all((found["stability"] >= 0) & (found["stability"] <= 1))


def test_seeds_agree_more_than_single_searches_do() -> None:
    view = made(3, n=300, m=700).ecosystem.network("TIE", kinds="Actor")

    def agreement(partitions: list[eg.Result]) -> float:
        pairs = [(one, other) for place, one in enumerate(partitions) for other in partitions[:place]]
        return float(np.mean([eg.partition_comparison(view, by=a, other=b)["ami"][0] for a, b in pairs]))

    single = agreement([eg.leiden(view, seed=seed, starts=1) for seed in range(6)])
    assert agreement([eg.consensus(view, seed=seed) for seed in range(6)]) > single


def test_a_network_without_communities_is_less_stable_than_one_with() -> None:
    rings = nx.ring_of_cliques(10, 6)
    random = nx.gnm_random_graph(60, rings.number_of_edges(), seed=1)
    stable, unstable = (eg.consensus(tied(graph))["community_stability"].mean() for graph in (rings, random))
    assert stable > 0.95 > 0.8 > unstable


def test_karate_and_the_southern_women() -> None:
    net = tied(nx.karate_club_graph())
    found = eg.consensus(net)
    assert eg.modularity(net, by=found)["modularity"][0] > 0.415
    clubs = labelled(net, {str(node): club for node, club in nx.karate_club_graph().nodes(data="club")})
    assert eg.partition_comparison(net, by=found, other=clubs)["ami"][0] > 0.5
    view = women()
    assert eg.modularity(view, by=eg.consensus(view))["modularity"][0] > 0.33


def test_what_has_no_meaning_is_refused() -> None:
    net = made(5).ecosystem.network("ARC")
    for wrong in ({"runs": 1}, {"runs": 1_001}, {"threshold": 1.1}, {"threshold": float("nan")}, {"seed": -1}):
        with pytest.raises(ParameterError, match=f"{next(iter(wrong))}="):
            eg.consensus(net, **wrong)
