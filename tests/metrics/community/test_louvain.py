"""Louvain: a hand case, networkx on random graphs, and what it shares with Leiden."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError
from tests.metrics.community.known import tied, women
from tests.strategies import keyed, made, made_ecosystems, networkx_of


def reached(view, found: eg.Result, **options: float) -> float:
    return float(eg.modularity(view, by=found, **options)["modularity"][0])


def test_two_triangles_by_hand() -> None:
    net = tied(nx.Graph([("a", "b"), ("b", "c"), ("a", "c"), ("d", "e"), ("e", "f"), ("d", "f"), ("c", "d")]))
    found = eg.louvain(net, starts=1)
    assert keyed(found, "community") == {("Maker", one): 1 + (one > "c") for one in "abcdef"}
    assert found["size"].tolist() == [3] * 6
    assert found.explain("a") == (
        "a is in community 1, which has 3 of 6 nodes and 100.0% of what a carries; the 2 communities have a modularity "
        "of 0.3571."
    )


def test_karate_and_the_southern_women_come_to_their_published_optima() -> None:
    karate = tied(nx.karate_club_graph())
    assert reached(karate, eg.louvain(karate)) == pytest.approx(0.4197896, abs=5e-8)
    assert reached(women(), eg.louvain(women())) == pytest.approx(0.3455372, abs=5e-8)


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_is_as_good_as_networkx_on_the_whole(relation: str, rounds) -> None:
    ours, theirs = [], []
    for seed in range(rounds(30, 300)):
        eco = made(seed, n=60, m=150).ecosystem
        multiple = networkx_of(eco, relation)
        peer = (nx.DiGraph if multiple.is_directed() else nx.Graph)(multiple)
        for _, _, data in peer.edges(data=True):
            data.clear()
        net = eco.network(relation, kinds="Actor")
        ours += [reached(net, eg.louvain(net, seed=start, starts=1)) for start in range(5)]
        rivals = [nx.community.louvain_communities(peer, seed=start) for start in range(5)]
        theirs += [nx.community.modularity(peer, parts) for parts in rivals]
    assert np.mean(ours) >= np.mean(theirs) - 0.002


@given(made_ecosystems, st.sampled_from(["ARC", "TIE"]), st.integers(0, 50))
def test_communities_lie_in_components_and_are_no_worse(tables, relation: str, seed: int) -> None:
    net = tables.ecosystem.network(relation, kinds="Actor")
    found = eg.louvain(net, seed=seed, starts=3)
    pairs = set(zip(found["community"].tolist(), eg.components(net)["component"].tolist(), strict=True))
    assert len(pairs) == len(set(found["community"].tolist()))
    value = reached(net, found)
    assert np.isnan(value) or value >= reached(net, eg.components(net)) - 1e-12


def test_what_has_no_meaning_is_refused() -> None:
    net = made(5).ecosystem.network("ARC")
    for wrong in ({"resolution": -0.1}, {"seed": -1}, {"starts": 0}):
        with pytest.raises(ParameterError, match=f"{next(iter(wrong))}="):
            eg.louvain(net, **wrong)
