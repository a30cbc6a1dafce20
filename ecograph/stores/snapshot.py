"""Snapshots: an ecosystem as Parquet tables in a folder of its own, committed by one rename of the manifest.

``snapshot-<hash>/`` is whole before ``ecosystem.toml`` names it, so whenever the writer stops a reader finds the old
ecosystem or the new one.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ecograph.content import Content
from ecograph.ecosystem import Ecosystem
from ecograph.errors import AddressError, StoreError
from ecograph.stores.manifest import read_manifest, told
from ecograph.stores.opening import POSITION, PREFIX
from ecograph.stores.shapes import MANIFEST

UNFINISHED = ".unfinished-"
DICTIONARY_BYTES = 1 << 26


def write(eco: Ecosystem, folder: Path) -> None:
    """Write a folder; see :func:`ecograph.write`."""
    _check(folder)
    name = PREFIX + eco.fingerprint[:16]
    fresh = not folder.exists()
    unfinished = folder / f"{UNFINISHED}{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _remove_unfinished(folder)
        if not (folder / name).is_dir():
            _fill(eco.content, unfinished)
            unfinished.rename(folder / name)
        _commit(folder, {**told(eco), "snapshot": name})
    except OSError as error:
        shutil.rmtree(folder if fresh else unfinished, ignore_errors=True)
        raise StoreError(
            f"address={str(folder)!r}: {error.strerror or error}; what stood there is unchanged; make room or ask for "
            f"the right to write, and write again"
        ) from None
    _remove_older(folder, name)


def _check(folder: Path) -> None:
    """Refuse to write over anything but a snapshot of ours."""
    if folder.exists() and not folder.is_dir():
        raise AddressError(f"address={str(folder)!r} is a file; give a folder")
    if not folder.is_dir() or all(path.name.startswith(UNFINISHED) for path in folder.iterdir()):
        return
    if "snapshot" not in read_manifest(folder):
        raise AddressError(
            f"address={str(folder)!r} holds files that are no snapshot; give an empty or a new folder, because tables "
            f"someone made are never written over"
        )


def _remove_unfinished(folder: Path) -> None:
    """Take away what a writer left that was stopped."""
    for path in folder.glob(f"{UNFINISHED}*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def _remove_older(folder: Path, name: str) -> None:
    """Take away every snapshot but one; each loses its name first, so that a folder with that name is always whole."""
    for path in folder.glob(f"{PREFIX}*"):
        if path.name != name:
            path.rename(path.with_name(UNFINISHED + path.name))
    _remove_unfinished(folder)


def _fill(content: Content, folder: Path) -> None:
    """Write every table and see to it that it lies on the disk."""
    for part in ("nodes", "relations"):
        (folder / part).mkdir(parents=True)
    for kind, table in content.nodes.items():
        _write_table(table, folder / "nodes" / f"{kind}.parquet")
    for kind in content.relations:
        _write_table(_with_ids(content, kind), folder / "relations" / f"{kind}.parquet")
    for path in (folder / "nodes", folder / "relations", folder):
        _settle(path)


def _with_ids(content: Content, kind: str) -> pa.Table:
    """A relation table with the kinds and ids of its ends, for other programs; ecograph reads the positions."""
    table = content.relations[kind]
    names = pa.array(list(content.nodes), pa.string())
    columns: dict[str, Any] = {}
    for end, positions in zip(("source", "target"), content.ends(kind), strict=True):
        columns[f"{end}_kind"] = pa.DictionaryArray.from_arrays(pa.array(content.index.kind_codes[positions]), names)
        columns[end] = content.index.ids.take(pa.array(positions)).dictionary_encode()
        columns[POSITION + end] = pa.array(positions)
    return pa.table(columns | {name: table.column(name) for name in table.column_names if name not in columns})


def _write_table(table: pa.Table, path: Path) -> None:
    words = [column.name for column in table.schema if not pa.types.is_primitive(column.type)]
    pq.write_table(
        table,
        str(path),
        compression="lz4",
        use_dictionary=words,
        dictionary_pagesize_limit=DICTIONARY_BYTES,
        write_page_checksum=True,
    )
    _settle(path)


def _settle(path: Path) -> None:
    """Wait until a file or folder lies on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _commit(folder: Path, manifest: Mapping[str, Any]) -> None:
    import tomli_w

    fresh = folder / f"{UNFINISHED}{MANIFEST}"
    try:
        with fresh.open("wb") as file:
            tomli_w.dump(dict(manifest), file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / MANIFEST)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    _settle(folder)
