"""Constraint: the Medici, hand cases, networkx and igraph on random graphs, and laws."""

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.views import Network
from tests.metrics.centrality.burt import costs_to, in_igraph, ties_that_count
from tests.metrics.community.known import tied
from tests.strategies import GRAPH, keyed, made, made_ecosystems


def row(result: eg.Result, node: str) -> dict[str, float]:
    return next(one for one in result.table.rows() if one["id"] == node)


def test_the_medici() -> None:
    found = eg.constraint(eg.dataset("florentine").network("MARRIAGE"))
    assert row(found, "Medici")["constraint"] == pytest.approx(0.2098765, abs=5e-8)
    assert row(found, "Medici")["contacts"] == 6
    assert found.explain("Medici") == (
        "Medici: its 6 contacts cost it 0.2099; the costliest: Ridolfi 0.04938 (23.5%), Tornabuoni 0.04938 (23.5%), "
        "Acciaiuoli 0.02778 (13.2%)."
    )
    assert found.explain("Medici", language="zh") == (
        "Medici：6 个联系人带来的限制度合计 0.2099，影响最大的依次为：Ridolfi 0.04938（23.5%）、"
        "Tornabuoni 0.04938（23.5%）、Acciaiuoli 0.02778（13.2%）。"
    )


def test_a_star_a_triangle_and_a_lone_tie() -> None:
    graph = nx.Graph([*(("hub", leaf) for leaf in "abcd"), *nx.complete_graph("xyz").edges])
    graph.add_node("alone")
    found = eg.constraint(tied(graph))
    assert row(found, "hub")["constraint"] == pytest.approx(1 / 4) and row(found, "hub")["hierarchy"] == 0
    assert row(found, "x")["constraint"] == pytest.approx(2 * 0.75**2)
    assert row(found, "a")["constraint"] == 1 and row(found, "a")["note"] == "one contact, so no hierarchy"
    assert math.isnan(row(found, "a")["hierarchy"]) and math.isnan(row(found, "alone")["constraint"])
    assert row(found, "alone")["note"] == "no contacts" and row(found, "hub")["note"] is None
    assert found.explain("a") == "a: all it has goes through hub, its only contact: 1."
    assert "唯一的联系人" in found.explain("a", language="zh")
    assert found.explain("alone") == "alone has no contacts."


def test_direction_is_added_up_and_self_ties_and_ties_without_strength_are_left_out() -> None:
    arcs = {"source": list("aabac"), "target": list("bcaaa"), "hours": [2.0, 1.0, 1.0, 9.0, 0.0]}
    eco = eg.from_tables({"Maker": {"id": list("abc")}}, {"ARC": arcs}, GRAPH)
    found = eg.constraint(eco.network("ARC", strength="hours"))
    assert row(found, "a")["constraint"] == pytest.approx(0.75**2 + 0.25**2)
    ties = {"source": ["a", "a"], "target": ["b", "c"], "hours": [3.0, 1.0]}
    both = eg.constraint(
        eg.from_tables({"Maker": {"id": list("abc")}}, {"TIE": ties}, GRAPH).network("TIE", strength="hours")
    )
    assert found["constraint"].tolist() == both["constraint"].tolist()
    # of the whole, .625, b costs 9/10 and c 1/10: ratios 1.8 and .2
    expected = (1.8 * math.log(1.8) + 0.2 * math.log(0.2)) / (2 * math.log(2))
    assert row(found, "a")["hierarchy"] == pytest.approx(expected)
    nothing = {name: cells if name != "hours" else [0.0, 0.0] for name, cells in ties.items()}
    eco = eg.from_tables({"Maker": {"id": list("abc")}}, {"TIE": nothing}, GRAPH)
    assert eg.constraint(eco.network("TIE", strength="hours"))["contacts"].tolist() == [0, 0, 0]


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_networkx_and_igraph(relation: str, weighted: bool, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed, m=90).ecosystem
        graph = ties_that_count(eco, relation, weighted)
        weight = "hours" if weighted else None
        options = {"strength": "hours", "parallel": "sum"} if weighted else {}
        found = eg.constraint(eco.network(relation, kinds="Actor", **options))
        costs = {node: costs_to(graph, node, weight) for node in graph}
        expected = {node: float(one.sum()) if len(one) else math.nan for node, one in costs.items()}
        values = keyed(found, "constraint")
        assert values == pytest.approx(expected, rel=1e-9, nan_ok=True)
        second = in_igraph(graph).constraint(weights=weight)
        assert values == pytest.approx(dict(zip(graph, second, strict=True)), rel=1e-9, nan_ok=True)
        assert keyed(found, "contacts") == {node: len(one) for node, one in costs.items()}
        hierarchies = {node: hierarchy(one) for node, one in costs.items()}
        assert keyed(found, "hierarchy") == pytest.approx(hierarchies, rel=1e-9, abs=1e-12, nan_ok=True)


def hierarchy(costs: np.ndarray) -> float:
    """Burt's equation 2.9."""
    if len(costs) < 2:
        return math.nan
    ratios = costs / (costs.sum() / len(costs))
    return float((ratios * np.log(ratios)).sum() / (len(costs) * math.log(len(costs))))


@given(made_ecosystems)
def test_turning_arcs_round_or_weighing_all_more_changes_nothing(tables) -> None:
    eco = tables.ecosystem

    def values(net: Network) -> eg.Table:
        return eg.constraint(net).table

    there = eco.network("ARC", kinds="Actor", strength="hours", parallel="sum")
    back = eco.network("ARC", kinds="Actor", strength="hours", parallel="sum", direction="reversed")
    assert values(there) == values(back)
    found = eg.constraint(there)
    some = found["contacts"] > 0
    assert np.isnan(found["constraint"]).tolist() == (~some).tolist()
    # by contacts that know nothing of each other it is the sum of squared shares, which is the least possible
    assert (found["constraint"][some] * found["contacts"][some] > 1 - 1e-12).all()
    assert (found["constraint"][some] <= 2).all()
