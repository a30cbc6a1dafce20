"""Result: what a metric found, shown, saved or explained."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecograph.cli.command import UsageError
from ecograph.cli.output import SHOWN_ROWS, Form, LanguageOption, Tongue, save, say, talk, written
from ecograph.errors import ParameterError, unknown

if TYPE_CHECKING:
    from ecograph.quality import Findings
    from ecograph.result import Result
    from ecograph.table import Table

TALKED = 10
NOTE = "note"
SLICE = "slice"
NAMES = {
    "node": ("id",),
    "relation": ("key", "source", "target"),
    "pair": ("a", "b"),
    "group": ("group",),
    "term": ("term",),
    "whole": (),
}
"""Columns that name a row, by level."""

Top = Annotated[
    int | None,
    typer.Option("--top", metavar="N", min=1, help="Only the N rows with the largest values in the first column."),
]
ResultForm = Annotated[
    Form | None,
    typer.Option(
        "--format",
        help=f"table shows {SHOWN_ROWS} rows unless --top asks for more; csv and json give all. By default table on "
        f"the screen, and csv in a file, or json where its name ends in .json.",
    ),
]
Output = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")]
Explain = Annotated[
    str | None,
    typer.Option(
        "--explain",
        metavar="ID",
        help="Say why the rows of this node, relation or group have their values, and nothing else; KIND:ID where two "
        "kinds share the id.",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """How a result is shown.

    Parameters
    ----------
    top : int, optional
        How many rows, the largest first.
    form : {"table", "csv", "json"}, optional
        How they are written.
    output : str, optional
        File to write to.
    explain : str, optional
        Id in the rows to explain; then nothing else is shown.
    language : {"en", "zh"}
        Language.
    """

    top: Top = None
    form: ResultForm = None
    output: Output = None
    explain: Explain = None
    language: LanguageOption = "en"

    def __post_init__(self) -> None:
        if self.explain is not None and (self.top or self.form or self.output):
            raise UsageError("--explain gives sentences; leave out --top, --format and --output")

    def show(self, result: "Result") -> None:
        """Say what the reader should know, then give the rows, or why they are so."""
        _tell(result.findings, self.language)
        if self.explain is not None:
            say(_explained(result, self.explain, self.language))
            return
        in_file: Form = "json" if Path(self.output or "").suffix == ".json" else "csv"
        form = self.form or (in_file if self.output else "table")
        rows = _rows(result, self.top, form)
        table = (_without_empty_note(rows) if form == "table" else rows).translated(self.language)
        if self.output:
            save(table, self.output, form)
            talk(f"{self.output}: {len(table):,} rows")
        else:
            say(written(table, form))


def _tell(findings: "Findings", language: Tongue) -> None:
    for finding in list(findings)[:TALKED]:
        talk(finding.line(language))
    if (more := len(findings) - TALKED) > 0:
        talk(f"… {more:,} more findings")


def _rows(result: "Result", top: int | None, form: Form) -> "Table":
    """All rows, the largest, or as many as people read."""
    if top is None and (form != "table" or len(result) <= SHOWN_ROWS):
        return result.table
    if top is None:
        first = result.columns[0]
        talk(f"{SHOWN_ROWS} of {len(result):,} rows, the largest {first} first; --top N or --format csv gives more")
    return result.top(top or SHOWN_ROWS)


def _without_empty_note(rows: "Table") -> "Table":
    from ecograph.table import Table

    if rows.arrow(NOTE).null_count < len(rows):
        return rows
    return Table({name: rows.arrow(name) for name in rows.names if name != NOTE}, rows.columns)


def _explained(result: "Result", named: str, language: Tongue) -> str:
    """Why the rows of a name have their values, a line each."""
    rows = _rows_of(result, named)
    if len(rows) > SHOWN_ROWS:
        talk(f"{SHOWN_ROWS} of {len(rows):,} rows of {named}; --format csv gives the values of all")
    lines = [result.explained(row, language) for row in rows[:SHOWN_ROWS]]
    if not any(lines):
        raise ParameterError(f"--explain {named!r}: {result.metric} gives no reasons; leave out --explain to see rows")
    if SLICE not in result.keys:
        return "\n".join(lines)
    slices = result[SLICE].astype(str)[rows[:SHOWN_ROWS]]
    return "\n".join(f"{one}: {line}" for one, line in zip(slices, lines, strict=True))


def _rows_of(result: "Result", named: str) -> list[int]:
    """Rows that a name stands in; what stands before its colon is a kind unless an id is written so."""
    columns = [[str(name) for name in result[column]] for column in NAMES[result.level]]
    if not columns:
        return list(range(len(result)))
    known = {name for column in columns for name in column}
    kinds = [str(kind) for kind in result["kind"]] if result.level == "node" else [""] * len(result)
    said, colon, rest = named.partition(":")
    kind, id = (said, rest) if colon and named not in known and result.level == "node" else ("", named)
    rows = [row for row, names in enumerate(zip(*columns, strict=True)) if id in names and kind in ("", kinds[row])]
    if not rows:
        raise unknown(result.level, named, known)
    if len(found := {kinds[row] for row in rows}) > 1:
        raise ParameterError(f"--explain {named!r}: {', '.join(sorted(found))} have this id; write {min(found)}:{id}")
    return rows
