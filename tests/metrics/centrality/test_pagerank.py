"""PageRank: hand values, networkx on random graphs, and its laws."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError
from ecograph.views import TwoMode
from tests.strategies import keyed, made, made_ecosystems, networkx_of


def test_two_nodes_by_hand() -> None:
    nodes = {"Maker": {"id": ["a", "b"]}}
    eco = eg.from_tables(nodes, {"TEACHES": {"source": ["a"], "target": ["b"]}})
    # b dangles: with x_a + x_b = 1, x_a = 0.85 x_b / 2 + 0.075
    share = (0.85 / 2 + 0.075) / (1 + 0.85 / 2)
    found = eg.pagerank(eco.network("TEACHES"))["pagerank"]
    assert found == pytest.approx([share, 1 - share], rel=1e-12)


@pytest.mark.parametrize(("relation", "simple"), [("ARC", nx.DiGraph), ("TIE", nx.Graph)])
@pytest.mark.parametrize("weighted", [False, True])
def test_it_equals_networkx(relation: str, simple: type, weighted: bool, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed, n=40, m=90).ecosystem
        peer = simple()
        peer.add_nodes_from(networkx_of(eco, relation))
        for one, other, data in networkx_of(eco, relation).edges(data=True):
            before = peer.get_edge_data(one, other, {"strength": 0.0})["strength"]
            peer.add_edge(one, other, strength=before + data["hours"])
        roles = {"strength": "hours", "parallel": "sum"} if weighted else {}
        found = keyed(eg.pagerank(eco.network(relation, kinds="Actor", **roles)), "pagerank")
        expected = nx.pagerank(peer, weight="strength" if weighted else None, tol=1e-14, max_iter=2_000)
        assert found == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_near_to_some_nodes_it_equals_networkx(relation: str, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed).ecosystem
        net = eco.network(relation, kinds="Actor", strength="hours", parallel="sum")
        makers = [place for place, kind in enumerate(net.nodes.kinds.to_pylist()) if kind == "Maker"]
        other = next(place for place in range(net.n) if place not in makers)
        name = f"{net.nodes.kinds[other]}:{net.nodes.ids[other]}"
        found = eg.pagerank(net, aims=["Maker", name])["pagerank"]
        graph = nx.from_scipy_sparse_array(net.to_scipy("strength"), create_using=nx.DiGraph)
        jumps = dict.fromkeys([*makers, other], 1)
        expected = nx.pagerank(graph, personalization=jumps, nstart=jumps, tol=1e-15, max_iter=5_000)
        assert found == pytest.approx(np.array([expected[place] for place in range(net.n)]), rel=1e-9, abs=1e-14)


def test_aims_are_ids_or_kinds_in_either_language() -> None:
    net = made(2).ecosystem.network("ARC", kinds="Actor")
    by_kind = eg.pagerank(net, aims=["创客"])
    ids = [name for name, kind in zip(by_kind["id"], by_kind["kind"], strict=True) if kind == "Maker"]
    assert by_kind.table == eg.pagerank(net, aims=["Maker"]).table == eg.pagerank(net, aims=ids).table
    assert by_kind.table != eg.pagerank(net).table
    assert eg.pagerank(net, aims=["Actor"]).table == eg.pagerank(net).table
    with pytest.raises(UnknownNameError, match="'nobody'"):
        eg.pagerank(net, aims=["nobody"])
    for aims in ([], ["Project"]):
        with pytest.raises(ParameterError, match="are no nodes of this view"):
            eg.pagerank(net, aims=aims)


@given(made_ecosystems, st.floats(0, 0.99))
def test_shares_add_up_and_solve_the_equation(tables, damping: float) -> None:
    net = tables.ecosystem.network("ARC", kinds="Actor", strength="hours", parallel="sum")
    shares = eg.pagerank(net, damping=damping)["pagerank"]
    if not net.n:
        assert not len(shares)
        return
    assert shares.sum() == pytest.approx(1, abs=1e-12)
    matrix = net.to_scipy("strength").toarray()
    sent = matrix.sum(axis=1)
    walk = np.where(sent[:, None] > 0, matrix / np.where(sent, sent, 1)[:, None], 1 / net.n)
    assert shares == pytest.approx(damping * walk.T @ shares + (1 - damping) / net.n, rel=1e-10)


@given(st.integers(0, 1000))
def test_doubling_every_strength_changes_nothing(seed: int) -> None:
    tables = made(seed)
    doubled = {
        name: {**rows, "hours": [2 * hours for hours in rows["hours"]]} for name, rows in tables.relations.items()
    }
    before, after = (
        eg.pagerank(one.ecosystem.network("ARC", kinds="Actor", strength="hours", parallel="sum"))["pagerank"]
        for one in (tables, type(tables)(tables.nodes, doubled))
    )
    assert before == pytest.approx(after, rel=1e-12)


@pytest.mark.parametrize("damping", [-0.1, 1, 1.5, float("nan")])
def test_damping_is_checked(damping: float) -> None:
    with pytest.raises(ParameterError, match="damping="):
        eg.pagerank(made(1).ecosystem.network("ARC"), damping=damping)


def test_it_says_where_the_visits_come_from() -> None:
    found = eg.pagerank(eg.dataset("florentine").network("MARRIAGE"))
    assert "most from" in found.explain("Medici")
    assert found.explain("Pucci").endswith("the rest from 0 nodes.")


def explicit(view: TwoMode, role: str | None) -> np.ndarray:
    """Ties of the first side as a dense matrix, the product formed."""
    joined = view.factors[0].toarray()
    for factor in view.factors[1:]:
        joined = joined @ factor.toarray()
    if role:
        joined = view.graph.to_scipy(role).toarray()[view.left][:, ~view.left]
    ties = joined @ joined.T
    np.fill_diagonal(ties, 0)
    return ties


STEPS = "Maker -ARC-> Enterprise <-ARC- University -JOINS-> Project"


@pytest.mark.parametrize("path", ["Actor -JOINS-> Project", "Project <-JOINS- Actor", STEPS])
@pytest.mark.parametrize("aimed", [False, True])
def test_a_side_is_walked_on_as_its_explicit_projection(path: str, aimed: bool, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed, n=30, m=70).ecosystem
        roles = {"strength": "hours", "parallel": "sum"} if seed % 2 and path != STEPS else {}
        view = eco.two_mode(path, **roles)
        ties = explicit(view, "strength" if roles else None)
        ids = view.nodes.ids.take(np.flatnonzero(view.left)).to_pylist()
        aims = ids[:2] if aimed else None
        found = eg.pagerank(view, side=view.sides[0], aims=aims)
        jumps = np.isin(ids, aims) / len(ids[:2]) if aimed else np.full(len(ids), 1 / len(ids))
        sent = ties.sum(axis=1)
        walk = np.where(sent[:, None] > 0, ties / np.where(sent > 0, sent, 1)[:, None], jumps)
        expected = np.linalg.solve(np.eye(len(ids)) - 0.85 * walk.T, 0.15 * jumps)
        assert found["id"].tolist() == ids
        assert found["pagerank"] == pytest.approx(expected, rel=1e-9)
        assert found["rank"].min() == 1


def test_of_a_side_it_says_where_the_visits_come_from() -> None:
    works = {"source": ["a", "b", "b", "c"], "target": ["p", "p", "q", "q"]}
    nodes = {"Maker": {"id": list("abcd")}, "Project": {"id": ["p", "q"]}}
    view = eg.from_tables(nodes, {"WORKS_ON": works}).two_mode("Maker -WORKS_ON-> Project")
    found = eg.pagerank(view, side="创客")
    assert found.table == eg.pagerank(view, side="Maker").table
    assert found["pagerank"][1] == found["pagerank"].max() and found["pagerank"][3] == found["pagerank"].min()
    assert "the rest from 1 nodes, most from b" in found.explain("a")
    assert "the rest from 0 nodes" in found.explain("d")


def test_the_side_is_checked() -> None:
    eco = made(1).ecosystem
    view = eco.two_mode("Actor -JOINS-> Project")
    with pytest.raises(ParameterError, match="side='Maker' is not a side of this view; allowed: Actor, Project"):
        eg.pagerank(view, side="Maker")
    with pytest.raises(ParameterError, match="a network has no sides"):
        eg.pagerank(eco.network("ARC"), side="Maker")
    with pytest.raises(UnknownNameError):
        eg.pagerank(view, side="Nobody")
    with pytest.raises(ParameterError, match="are no nodes of this side"):
        eg.pagerank(view, side="Project", aims=["Maker"])
