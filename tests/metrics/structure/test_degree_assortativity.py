"""Assortativity by degree: hand cases, published networks, networkx and igraph on random graphs, and laws."""

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.centrality.conftest import in_eighths, simple
from tests.metrics.community.known import tied
from tests.strategies import GRAPH, made_ecosystems

PAIRS = {
    "degree_assortativity": ("out", "in"),
    "in_in": ("in", "in"),
    "in_out": ("in", "out"),
    "out_out": ("out", "out"),
}


def value(result: eg.Result) -> float:
    return float(result["degree_assortativity"][0])


def test_hand_cases() -> None:
    star = eg.degree_assortativity(tied(nx.star_graph(4)))
    assert value(star) == pytest.approx(-1, abs=1e-15)
    assert star.explain() == (
        "Over 4 ties, the degrees of both ends correlate with r = -1.000: well-connected nodes are joined to those "
        "with few ties."
    )
    assert "联系少的节点" in star.explain(language="zh")
    # Degrees 1, 2, 2, 1: over the six ends (1, 2), (2, 2), (2, 1), with means 5/3, covariance -1/9, variance 2/9.
    assert value(eg.degree_assortativity(tied(nx.path_graph(4)))) == pytest.approx(-0.5, abs=1e-15)
    apart = eg.degree_assortativity(tied(nx.disjoint_union(nx.complete_graph(4), nx.cycle_graph(5))))
    assert value(apart) == pytest.approx(1, abs=1e-15) and "keep to each other" in apart.explain()


def test_karate_and_florence_have_their_known_values() -> None:
    """Values of networkx and igraph, which agree."""
    assert value(eg.degree_assortativity(tied(nx.karate_club_graph()))) == pytest.approx(-0.47561310, abs=5e-9)
    florence = eg.degree_assortativity(eg.dataset("florentine").network("MARRIAGE"))
    assert value(florence) == pytest.approx(-0.37483787, abs=5e-9)


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
@pytest.mark.parametrize("weighted", [False, True])
def test_it_equals_networkx_and_igraph(relation: str, weighted: bool, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = in_eighths(seed).ecosystem
        graph = simple(eco, relation, sum)
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        roles = {"strength": "hours", "parallel": "sum"} if weighted else {}
        found = eg.degree_assortativity(eco.network(relation, kinds="Actor", **roles))
        weight = "hours" if weighted else None
        for column, (x, y) in PAIRS.items():
            expected = nx.degree_assortativity_coefficient(graph, x=x, y=y, weight=weight)
            assert found[column][0] == pytest.approx(expected, abs=1e-12, nan_ok=True)
        peer = igraph.Graph.from_networkx(graph)
        ends = {"weights": "hours"} if weighted else {}
        given = [[*map(float, peer.strength(mode=mode, **ends))] for mode in ("out", "in")]
        other = peer.assortativity(given[0], given[1] if peer.is_directed() else None, directed=peer.is_directed())
        assert value(found) == pytest.approx(other, abs=1e-12, nan_ok=True)


@given(made_ecosystems)
def test_turned_round_or_twice_as_strong_it_is_the_same(tables) -> None:
    eco = tables.ecosystem
    there, back = (
        eg.degree_assortativity(eco.network("ARC", kinds="Actor", direction=direction))
        for direction in ("as declared", "reversed")
    )
    for column in ("degree_assortativity", "in_out"):
        assert there[column][0] == pytest.approx(back[column][0], abs=1e-12, nan_ok=True)
    assert there["in_in"][0] == pytest.approx(back["out_out"][0], abs=1e-12, nan_ok=True)
    both = eg.degree_assortativity(eco.network("ARC", kinds="Actor", direction="both"))
    assert len({round(both[column][0], 12) for column in PAIRS if not np.isnan(both[column][0])}) <= 1


def test_regular_and_empty_networks_have_a_note_and_a_sentence() -> None:
    ring = eg.degree_assortativity(tied(nx.cycle_graph(6)))
    assert all(np.isnan(ring[column][0]) for column in PAIRS)
    assert ring["note"].tolist() == ["all degrees at one end are equal"]
    assert ring.explain().startswith("At one end or the other of all 6 ties")
    nothing = eg.degree_assortativity(tied(nx.empty_graph(3)))
    assert nothing["note"].tolist() == ["no arc between two nodes"]
    assert nothing.explain() == "No two nodes are joined, so nothing can be compared."
    nodes = {"Maker": {"id": list("abcd")}}
    out_only = {"source": ["a", "a", "b"], "target": ["b", "c", "d"]}
    found = eg.degree_assortativity(eg.from_tables(nodes, {"ARC": out_only}, GRAPH).network("ARC"))
    assert np.isnan(value(found)) and not np.isnan(found["out_out"][0])
    assert found["note"].tolist() == ["all degrees at one end are equal"]


def test_sums_that_differ_by_rounding_are_equal() -> None:
    tenths = nx.Graph()
    for one, other, weight in (("a", "b", 0.1), ("b", "c", 0.2), ("c", "a", 0.3)):
        tenths.add_edge(one, other, weight=weight)
        tenths.add_edge(one.upper(), other.upper(), weight=weight)
    for one in "abc":
        tenths.add_edge(one, one.upper(), weight={"a": 0.2, "b": 0.3, "c": 0.1}[one])
    found = eg.degree_assortativity(tied(tenths, "weight"))
    sums = dict(tenths.degree(weight="weight"))
    assert len(set(sums.values())) > 1 and np.ptp(list(sums.values())) < 1e-15
    assert np.isnan(value(found))
