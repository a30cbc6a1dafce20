"""Katz centrality: a path by hand, networkx and a direct solution on random graphs, and its laws."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError
from tests.metrics.centrality.conftest import in_eighths, simple
from tests.strategies import GRAPH, keyed, made_ecosystems


def test_a_path_of_three_by_hand() -> None:
    arcs = {"source": ["a", "b"], "target": ["b", "c"]}
    net = eg.from_tables({"Maker": {"id": ["a", "b", "c", "d"]}}, {"ARC": arcs}, GRAPH).network("ARC")
    assert eg.katz(net, attenuation=0.5)["katz"].tolist() == [1, 1.5, 1.75, 1]
    assert eg.katz(net, attenuation=3)["katz"].tolist() == [1, 4, 13, 1]  # no way leads round
    assert eg.katz(net)["attenuation"].tolist() == [0] * 4


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
@pytest.mark.parametrize("weighted", [False, True])
def test_it_equals_networkx(relation: str, weighted: bool, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = in_eighths(seed).ecosystem
        roles = {"strength": "hours", "parallel": "sum"} if weighted else {}
        found = eg.katz(eco.network(relation, kinds="Actor", **roles))
        expected = nx.katz_centrality_numpy(
            simple(eco, relation, sum),
            alpha=found["attenuation"][0],
            weight="hours" if weighted else None,
            normalized=False,
        )
        assert keyed(found, "katz") == pytest.approx(expected, rel=1e-13)


@given(made_ecosystems, st.floats(0, 0.95))
def test_it_solves_the_equation_up_to_the_largest_factor(tables, part: float) -> None:
    net = tables.ecosystem.network("ARC", kinds="Actor", strength="hours", parallel="sum")
    if not net.n:
        return
    largest = max(abs(np.linalg.eigvals(net.to_scipy("strength").toarray())), default=0)
    factor = part / largest if largest > 1e-6 else part
    found = eg.katz(net, attenuation=factor)["katz"]
    assert found == pytest.approx(1 + factor * (net.to_scipy("strength").T @ found), rel=1e-12)
    assert (found >= 1).all()


@pytest.mark.parametrize("attenuation", [-0.1, 10.0, float("nan"), float("inf")])
def test_the_factor_is_checked(attenuation: float) -> None:
    with pytest.raises(ParameterError, match=r"attenuation=.*; allowed"):
        eg.katz(in_eighths(1).ecosystem.network("TIE"), attenuation=attenuation)


def test_it_says_why() -> None:
    found = eg.katz(eg.dataset("florentine").network("MARRIAGE"), attenuation=0.1)
    assert found.explain("Pucci") == "Pucci has 1: 1 of its own, 0 from its neighbours, 0 from further away."
