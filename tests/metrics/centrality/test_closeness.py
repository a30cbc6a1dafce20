"""Closeness: Padgett's families, the Southern Women, networkx and igraph on random graphs, and its laws."""

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.centrality.conftest import in_eighths, simple
from tests.strategies import keyed, made_ecosystems


def test_padgett_families(padgett) -> None:
    found = eg.closeness(eg.dataset("florentine").network("MARRIAGE"))
    for family, value in zip(found["id"], found["closeness"], strict=True):
        assert family == "Pucci" or value == pytest.approx(float(padgett[family]["closeness_15"]), abs=1e-14)
    assert found.table.take(np.flatnonzero(found["id"] == "Pucci"))["note"].tolist() == ["reaches no other node"]


def test_southern_women(women) -> None:
    found = eg.closeness(women.view)
    by_name = dict(zip(found["id"], found["closeness"].tolist(), strict=True))
    assert by_name == pytest.approx(women.of("bipartite_closeness"), abs=1e-9)
    ranks = dict(zip(found["id"], found["rank"].tolist(), strict=True))
    assert [ranks[name] for name in ("E8", "E9", "E7")] == [1, 2, 3]
    assert [ranks[name] for name in ("Evelyn Jefferson", "Nora Fayette", "Theresa Anderson")] == [1, 1, 1]


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
@pytest.mark.parametrize("weighted", [False, True])
def test_it_equals_networkx_to_the_last_digit(relation: str, weighted: bool, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = in_eighths(seed).ecosystem
        graph = simple(eco, relation)
        roles = {"distance": "hours", "parallel": "min"} if weighted else {}
        found = eg.closeness(eco.network(relation, kinds="Actor", **roles))
        from_node = graph.reverse() if graph.is_directed() else graph
        expected = nx.closeness_centrality(from_node, distance="hours" if weighted else None)
        assert keyed(found, "wasserman_faust") == expected


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_igraph(relation: str, rounds) -> None:
    for seed in range(rounds(30, 300)):
        net = in_eighths(seed).ecosystem.network(relation, kinds="Actor", distance="hours", parallel="min")
        kept = np.ones(len(net.arcs), np.bool_) if net.directed else net.arcs.out_sources <= net.arcs.out_targets
        ends = np.column_stack([net.arcs.out_sources, net.arcs.out_targets])[kept]
        graph = igraph.Graph(net.n, ends.tolist(), directed=net.directed)
        expected = np.array(graph.closeness(mode="out", weights=net.values["distance"][kept].tolist()))
        assert eg.closeness(net)["closeness"] == pytest.approx(expected, rel=1e-14, nan_ok=True)


def test_a_two_mode_view_equals_networkx_piece_by_piece(rounds) -> None:
    for seed in range(rounds(30, 300)):
        view = in_eighths(seed).ecosystem.two_mode("Actor -JOINS-> Project")
        graph = nx.Graph(
            list(zip(view.graph.arcs.out_sources.tolist(), view.graph.arcs.out_targets.tolist(), strict=True))
        )
        found = eg.closeness(view)["closeness"]
        for piece in map(graph.subgraph, nx.connected_components(graph)):
            left = [node for node in piece if view.left[node]]
            expected = nx.bipartite.closeness_centrality(piece, left)
            assert {node: found[node] for node in piece} == pytest.approx(expected, rel=1e-14)
        assert np.isnan(found).sum() == view.n - len(graph)


@given(made_ecosystems)
def test_nearer_by_half_is_twice_as_close_and_zero_distances_are_told(tables) -> None:
    hours = tables.relations["ARC"]["hours"]
    net = tables.ecosystem.network("ARC", kinds="Actor", distance="hours", parallel="min")
    halved = {**tables.relations, "ARC": {**tables.relations["ARC"], "hours": [cell / 2 for cell in hours]}}
    near = type(tables)(tables.nodes, halved).ecosystem.network("ARC", kinds="Actor", distance="hours", parallel="min")
    before, after = eg.closeness(net), eg.closeness(near)
    assert (2 * before["closeness"]).tolist() == pytest.approx(after["closeness"].tolist(), nan_ok=True, rel=1e-15)
    assert before["rank"].tolist() == pytest.approx(after["rank"].tolist(), nan_ok=True)
    assert before["reached"].tolist() == after["reached"].tolist()
    alone = before["reached"] == 0
    assert set(before["note"][np.isnan(before["closeness"]) & ~alone]) <= {"all it reaches are at distance 0"}
    assert (before["wasserman_faust"][alone] == 0).all()


def test_ranks_are_within_a_kind() -> None:
    found = eg.closeness(in_eighths(7).ecosystem.network("TIE", kinds="Actor"))
    for kind in set(found["kind"]):
        own = found["kind"] == kind
        order = np.sort(found["wasserman_faust"][own])[::-1]
        assert found["rank"][own].tolist() == [1 + int((order > cell).sum()) for cell in found["wasserman_faust"][own]]


def test_it_says_why() -> None:
    found = eg.closeness(eg.dataset("florentine").network("MARRIAGE"))
    assert found.explain("Medici") == "Medici reaches 14 of 15 others, at a mean distance of 1.79."
    assert found.explain("Pucci") == "Pucci reaches no other node."
