"""Elements, text and its width, words and colours."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.charts.lettering import cut, text_width, wrapped
from ecograph.charts.marks import SHAPES, mark, reach
from ecograph.charts.palette import COLOURS, INKS, contrast, inked, readable_on, shade
from ecograph.charts.svg import BLACK, GREY, element, short
from ecograph.charts.words import WORDS, said
from ecograph.errors import ParameterError, UnknownNameError

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)


@given(TEXTS, TEXTS)
def test_element_reads_back_as_it_was_given(text: str, value: str) -> None:
    made = ET.fromstring(str(element("text", text, aria_label=value)))
    allowed = r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    lines = r"\r\n?"
    assert (made.text or "") == re.sub(lines, "\n", re.sub(allowed, "\ufffd", text))
    assert made.attrib["aria-label"] == re.sub(r"[\t\n]", " ", re.sub(lines, "\n", re.sub(allowed, "\ufffd", value)))


@pytest.mark.parametrize(
    ("value", "text"), [(1.5, "1.5"), (2.0, "2"), (-0.001, "0"), (1234.567, "1234.57"), (100, "100"), (-7.1, "-7.1")]
)
def test_coordinates_are_short(value: float, text: str) -> None:
    assert short(value) == text


@given(TEXTS, st.floats(20, 300))
def test_cut_text_fits_its_room(text: str, room: float) -> None:
    shown = cut(text, room)
    assert text_width(shown) <= room
    assert shown == " ".join(text.split()) or shown.endswith("…")
    assert " ".join(text.split()).startswith(shown.removesuffix("…"))


@given(TEXTS, st.floats(30, 300), st.integers(1, 4))
def test_lines_fit_their_room_and_lose_nothing_silently(text: str, room: float, most: int) -> None:
    lines = wrapped(text, room, most=most)
    assert len(lines) <= most
    assert all(text_width(line) <= room for line in lines)
    if not any("…" in line for line in lines):
        assert "".join(lines).replace(" ", "") == "".join(text.split()).replace(" ", "")


def test_lines_break_at_spaces_and_between_chinese_characters() -> None:
    assert wrapped("alpha beta gamma", 60) == ["alpha", "beta", "gamma"]
    assert wrapped("创客空间。创客", 60) == ["创客空", "间。创客"]
    assert wrapped("one two three four", 60, most=2) == ["one two", "three…"]


def test_width_counts_chinese_double_and_marks_not_at_all() -> None:
    assert text_width("创客", 10) == 20
    assert text_width("e\u0301", 10) == text_width("e", 10)
    assert text_width("Wide") > text_width("thin")


def test_colours_are_those_of_okabe_and_ito() -> None:
    assert set(COLOURS) == {"#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442"}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("#000000", "#FFFFFF", 21), ("#777777", "#FFFFFF", 4.48), ("#FF0000", "#FFFFFF", 4.0)],
)
def test_contrast_is_that_of_the_guidelines(first: str, second: str, expected: float) -> None:
    assert contrast(first, second) == pytest.approx(expected, abs=0.01)
    assert contrast(second, first) == contrast(first, second)


def test_text_and_lines_have_contrast_on_paper() -> None:
    assert all(contrast(colour, "#FFFFFF") >= 4.5 for colour in (BLACK, GREY))
    assert all(contrast(ink, "#FFFFFF") >= 3 for ink in INKS)
    assert len(set(INKS)) == len(COLOURS)
    assert inked("#0072B2") == "#0072B2"


@given(st.floats(-1, 1))
def test_numbers_in_cells_have_contrast(value: float) -> None:
    fill = shade(value, 1.0)
    assert contrast(readable_on(fill), fill) >= 4.5


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from([1, -1]))
def test_more_is_darker(a: float, b: float, sign: int) -> None:
    light, dark = (contrast(shade(sign * value, 1.0), "#FFFFFF") for value in (min(a, b), max(a, b)))
    assert dark >= light


def test_marks_have_the_area_asked_for_and_56_looks() -> None:
    looks = set()
    for style in range(56):
        made = ET.fromstring(str(mark(style, 0, 0, 400.0)))
        if made.tag == "circle":
            area, corner = 3.14159265 * float(made.attrib["r"]) ** 2, float(made.attrib["r"])
        else:
            points = [tuple(map(float, pair.split(","))) for pair in made.attrib["points"].split()]
            following = [*points[1:], points[0]]
            area = abs(sum(x * v - y * u for (x, y), (u, v) in zip(points, following, strict=True))) / 2
            corner = max((x * x + y * y) ** 0.5 for x, y in points)
        assert area == pytest.approx(400, rel=0.002)
        assert reach(style, 400.0) == pytest.approx(corner, abs=0.01)
        looks.add((made.attrib["fill"], made.tag, made.attrib.get("points")))
    assert len(looks) == 56
    assert len(SHAPES) == 8


def test_every_sentence_stands_in_both_languages_with_the_same_gaps() -> None:
    for entry, words in WORDS.items():
        assert set(words) == {"en", "zh"}, entry
        gaps = [set(re.findall(r"\{(\w+)\}", sentence)) for sentence in words.values()]
        assert gaps[0] == gaps[1], entry
        assert not re.search(r"[A-Za-z]", re.sub(r"\{\w+\}", "", words["zh"])), entry


def test_unknown_sentence_and_language() -> None:
    with pytest.raises(UnknownNameError, match="no sentence 'nothings'"):
        said("nothings", "en")
    with pytest.raises(ParameterError, match="language='fr'; allowed: en, zh"):
        said("nothing", "fr")
