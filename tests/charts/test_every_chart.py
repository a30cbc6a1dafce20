"""What holds for a chart of every sort."""

import os
import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from ecograph.charts import Chart, bars, funnel, heat_map, interval, lines, network, sankey
from ecograph.charts.lettering import FONTS
from ecograph.charts.palette import contrast
from ecograph.charts.words import LANGUAGES
from ecograph.errors import AddressError, ParameterError
from ecograph.table import Language
from tests.charts.drawings import EVERY, SVG, found, root, texts, titles

INJECTIONS = [
    "<script>alert(1)</script>",
    "</text></svg><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onload='alert(1)",
    '" onload="alert(1)',
    "<![CDATA[<script>alert(1)</script>]]>",
    "]]>",
    "<!-- -->",
    "--><script>alert(1)</script>",
    "<?xml version='1.0'?>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "&lt;b&gt;&amp;&#60;",
    "&nosuch;",
    "javascript:alert(1)",
    "url(http://example.org/x)",
    "</title><a href='http://example.org'>x</a>",
    "{title} {0} {}",
    "%s %d %",
    "tab\tnew\nline\r",
    "null\x00bell\x07escape\x1b",
    "half \ud800 a character",
    "not a character \ufffe \uffff",
    "e\u0301\u200d\u202eright to left",
    "",
    "   ",
]
ALLOWED = {"svg", "title", "desc", "rect", "g", "text", "tspan", "line", "path", "circle", "polygon"}


