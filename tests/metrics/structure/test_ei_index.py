"""E-I index: a table by hand, a slow twin on random graphs, and its laws."""

from itertools import combinations

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError
from tests.metrics.structure.test_mixing import ECO
from tests.strategies import made, made_ecosystems, networkx_of


def rows(result: eg.Result) -> dict[str, dict[str, float]]:
    return {row["group"]: row for row in result.table.rows()}


@pytest.mark.parametrize("relation", ["TIE", "ARC"])
def test_ties_by_hand(relation: str) -> None:
    # a-b (twice: one tie), u-v inside; a-u, b-u, c-v outside; the self-tie of c is left out; g is alone
    result = eg.ei_index(ECO.network(relation, kinds="Actor"))
    found = rows(result)
    assert list(found) == ["Maker", "PublicBody", "University", "all"]
    assert [found[group]["external"] for group in found] == [3, 0, 3, 3]
    assert [found[group]["internal"] for group in found] == [1, 0, 1, 2]
    assert [found[group]["nodes"] for group in found] == [3, 1, 2, 6]
    assert found["Maker"]["ei_index"] == 0.5
    assert found["all"]["ei_index"] == pytest.approx(1 / 5)
    # of 3 makers among 6 nodes 9 pairs lead out and 3 stay; of all 15 pairs 11 lead from group to group
    assert found["Maker"]["expected"] == pytest.approx(6 / 12)
    assert found["all"]["expected"] == pytest.approx((11 - 4) / 15)
    assert np.isnan(found["PublicBody"]["ei_index"]) and found["PublicBody"]["note"]
    assert result.explain("PublicBody").startswith("PublicBody: no ties")
    assert result.explain("Maker") == (
        "Maker: ties with other groups 3, inside 1, an index of +0.50; if every pair were as likely joined, it would "
        "be +0.50."
    )
    assert result.explain("Maker", language="zh").startswith("创客")


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
@pytest.mark.parametrize("by", ["kind", "group"])
def test_it_equals_a_slow_twin(relation: str, by: str, rounds) -> None:
    for seed in range(rounds(20, 200)):
        eco = made(seed).ecosystem
        labels = {(kind, row["id"]): kind if by == "kind" else row.get("group")
                  for kind in eco.schema.leaves("Actor") for row in eco.nodes(kind).rows()}  # fmt: skip
        ties = nx.Graph(networkx_of(eco, relation)).edges
        for group, row in rows(eg.ei_index(eco.network(relation, kinds="Actor"), by=by)).items():
            ends = [{labels[a], labels[b]} for a, b in ties if a != b and labels[a] and labels[b]]
            pairs = [{labels[a], labels[b]} for a, b in combinations(labels, 2) if labels[a] and labels[b]]
            mine, met = ([one for one in all_of if group in (*one, "all")] for all_of in (pairs, ends))
            assert row["internal"] == sum(len(one) == 1 for one in met)
            assert row["external"] == sum(len(one) == 2 for one in met)
            if met:
                assert row["ei_index"] == pytest.approx(np.mean([2 * len(one) - 3 for one in met]))
                assert row["expected"] == pytest.approx(np.mean([2 * len(one) - 3 for one in mine]))
            else:
                assert np.isnan([row["ei_index"], row["expected"]]).all() and row["note"]


@given(made_ecosystems)
def test_direction_is_not_read_and_ties_add_up(tables) -> None:
    eco = tables.ecosystem
    found = eg.ei_index(eco.network("ARC", kinds="Actor"))
    for direction in ("both", "reversed"):
        assert found.table == eg.ei_index(eco.network("ARC", kinds="Actor", direction=direction)).table
    assert found["internal"][:-1].sum() == found["internal"][-1]
    assert found["external"][:-1].sum() == 2 * found["external"][-1]


@given(made_ecosystems)
def test_one_group_is_closed_and_a_group_for_each_is_open(tables) -> None:
    net = tables.ecosystem.network("TIE", kinds="Actor")
    keys = {"kind": net.nodes.kinds, "id": net.nodes.ids}
    closed = eg.ei_index(net, by=eg.Table({**keys, "value": pa.array(["x"] * net.n, pa.string())}))
    opened = eg.ei_index(net, by=eg.Table({**keys, "value": net.nodes.ids}))
    assert closed["ei_index"][-1] == -1 or np.isnan(closed["ei_index"][-1])
    assert opened["ei_index"][-1] == 1 or np.isnan(opened["ei_index"][-1])
    assert np.array_equal(opened["expected"], opened["ei_index"], equal_nan=True)


def test_a_random_network_has_the_index_expected() -> None:
    random = np.random.default_rng(2)
    names = [f"n{number}" for number in range(120)]
    pairs = [pair for pair in combinations(names, 2) if random.random() < 0.3]
    ties = {"source": [a for a, _ in pairs], "target": [b for _, b in pairs]}
    nodes = {"Maker": {"id": names[:80]}, "University": {"id": names[80:]}}
    found = eg.ei_index(eg.from_tables(nodes, {"COLLABORATES": ties}).network("COLLABORATES"))
    assert found["ei_index"] == pytest.approx(found["expected"], abs=0.06)


def test_a_group_called_all_is_told_from_the_whole() -> None:
    net = ECO.network("TIE", kinds="Actor")
    table = eg.Table({"kind": ["Maker", "Maker"], "id": ["a", "b"], "value": ["all", "some"]})
    found = eg.ei_index(net, by=table)
    assert found["group"].tolist() == ["by:all", "some", "all"]
    assert found["ei_index"].tolist() == [1, 1, 1]
    assert found.findings.counts() == {"no_label": 4}


def test_wrong_groups() -> None:
    with pytest.raises(UnknownNameError, match="colour"):
        eg.ei_index(ECO.network("TIE"), by="colour")
    with pytest.raises(ParameterError, match="kind, id and a value"):
        eg.ei_index(ECO.network("TIE"), by=eg.Table({"id": ["a"]}))
