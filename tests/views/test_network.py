"""Networks: arcs, directions, parallel relations, roles, kinds, paths, and what is refused."""

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import EcographError, ParameterError, UnknownNameError, ViewError, WeightError
from tests.strategies import made, made_ecosystems, networkx_of

NODES = {
    "Maker": {"id": ["ann", "bo", "cy"], "background": ["student", "student", None]},
    "Enterprise": {"id": ["acme"]},
    "Project": {"id": ["p", "q"]},
}
TIES = {"source": ["ann", "ann", "bo"], "target": ["bo", "acme", "ann"], "hours": [2.0, 4.0, 6.0]}


def eco(**relations: Any) -> eg.Ecosystem:
    return eg.from_tables(NODES, relations)


def arcs_of(net: Any) -> dict[tuple[str, str], int]:
    ids = net.nodes.ids.to_pylist()
    ends = zip(net.arcs.out_sources.tolist(), net.arcs.out_targets.tolist(), strict=True)
    return {(ids[a], ids[b]): count for (a, b), count in zip(ends, net.arcs.multiplicity.tolist(), strict=True)}


def test_undirected_relations_make_an_arc_each_way_and_parallel_ones_one_arc() -> None:
    net = eco(COLLABORATES=TIES).network("COLLABORATES")
    assert arcs_of(net) == {("ann", "bo"): 2, ("bo", "ann"): 2, ("ann", "acme"): 1, ("acme", "ann"): 1}
    assert not net.directed
    assert net.nodes.ids.to_pylist() == ["ann", "bo", "cy", "acme"]


def test_directed_relations_turn_as_asked() -> None:
    moved = eco(TRANSFERS={"source": ["ann", "bo", "ann"], "target": ["bo", "ann", "acme"]})
    as_declared = moved.network("TRANSFERS")
    assert as_declared.directed
    assert arcs_of(as_declared) == {("ann", "bo"): 1, ("bo", "ann"): 1, ("ann", "acme"): 1}
    assert arcs_of(moved.network("TRANSFERS", direction="reversed")) == {
        ("bo", "ann"): 1,
        ("ann", "bo"): 1,
        ("acme", "ann"): 1,
    }
    both = moved.network("TRANSFERS", direction="both")
    assert not both.directed
    assert arcs_of(both)[("ann", "bo")] == 2


def test_mixing_directed_and_undirected_must_be_said() -> None:
    mixed = eco(COLLABORATES=TIES, TEACHES={"source": ["cy"], "target": ["ann"]})
    with pytest.raises(ViewError, match="say direction="):
        mixed.network("COLLABORATES", "TEACHES")
    net = mixed.network("COLLABORATES", "TEACHES", direction="as declared")
    assert ("cy", "ann") in arcs_of(net) and ("ann", "cy") not in arcs_of(net)
    assert ("acme", "ann") in arcs_of(net)


def test_parallel_values_are_collapsed_as_said() -> None:
    view = eco(COLLABORATES=TIES)
    with pytest.raises(ViewError, match=r"2 ordered pairs have several relations.*parallel="):
        view.network("COLLABORATES", strength="hours")
    for how, expected in (("sum", 8.0), ("max", 6.0), ("min", 2.0), ("mean", 4.0)):
        net = view.network("COLLABORATES", strength="hours", parallel=how)
        ids = net.nodes.ids.to_pylist()
        assert net.to_scipy("strength").toarray()[ids.index("ann"), ids.index("bo")] == expected
    assert view.network("COLLABORATES", count="hours").values["count"].max() == 8.0
    turned = view.network("COLLABORATES", distance=eg.inverse("hours"), parallel="sum")
    assert turned.values["distance"].max() == pytest.approx(1 / 2 + 1 / 6)


@pytest.mark.parametrize("bad", [-1.0, float("inf")])
def test_values_no_weight_may_have_are_refused_with_the_rows(bad: float) -> None:
    view = eco(COLLABORATES={**TIES, "hours": [2.0, bad, 6.0]})
    if not np.isfinite(bad) or bad < 0:
        assert view.quality.counts() in ({"not_finite": 1}, {"below_minimum": 1})
    free = eg.Schema(
        "free",
        (eg.NodeKind("Maker"),),
        (eg.RelationKind("KNOWS", "Maker", "Maker", attributes=(eg.Attribute("w", "number"),)),),
    )
    ties = {"source": ["ann", "bo"], "target": ["bo", "cy"], "w": [1.0, -3.0]}
    negative = eg.from_tables({"Maker": {"id": ["ann", "bo", "cy"]}}, {"KNOWS": ties}, free)
    with pytest.raises(WeightError, match=r"KNOWS\.w as strength: 1 values are not finite.*first -3\.0.*Maker:bo"):
        negative.network("KNOWS", strength="w")
    zero = eg.from_tables({"Maker": {"id": ["ann", "bo", "cy"]}}, {"KNOWS": {**ties, "w": [1.0, 0.0]}}, free)
    with pytest.raises(WeightError, match="above 0 to be inverted"):
        zero.network("KNOWS", distance=eg.inverse("w"))


