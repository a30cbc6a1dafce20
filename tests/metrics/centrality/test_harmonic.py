"""Harmonic centrality: a path by hand, networkx and igraph on random graphs, and its laws."""

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.centrality.conftest import in_eighths, simple
from tests.strategies import ACTORS, GRAPH, keyed, made_ecosystems


def test_a_path_of_three_by_hand() -> None:
    nodes = {"Maker": {"id": ["a", "b", "c", "d"]}}
    taught = {"source": ["a", "b"], "target": ["b", "c"]}
    found = eg.harmonic(eg.from_tables(nodes, {"TEACHES": taught}).network("TEACHES"))
    assert found["harmonic"].tolist() == [1.5, 1, 0, 0]
    assert found["share"].tolist() == [0.5, 1 / 3, 0, 0]
    assert found["rank"].tolist() == [1, 2, 3, 3]


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
@pytest.mark.parametrize("weighted", [False, True])
def test_it_equals_networkx(relation: str, weighted: bool, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = in_eighths(seed).ecosystem
        graph = simple(eco, relation)
        roles = {"distance": "hours", "parallel": "min"} if weighted else {}
        found = eg.harmonic(eco.network(relation, kinds="Actor", **roles))
        from_node = graph.reverse() if graph.is_directed() else graph
        expected = nx.harmonic_centrality(from_node, distance="hours" if weighted else None)
        assert keyed(found, "harmonic") == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_its_share_equals_igraph(relation: str, rounds) -> None:
    for seed in range(rounds(30, 300)):
        net = in_eighths(seed).ecosystem.network(relation, kinds="Actor")
        ends = np.column_stack([net.arcs.out_sources, net.arcs.out_targets]).tolist()
        graph = igraph.Graph(net.n, ends, directed=True)
        assert eg.harmonic(net)["share"] == pytest.approx(np.array(graph.harmonic_centrality(mode="out")), rel=1e-14)


def test_whoever_joins_everything_and_meets_everybody_has_all_of_a_two_mode_view() -> None:
    tables = in_eighths(3, n=6, m=0, projects=3)
    members = [one for kind in ACTORS for one in tables.nodes[kind]["id"]]
    pairs = [(one, project) for one in members for project in tables.nodes["Project"]["id"]]
    joins = {"source": [one for one, _ in pairs], "target": [project for _, project in pairs]}
    whole = type(tables)(tables.nodes, {**tables.relations, "JOINS": joins})
    found = eg.harmonic(whole.ecosystem.two_mode("Actor -JOINS-> Project"))
    assert found["share"].tolist() == pytest.approx([1.0] * 9, rel=1e-15)
    assert set(found["rank"]) == {1}


@given(made_ecosystems)
def test_arcs_added_bring_nobody_further_away(tables) -> None:
    eco = tables.ecosystem
    one_way, both_ways = (eco.network("ARC", kinds="Actor", direction=way) for way in ("as declared", "both"))
    before, after = (eg.harmonic(net)["harmonic"] for net in (one_way, both_ways))
    assert (after >= before - 1e-12).all()
    turned = eg.harmonic(eco.network("ARC", kinds="Actor", direction="reversed"))["harmonic"]
    assert turned.sum() == pytest.approx(before.sum(), rel=1e-12)


def test_a_node_at_distance_0_is_told() -> None:
    arcs = {"source": ["a"], "target": ["b"], "hours": [0.0]}
    eco = eg.from_tables({"Maker": {"id": ["a", "b"]}}, {"ARC": arcs}, GRAPH)
    found = eg.harmonic(eco.network("ARC", distance="hours"))
    assert found["harmonic"].tolist() == pytest.approx([np.nan, 0], nan_ok=True)
    assert found["note"].tolist() == ["another node is at distance 0", None]
    assert found["rank"].tolist() == pytest.approx([np.nan, 1], nan_ok=True)
    assert found.explain("a") == "a has others at distance 0, which are infinitely near."
