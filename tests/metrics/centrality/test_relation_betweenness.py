"""Betweenness of relations: networkx and igraph on random graphs, and its laws."""

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.errors import ViewError
from tests.metrics.centrality.conftest import in_eighths, simple
from tests.strategies import GRAPH, made_ecosystems


def by_ends(found: eg.Result, *, directed: bool) -> dict[tuple[tuple[str, str], ...], float]:
    """Sum of the values of the relations of each pair."""
    sums: dict[tuple[tuple[str, str], ...], float] = {}
    for row in found.table.rows():
        ends = (row["source_kind"], row["source"]), (row["target_kind"], row["target"])
        pair = ends if directed else tuple(sorted(ends))
        sums[pair] = sums.get(pair, 0.0) + row["betweenness"]
    return sums


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
@pytest.mark.parametrize("weighted", [False, True])
def test_it_equals_networkx(relation: str, weighted: bool, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = in_eighths(seed).ecosystem
        roles = {"distance": "hours", "parallel": "min"} if weighted else {}
        found = eg.relation_betweenness(eco.network(relation, kinds="Actor", **roles))
        graph = simple(eco, relation)
        expected = nx.edge_betweenness_centrality(graph, weight="hours" if weighted else None, normalized=False)
        expected = {ends if graph.is_directed() else tuple(sorted(ends)): value for ends, value in expected.items()}
        assert by_ends(found, directed=graph.is_directed()) == pytest.approx(expected, rel=1e-13)


def test_a_two_mode_view_equals_igraph(rounds) -> None:
    for seed in range(rounds(30, 300)):
        view = in_eighths(seed).ecosystem.two_mode("Actor -JOINS-> Project")
        arcs = view.graph.arcs
        ends = np.column_stack([arcs.out_sources, arcs.out_targets])[arcs.out_sources < arcs.out_targets]
        expected = igraph.Graph(view.n, ends.tolist()).edge_betweenness()
        names = list(zip(view.nodes.kinds.to_pylist(), view.nodes.ids.to_pylist(), strict=True))
        pairs = [tuple(sorted((names[one], names[other]))) for one, other in ends.tolist()]
        found = by_ends(eg.relation_betweenness(view), directed=False)
        assert found == pytest.approx(dict(zip(pairs, expected, strict=True)), rel=1e-12)


@given(made_ecosystems)
def test_relations_of_several_kinds_carry_all_steps_of_all_paths(tables) -> None:
    eco = tables.ecosystem
    net = eco.network("ARC", "TIE", kinds="Actor", direction="as declared")
    found = eg.relation_betweenness(net)
    reach = eg.closeness(net)
    count = reach["reached"] * max(net.n - 1, 1)
    steps = np.divide(count, reach["closeness"], out=np.zeros(net.n), where=count > 0)
    assert len(found) == len(eco.relations("ARC")) + len(eco.relations("TIE"))
    assert found["betweenness"].sum() == pytest.approx(steps.sum(), rel=1e-12)
    assert not found["betweenness"][found["source"] == found["target"]].any()


def test_parallel_relations_share_and_a_reversed_network_has_the_same() -> None:
    arcs = {"source": ["a", "a", "b", "b"], "target": ["b", "b", "c", "b"]}
    eco = eg.from_tables({"Maker": {"id": ["a", "b", "c", "d"]}}, {"ARC": arcs}, GRAPH)
    for options in ({}, {"direction": "reversed"}, {"isolates": False}):
        found = eg.relation_betweenness(eco.network("ARC", **options))
        keyed = {row["key"]: row["betweenness"] for row in found.table.rows()}
        expected = {"b > Maker:c #1": 2, "a > Maker:b #1": 1, "a > Maker:b #2": 1, "b > Maker:b #1": 0}
        assert keyed == {f"Maker:{key}": value for key, value in expected.items()}
    both = eg.relation_betweenness(eco.network("ARC", direction="both"))
    assert sorted(both["betweenness"]) == [0, 1, 1, 2]


def test_a_path_has_no_relations() -> None:
    eco = in_eighths(1).ecosystem
    with pytest.raises(ViewError, match="whose arcs are no relations"):
        eg.relation_betweenness(eco.network("Actor -JOINS-> Project <-JOINS- Actor"))


def test_zero_distances_are_told() -> None:
    arcs = {"source": ["a"], "target": ["b"], "hours": [0.0]}
    eco = eg.from_tables({"Maker": {"id": ["a", "b"]}}, {"ARC": arcs}, GRAPH)
    found = eg.relation_betweenness(eco.network("ARC", distance="hours"))
    assert np.isnan(found["betweenness"]).all() and set(found["note"]) == {"an arc has distance 0"}


def test_it_says_why() -> None:
    found = eg.relation_betweenness(eg.dataset("florentine").network("MARRIAGE"))
    row = found["betweenness"].argmax()
    assert found.explained(row) == "The shortest paths of 26 of 120 pairs lead over Medici – Salviati (21.67%)."
