"""Mixing: a table by hand, networkx's matrix, a slow twin of amounts, and its laws."""

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError
from tests.strategies import GRAPH, made, made_ecosystems, networkx_of

NODES = {"Maker": {"id": ["a", "b", "c"]}, "University": {"id": ["u", "v"]}, "PublicBody": {"id": ["g"]}}
TIES = {
    "source": ["a", "a", "a", "b", "u", "c", "c"],
    "target": ["b", "b", "u", "u", "v", "c", "v"],
    "hours": [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0],
}
ECO = eg.from_tables(NODES, {"TIE": TIES, "ARC": TIES}, GRAPH)


def by_pair(result: eg.Result) -> dict[tuple[str, str], dict[str, float]]:
    return {(row["a"], row["b"]): row for row in result.table.rows()}


def test_ties_by_hand() -> None:
    # a-b (twice: one tie), a-u, b-u, c-v, u-v; the self-tie of c is left out; of 10 ends makers have 5, universities 5
    found = by_pair(eg.mixing(ECO.network("TIE", kinds="Actor")))
    assert list(found) == [
        ("Maker", "Maker"),
        ("Maker", "PublicBody"),
        ("Maker", "University"),
        ("PublicBody", "PublicBody"),
        ("PublicBody", "University"),
        ("University", "University"),
    ]
    makers, across, nobody = found["Maker", "Maker"], found["Maker", "University"], found["PublicBody", "PublicBody"]
    assert (makers["ties"], makers["total"], makers["share"], makers["expected"]) == (1, 1, 0.2, 0.25)
    assert (across["ties"], across["share"], across["expected"]) == (3, pytest.approx(0.6), 0.5)
    assert across["ratio"] == pytest.approx(1.2)
    assert nobody["ties"] == 0 and np.isnan(nobody["ratio"]) and nobody["note"] == "a group of the two has nothing"


def test_amounts_by_hand() -> None:
    found = by_pair(eg.mixing(ECO.network("ARC", kinds="Actor", amount="hours")))
    assert len(found) == 9
    across, back = found["Maker", "University"], found["University", "Maker"]
    # of 95 hours makers give 79 and universities receive 92
    assert (across["total"], across["ties"], across["share"]) == (76, 3, pytest.approx(76 / 95))
    assert across["expected"] == pytest.approx(79 / 95 * 92 / 95)
    assert (back["total"], back["ratio"]) == (0, 0)


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_networkx(relation: str, rounds) -> None:
    for seed in range(rounds(20, 200)):
        eco = made(seed).ecosystem
        peer = networkx_of(eco, relation)
        peer = (nx.DiGraph if peer.is_directed() else nx.Graph)(peer)
        peer.remove_edges_from(list(nx.selfloop_edges(peer)))
        nx.set_node_attributes(peer, {node: node[0] for node in peer}, "kind")
        order = {kind: place for place, kind in enumerate(eco.schema.leaves("Actor"))}
        matrix = nx.attribute_mixing_matrix(peer, "kind", mapping=order)
        given, taken = matrix.sum(axis=1), matrix.sum(axis=0)
        for (one, other), row in by_pair(eg.mixing(eco.network(relation, kinds="Actor"))).items():
            ways = {(one, other)} if peer.is_directed() else {(one, other), (other, one)}
            places = [(order[a], order[b]) for a, b in ways]
            assert row["share"] == pytest.approx(sum(matrix[place] for place in places), abs=1e-12)
            assert row["expected"] == pytest.approx(sum(given[a] * taken[b] for a, b in places), abs=1e-12)
            assert row["ties"] == pytest.approx(row["share"] * peer.number_of_edges())


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_amounts_equal_a_slow_twin_with_nodes_without_a_group(relation: str, rounds) -> None:
    for seed in range(rounds(20, 200)):
        eco = made(seed).ecosystem
        group = {row["id"]: row["group"] for row in eco.nodes("Maker").rows()}
        expected: dict[tuple[str, str], float] = {}
        for row in eco.relations(relation).rows():
            ends = (group.get(row["source"]), group.get(row["target"]))
            if None not in ends and row["source"] != row["target"]:
                ends = ends if relation == "ARC" else tuple(sorted(ends))
                expected[ends] = expected.get(ends, 0) + row["amount"]
        found = eg.mixing(eco.network(relation, kinds="Actor", amount="amount"), by="group")
        assert {pair: row["total"] for pair, row in by_pair(found).items() if row["ties"]} == pytest.approx(expected)
        assert found.table.columns["total"].unit == "CNY"
        assert found.findings.counts() == {"no_label": sum(len(eco.nodes(kind)) for kind in eco.kinds
                                                           if kind not in ("Maker", "Project"))}  # fmt: skip


@given(made_ecosystems)
def test_shares_sum_to_one_and_turning_arcs_turns_the_table(tables) -> None:
    eco = tables.ecosystem
    there = eg.mixing(eco.network("ARC", kinds="Actor"))
    back = by_pair(eg.mixing(eco.network("ARC", kinds="Actor", direction="reversed")))
    for name in ("share", "expected"):
        assert np.isnan(there[name]).all() or there[name].sum() == pytest.approx(1)
    assert [row["ties"] for row in by_pair(there).values()] == [back[b, a]["ties"] for a, b in by_pair(there)]
    net = eco.network("TIE", kinds="Actor")
    one = eg.Table({"kind": net.nodes.kinds, "id": net.nodes.ids, "value": pa.array(["x"] * net.n, pa.string())})
    alone = eg.mixing(net, by=one)
    assert alone["ratio"].tolist() in ([], [1.0]) or np.isnan(alone["ratio"][0])


def test_a_whole_of_zero_has_a_note() -> None:
    found = eg.mixing(made(3, zeros=True).ecosystem.network("ARC", kinds="Actor", amount="amount"))
    assert np.isnan(found["share"]).all() and set(found["note"]) == {"nothing goes between nodes with a group"}
    assert found["ties"].sum() > 0 and found["total"].sum() == 0


def test_wrong_calls() -> None:
    with pytest.raises(UnknownNameError, match="colour"):
        eg.mixing(ECO.network("ARC"), by="colour")
    with pytest.raises(ParameterError, match="mixing adds up one role and the view has distance="):
        eg.mixing(ECO.network("ARC", distance="hours", parallel="sum"))
    with pytest.raises(ParameterError, match="amount="):
        eg.mixing(ECO.network("ARC", amount="hours", count="hours"))


def test_a_row_says_what_goes_between_its_groups() -> None:
    ties = eg.mixing(ECO.network("TIE", kinds="Actor"))
    assert ties.explain("Maker", "University") == (
        "Between Maker and University: 3 ties, 60.0% of the whole; joined at random, it would be 50.0%, so this is "
        "1.20 times as much."
    )
    assert ties.explain("Maker", "Maker", language="zh") == (
        "创客内部：1 条联系，占全部的 20.0%；若随机连接，则为 25.0%，实际是它的 0.80 倍。"
    )
    assert ties.explain("PublicBody", "PublicBody").endswith("joined at random, it would be 0.0%.")
    hours = eg.mixing(ECO.network("ARC", kinds="Actor", amount="hours"))
    assert hours.explain("Maker", "University").startswith("From Maker to University: 76 over 3 ties, 80.0% of the")
    assert hours.explain("Maker", "University", language="zh").startswith("从创客到高校：3 条联系，总量 76，占全部的")
    alone = eg.mixing(eg.from_tables(NODES, {}, GRAPH).network("TIE", kinds="Actor"))
    assert alone.explain("Maker", "Maker") == "Within Maker: nothing goes between any groups."
