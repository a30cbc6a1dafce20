"""Brokerage: sna's counts, a slow twin on random graphs, and its laws."""

import csv
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError
from tests.oracles.brokerage import brokerage
from tests.strategies import GRAPH, keyed, made, made_ecosystems

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
SNA = dict(zip(("w_I", "w_O", "b_OI", "b_IO", "b_O"), ROLES, strict=True))
KINDS = {"maker": "Maker", "enterprise": "Enterprise", "university": "University", "platform": "PublicBody"}


def test_counts_of_sna(reference: Path) -> None:
    folder = reference / "published_tables"
    with (folder / "gould_fernandez_raw.csv").open() as file:
        published = list(csv.DictReader(file))
    with (folder / "gould_fernandez_adjacency.csv").open() as file:
        matrix = [[int(cell) for cell in row] for row in list(csv.reader(file))[1:]]
    nodes: dict[str, dict[str, list[str]]] = {kind: {"id": []} for kind in KINDS.values()}
    for row in published:
        nodes[KINDS[row["group"]]]["id"].append(row["node"])
    arcs = [(str(a + 1), str(b + 1)) for a, row in enumerate(matrix) for b, cell in enumerate(row) if cell]
    ties = {"source": [a for a, _ in arcs], "target": [b for _, b in arcs]}
    found = eg.brokerage(eg.from_tables(nodes, {"ARC": ties}, GRAPH).network("ARC"))
    by_id = {row["id"]: row for row in found.table.rows()}
    for row in published:
        assert {role: by_id[row["node"]][role] for role in ROLES} == {SNA[name]: int(row[name]) for name in SNA}
        assert by_id[row["node"]]["total"] == int(row["t"])


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
@pytest.mark.parametrize("by", ["kind", "group"])
def test_it_equals_a_slow_twin(relation: str, by: str, rounds) -> None:
    for seed in range(rounds(30, 300)):
        net = made(seed, n=18, m=50).ecosystem.network(relation, kinds="Actor")
        arcs = set(zip(net.arcs.out_sources.tolist(), net.arcs.out_targets.tolist(), strict=True))
        labels = net.nodes.column(by).to_pylist()
        used = {pair for pair in arcs if labels[pair[0]] is not None and labels[pair[1]] is not None}
        expected = brokerage(used, labels)
        found = eg.brokerage(net, by=by)
        for role in ROLES:
            assert found[role].tolist() == [counts[role] for counts in expected]


@given(made_ecosystems)
def test_roles_add_up_and_one_group_leaves_coordinators_only(tables) -> None:
    net = tables.ecosystem.network("ARC", kinds="Actor")
    found = eg.brokerage(net)
    assert found["total"].tolist() == sum(found[role] for role in ROLES).tolist()
    one_group = eg.Table({"kind": net.nodes.kinds, "id": net.nodes.ids, "value": pa.array(["x"] * net.n, pa.string())})
    alone = eg.brokerage(net, by=one_group)
    assert alone["coordinator"].tolist() == found["total"].tolist()


def test_reversing_swaps_gatekeepers_and_representatives() -> None:
    eco = made(5).ecosystem
    there = eg.brokerage(eco.network("ARC", kinds="Actor"))
    back = eg.brokerage(eco.network("ARC", kinds="Actor", direction="reversed"))
    assert there["gatekeeper"].tolist() == back["representative"].tolist()
    assert there["total"].sum() > 0


def test_a_result_serves_as_partition_and_can_be_repeated() -> None:
    eco = made(5).ecosystem
    pieces = eg.components(eco.network("TIE", kinds="Actor"))
    found = eg.brokerage(eco.network("ARC", kinds="Actor"), by=pieces)
    assert eg.repeat(found, eco) == found


def test_nodes_without_a_group_broker_for_nobody() -> None:
    found = eg.brokerage(made(5).ecosystem.network("ARC", kinds="Actor"), by="group")
    assert found.findings.counts() == {"no_label": int((found["kind"] != "Maker").sum())}
    assert set(found["note"][found["kind"] != "Maker"]) == {"no group"}
    assert keyed(found, "total")


def test_a_partition_is_checked() -> None:
    net = made(5).ecosystem.network("ARC", kinds="Actor")
    with pytest.raises(UnknownNameError, match="colour"):
        eg.brokerage(net, by="colour")
    with pytest.raises(ParameterError, match="kind, id and a value"):
        eg.brokerage(net, by=eg.Table({"id": ["a"]}))
    with pytest.raises(ParameterError, match="stand in the table twice"):
        eg.brokerage(net, by=eg.Table({"kind": ["Maker"] * 2, "id": ["n000"] * 2, "value": ["x", "y"]}))


def test_groups_have_their_chinese_names_and_nothing_is_said_to_be_nothing() -> None:
    nodes = {"Maker": {"id": list("abc"), "background": ["student", "technologist", None]}}
    eco = eg.from_tables(nodes, {"COLLABORATES": {"source": ["a", "b"], "target": ["b", "c"]}})
    found = eg.brokerage(eco.network("COLLABORATES"))
    assert found.explain("b", language="zh") == "b（创客）居间连接 2 个彼此没有直接联系的有序对：组内协调者 2。"
    assert found.explain("a", language="zh") == "a（创客）没有居间连接任何彼此没有直接联系的节点。"
    assert found.explain("a") == "a (Maker) stands between no two nodes that are not joined themselves."
    backgrounds = eg.brokerage(eco.network("COLLABORATES"), by="background")
    assert backgrounds.explain("b", language="zh").startswith("b（科技人员）没有")
    assert backgrounds.explain("c").startswith("c (–) stands between no two")
