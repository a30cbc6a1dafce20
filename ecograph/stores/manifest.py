"""The manifest ``ecosystem.toml``: title and source, schema, conversions, and the snapshot where there is one."""

import math
import os
import stat
import sys
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeGuard

from ecograph.ecosystem import Ecosystem
from ecograph.errors import LoadError, SchemaError
from ecograph.innovation import SCHEMA
from ecograph.reading import status
from ecograph.reading.log import shown
from ecograph.schema import Schema
from ecograph.stores.shapes import MANIFEST, check_schema, table, tables

ROUNDING = 0.01  # how far a factor may be from the inverse of its opposite: people round what they write
HINTS = {  # by words of the parser
    "for a key": 'put names in Chinese into double quotes ("), and what stands in braces on one line',
    "Invalid statement": 'put names in Chinese into double quotes (")',
    "Invalid value": 'put texts into double quotes (")',
    "Unescaped '\\'": "write / between folders",
}
DEEPEST = 20  # tables inside each other; a schema has five
READ_ELSEWHERE = ("schema", "conversions", "snapshot", "fingerprint")
SETTINGS = ("reading", "files", "limits")
"""What is said about the files of a folder; of no use to what was made of them."""


def read_manifest(folder: Path) -> dict[str, Any]:
    """Content of the manifest; nothing where there is none."""
    path = folder / MANIFEST
    found = status(path, MANIFEST)
    if found is None and not path.is_symlink():
        return {}
    if found is None or not stat.S_ISREG(found.st_mode):
        raise LoadError(f"{MANIFEST}: cannot be read (it is no file); give a file of its own")
    said = _parsed(path)
    for name, value in said.items():
        if isinstance(value, (dict, list)) and name not in (*READ_ELSEWHERE, *SETTINGS):
            allowed = ", ".join(sorted((*SETTINGS, "schema", "conversions")))
            raise LoadError(f"{MANIFEST}: [{shown(name)}] is no table of settings; allowed: {allowed}")
    return said | ({"as_of": _day(said["as_of"])} if "as_of" in said else {})


def _day(said: object) -> str:
    """The day the data were taken, in the form that is written."""
    try:
        return date.fromisoformat(str(said)).isoformat()
    except ValueError:
        raise LoadError(f"{MANIFEST}: as_of={shown(str(said))!r}; write a day, as in as_of = 2026-03-31") from None


def _parsed(path: Path) -> dict[str, Any]:
    too_deep = LoadError(f"{MANIFEST}: lists or tables stand too deep inside each other; mend the file")
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except RecursionError:
        raise too_deep from None
    except ValueError as error:  # no TOML, no UTF-8, or a number of more digits than any number has
        hints = "".join(f"; {hint}" for words, hint in HINTS.items() if words in str(error))
        raise LoadError(f"{MANIFEST}: {error}; mend the file, which is TOML in UTF-8{hints}") from None
    except OSError as error:
        raise LoadError(f"{MANIFEST}: cannot be read ({error.strerror or error}); check the file") from None
    if _is_deep(said):
        raise too_deep
    return said


def _is_deep(said: dict[str, Any]) -> bool:
    inner: list[Any] = [said]
    for _ in range(DEEPEST):
        values = [value for one in inner for value in (one.values() if isinstance(one, dict) else one)]
        inner = [value for value in values if isinstance(value, (dict, list))]
    return bool(inner)


def schema_of(manifest: Mapping[str, Any]) -> Schema:
    """The innovation schema, extended or replaced as the manifest says."""
    described = dict(table(manifest, "schema"))
    check_schema(described)
    base = described.pop("base", SCHEMA.name)
    if base not in (SCHEMA.name, "none"):
        raise LoadError(f"{MANIFEST}: schema.base={base!r}; allowed: {SCHEMA.name} to extend it, none to replace it")
    try:
        return Schema.from_dict(described, SCHEMA if base == SCHEMA.name else None)
    except SchemaError as error:
        raise SchemaError(f"{MANIFEST}: {error}") from None


def factors_of(manifest: Mapping[str, Any]) -> dict[tuple[str, str], float]:
    """Declared conversions between units."""
    factors: dict[tuple[str, str], float] = {}
    for number, item in enumerate(tables(manifest, "conversions"), start=1):
        one, to, factor = (item.get(name) for name in ("from", "to", "factor"))
        if not (isinstance(one, str) and isinstance(to, str) and one != to and _is_factor(factor)):
            said = shown(str(item))
            raise LoadError(f"{MANIFEST}: conversion {number} is {said}; give from, to and a factor above 0")
        there, back = factors.get((one, to), factor), factors.get((to, one), 1 / factor)
        if there != factor or not math.isclose(factor * back, 1, rel_tol=ROUNDING):
            raise LoadError(
                f"{MANIFEST}: conversion {number} from {shown(one)!r} to {shown(to)!r} contradicts another one; "
                "keep one of them"
            )
        factors[one, to] = float(factor)
    return factors


def _is_factor(factor: object) -> TypeGuard[float]:
    return (
        isinstance(factor, (int, float))
        and not isinstance(factor, bool)
        and sys.float_info.min < factor < sys.float_info.max
    )


def about(manifest: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Title, source, licence and whatever else the manifest says for people; the title is the folder's name if none."""
    title = os.fsencode(folder.absolute().name).decode("utf-8", errors="replace")
    return {"title": title} | {
        name: said for name, said in manifest.items() if name not in (*READ_ELSEWHERE, *SETTINGS)
    }


def told(eco: Ecosystem) -> dict[str, Any]:
    """What a manifest says of an ecosystem: what it is called, its conversions, and its schema if not the default."""
    factors = [{"from": one, "to": to, "factor": factor} for (one, to), factor in eco.content.factors.items()]
    said = {key: value for key, value in eco.manifest.items() if key not in ("snapshot", "fingerprint")}
    schema = {"schema": {"base": "none", **eco.schema.as_dict()}} if eco.schema != SCHEMA else {}
    conversions = {"conversions": factors} if factors else {}
    return {**said, "fingerprint": eco.fingerprint, **conversions, **schema}
