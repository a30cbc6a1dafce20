"""Wanted: which queries a command is about, and the values of their parameters."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ecograph.cli.command import UsageError
from ecograph.errors import unknown

if TYPE_CHECKING:
    from ecograph.packs import Query

READ: Mapping[str, Callable[[str], Any]] = {
    "text": str,
    "date": str,
    "integer": int,
    "number": float,
    "boolean": lambda text: {"true": True, "false": False}[text.lower()],
    "list": lambda text: [part.strip() for part in text.split(",")],
}


def named(name: str, packs: list[str] | None) -> "Query":
    """A query by its name or file."""
    from ecograph import packs as shipped

    return shipped.read(name) if name.endswith(".cypher") else shipped.query(name, *packs or ())


def wanted(names: str, packs: list[str] | None) -> "list[Query]":
    """Queries that a name, or several with commas, stand for; each once."""
    from ecograph import packs as shipped

    by_pack: dict[str, list[str]] = {}
    for name in shipped.names(*packs or ()):
        by_pack.setdefault(name.partition("/")[0], []).append(name)
    found: dict[str, Query] = {}
    for name in names.split(","):
        if "/" not in name and not name.endswith(".cypher") and name not in by_pack:
            raise unknown("pack", name, by_pack)
        for one in by_pack.get(name, [name]):
            query = named(one, packs)
            found.setdefault(query.name, query)
    return list(found.values())


def values_of(queries: "Sequence[Query]", words: list[str]) -> dict[str, dict[str, Any]]:
    """Values of each query's parameters from what was written behind the options of the command."""
    found: dict[str, dict[str, Any]] = {one.name: {} for one in queries}
    pairs = [part for word in words for part in (word.split("=", 1) if word.startswith("--") else [word])]
    for flag, text in zip(pairs[::2], [*pairs[1::2], ""], strict=False):
        takers = [(one, name) for one in queries for name in one.parameters if flag == f"--{flag_of(name)}"]
        if not takers:
            known = dict.fromkeys(f"--{flag_of(name)}" for one in queries for name in one.parameters)
            asked = queries[0].name if len(queries) == 1 else "what is asked"
            raise UsageError(f"no option {flag!r}; {asked} has {', '.join(known) or 'none of its own'}")
        for one, name in takers:
            found[one.name][name] = _value(flag, text, one.parameters[name].type)
    return found


def _value(flag: str, text: str, kind: str) -> Any:
    try:
        return READ[kind](text)
    except (ValueError, KeyError):
        raise UsageError(f"{flag}={text!r} is no {kind}; write one") from None


def flag_of(name: str) -> str:
    """A parameter as an option."""
    return name.replace("_", "-")
