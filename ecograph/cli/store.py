"""Store: ecosystems into a Neo4j database and out of it."""

from typing import Annotated

import typer

from ecograph.cli.command import SETTINGS, Command, Group
from ecograph.cli.data import Data, loaded
from ecograph.cli.output import LanguageOption, say, talk, written
from ecograph.cli.progress import progress
from ecograph.cli.server import DEFAULT, Address, Database, User, connected
from ecograph.errors import LoadError, StoreError

Called = Annotated[
    str | None,
    typer.Option(
        "--ecosystem", metavar="NAME", help="Its name in the database; that of its manifest.", show_default=False
    ),
]
Chosen = Annotated[
    str | None,
    typer.Option("--ecosystem", metavar="NAME", help="Its name, where there are several.", show_default=False),
]
Doomed = Annotated[str, typer.Option("--ecosystem", metavar="NAME", help="Its name.", show_default=False)]
Folder = Annotated[str, typer.Argument(metavar="FOLDER", help="A new or empty folder, or one that holds a snapshot.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Write nothing; print the statements and how many rows each has.")]

app = typer.Typer(
    cls=Group,
    help="Keep ecosystems in Neo4j.\n\npip install 'ecograph[neo4j]' brings the driver. What others keep in the same "
    "database is left alone.",
    epilog="Example: ecograph store write harbour neo4j://localhost --ecosystem harbour",
    subcommand_metavar="COMMAND",
    context_settings=SETTINGS,
)


@app.command("write", cls=Command, epilog="Example: ecograph store write harbour neo4j://localhost --dry-run")
def write(
    data: Data,
    address: Address,
    *,
    ecosystem: Called = None,
    database: Database = DEFAULT,
    user: User = None,
    dry_run: Dry = False,
) -> None:
    """Write an ecosystem into a database, in place of the one of its name; a load that was stopped goes on."""
    from ecograph.stores.neo4j import plan

    eco = loaded(data)
    with connected(address, database, user, failure=StoreError) as connection:
        planned = plan(connection, eco, ecosystem)
        for line in planned.lines():
            talk(line)
        if dry_run:
            say(";\n".join(planned.statements()))
            return
        with progress(f"writing into {address}"):
            planned.run()


@app.command("read", cls=Command, epilog="Example: ecograph store read neo4j://localhost harbour-copy")
def read(
    address: Address, folder: Folder, *, ecosystem: Chosen = None, database: Database = DEFAULT, user: User = None
) -> None:
    """Read an ecosystem out of a database into a folder."""
    from ecograph.stores import neo4j
    from ecograph.stores import write as put

    with connected(address, database, user, failure=LoadError) as connection, progress(f"reading {address}"):
        eco = neo4j.read(connection, ecosystem)
    put(eco, folder)
    talk(f"{folder}: {eco!r}")


@app.command("status", cls=Command, epilog="Example: ecograph store status neo4j://localhost")
def status(
    address: Address, *, database: Database = DEFAULT, user: User = None, language: LanguageOption = "en"
) -> None:
    """Say which ecosystems a database holds, and whether they are whole."""
    from ecograph.stores.neo4j import others, standing

    with connected(address, database, user, failure=LoadError) as connection:
        say(written(standing(connection).translated(language), "table"))
        talk(f"{others(connection):,} nodes of others")


@app.command("remove", cls=Command, epilog="Example: ecograph store remove neo4j://localhost --ecosystem harbour")
def remove(address: Address, *, ecosystem: Doomed, database: Database = DEFAULT, user: User = None) -> None:
    """Take an ecosystem out of a database."""
    from ecograph.stores.neo4j import others
    from ecograph.stores.neo4j import remove as take_out

    with connected(address, database, user, failure=StoreError) as connection:
        talk(f"ecosystem={ecosystem!r} goes; {others(connection):,} nodes of others are left alone")
        with progress(f"removing {ecosystem}"):
            take_out(connection, ecosystem)