def test_a_missing_value_is_left_out_and_counted_never_zero() -> None:
    net = eco(COLLABORATES={**TIES, "hours": [2.0, None, 6.0]}).network("COLLABORATES", count="hours")
    assert ("ann", "acme") not in arcs_of(net)
    assert net.findings.counts() == {"missing_value": 1}
    assert net.nodes.ids.to_pylist() == ["ann", "bo", "cy"]


def test_units_are_never_mixed() -> None:
    paid = {"source": ["acme"] * 3, "target": ["p", "p", "q"], "amount": [1.0, 2.0, 3.0], "unit": ["CNY", "EUR", "CNY"]}
    view = eco(INVESTS_IN=paid)
    with pytest.raises(WeightError, match="amounts in CNY, EUR; give unit="):
        view.network("INVESTS_IN", amount="amount")
    net = view.network("INVESTS_IN", amount="amount", unit="CNY")
    assert net.unit == "CNY" and net.findings.counts() == {"other_unit": 1}
    assert net.values["amount"].sum() == 4.0
    with pytest.raises(WeightError, match="unit='USD'"):
        view.network("INVESTS_IN", amount="amount", unit="USD")


def test_kinds_where_and_isolates() -> None:
    view = eco(COLLABORATES=TIES)
    assert view.network("COLLABORATES", kinds="Maker").n == 3
    assert view.network("COLLABORATES", kinds=["Actor"], isolates=False).nodes.ids.to_pylist() == ["ann", "bo", "acme"]
    net = view.network("COLLABORATES", where={"COLLABORATES": {"hours": [2.0, 4.0]}})
    assert arcs_of(net)[("ann", "bo")] == 1
    chinese = view.network("合作", kinds="创客")
    assert arcs_of(chinese) == arcs_of(view.network("COLLABORATES", kinds="Maker"))


def test_a_path_counts_paths_and_drops_a_nodes_paths_to_itself() -> None:
    works = {"source": ["ann", "bo", "cy", "ann", "bo"], "target": ["p", "p", "q", "q", "q"]}
    view = eco(WORKS_ON=works)
    net = view.network("Maker -WORKS_ON-> Project <-WORKS_ON- Maker")
    assert arcs_of(net)[("ann", "bo")] == 2 and ("ann", "ann") not in arcs_of(net)
    assert not net.directed
    filtered = view.network("Maker -WORKS_ON-> Project <-WORKS_ON- Maker", isolates=False)
    assert filtered.n == 3
    one_way = eco(WORKS_ON=works, TEACHES={"source": ["ann"], "target": ["bo"]})
    assert one_way.network("Person -TEACHES-> Person -TEACHES-> Person").directed


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("Maker -WORKS_ON-> Project", "use two_mode"),
        ("Maker -WORKS_ON-> Maker", "does not lead from Maker to Maker"),
        ("Maker -COLLABORATES-> Maker", "is not directed; write -COLLABORATES-"),
        ("Maker -TEACHES- Maker", "is directed; write -TEACHES->"),
        ("Maker -WORKS_ON-> ", "cannot be read"),
        ("-WORKS_ON->", "cannot be read"),
        ("Maker -TEACHES{role}-> Maker", "is not name=value"),
        ("Maker <-TEACHES-> Maker", "cannot be read"),
    ],
)
def test_wrong_paths_say_what_to_write(path: str, message: str) -> None:
    with pytest.raises(ViewError, match=message):
        eco(COLLABORATES=TIES).network(path)


@pytest.mark.parametrize(
    ("relations", "options", "message"),
    [
        ((), {}, "no relations given"),
        (("COLLABORATES", "合作"), {}, "one stands twice"),
        (("COLLABORATE",), {}, "did you mean COLLABORATES"),
        (("COLLABORATES",), {"direction": "up"}, "direction='up'"),
        (("COLLABORATES",), {"strength": "minutes"}, "minutes"),
        (("COLLABORATES",), {"strength": 3}, "strength=3"),
        (("COLLABORATES",), {"strength": "hours", "parallel": "median"}, "parallel='median'"),
        (("COLLABORATES",), {"kinds": "Robot"}, "Robot"),
        (("COLLABORATES",), {"where": {"TEACHES": {}}}, "not among the view's relations"),
        (("COLLABORATES",), {"where": {"COLLABORATES": {"colour": "red"}}}, "colour"),
        (("COLLABORATES",), {"where": {"COLLABORATES": {"hours": "many"}}}, "holds double"),
        (("Maker -COLLABORATES- Maker", "TEACHES"), {}, "a view of its own"),
        (("Maker -COLLABORATES- Maker",), {"strength": "hours"}, "no meaning on a path"),
        (("Maker -COLLABORATES- Maker",), {"direction": "both"}, "no meaning on a path"),
    ],
)
def test_wrong_options_end_in_one_line(relations: tuple[str, ...], options: dict[str, Any], message: str) -> None:
    with pytest.raises(EcographError, match=message) as caught:
        eco(COLLABORATES=TIES).network(*relations, **options)
    assert "\n" not in str(caught.value)


