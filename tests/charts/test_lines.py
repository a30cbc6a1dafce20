"""Lines and intervals stand where their values belong."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.charts import Chart, interval, lines
from ecograph.charts.svg import BLACK, GREY, HAIRLINE
from tests.charts.drawings import attribute, coordinates, found, texts, titles

NAMES = ["a", "b", "c", "d"]


def points(chart: Chart) -> list[list[tuple[float, float]]]:
    """Points of every unbroken line."""
    return [coordinates(path.attrib["d"]) for path in found(chart, "path")]


def level_of(chart: Chart, tick: str) -> float:
    """Height at which a tick of the vertical axis stands."""
    return next(attribute(text, "y") - 4 for text in found(chart, "text") if text.text == tick)


@given(st.lists(st.floats(0, 100), min_size=2, max_size=30).filter(lambda values: max(values) - min(values) > 1))
def test_heights_are_in_proportion(values: list[float]) -> None:
    chart = lines([f"x{place}" for place in range(len(values))], {"s": [0, *values[1:-1], 100]}, title="t")
    (curve,) = points(chart)
    bottom, top = level_of(chart, "0"), level_of(chart, "100")
    assert bottom - top > 150
    heights = [(bottom - y) / (bottom - top) * 100 for _, y in curve]
    assert heights == pytest.approx([0, *values[1:-1], 100], abs=0.05)
    steps = np.diff([x for x, _ in curve])
    assert steps == pytest.approx(np.full(len(steps), steps[0]), abs=0.03)


def test_numbers_along_the_axis_stand_where_they_belong() -> None:
    chart = lines([0.0, 1.0, 10.0], {"s": [1, 2, 3]}, title="t")
    (curve,) = points(chart)
    first, second, third = (x for x, _ in curve)
    assert (second - first) / (third - first) == pytest.approx(0.1, abs=0.001)
    assert {"0", "2", "4", "6", "8", "10"} <= set(texts(chart))
    assert chart.table["x"].tolist() == [
        0,
        1,
        10,
    ]


def test_line_is_broken_where_a_value_is_missing_and_the_reason_is_told() -> None:
    values = [1, 2, math.nan, math.nan, 5, math.nan, 7, 8]
    reasons = ["", "", "closed", "closed", "", None, "", ""]
    chart = lines([f"q{place}" for place in range(8)], {"s": values}, reasons={"s": reasons}, title="t")
    assert [len(curve) for curve in points(chart)] == [2, 2]
    assert len(list(found(chart, "circle"))) == 5  # a point alone has its mark
    assert texts(chart)[-2:] == ["– closed: s, q2 to q3", "– no value: s, q5"]
    assert "s, q4; 5" in titles(chart)


def test_every_series_is_told_and_at_most_seven_are_drawn() -> None:
    series = {f"s{place}": [12 - place, place] for place in range(12)}
    chart = lines(["a", "b"], series, title="t", language="zh")
    assert len(points(chart)) == 7
    assert "另有 5 项未显示" in texts(chart)
    assert [text for text in texts(chart) if text.startswith("s")] == ["s11", "s10", "s9", "s8", "s7", "s6", "s5"]
    assert len(chart.table) == 24


@pytest.mark.parametrize("end", [0, 50, 100])
def test_names_at_the_ends_do_not_meet_and_stay_beside_the_lines(end: float) -> None:
    chart = lines(["a", "b"], {f"s{place}": [100 * (place % 2), end] for place in range(7)}, title="t")
    levels = sorted(attribute(text, "y") for text in found(chart, "text") if (text.text or "").startswith("s"))
    assert len(levels) == 7
    assert min(np.diff(levels)) >= 16.9
    assert level_of(chart, "100") - 5 < levels[0] - 4
    assert levels[-1] - 4 < level_of(chart, "0") + 5


def test_names_below_do_not_meet() -> None:
    chart = lines([f"quarter {place} of many" for place in range(60)], {"s": range(60)}, title="t")
    below = [text for text in found(chart, "text") if text.attrib.get("text-anchor") == "middle"]
    middles = [attribute(text, "x") for text in below]
    assert min(np.diff(middles)) > 100
    assert 2 <= len(middles) <= 5


def test_one_place_and_one_value() -> None:
    chart = lines(["2025"], {"s": [3]}, title="t")
    assert points(chart) == []
    assert len(list(found(chart, "circle"))) == 1
    assert chart.alternative == "t. Lines of 1 series from 2025 to 2025: s from 3 to 3."


def test_many_points_have_no_marks_but_the_last() -> None:
    chart = lines(np.arange(500.0), {"s": np.sqrt(np.arange(500.0))}, title="t")
    assert len(list(found(chart, "circle"))) == 1


def test_table_of_lines_is_the_input() -> None:
    chart = lines(["2024", "2025"], {"s": [1, 2], "t": [3, math.nan]}, title="t", unit="h")
    assert chart.table["series"].tolist() == ["s", "s", "t", "t"]
    assert chart.table["x"].tolist() == ["2024", "2025"] * 2
    assert chart.table["value"].tolist() == pytest.approx([1, 2, 3, math.nan], nan_ok=True)


def ends(chart: Chart) -> list[tuple[float, float]]:
    """Ends of every interval."""
    return [
        (attribute(line, "x1"), attribute(line, "x2"))
        for line in found(chart, "line")
        if line.attrib["stroke"] == GREY and line.attrib["y1"] == line.attrib["y2"]
    ]


def test_points_and_intervals_stand_where_they_belong() -> None:
    chart = interval(NAMES[:3], [1, 2, 3], [0, 1.5, 3], [2, 4, 3], reference=1, title="t")
    first, *_, last = (attribute(line, "x1") for line in found(chart, "line") if line.attrib["stroke"] == HAIRLINE)

    def place(value: float) -> float:
        return first + (last - first) * value / 4

    middles = [attribute(circle, "cx") for circle in found(chart, "circle")]
    assert middles == pytest.approx([place(1), place(2), place(3)], abs=0.02)
    assert ends(chart) == [pytest.approx((place(a), place(b)), abs=0.02) for a, b in ((0, 2), (1.5, 4), (3, 3))]
    (reference,) = (line for line in found(chart, "line") if line.attrib["stroke"] == BLACK)
    assert attribute(reference, "x1") == pytest.approx(place(1), abs=0.02)
    assert "2 (1.5 to 4)" in texts(chart)
    assert chart.alternative == "t. Points with intervals for 3: c is highest, 3; a lowest, 1."


def test_ends_that_are_missing_or_endless() -> None:
    chart = interval(
        NAMES,
        [1, 2, math.nan, 1],
        [math.nan, 0, 0, -math.inf],
        [math.nan, math.inf, 1, math.inf],
        reasons=["", "", "too few", ""],
        title="t",
    )
    assert len(ends(chart)) == 2
    (low, high), endless = ends(chart)
    arrows = [coordinates(arrow.attrib["points"]) for arrow in found(chart, "polygon")]
    assert [arrow[0][0] for arrow in arrows] == pytest.approx([high, *endless], abs=0.01)
    assert [np.sign(arrow[0][0] - arrow[1][0]) for arrow in arrows] == [1, -1, 1]
    assert endless[0] < low < high == endless[1]
    assert texts(chart)[-8:] == ["a", "1", "b", "2 (0 to ∞)", "c", "– too few", "d", "1 (−∞ to ∞)"]
    assert chart.alternative.endswith("Without a value: 1.")


def test_intervals_without_any_value_tell_their_reasons() -> None:
    chart = interval(["a"], [math.nan], [math.nan], [math.nan], reasons=["too few"], title="t", language="zh")
    assert "– too few" in texts(chart)
    assert chart.alternative == "t。无数值：1 项。"


def test_intervals_keep_their_order_and_count_the_others() -> None:
    chart = interval([f"p{place}" for place in range(50)], range(50), range(50), range(50), title="t", top=3)
    assert [text for text in texts(chart) if text.startswith("p")] == ["p0", "p1", "p2"]
    assert texts(chart)[-1] == "and 47 more"
    assert chart.table["high"].tolist() == list(range(50))
