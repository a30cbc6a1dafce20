"""Two-mode clustering and overlap: the Southern Women, hand cases, networkx on random graphs, and laws."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.errors import ViewError
from ecograph.views import TwoMode
from tests.metrics.community.known import two_sided, women
from tests.oracles.squares import three_paths
from tests.strategies import made, made_ecosystems


def graph_of(view: TwoMode) -> "nx.Graph":
    graph = nx.Graph()
    graph.add_nodes_from(range(view.n))
    arcs = view.graph.arcs
    graph.add_edges_from(zip(arcs.out_sources.tolist(), arcs.out_targets.tolist(), strict=True))
    return graph


def test_southern_women_have_their_published_clustering_and_density() -> None:
    found = eg.two_mode_clustering(women())
    assert found["clustering"][0] == pytest.approx(0.46776, abs=5e-6)
    assert found["density"][0] == pytest.approx(0.35317, abs=5e-6)
    assert found["density"][0] == 89 / (18 * 14)


def test_a_square_with_a_tail_by_hand() -> None:
    view = two_sided(["aP", "aQ", "bP", "bQ", "cQ"])
    found = eg.two_mode_clustering(view)
    assert found["four_cycles"].tolist() == [1] and found["three_paths"].tolist() == [6]
    assert found["clustering"].tolist() == [4 / 6] and found["density"].tolist() == [5 / 6]
    assert found.explain() == (
        "4 of 6 paths of three ties are closed by a fourth (66.7%), in 1 four-cycles; ties placed by chance would "
        "close 83.3%."
    )
    assert "4 条由第四条联系闭合" in found.explain(language="zh")
    overlap = eg.two_mode_overlap(view)
    assert dict(zip(overlap["id"], overlap["overlap"].tolist(), strict=True)) == pytest.approx(
        {"a": (1 + 1 / 2) / 2, "b": (1 + 1 / 2) / 2, "c": 1 / 2, "P": 2 / 3, "Q": 2 / 3}
    )
    assert overlap.explain("a") == (
        "a meets 2 others in its 2 places; on average 75.0% of the places of either are places of both."
    )
    alone = eg.two_mode_overlap(two_sided(["aP"]))
    assert np.isnan(alone["overlap"]).all() and set(alone["note"]) == {"meets no other node of its side"}
    assert alone.explain("a") == "a meets no other node of its side."
    nothing = eg.two_mode_clustering(two_sided(["aP", "bP"]))
    assert np.isnan(nothing["clustering"][0]) and nothing["note"].tolist() == ["no path of three ties"]
    assert nothing.explain() == "There is no path of three ties, so nothing can be closed."


def test_they_equal_networkx(rounds) -> None:
    for seed in range(rounds(30, 300)):
        view = made(seed, n=5 + seed % 20, projects=3 + seed % 11).ecosystem.two_mode("Actor -JOINS-> Project")
        graph = graph_of(view)
        found = eg.two_mode_clustering(view)
        expected = nx.bipartite.robins_alexander_clustering(graph)
        assert np.nan_to_num(found["clustering"][0]) == pytest.approx(expected, rel=1e-14)
        assert found["three_paths"].tolist() == [three_paths([set(graph[node]) for node in range(view.n)])]
        left = np.flatnonzero(view.left).tolist()
        assert found["density"][0] == pytest.approx(nx.bipartite.density(graph, left), rel=1e-14)
        overlap = eg.two_mode_overlap(view)
        peers = nx.bipartite.latapy_clustering(graph, mode="dot")
        assert np.nan_to_num(overlap["overlap"]) == pytest.approx([peers[node] for node in range(view.n)], rel=1e-13)
        met = [len({far for near in graph[node] for far in graph[near]} - {node}) for node in range(view.n)]
        assert overlap["others"].tolist() == met


@given(made_ecosystems)
def test_sides_may_be_changed_and_a_full_pair_of_sides_is_closed(tables) -> None:
    eco = tables.ecosystem
    there, back = eco.two_mode("Actor -JOINS-> Project"), eco.two_mode("Project <-JOINS- Actor")
    assert eg.two_mode_clustering(there).table == eg.two_mode_clustering(back).table
    assert eg.two_mode_overlap(there).table == eg.two_mode_overlap(back).table
    full = two_sided(one + other for one in "abc" for other in "PQRS")
    assert eg.two_mode_clustering(full)["clustering"].tolist() == [1]
    assert set(eg.two_mode_overlap(full)["overlap"]) == {1}


def test_a_path_of_several_steps_is_refused() -> None:
    view = made(3).ecosystem.two_mode("Actor -ARC-> Actor -JOINS-> Project")
    for measure in (eg.two_mode_clustering, eg.two_mode_overlap):
        with pytest.raises(ViewError, match="several steps"):
            measure(view)
