"""Stores: where an ecosystem rests."""

from pathlib import Path
from typing import TYPE_CHECKING

from ecograph.errors import AddressError, LoadError, StoreError

if TYPE_CHECKING:
    from ecograph.ecosystem import Ecosystem


def read(
    address: str | Path,
    *,
    strict: bool = False,
    ecosystem: str | None = None,
    database: str = "neo4j",
    user: str | None = None,
    password: str | None = None,
) -> "Ecosystem":
    """Read an ecosystem from where it rests.

    Parameters
    ----------
    address : str or Path
        A folder with ``nodes/<Kind>.csv`` and ``relations/<KIND>.csv`` (or ``.tsv``, ``.parquet``, ``.arrow``) and,
        optionally, ``ecosystem.toml`` with title, source, licence, schema and conversion factors, what is to be said
        about files (``[reading]``, ``[[files]]``: encoding, separator, numbers, columns) and ``[limits]``. A table
        ``merge.csv`` beside it says which nodes are the same, as :meth:`ecograph.Ecosystem.merged` takes it.
        Or ``neo4j://HOST`` (``bolt``, ``neo4j+s``, …), a server to which :func:`write` has written.
    strict : bool
        Refuse the tables if any row or cell cannot be used.
    ecosystem : str, optional
        On a server: its name there; needed where there are several.
    database : str, default "neo4j"
        On a server: the database.
    user, password : str, optional
        On a server: who reads; by default ``$ECOGRAPH_NEO4J_USER`` and ``$ECOGRAPH_NEO4J_PASSWORD``.

    Returns
    -------
    Ecosystem
        What could be used; the rest is in its ``quality``.

    Raises
    ------
    AddressError
        If there is no such folder, or it holds no tables, or the address is a URL; if no server answers, refuses the
        user, or has no whole ecosystem of this name.
    LoadError
        If a file cannot be read at all, or ``strict`` and something cannot be used, or what a server has is not what
        was written.
    ParameterError
        If an address holds a user or password.
    MissingPartError
        If the driver of Neo4j is not installed.
    SchemaError
        If the schema of ``ecosystem.toml`` contradicts itself.

    Examples
    --------
    >>> import ecograph as eg
    >>> eg.read("no/such/folder")
    Traceback (most recent call last):
        ...
    ecograph.errors.AddressError: address='no/such/folder': no such folder; give the folder with nodes/ and relations/
    """
    from ecograph.cypher.connection import Connection, is_server, login_of
    from ecograph.stores import folder, neo4j

    if is_server(str(address)):
        with Connection(str(address), login_of(user, password), database, failure=LoadError) as connection:
            return neo4j.read(connection, ecosystem)
    _local(str(address), "read; download the tables first")
    return folder.read(Path(address), strict=strict)


def write(
    eco: "Ecosystem",
    address: str | Path,
    *,
    ecosystem: str | None = None,
    database: str = "neo4j",
    user: str | None = None,
    password: str | None = None,
) -> None:
    """Write an ecosystem to where it shall rest, whole or not at all.

    Parameters
    ----------
    eco : Ecosystem
        What is written; its findings are not.
    address : str or Path
        A new or empty folder, or one that :func:`write` filled before: Parquet tables go into ``snapshot-<hash>/``,
        and one rename of ``ecosystem.toml`` makes them what is read from then on. Older snapshots are removed.
        Or ``neo4j://HOST``: a load that was stopped goes on when it is written again; what the server had under this
        name and is not in the ecosystem goes last, and everything else there is left alone.
    ecosystem : str, optional
        On a server: its name there; by default that of its manifest.
    database : str, default "neo4j"
        On a server: the database.
    user, password : str, optional
        On a server: who writes; by default ``$ECOGRAPH_NEO4J_USER`` and ``$ECOGRAPH_NEO4J_PASSWORD``.

    Raises
    ------
    AddressError
        If the folder holds files that are no snapshot, or the address is a file or a URL; if no server answers or it
        refuses the user.
    StoreError
        If the disk is full or writing is not allowed, and what stood there is unchanged; if a server did not take it.
    ParameterError
        If an address holds a user or password, or an ecosystem has no name on a server.
    MissingPartError
        If the driver of Neo4j is not installed.

    Examples
    --------
    >>> import tempfile
    >>> import ecograph as eg
    >>> eco = eg.from_tables({"Maker": {"id": ["ada", "bo"]}}, {"COLLABORATES": {"source": ["ada"], "target": ["bo"]}})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     eg.write(eco, folder)
    ...     eg.read(folder) == eco
    True
    """
    from ecograph.cypher.connection import Connection, is_server, login_of
    from ecograph.stores import neo4j, snapshot

    if is_server(str(address)):
        with Connection(str(address), login_of(user, password), database, failure=StoreError) as connection:
            neo4j.plan(connection, eco, ecosystem).run()
        return
    _local(str(address), "written; give a folder")
    snapshot.write(eco, Path(address))


def _local(address: str, remedy: str) -> None:
    from ecograph.cypher.connection import masked

    if "://" in address:
        raise AddressError(f"address={masked(address)!r}: only local folders and neo4j://HOST are {remedy}")
