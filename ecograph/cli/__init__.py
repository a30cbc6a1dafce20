"""The command line: one file a noun; commands of metrics are made from the registry.

Importing it imports typer and nothing heavier; what a command needs is imported when it runs.
"""

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Annotated, Any

import typer

from ecograph.cli import check, doctor, listing, measure, query, report, store
from ecograph.cli.command import SETTINGS, Command, Group, UsageError
from ecograph.cli.output import say, talk
from ecograph.errors import EcographError

INTERRUPTED = 130
PREFIX = "Value error, "
"""What typer's reader of types puts before its messages."""
EXAMPLES = """\b
Examples:
  ecograph list metrics
  ecograph check harbour
  ecograph measure degree florentine --relation MARRIAGE --top 5
  ecograph query run tracking/untracked harbour
  ecograph report harbour -o report.html
  ecograph report --config monday.toml
  ecograph store write harbour neo4j://localhost --ecosystem harbour"""

app = typer.Typer(
    cls=Group,
    help="Measure innovation ecosystems: typed tables in, tidy tables and a report out.\n\n"
    "Results go to stdout, messages to stderr. Exit codes: 0 done, 1 something you can mend, 2 a command that cannot "
    "be read, 3 a query that checks and found rows, 130 Ctrl-C.",
    epilog=EXAMPLES,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=SETTINGS,
)
app.command("check", cls=Command, epilog=check.EXAMPLE)(check.check)
app.command("doctor", cls=Command, epilog=doctor.EXAMPLE)(doctor.doctor)
app.command("list", cls=Command, epilog=listing.EXAMPLE)(listing.listing)
app.add_typer(measure.app, name="measure")
app.add_typer(query.app, name="query")
app.command("report", cls=Command, epilog=report.EXAMPLE)(report.report)
app.add_typer(store.app, name="store")


@app.callback()
def ecograph(
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    """Print the version where it is asked for."""
    if version:
        from importlib.metadata import version as installed

        say(f"ecograph {installed('ecograph')}")
        raise typer.Exit


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments : sequence of str, optional
        What was written after ``ecograph``; that of the process by default.

    Returns
    -------
    int
        Exit code: 0; 1 for what the user can mend; 2 for a command line that cannot be read; 3 for a query that
        checks and found rows; 130 for Ctrl-C. Any other error is a bug and leaves with its traceback.
    """
    _speak_utf8()
    try:
        code = app(arguments, prog_name="ecograph", standalone_mode=False)
    except UsageError as error:
        return _misread(error)
    except EcographError as error:
        talk(f"ecograph: {_one_line(str(error))}")
        return 1
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    return code or 0


def _speak_utf8() -> None:
    """Write UTF-8 wherever the output goes: names are Chinese under every locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _misread(error: Any) -> int:
    command = error.ctx.command_path if error.ctx else "ecograph"
    message = _one_line(error.format_message()).replace(PREFIX, "").removesuffix(".")
    end = "" if message.endswith("?") else "."
    talk(f"{command}: {message[:1].lower()}{message[1:]}{end} See {command} --help.")
    return int(error.exit_code)


def _one_line(message: str) -> str:
    return " ".join(message.split())
