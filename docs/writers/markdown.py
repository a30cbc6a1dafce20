"""Pieces of a Markdown page."""

import re
from collections.abc import Iterable, Sequence

WRITTEN = "<!-- Written by `make generate`; do not edit. -->"


def page(title: str, *parts: str) -> str:
    """A page: its title and its parts, one blank line between them."""
    return "\n\n".join([f"# {title}", WRITTEN, *(part.strip("\n") for part in parts if part)]) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar inside a cell is escaped."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def code(text: str) -> str:
    """Text as code; nothing where there is none."""
    return f"`{text}`" if text else ""


def escaped(text: str) -> str:
    """Text in which nothing is read as Markdown."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def contents(names: Iterable[str]) -> str:
    """A table of contents that is not shown in the page."""
    return "\n".join(["```{toctree}", ":hidden:", "", *names, "```"])


def rst(*lines: str) -> str:
    """Lines that Sphinx reads as reStructuredText, for the text of docstrings."""
    return "\n".join(["```{eval-rst}", *lines, "```"])


def from_rst(text: str) -> str:
    """A sentence of a docstring: names in code stay so, nothing else is read as Markdown."""
    parts = re.split(r"(?::\w+:`~?([^`]+)`|``([^`]+)``)", text)
    plain, *rest = (part for part in parts if part is not None)
    return escaped(plain) + "".join(code(part) if place % 2 == 0 else escaped(part) for place, part in enumerate(rest))
