"""Mutations: sound files made a little worse, in the ways that programs, disks and people do it."""

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

Change = tuple[str, int, int, bytes]

MANY = (b"1\n" * 1_100, b"x" * 5_000, b"," * 1_200)
TOKENS = (
    *(
        b",",
        b";",
        b"\t",
        b"|",
        b'"',
        b'""',
        b"\n",
        b"\r",
        b"\r\n",
        b" ",
        b"=",
        b"#",
        b"[",
        b"]",
        b"{",
        b"}",
        b"'",
        b"\\",
    ),
    *(b"\0", b"\xff", b"\xfe", b"\x80", b"\xc0\x80", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1b", b"\x85"),
    *(
        text.encode()
        for text in ("创", "，", "\ufffd", "\u2028", "\u202e", "\U0010ffff", "id", "编号", "source", "kind")
    ),
    *(b"1e999", b"nan", b"-1", b"9007199254740993", b"2024-02-30", b"2024-01-01 10:00", b"NA", b"true", b"ada"),
    "创客".encode("gb18030"),
    *MANY,
)
CHANGES: st.SearchStrategy[list[Change]] = st.lists(
    st.tuples(
        st.sampled_from(["insert", "replace", "delete", "repeat", "move", "cut"]),
        st.integers(0, 2**16),
        st.integers(0, 24),
        st.sampled_from(TOKENS) | st.binary(max_size=4),
    ),
    min_size=1,
    max_size=4,
)


def changed(content: bytes, changes: list[Change]) -> bytes:
    """Make the changes one after the other; a place beyond the end counts on from the beginning."""
    for what, place, length, token in changes:
        start = place % (len(content) + 1)
        head, part, tail = content[:start], content[start : start + length], content[start + length :]
        made = {
            "insert": head + token + part + tail,
            "replace": head + token + content[start + len(token) :],
            "delete": head + tail,
            "repeat": head + part + part + tail,
            "move": tail + part + head,
            "cut": head if length > 20 else head + part + tail,
        }
        content = made[what]
    return content


def check_always(count: int, law: Callable[..., None], **strategies: st.SearchStrategy[Any]) -> None:
    """Try a law on that many examples, always the same ones."""
    slow_is_fine = settings(max_examples=count, suppress_health_check=list(HealthCheck))
    slow_is_fine(seed(20_240_105)(given(**strategies)(law)))()


def in_one_line(lines: list[str]) -> bool:
    """Whether each text is one line."""
    return all(len(line.splitlines()) == 1 for line in lines)


def places(described: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths of all values inside of tables and lists."""
    items: list[tuple[Any, Any]] = []
    if isinstance(described, Mapping):
        items = list(described.items())
    elif isinstance(described, list):
        items = list(enumerate(described))
    return [path] + [inner for name, value in items for inner in places(value, (*path, name))]


def with_value(described: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The same tables and lists with another value at a path."""
    if not path:
        return value
    copy = dict(described) if isinstance(described, Mapping) else list(described)
    copy[path[0]] = with_value(described[path[0]], path[1:], value)
    return copy
