"""Data: what a command is asked about, a folder of tables or a dataset that comes with ecograph."""

from typing import TYPE_CHECKING, Annotated

import typer

from ecograph.cli.command import LOOKED, UsageError
from ecograph.cli.output import talk
from ecograph.cli.progress import progress

if TYPE_CHECKING:
    from ecograph.ecosystem import Ecosystem

Data = Annotated[
    str,
    typer.Argument(
        metavar="DATA",
        help="A folder with nodes/ and relations/, or the name of a dataset (see ecograph list datasets).",
        show_default=False,
    ),
]
Between = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--between",
        metavar="DAY DAY",
        help="Only what was there from the first day up to, but without, the second.",
        rich_help_panel=LOOKED,
    ),
]
At = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="DAY",
        help="Only what was there on this day; what happens in a moment is left out.",
        rich_help_panel=LOOKED,
    ),
]


def loaded(data: str, *, strict: bool = False) -> "Ecosystem":
    """Read the ecosystem of a folder or of a dataset's name."""
    from ecograph.datasets import located
    from ecograph.stores import read

    with progress(f"reading {data}"):
        return read(located(data), strict=strict)


def chosen(data: Data, *, between: Between = None, at: At = None) -> "Ecosystem":
    """The ecosystem, or the part of it that a period holds; what was left out of it is said."""
    if between and at:
        raise UsageError("--between and --at exclude each other; give one of them")
    eco = loaded(data)
    if left_out := sum(eco.quality.of("error").counts().values()):
        talk(f"{data}: {left_out:,} rows or cells were left out; ecograph check {data} lists them")
    return eco.between(*between) if between else eco.at(at) if at else eco
