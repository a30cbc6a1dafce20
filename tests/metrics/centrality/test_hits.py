"""Hubs and authorities: networkx and igraph on random graphs, and their laws."""

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.centrality.conftest import in_eighths
from tests.strategies import CASES, made_ecosystems


@pytest.mark.parametrize("weighted", [False, True])
def test_it_equals_networkx(weighted: bool, rounds) -> None:
    for seed in range(rounds(30, 300)):
        roles = {"strength": "hours", "parallel": "sum"} if weighted else {}
        net = in_eighths(seed, n=20, m=90).ecosystem.network("ARC", kinds="Actor", **roles)
        hubs, authorities = nx.hits(nx.from_scipy_sparse_array(net.to_scipy("strength"), create_using=nx.DiGraph))
        found = eg.hits(net)
        assert found["hub"] == pytest.approx([hubs[node] for node in range(net.n)], abs=1e-12)
        assert found["authority"] == pytest.approx([authorities[node] for node in range(net.n)], abs=1e-12)


@pytest.mark.filterwarnings("ignore:More than 30% of hub")
def test_it_equals_igraph(rounds) -> None:
    for seed in range(rounds(30, 300)):
        net = in_eighths(seed, n=20, m=90).ecosystem.network("ARC", kinds="Actor")
        ends = np.column_stack([net.arcs.out_sources, net.arcs.out_targets])
        graph = igraph.Graph(net.n, ends.tolist(), directed=True)
        found = eg.hits(net)
        for column, peer in (("hub", graph.hub_score()), ("authority", graph.authority_score())):
            assert found[column] == pytest.approx(np.array(peer) / sum(peer), abs=1e-10)


@given(made_ecosystems)
def test_each_gives_the_other_and_turning_the_arcs_swaps_them(tables) -> None:
    eco = tables.ecosystem
    options = {"kinds": "Actor", "strength": "hours", "parallel": "sum"}
    net = eco.network("ARC", **options)
    found = eg.hits(net)
    if not net.n or found["note"][0]:
        assert np.isnan(found["hub"]).all()
        return
    matrix = net.to_scipy("strength")
    hubs, authorities = matrix @ found["authority"], matrix.T @ found["hub"]
    assert hubs / hubs.sum() == pytest.approx(found["hub"], abs=1e-9)
    assert authorities / authorities.sum() == pytest.approx(found["authority"], abs=1e-9)
    assert found["hub"].sum() == pytest.approx(1, rel=1e-12)


def test_without_direction_hubs_are_authorities() -> None:
    found = eg.hits(CASES["dense"].ecosystem.network("TIE", kinds="Actor"))
    assert found["hub"] == pytest.approx(found["authority"], abs=1e-14)


def test_it_says_why() -> None:
    taught = {"source": ["a", "b", "b"], "target": ["c", "c", "d"]}
    found = eg.hits(eg.from_tables({"Maker": {"id": list("abcd")}}, {"TEACHES": taught}).network("TEACHES"))
    assert found.explain("c").startswith(
        "c has 61.80% of the authority, as hubs point to it, and 0.00% of the hub score"
    )