@pytest.fixture(params=EVERY)
def sort(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("language", LANGUAGES)
def test_is_one_image_with_a_title_and_a_description(sort: str, language: Language) -> None:
    chart = EVERY[sort]("Ada & Bo", language)
    svg = root(chart)
    assert svg.tag == SVG + "svg"
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-label"] == chart.alternative
    assert svg.attrib["width"] == "100%"
    assert svg.attrib["font-family"] == FONTS
    assert [child.tag for child in svg[:2]] == [SVG + "title", SVG + "desc"]
    assert svg[0].text == "Ada & Bo"
    assert svg[1].text == chart.alternative
    assert chart.alternative.startswith("Ada & Bo")


@pytest.mark.parametrize("text", INJECTIONS)
def test_text_stays_text(sort: str, text: str) -> None:
    chart = EVERY[sort](text, "en")
    svg = root(chart)
    plain = root(EVERY[sort]("plain", "en"))
    names = {element.tag.removeprefix(SVG) for element in svg.iter()}
    assert names <= ALLOWED
    assert {name for element in svg.iter() for name in element.attrib} <= {
        name for element in plain.iter() for name in element.attrib
    }
    assert "<script" not in chart.svg
    assert "<!" not in chart.svg
    readable = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
    shown = svg[0].text or ""
    assert shown.replace("\n", "\r") == readable.replace("\n", "\r")


def test_nothing_outside_is_asked_for(sort: str) -> None:
    svg = root(EVERY[sort]("Ada", "en"))
    for element in svg.iter():
        assert not {
            name
            for name in element.attrib
            if name.startswith("on") or "href" in name or name in {"style", "id", "class"}
        }
        assert not any("url(" in value or "//" in value for value in element.attrib.values())


def test_table_holds_the_words_and_numbers_given(sort: str) -> None:
    table = EVERY[sort]("Ada & Bo", "zh").table
    first, *_ = table.rows()
    assert "Ada & Bo" in first.values()
    assert table.columns["value"].unit == "Ada & Bo"
    assert all(column.zh and column.meaning for column in table.columns.values())


def test_written_text_has_contrast(sort: str) -> None:
    chart = EVERY[sort]("Ada", "en")
    fills = {text.attrib["fill"] for text in [*found(chart, "text"), *found(chart, "tspan")]}
    dark = fills - {"#FFFFFF"}  # white stands in dark cells, which the test of the heat map looks at
    assert dark
    assert all(contrast(fill, "#FFFFFF") >= 4.5 for fill in dark)


def test_everything_stays_on_the_paper(sort: str) -> None:
    chart = EVERY[sort]("A name that is so long that it cannot stand anywhere without being cut " * 3, "en")
    _, _, width, height = map(float, root(chart).attrib["viewBox"].split())
    for box in found(chart, "rect"):
        assert 0 <= float(box.attrib["x"]) <= float(box.attrib["x"]) + float(box.attrib["width"]) <= width
    assert height < 1200


def test_chinese_has_no_english_left(sort: str) -> None:
    chart = EVERY[sort]("创客", "zh")
    said = " ".join([chart.alternative, *texts(chart), *titles(chart)])
    assert not re.search("[A-Za-z]{2,}", said.replace("other", ""))


def test_long_name_is_cut_and_kept_whole_in_a_title(sort: str) -> None:
    name = "An organisation with a name that runs on and on, and then on and on again, to no end whatever"
    chart = EVERY[sort](name, "en")
    assert any(text.startswith("An organisation") and text.endswith("…") for text in texts(chart))
    assert any(name in title for title in titles(chart)[1:])


def test_same_bytes_in_another_process() -> None:
    program = (
        "from tests.charts.drawings import EVERY; print(ascii([make('Ada', 'zh').svg for make in EVERY.values()]))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "OPENBLAS_NUM_THREADS": "2"}
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert other.stdout.strip() == ascii([make("Ada", "zh").svg for make in EVERY.values()])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "chart",
    [
        lambda language: bars([], [], title="t", language=language),
        lambda language: lines([], {}, title="t", language=language),
        lambda language: lines(["a"], {}, title="t", language=language),
        lambda language: lines([], {"s": []}, title="t", language=language),
        lambda language: lines(["a"], {"s": [float("nan")]}, title="t", language=language),
        lambda language: heat_map([], [], [], title="t", language=language),
        lambda language: heat_map(["a"], [], [[]], title="t", language=language),
        lambda language: heat_map([], ["a"], [], title="t", language=language),
        lambda language: heat_map(["a"], ["b"], [[float("nan")]], title="t", language=language),
        lambda language: interval([], [], [], [], title="t", language=language),
        lambda language: funnel([], [], title="t", language=language),
        lambda language: sankey([], [], [], title="t", language=language),
        lambda language: sankey(["a"], ["b"], [0], title="t", language=language),
        lambda language: network([], [], [], [], title="t", language=language),
    ],
)
def test_nothing_to_show_is_said(chart, language: Language) -> None:
    drawn = chart(language)
    nothing = {"en": "Nothing to show: no values were given.", "zh": "没有数据可显示。"}[language]
    assert nothing in texts(drawn)
    assert drawn.alternative.startswith("t")
    assert drawn.alternative.endswith(nothing)
    assert ET.fromstring(drawn.svg).tag == SVG + "svg"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: bars(["a"], [1, 2], title="t"), "values have shape 2, their names 1; give one value for each name"),
        (lambda: bars(["a"], 1, title="t"), "values have shape (), their names 1; give one value for each name"),
        (lambda: bars("ab", [1, 2], title="t"), "labels='ab' is one text; give a list of texts"),
        (
            lambda: bars(["a"], ["x"], title="t"),
            "values are not numbers; give a list of numbers, NaN for a missing one",
        ),
        (lambda: bars(["a"], [1], top=0, title="t"), "top=0; allowed: 1 or more"),
        (lambda: bars(["a"], [1e305], title="t"), "values hold a number beyond 1e+300; give them in a larger unit"),
        (
            lambda: bars(["a"], [1], categories=[], title="t"),
            "categories has 0 entries, wanted 1; give one for each entry drawn",
        ),
        (
            lambda: bars(["a"], [1], reasons=["", ""], title="t"),
            "reasons has 2 entries, wanted 1; give one for each entry drawn",
        ),
        (lambda: bars(["a"], [1], title="t", language="fr"), "language='fr'; allowed: en, zh"),
        (
            lambda: lines([2, 1], {"s": [1, 2]}, title="t"),
            "x holds numbers that do not increase; sort them, leave out missing ones, or give names",
        ),
        (
            lambda: lines([1, 2], {"s": [1]}, title="t"),
            "values of 's' have shape 1, their names 2; give one value for each name",
        ),
        (
            lambda: heat_map(["a"], ["b"], [[1, 2]], title="t"),
            "values have shape 1 x 2, their names 1 x 1; give one value for each name",
        ),
        (
            lambda: heat_map(["a"], ["b"], [[1]], reasons=[], title="t"),
            "reasons has 0 entries, wanted 1; give one for each entry drawn",
        ),
        (lambda: interval(["a"], [1], [2], [1], title="t"), "interval of 'a' runs from 2 to 1; give low <= high"),
        (lambda: interval(["a"], [1], [1], [1], top=0, title="t"), "top=0; allowed: 1 or more"),
        (
            lambda: interval(["a"], [1], [1], [1], reference=float("nan"), title="t"),
            "reference=nan; allowed: a finite number, or None",
        ),
        (lambda: funnel(["a"], [-1], title="t"), "value of 'a' is -1; give finite numbers from 0 on, or NaN"),
        (
            lambda: sankey(["a"], ["b"], [float("inf")], title="t"),
            "amount of 'a' is inf; give finite numbers from 0 on, or NaN",
        ),
        (lambda: sankey(["a"], [], [1], title="t"), "targets has 0 entries, wanted 1; give one for each entry drawn"),
        (
            lambda: network(["a"], ["k"], [0], [1], title="t"),
            "an arc ends at 1; allowed: places of the 1 nodes, from 0",
        ),
        (
            lambda: network(["a"], ["k"], [0], [], title="t"),
            "sources has 1 entries, targets 0; give one of each for each arc",
        ),
        (
            lambda: network(["a"], ["k"], ["a"], ["a"], title="t"),
            "the ends of arcs are not whole numbers; give the places of nodes, from 0",
        ),
        (
            lambda: network(["a"], ["k"], [], [], values=[-1], title="t"),
            "value of 'a' is -1; give finite numbers from 0 on, or NaN",
        ),
        (lambda: network(["a"], ["k"], [], [], named_nodes=-1, title="t"), "named_nodes=-1; allowed: 0 or more"),
        (
            lambda: network(["a"] * 2001, ["k"] * 2001, [], [], title="t"),
            "nodes=2,001; a still drawing holds at most 2,000: draw the top ones by a measure",
        ),
    ],
)
def test_wrong_input_is_refused_in_one_line(call, message: str) -> None:
    with pytest.raises(ParameterError) as refusal:
        call()
    assert str(refusal.value) == message


def test_is_shown_in_a_notebook_and_saved(tmp_path) -> None:
    chart = EVERY["bars"]("创客", "zh")
    assert chart._repr_svg_() == chart.svg
    assert chart.svg in chart._repr_html_()
    chart.save(tmp_path / "bars.svg")
    written = (tmp_path / "bars.svg").read_text(encoding="utf-8")
    assert ET.fromstring(written.encode()).attrib == root(chart).attrib
    for name in ("x.png", "x.pdf", "x", "svg"):
        with pytest.raises(ParameterError, match="a chart is saved as SVG: end the name in"):
            chart.save(name)
    with pytest.raises(AddressError, match="there is no folder"):
        chart.save(tmp_path / "none" / "x.svg")


def test_a_chart_does_not_change() -> None:
    chart = Chart("<svg/>", "words", EVERY["bars"]("a", "en").table)
    with pytest.raises(AttributeError):
        chart.svg = "other"
