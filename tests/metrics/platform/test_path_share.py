"""Path share: hand cases, counting with and without on random graphs, and laws."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.errors import UnknownNameError
from ecograph.views import Network
from tests.metrics.centrality.conftest import in_eighths
from tests.oracles.paths import passages
from tests.strategies import made_ecosystems

NODES = {
    "Maker": {"id": ["m1", "m2", "m3"]},
    "Makerspace": {"id": ["hub", "lab"]},
    "Enterprise": {"id": ["e1", "e2"]},
}


def joined(*pairs: str) -> Network:
    ends = [pair.split() for pair in pairs]
    ties = {"source": [one for one, _ in ends], "target": [other for _, other in ends]}
    return eg.from_tables(NODES, {"COLLABORATES": ties}).network("COLLABORATES")


def first(result: eg.Result) -> dict[str, Any]:
    return next(iter(result.table.rows()))


def test_by_hand() -> None:
    # m1 reaches e1 over both spaces and over m2, m2 has e1 at hand, m3 has nobody; e2 is behind the lab
    net = joined("m1 hub", "m1 lab", "m1 m2", "hub e1", "lab e1", "m2 e1", "lab e2")
    found = eg.path_share(net)
    row = first(found)
    # m1-e1 2/3, m1-e2 1, m2-e1 0, m2-e2 over m1 or e1 and then the lab: 1
    assert row["share"] == pytest.approx((2 / 3 + 1 + 0 + 1) / 4)
    assert (row["pairs"], row["dependent"], row["unjoined"]) == (4, 2, 2)
    assert found.explain() == (
        "Of the shortest paths from Maker to Enterprise, 66.7% lead through Makerspace; of 4 pairs joined by a path, 2 "
        "have no other shortest one, and 2 pairs are not joined at all."
    )
    assert found.explain(language="zh").startswith("从创客到企业的最短路径中，66.7% 经过众创空间；")
    assert first(eg.path_share(net, through=["hub"]))["share"] == pytest.approx((1 / 3) / 4)
    lab = eg.path_share(net, starts=["Maker:m1"], ends=["企业"], through=["lab"])
    assert first(lab)["share"] == pytest.approx((1 / 3 + 1) / 2)
    assert lab.explain().startswith("Of the shortest paths from m1 to Enterprise")


def test_ends_that_are_the_platform_are_left_out_and_nothing_has_a_note() -> None:
    net = joined("m1 hub", "hub e1")
    row = first(eg.path_share(net, starts=["Maker", "hub"], through=["hub"]))
    assert (row["share"], row["pairs"], row["unjoined"]) == (1, 1, 5)
    apart = eg.path_share(joined("m1 m2", "e1 e2", "hub lab"))
    assert np.isnan(first(apart)["share"]) and first(apart)["note"] == "no path joins the two sides"
    assert apart.explain() == "No path leads from Maker to Enterprise; 6 pairs are not joined."
    assert apart.explain(language="zh") == "从创客到企业没有任何路径；6 对互不相连。"
    assert first(eg.path_share(net, through=[]))["share"] == 0
    same = first(eg.path_share(joined("m1 hub", "hub m2"), ends=["Maker"]))
    assert (same["share"], same["pairs"], same["unjoined"]) == (1, 2, 4)


def test_a_distance_of_0_and_names_that_are_not_there() -> None:
    ties = {"source": ["m1", "hub"], "target": ["hub", "e1"], "hours": [0.0, 1.0]}
    net = eg.from_tables(NODES, {"COLLABORATES": ties}).network("COLLABORATES", distance="hours")
    found = eg.path_share(net)
    assert first(found)["note"] == "an arc has distance 0" and np.isnan(first(found)["share"])
    assert found.explain() == "Shortest paths from Maker to Enterprise cannot be counted: an arc has distance 0."
    with pytest.raises(UnknownNameError, match="nobody"):
        eg.path_share(net, through=["nobody"])


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_counting_with_and_without(relation: str, weighted: bool, rounds) -> None:
    for seed in range(rounds(30, 300)):
        options = {"distance": "hours", "parallel": "min"} if weighted else {}
        net = in_eighths(seed, n=16, m=28).ecosystem.network(relation, kinds="Actor", **options)
        lengths = net.weights("distance").tolist()
        ends = zip(net.arcs.out_sources.tolist(), net.arcs.out_targets.tolist(), strict=True)
        arcs = {pair: Fraction(length) for pair, length in zip(ends, lengths, strict=True)}
        places = {
            kind: [place for place, one in enumerate(net.nodes.kinds.to_pylist()) if one == kind]
            for kind in ("Maker", "Enterprise", "University")
        }
        row = first(eg.path_share(net, through=["University"]))
        passing, pairs, whole = passages(
            arcs, net.n, places["Maker"], set(places["Enterprise"]), set(places["University"])
        )
        assert (row["pairs"], row["dependent"]) == (pairs, whole)
        assert row["unjoined"] == len(places["Maker"]) * len(places["Enterprise"]) - pairs
        expected = float(passing / pairs) if pairs else float("nan")
        assert row["share"] == pytest.approx(expected, rel=1e-9, abs=1e-12, nan_ok=True)


@given(made_ecosystems)
def test_all_others_are_the_sides_of_group_betweenness(tables) -> None:
    net = tables.ecosystem.network("TIE", kinds="Actor")
    groups = {row["group"]: row for row in eg.group_betweenness(net).table.rows()}
    row = first(eg.path_share(net, starts=["Actor"], ends=["Actor"], through=["University"]))
    if "University" in groups:
        assert (row["pairs"], row["dependent"]) == tuple(
            2 * groups["University"][one] for one in ("pairs", "dependent")
        )
        passing = 2 * groups["University"]["group_betweenness"]
        assert row["pairs"] == 0 or row["share"] * row["pairs"] == pytest.approx(passing, abs=1e-9)
    else:
        assert row["pairs"] == 0 or row["share"] == 0
