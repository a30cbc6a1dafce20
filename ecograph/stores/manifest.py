"""The manifest ``ecosystem.toml``: title and source, schema, conversions, and the snapshot where there is one."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ecograph.errors import LoadError
from ecograph.innovation import SCHEMA
from ecograph.schema import Schema

MANIFEST = "ecosystem.toml"
READ_ELSEWHERE = ("schema", "conversions", "snapshot", "fingerprint")
SETTINGS = ("reading", "files", "limits")
"""What is said about the files of a folder; of no use to what was made of them."""


def read_manifest(folder: Path) -> dict[str, Any]:
    """Content of the manifest; nothing where there is none."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        quotes = "; put names in Chinese into double quotes" if "for a key" in str(error) else ""
        raise LoadError(f"{path.name}: {error}; mend the file, which is TOML in UTF-8{quotes}") from None
    except OSError as error:
        raise LoadError(f"{path.name}: cannot be read ({error.strerror or error}); check the file") from None
    for name, value in said.items():
        if isinstance(value, (dict, list)) and name not in (*READ_ELSEWHERE, *SETTINGS):
            allowed = ", ".join(sorted((*SETTINGS, "schema", "conversions")))
            raise LoadError(f"{path.name}: [{name}] is no table of settings; allowed: {allowed}")
    return said


def schema_of(manifest: Mapping[str, Any]) -> Schema:
    """The innovation schema, extended or replaced as the manifest says."""
    described = dict(manifest.get("schema", {}))
    base = described.pop("base", SCHEMA.name)
    if base not in (SCHEMA.name, "none"):
        raise LoadError(f"{MANIFEST}: schema.base={base!r}; allowed: {SCHEMA.name} to extend it, none to replace it")
    return Schema.from_dict(described, SCHEMA if base == SCHEMA.name else None)


def factors_of(manifest: Mapping[str, Any]) -> dict[tuple[str, str], float]:
    """Declared conversions between units."""
    factors: dict[tuple[str, str], float] = {}
    for number, item in enumerate(manifest.get("conversions", ()), start=1):
        factor = item.get("factor")
        if not isinstance(factor, (int, float)) or not 0 < factor < float("inf") or {"from", "to"} - set(item):
            raise LoadError(f"{MANIFEST}: conversion {number} is {item}; give from, to and a factor above 0")
        factors[(str(item["from"]), str(item["to"]))] = float(factor)
    return factors


def about(manifest: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Title, source, licence and whatever else the manifest says for people; the title is the folder's name if none."""
    return {"title": folder.name} | {
        name: said for name, said in manifest.items() if name not in (*READ_ELSEWHERE, *SETTINGS)
    }
