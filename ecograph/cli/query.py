"""Query: the questions of the packs, listed, shown, checked and asked."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecograph.cli.candidates import data_beginning
from ecograph.cli.command import SETTINGS, Command, Group, UsageError
from ecograph.cli.data import loaded
from ecograph.cli.output import Form, LanguageOption, Tongue, aligned, save, say, talk, writing, written
from ecograph.cli.progress import progress
from ecograph.cli.server import DEFAULT, Database, User, connected
from ecograph.cli.starting import started
from ecograph.cli.wanted import flag_of, named, values_of, wanted
from ecograph.errors import EcographError, QueryError

if TYPE_CHECKING:
    from ecograph.ecosystem import Ecosystem
    from ecograph.packs import Query
    from ecograph.stores.neo4j import Served
    from ecograph.table import Table

PAGE = ".html"
FOUND = 3
"""Exit code of a query marked as a check that has found something."""
LISTED: Mapping[Tongue, tuple[str, str]] = {"en": ("query", "title"), "zh": ("查询", "标题")}
TOLD: Mapping[Tongue, tuple[str, str, str, str]] = {
    "en": ("What it tells", "What to do", "Options", "Columns"),
    "zh": ("说明", "处理办法", "选项", "列"),
}
CHECKED: Mapping[Tongue, str] = {
    "en": "It is a check: where it finds rows, ecograph query run ends with exit code 3.",
    "zh": "这是检查类查询：有结果时，ecograph query run 的退出码为 3。",
}
FURTHER: Mapping[Tongue, str] = {
    "en": "A metric goes further: ecograph measure {metric}",
    "zh": "可作更深入分析的指标：ecograph measure {metric}",
}
Name = Annotated[
    str,
    typer.Argument(metavar="QUERY", help="Pack and query, such as tracking/untracked, or a .cypher file."),
]
Wanted = Annotated[
    str,
    typer.Argument(
        metavar="QUERY",
        help="A query, such as tracking/untracked; a pack, such as tracking; a .cypher file; or several of these with "
        "commas between them.",
    ),
]
Made = Annotated[str, typer.Argument(metavar="NAME", help="Pack and query, such as mine/overdue.")]
Folder = Annotated[str, typer.Option("--packs", metavar="FOLDER", help="The folder of packs it is put into.")]
Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="QUERY...", help="Queries or .cypher files; all if none is named.", show_default=False),
]
Packs = Annotated[
    list[str] | None,
    typer.Option("--packs", metavar="FOLDER", help="A folder of packs beside the shipped ones. Repeat it for several."),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DATA",
        help="Whose schema they are held against: a folder, a dataset, neo4j://HOST.",
    ),
]
OnToo = Annotated[
    str | None, typer.Option("--on", metavar="DATA", help="Data, named behind the option.", show_default=False)
]
Asked = Annotated[
    str | None,
    typer.Argument(
        metavar="DATA",
        help="What is asked: a folder with nodes/ and relations/, a dataset, or a Neo4j server, neo4j://HOST.",
        show_default=False,
        autocompletion=data_beginning,
    ),
]
Shape = Annotated[Form, typer.Option("--format", help="How the rows are written.")]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file; a page for people if it ends in .html."),
]
Timeout = Annotated[float, typer.Option("--timeout", metavar="SECONDS", help="How long it may take.")]
Most = Annotated[int, typer.Option("--max-rows", metavar="N", help="How many rows it may answer.")]

app = typer.Typer(
    cls=Group,
    help="Ask the questions of the packs.\n\nNo Python and no server is needed; pip install 'ecograph[query]' is. "
    "Or a Neo4j server answers, to which ecograph store write has written.",
    epilog="Example: ecograph query run tracking/untracked harbour",
    subcommand_metavar="COMMAND",
    context_settings=SETTINGS,
)


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
    one = named(name, packs)
    tells, act, options, columns = TOLD[language]
    asked = [(f"--{flag_of(key)}", _meant(part.meaning, part.zh, language)) for key, part in one.parameters.items()]
    given = [(key, _meant(part.meaning, part.zh, language)) for key, part in one.columns.items()]
    colon = "：" if language == "zh" else ": "
    head = [one.title[language], f"{tells}{colon}{one.purpose[language]}", f"{act}{colon}{one.act[language]}"]
    head += [CHECKED[language]] * one.check + [FURTHER[language].format(metric=one.metric)] * bool(one.metric)
    tables = [f"{title}:\n{aligned(rows)}" for title, rows in ((options, asked), (columns, given)) if rows]
    statement = "\n".join(line for line in one.text.splitlines() if not line.startswith("//"))
    say("\n\n".join([*head, *tables, statement]))


@app.command("check", cls=Command, epilog="Example: ecograph query check mine/overdue.cypher --on harbour")
def check(
    names: Names = None, *, on: On = None, packs: Packs = None, database: Database = DEFAULT, user: User = None
) -> None:
    """Hold queries against the dialect and the schema without running them."""
    from ecograph import packs as shipped
    from ecograph.innovation import SCHEMA

    schema = SCHEMA
    if on:
        with _asked_of(on, database, user) as eco:
            schema = eco.schema
    wrong, asked = 0, names or shipped.names(*packs or ())
    for name in asked:
        try:
            named(name, packs).statement(schema)
        except EcographError as error:
            talk(f"ecograph: {error}")
            wrong += 1
    say(f"{len(asked) - wrong} of {len(asked)} queries passed")
    if wrong:
        raise typer.Exit(1)


@app.command("new", cls=Command, epilog="Example: ecograph query new mine/overdue --packs queries")
def new(name: Made, *, packs: Folder = ".") -> None:
    """Write a file to start a query of your own from.

    It passes ecograph query check as it stands, and its comments say what to change.
    """
    path = started(name, packs)
    say(str(path))
    talk(f"change it, then: ecograph query check {path}")


@app.command(
    "run",
    cls=Command,
    context_settings=SETTINGS | {"allow_extra_args": True, "ignore_unknown_options": True},
    epilog="\b\nExample: ecograph query run talent/isolated_makers harbour --as-of 2025-06-30 --days 365\n"
    "Example: ecograph query run tracking,docking harbour -o monday.html",
)
def run(
    context: typer.Context,
    name: Wanted,
    data: Asked = None,
    *,
    on: OnToo = None,
    packs: Packs = None,
    database: Database = DEFAULT,
    user: User = None,
    form: Shape = "table",
    output: Output = None,
    timeout: Timeout = 60.0,
    most: Most = 100_000,
    language: LanguageOption = "en",
) -> None:
    """Ask queries of data.

    The parameters of a query are options, too: ecograph query show QUERY names them; of several queries each takes
    those it has. Exit code 3 where a query marked as a check has found rows.
    """
    queries = wanted(name, packs)
    words = list(context.args)
    if on is not None and data is not None and data.startswith("--"):
        words.insert(0, data)  # with --on the first option of the query stands where DATA may stand
        data = None
    if (data is None) == (on is None):
        raise UsageError("name the data once: ecograph query run QUERY DATA, or --on DATA")
    values = values_of(queries, words)
    paged = bool(output and output.endswith(PAGE))
    if len(queries) > 1 and not paged and (output or form != "table"):
        raise UsageError(f"{len(queries)} queries make no single table; name a page with -o FILE{PAGE}, or one query")
    with _asked_of(data or on or "", database, user) as eco:
        answers = [(one, _asked(one, eco, values[one.name], timeout, most)) for one in queries]
    if output and paged:
        _page(eco, answers, values, output, language)
    else:
        _written(answers, form, output, language)
    if any(one.check and len(found) for one, found in answers):
        raise typer.Exit(FOUND)


def _asked(one: "Query", eco: "Ecosystem | Served", values: Mapping[str, Any], timeout: float, most: int) -> "Table":
    try:
        with progress(f"asking {one.name}"):
            return one.run(eco, values, timeout=timeout, max_rows=most)
    except QueryError as error:
        told = str(error)
        raise QueryError(told if told.startswith(one.name) else f"{one.name}: {told}") from None


@contextmanager
def _asked_of(data: str, database: str, user: str | None) -> "Iterator[Ecosystem | Served]":
    """What answers: an ecosystem that is read, or a server that is only asked."""
    from ecograph.cypher.connection import is_server
    from ecograph.cypher.server import PATIENCE
    from ecograph.stores.neo4j import served

    if is_server(data):
        with connected(data, database, user, patience=PATIENCE) as connection:
            yield served(connection)
    else:
        yield loaded(data)


def _page(
    eco: "Ecosystem | Served",
    answers: "Sequence[tuple[Query, Table]]",
    values: Mapping[str, Mapping[str, Any]],
    output: str,
    language: Tongue,
) -> None:
    from ecograph import page

    asked = [page.Asked(one, found, values[one.name]) for one, found in answers]
    with writing(output):
        page.answers(eco, asked, output, language=language)
    talk(f"{output}: {len(asked)} queries, {sum(len(one.rows) for one in asked):,} rows")


def _written(answers: "Sequence[tuple[Query, Table]]", form: Form, output: str | None, language: Tongue) -> None:
    """Rows as tables, each under its title where there are several."""
    told = [(one, found.translated(language)) for one, found in answers]
    if output:
        ((_, rows),) = told
        save(rows, output, form)
        talk(f"{output}: {len(rows):,} rows")
    elif len(told) > 1:
        say("\n\n".join(f"{one.title[language]} ({one.name})\n{written(rows, form)}" for one, rows in told))
    else:
        say(written(told[0][1], form))


def _meant(meaning: str, zh: str, language: Tongue) -> str:
    return zh if language == "zh" else meaning
