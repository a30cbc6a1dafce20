"""Data: what a command is asked about, a folder of tables or a dataset that comes with ecograph, or a part of it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from ecograph.cli.candidates import data_beginning
from ecograph.cli.command import LOOKED, UsageError
from ecograph.cli.output import talk
from ecograph.cli.progress import progress
from ecograph.cli.server import connected
from ecograph.errors import AddressError, EcographError, LoadError

if TYPE_CHECKING:
    from ecograph.ecosystem import Ecosystem

EVERY = "every"
KEYS = (EVERY, "by", "through")
MEMBERS = re.compile(r"(?P<kind>[^:]+):(?P<id>.+),through=(?P<through>[^,=]+)")
PERIODS = "every=quarter, or by=Makerspace,through=SETTLED_IN"

Data = Annotated[
    str,
    typer.Argument(
        metavar="DATA",
        help="A folder with nodes/ and relations/, the name of a dataset (see ecograph list datasets), or neo4j://HOST.",
        show_default=False,
        autocompletion=data_beginning,
    ),
]
Between = Annotated[
    str | None,
    typer.Option(
        "--between",
        metavar="DAY..DAY",
        help="Only what was there from the first day up to, but without, the second: 2025-01-01..2026-01-01.",
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
Members = Annotated[
    str | None,
    typer.Option(
        "--members",
        metavar="KIND:ID,through=RELATION",
        help="Only a platform and who is joined to it: Makerspace:hub,through=SETTLED_IN.",
        rich_help_panel=LOOKED,
    ),
]
SlicesOption = Annotated[
    str | None,
    typer.Option(
        "--slices",
        metavar="every=PERIOD|by=KIND,through=RELATION",
        help="Measure part by part: every day, week, month, quarter, year or 90 days; or by platform.",
        rich_help_panel=LOOKED,
    ),
]


def loaded(data: str, *, strict: bool = False) -> "Ecosystem":
    """Read the ecosystem of a folder, of a dataset's name or of a Neo4j server."""
    from ecograph.cypher.connection import is_server
    from ecograph.datasets import located
    from ecograph.stores import read

    if is_server(data):
        return _fetched(data)
    with progress(f"reading {data}"), reading(data):
        return read(located(data), strict=strict)


def _fetched(address: str) -> "Ecosystem":
    from ecograph.stores.neo4j import read

    with connected(address, failure=LoadError) as connection, progress(f"reading {address}"):
        return read(connection, None)


@contextmanager
def reading(data: str) -> Iterator[None]:
    """Say in one line why the system did not let the data be read."""
    try:
        yield
    except EcographError:
        raise
    except OSError as error:
        place = error.filename or data
        raise AddressError(f"data={data!r}: {place}: {error.strerror}; give data that can be read") from None


def chosen(data: Data, *, between: Between = None, at: At = None, members: Members = None) -> "Ecosystem":
    """The ecosystem, or the part of it that was asked for; what was left out of it is said."""
    if between and at:
        raise UsageError("--between and --at exclude each other; give one of them")
    days = _days(between) if between else ()
    platform = _platform(members) if members else ()
    eco = loaded(data)
    if left_out := sum(eco.quality.of("error").counts().values()):
        talk(f"{data}: {left_out:,} rows or cells were left out; ecograph check {data} lists them")
    eco = eco.between(*days) if days else eco.at(at) if at else eco
    return eco.members(*platform) if platform else eco


def ways_of_cutting(*, slices: SlicesOption = None) -> Mapping[str, str]:
    """Arguments of the cut into slices; none where no cut was asked for."""
    pairs = [pair.partition("=") for pair in slices.split(",")] if slices else []
    cut = {key.strip(): value.strip() for key, _, value in pairs}
    whole = [EVERY] if EVERY in cut else list(KEYS[1:])
    if slices is not None and (len(cut) < len(pairs) or sorted(cut) != whole or not all(cut.values())):
        raise UsageError(f"--slices={slices!r}; write it as {PERIODS}")
    return cut


def _days(between: str) -> tuple[str, str]:
    first, dots, stop = between.partition("..")
    if not (first and dots and stop):
        raise UsageError(f"--between={between!r}; write it as DAY..DAY, such as 2025-01-01..2026-01-01")
    return first.strip(), stop.strip()


def _platform(members: str) -> tuple[str, str, str]:
    found = MEMBERS.fullmatch(members)
    if not found:
        raise UsageError(
            f"--members={members!r}; write it as KIND:ID,through=RELATION, such as Makerspace:hub,through=SETTLED_IN"
        )
    return found["kind"], found["id"], found["through"]
