"""Query: the questions of the packs, listed, shown, checked and asked."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecograph.cli.command import SETTINGS, Command, Group, UsageError
from ecograph.cli.data import Data, loaded
from ecograph.cli.output import Form, LanguageOption, Tongue, aligned, save, say, talk, written
from ecograph.cli.progress import progress
from ecograph.errors import EcographError

if TYPE_CHECKING:
    from ecograph.packs import Query

FOUND = 3
"""Exit code of a query marked as a check that has found something."""
LISTED: Mapping[Tongue, tuple[str, str]] = {"en": ("query", "title"), "zh": ("查询", "标题")}
TOLD: Mapping[Tongue, tuple[str, str, str, str]] = {
    "en": ("What it tells", "What to do", "Options", "Columns"),
    "zh": ("说明", "处理办法", "选项", "列"),
}
READ: Mapping[str, Callable[[str], Any]] = {
    "text": str,
    "date": str,
    "integer": int,
    "number": float,
    "boolean": lambda text: {"true": True, "false": False}[text.lower()],
    "list": lambda text: [part.strip() for part in text.split(",")],
}

Name = Annotated[
    str,
    typer.Argument(metavar="QUERY", help="Pack and query, such as tracking/untracked, or a .cypher file."),
]
Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="QUERY...", help="Queries or .cypher files; all if none is named.", show_default=False),
]
Packs = Annotated[
    list[str] | None,
    typer.Option("--packs", metavar="FOLDER", help="A folder of packs beside the shipped ones. Repeat it for several."),
]
On = Annotated[str | None, typer.Option("--on", metavar="DATA", help="Data whose schema the queries are held against.")]
Shape = Annotated[Form, typer.Option("--format", help="How the rows are written.")]
Output = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")]
Timeout = Annotated[float, typer.Option("--timeout", metavar="SECONDS", help="How long it may take.")]
Most = Annotated[int, typer.Option("--max-rows", metavar="N", help="How many rows it may answer.")]

app = typer.Typer(
    cls=Group,
    help="Ask the questions of the packs.\n\nNo Python and no server is needed; pip install 'ecograph[query]' is.",
    epilog="Example: ecograph query run tracking/untracked harbour",
    subcommand_metavar="COMMAND",
    context_settings=SETTINGS,
)


@app.callback(invoke_without_command=True)
def query(context: typer.Context) -> None:
    """Show the help where no command was given."""
    if context.invoked_subcommand is None:
        say(context.get_help())


@app.command("list", cls=Command, epilog="Example: ecograph query list --language zh")
def listing(*, packs: Packs = None, language: LanguageOption = "en") -> None:
    """List the queries there are."""
    from ecograph.packs import names
    from ecograph.packs import query as found

    told = [(name, found(name, *packs or ()).title[language]) for name in names(*packs or ())]
    say(aligned([LISTED[language], *told]))


@app.command("show", cls=Command, epilog="Example: ecograph query show talent/isolated_makers")
def show(name: Name, *, packs: Packs = None, language: LanguageOption = "en") -> None:
    """Say what a query tells, what to do with a row, and which options it has; then its text."""
    one = _named(name, packs)
    tells, act, options, columns = TOLD[language]
    asked = [(f"--{_flag(key)}", _meant(part.meaning, part.zh, language)) for key, part in one.parameters.items()]
    given = [(key, _meant(part.meaning, part.zh, language)) for key, part in one.columns.items()]
    head = [one.title[language], f"{tells}: {one.purpose[language]}", f"{act}: {one.act[language]}"]
    tables = [f"{title}:\n{aligned(rows)}" for title, rows in ((options, asked), (columns, given)) if rows]
    statement = "\n".join(line for line in one.text.splitlines() if not line.startswith("//"))
    say("\n\n".join([*head, *tables, statement]))


@app.command("check", cls=Command, epilog="Example: ecograph query check mine/overdue.cypher --on harbour")
def check(names: Names = None, *, on: On = None, packs: Packs = None) -> None:
    """Hold queries against the dialect and the schema without running them."""
    from ecograph import packs as shipped
    from ecograph.innovation import SCHEMA

    schema = loaded(on).schema if on else SCHEMA
    wrong, asked = 0, names or shipped.names(*packs or ())
    for name in asked:
        try:
            _named(name, packs).statement(schema)
        except EcographError as error:
            talk(f"ecograph: {error}")
            wrong += 1
    say(f"{len(asked) - wrong} of {len(asked)} queries passed")
    if wrong:
        raise typer.Exit(1)


@app.command(
    "run",
    cls=Command,
    context_settings=SETTINGS | {"allow_extra_args": True, "ignore_unknown_options": True},
    epilog="\b\nExample: ecograph query run talent/isolated_makers harbour --as-of 2025-06-30 --days 365",
)
def run(
    context: typer.Context,
    name: Name,
    data: Data,
    *,
    packs: Packs = None,
    form: Shape = "table",
    output: Output = None,
    timeout: Timeout = 60.0,
    most: Most = 100_000,
    language: LanguageOption = "en",
) -> None:
    """Ask a query of data.

    The query's parameters are options, too: ecograph query show QUERY names them. Exit code 3 where a query marked as
    a check has found rows.
    """
    one = _named(name, packs)
    values = _values(one, context.args)
    eco = loaded(data)
    with progress(f"asking {one.name}"):
        found = one.run(eco, values, timeout=timeout, max_rows=most).translated(language)
    if output:
        save(found, output, form)
        talk(f"{output}: {len(found):,} rows")
    else:
        say(written(found, form))
    if one.check and len(found):
        raise typer.Exit(FOUND)


def _named(name: str, packs: list[str] | None) -> "Query":
    from ecograph import packs as shipped

    return shipped.read(name) if name.endswith(".cypher") else shipped.query(name, *packs or ())


def _values(one: "Query", words: list[str]) -> dict[str, Any]:
    """Values of the query's parameters from what was written behind the options of the command."""
    flags = {f"--{_flag(name)}": name for name in one.parameters}
    pairs = [part for word in words for part in (word.split("=", 1) if word.startswith("--") else [word])]
    values = {}
    for flag, text in zip(pairs[::2], [*pairs[1::2], ""], strict=False):
        if flag not in flags:
            raise UsageError(f"no option {flag!r}; {one.name} has {', '.join(flags) or 'none of its own'}")
        kind = one.parameters[flags[flag]].type
        try:
            values[flags[flag]] = READ[kind](text)
        except (ValueError, KeyError):
            raise UsageError(f"{flag}={text!r} is no {kind}; write one") from None
    return values


def _flag(name: str) -> str:
    return name.replace("_", "-")


def _meant(meaning: str, zh: str, language: Tongue) -> str:
    return zh if language == "zh" else meaning
