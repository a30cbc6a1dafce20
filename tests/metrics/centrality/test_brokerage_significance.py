"""Brokerage against chance: all orders of few labels, p under its null, strata, and laws."""

import math
from itertools import permutations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from scipy.stats import binom

import ecograph as eg
from ecograph.errors import ParameterError
from ecograph.kernels import csr
from ecograph.methods.open_paths import ROLES, brokered, by_chance
from ecograph.views import Network
from tests.metrics.community.known import labelled
from tests.oracles.brokerage import brokerage
from tests.strategies import GRAPH, keyed, made, made_ecosystems


def arcs_of(net: Network) -> set[tuple[int, int]]:
    return set(zip(net.arcs.out_sources.tolist(), net.arcs.out_targets.tolist(), strict=True))


def small() -> Network:
    arcs = {"source": list("abbcdae"), "target": list("bcdaecb")}
    return eg.from_tables({"Maker": {"id": list("abcde")}}, {"ARC": arcs}, GRAPH).network("ARC")


def test_means_z_and_p_are_near_those_over_all_orders_of_the_labels() -> None:
    net = small()
    labels = ["x", "x", "y", "y", "z"]
    counts = np.array(
        [
            [[one[role] for role in ROLES] for one in brokerage(arcs_of(net), list(order))]
            for order in permutations(labels)
        ]
    )
    observed = np.array([[one[role] for role in ROLES] for one in brokerage(arcs_of(net), labels)])
    times = 20_000
    found = eg.brokerage_significance(
        net, by=labelled(net, dict(zip("abcde", labels, strict=True))), permutations=times
    )
    for number, role in enumerate(ROLES):
        assert found[role].tolist() == observed[:, number].tolist()
        mean, deviation = counts[:, :, number].mean(axis=0), counts[:, :, number].std(axis=0)
        assert found[f"{role}_expected"] == pytest.approx(mean, abs=4 * float(deviation.max()) / math.sqrt(times))
        varies = deviation > 0
        assert np.isnan(found[f"{role}_z"]).tolist() == (~varies).tolist()
        z = (observed[:, number] - mean)[varies] / deviation[varies]
        assert found[f"{role}_z"][varies] == pytest.approx(z, abs=0.1)
        more = (counts[:, :, number] > observed[:, number]).mean(axis=0)
        alike = (counts[:, :, number] == observed[:, number]).mean(axis=0)
        p = found[f"{role}_p"]
        assert np.isnan(p).tolist() == (~varies).tolist()
        assert (p[varies] > (more - 0.02)[varies]).all() and (p[varies] < (more + alike + 0.02)[varies]).all()


@pytest.mark.parametrize("strata", [np.zeros(24, np.int64), np.repeat([0, 1], 12)], ids=["together", "in strata"])
def test_p_is_even_over_networks_drawn_from_its_null(strata: np.ndarray, rounds) -> None:
    networks = rounds(200, 1_000)
    # of three groups, the second stratum has the last two
    groups = np.where(strata == 0, np.arange(24) % 3, 1 + np.arange(24) % 2)
    found = []
    for number in range(networks):
        random = np.random.default_rng(number)
        rows = csr.build(*random.integers(0, 24, (2, 80), dtype=np.int32), 24)[:4]
        drawn = groups.copy()
        for stratum in (0, 1):
            drawn[strata == stratum] = random.permutation(groups[strata == stratum])
        busiest = np.sum(list(brokered(rows, drawn).values()), axis=0).argmax()  # whatever the groups are
        found.append(by_chance(rows, drawn, strata, 99, number).p[busiest])
    for level in (0.01, 0.05, 0.10):
        low, high = binom.interval(0.999, networks, level)
        rejected = (np.array(found) <= level).sum(axis=0)
        assert ((low <= rejected) & (rejected <= high)).all()
    assert not np.isnan(found).any()


def test_a_gatekeeper_by_design_has_a_small_p_and_strata_can_explain_it() -> None:
    # makers reach enterprises over the hub only, which is an enterprise
    inside, outside = [f"m{number}" for number in range(12)], [f"e{number}" for number in range(12)]
    arcs = {"source": [*inside, *["e0"] * 11], "target": [*["e0"] * 12, *outside[1:]]}
    eco = eg.from_tables({"Maker": {"id": inside}, "Enterprise": {"id": outside}}, {"ARC": arcs}, GRAPH)
    net = eco.network("ARC")
    found = eg.brokerage_significance(net)
    hub = next(row for row in found.table.rows() if row["id"] == "e0")
    assert hub["gatekeeper"] == 132 and hub["gatekeeper_p"] < 0.005 and hub["gatekeeper_z"] > 3
    assert hub["gatekeeper_expected"] == pytest.approx(132 / 4, abs=5)
    said = found.explain("e0")
    assert said.startswith("e0 (Enterprise), with the groups exchanged at random 999 times: coordinator 0 where chance")
    assert "gatekeeper 132 where chance gives" in said
    assert "守门人 132，随机期望" in found.explain("e0", language="zh")
    assert found.explain("m0") == "m0 (Maker): its roles are the same however the groups are exchanged."
    kept = eg.brokerage_significance(net, within="kind")
    assert np.isnan(kept["gatekeeper_p"]).all()
    assert keyed(kept, "gatekeeper_expected")["Enterprise", "e0"] == 132
    assert set(kept["note"]) == {"no z or p for counts that never vary"}


@given(made_ecosystems)
def test_counts_are_those_of_brokerage_and_expected_ones_add_up_to_the_same(tables) -> None:
    net = tables.ecosystem.network("TIE", kinds="Actor")
    counted = eg.brokerage(net)
    found = eg.brokerage_significance(net, permutations=7)
    for role in ROLES:
        assert found[role].tolist() == counted[role].tolist()
        p = found[f"{role}_p"]
        assert ((p >= 0) & (p < 1) | np.isnan(p)).all()
    expected = sum(found[f"{role}_expected"] for role in ROLES)
    assert expected == pytest.approx(counted["total"].astype(float))


def test_seeds_and_who_is_left_out() -> None:
    net = made(5).ecosystem.network("ARC", kinds="Actor")
    one, same = (eg.brokerage_significance(net, seed=4, permutations=70) for _ in range(2))
    assert one == same
    assert one.table != eg.brokerage_significance(net, seed=5, permutations=70).table
    found = eg.brokerage_significance(net, by="group", within="group", permutations=9)
    missing = int((found["kind"] != "Maker").sum())
    assert [finding.count for finding in found.findings] == [missing, missing]
    assert set(found["note"][found["kind"] != "Maker"]) == {"no group"}
    other = next(row["id"] for row in found.table.rows() if row["kind"] != "Maker")
    assert found.explain(other) == f"{other} has no group."
    assert found.explain(other, language="zh") == f"{other} 没有组别。"
    with pytest.raises(ParameterError, match="permutations=1; allowed: 2 or more"):
        eg.brokerage_significance(net, permutations=1)
    with pytest.raises(ParameterError, match="seed=-1; allowed: 0 or more"):
        eg.brokerage_significance(net, seed=-1)


def test_a_node_without_a_stratum_keeps_its_group() -> None:
    net = small()
    by = labelled(net, dict(zip("abcde", "xxyyz", strict=True)))
    none = eg.Table({"kind": net.nodes.kinds, "id": net.nodes.ids, "value": pa.nulls(5, pa.string())})
    kept = eg.brokerage_significance(net, by=by, within=none, permutations=9)
    for role in ROLES:
        assert kept[f"{role}_expected"].tolist() == kept[role].tolist()
    assert kept.findings.counts() == {"no_label": 5}
