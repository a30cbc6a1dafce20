"""Modularity: published partitions, hand values, networkx on random graphs, a slow twin of Barber's, and laws."""

import csv
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, ViewError
from tests.metrics.community.known import BEST_OF_WOMEN, EVELYN, grouped, labelled, tied, two_sided, women
from tests.oracles.modularity import barber, leicht_newman
from tests.strategies import made, made_ecosystems, networkx_of

FIRST_OF_WOMEN = [*EVELYN.split(","), "Eleanor Nye", "Pearl Oglethorpe", "Ruth DeSand"]
"""The first of the two groups that Davis, Gardner & Gardner saw."""
NORA = "Nora Fayette,Myra Liddel,Katherina Rogers,Sylvia Avondale,Helen Lloyd"
PEARL = "Pearl Oglethorpe,Dorothy Murchison,Olivia Carleton,Flora Price"
BEST_FEW = {
    0.3211716: (
        f"{EVELYN},Eleanor Nye,Ruth DeSand,E1,E2,E3,E4,E5,E6,E7",
        f"{NORA},{PEARL},Verne Sanderson,E8,E9,E10,E11,E12,E13,E14",
    ),
    0.3451584: (
        f"{EVELYN},Eleanor Nye,E1,E2,E3,E4,E5,E6,E7",
        f"{NORA},E10,E12,E13,E14",
        f"{PEARL},Ruth DeSand,Verne Sanderson,E8,E9,E11",
    ),
}
"""The best two and the best three modules of the Southern women, by trying all groups of events (Barber 2007)."""


def value(result: eg.Result) -> float:
    return float(result["modularity"][0])


def test_karate_has_its_published_optimum(reference: Path) -> None:
    with (reference / "published_tables" / "karate_optimal_partition.csv").open() as file:
        label_of = {row["node"]: row["module"] for row in csv.DictReader(file)}
    net = tied(nx.karate_club_graph())
    found = eg.modularity(net, by=labelled(net, label_of))
    assert value(found) == pytest.approx(0.4197896, abs=5e-8) and found["groups"].tolist() == [4]


def test_southern_women_have_their_published_modules() -> None:
    view = women()
    best = eg.modularity(view, by=grouped(view, (group.split(",") for group in BEST_OF_WOMEN)))
    assert value(best) == pytest.approx(0.3455372, abs=5e-8) and best["groups"].tolist() == [4]
    joined = nx.davis_southern_women_graph()
    sides = {node: node in FIRST_OF_WOMEN for node in joined.graph["top"]}
    # each event goes where most of its women are
    sides |= {node: 2 * sum(sides[one] for one in joined[node]) > len(joined[node]) for node in joined.graph["bottom"]}
    assert value(eg.modularity(view, by=labelled(view, sides))) == pytest.approx(0.3183941, abs=5e-8)
    for expected, modules in BEST_FEW.items():
        few = eg.modularity(view, by=grouped(view, (group.split(",") for group in modules)))
        assert value(few) == pytest.approx(expected, abs=5e-8)


def test_two_pairs_by_hand() -> None:
    net = tied(nx.Graph([("a", "b"), ("c", "d"), ("b", "c")]))
    # 4 of 6 ends stay inside; each pair has half the ends
    found = eg.modularity(net, by=grouped(net, ["ab", "cd"]))
    assert value(found) == pytest.approx(4 / 6 - 1 / 2) and found["within"][0] == pytest.approx(2 / 3)
    assert found.explain() == (
        "66.7% of the whole stays inside 2 groups; joined at random, 50.0% would: they hold together more than chance."
    )
    assert "组内联系多于随机" in found.explain(language="zh")
    assert value(eg.modularity(net, by=grouped(net, ["ab", "cd"]), resolution=2)) == pytest.approx(4 / 6 - 1)
    across = eg.modularity(net, by=grouped(net, ["ac", "bd"]))
    assert "less than chance" in across.explain()
    assert "as if by chance" in eg.modularity(net).explain()


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("resolution", [1.0, 0.4])
def test_it_equals_networkx(relation: str, weighted: bool, resolution: float, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed).ecosystem
        multiple = networkx_of(eco, relation)
        peer = (nx.DiGraph if multiple.is_directed() else nx.Graph)()
        peer.add_nodes_from(multiple)
        for one, other, data in multiple.edges(data=True):
            before = peer.get_edge_data(one, other, {"weight": 0.0})["weight"]
            peer.add_edge(one, other, weight=before + data["hours"])
        roles = {"strength": "hours", "parallel": "sum"} if weighted else {}
        found = eg.modularity(eco.network(relation, kinds="Actor", **roles), resolution=resolution)
        kinds = [[node for node in peer if node[0] == kind] for kind in sorted({node[0] for node in peer})]
        weight = "weight" if weighted else None
        expected = nx.community.modularity(peer, kinds, weight=weight, resolution=resolution)
        assert value(found) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("weighted", [False, True])
