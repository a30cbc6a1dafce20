"""The folder store: tables as files, and ``ecosystem.toml`` beside them."""

import stat
from dataclasses import replace
from functools import partial
from pathlib import Path

from ecograph.ecosystem import Ecosystem, assembled
from ecograph.errors import AddressError, LoadError
from ecograph.quality import Finding
from ecograph.reading import Limits, Raw, Waiting, declared, read_table, status
from ecograph.stores.manifest import about, factors_of, read_manifest, schema_of
from ecograph.stores.opening import open_snapshot
from ecograph.stores.shapes import MANIFEST
from ecograph.stores.sources import Source, limits_of, sources_of


def read(folder: Path, *, strict: bool = False) -> Ecosystem:
    """Read a folder; see :func:`ecograph.read`."""
    try:
        found = status(folder, f"address={str(folder)!r}")
    except LoadError as error:
        raise AddressError(str(error)) from None
    if found is None or not stat.S_ISDIR(found.st_mode):
        raise AddressError(f"address={str(folder)!r}: no such folder; give the folder with nodes/ and relations/")
    manifest = read_manifest(folder)
    if "snapshot" in manifest:
        return open_snapshot(folder, manifest, strict=strict)
    sources, limits = sources_of(folder, manifest), limits_of(manifest)
    if not sources:
        raise AddressError(
            f"address={str(folder)!r}: no nodes/*.csv or relations/*.csv (or .parquet) in this folder; put tables "
            f"there under the names of their kinds, or name yours under [[files]] in {MANIFEST}"
        )
    tables: dict[str, dict[str, list[Waiting]]] = {"nodes": {}, "relations": {}}
    findings: dict[str, tuple[Finding, ...]] = {}  # by file: one that is read twice is found fault with once
    for source in sources:
        waiting = Waiting(source.label, partial(_read, folder, source, limits, findings))
        tables[source.part].setdefault(source.kind, []).append(waiting)
    return assembled(
        schema_of(manifest),
        tables["nodes"],
        tables["relations"],
        findings=findings,
        factors=factors_of(manifest),
        manifest=about(manifest, folder),
        strict=strict,
    )


def _read(folder: Path, source: Source, limits: Limits, findings: dict[str, tuple[Finding, ...]]) -> Raw:
    """The table of a source under our names; what its file shows goes to the findings."""
    raw, findings[source.label] = read_table(
        folder / source.label, source.label, encoding=source.encoding, separator=source.separator, limits=limits
    )
    raw = declared(raw, source.columns, source.values, only=source.only)
    return replace(raw, numerals=source.numerals)
