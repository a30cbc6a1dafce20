"""The folder store: tables as files, and ``ecosystem.toml`` beside them."""

from dataclasses import replace
from pathlib import Path

from ecograph.ecosystem import Ecosystem, assembled
from ecograph.errors import AddressError
from ecograph.quality import Finding
from ecograph.reading import Limits, Raw, declared, read_table
from ecograph.stores.manifest import about, factors_of, read_manifest, schema_of
from ecograph.stores.opening import open_snapshot
from ecograph.stores.sources import Source, limits_of, sources_of


def read(folder: Path, *, strict: bool = False) -> Ecosystem:
    """Read a folder; see :func:`ecograph.read`."""
    if not folder.is_dir():
        raise AddressError(f"address={str(folder)!r}: no such folder; give the folder with nodes/ and relations/")
    manifest = read_manifest(folder)
    if "snapshot" in manifest:
        return open_snapshot(folder, manifest, strict=strict)
    sources, limits = sources_of(folder, manifest), limits_of(manifest)
    if not sources:
        raise AddressError(f"address={str(folder)!r}: no nodes/*.csv or relations/*.csv (or .parquet) in this folder")
    tables: dict[str, dict[str, list[Raw]]] = {"nodes": {}, "relations": {}}
    findings: dict[str, tuple[Finding, ...]] = {}  # by file: one that is read twice is found fault with once
    for source in sources:
        raw, findings[source.label] = _read(folder, source, limits)
        tables[source.part].setdefault(source.kind, []).append(raw)
    return assembled(
        schema_of(manifest),
        tables["nodes"],
        tables["relations"],
        findings=[item for found in findings.values() for item in found],
        factors=factors_of(manifest),
        manifest=about(manifest, folder),
        strict=strict,
    )


def _read(folder: Path, source: Source, limits: Limits) -> tuple[Raw, tuple[Finding, ...]]:
    """The table of a source under our names."""
    raw, found = read_table(
        folder / source.label, source.label, encoding=source.encoding, separator=source.separator, limits=limits
    )
    raw = declared(raw, source.columns, source.values, only=source.only)
    return replace(raw, numerals=source.numerals), found
