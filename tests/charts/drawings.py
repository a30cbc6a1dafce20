"""Reading a drawing back: its elements, its texts, and one chart of every sort made of given words."""

import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

from ecograph.charts import Chart, bars, funnel, heat_map, interval, lines, network, sankey
from ecograph.table import Language

SVG = "{http://www.w3.org/2000/svg}"
NAN = float("nan")

Builder = Callable[[str, Language], Chart]


def root(chart: Chart) -> ET.Element:
    """The drawing as XML."""
    return ET.fromstring(chart.svg)


def found(chart: Chart, name: str) -> Iterator[ET.Element]:
    """Elements of a name, in order."""
    yield from root(chart).iter(SVG + name)


def texts(chart: Chart) -> list[str]:
    """What is written in the drawing, without titles."""
    return ["".join([text.text or "", *(child.tail or "" for child in text)]).strip() for text in found(chart, "text")]


def titles(chart: Chart) -> list[str]:
    """Every title in the drawing, its own first."""
    return [title.text or "" for title in found(chart, "title")]


def attribute(element: ET.Element, name: str) -> float:
    """A number among the attributes."""
    return float(element.attrib[name])


def coordinates(data: str) -> list[tuple[float, float]]:
    """Pairs of numbers in a path or a list of points."""
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", data)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


EVERY: dict[str, Builder] = {
    "bars": lambda text, language: bars(
        [text, "b", "c"],
        [3, -1, NAN],
        categories=[text, "k", "k"],
        reasons=["", "", text],
        title=text,
        measure=text,
        unit=text,
        language=language,
    ),
    "lines": lambda text, language: lines(
        [text, "b", "c"],
        {text: [1, NAN, 3], "other": [2, 2, 2]},
        reasons={text: ["", text, ""]},
        title=text,
        measure=text,
        unit=text,
        language=language,
    ),
    "heat_map": lambda text, language: heat_map(
        [text, "b"],
        [text, "d", "e"],
        [[1, 2, -3], [NAN, 5, 6]],
        reasons=[["", "", ""], [text, "", ""]],
        title=text,
        measure=text,
        unit=text,
        language=language,
    ),
    "interval": lambda text, language: interval(
        [text, "b", "c"],
        [1, 2, NAN],
        [0.5, NAN, NAN],
        [float("inf"), NAN, NAN],
        reasons=["", "", text],
        title=text,
        measure=text,
        unit=text,
        language=language,
    ),
    "funnel": lambda text, language: funnel(
        [text, "b", "c"], [10, 4, NAN], reasons=["", "", text], title=text, measure=text, unit=text, language=language
    ),
    "sankey": lambda text, language: sankey(
        [text, "b", text, "b"],
        [text, "d", "d", "e"],
        [1, 2, 3, NAN],
        title=text,
        measure=text,
        unit=text,
        language=language,
    ),
    "network": lambda text, language: network(
        [text, "b", "c"],
        [text, "k", "k"],
        [0, 1],
        [1, 1],
        values=[1, 2, NAN],
        title=text,
        measure=text,
        unit=text,
        language=language,
    ),
}
