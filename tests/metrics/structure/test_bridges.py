"""Bridges: hand cases, networkx on random graphs, and laws."""

import networkx as nx
import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.community.known import tied, two_sided
from tests.strategies import made, made_ecosystems, networkx_of


def rows(found: eg.Result) -> list[tuple[str, str, int]]:
    return list(zip(found["a"].tolist(), found["b"].tolist(), found["cut_off"].tolist(), strict=True))


def test_a_path_a_ring_and_two_cliques_by_hand() -> None:
    assert rows(eg.bridges(tied(nx.path_graph(5)))) == [("0", "1", 1), ("1", "2", 2), ("2", "3", 2), ("3", "4", 1)]
    assert eg.bridges(tied(nx.path_graph(5))).explained(1) == (
        "Nothing but their tie joins 1 and 2: without it the smaller side, of size 2, is cut off."
    )
    assert len(eg.bridges(tied(nx.cycle_graph(5)))) == 0
    assert rows(eg.bridges(tied(nx.barbell_graph(4, 0)))) == [("3", "4", 4)]
    assert rows(eg.bridges(two_sided([("a", "p"), ("a", "q"), ("b", "p"), ("b", "q"), ("b", "r")]))) == [("b", "r", 1)]


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_networkx(relation: str, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed, n=40, m=45).ecosystem
        graph = nx.Graph(networkx_of(eco, relation).to_undirected())
        found = eg.bridges(eco.network(relation, kinds="Actor"))
        ends = [((row["a_kind"], row["a"]), (row["b_kind"], row["b"])) for row in found.table.rows()]
        assert {frozenset(pair) for pair in ends} == {frozenset(pair) for pair in nx.bridges(graph)}
        for (one, other), cut_off in zip(ends, found["cut_off"].tolist(), strict=True):
            without = nx.restricted_view(graph, [], [(one, other)])
            sides = [len(nx.node_connected_component(without, end)) for end in (one, other)]
            assert cut_off == min(sides)


@given(made_ecosystems)
def test_a_tree_is_all_bridges_and_rows_follow_the_nodes(tables) -> None:
    net = tables.ecosystem.network("TIE", kinds="Actor")
    found = eg.bridges(net)
    places = {
        node: place
        for place, node in enumerate(zip(net.nodes.kinds.to_pylist(), net.nodes.ids.to_pylist(), strict=True))
    }
    ends = [(places[row["a_kind"], row["a"]], places[row["b_kind"], row["b"]]) for row in found.table.rows()]
    assert ends == sorted(ends) and all(one < other for one, other in ends)
    assert len(ends) <= net.n - len(set(eg.components(net)["component"].tolist()))
