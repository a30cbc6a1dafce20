"""Robustness and removal curves: closed forms, networkx step by step, and laws."""

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError
from ecograph.methods.removal import removals
from ecograph.views.neighbours import neighbours_of
from tests.metrics.community.known import labelled, tied
from tests.strategies import keyed, made, made_ecosystems


def only(result: eg.Result) -> dict[str, float]:
    return next(iter(result.table.rows()))


@pytest.mark.parametrize("n", [2, 3, 10, 41])
def test_a_complete_network_loses_only_who_leaves(n: int) -> None:
    net = tied(nx.complete_graph(n))
    for by in ("degree", "degree left"):
        found = only(eg.robustness(net, by=by, runs=20))
        for column in ("robustness", "random", "random_low", "random_high"):
            assert found[column] == pytest.approx((n - 1) / (2 * n), rel=1e-14)
        assert found["half"] == found["random_half"] == pytest.approx((n + 1) // 2 / n, rel=1e-14)
        curve = eg.removal_curve(net, by=by, runs=20)
        for column in ("targeted", "random", "random_low", "random_high"):
            assert curve[column] == pytest.approx(1 - curve["removed"] / n, rel=1e-14)


@pytest.mark.parametrize("n", [3, 10, 41])
def test_a_star_is_lost_with_its_centre(n: int) -> None:
    net = tied(nx.star_graph(n - 1))
    for by in ("degree", "degree left"):
        found = only(eg.robustness(net, by=by, runs=2_000))
        assert found["robustness"] == pytest.approx((n - 1) / n**2, rel=1e-14)
        assert found["half"] == pytest.approx(1 / n, rel=1e-14)
        # The centre leaves as number p = 1 .. n, each as likely: before it only leaves leave.
        areas = [(sum(n - q for q in range(1, p)) + n - p) / n**2 for p in range(1, n + 1)]
        assert found["random"] == pytest.approx(np.mean(areas), abs=5 * np.std(areas) / 2_000**0.5)
        curve = eg.removal_curve(net, by=by, runs=2_000)
        q = curve["removed"]
        assert curve["targeted"] == pytest.approx(np.select([q == 0, q == n], [1, 0], 1 / n), rel=1e-13)
        expected = np.where(q == n, 0, (1 - q / n) * (n - q) / n + q / n / n)
        assert curve["random"] == pytest.approx(expected, abs=5 * 0.5 / 2_000**0.5)


def stepwise(graph: "nx.Graph", order: list[int]) -> list[float]:
    """Share of nodes in the largest component before and after each node leaves."""
    left, shares = graph.copy(), []
    for node in [*order, None]:
        shares.append(max(map(len, nx.connected_components(left)), default=0) / len(graph))
        if node is not None:
            left.remove_node(node)
    return shares


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_networkx_step_by_step(relation: str, rounds) -> None:
    for seed in range(rounds(30, 300)):
        net = made(seed, n=5 + seed % 30).ecosystem.network(relation, kinds="Actor")
        joined = neighbours_of(net)
        graph = nx.from_scipy_sparse_array(net.to_scipy())
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        random = np.random.default_rng(seed)
        numbers = random.permutation(net.n).astype(float)
        numbers[random.random(net.n) < 0.1] = np.nan
        turns = [np.random.default_rng(seed).permuted(np.arange(net.n, dtype=np.int32)).tolist()]
        turns.append(sorted(turns[0], key=lambda node: -numbers[node] if numbers[node] >= 0 else np.inf))
        turns.append(sorted(turns[0], key=lambda node: -graph.degree[node]))
        turns.append([])
        left = graph.copy()
        while left:
            turns[3].append(min(left, key=lambda node: (-left.degree[node], turns[0].index(node))))
            left.remove_node(turns[3][-1])
        for number, by in enumerate((numbers, "degree", "degree left"), start=1):
            found = removals(*joined, by, runs=1, seed=seed)
            for one, order in ((found[0], turns[number]), (found[1], turns[0])):
                shares = stepwise(graph, order)
                assert one.areas[0] == pytest.approx(np.mean(shares[1:]), rel=1e-12)
                first = next(q for q, share in enumerate(shares) if share <= shares[0] / 2)
                assert one.halves[0] == first / net.n
                grid = [round(net.n * step / 20 + 1e-9) for step in range(21)]
                assert one.shares[0].tolist() == [shares[q] for q in grid]


@given(made_ecosystems)
def test_curves_fall_and_a_table_of_degrees_is_degree(tables) -> None:
    net = tables.ecosystem.network("TIE", kinds="Actor")
    curve, whole = eg.removal_curve(net, runs=5), eg.robustness(net, runs=5)
    if not net.n:
        assert set(curve["note"]) == set(whole["note"]) == {"no nodes"}
        assert whole.explain() == curve.explain(group="5%") == "There are no nodes."
        return
    for column in ("targeted", "random", "random_low", "random_high"):
        assert (np.diff(curve[column]) <= 1e-15).all()
    assert (curve["random_low"] <= curve["random"] + 1e-15).all()
    degrees = neighbours_of(net).degrees.tolist()
    given = labelled(net, dict(zip(net.nodes.ids.to_pylist(), degrees, strict=True)))
    assert eg.robustness(net, by=given, runs=5).table == whole.table
    assert eg.removal_curve(net, by=given, runs=5).table == curve.table


def test_a_result_says_who_leaves_first_and_who_has_no_number_leaves_last() -> None:
    net = tied(nx.barbell_graph(5, 1))
    between = eg.betweenness(net)
    assert max(keyed(between, "betweenness"), key=keyed(between, "betweenness").get) == ("Maker", "5")
    found = only(eg.robustness(net, by=between, runs=3))
    assert found["half"] == pytest.approx(1 / 11, rel=1e-14)
    blank = labelled(net, {"5": 3.5})
    alone = eg.robustness(net, by=blank, runs=3)
    assert only(alone)["half"] == pytest.approx(1 / 11, rel=1e-14)
    (told,) = alone.findings
    assert told.reason() == "10 nodes have no value" and told.reason("zh") == "10 个节点没有 value"
    assert alone.explain().startswith(
        "While nodes leave until none is left, those with the largest numbers given first"
    )
    assert "给定的数值" in alone.explain(language="zh")
    curve = eg.removal_curve(net, runs=3)
    assert curve.explain(group="10%").startswith("Once 1 of 11 nodes have left, those with the most neighbours first, ")


def test_seeds_differ_and_arguments_are_checked() -> None:
    net = made(4).ecosystem.network("ARC", kinds="Actor")
    assert eg.robustness(net, runs=5).table == eg.robustness(net, runs=5).table
    assert eg.robustness(net, runs=5).table != eg.robustness(net, runs=5, seed=1).table
    for measure in (eg.robustness, eg.removal_curve):
        for arguments in ({"runs": 0}, {"runs": 10_001}, {"seed": -1}):
            with pytest.raises(ParameterError, match=next(iter(arguments))):
                measure(net, **arguments)
        with pytest.raises(UnknownNameError, match="no attribute of these nodes 'size'"):
            measure(net, by="size")
        with pytest.raises(ParameterError, match=r"by='group': 'g.*' is no number; give an attribute"):
            measure(net, by="group")
        words = eg.Table({"kind": net.nodes.kinds, "id": net.nodes.ids, "value": pa.array(["many"] * net.n)})
        with pytest.raises(ParameterError, match="by: 'many' is no number"):
            measure(net, by=words)
