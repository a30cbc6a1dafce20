"""The folder store: tables as files, and ``ecosystem.toml`` beside them."""

import stat
from dataclasses import replace
from functools import partial
from pathlib import Path

from ecograph.ecosystem import Ecosystem, assembled, refuse_errors
from ecograph.errors import AddressError, LoadError
from ecograph.quality import Finding
from ecograph.reading import Limits, Raw, Waiting, declared, read_table, status
from ecograph.stores.manifest import about, factors_of, read_manifest, schema_of
from ecograph.stores.opening import open_snapshot
from ecograph.stores.shapes import MANIFEST
from ecograph.stores.sources import Source, limits_of, merge_of, sources_of, unread


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
    findings: dict[str, tuple[Finding, ...]] = {
        label: (Finding("unread_file", 1, label),) for label in unread(folder, sources)
    }
    for source in sources:
        waiting = Waiting(source.label, partial(_read, folder, source, limits, findings))
        tables[source.part].setdefault(source.kind, []).append(waiting)
    eco = assembled(
        schema_of(manifest),
        tables["nodes"],
        tables["relations"],
        findings=findings,
        factors=factors_of(manifest),
        manifest=about(manifest, folder),
        strict=strict,
    )
    merge = merge_of(folder, manifest)
    return eco if merge is None else _merged(eco, _read(folder, merge, limits, findings), strict=strict)


def _merged(eco: Ecosystem, raw: Raw, *, strict: bool) -> Ecosystem:
    """One node of those that a table says are the same, as if they had been loaded so."""
    merged = eco.merged(raw.table)
    if strict:
        refuse_errors(merged.quality)
    return Ecosystem(replace(merged.content, loaded="", selection=()), merged.quality, eco.manifest)


def _read(folder: Path, source: Source, limits: Limits, findings: dict[str, tuple[Finding, ...]]) -> Raw:
    """The table of a source under our names; what its file shows goes to the findings."""
    raw, findings[source.label] = read_table(
        folder / source.label, source.label, encoding=source.encoding, separator=source.separator, limits=limits
    )
    raw = declared(raw, source.columns, source.values, only=source.only)
    return replace(raw, numerals=source.numerals)
