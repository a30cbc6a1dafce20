"""The page of findings."""

import re
from typing import Any

from ecograph.quality import COLUMNS
from ecograph.text import subject
from writers.markdown import code, escaped, page, table

INTRODUCTION = """
Whatever is wrong or worth knowing, in tables or in a calculation, is a finding: `eco.quality` holds those of loading,
`result.findings` those of a result. `findings.table()` gives one row a finding, `findings.table("zh")` the same in
Chinese, and `findings.counts()` the number of rows or nodes of each code. Words in braces stand for what was found.

检查发现的原因和处理办法如下，花括号中的词代表实际发现的内容。
"""
LEVELS = {
    "error": "Errors: something was left out",
    "warning": "Warnings: look at it",
    "note": "Notes: for your knowledge",
}
LANGUAGES = {"en": "English", "zh": "中文"}


def files() -> dict[str, str]:
    """The page of every code with its reason and remedy in both languages."""
    codes = subject("findings")
    columns = [(code(name), column.zh, escaped(column.meaning)) for name, column in COLUMNS.items()]
    sections = [
        part
        for level, title in LEVELS.items()
        if (named := {name: entry for name, entry in sorted(codes.items()) if entry["level"] == level})
        for part in (f"## {title}", *(_section(name, entry) for name, entry in named.items()))
    ]
    about = "## The table of findings\n\n" + table(("column", "Chinese heading", "meaning"), columns)
    return {"docs/reference/findings.md": page("Findings", INTRODUCTION, *sections, about)}


def _section(name: str, entry: dict[str, Any]) -> str:
    rows = [(words, *(_plain(entry[part][key]) for part in ("reason", "remedy"))) for key, words in LANGUAGES.items()]
    return f"### `{name}`\n\n" + table(("", "reason 原因", "remedy 处理办法"), rows)


def _plain(sentence: str) -> str:
    """A sentence without the formats of its gaps: ``{minimum:g}`` is shown as ``{minimum}``."""
    return escaped(re.sub(r"{(\w+):[^}]*}", r"{\1}", sentence))
