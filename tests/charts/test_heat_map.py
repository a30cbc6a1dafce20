"""Cells are coloured and printed as their values say; flows are as broad as their amounts."""

import math
from itertools import pairwise
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.charts import Chart, heat_map, sankey
from ecograph.charts.marks import INK
from ecograph.charts.palette import contrast
from tests.charts.drawings import attribute, coordinates, found, texts, titles


def cells(chart: Chart) -> list[ET.Element]:
    """Cells of the matrix, row by row."""
    return [box for box in found(chart, "rect") if box.attrib.get("stroke") == "#FFFFFF"]


@given(st.lists(st.floats(0, 1000), min_size=6, max_size=6))
def test_darker_cells_hold_more(values: list[float]) -> None:
    chart = heat_map(["a", "b"], ["x", "y", "z"], np.reshape(values, (2, 3)), title="t")
    shades = [contrast(cell.attrib["fill"], "#FFFFFF") for cell in cells(chart)]
    order = np.argsort(values, kind="stable")
    assert np.all(np.diff(np.array(shades)[order]) >= 0)
    if max(values) > 0:
        assert shades[int(np.argmax(values))] > 7


def test_values_are_printed_where_all_fit_and_have_contrast() -> None:
    chart = heat_map(["a", "b"], ["x", "y"], [[0, 40], [1234567, math.nan]], title="t", unit="h")
    fills = [cell.attrib["fill"] for cell in cells(chart)]
    printed = [text for text in found(chart, "text") if text.attrib.get("pointer-events")]
    assert [text.text for text in printed] == ["0", "40", "1.23 M", "–"]
    assert all(contrast(text.attrib["fill"], fill) >= 4.5 for text, fill in zip(printed, fills, strict=True))
    assert "b, x; 1.23 M h" in titles(chart)
    assert "b, y; – no value" in titles(chart)
    assert texts(chart)[-1] == "– no value: b, y"
    many = heat_map(["a"], [f"c{place}" for place in range(30)], [range(1_000_000, 1_000_030)], title="t")
    assert not [text for text in found(many, "text") if text.attrib.get("pointer-events")]


def test_negative_values_have_a_colour_of_their_own() -> None:
    chart = heat_map(["a"], ["x", "y", "z"], [[-5, 0, 5]], title="t")
    below, nought, above = (cell.attrib["fill"] for cell in cells(chart))
    assert below == "#A03C00"
    assert above == "#08457E"
    assert nought == "#F4F6F8"
    assert {"−5", "5"} <= set(texts(chart)[-2:])


def test_many_places_of_one_reason_are_counted() -> None:
    columns = [f"c{place}" for place in range(9)]
    few, many = (
        heat_map(["a"], ["x", *columns[:n]], [[1, *[math.nan] * n]], reasons=[[None, *["late"] * n]], title="t")
        for n in (8, 9)
    )
    assert any(text.endswith("a, c7") for text in texts(few))
    assert texts(many)[-1] == "– late: 9 places"


def test_reasons_are_told_once_each() -> None:
    values, reasons = [[math.nan, 1], [math.nan, math.nan]], [["few", ""], ["few", None]]
    chart = heat_map(["a", "b"], ["x", "y"], values, reasons=reasons, title="t", language="zh")
    assert texts(chart)[-2:] == ["– few：a、x；b、x", "– 无数值：b、y"]
    assert chart.alternative == "t。热力图，2 行 2 列：最高值为 1，位于“a”与“y”。无数值：3 项。"


def test_large_matrix_shows_the_largest_rows_and_columns_and_counts_the_others() -> None:
    values = np.zeros((100, 50))
    values[90, 45] = 7
    chart = heat_map([f"r{place}" for place in range(100)], [f"c{place}" for place in range(50)], values, title="t")
    shown = texts(chart)
    assert len(cells(chart)) == 1600
    assert {"r90", "c45", "r0", "c0"} <= set(shown)
    assert "r50" not in shown
    assert shown[-2:] == ["Rows not shown: 60", "Columns not shown: 10"]
    assert len(chart.table) == 5000


