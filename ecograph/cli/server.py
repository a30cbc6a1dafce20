"""Server: how commands reach a Neo4j server, and who logs in."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from ecograph.errors import EcographError, QueryError

if TYPE_CHECKING:
    from ecograph.cypher.connection import Connection

DEFAULT = "neo4j"

Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="neo4j://HOST or neo4j://HOST:PORT.")]
Database = Annotated[str, typer.Option("--database", metavar="NAME", help="Database of the Neo4j server.")]
User = Annotated[
    str | None,
    typer.Option(
        "--user",
        metavar="NAME",
        help="Who logs in to the Neo4j server; $ECOGRAPH_NEO4J_USER, else neo4j. The password is that of "
        "$ECOGRAPH_NEO4J_PASSWORD, or asked for.",
        show_default=False,
    ),
]


@contextmanager
def connected(
    address: str,
    database: str = DEFAULT,
    user: str | None = None,
    *,
    failure: type[EcographError] = QueryError,
    patience: float | None = None,
) -> "Iterator[Connection]":
    """Reach a database of a server; on a terminal a password that is not told is asked for."""
    from ecograph.cypher.connection import PATIENCE, Connection, check_address, login_of

    check_address(address)
    login = login_of(user)
    if login.password is None and sys.stdin.isatty():
        login = replace(login, password=_asked(login.user))
    with Connection(address, login, database, patience=patience or PATIENCE, failure=failure) as connection:
        yield connection


def _asked(user: str) -> str | None:
    """Password typed by a person; none where nothing was typed, for a server that asks for none."""
    return typer.prompt(f"password of {user}", default="", hide_input=True, show_default=False, err=True) or None
