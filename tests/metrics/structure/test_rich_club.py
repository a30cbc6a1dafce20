"""Rich club: clubs and hubs apart by hand, networkx on random graphs, p under its null, and laws."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

import ecograph as eg
from ecograph.errors import ParameterError
from ecograph.methods.rewiring import Swaps
from tests.metrics.community.known import tied
from tests.strategies import made, made_ecosystems, networkx_of


def rows(result: eg.Result) -> dict[int, dict[str, float]]:
    return {int(row["group"]): row for row in result.table.rows()}


def hubs(club: bool) -> "nx.Graph[str]":
    """Six hubs of twelve partners each, joined to one another or each to five more leaves."""
    graph = nx.Graph((f"h{hub}", f"l{hub}-{leaf}") for hub in range(6) for leaf in range(12 if club else 17))
    if club:
        graph.add_edges_from(nx.complete_graph([f"h{hub}" for hub in range(6)]).edges)
    graph.add_edges_from((f"m{one}", f"m{one + 1}") for one in range(0, 80, 2))
    return graph


def test_hubs_make_a_club_or_leave_each_other_alone() -> None:
    club = eg.rich_club(tied(hubs(club=True)))
    found = rows(club)
    assert list(found) == [1]  # all have more than none; those with more than one neighbour are the hubs
    assert (found[1]["rich_club"], found[1]["nodes"], found[1]["ties"], found[1]["p"]) == (1, 6, 15, 0.01)
    assert found[1]["ratio"] == pytest.approx(1 / found[1]["expected"]) and found[1]["ratio"] > 1.3
    assert club.explain(group="1").startswith(
        "The 6 nodes with more than 1 neighbours have 15 ties among themselves, 100.0% of their pairs; in networks"
    )
    assert "邻居多于 1 个的 6 个节点之间有 15 条联系" in club.explain(group="1", language="zh")
    apart = rows(eg.rich_club(tied(hubs(club=False))))
    assert apart[1]["rich_club"] == 0 and apart[1]["p"] == 1 and apart[1]["z"] < -3


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_networkx(relation: str, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed, m=90).ecosystem
        graph = nx.Graph(networkx_of(eco, relation).to_undirected())
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        peer = nx.rich_club_coefficient(graph, normalized=False)
        found = rows(eg.rich_club(eco.network(relation, kinds="Actor"), samples=2, seed=seed))
        degrees = sorted({degree for _, degree in graph.degree})
        assert list(found) == [one for one in degrees if one in peer]
        for degree, row in found.items():
            assert row["rich_club"] == pytest.approx(peer[degree], rel=1e-12)
            assert row["nodes"] == sum(one > degree for _, one in graph.degree)


def test_p_is_uniform_under_the_null(rounds) -> None:
    trials = rounds(150, 1_000)
    ends = np.array(nx.barabasi_albert_graph(40, 3, seed=2).edges, np.int32).T
    start = Swaps(40, *map(np.ascontiguousarray, ends), directed=False, kinds=np.zeros(40, np.int32))
    networks, _ = start.measured(lambda drawn: np.stack(drawn, axis=1).tolist(), samples=trials, attempts=50, seed=9)
    found = []
    for trial, pairs in enumerate(networks):
        by_degree = rows(eg.rich_club(tied(nx.Graph(pairs)), samples=99, attempts=5, seed=trial))
        found.append(by_degree[7]["p"])
    for level in (0.01, 0.05, 0.10):
        low, high = binom.interval(0.999, trials, level)
        assert low <= (np.array(found) <= level + 1e-12).sum() <= high


@given(made_ecosystems, st.sampled_from(["degrees", "kinds"]), st.integers(0, 5))
def test_direction_is_left_aside_and_numbers_keep_together(tables, keep: str, seed: int) -> None:
    eco = tables.ecosystem
    options = {"keep": keep, "samples": 4, "attempts": 3, "seed": seed}
    found = eg.rich_club(eco.network("ARC", kinds="Actor"), **options)
    assert found.table == eg.rich_club(eco.network("ARC", kinds="Actor", direction="both"), **options).table
    for row in rows(found).values():
        assert row["rich_club"] == pytest.approx(2 * row["ties"] / (row["nodes"] * (row["nodes"] - 1)))
    assert (np.diff(found["nodes"]) < 0).all() and (np.diff(found["ties"]) <= 0).all()


def test_where_nothing_is_expected_there_is_a_reason() -> None:
    ties = {"source": list("aaabbb"), "target": list("vwxvwx")}
    nodes = {"Maker": {"id": list("ab")}, "Enterprise": {"id": list("vwx")}}
    net = eg.from_tables(nodes, {"COLLABORATES": ties}).network("COLLABORATES")
    found = eg.rich_club(net, keep="kinds", samples=9)
    assert found["note"].tolist() == ["ratio: nothing is expected; z: all draws are equal"]
    assert len(eg.rich_club(tied(nx.empty_graph(5)))) == 0


def test_numbers_are_checked() -> None:
    for wrong in ({"samples": 0}, {"attempts": 0}, {"seed": -1}, {"keep": "all"}):
        with pytest.raises(ParameterError, match=f"{next(iter(wrong))}="):
            eg.rich_club(tied(nx.path_graph(4)), **wrong)
