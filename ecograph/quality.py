"""Findings: what is wrong or worth knowing, in one shape everywhere.

A finding has a code; level, reason and remedy are the code's sentences in ``text/findings.toml``, in two languages.
"""

import html
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ecograph.table import Column, Language, Table
from ecograph.text import sentence

LEVELS = ("error", "warning", "note")
SHOWN = 10

COLUMNS: Mapping[str, Column] = {
    "code": Column("name of the reason", zh="代码"),
    "level": Column(
        "error: something was left out; warning: look at it; note: for your knowledge",
        zh="级别",
        words={"error": "错误", "warning": "警告", "note": "说明"},
    ),
    "count": Column("how many rows or nodes", zh="数量", bounds=(0, None)),
    "file": Column("file or table", zh="文件"),
    "row": Column("row as a spreadsheet counts it: the header is row 1", zh="行"),
    "column": Column("column", zh="列"),
    "value": Column("the value found", zh="值"),
    "reason": Column("what is wrong", zh="原因"),
    "remedy": Column("what to do", zh="处理办法"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; ``details`` fill the gaps in the code's sentences."""

    code: str
    count: int = 1
    file: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    def _said(self, part: str, language: Language) -> str:
        gaps = {"count": f"{self.count:,}", "file": self.file, "column": self.column, "value": self.value}
        return sentence("findings", f"{self.code}.{part}", language, **gaps, **self.details)

    @property
    def level(self) -> str:
        """``error``, ``warning`` or ``note``."""
        return sentence("findings", f"{self.code}.level", None)

    def reason(self, language: Language = "en") -> str:
        """What is wrong, as a sentence."""
        return self._said("reason", language)

    def remedy(self, language: Language = "en") -> str:
        """What to do, as a sentence."""
        return self._said("remedy", language)

    def line(self, language: Language = "en") -> str:
        """Place, reason and remedy in one line."""
        row, colon, stop = (" row {}", ": ", "; ") if language == "en" else (" 第 {} 行", "：", "；")
        place = self.file + (row.format(self.row) if self.row is not None else "")
        return f"{place}{colon}" * bool(place) + f"{self.reason(language)}{stop}{self.remedy(language)}"


class Findings:
    """Findings in order; a table that prints itself, with a count per reason.

    Parameters
    ----------
    items : iterable of Finding, optional
        What was found.

    Examples
    --------
    >>> from ecograph.quality import Finding, Findings
    >>> len(Findings([Finding("unknown_column", column="colour", file="nodes/Maker.csv")]))
    1
    """

    __slots__ = ("_items",)

    def __init__(self, items: Iterable[Finding] = ()) -> None:
        self._items = tuple(items)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Findings) and self._items == other._items

    def __hash__(self) -> int:
        return hash(tuple((item.code, item.file, item.row, item.column, item.value) for item in self._items))

    def __add__(self, other: Iterable[Finding]) -> "Findings":
        return Findings((*self._items, *other))

    def of(self, *levels: str) -> "Findings":
        """Those of the levels named."""
        return Findings(item for item in self._items if item.level in levels)

    def counts(self) -> dict[str, int]:
        """How many rows or nodes per code, most first."""
        totals: Counter[str] = Counter()
        for item in self._items:
            totals[item.code] += item.count
        return dict(totals.most_common())

    def table(self, language: Language = "en") -> Table:
        """One row a finding: code, level, count, file, row, column, value, reason, remedy."""
        import pyarrow as pa

        cells = {
            "code": pa.array([item.code for item in self._items], pa.string()),
            "level": pa.array([item.level for item in self._items], pa.string()),
            "count": pa.array([item.count for item in self._items], pa.int64()),
            "file": pa.array([item.file for item in self._items], pa.string()),
            "row": pa.array([item.row for item in self._items], pa.int64()),
            "column": pa.array([item.column for item in self._items], pa.string()),
            "value": pa.array([item.value for item in self._items], pa.string()),
            "reason": pa.array([item.reason(language) for item in self._items], pa.string()),
            "remedy": pa.array([item.remedy(language) for item in self._items], pa.string()),
        }
        return Table(cells, COLUMNS).translated(language)

    def to_csv(self, path: str | Path, language: Language = "en") -> None:
        """Write :meth:`table` as CSV (see :meth:`ecograph.table.Table.to_csv`)."""
        self.table(language).to_csv(path)

    def to_html(self, path: str | Path, language: Language = "en") -> None:
        """Write counts per reason and every finding as a page of its own."""
        totals = "".join(f"<li>{html.escape(code)}: {count:,}</li>" for code, count in self.counts().items())
        body = f"<ul>{totals}</ul>{self.table(language).html()}"
        page = f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>ecograph</title>{body}</html>'
        Path(path).write_text(page, encoding="utf-8")

    def _ranked(self) -> "Findings":
        """Errors first, then warnings, then notes, each in order."""
        return Findings(item for level in LEVELS for item in self.of(level))

    def __repr__(self) -> str:
        if not self._items:
            return "no findings"
        n, more = len(self._items), len(self._items) - SHOWN
        totals = ", ".join(f"{code} {count:,}" for code, count in self.counts().items())
        lines = [f"{item.level}: {item.line()}" for item in [*self._ranked()][:SHOWN]]
        rest = [f"… {more:,} more of {n:,} findings"] if more > 0 else []
        return "\n".join([f"{n:,} finding{'s' * (n > 1)} ({totals})", *lines, *rest])

    def _repr_html_(self) -> str:
        return self._ranked().table()._repr_html_()
