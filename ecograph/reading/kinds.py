"""Kinds as people write them: names of either language, and the leaves they stand for."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from ecograph.errors import LoadError, UnknownNameError
from ecograph.reading.raw import Raw, Waiting
from ecograph.schema import Schema

Kind = TypeVar("Kind")


def known_kind(find: Callable[[str], Kind], name: str, raws: Sequence[Raw | Waiting], folder: str) -> Kind:
    """Find the kind that a table is named after.

    Raises
    ------
    LoadError
        If the schema has no kind of this name.
    """
    try:
        return find(name)
    except UnknownNameError as error:
        file = raws[0].file if raws else f"{folder}/{name}"
        raise LoadError(f"{file}: {error}; rename the table or add the kind to the schema") from None


def spellings(schema: Schema) -> dict[str, tuple[str, ...]]:
    """Leaves that every name of a kind stands for, English and Chinese."""
    return {name: schema.leaves(kind.name) for kind in schema.kinds for name in (kind.zh, kind.name) if name}


def listed(schema: Schema, kinds: Iterable[str]) -> dict[str, str]:
    """Kinds that are allowed, as the sentences show them."""
    found = [schema.kind(name) for name in kinds]
    return choice([kind.name for kind in found], [kind.zh or kind.name for kind in found])


def choice(names: Sequence[str], names_zh: Sequence[str]) -> dict[str, str]:
    """Details of a finding that say what is allowed: ``a, b or c``."""
    *first, last = names
    *first_zh, last_zh = names_zh
    return {
        "allowed": f"{', '.join(first)} or {last}" if first else last,
        "allowed_zh": f"{'、'.join(first_zh)}或{last_zh}" if first else last_zh,
    }
