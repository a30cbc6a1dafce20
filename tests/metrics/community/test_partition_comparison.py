"""Comparison of partitions: numbers of scikit-learn, igraph, slow twins, and laws."""

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError
from tests.metrics.community.known import labelled, tied
from tests.oracles.agreement import adjusted_information, adjusted_rand
from tests.strategies import made


def compared(one, other) -> dict[str, float]:
    """The one row of the comparison of two lists of labels."""
    net = tied(nx.empty_graph(len(one)))
    tables = [labelled(net, {str(node): label for node, label in enumerate(labels)}) for labels in (one, other)]
    return next(iter(eg.partition_comparison(net, by=tables[0], other=tables[1]).table.rows()))


def test_numbers_of_scikit_learn() -> None:
    """adjusted_mutual_info_score, normalized_mutual_info_score and adjusted_rand_score of scikit-learn 1.9.1."""
    found = compared([0, 0, 0, 1, 1, 1, 2, 2, 2, 2], [0, 0, 1, 1, 1, 2, 2, 2, 2, 0])
    assert found["ami"] == pytest.approx(0.23728877770133558, abs=1e-12)
    assert found["nmi"] == pytest.approx(0.44270128334605, abs=1e-12)
    assert found["ari"] == pytest.approx(0.20454545454545456, abs=1e-12)
    random = np.random.default_rng(5)
    one = random.integers(0, 9, 500)
    other = np.where(random.random(500) < 0.6, one, random.integers(0, 7, 500))
    found = compared(one.tolist(), other.tolist())
    assert found["ami"] == pytest.approx(0.48831862430274636, abs=1e-12)
    assert found["nmi"] == pytest.approx(0.5039529781135172, abs=1e-12)
    assert found["ari"] == pytest.approx(0.4534294949617586, abs=1e-12)
    for one, other in (([0] * 4, [0, 1, 2, 3]), ([0, 0, 1, 1], [0, 1, 2, 3]), ([0] * 4, [0, 0, 1, 1])):
        found = compared(one, other)
        assert found["ami"] == pytest.approx(0, abs=1e-12) and found["ari"] == 0


def test_it_equals_igraph(rounds) -> None:
    for seed in range(rounds(30, 300)):
        random = np.random.default_rng(seed)
        n = int(random.integers(2, 60))
        one, other = (random.integers(0, random.integers(1, 8), n).tolist() for _ in range(2))
        found = compared(one, other)
        expected = {
            method: igraph.compare_communities(one, other, method=method) for method in ("nmi", "vi", "adjusted_rand")
        }
        assert found["nmi"] == pytest.approx(expected["nmi"], abs=1e-12)
        assert found["vi"] == pytest.approx(expected["vi"] / np.log(2), abs=1e-12)
        if len({*one}) == len({*other}) in (1, n):  # igraph divides by nothing
            assert np.isnan(expected["adjusted_rand"]) and found["ari"] == 1
        else:
            assert found["ari"] == pytest.approx(expected["adjusted_rand"], abs=1e-12)
        assert (found["groups"], found["other_groups"], found["nodes"]) == (len({*one}), len({*other}), n)


def test_it_equals_the_slow_twins(rounds) -> None:
    for seed in range(rounds(30, 300)):
        random = np.random.default_rng(seed)
        one, other = ([0, 1, *random.integers(0, 3, 4).tolist()] for _ in range(2))
        found = compared(one, other)
        assert found["ami"] == pytest.approx(adjusted_information(one, other), abs=1e-12)
        assert found["ari"] == pytest.approx(adjusted_rand(one, other), abs=1e-12)


labels = st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=1, max_size=25)


@given(labels)
def test_they_are_symmetric_the_same_agree_and_distances_add_up(rows) -> None:
    one, other, third = zip(*rows, strict=True)
    there, back = compared(one, other), compared(other, one)
    assert all(there[name] == pytest.approx(back[name], abs=1e-12) for name in ("ami", "nmi", "ari", "vi"))
    assert compared(one, [f"x{-label}" for label in one])["vi"] == 0
    assert [compared(one, one)[name] for name in ("ami", "nmi", "ari")] == [1, 1, 1]
    assert there["vi"] <= compared(one, third)["vi"] + compared(third, other)["vi"] + 1e-9
    assert there["vi"] <= np.log2(len(rows)) + 1e-9 and there["ami"] <= there["nmi"] + 1e-9


def test_results_are_compared_and_explained() -> None:
    net = tied(nx.karate_club_graph())
    clubs = labelled(net, {str(node): club for node, club in nx.karate_club_graph().nodes(data="club")})
    found = eg.partition_comparison(net, by=eg.leiden(net), other=clubs)
    assert found["ami"][0] > 0.5 and found["groups"].tolist() == [4] and found["other_groups"].tolist() == [2]
    assert found.explain().startswith("4 groups and 2 groups of 34 nodes: knowing one grouping tells")
    assert "34 个节点分为 4 组与 2 组" in found.explain(language="zh")
    assert eg.partition_comparison(net, by=clubs, other=clubs).columns == found.columns


def test_communities_planted_in_a_town_are_found() -> None:
    town = eg.harbour(relations=20_000, seed=3)
    eco = eg.from_tables(town.nodes, town.relations)
    truth = {row["maker"]: row["community"] for row in town.truth["communities"].to_pylist()}
    net = eco.network("COLLABORATES", "COMMUNICATES", kinds="Maker", direction="both")
    found = eg.partition_comparison(net, by=eg.leiden(net), other=labelled(net, truth))
    assert found["ami"][0] > 0.85
    reached, planted = (eg.modularity(net, by=one)["modularity"][0] for one in (eg.leiden(net), labelled(net, truth)))
    assert reached > planted > 0.7


def test_nodes_without_a_group_are_left_out_and_nothing_has_a_note() -> None:
    net = made(5).ecosystem.network("TIE", kinds="Actor")
    found = eg.partition_comparison(net, by="group", other="kind")
    assert found["nodes"].tolist() == [net.nodes.kinds.to_pylist().count("Maker")]
    assert [item.column for item in found.findings] == ["group"]
    none = eg.partition_comparison(made(0, n=0, m=0).ecosystem.network("TIE", kinds="Actor"), other="kind")
    assert np.isnan(none["ami"][0]) and none["note"].tolist() == ["no node has a group in both"]
    assert none.explain() == "No node has a group in both."
    with pytest.raises(ParameterError, match="other"):
        eg.partition_comparison(net)
