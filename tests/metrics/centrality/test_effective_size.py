"""Effective size: the Medici, hand cases, networkx on random graphs, Borgatti's short cut, and laws."""

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.centrality.burt import by_networkx, ties_that_count
from tests.metrics.community.known import tied
from tests.strategies import GRAPH, keyed, made, made_ecosystems


def row(result: eg.Result, node: str) -> dict[str, float]:
    return next(one for one in result.table.rows() if one["id"] == node)


def test_the_medici() -> None:
    found = eg.effective_size(eg.dataset("florentine").network("MARRIAGE"))
    assert row(found, "Medici")["effective_size"] == pytest.approx(17 / 3)
    assert row(found, "Medici")["efficiency"] == pytest.approx(17 / 18)
    assert found.explain("Medici") == (
        "Medici: its 6 contacts are worth 5.667 who know nothing of each other (94.4%); the one that repeats the "
        "others most is Ridolfi, by 16.7%."
    )
    assert "相当于 5.667 个互不相识的联系人" in found.explain("Medici", language="zh")


def test_a_star_a_clique_and_a_lone_node() -> None:
    graph = nx.Graph([*(("hub", leaf) for leaf in "abcd"), *nx.complete_graph("wxyz").edges])
    graph.add_node("alone")
    found = eg.effective_size(tied(graph))
    assert (row(found, "hub")["effective_size"], row(found, "hub")["efficiency"]) == (4, 1)
    assert row(found, "w")["effective_size"] == pytest.approx(1)
    assert row(found, "w")["efficiency"] == pytest.approx(1 / 3)
    assert row(found, "a")["effective_size"] == 1
    assert math.isnan(row(found, "alone")["effective_size"]) and row(found, "alone")["note"] == "no contacts"
    assert found.explain("hub") == "hub: its 4 contacts are worth 4 who know nothing of each other (100.0%)."
    assert found.explain("alone", language="zh") == "alone 没有联系人。"


def test_strengths_count_by_hand() -> None:
    ties = {"source": list("aabb"), "target": list("bccb"), "hours": [3.0, 1.0, 2.0, 9.0]}
    eco = eg.from_tables({"Maker": {"id": list("abc")}}, {"TIE": ties}, GRAPH)
    found = eg.effective_size(eco.network("TIE", strength="hours"))
    # to a, b repeats c by 1/4 of a's ties times 2/3 of b's strongest, c repeats b by 3/4 times 2/2
    assert row(found, "a")["effective_size"] == pytest.approx(2 - 1 / 4 * 2 / 3 - 3 / 4)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_networkx(relation: str, weighted: bool, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed, m=90).ecosystem
        graph = ties_that_count(eco, relation, weighted)
        options = {"strength": "hours", "parallel": "sum"} if weighted else {}
        found = eg.effective_size(eco.network(relation, kinds="Actor", **options))
        expected = by_networkx(nx.effective_size, graph, "hours" if weighted else None)
        assert keyed(found, "effective_size") == pytest.approx(expected, rel=1e-9, nan_ok=True)


@given(made_ecosystems)
def test_it_lies_between_one_and_contacts_and_without_strengths_follows_from_clustering(tables) -> None:
    eco = tables.ecosystem
    for options in ({}, {"strength": "hours", "parallel": "sum"}):
        found = eg.effective_size(eco.network("ARC", kinds="Actor", **options))
        some = found["contacts"] > 0
        sizes, contacts = found["effective_size"][some], found["contacts"][some]
        assert (sizes >= 1 - 1e-12).all() and (sizes <= contacts).all()
        assert found["efficiency"][some] == pytest.approx(sizes / contacts)
    net = eco.network("TIE", kinds="Actor")
    found, joined = eg.effective_size(net), eg.clustering(net)
    contacts = np.maximum(found["contacts"], 1)
    expected = np.where(found["contacts"] > 0, contacts - 2 * joined["triangles"] / contacts, np.nan)
    assert found["effective_size"] == pytest.approx(expected, nan_ok=True)