def test_a_measure_that_reads_another_role_says_so() -> None:
    net = eco(COLLABORATES=TIES).network("COLLABORATES", count="hours")
    with pytest.raises(WeightError, match="unweighted"):
        net.weights("strength")
    assert net.unweighted().weights("strength").tolist() == [1.0] * 4


@given(made_ecosystems, st.sampled_from(["as declared", "both", "reversed"]))
def test_arcs_are_networkxs_edges(tables, direction: str) -> None:
    view = tables.ecosystem
    for relation in ("ARC", "TIE"):
        net = view.network(relation, kinds="Actor", direction=direction, count="hours")
        peer = networkx_of(view, relation)
        peer = peer.reverse() if direction == "reversed" and relation == "ARC" else peer
        simple = nx.DiGraph(peer) if direction != "both" and relation == "ARC" else nx.Graph(peer)
        names = list(zip(net.nodes.kinds.to_pylist(), net.nodes.ids.to_pylist(), strict=True))
        found = {
            (names[a], names[b])
            for a, b in zip(net.arcs.out_sources.tolist(), net.arcs.out_targets.tolist(), strict=True)
        }
        assert found == set(simple.to_directed().edges())
        expected = sum(hours for *_, hours in peer.edges(data="hours"))
        loops = sum(hours for a, b, hours in peer.edges(data="hours") if a == b)
        twice = direction == "both" or relation == "TIE"
        assert net.values["count"].sum() == pytest.approx(2 * expected - loops if twice else expected)


@given(made_ecosystems)
def test_rows_in_are_rows_out_turned(tables) -> None:
    net = tables.ecosystem.network("ARC", kinds="Actor")
    out = net.to_scipy("strength").toarray()
    arcs = net.arcs
    turned = np.zeros_like(out)
    for target in range(net.n):
        row = slice(arcs.in_pointers[target], arcs.in_pointers[target + 1])
        turned[arcs.in_sources[row], target] = arcs.multiplicity[arcs.in_arcs[row]]
        assert (np.diff(arcs.in_sources[row]) > 0).all()
    plain = np.zeros_like(out)
    plain[arcs.out_sources, arcs.out_targets] = arcs.multiplicity
    assert (turned == plain).all()


def test_an_unknown_attribute_and_an_ambiguous_node_are_named() -> None:
    nodes = {"Maker": {"id": ["x"]}, "Enterprise": {"id": ["x"]}}
    net = eg.from_tables(
        nodes, {"COLLABORATES": {"source": ["x"], "source_kind": ["Maker"], "target": ["x"], "target_kind": ["企业"]}}
    ).network("COLLABORATES")
    with pytest.raises(UnknownNameError, match="several nodes"):
        net.nodes.position("x")
    assert net.nodes.position("x", "Organisation") == 1
    with pytest.raises(UnknownNameError, match="no Team has id"):
        net.nodes.position("x", "Team")
    with pytest.raises(UnknownNameError, match="colour"):
        net.nodes.column("colour")
    with pytest.raises(UnknownNameError, match="2 rows"):
        eg.degree(net).explain("x")
    assert eg.degree(net).explain("x", kind="Maker")
    with pytest.raises(ParameterError):
        eg.degree(net).top(0)


def test_made_graphs_hold_what_breaks_measures() -> None:
    nets = [made(seed).ecosystem.network("ARC", kinds="Actor") for seed in range(20)]
    assert any((net.arcs.multiplicity > 1).any() for net in nets)
    assert any((net.arcs.out_sources == net.arcs.out_targets).any() for net in nets)
    assert any((np.diff(net.arcs.out_pointers) == 0).any() for net in nets)


def test_a_view_prints_its_recipe() -> None:
    net = eco(COLLABORATES=TIES).network("COLLABORATES", kinds="Maker", count="hours")
    assert repr(net) == "network('COLLABORATES', kinds=['Maker'], count='hours'): 3 nodes"


def test_both_arcs_of_an_undirected_pair_have_the_same_bytes() -> None:
    for seed in range(20):
        view = made(seed, n=12, m=200).ecosystem
        mixed = view.network("TIE", "ARC", kinds="Actor", direction="as declared", count="hours")
        assert mixed.directed
        for net in (
            view.network("TIE", kinds="Actor", count="hours"),
            view.network("ARC", kinds="Actor", count="hours", direction="both"),
        ):
            matrix = net.to_scipy("count").toarray()
            assert (matrix == matrix.T).all()


def test_mixed_relations_make_the_arcs_each_of_them_makes() -> None:
    view = made(3).ecosystem
    both = view.network("TIE", "ARC", kinds="Actor", direction="as declared", count="hours").to_scipy("count")
    parts = [view.network(one, kinds="Actor", count="hours").to_scipy("count") for one in ("TIE", "ARC")]
    assert both.toarray() == pytest.approx((parts[0] + parts[1]).toarray())
