"""Result: what a metric found, shown, saved or explained."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecograph.cli.command import UsageError
from ecograph.cli.output import SHOWN_ROWS, Form, LanguageOption, Tongue, save, say, talk, written

if TYPE_CHECKING:
    from ecograph.quality import Findings
    from ecograph.result import Result
    from ecograph.table import Table

TALKED = 10
NOTE = "note"
ENDINGS: dict[str, Form] = {".json": "json", ".txt": "table"}

Top = Annotated[
    int | None, typer.Option("--top", metavar="N", min=1, help="Only the N rows with the largest first value.")
]
ResultForm = Annotated[
    Form | None,
    typer.Option(
        "--format",
        help=f"table shows at most {SHOWN_ROWS} rows, csv and json give all. By default table on the screen and csv in "
        f"a file, or json where the file's name ends in .json.",
    ),
]
Output = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")]
Explain = Annotated[
    str | None,
    typer.Option(
        "--explain",
        metavar="ID",
        help="Say why this node or group has its value, and nothing else; KIND:ID where two kinds share the id.",
    ),
]


def show(
    result: "Result",
    *,
    top: Top = None,
    form: ResultForm = None,
    output: Output = None,
    explain: Explain = None,
    language: LanguageOption = "en",
) -> None:
    """Say what the reader should know, then give the rows, or one sentence."""
    _tell(result.findings, language)
    if explain is not None:
        if top or form or output:
            raise UsageError("--explain gives one sentence; leave out --top, --format and --output")
        say(_explained(result, explain, language))
        return
    form = form or (ENDINGS.get(Path(output).suffix, "csv") if output else "table")
    rows = _rows(result, top, form)
    table = (_without_empty_note(rows) if form == "table" else rows).translated(language)
    if output:
        save(table, output, form)
        talk(f"{output}: {len(table):,} rows")
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
    """Why a row has its value; what stands before the colon is a kind unless an id is written so."""
    kind, colon, id = named.partition(":")
    if colon and result.level == "node" and named not in result["id"]:
        return result.explain(id, kind, language)
    return result.explain(named, language=language)
