"""Refusals that mark the place in a query."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, Union

from ecograph.errors import QueryError

if TYPE_CHECKING:
    from lark import Token, Tree

BEFORE, AFTER = 50, 30

Place: TypeAlias = Union["Token", "Tree[Token]", int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A query's text, which knows lines and columns."""

    text: str

    def refusal(self, place: Place, wrong: str, remedy: str) -> QueryError:
        """Error of one line: where, what is wrong, what to do, and the line with a caret before the place.

        Parameters
        ----------
        place : Token, Tree or int
            What is wrong, or the number of its first character.
        wrong, remedy : str
            Two parts of the sentence.

        Returns
        -------
        QueryError
            To be raised by the caller.
        """
        start = self._start(place)
        first = self.text.rfind("\n", 0, start) + 1
        end = self.text.find("\n", start)
        before = self.text[max(first, start - BEFORE) : start]
        after = self.text[start : len(self.text) if end < 0 else end][:AFTER]
        line, column = self.text.count("\n", 0, start) + 1, start - first + 1
        shown = _printable(f"{before}^{after}".strip())
        return QueryError(f"query line {line}, column {column}: {wrong}; {remedy}; here: {shown}")

    def _start(self, place: Place) -> int:
        if isinstance(place, int):
            return place
        start = place.start_pos if isinstance(place, str) else getattr(place.meta, "start_pos", None)
        return len(self.text) if start is None else start


def _printable(text: str) -> str:
    """The text with whatever a terminal would not show written as its code point."""
    return "".join(letter if letter.isprintable() else f"<U+{ord(letter):04X}>" for letter in text)
