"""Reading a page back: its text, tables and elements."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from ecograph.page import Report

VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "rect", "line", "circle", "path", "polygon"})


@dataclass
class Reading(HTMLParser):
    """What a parser finds on a page."""

    report: Report
    html: str
    tags: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    caption: str = ""
    scripts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.html)
        self.close()
        assert self.open == [], f"not closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if "svg" not in self.open:
            self.outside.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.rows, self.caption = [], ""
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()
        if tag == "table":
            self.tables[self.caption] = [[" ".join(cell.split()) for cell in row] for row in self.rows]

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)
        if self.open and self.open[-1] not in ("style", "script"):
            self.texts.append((self.open[-1], data))
        if "caption" in self.open:
            self.caption += data
        elif self.open and ("td" in self.open or "th" in self.open):
            self.rows[-1][-1] += data

    def fact(self, name: str) -> str:
        """The number of a fact."""
        place = next(place for place, (tag, text) in enumerate(self.texts) if tag == "dt" and text == name)
        return next(text for tag, text in self.texts[place:] if tag == "dd")

    def attribute(self, tag: str, name: str) -> str:
        """The first value of an attribute of a tag."""
        return next(value for one, key, value in self.attributes if (one, key) == (tag, name))

    @property
    def text(self) -> str:
        """All text that is shown."""
        return " ".join(" ".join(data for _, data in self.texts).split())

    def table(self, caption: str) -> list[dict[str, str]]:
        """Rows of the table of this caption, or of the one whose caption starts so, by heading."""
        starts = (rows for name, rows in self.tables.items() if name.startswith(caption))
        found = self.tables[caption] if caption in self.tables else next(starts)
        return [dict(zip(found[0], row, strict=True)) for row in found[1:]]


def read_page(html: str, report: Report) -> Reading:
    """Read a page."""
    return Reading(report, html)
