"""Check: what is in the data and what is wrong with it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ecograph.cli.config import Config
from ecograph.cli.data import Data, loaded
from ecograph.cli.output import SHOWN_ROWS, Form, LanguageOption, Tongue, aligned, say, talk, written

if TYPE_CHECKING:
    from ecograph.ecosystem import Ecosystem
    from ecograph.quality import Finding, Findings
    from ecograph.table import Table

EXAMPLE = "Example: ecograph check cordis-h2020"
LEFT_OUT = 1
LEVELS = ("error", "warning", "note")
TITLES = {
    "en": "{title}: {nodes:,} nodes, {relations:,} relations, {findings:,} findings",
    "zh": "{title}：{nodes:,} 个节点，{relations:,} 条关系，{findings:,} 项检查发现",
}

CheckForm = Annotated[
    Form,
    typer.Option(
        "--format",
        help=f"table shows at most {SHOWN_ROWS} findings; csv gives all of them, and json the summary and all of them.",
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse data that cannot be used whole, naming the first ten.")]


def check(
    data: Data,
    *,
    strict: Strict = False,
    form: CheckForm = "table",
    language: LanguageOption = "en",
    _config: Config = None,
) -> None:
    """Say what is in the data and what is wrong with it.

    Exit code 0: nothing was left out. Exit code 1: rows or cells could not be used (findings of level error).
    """
    eco = loaded(data, strict=strict)
    summary = written(eco.summary().translated(language), "json" if form == "json" else "table")
    if form == "table":
        say("\n\n".join([_title(eco, language), summary, *_found(eco.quality, language)]))
    elif form == "json":
        say(f'{{"summary": {summary}, "findings": {written(eco.quality.table(language), form)}}}')
    else:
        talk(_title(eco, language))
        say(written(eco.quality.table(language), form))
    if len(eco.quality.of("error")):
        raise typer.Exit(LEFT_OUT)


def _title(eco: "Ecosystem", language: Tongue) -> str:
    """What the data are called, and how much there is of them."""
    counts = eco.summary()
    nodes, relations = (int(counts["count"][counts["what"] == what].sum()) for what in ("node", "relation"))
    title = eco.manifest.get(f"title_{language}", eco.manifest.get("title", ""))
    return TITLES[language].format(title=title, nodes=nodes, relations=relations, findings=len(eco.quality))


def _found(findings: "Findings", language: Tongue) -> list[str]:
    """Findings as people read them, the worst first: how often each reason, then the first of them."""
    from ecograph.quality import COLUMNS

    if not len(findings):
        return []
    ordered = [finding for level in LEVELS for finding in findings.of(level)]
    words = COLUMNS["level"].words if language == "zh" else {}
    lines = aligned([(words.get(one.level, one.level), one.line(language)) for one in ordered[:SHOWN_ROWS]])
    if (more := len(findings) - SHOWN_ROWS) > 0:
        lines += f"\n… {more:,} more of {len(findings):,} findings; --format csv gives all"
    return [written(_reasons(ordered, findings.counts()).translated(language), "table"), lines]


def _reasons(ordered: Sequence["Finding"], counts: Mapping[str, int]) -> "Table":
    """How many rows or nodes each reason has."""
    from ecograph.quality import COLUMNS
    from ecograph.table import Table

    levels = {finding.code: finding.level for finding in ordered}
    cells = {"level": list(levels.values()), "code": list(levels), "count": [counts[code] for code in levels]}
    return Table(cells, COLUMNS)
