"""Report: the page for people, and the tables behind it."""

from typing import Annotated

import typer

from ecograph.cli.data import Data, loaded
from ecograph.cli.output import LanguageOption, say, talk, writing

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
) -> None:
    """Measure what the data allow and write it as one page that opens offline.

    Prints the five things to know first; where the files are is said on stderr.
    """
    from ecograph import page

    eco = loaded(data)
    with writing(output):
        made = page.report(eco, output, language=language, names=names, tables=tables)
    say("\n".join(made.headlines))
    talk(f"report: {made.path}")
    if made.tables:
        talk(f"tables: {made.tables}")
