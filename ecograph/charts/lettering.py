"""Text in charts: how wide it is, cutting it to a room, breaking it into lines.

There is no font at hand when a chart is made, so widths are estimates on the generous side.
"""

import unicodedata
from functools import lru_cache

from ecograph.charts.svg import BLACK, Element, element

FONTS = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif'
TEXT = 14.0
SMALL = 12.5
ELLIPSIS = "…"
NARROW = frozenset("ijlI.,:;'|!()[]{}·` /ftr-–")
BROAD = frozenset("mwMWQO@%&—…")


@lru_cache(maxsize=4096)
def _ems(character: str) -> float:
    """Width of one character in ems."""
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(character) in "WF" or ord(character) > 0xFFFF:
        return 1.0
    if character in BROAD:
        return 0.95
    if character in NARROW:
        return 0.4
    return 0.72 if character.isupper() else 0.62


def text_width(text: str, size: float = TEXT) -> float:
    """Estimated width of a line of text."""
    return size * sum(map(_ems, text))


def cut(text: str, room: float, size: float = TEXT) -> str:
    """The text on one line, ended with an ellipsis where it does not fit the room."""
    text = " ".join(text.split())
    if text_width(text, size) <= room:
        return text
    left = room - text_width(ELLIPSIS, size)
    kept = 0
    for character in text:
        left -= text_width(character, size)
        if left < 0:
            break
        kept += 1
    return text[:kept].rstrip() + ELLIPSIS


def _pieces(text: str) -> list[str]:
    """Where a line may break: after a space, and around every wide character."""
    pieces = [""]
    for character in " ".join(text.split()):
        wide = unicodedata.east_asian_width(character) in "WF" and unicodedata.category(character)[0] != "P"
        if pieces[-1] and (wide or pieces[-1].endswith(" ")):
            pieces.append("")
        pieces[-1] += character
    return pieces


def wrapped(text: str, room: float, size: float = TEXT, most: int = 3) -> list[str]:
    """The text in at most so many lines that fit the room; what is left over ends in an ellipsis."""
    pieces = _pieces(text)
    lines = [""]
    for position, piece in enumerate(pieces):
        if not lines[-1] or text_width((lines[-1] + piece).rstrip(), size) <= room:
            lines[-1] += piece
        elif len(lines) < most:
            lines.append(piece)
        else:
            lines[-1] += "".join(pieces[position:])
            break
    return [cut(line, room, size) for line in lines if line]


def written(
    x: float,
    y: float,
    text: str,
    *,
    size: float = TEXT,
    anchor: str | None = None,
    fill: str = BLACK,
    weight: str | None = None,
) -> Element:
    """A line of text with its baseline at y."""
    return element("text", text, x=x, y=y, font_size=size, text_anchor=anchor, fill=fill, font_weight=weight)


def label(x: float, y: float, text: str, room: float, *, size: float = TEXT, anchor: str | None = None) -> Element:
    """A name cut to a room, with the whole of it in its title."""
    shown = cut(text, room, size)
    titled = (element("title", text),) if shown != text else ()
    return element("text", *titled, shown, x=x, y=y, font_size=size, text_anchor=anchor, fill=BLACK)
