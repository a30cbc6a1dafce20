"""Reciprocity: closed forms, networkx on random graphs, and laws."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from tests.strategies import made, made_ecosystems, networkx_of


def first(result: eg.Result) -> dict[str, float]:
    return next(iter(result.table.rows()))


def test_three_arcs_by_hand() -> None:
    taught = {"source": ["a", "b", "a"], "target": ["b", "a", "c"]}
    found = first(
        eg.reciprocity(eg.from_tables({"Maker": {"id": ["a", "b", "c"]}}, {"TEACHES": taught}).network("TEACHES"))
    )
    assert (found["reciprocity"], found["mutual"], found["arcs"]) == (pytest.approx(2 / 3), 2, 3)
    assert found["beyond_chance"] == pytest.approx((2 / 3 - 1 / 2) / (1 - 1 / 2))


def test_it_equals_networkx(rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed).ecosystem
        peer = nx.DiGraph(networkx_of(eco, "ARC"))
        peer.remove_edges_from(list(nx.selfloop_edges(peer)))
        found = first(eg.reciprocity(eco.network("ARC", kinds="Actor")))
        assert found["arcs"] == peer.number_of_edges()
        assert found["reciprocity"] == pytest.approx(nx.overall_reciprocity(peer), rel=1e-12)


@given(made_ecosystems)
def test_direction_turned_round_changes_nothing_and_without_direction_all_is_answered(tables) -> None:
    eco = tables.ecosystem
    there = eg.reciprocity(eco.network("ARC", kinds="Actor"))
    assert there.table == eg.reciprocity(eco.network("ARC", kinds="Actor", direction="reversed")).table
    both = first(eg.reciprocity(eco.network("ARC", kinds="Actor", direction="both")))
    assert np.isnan(both["reciprocity"]) or both["reciprocity"] == 1


def test_a_full_network_leaves_nothing_to_chance() -> None:
    taught = {"source": ["a", "b"], "target": ["b", "a"]}
    net = eg.from_tables({"Maker": {"id": ["a", "b"]}}, {"TEACHES": taught}).network("TEACHES")
    found = eg.reciprocity(net)
    assert found["reciprocity"].tolist() == [1.0]
    assert np.isnan(found["beyond_chance"][0])
    assert found["note"].tolist() == ["every pair is joined both ways"]
    assert "随机" in found.explain(language="zh")