def test_two_modes_equal_the_slow_twin(weighted: bool, rounds) -> None:
    for seed in range(rounds(30, 300)):
        random = np.random.default_rng(seed)
        roles = {"strength": "hours", "parallel": "sum"} if weighted else {}
        view = made(seed).ecosystem.two_mode("Actor -JOINS-> Project", **roles)
        groups = random.integers(0, 4, view.n)
        by = labelled(view, dict(zip(view.nodes.ids.to_pylist(), groups.tolist(), strict=True)))
        cells = view.graph.to_scipy("strength").toarray()[view.left][:, ~view.left]
        found = eg.modularity(view, by=by, resolution=1.3)
        expected = barber(cells.tolist(), groups[view.left].tolist(), groups[~view.left].tolist(), 1.3)
        assert value(found) == pytest.approx(expected, abs=1e-12)


@given(made_ecosystems, st.sampled_from(["ARC", "TIE"]), st.floats(0, 3))
def test_it_is_the_definition_and_names_do_not_matter(tables, relation: str, resolution: float) -> None:
    net = tables.ecosystem.network(relation, kinds="Actor")
    cells = net.to_scipy().toarray().clip(max=1).astype(float)
    if relation == "TIE":
        cells += np.diag(np.diag(cells))
    kinds = net.nodes.kinds.to_pylist()
    found = eg.modularity(net, resolution=resolution)
    if not cells.any():
        assert np.isnan(value(found)) and found["note"].tolist() == ["nothing goes between nodes with a group"]
        assert found.explain() == "Nothing goes between nodes with a group."
        return
    assert value(found) == pytest.approx(leicht_newman(cells.tolist(), kinds, resolution), abs=1e-12)
    turned = labelled(net, {one: kind[::-1] for one, kind in zip(net.nodes.ids.to_pylist(), kinds, strict=True)})
    assert value(eg.modularity(net, by=turned, resolution=resolution)) == pytest.approx(value(found), abs=1e-12)
    whole = eg.modularity(net, by=labelled(net, dict.fromkeys(net.nodes.ids.to_pylist(), "all")))
    assert value(whole) == pytest.approx(0, abs=1e-12)


@given(made_ecosystems)
def test_a_result_is_a_grouping(tables) -> None:
    net = tables.ecosystem.network("TIE", kinds="Actor")
    pieces = eg.components(net)
    found = eg.modularity(net, by=pieces)
    assert found["groups"].tolist() == [len(set(pieces["component"].tolist()))]
    assert np.isnan(value(found)) or found["within"][0] == pytest.approx(1)


def test_groups_of_one_side_hold_nothing() -> None:
    found = eg.modularity(two_sided([("a", "p"), ("b", "q")]))
    assert value(found) == 0 and found["within"][0] == 0 and found["chance"][0] == 0


def test_nodes_without_a_group_are_left_out_with_a_finding() -> None:
    eco = made(5).ecosystem
    found = eg.modularity(eco.network("TIE", kinds="Actor"), by="group")
    only = eg.modularity(eco.network("TIE", kinds="Maker"), by="group")
    assert found["modularity"].tolist() == only["modularity"].tolist()
    assert found.findings.counts() and not only.findings.counts()


def test_what_has_no_meaning_is_refused() -> None:
    eco = made(5).ecosystem
    with pytest.raises(ParameterError, match="modularity adds up one role"):
        eg.modularity(eco.network("ARC", distance="hours", parallel="sum"))
    for resolution in (-0.1, float("nan"), float("inf")):
        with pytest.raises(ParameterError, match="resolution="):
            eg.modularity(eco.network("ARC"), resolution=resolution)
    with pytest.raises(ViewError, match="several steps"):
        eg.modularity(eg.dataset("harbour").two_mode("Maker -SETTLED_IN-> Makerspace <-SUPPLIES- Enterprise"))
