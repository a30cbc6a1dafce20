"""Assortativity: closed forms, networkx on random graphs, mixing, and its laws."""

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.errors import ParameterError
from ecograph.views import Network
from tests.metrics.structure.test_mixing import ECO
from tests.strategies import GRAPH, made, made_ecosystems, networkx_of


def first(result: eg.Result) -> dict[str, float]:
    return next(iter(result.table.rows()))


def joined(*pairs: str) -> Network:
    """Ties between makers (lower case) and universities (upper case)."""
    names = sorted({one for pair in pairs for one in pair})
    nodes = {
        "Maker": {"id": [one for one in names if one.islower()]},
        "University": {"id": [one for one in names if one.isupper()]},
    }
    ties = {"source": [pair[0] for pair in pairs], "target": [pair[1] for pair in pairs]}
    return eg.from_tables(nodes, {"TIE": ties}, GRAPH).network("TIE", kinds="Actor")


def test_closed_forms() -> None:
    apart = eg.assortativity(joined("ab", "AB"))
    assert apart["assortativity"].tolist() == [1.0]
    across = eg.assortativity(joined("aA", "bB", "aB"))
    assert across["assortativity"].tolist() == [-1.0] and across["within"].tolist() == [0.0]
    assert "groups seek each other" in across.explain()
    even = eg.assortativity(joined("ab", "AB", "aA", "bB"))
    assert even["assortativity"].tolist() == [0.0]
    assert "as if by chance" in even.explain() and "如同随机" in even.explain(language="zh")
    # of 5 ties 2 stay within, makers and universities have half the ends each
    assert first(eg.assortativity(ECO.network("TIE", kinds="Actor")))["assortativity"] == pytest.approx(-0.2)


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_networkx(relation: str, rounds) -> None:
    for seed in range(rounds(30, 300)):
        eco = made(seed).ecosystem
        peer = networkx_of(eco, relation)
        peer = (nx.DiGraph if peer.is_directed() else nx.Graph)(peer)
        peer.remove_edges_from(list(nx.selfloop_edges(peer)))
        nx.set_node_attributes(peer, {node: node[0] for node in peer}, "kind")
        found = eg.assortativity(eco.network(relation, kinds="Actor"))
        expected = nx.attribute_assortativity_coefficient(peer, "kind")
        assert found["assortativity"][0] == pytest.approx(expected, abs=1e-12)


@given(made_ecosystems)
def test_it_is_what_the_shares_of_mixing_give(tables) -> None:
    net = tables.ecosystem.network("ARC", kinds="Actor", amount="amount")
    found = first(eg.assortativity(net))
    cells = eg.mixing(net).frame()
    same = cells["a"] == cells["b"]
    if np.isnan(found["within"]):
        assert cells["share"].isna().all()
        return
    assert found["within"] == pytest.approx(cells["share"][same].sum(), abs=1e-12)
    assert found["chance"] == pytest.approx(cells["expected"][same].sum(), abs=1e-12)
    assert np.isnan(found["assortativity"]) or found["assortativity"] <= 1


def test_one_group_and_nothing_have_a_note_and_a_sentence() -> None:
    net = joined("ab", "aA")
    one = eg.Table({"kind": net.nodes.kinds, "id": net.nodes.ids, "value": pa.array(["x"] * net.n)})
    alone = eg.assortativity(net, by=one)
    assert np.isnan(alone["assortativity"][0]) and alone["note"].tolist() == ["one group has everything"]
    assert alone["within"].tolist() == [1.0] and "One group" in alone.explain()
    nothing = eg.assortativity(made(1, n=5, m=0).ecosystem.network("ARC", kinds="Actor"))
    assert nothing["note"].tolist() == ["nothing goes between nodes with a group"]
    assert nothing.explain() == "Nothing goes between nodes with a group."


def test_nodes_without_a_group_are_left_out_with_a_finding() -> None:
    eco = made(5).ecosystem
    found = eg.assortativity(eco.network("TIE", kinds="Actor"), by="group")
    only = eg.assortativity(eco.network("TIE", kinds="Maker"), by="group")
    assert found["assortativity"].tolist() == only["assortativity"].tolist()
    assert found.findings.counts() and not only.findings.counts()


def test_distances_are_refused() -> None:
    with pytest.raises(ParameterError, match="assortativity adds up one role"):
        eg.assortativity(ECO.network("ARC", distance="hours", parallel="sum"))
