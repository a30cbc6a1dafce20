"""Sentences shown to people, English and Chinese side by side, one TOML file a subject.

An entry has ``en`` and ``zh``; gaps like ``{count}`` are filled with values. A metric's own words stand in its file.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ecograph.errors import unknown


@cache
def subject(name: str) -> dict[str, Any]:
    """All entries of ``text/<name>.toml``."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


def sentence(name: str, path: str, language: Literal["en", "zh"] | None, **gaps: Any) -> str:
    """Sentence at a dotted path of a subject, in a language, its gaps filled.

    Parameters
    ----------
    name : str
        Subject: the file under ``text/``.
    path : str
        Dotted path of the entry.
    language : {"en", "zh"} or None
        Language; None for an entry that is the same in every language.
    **gaps
        Values for the gaps.

    Returns
    -------
    str
        The sentence.

    Raises
    ------
    UnknownNameError
        If there is no such entry.

    Examples
    --------
    >>> sentence("findings", "unknown_column.reason", "en", column="colour")
    "the schema has no column 'colour'"
    """
    entry: Any = subject(name)
    for step in path.split(".") if language is None else [*path.split("."), language]:
        if not isinstance(entry, dict) or step not in entry:
            raise unknown("sentence", f"{name}: {path} ({language})", ())
        entry = entry[step]
    return str(entry).format(**gaps)
