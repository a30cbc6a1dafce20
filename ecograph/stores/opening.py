"""Opening a snapshot: its tables were checked when they were written, and each is read when it is asked for."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ecograph.content import Content, Nodes
from ecograph.ecosystem import Ecosystem
from ecograph.errors import LoadError
from ecograph.reading import status
from ecograph.reading.log import shown
from ecograph.reading.packed import UNITS
from ecograph.stores.manifest import about, factors_of, schema_of
from ecograph.stores.shapes import MANIFEST

ENDS = ("source_kind", "source", "target_kind", "target")
POSITION = "@"  # before the name of an end: its position
PREFIX = "snapshot-"
NAME = re.compile(re.escape(PREFIX) + "[0-9a-f]{16}")


class Tables(Mapping[str, pa.Table]):
    """Tables by kind, each read when it is first asked for."""

    def __init__(self, kinds: tuple[str, ...], read: Callable[[str], pa.Table]) -> None:
        self._kinds = kinds
        self._read = read
        self._tables: dict[str, pa.Table] = {}

    def __getitem__(self, kind: str) -> pa.Table:
        if kind not in self._kinds:
            raise KeyError(kind)
        if kind not in self._tables:
            self._tables[kind] = self._read(kind)
        return self._tables[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)


def open_snapshot(folder: Path, manifest: Mapping[str, Any], *, strict: bool) -> Ecosystem:
    """Open the snapshot the manifest names; ``strict`` reads it whole and holds it against its fingerprint."""
    name = manifest["snapshot"]
    if not isinstance(name, str) or not NAME.fullmatch(name) or not (folder / name).is_dir():
        raise LoadError(f"{MANIFEST}: snapshot={shown(str(name))!r} is not in the folder; write the ecosystem anew")
    snapshot = folder / name
    schema = schema_of(manifest)
    nodes = Tables(_kinds(snapshot / "nodes", schema.leaves()), partial(_read, snapshot / "nodes"))
    index = Nodes(schema, nodes)
    order = tuple(relation.name for relation in schema.relations)
    relations = Tables(_kinds(snapshot / "relations", order), partial(_read_relation, snapshot / "relations", index))
    factors = factors_of(manifest)
    content = Content(schema, nodes, relations, factors=factors, known=str(manifest.get("fingerprint", "")))
    if strict and Content(schema, nodes, relations, factors=factors).fingerprint != content.fingerprint:
        raise LoadError(f"{snapshot.name}: the tables are not those that were written; write the ecosystem anew")
    return Ecosystem(content, manifest=about(manifest, folder))


def _kinds(folder: Path, order: tuple[str, ...]) -> tuple[str, ...]:
    place = f"{folder.parent.name}/{folder.name}"
    return tuple(kind for kind in order if status(folder / f"{kind}.parquet", f"{place}/{kind}.parquet") is not None)


def _read(folder: Path, kind: str, needed: Sequence[str] = ("id",)) -> pa.Table:
    path = folder / f"{kind}.parquet"
    place = f"{folder.parent.name}/{folder.name}/{path.name}"
    try:
        found = pq.read_metadata(path)
        names = [name for name in found.schema.names if name not in ENDS]
        words = [name for name in UNITS if name in names]
        with pq.ParquetFile(path, metadata=found, read_dictionary=words, page_checksum_verification=True) as file:
            table = file.read(names, use_threads=False).combine_chunks()
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise LoadError(f"{place}: cannot be read ({shown(str(error))}); write the ecosystem anew") from None
    if missing := [name for name in needed if name not in table.column_names]:
        raise LoadError(f"{place}: it has no column {missing[0]}; write the ecosystem anew")
    return table


def _read_relation(folder: Path, index: Nodes, kind: str) -> pa.Table:
    """A relation table with the positions of its ends."""
    columns = [POSITION + end for end in ("source", "target")]
    table = _read(folder, kind, columns)
    ends = [table.column(name).to_numpy() for name in columns]
    if any(len(cells) and not (cells.min() >= 0 and cells.max() < index.n) for cells in ends):
        raise LoadError(f"{folder.parent.name}: {kind} has an end that is no node; write the ecosystem anew")
    return table.rename_columns([name.removeprefix(POSITION) for name in table.column_names])
