"""Report: the page for people, and the tables behind it."""

from typing import Annotated

import typer

from ecograph.cli.config import Config
from ecograph.cli.data import At, Between, Data, Members, chosen
from ecograph.cli.output import LanguageOption, say, talk, writing
from ecograph.cli.progress import progress

EXAMPLE = "Example: ecograph report cordis-h2020 -o report.html --tables tables"

Output = Annotated[
    str, typer.Option("--output", "-o", metavar="FILE", help="The page; an older one of that name is replaced.")
]
Tables = Annotated[
    str | None, typer.Option("--tables", metavar="FOLDER", help="Also write every table of the page there, as CSV.")
]
Names = Annotated[bool, typer.Option("--names", help="Show names of persons; without it their ids stand there.")]


def report(
    data: Data,
    *,
    output: Output = "report.html",
    tables: Tables = None,
    language: LanguageOption = "en",
    names: Names = False,
    between: Between = None,
    at: At = None,
    members: Members = None,
    _config: Config = None,
) -> None:
    """Measure what the data allow and write it as one page that opens offline.

    Prints the five things to know first; where the files are is said on stderr.
    """
    from ecograph import page

    eco = chosen(data, between=between, at=at, members=members)
    with progress(f"measuring {data}"), writing(output):
        made = page.report(eco, output, language=language, names=names, tables=tables)
    say("\n".join(made.headlines))
    talk(f"report: {made.path}")
    if made.tables:
        talk(f"tables: {made.tables}")
