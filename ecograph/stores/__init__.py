"""Stores: where an ecosystem rests."""

from pathlib import Path
from typing import TYPE_CHECKING

from ecograph.errors import AddressError

if TYPE_CHECKING:
    from ecograph.ecosystem import Ecosystem


def read(address: str | Path, *, strict: bool = False) -> "Ecosystem":
    """Read an ecosystem from where it rests.

    Parameters
    ----------
    address : str or Path
        A folder with ``nodes/<Kind>.csv`` and ``relations/<KIND>.csv`` (or ``.tsv``, ``.parquet``, ``.arrow``) and,
        optionally, ``ecosystem.toml`` with title, source, licence, schema and conversion factors, what is to be said
        about files (``[reading]``, ``[[files]]``: encoding, separator, numbers, columns) and ``[limits]``. A table
        ``merge.csv`` beside it says which nodes are the same, as :meth:`ecograph.Ecosystem.merged` takes it.
    strict : bool
        Refuse the tables if any row or cell cannot be used.

    Returns
    -------
    Ecosystem
        What could be used; the rest is in its ``quality``.

    Raises
    ------
    AddressError
        If there is no such folder, or it holds no tables, or the address is a URL.
    LoadError
        If a file cannot be read at all, or ``strict`` and something cannot be used.
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
    from ecograph.stores import folder

    if "://" in str(address):
        raise AddressError(f"address={str(address)!r}: only local folders are read; download the tables first")
    return folder.read(Path(address), strict=strict)


def write(eco: "Ecosystem", address: str | Path) -> None:
    """Write an ecosystem to where it shall rest, whole or not at all.

    Parameters
    ----------
    eco : Ecosystem
        What is written; its findings are not.
    address : str or Path
        A new or empty folder, or one that :func:`write` filled before: Parquet tables go into ``snapshot-<hash>/``,
        and one rename of ``ecosystem.toml`` makes them what is read from then on. Older snapshots are removed.

    Raises
    ------
    AddressError
        If the folder holds files that are no snapshot, or the address is a file or a URL.
    StoreError
        If the disk is full or writing is not allowed; what stood there is unchanged.

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
    from ecograph.stores import snapshot

    if "://" in str(address):
        raise AddressError(f"address={str(address)!r}: only local folders are written; give a folder")
    snapshot.write(eco, Path(address))
