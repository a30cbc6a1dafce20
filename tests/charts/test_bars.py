"""Bars and stages: widths are in proportion to values."""

import math
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.charts import Chart, bars, funnel
from ecograph.charts.marks import INK
from tests.charts.drawings import SVG, attribute, found, root, texts, titles

VALUES = st.floats(-1e9, 1e9).map(lambda value: 0.0 if abs(value) < 1e-3 else value)


def boxes(chart: Chart) -> list[ET.Element]:
    """The bars: rectangles with an outline."""
    return [box for box in found(chart, "rect") if box.attrib.get("stroke") == INK]


@given(st.lists(VALUES, min_size=1, max_size=20))
def test_bars_are_as_long_as_their_values_and_start_at_nought(values: list[float]) -> None:
    chart = bars([f"b{place}" for place in range(len(values))], values, title="t")
    drawn = boxes(chart)
    ranked = sorted(values, reverse=True)
    nought = attribute(list(found(chart, "line"))[-1], "x1")
    span = max(0.0, *values) - min(0.0, *values)
    room = sum(
        max((attribute(box, "width") for box, value in zip(drawn, ranked, strict=True) if value * sign > 0), default=0)
        for sign in (1, -1)
    )
    assert room > 100 or span == 0
    for box, value in zip(drawn, ranked, strict=True):
        left, width = attribute(box, "x"), attribute(box, "width")
        assert width == pytest.approx(abs(value) / span * room if span else 0, abs=0.03)
        assert (left + width if value < 0 else left) == pytest.approx(nought, abs=0.02)


def test_bars_stand_in_order_with_their_names_and_values() -> None:
    chart = bars(["Ada", "Bo", "Cy", "Di"], [2, 1_690_000_000, math.nan, -3], title="Hours", unit="h", measure="Work")
    assert texts(chart) == ["Hours", "Work, h", "Bo", "1.69 bn", "Ada", "2", "Di", "−3", "Cy", "– no value"]
    assert "Bo; 1.69 bn h" in titles(chart)
    assert chart.alternative == "Hours. Bars of 4: Bo has the most, 1.69 bn h; Di the least, −3 h. Without a value: 1."


def test_missing_value_is_a_dash_with_its_reason() -> None:
    chart = bars(["创客", "团队"], [math.nan, 4], reasons=["人数不足", None], title="时数", unit="小时", language="zh")
    assert texts(chart) == ["时数", "小时", "团队", "4", "创客", "– 人数不足"]
    assert chart.alternative == "时数。条形图，仅 1 项：“团队”，为 4 小时。无数值：1 项。"
    assert len(boxes(chart)) == 1


def test_ten_thousand_bars_show_the_top_and_count_the_others() -> None:
    values = np.random.default_rng(1).permutation(10_000).astype(float)
    chart = bars([f"b{value:.0f}" for value in values], values, title="t")
    assert [text for text in texts(chart) if text.startswith("b")] == [f"b{9999 - place}" for place in range(20)]
    assert texts(chart)[-1] == "and 9,980 more"
    assert len(chart.table) == 10_000
    assert chart.table["value"].tolist() == values.tolist()
    assert texts(bars(["b"] * 10_000, values, title="t", language="zh"))[-1] == "另有 9,980 项未显示"


def test_all_zero_and_one_bar() -> None:
    chart = bars(["Ada"], [0], title="t")
    assert [attribute(box, "width") for box in boxes(chart)] == [0]
    assert chart.alternative == "t. One bar: Ada, 0."
    assert [attribute(box, "width") for box in boxes(bars(["a", "b"], [0, 0], title="t"))] == [0, 0]


def test_shares_carry_their_sign_and_infinity_has_no_bar() -> None:
    chart = bars(["a", "b"], [12.5, math.inf], title="t", unit="%")
    assert texts(chart) == ["t", "b", "∞%", "a", "12.5%"]
    assert len(boxes(chart)) == 1


def test_categories_have_a_colour_a_mark_and_a_legend() -> None:
    chart = bars(["a", "b", "c", "d"], [4, 3, 2, 1], categories=["x", "y", "x", ""], title="t")
    fills = [box.attrib["fill"] for box in boxes(chart)]
    assert fills[0] == fills[2] != fills[1]
    assert texts(chart)[1:3] == ["x", "y"]
    assert len(list(found(chart, "circle"))) == 3  # two bars and the legend
    assert chart.table["category"].tolist() == ["x", "y", "x", ""]


def test_equal_values_keep_the_order_given() -> None:
    chart = bars(["b", "a", "c"], [1, 1, 1], title="t")
    assert texts(chart)[1::2] == ["b", "a", "c"]


def test_table_is_the_input() -> None:
    chart = bars(["b", "a"], [1, math.nan], reasons=[None, "why"], title="t", unit="h")
    assert chart.table.names == ("label", "value", "reason")
    assert chart.table["label"].tolist() == ["b", "a"]
    assert chart.table["value"].tolist() == pytest.approx([1, math.nan], nan_ok=True)
    assert chart.table["reason"].tolist() == ["", "why"]
    assert chart.table.translated("zh").names == ("名称", "数值", "缺失原因")
    assert bars([], [], title="t").table.names == ("label", "value")


@given(st.lists(st.floats(0, 1e9).map(lambda value: 0.0 if value < 1e-3 else value), min_size=1, max_size=8))
def test_stages_are_as_broad_as_their_values_and_share_a_middle(values: list[float]) -> None:
    chart = funnel([f"s{place}" for place in range(len(values))], values, title="t")
    drawn = boxes(chart)
    broadest = max(attribute(box, "width") for box in drawn)
    middles = [attribute(box, "x") + attribute(box, "width") / 2 for box in drawn]
    assert broadest > 100 or max(values) == 0
    assert max(middles) - min(middles) < 0.02
    for box, value in zip(drawn, values, strict=True):
        assert attribute(box, "width") == pytest.approx(value / (max(values) or 1) * broadest, abs=0.02)


def test_stages_tell_their_share_of_the_stage_before() -> None:
    chart = funnel(["a", "b", "c", "d", "e"], [40, 10, 0, 5, math.nan], reasons=[None] * 4 + ["lost"], title="t")
    assert texts(chart) == [
        "t", "a", "40", "b", "10; 25% of previous", "c", "0; 0% of previous", "d", "5", "e", "– lost",
    ]  # fmt: skip
    assert chart.alternative == "t. 5 stages from a, 40, to e, –."
    assert chart.table["value"].tolist()[:4] == [40, 10, 0, 5]
    veils = root(chart).findall(f".//{SVG}polygon")
    assert len(veils) == 3  # none towards the stage without a value


def test_stage_in_chinese() -> None:
    chart = funnel(["创意", "公司"], [40, 10], title="路径", unit="个", language="zh")
    assert "10；上一阶段的 25%" in texts(chart)
    assert chart.alternative == "路径。漏斗图，共 2 个阶段：由“创意”（40 个）到“公司”（10 个）。"
