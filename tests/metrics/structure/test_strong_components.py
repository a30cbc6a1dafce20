"""Strong components: a hand case, networkx and igraph on random graphs, and laws."""

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from tests.strategies import GRAPH, keyed, made, made_ecosystems, networkx_of


def test_two_rounds_with_a_way_between_and_a_tail_by_hand() -> None:
    arcs = [("a", "b"), ("b", "a"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "c"), ("e", "f"), ("a", "f"), ("g", "g")]
    ends = {"source": [one for one, _ in arcs], "target": [other for _, other in arcs]}
    found = eg.strong_components(
        eg.from_tables({"Maker": {"id": list("abcdefg")}}, {"ARC": ends}, GRAPH).network("ARC")
    )
    assert found["component"].tolist() == [2, 2, 1, 1, 1, 3, 4]
    assert found["size"].tolist() == [2, 2, 3, 3, 3, 1, 1]
    assert found["before"].tolist() == [0, 0, 1, 1, 1, 2, 0]
    assert found["after"].tolist() == [2, 2, 1, 1, 1, 0, 0]
    assert found.explain("c") == (
        "c is in strong component 1, which has 3 of 7 nodes; other components with arcs into it: 1, with arcs from it: "
        "1."
    )
    assert "第 1 个强连通分量" in found.explain("c", language="zh")


def test_it_equals_networkx_and_igraph(rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed, n=40, m=60).ecosystem
        net = eco.network("ARC", kinds="Actor")
        result = eg.strong_components(net)
        found = keyed(result, "component")
        graph = nx.DiGraph(networkx_of(eco, "ARC"))
        pieces = {frozenset(node for node in found if found[node] == number) for number in found.values()}
        assert pieces == {frozenset(piece) for piece in nx.strongly_connected_components(graph)}
        condensed = nx.condensation(graph)
        for node, place in condensed.graph["mapping"].items():
            assert keyed(result, "before")[node] == condensed.in_degree(place)
            assert keyed(result, "after")[node] == condensed.out_degree(place)
        peer = igraph.Graph(
            net.n, np.column_stack([net.arcs.out_sources, net.arcs.out_targets]).tolist(), directed=True
        )
        labels = peer.connected_components(mode="strong").membership
        assert len({*zip(labels, result["component"].tolist(), strict=True)}) == len(pieces)


@given(made_ecosystems)
def test_they_are_numbered_by_size_and_lie_within_components(tables) -> None:
    net = tables.ecosystem.network("ARC", kinds="Actor")
    found = eg.strong_components(net)
    numbers = found["component"].tolist()
    sizes = {number: numbers.count(number) for number in numbers}
    order = sorted(sizes, key=lambda number: (-sizes[number], numbers.index(number)))
    assert order == list(range(1, len(sizes) + 1))
    assert found["size"].tolist() == [sizes[number] for number in numbers]
    weak = eg.components(net)["component"].tolist()
    assert len({*zip(weak, numbers, strict=True)}) == len(sizes)


@given(made_ecosystems)
def test_turned_round_before_is_after_and_without_direction_they_are_components(tables) -> None:
    eco = tables.ecosystem
    there = eg.strong_components(eco.network("ARC", kinds="Actor"))
    back = eg.strong_components(eco.network("ARC", kinds="Actor", direction="reversed"))
    assert there["component"].tolist() == back["component"].tolist()
    assert there["before"].tolist() == back["after"].tolist()
    both = eco.network("ARC", kinds="Actor", direction="both")
    assert eg.strong_components(both)["component"].tolist() == eg.components(both)["component"].tolist()


@pytest.mark.parametrize("length", [1, 50_000])
def test_a_long_round_is_one_and_a_long_way_is_many(length: int) -> None:
    ids = [f"n{number:05}" for number in range(length)]
    ring = {"source": ids, "target": ids[1:] + ids[:1]}
    nodes = {"Maker": {"id": ids}}
    assert set(eg.strong_components(eg.from_tables(nodes, {"ARC": ring}, GRAPH).network("ARC"))["size"]) == {length}
    way = {"source": ids[:-1], "target": ids[1:]}
    found = eg.strong_components(eg.from_tables(nodes, {"ARC": way}, GRAPH).network("ARC", kinds="Maker"))
    assert found["component"].tolist() == list(range(1, length + 1))
