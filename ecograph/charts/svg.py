"""SVG as elements: text is escaped, numbers are short, and the same elements always give the same bytes."""

import html
import re
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Attribute: TypeAlias = str | float | None

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0, 2.2, does not allow
BLACK = "#000000"
GREY = "#555555"
HAIRLINE = "#d0d0d0"


def escaped(text: str) -> str:
    """Text as XML shows it; characters XML does not allow become the replacement character."""
    return html.escape(FORBIDDEN.sub("\ufffd", text), quote=True)


def short(value: float) -> str:
    """A coordinate with at most two decimals."""
    return f"{round(value, 2) + 0.0:.10g}"


@dataclass(frozen=True, slots=True)
class Element:
    """One SVG element: a name, attributes in order, and children; text among the children is escaped when written."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple["Element | str", ...]

    def __str__(self) -> str:
        head = self.name + "".join(f' {name}="{escaped(value)}"' for name, value in self.attributes)
        if not self.children:
            return f"<{head}/>"
        inner = "".join(escaped(child) if isinstance(child, str) else str(child) for child in self.children)
        return f"<{head}>{inner}</{self.name}>"


def element(name: str, *children: Element | str, **attributes: Attribute) -> Element:
    """An element; underscores in attribute names become hyphens, attributes that are None are left out.

    Examples
    --------
    >>> str(element("text", "a < b", x=1.50, font_size=14))
    '<text x="1.5" font-size="14">a &lt; b</text>'
    """
    given = tuple(
        (key.replace("_", "-"), value if isinstance(value, str) else short(value))
        for key, value in attributes.items()
        if value is not None
    )
    return Element(name, given, children)


def group(*children: Element, x: float = 0.0, y: float = 0.0, title: str = "") -> Element:
    """Elements moved together; a title is what a pointer resting on them shows."""
    titled = (element("title", title),) if title else ()
    moved = f"translate({short(x)} {short(y)})" if x or y else None
    return element("g", *titled, *children, transform=moved)


def rectangle(x: float, y: float, width: float, height: float, fill: str, stroke: str | None = None) -> Element:
    """A filled rectangle."""
    return element("rect", x=x, y=y, width=width, height=height, fill=fill, stroke=stroke)


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = HAIRLINE, width: float = 1.0) -> Element:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width)


def path_through(points: NDArray[np.float64]) -> str:
    """Path data of a line through points, one row a point."""
    return "M" + "L".join(f"{short(x)} {short(y)}" for x, y in points.tolist())
