"""Shapes: whether what a manifest says has the form it must have, before anything is made of it."""

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from ecograph.errors import LoadError
from ecograph.reading.log import shown
from ecograph.schema import Attribute, NodeKind, RelationKind, Vocabulary, Word

MANIFEST = "ecosystem.toml"
SAID = ("base", "name", "kinds", "relations", "vocabularies")
ITEMS = {
    "kinds": NodeKind,
    "relations": RelationKind,
    "vocabularies": Vocabulary,
    "attributes": Attribute,
    "words": Word,
}
FLAGS, BOUNDS, ENDS = (
    ("branch", "directed", "self_ties", "closed", "personal"),
    ("minimum", "maximum"),
    ("sources", "targets"),
)
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # controls, breaks of lines, halves of characters


def tables(said: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Entries of a list of tables, such as ``[[files]]``.

    Raises
    ------
    LoadError
        If it is something else.
    """
    entries = said.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise LoadError(f"{MANIFEST}: {name} is no list of tables; write [[{name}]] above each of them")
    return entries


def table(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Settings of a table, such as ``[reading]``.

    Raises
    ------
    LoadError
        If it is something else.
    """
    found = said.get(name, {})
    if not isinstance(found, Mapping):
        raise LoadError(
            f"{MANIFEST}: {name}={_quoted(found)} is no table; write [{name}] and one line for each setting"
        )
    return found


def known(said: Mapping[str, Any], allowed: tuple[str, ...], place: str) -> None:
    """Refuse a setting that does not exist.

    Raises
    ------
    LoadError
        If there is one.
    """
    for name in said:
        if name not in allowed:
            raise LoadError(f"{MANIFEST}: {place} {shown(name)!r} is no setting; allowed: {', '.join(allowed)}")


def check_schema(said: Mapping[str, Any]) -> None:
    """Refuse a schema whose parts are not of the type they must have.

    Parameters
    ----------
    said : mapping
        What stands under ``[schema]``.

    Raises
    ------
    LoadError
        If one is not.
    """
    known(said, SAID, "[schema]")
    _check("[schema]", "name", said.get("name", ""))
    for name in SAID[2:]:
        for number, item in enumerate(_items(said, name, "[schema]"), start=1):
            if not isinstance(item, Mapping):
                raise LoadError(f"{MANIFEST}: [schema] {name} {number} is {_quoted(item)}; write {{ name = … }}")
            _check_item(f"[schema] {name} {number}", item, name)


def _items(said: Mapping[str, Any], name: str, place: str) -> list[Any]:
    items = said.get(name, [])
    if not isinstance(items, list):
        raise LoadError(f"{MANIFEST}: {place} {name}={_quoted(items)}; write a list, as in {name} = [{{ name = … }}]")
    return items


def _check_item(place: str, item: Mapping[str, Any], part: str) -> None:
    """Check every field of a kind, relation, vocabulary, attribute or word."""
    name = item.get("name", "")
    if not isinstance(name, str) or not name.strip():
        raise LoadError(f"{MANIFEST}: {place} has no name; write name = and a text in quotes")
    for field in fields(ITEMS[part]):
        if field.name in ITEMS:
            for number, inner in enumerate(_items(item, field.name, place), start=1):
                described = {"name": inner} if isinstance(inner, str) else inner
                if not isinstance(described, Mapping):
                    raise LoadError(
                        f"{MANIFEST}: {place} {field.name} {number} is {_quoted(inner)}; write {{ name = … }}"
                    )
                _check_item(f"{place} {field.name} {number}", described, field.name)
        elif field.name in item:
            _check(place, field.name, item[field.name])


def _check(place: str, name: str, value: Any) -> None:
    """Refuse a value that is not of its field's type."""
    if name in FLAGS:
        sound, wanted = isinstance(value, bool), "true or false"
    elif name in BOUNDS:
        sound, wanted = isinstance(value, (int, float)) and not isinstance(value, bool), "a number"
    elif name in ENDS:
        names = value if isinstance(value, list) else [value]
        sound, wanted = all(isinstance(one, str) for one in names), "names of kinds in quotes"
    else:
        sound, wanted = (
            isinstance(value, str) and not (name != "meaning" and UNSEEN.search(value)),
            "one line of text in quotes",
        )
    if not sound:
        raise LoadError(f"{MANIFEST}: {place} {name}={_quoted(value)}; write {wanted}")


def _quoted(value: Any) -> str:
    return shown(repr(value))
