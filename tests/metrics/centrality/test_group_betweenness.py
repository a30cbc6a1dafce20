"""Group betweenness: hand cases, counting with and without on random graphs, networkx, and laws."""

import random
from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.views import Network
from tests.metrics.centrality.conftest import in_eighths, simple
from tests.metrics.community.known import grouped, labelled, tied
from tests.oracles.paths import passages
from tests.strategies import GRAPH, made, made_ecosystems


def rows(result: eg.Result) -> dict[str, dict[str, float]]:
    return {row["group"]: row for row in result.table.rows()}


def test_a_path_and_a_square_by_hand() -> None:
    # a - b - c - d, and b - e - d: between a and d lie b, and c or e
    net = tied(nx.Graph([("a", "b"), ("b", "c"), ("c", "d"), ("b", "e"), ("e", "d")]))
    found = rows(eg.group_betweenness(net, by=grouped(net, ["b", "ce", "ad"])))
    assert [found["0"][name] for name in ("group_betweenness", "share", "pairs", "dependent", "nodes")] == [
        pytest.approx(3 + 1 / 2),
        pytest.approx(3.5 / 6),
        6,
        3,
        1,
    ]
    # without c and e no path leads from a or b to d; between a and b nothing lies
    assert (found["1"]["group_betweenness"], found["1"]["dependent"], found["1"]["pairs"]) == (2, 2, 3)
    # d lies on one of two paths between c and e, a on none
    assert (found["2"]["group_betweenness"], found["2"]["dependent"]) == (0.5, 0)


def test_members_on_the_same_path_count_once() -> None:
    net = tied(nx.path_graph(list("abcd")))
    alone = rows(eg.group_betweenness(net, by=labelled(net, {one: one for one in "abcd"})))
    together = rows(eg.group_betweenness(net, by=labelled(net, {"b": "inside", "c": "inside"})))
    assert (alone["b"]["group_betweenness"], alone["c"]["group_betweenness"]) == (2, 2)
    assert together["inside"]["group_betweenness"] == 1 == together["inside"]["share"]
    betweenness = eg.betweenness(net)
    assert [alone[one]["group_betweenness"] for one in "abcd"] == betweenness["betweenness"].tolist()


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_counting_with_and_without(relation: str, weighted: bool, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = in_eighths(seed, n=14, m=24).ecosystem
        options = {"distance": "hours", "parallel": "min"} if weighted else {}
        net = eco.network(relation, kinds="Actor", **options)
        lengths = net.weights("distance").tolist()
        ends = zip(net.arcs.out_sources.tolist(), net.arcs.out_targets.tolist(), strict=True)
        arcs = {pair: Fraction(length) for pair, length in zip(ends, lengths, strict=True)}
        found = rows(eg.group_betweenness(net))
        ways = 1 if net.directed else 2
        for kind, row in found.items():
            members = {place for place, one in enumerate(net.nodes.kinds.to_pylist()) if one == kind}
            passing, pairs, whole = passages(arcs, net.n, list(range(net.n)), set(range(net.n)), members)
            assert row["group_betweenness"] == pytest.approx(float(passing) / ways, rel=1e-9, abs=1e-12)
            assert (row["pairs"], row["dependent"]) == (pairs // ways, whole // ways)


def test_pairs_of_nodes_equal_networkx(rounds) -> None:
    # networkx 3.6 mixes counts before and after its first members: groups of three or more may be wrong
    for seed in range(rounds(30, 300)):
        eco = made(seed).ecosystem
        graph, net = simple(eco, "TIE"), eco.network("TIE", kinds="Actor")
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        members = random.Random(seed).sample(sorted(graph), 2)
        found = rows(eg.group_betweenness(net, by=labelled(net, {one: "pair" for _, one in members})))["pair"]
        for column, normalized in (("group_betweenness", False), ("share", True)):
            expected = nx.group_betweenness_centrality(graph, members, normalized=normalized)
            assert found[column] == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(made_ecosystems)
def test_it_keeps_its_bounds_and_turning_arcs_round_changes_nothing(tables) -> None:
    net = tables.ecosystem.network("ARC", kinds="Actor")
    found = eg.group_betweenness(net)
    assert found["group"].tolist() == sorted(set(net.nodes.kinds.to_pylist()))
    assert (found["dependent"] <= found["group_betweenness"] + 1e-9).all()
    assert (found["group_betweenness"] <= found["pairs"] + 1e-9).all()
    others = net.n - found["nodes"]
    possible = others * (others - 1)
    assert np.isnan(found["share"]).tolist() == (possible == 0).tolist()
    back = eg.group_betweenness(tables.ecosystem.network("ARC", kinds="Actor", direction="reversed"))
    assert found["group_betweenness"] == pytest.approx(back["group_betweenness"], abs=1e-9)


def chain(*hours: float) -> Network:
    ids = "abcdefgh"[: len(hours) + 1]
    ties = {"source": list(ids[:-1]), "target": list(ids[1:]), "hours": list(hours)}
    return eg.from_tables({"Maker": {"id": list(ids)}}, {"TIE": ties}, GRAPH).network("TIE", distance="hours")


def test_what_cannot_be_counted_and_who_is_left_out() -> None:
    net = chain(0.0, 1.0)
    found = eg.group_betweenness(net, by=labelled(net, {"b": "middle"}))
    assert np.isnan(found["group_betweenness"]).all() and found["note"].tolist() == ["an arc has distance 0"]
    assert found.explain(group="middle") == "middle: shortest paths cannot be counted: an arc has distance 0."
    assert "存在距离为 0 的弧" in found.explain(group="middle", language="zh")
    assert found.findings.counts() == {"no_label": 2}
    few = eg.group_betweenness(chain(1.0, 1.0))
    assert np.isnan(few["share"]).all() and few["note"].tolist() == ["fewer than two nodes outside"]
    assert few.explain(group="Maker", language="zh") == "创客：组外节点不足两个，谈不上居间。"
    whole = eg.group_betweenness(net.unweighted(), by=labelled(net, {"b": "middle"}))
    assert whole.explain(group="middle") == (
        "middle: of 1 pairs of others joined by a path, what amounts to 1 have their shortest paths through the group, "
        "1 of them all of these: 100.00% of the most possible."
    )
