"""Eigenvector centrality: Padgett's families, networkx and igraph on random graphs, and its laws."""

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.centrality.conftest import in_eighths
from tests.strategies import GRAPH, made_ecosystems


def test_padgett_families(padgett) -> None:
    found = eg.eigenvector(eg.dataset("florentine").network("MARRIAGE"))
    published = {family: float(row["evcent"]) for family, row in padgett.items()}
    assert dict(zip(found["id"], found["eigenvector"].tolist(), strict=True)) == pytest.approx(published, abs=1e-9)


@pytest.mark.parametrize("weighted", [False, True])
def test_without_direction_it_equals_networkx_and_igraph(weighted: bool, rounds) -> None:
    for seed in range(rounds(30, 300)):
        roles = {"strength": "hours", "parallel": "sum"} if weighted else {}
        net = in_eighths(seed, n=20, m=60).ecosystem.network("TIE", kinds="Actor", **roles)
        found = eg.eigenvector(net)["eigenvector"]
        matrix = net.to_scipy("strength")
        graph = nx.from_scipy_sparse_array(matrix)
        largest = max(
            nx.connected_components(graph), key=lambda nodes: np.linalg.norm(matrix.toarray()[list(nodes)], 2)
        )
        part = graph.subgraph(largest)
        if len(part) < 3:
            continue
        expected = nx.eigenvector_centrality_numpy(part, weight="weight")
        assert {node: found[node] for node in part} == pytest.approx(expected, abs=1e-12)
        places = sorted(part)
        edges = [(places.index(one), places.index(other)) for one, other in part.edges]
        # igraph counts a self-tie twice.
        weights = [data["weight"] / (1 + (one == other)) for one, other, data in part.edges(data=True)]
        other = np.array(igraph.Graph(len(part), edges).eigenvector_centrality(weights=weights))
        assert found[places] == pytest.approx(other / np.linalg.norm(other), abs=1e-9)


@pytest.mark.parametrize("weighted", [False, True])
def test_with_direction_it_equals_networkx(weighted: bool, rounds) -> None:
    compared = 0
    for seed in range(rounds(30, 300)):
        roles = {"strength": "hours", "parallel": "sum"} if weighted else {}
        net = in_eighths(seed, n=15, m=60).ecosystem.network("ARC", kinds="Actor", **roles)
        matrix = net.to_scipy("strength")
        found = eg.eigenvector(net)
        if found["note"][0]:
            continue
        graph = nx.from_scipy_sparse_array(matrix, create_using=nx.DiGraph)
        expected = nx.eigenvector_centrality(graph, weight="weight", max_iter=100_000, tol=1e-14)
        assert found["eigenvector"] == pytest.approx([expected[node] for node in range(net.n)], abs=1e-10)
        compared += 1
    assert compared > 15


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_a_large_network_and_a_small_one_are_decomposed_alike(relation: str) -> None:
    net = in_eighths(2, n=900, m=9_000).ecosystem.network(relation, kinds="Actor", strength="hours", parallel="sum")
    found = eg.eigenvector(net)["eigenvector"]
    values, vectors = np.linalg.eig(net.to_scipy("strength").toarray().T)
    largest = np.abs(vectors[:, np.argmax(values.real)].real)
    assert found == pytest.approx(largest, abs=1e-12)


@given(made_ecosystems)
def test_it_solves_the_equation(tables) -> None:
    for relation in ("ARC", "TIE"):
        net = tables.ecosystem.network(relation, kinds="Actor", strength="hours", parallel="sum")
        found = eg.eigenvector(net)
        if not net.n or found["note"][0]:
            assert np.isnan(found["eigenvector"]).all()
            continue
        given = net.to_scipy("strength").T @ found["eigenvector"]
        value = given @ found["eigenvector"]
        assert given == pytest.approx(value * found["eigenvector"], abs=1e-9 * value)
        assert (found["eigenvector"] ** 2).sum() == pytest.approx(1, rel=1e-12)


def test_equal_components_share_and_with_direction_none_has_it() -> None:
    nodes = {"Maker": {"id": ["a", "b", "c", "d", "e"]}}
    pairs = {"source": ["a", "c"], "target": ["b", "d"]}
    found = eg.eigenvector(eg.from_tables(nodes, {"TIE": pairs}, GRAPH).network("TIE"))
    assert found["eigenvector"].tolist() == pytest.approx([0.5] * 4 + [0], abs=1e-15)
    rounds = {"source": ["a", "b", "c", "d"], "target": ["b", "a", "d", "c"]}
    found = eg.eigenvector(eg.from_tables(nodes, {"ARC": rounds}, GRAPH).network("ARC"))
    assert set(found["note"]) == {"several strong components are equally large"}
    assert found.explain("a") == "a has no value: several strong components are equally large."
    found = eg.eigenvector(eg.from_tables(nodes, {"ARC": pairs}, GRAPH).network("ARC"))
    assert set(found["note"]) == {"no way leads round"} and np.isnan(found["rank"]).all()


def test_it_says_why() -> None:
    found = eg.eigenvector(eg.dataset("florentine").network("MARRIAGE"))
    assert found.explain("Pazzi") == "Pazzi has 0.04481; neighbours that give to it: 1, most from Salviati (100.0%)."