def test_all_zero_matrix_and_infinite_cell() -> None:
    assert [cell.attrib["fill"] for cell in cells(heat_map(["a"], ["x"], [[0]], title="t"))] == ["#F4F6F8"]
    assert "∞" in texts(heat_map(["a"], ["x", "y"], [[math.inf, 1]], title="t"))


def test_table_of_cells_is_the_input() -> None:
    table = heat_map(["a", "b"], ["x", "y"], [[1, 2], [3, 4]], title="t").table
    assert list(table.rows()) == [
        {"row": row, "column": column, "value": value}
        for row, column, value in [("a", "x", 1), ("a", "y", 2), ("b", "x", 3), ("b", "y", 4)]
    ]


FLOWS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz"), st.floats(0.1, 100)), min_size=1, max_size=20
)


@given(FLOWS)
def test_ribbons_and_posts_are_as_broad_as_amounts(flows: list[tuple[str, str, float]]) -> None:
    sources, targets, amounts = zip(*flows, strict=True)
    chart = sankey(sources, targets, amounts, title="t")
    posts = [box for box in found(chart, "rect") if box.attrib.get("stroke") == INK]
    kinds = [text.text for text in found(chart, "text")][1:]
    totals = {kind: sum(amount for *ends, amount in flows if kind in ends) for kind in [*set(sources), *set(targets)]}
    heights = {kind: attribute(post, "height") for kind, post in zip(kinds, posts, strict=True)}
    unit = sum(heights.values()) / sum(totals.values())
    assert unit > 0
    assert heights == pytest.approx({kind: total * unit for kind, total in totals.items()}, abs=0.02)
    assert len(list(found(chart, "path"))) == len({(source, target) for source, target, _ in flows})
    covered: dict[float, list[tuple[float, float]]] = {}
    for path in found(chart, "path"):
        there, back = path.attrib["d"].split("V")
        (_, left_top), *_, (right, right_top) = coordinates(there)
        thick = float(back.split("C")[0]) - right_top
        covered.setdefault(0.0, []).append((left_top, left_top + thick))
        covered.setdefault(right, []).append((right_top, right_top + thick))
    for side in covered.values():
        ordered = sorted(side)
        assert all(end <= start + 0.03 for (_, end), (start, _) in pairwise(ordered))
        assert sum(end - start for start, end in side) == pytest.approx(sum(heights.values()) / 2, abs=0.3)


def test_kinds_stand_from_the_largest_down_and_do_not_touch() -> None:
    chart = sankey(["a", "b", "b"], ["x", "x", "y"], [1, 5, 2], title="t", unit="CNY")
    assert [text.text for text in found(chart, "text")][2:] == ["b", "a", "x", "y"]
    posts = [box for box in found(chart, "rect") if box.attrib.get("stroke") == INK]
    for upper, lower in (posts[:2], posts[2:]):
        assert attribute(lower, "y") - attribute(upper, "y") - attribute(upper, "height") >= 17.9
    assert "b → x; 5 CNY" in titles(chart)
    assert chart.alternative == "t. Flows of 8 CNY from 2 to 2 kinds; the largest, 5 CNY, from b to x."


def test_small_kinds_are_taken_together() -> None:
    chart = sankey([f"s{place}" for place in range(30)], ["x"] * 30, range(30, 0, -1), title="t")
    kinds = [text.text for text in found(chart, "text")][1:]
    assert kinds == [*(f"s{place}" for place in range(11)), "19 others", "x"]
    assert "19 others; 190" in titles(chart)
    assert len(chart.table) == 30


def test_flows_without_an_amount_are_counted_and_empty_kinds_left_out() -> None:
    chart = sankey(["a", "b", "a"], ["x", "x", "y"], [3, math.nan, 0], title="t", language="zh")
    assert [text.text for text in found(chart, "text")][1:3] == ["a", "x"]
    assert texts(chart)[-1] == "已略去 1 条无数额的流量。"
    assert chart.alternative.endswith("已略去 1 条无数额的流量。")
