"""Betweenness: Padgett's families, the Southern Women, networkx and igraph on random graphs, the error of a sample."""

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.errors import ParameterError
from tests.metrics.centrality.conftest import in_eighths, simple
from tests.strategies import GRAPH, keyed, made_ecosystems


def test_padgett_families(padgett) -> None:
    found = eg.betweenness(eg.dataset("florentine").network("MARRIAGE"))
    published = {family: float(row["betweenness"]) for family, row in padgett.items()}
    assert dict(zip(found["id"], found["betweenness"].tolist(), strict=True)) == pytest.approx(published, abs=1e-12)
    assert set(found["error"]) == {0}


def test_southern_women(women) -> None:
    found = eg.betweenness(women.view)
    by_name = dict(zip(found["id"], found["share"].tolist(), strict=True))
    assert by_name == pytest.approx(women.of("bipartite_betweenness"), abs=1e-9)
    ranks = dict(zip(found["id"], found["rank"].tolist(), strict=True))
    assert [ranks[name] for name in ("E8", "E9", "E7", "Nora Fayette", "Evelyn Jefferson")] == [1, 2, 3, 1, 2]


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
@pytest.mark.parametrize("weighted", [False, True])
def test_it_equals_networkx(relation: str, weighted: bool, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = in_eighths(seed).ecosystem
        roles = {"distance": "hours", "parallel": "min"} if weighted else {}
        found = eg.betweenness(eco.network(relation, kinds="Actor", **roles))
        weight = "hours" if weighted else None
        for column, normalized in (("betweenness", False), ("share", True)):
            expected = nx.betweenness_centrality(simple(eco, relation), weight=weight, normalized=normalized)
            assert keyed(found, column) == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_igraph_where_lengths_differ_by_rounding_only(relation: str, rounds) -> None:
    for seed in range(rounds(30, 300)):
        tables = in_eighths(seed, n=25, m=70)
        hours = [round(cell * 0.8, 1) for cell in tables.relations[relation]["hours"]]  # tenths
        relations = {**tables.relations, relation: {**tables.relations[relation], "hours": hours}}
        eco = type(tables)(tables.nodes, relations).ecosystem
        net = eco.network(relation, kinds="Actor", distance="hours", parallel="min")
        kept = (net.arcs.out_sources != net.arcs.out_targets) & (
            net.directed | (net.arcs.out_sources < net.arcs.out_targets)
        )
        ends = np.column_stack([net.arcs.out_sources, net.arcs.out_targets])[kept]
        graph = igraph.Graph(net.n, ends.tolist(), directed=net.directed)
        expected = graph.betweenness(directed=net.directed, weights=net.values["distance"][kept].tolist())
        assert eg.betweenness(net)["betweenness"] == pytest.approx(np.array(expected), rel=1e-12)


def test_a_two_mode_view_equals_networkx(rounds) -> None:
    for seed in range(rounds(30, 300)):
        view = in_eighths(seed, n=5 + seed % 20, projects=3 + seed % 11).ecosystem.two_mode("Actor -JOINS-> Project")
        graph = nx.Graph()
        graph.add_nodes_from(range(view.n))
        graph.add_edges_from(
            zip(view.graph.arcs.out_sources.tolist(), view.graph.arcs.out_targets.tolist(), strict=True)
        )
        expected = nx.bipartite.betweenness_centrality(graph, np.flatnonzero(view.left).tolist())
        found = eg.betweenness(view)["share"]
        assert found == pytest.approx(np.array([expected[node] for node in range(view.n)]), rel=1e-12)


@given(made_ecosystems)
def test_turning_all_arcs_changes_nothing_and_paths_add_up(tables) -> None:
    eco = tables.ecosystem
    net = eco.network("ARC", kinds="Actor")
    between = eg.betweenness(net)["betweenness"]
    turned = eg.betweenness(eco.network("ARC", kinds="Actor", direction="reversed"))["betweenness"]
    assert between == pytest.approx(turned, rel=1e-12, abs=1e-12)
    # The nodes between the ends of a shortest path are one fewer than its steps.
    reach = eg.closeness(net)
    count = reach["reached"] * max(net.n - 1, 1)
    steps = np.divide(count, reach["closeness"], out=np.zeros(net.n), where=count > 0)
    assert between.sum() == pytest.approx((steps - count).sum(), rel=1e-12, abs=1e-9)


def test_enough_sources_are_all_sources() -> None:
    net = in_eighths(4).ecosystem.network("ARC", kinds="Actor")
    assert eg.betweenness(net, sources=net.n).table == eg.betweenness(net).table
    assert eg.betweenness(net, sources=10, seed=1).table != eg.betweenness(net, sources=10, seed=2).table
    assert eg.betweenness(net, sources=10, seed=1) == eg.betweenness(net, sources=10, seed=1)


def test_a_node_owes_nothing_to_itself() -> None:
    """All but the centre of a star owe the same to it, so that any of them tell its exact value."""
    ties = {"source": ["a"] * 9, "target": list("bcdefghij")}
    net = eg.from_tables({"Maker": {"id": list("abcdefghij")}}, {"TIE": ties}, GRAPH).network("TIE")
    for seed in range(5):
        found = eg.betweenness(net, sources=4, seed=seed)
        assert found["betweenness"].tolist() == [36] + [0] * 9
        assert set(found["error"]) == {0}


LARGE = {
    "hubs": nx.barabasi_albert_graph(400, 1, seed=1),
    "denser hubs": nx.barabasi_albert_graph(400, 3, seed=1),
    "anywhere": nx.gnm_random_graph(400, 1_200, seed=1),
    "with direction": nx.gnm_random_graph(400, 1_600, seed=1, directed=True),
    "small world": nx.watts_strogatz_graph(400, 6, 0.1, seed=1),
    "a path": nx.path_graph(400),
    "many pieces": nx.disjoint_union_all([nx.wheel_graph(20) for _ in range(20)]),
}


@pytest.mark.parametrize("name", LARGE)
@pytest.mark.parametrize("sources", [25, 100])
def test_the_error_of_a_sample_holds_and_is_at_most_four_times_the_observed(name: str, sources: int, rounds) -> None:
    ends = [(str(one), str(other)) for one, other in LARGE[name].edges]
    relation = "ARC" if LARGE[name].is_directed() else "TIE"
    nodes = {"Maker": {"id": [str(node) for node in LARGE[name]]}}
    tables = {relation: {"source": [one for one, _ in ends], "target": [other for _, other in ends]}}
    net = eg.from_tables(nodes, tables, GRAPH).network(relation)
    exact = eg.betweenness(net)["betweenness"]
    observed, stated = [], []
    for seed in range(rounds(60, 1_000)):
        found = eg.betweenness(net, sources=sources, seed=seed)
        observed.append(np.abs(found["betweenness"] - exact).max())
        stated.append(found["error"][0])
    assert np.mean(np.array(observed) <= np.array(stated)) >= 0.95
    assert np.median(stated) <= 4 * np.quantile(observed, 0.95)


@pytest.mark.parametrize("arguments", [{"sources": 2}, {"sources": -1}, {"seed": -1}])
def test_arguments_are_checked(arguments: dict[str, int]) -> None:
    with pytest.raises(ParameterError, match=f"{next(iter(arguments))}={next(iter(arguments.values()))}; allowed"):
        eg.betweenness(in_eighths(1).ecosystem.network("ARC"), **arguments)


def test_paths_that_cannot_be_counted_are_told() -> None:
    arcs = {"source": ["a", "b"], "target": ["b", "c"], "hours": [0.0, 1.0]}
    net = eg.from_tables({"Maker": {"id": ["a", "b", "c"]}}, {"ARC": arcs}, GRAPH).network("ARC", distance="hours")
    found = eg.betweenness(net)
    assert np.isnan(found["betweenness"]).all() and np.isnan(found["rank"]).all()
    assert set(found["note"]) == {"an arc has distance 0"}
    assert found.explain("b") == "b: shortest paths cannot be counted: an arc has distance 0."
    rungs = range(1_100)  # twice as many shortest paths with each
    steps = [(f"{rung}", f"{rung}{way}") for rung in rungs for way in "ab"]
    steps += [(f"{rung}{way}", f"{rung + 1}") for rung in rungs for way in "ab"]
    ends = {"source": [one for one, _ in steps], "target": [other for _, other in steps]}
    nodes = {"Maker": {"id": sorted({end for step in steps for end in step})}}
    found = eg.betweenness(eg.from_tables(nodes, {"ARC": ends}, GRAPH).network("ARC"))
    assert set(found["note"]) == {"too many shortest paths to count"}


def test_it_says_why() -> None:
    net = eg.dataset("florentine").network("MARRIAGE")
    said = "Medici lies on the shortest paths between 47.5 pairs of others: 45.24% of the most possible."
    assert eg.betweenness(net).explain("Medici") == said
    assert "give or take" in eg.betweenness(net, sources=8).explain("Medici")
