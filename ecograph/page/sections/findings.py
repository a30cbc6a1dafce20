"""Findings: what is wrong with the data, and which cells are blank."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from ecograph.page.holdings import Holdings
from ecograph.page.section import Found, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.quality import Finding, Findings
from ecograph.table import Table

LEVELS = ("error", "warning", "note")
HIDDEN = "•••"
MONEY = "amount"
OPEN = ("valid_from", "valid_to")  # an open end is said, not missing


@dataclass(frozen=True, slots=True)
class _Blank:
    """A column that is filled in some rows and blank in others."""

    called: str
    name: str
    column: str
    rows: int
    blank: int


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    quality = Findings(_shown(wording, item) for item in holdings.eco.quality)
    counts = {level: sum(quality.of(level).counts().values()) for level in LEVELS}
    blanks = sorted(_blanks(holdings, wording), key=lambda one: (one.name != MONEY, -one.blank))
    sheets = [_reasons(wording, quality), _rows(wording, quality)] if len(quality) else []
    sheets += [_blank_sheet(wording, blanks)] if blanks else []
    part = Part(
        facts=[(wording.say(f"sections.findings.{level}"), f"{counts[level]:,}") for level in LEVELS],
        sentences=[wording.say(f"sections.findings.{'some' if len(quality) else 'none'}")],
        sheets=sheets,
    )
    said = _broken(wording, quality, counts["error"]) if counts["error"] else _sound(holdings, wording, blanks)
    return Found(parts=[part], headlines={"quality": said})


def _broken(wording: Wording, quality: Findings, errors: int) -> str:
    worst = Findings(quality.of("error"))
    code, count = next(iter(worst.counts().items()))
    example = next(item for item in worst if item.code == code)
    return wording.say("headlines.broken", errors=errors, count=count, reason=example.reason(wording.language))


def _sound(holdings: Holdings, wording: Wording, blanks: Sequence[_Blank]) -> str:
    rows = sum(holdings.nodes.values()) + sum(holdings.rows.values())
    said = wording.say("headlines.sound" if rows else "headlines.unread", rows=rows)
    for one in blanks[:1]:
        gaps = {"called": one.called, "column": one.column, "rows": one.rows, "blank": one.blank}
        said = wording.told(said, wording.say("headlines.blank", **gaps))
    return said


def _shown(wording: Wording, item: Finding) -> Finding:
    """A finding as it may be shown: a value that names a person is hidden unless names were asked for."""
    kinds = {kind.name for kind in wording.eco.schema.kinds}
    kind = PurePath(item.file).stem
    hidden = kind in kinds and wording.personal(kind, item.column) and not wording.names
    return replace(item, value=HIDDEN) if hidden and item.value else item


def _reasons(wording: Wording, quality: Findings) -> Sheet:
    examples = {item.code: item for item in reversed(tuple(quality))}
    counts = quality.counts()
    order = sorted(counts, key=lambda code: (LEVELS.index(examples[code].level), -counts[code], code))
    cells = {
        "level": [wording.say(f"levels.{examples[code].level}") for code in order],
        "count": [counts[code] for code in order],
        "example": [examples[code].reason(wording.language) for code in order],
        "remedy": [examples[code].remedy(wording.language) for code in order],
        "code": order,
    }
    return Sheet(
        "findings-reasons", wording.say("sections.findings.reasons"), wording.table(cells), shown=40, open=True
    )


def _rows(wording: Wording, quality: Findings) -> Sheet:
    ordered = Findings(sorted(quality, key=lambda item: LEVELS.index(item.level)))
    table = ordered.table()
    cells = {
        "level": [wording.say(f"levels.{item.level}") for item in ordered],
        "file": table.arrow("file"),
        "row": table.arrow("row"),
        "reason": [item.reason(wording.language) for item in ordered],
        "remedy": [item.remedy(wording.language) for item in ordered],
        "count": table.arrow("count"),
    }
    return Sheet("findings", wording.say("sections.findings.rows"), wording.table(cells))


def _blanks(holdings: Holdings, wording: Wording) -> Iterator[_Blank]:
    for kind in holdings.eco.kinds:
        yield from _blank_columns(wording, wording.kind(kind), holdings.eco.nodes(kind))
    for kind in holdings.rows:
        yield from _blank_columns(wording, wording.relation(kind), holdings.relations(kind))


def _blank_columns(wording: Wording, called: str, table: Table) -> Iterator[_Blank]:
    for name in table.names:
        if name in OPEN:
            continue
        blank = table.arrow(name).null_count
        if 0 < blank < len(table):
            yield _Blank(called, name, wording.attribute(name, table.columns[name]), len(table), blank)


def _blank_sheet(wording: Wording, blanks: Sequence[_Blank]) -> Sheet:
    cells = {
        "called": [one.called for one in blanks],
        "column": [one.column for one in blanks],
        "rows": [one.rows for one in blanks],
        "blank": [one.blank for one in blanks],
        "share": [100 * one.blank / one.rows for one in blanks],
    }
    table = wording.table(cells, units={"share": "%"})
    return Sheet("blanks", wording.say("sections.findings.blanks"), table, shown=40)


SECTION = Section(name="findings", build=_build)
