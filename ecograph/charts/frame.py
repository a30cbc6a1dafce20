"""What every chart shares: title, caption, legend, notes, and the words for those who do not see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ecograph.charts.chart import Chart
from ecograph.charts.format import DASH, quantity
from ecograph.charts.lettering import FONTS, SMALL, TEXT, cut, label, text_width, wrapped, written
from ecograph.charts.marks import mark
from ecograph.charts.palette import PAPER
from ecograph.charts.svg import GREY, Element, element, group, rectangle
from ecograph.charts.words import said
from ecograph.table import Language, Table

WIDTH = 540.0
MARGIN = 12.0
HEADING = 16.0
ROW = 20.0
SAMPLE = 90.0  # area of a mark in the legend
LEGEND_ROOM = 200.0
SIGNS = ("%", "‰")
NAMED = 8  # places without a value; more are counted


@dataclass(frozen=True, slots=True)
class Words:
    """What is written around a chart, in one language.

    Parameters
    ----------
    title : str
        What the chart is of.
    measure : str
        What its numbers tell.
    unit : str
        Unit of its numbers.
    language : {"en", "zh"}
        Language of the words.
    """

    title: str
    measure: str
    unit: str
    language: Language

    @property
    def caption(self) -> str:
        """Measure and unit in one line; the sign of a share stands at its numbers."""
        unit = "" if self.unit in SIGNS else self.unit
        if self.measure and unit:
            return self.said("caption", measure=self.measure, unit=unit)
        return self.measure or unit

    @property
    def sentence(self) -> str:
        """The title with a full stop."""
        return self.said("sentence", title=self.title)

    def said(self, entry: str, **gaps: object) -> str:
        """A sentence of the charts in the language."""
        return said(entry, self.language, **gaps)

    def amount(self, value: float) -> str:
        """A number with its unit."""
        return quantity(value, self.unit, self.language)

    def printed(self, value: float) -> str:
        """A number as it stands in the drawing, where the caption tells the unit."""
        return quantity(value, self.unit if self.unit in SIGNS else "", self.language)

    def about(self, *names: str, value: str) -> str:
        """What a pointer resting on a part of the drawing shows."""
        return self.said("semicolon").join(filter(None, [self.said("comma").join(names), value]))

    def without(self, missing: int) -> str:
        """The sentence that counts missing values, if there are any."""
        return self.said("without", count=f"{missing:,}") if missing else ""

    def told(self, *sentences: str) -> str:
        """Sentences one after the other."""
        return self.said("gap").join(sentence for sentence in sentences if sentence)

    def missing(self, found: Iterable[tuple[str, str]]) -> list[str]:
        """One note for each reason why values are missing, from pairs of a reason and a place; many are counted."""
        places: dict[str, list[str]] = {}
        for reason, place in found:
            places.setdefault(reason or self.said("valueless"), []).append(place)
        listed = {
            reason: self.said("semicolon").join(where)
            if len(where) <= NAMED
            else self.said("places", count=f"{len(where):,}")
            for reason, where in places.items()
        }
        return [self.said("missing", dash=DASH, reason=reason, where=where) for reason, where in listed.items()]

    def more(self, rest: int, entry: str = "more") -> list[str]:
        """The note that counts what is not shown, if there is anything."""
        return [self.said(entry, count=f"{rest:,}")] if rest else []


@dataclass(frozen=True, slots=True)
class Body:
    """The drawing itself, from the top left of the place left to it, and the notes below."""

    elements: Sequence[Element]
    height: float
    legend: Sequence[tuple[str, int]] = ()
    notes: Sequence[str] = ()


def _lines(texts: Sequence[str], size: float, width: float, most: int) -> list[str]:
    return [line for text in texts for line in wrapped(text, width - 2 * MARGIN, size, most)]


def _legend(entries: Sequence[tuple[str, int]], width: float) -> tuple[list[Element], float]:
    """Marks and their names in rows, and the height of the rows."""
    drawn: list[Element] = []
    x, y = MARGIN, 0.0
    for name, style in entries:
        wide = 24 + text_width(cut(name, LEGEND_ROOM, SMALL), SMALL)
        if x > MARGIN and x + wide > width - MARGIN:
            x, y = MARGIN, y + ROW
        drawn += [mark(style, x + 7, y + 10, SAMPLE), label(x + 18, y + 14.5, name, LEGEND_ROOM, size=SMALL)]
        x += wide + 12
    return drawn, y + ROW + 6 if entries else 0.0


def framed(words: Words, body: Body, alternative: str, table: Table, width: float = WIDTH) -> Chart:
    """Put a drawing below its title and above its notes."""
    y = MARGIN
    parts: list[Element] = []
    for text in _lines([words.title], HEADING, width, 3):
        y += HEADING * 1.3
        parts.append(written(MARGIN, y - 4, text, size=HEADING, weight="bold"))
    for text in _lines([words.caption], SMALL, width, 2):
        y += SMALL * 1.4
        parts.append(written(MARGIN, y - 2, text, size=SMALL, fill=GREY))
    legend, tall = _legend(body.legend, width)
    parts += [group(*legend, y=y + 6), group(*body.elements, y=y + tall + 8)]
    y += tall + 8 + body.height
    for text in _lines(body.notes, SMALL, width, 4):
        y += SMALL * 1.4
        parts.append(written(MARGIN, y, text, size=SMALL, fill=GREY))
    return Chart(_drawing(words.title, alternative, (width, y + MARGIN), parts), alternative, table)


def _drawing(title: str, alternative: str, size: tuple[float, float], parts: Sequence[Element]) -> str:
    width, height = size
    return str(
        element(
            "svg",
            element("title", title),
            element("desc", alternative),
            rectangle(0, 0, width, height, PAPER),
            *parts,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {width:g} {height:.0f}",
            width="100%",
            role="img",
            aria_label=alternative,
            font_family=FONTS,
        )
    )


def empty(words: Words, table: Table, notes: Sequence[str] = ()) -> Chart:
    """A chart of nothing, which says so."""
    nothing = words.said("nothing")
    body = Body([written(MARGIN, 24, nothing, size=TEXT, fill=GREY)], 36, notes=notes)
    return framed(words, body, words.told(words.sentence, nothing), table)
