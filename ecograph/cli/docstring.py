"""Docstring: what a numpydoc text says of a function and of each parameter, as plain text."""

import inspect
import re
from collections.abc import Mapping
from typing import Any

HEADER = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)
ENTRY = re.compile(r"^(\S.*?)(?: : .*)?\n((?:(?: +.*)?(?:\n|\Z))+)", re.MULTILINE)
MARK = re.compile(r":\w+:`~?([^`]*)`|``([^`]*)``")


def opening(described: Any) -> str:
    """The paragraphs before the first section."""
    return _plain(HEADER.split(inspect.getdoc(described) or "")[0].strip())


def meanings(described: Any) -> Mapping[str, str]:
    """What each parameter means, in one line."""
    _, *parts = HEADER.split(inspect.getdoc(described) or "")
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    return {
        name.strip().lstrip("*"): _plain(" ".join(text.split()))
        for names, text in ENTRY.findall(sections.get("Parameters", ""))
        for name in names.split(",")
    }


def _plain(text: str) -> str:
    return MARK.sub(lambda found: found[1] or found[2], text)
