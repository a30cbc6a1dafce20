"""Significance of a partition: plain communities and none, p under its null, what is kept, and laws."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

import ecograph as eg
from ecograph.errors import ParameterError
from ecograph.methods.rewiring import Swaps
from tests.metrics.community.known import BEST_OF_WOMEN, grouped, tied, women
from tests.strategies import made, made_ecosystems


def row(result: eg.Result) -> dict[str, float]:
    return next(iter(result.table.rows()))


def test_a_ring_of_cliques_has_communities_and_a_random_network_none() -> None:
    plain = eg.partition_significance(tied(nx.connected_caveman_graph(6, 6)))
    assert row(plain)["p"] == 0.01 and row(plain)["z"] > 8
    assert row(plain)["modularity"] == pytest.approx(nx_best(nx.connected_caveman_graph(6, 6)))
    assert plain.findings.counts() == {} and row(plain)["memory"] < 0.02 and row(plain)["acceptance"] > 0.5
    assert plain.explain() == (
        f"The modularity is {row(plain)['modularity']:.4f}; the best communities of networks drawn with the same "
        f"degrees have {row(plain)['expected']:.4f} on average, and a share of 0.010 have as much."
    )
    assert "保持相同度的随机网络" in plain.explain(language="zh")
    random = row(eg.partition_significance(tied(nx.gnm_random_graph(40, 80, seed=1))))
    assert random["p"] > 0.1 and random["modularity"] > 0.3


def nx_best(graph: "nx.Graph[int]") -> float:
    return max(nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=seed)) for seed in range(9))


def test_p_is_uniform_under_the_null(rounds) -> None:
    trials = rounds(100, 1_000)
    ends = np.array(nx.connected_caveman_graph(5, 4).edges, np.int32).T
    start = Swaps(20, *map(np.ascontiguousarray, ends), directed=False, kinds=np.zeros(20, np.int32))
    networks, _ = start.measured(lambda drawn: np.stack(drawn, axis=1).tolist(), samples=trials, attempts=50, seed=9)
    found = [
        row(eg.partition_significance(tied(nx.Graph(pairs)), samples=99, attempts=5, seed=trial))["p"]
        for trial, pairs in enumerate(networks)
    ]
    for level in (0.01, 0.05, 0.10):
        low, high = binom.interval(0.999, trials, level)
        assert low <= (np.array(found) <= level + 1e-12).sum() <= high


def test_two_modes_are_traded_and_given_groups_are_measured_as_they_stand() -> None:
    view = women()
    best = grouped(view, (group.split(",") for group in BEST_OF_WOMEN))
    found = row(eg.partition_significance(view, by=best, starts=5))
    assert found["modularity"] == pytest.approx(0.3455372, abs=5e-8) and found["p"] == 0.01
    whole = row(eg.partition_significance(view, by="kind", samples=9))
    assert whole["modularity"] == pytest.approx(float(eg.modularity(view, by="kind")["modularity"][0]))
    assert whole["p"] == 1 and whole["expected"] == pytest.approx(found["expected"], abs=0.03)
    swapped = row(eg.partition_significance(view, keep="kinds", starts=5))
    assert swapped["expected"] == pytest.approx(found["expected"], abs=0.01)


def test_kinds_that_keep_to_themselves_are_no_communities_when_kinds_are_kept() -> None:
    random = np.random.default_rng(1)
    ids = {kind: [f"{kind}{number}" for number in range(30)] for kind in ("Maker", "Enterprise")}
    pairs = {tuple(sorted(random.choice(ids[kind], 2, replace=False))) for kind in ids for _ in range(90)}
    ties = {"source": [str(one) for one, _ in pairs], "target": [str(other) for _, other in pairs]}
    nodes = {kind: {"id": names} for kind, names in ids.items()}
    net = eg.from_tables(nodes, {"COLLABORATES": ties}).network("COLLABORATES")
    assert row(eg.partition_significance(net))["p"] == 0.01
    assert row(eg.partition_significance(net, keep="kinds"))["p"] > 0.05
    assert "分类型的度" in eg.partition_significance(net, keep="kinds", samples=1).explain(language="zh")


@settings(max_examples=15)
@given(made_ecosystems, st.sampled_from(["ARC", "TIE"]), st.sampled_from(["degrees", "kinds"]), st.integers(0, 9))
def test_its_modularity_is_that_of_the_groups(tables, relation: str, keep: str, seed: int) -> None:
    net = tables.ecosystem.network(relation, kinds="Actor")
    found = row(eg.partition_significance(net, by="kind", keep=keep, samples=3, attempts=2, seed=seed))
    if found["note"] == "no ties":
        return
    apart = [(a, b) for a, b in zip(*(net.arcs.out_sources, net.arcs.out_targets), strict=True) if a != b]
    peer = (nx.DiGraph if net.directed else nx.Graph)(apart)
    kinds = net.nodes.kinds.to_pylist()
    groups = [{node for node in peer if kinds[node] == kind} for kind in sorted(set(kinds))]
    assert found["modularity"] == pytest.approx(nx.community.modularity(peer, groups), abs=1e-12)
    assert round(found["p"] * 4) == pytest.approx(found["p"] * 4)


def test_what_stays_where_it_was_is_a_finding() -> None:
    found = eg.partition_significance(tied(nx.connected_caveman_graph(200, 4)), samples=4, attempts=1)
    assert found.findings.counts() == {"not_mixed": 1} and row(found)["memory"] > 0.05
    group = eg.partition_significance(made(5).ecosystem.network("TIE", kinds="Actor"), by="group", samples=2)
    assert group.findings.counts()["no_label"] > 0


def test_numbers_are_checked() -> None:
    for wrong in ({"samples": 0}, {"attempts": 0}, {"starts": 0}, {"seed": -1}, {"resolution": -1}, {"keep": "all"}):
        with pytest.raises(ParameterError, match=f"{next(iter(wrong))}="):
            eg.partition_significance(tied(nx.path_graph(4)), **wrong)
