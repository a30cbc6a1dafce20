"""The still drawing of a network."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.charts import Chart, layout, network
from ecograph.charts.lettering import SMALL, text_width
from ecograph.charts.naming import HIGH, named
from tests.charts.drawings import attribute, coordinates, found, root, texts, titles

AREAS = [800, 200, 400, 0]


def drawn(**options) -> Chart:
    return network(["Ada", "Bo", "Cy", "Di"], ["Maker"] * 4, [0, 1, 2, 2], [1, 2, 3, 2], title="t", **options)


def test_every_node_and_arc_is_drawn_and_counted() -> None:
    chart = drawn(measure="hours", unit="h", values=AREAS)
    assert [title for title in titles(chart)[1:] if "Maker" in title] == [
        "Di, Maker; 0 h", "Bo, Maker; 200 h", "Cy, Maker; 400 h", "Ada, Maker; 800 h",
    ][::-1]  # fmt: skip
    lines = [path.attrib["d"].count("M") for path in found(chart, "path")]
    assert sum(lines) == 4
    assert chart.alternative == ("t. Nodes: 4; arcs: 4; connected parts: 1. Kinds: Maker 4. Highest: Ada, Cy, Bo.")
    assert "Area: hours, h" in texts(chart)


def test_areas_are_in_proportion_down_to_the_smallest_seen() -> None:
    chart = drawn(values=AREAS)
    nodes = list(found(chart, "circle"))[1:]  # the first is the legend's
    areas = sorted((math.pi * attribute(node, "r") ** 2 for node in nodes), reverse=True)
    assert areas[1] / areas[0] == pytest.approx(0.5, rel=0.01)
    assert areas[2] / areas[0] == pytest.approx(0.25, rel=0.01)
    assert areas[3] == pytest.approx(12, rel=0.01)
    equal = {node.attrib["r"] for node in list(found(drawn(), "circle"))[1:]}
    assert len(equal) == 1


def test_arcs_end_at_their_nodes() -> None:
    chart = network(["a", "b"], ["Maker", "Maker"], [0], [1], title="t")
    (path,) = found(chart, "path")
    middles = {(attribute(node, "cx"), attribute(node, "cy")) for node in list(found(chart, "circle"))[1:]}
    ends = coordinates(path.attrib["d"])
    assert {(round(x, 1), round(y, 1)) for x, y in middles} == {(round(x, 1), round(y, 1)) for x, y in ends}


def test_kinds_differ_by_shape_and_colour() -> None:
    kinds = ["A", "A", "A", "B", "B", "C"]
    chart = network(list("uvwxyz"), kinds, [], [], title="t")
    assert texts(chart)[1:4] == ["A 3", "B 2", "C 1"]
    circles, polygons = list(found(chart, "circle")), list(found(chart, "polygon"))
    assert (len(circles), len(polygons)) == (4, 5)
    assert len({mark.attrib["fill"] for mark in [*circles, *polygons]}) == 3


def test_missing_value_is_counted() -> None:
    chart = drawn(values=[1, math.nan, 2, 3])
    assert "Bo, Maker; –" in titles(chart)
    assert chart.alternative.endswith("Highest: Di, Cy, Ada. Without a value: 1.")


def test_positions_given_are_used() -> None:
    sources, targets = [0, 1, 2, 2], [1, 2, 3, 2]
    assert drawn(positions=layout(4, sources, targets)).svg == drawn().svg
    assert drawn(positions=[[0, 0], [1, 0], [2, 0], [3, 0]]).svg != drawn().svg
    assert drawn(seed=1).svg != drawn().svg


def test_names_of_leading_nodes() -> None:
    labels = [f"node {place}" for place in range(50)]
    chart = network(labels, ["k"] * 50, [], [], values=range(50), named_nodes=5, title="t", language="zh")
    assert [text for text in texts(chart) if text.startswith("node")] == [
        f"node {place}" for place in range(49, 44, -1)
    ]
    assert texts(chart)[-1] == "共 50 个节点，按数值从高到低标出排得下的 5 个名称。"
    assert not [text for text in texts(network(["a"], ["k"], [], [], title="t")) if text.startswith("Named")]
    assert texts(network(labels, ["k"] * 50, [], [], named_nodes=0, title="t"))[1:] == [
        "k 50", "Named: 0 of 50 nodes, those with the most arcs that leave room.",
    ]  # fmt: skip


def test_names_do_not_overlap_in_a_crowd() -> None:
    generator = np.random.default_rng(2)
    sources, targets = generator.integers(0, 300, size=(2, 900))
    labels = [f"an organisation {place}" for place in range(300)]
    chart = network(labels, ["k"] * 300, sources, targets, named_nodes=60, title="t")
    boxes = []
    for text in found(chart, "text"):
        if text.attrib.get("paint-order"):
            width = text_width(text.text or "", SMALL)
            left = attribute(text, "x") - width * {"start": 0, "middle": 0.5, "end": 1}[text.attrib["text-anchor"]]
            boxes.append((left, attribute(text, "y"), left + width, attribute(text, "y") + HIGH))
    assert len(boxes) > 20
    _, _, width, height = map(float, root(chart).attrib["viewBox"].split())
    assert all(left >= 0 and right <= width and top >= 0 and bottom <= height for left, top, right, bottom in boxes)
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] + 0.02 or b[2] <= a[0] + 0.02 or a[3] <= b[1] + 0.02 or b[3] <= a[1] + 0.02


@given(st.lists(st.tuples(st.floats(0, 400), st.floats(0, 300)), min_size=1, max_size=25))
def test_no_two_names_overlap_and_none_covers_its_node(places: list[tuple[float, float]]) -> None:
    positions = np.array(places)
    reaches = np.full(len(places), 5.0)
    shown = named(range(len(places)), ["创客 name"] * len(places), positions, reaches, (400, 300))
    assert shown
    for name in shown:
        left, top, right, bottom = name.box
        x, y = positions[name.node]
        assert 0 <= left <= right <= 400
        assert 0 <= top <= bottom <= 300
        assert max(left - x, x - right, top - y, y - bottom) > 0
    for a, b in combinations([name.box for name in shown], 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_table_of_nodes_is_the_input() -> None:
    chart = drawn(values=AREAS, unit="h")
    assert list(chart.table.rows()) == [
        {"label": "Ada", "kind": "Maker", "value": 800, "arcs": 1},
        {"label": "Bo", "kind": "Maker", "value": 200, "arcs": 2},
        {"label": "Cy", "kind": "Maker", "value": 400, "arcs": 4},
        {"label": "Di", "kind": "Maker", "value": 0, "arcs": 1},
    ]
    assert drawn().table.names == ("label", "kind", "arcs")


def test_largest_network_is_drawn_small() -> None:
    sources, targets = np.random.default_rng(2).integers(0, 2000, size=(2, 10_000))
    chart = network([f"n{place}" for place in range(2000)], ["k"] * 2000, sources, targets, title="t")
    assert len(chart.svg) < 700_000
    assert len(list(found(chart, "circle"))) == 2001
