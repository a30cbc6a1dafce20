"""The page of the command line: the help of every command, as it prints it."""

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from typing import Any
from unittest.mock import patch

import typer

from ecograph.cli import app, main
from writers.markdown import page

INTRODUCTION = """
Data go to the standard output, talk to the standard error. A command ends with code 0; with 1 where the user can mend
something, which is then said in one line; with 2 where the command line cannot be read; with 3 where a query that
checks has found rows; with 130 after Ctrl-C.

The options of `ecograph measure METRIC` stand on the page of each [metric](metrics/index.md).
"""
MEASURE = ("measure",)
SCREEN = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}


def files() -> dict[str, str]:
    """The page of every command's help."""
    names = list(_names(typer.main.get_command(app), ()))
    return {"docs/reference/cli.md": page("Command line", INTRODUCTION, *(_section(name) for name in names))}


def example(metric: str) -> str:
    """The command that a metric's help gives as its example."""
    return " ".join(help_of((*MEASURE, metric)).rpartition("Example: ")[2].split())


def _names(command: Any, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """This command and every one under it but the metrics, by the words that call it."""
    yield above
    if above == MEASURE:
        return
    for name in command.list_commands(typer.Context(command)) if hasattr(command, "list_commands") else ():
        yield from _names(command.get_command(typer.Context(command), name), (*above, name))


def _section(name: tuple[str, ...]) -> str:
    return f"## {' '.join(('ecograph', *name))}\n\n{shown(name)}"


def shown(name: tuple[str, ...]) -> str:
    """What a command prints when asked for help, as a block."""
    return f"```text\n{help_of(name)}\n```"


def help_of(name: tuple[str, ...]) -> str:
    """What a command prints when asked for help."""
    said = io.StringIO()
    with patch.dict("os.environ", SCREEN), redirect_stdout(said):
        main([*name, "--help"])
    return said.getvalue().strip("\n")
