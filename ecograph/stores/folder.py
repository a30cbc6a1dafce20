"""The folder store: tables as files, and ``ecosystem.toml`` beside them."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from ecograph.ecosystem import Ecosystem, assembled
from ecograph.errors import AddressError, LoadError
from ecograph.innovation import SCHEMA
from ecograph.quality import Finding
from ecograph.reading import Raw, read_csv, read_parquet
from ecograph.schema import Schema

MANIFEST = "ecosystem.toml"
READERS: Mapping[str, Callable[[Path, str], tuple[Raw, Iterable[Finding]]]] = {
    ".csv": read_csv,
    ".parquet": read_parquet,
}


def read(folder: Path, *, strict: bool = False) -> Ecosystem:
    """Read a folder; see :func:`ecograph.read`."""
    if not folder.is_dir():
        raise AddressError(f"address={str(folder)!r}: no such folder; give the folder with nodes/ and relations/")
    manifest = _manifest(folder / MANIFEST)
    findings: list[Finding] = []
    nodes, relations = (_tables(folder, part, findings) for part in ("nodes", "relations"))
    if not nodes and not relations:
        raise AddressError(f"address={str(folder)!r}: no nodes/*.csv or relations/*.csv (or .parquet) in this folder")
    about = {name: value for name, value in manifest.items() if name not in ("schema", "conversions")}
    return assembled(
        _schema(manifest),
        nodes,
        relations,
        findings=findings,
        factors=_factors(manifest),
        manifest={"title": folder.name, **about},
        strict=strict,
    )


def _manifest(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LoadError(f"{path.name}: {error}; mend the file, which is TOML in UTF-8") from None


def _schema(manifest: Mapping[str, Any]) -> Schema:
    described = dict(manifest.get("schema", {}))
    base = described.pop("base", SCHEMA.name)
    if base not in (SCHEMA.name, "none"):
        raise LoadError(f"{MANIFEST}: schema.base={base!r}; allowed: {SCHEMA.name} to extend it, none to replace it")
    return Schema.from_dict(described, SCHEMA if base == SCHEMA.name else None)


def _factors(manifest: Mapping[str, Any]) -> dict[tuple[str, str], float]:
    factors: dict[tuple[str, str], float] = {}
    for number, item in enumerate(manifest.get("conversions", ()), start=1):
        factor = item.get("factor")
        if not isinstance(factor, (int, float)) or not 0 < factor < float("inf") or {"from", "to"} - set(item):
            raise LoadError(f"{MANIFEST}: conversion {number} is {item}; give from, to and a factor above 0")
        factors[(str(item["from"]), str(item["to"]))] = float(factor)
    return factors


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
