"""Degree: Padgett's marriages, networkx on random graphs, and its laws."""

import csv
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from tests.strategies import keyed, made, made_ecosystems, networkx_of


def test_padgett_marriages(reference: Path) -> None:
    with (reference / "published_tables" / "florentine_centrality_sna.csv").open() as file:
        published = {row["family"]: int(row["degree"]) for row in csv.DictReader(file)}
    found = eg.degree(eg.dataset("florentine").network("MARRIAGE"))
    assert dict(zip(found["id"], found["degree"].tolist(), strict=True)) == published
    centralisation = (max(published.values()) * 16 - sum(published.values())) / (15 * 14)
    assert round(centralisation, 5) == 0.26667


def test_southern_women(women) -> None:
    found = eg.degree(women.view)
    by_name = dict(zip(found["id"], found["share"].tolist(), strict=True))
    assert by_name == pytest.approx(women.of("bipartite_degree"), abs=1e-9)
    ranks = dict(zip(found["id"], found["rank"].tolist(), strict=True))
    assert [ranks[name] for name in ("E8", "E9", "E7", "Nora Fayette", "Evelyn Jefferson")] == [1, 2, 3, 1, 1]


@pytest.mark.parametrize(("relation", "simple"), [("ARC", nx.DiGraph), ("TIE", nx.Graph)])
def test_it_equals_networkx(relation: str, simple: type, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed).ecosystem
        graph, found = networkx_of(eco, relation), eg.degree(eco.network(relation, kinds="Actor"))
        assert keyed(found, "relations") == dict(graph.degree())
        assert keyed(found, "degree") == dict(simple(graph).degree())
        shares = nx.degree_centrality(simple(graph))
        assert keyed(found, "share") == pytest.approx(
            {node: share / (1 + graph.is_directed()) for node, share in shares.items()}
        )
        if relation == "ARC":
            assert keyed(found, "in_degree") == dict(simple(graph).in_degree())
            assert keyed(found, "out_degree") == dict(simple(graph).out_degree())


@given(made_ecosystems)
def test_ends_are_twice_the_relations(tables) -> None:
    eco = tables.ecosystem
    for relation in ("ARC", "TIE"):
        rows = len(eco.relations(relation))
        assert eg.degree(eco.network(relation, kinds="Actor"))["relations"].sum() == 2 * rows
    two_sides = eg.degree(eco.two_mode("Actor -JOINS-> Project"))
    on_left = np.isin(two_sides["kind"].astype(str), ["Project"], invert=True)
    assert two_sides["degree"][on_left].sum() == two_sides["degree"][~on_left].sum()
    arcs = eg.degree(eco.network("ARC", kinds="Actor"))
    assert arcs["in_degree"].sum() == arcs["out_degree"].sum() == len(eco.network("ARC", kinds="Actor").arcs)


def test_reversing_swaps_in_and_out() -> None:
    eco = made(3).ecosystem
    there = eg.degree(eco.network("ARC", kinds="Actor"))
    back = eg.degree(eco.network("ARC", kinds="Actor", direction="reversed"))
    assert there["in_degree"].tolist() == back["out_degree"].tolist()
    assert there["degree"].tolist() == back["degree"].tolist()


def test_it_says_why() -> None:
    found = eg.degree(eg.dataset("florentine").network("MARRIAGE"))
    assert found.explain("Medici") == "Medici is joined to 6 others by 6 relations: 6 arcs out, 6 in."
