"""The folder store: tables as files, and ``ecosystem.toml`` beside them."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from ecograph.ecosystem import Ecosystem, assembled
from ecograph.errors import AddressError, LoadError
from ecograph.quality import Finding
from ecograph.reading import Raw, read_csv, read_parquet
from ecograph.stores.manifest import about, factors_of, read_manifest, schema_of
from ecograph.stores.opening import open_snapshot

READERS: Mapping[str, Callable[[Path, str], tuple[Raw, Iterable[Finding]]]] = {
    ".csv": read_csv,
    ".parquet": read_parquet,
}


def read(folder: Path, *, strict: bool = False) -> Ecosystem:
    """Read a folder; see :func:`ecograph.read`."""
    if not folder.is_dir():
        raise AddressError(f"address={str(folder)!r}: no such folder; give the folder with nodes/ and relations/")
    manifest = read_manifest(folder)
    if "snapshot" in manifest:
        return open_snapshot(folder, manifest, strict=strict)
    findings: list[Finding] = []
    nodes, relations = (_tables(folder, part, findings) for part in ("nodes", "relations"))
    if not nodes and not relations:
        raise AddressError(f"address={str(folder)!r}: no nodes/*.csv or relations/*.csv (or .parquet) in this folder")
    return assembled(
        schema_of(manifest),
        nodes,
        relations,
        findings=findings,
        factors=factors_of(manifest),
        manifest=about(manifest, folder),
        strict=strict,
    )


def _tables(folder: Path, part: str, findings: list[Finding]) -> dict[str, list[Raw]]:
    """Raw tables of ``nodes/`` or ``relations/`` by the kind their file is named after."""
    tables: dict[str, list[Raw]] = {}
    for path in sorted((folder / part).glob("*")):
        label = f"{part}/{path.name}"
        if path.is_dir() or path.name.startswith("."):
            continue
        if path.suffix not in READERS:
            raise LoadError(f"{label}: {path.suffix or 'no ending'} is not read; save it as CSV UTF-8 or Parquet")
        if path.stem in tables:
            raise LoadError(f"{label}: {path.stem} stands in two files; keep one of them")
        raw, found = READERS[path.suffix](path, label)
        tables[path.stem] = [raw]
        findings += found
    return tables
