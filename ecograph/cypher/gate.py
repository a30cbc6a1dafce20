"""The gate: whatever is not one reading statement of the dialect does not run."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecograph.cypher.clauses import Clauses
from ecograph.cypher.marking import Marked
from ecograph.cypher.scope import Names
from ecograph.errors import MissingPartError, ParameterError, QueryError
from ecograph.schema import Schema

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

GRAMMAR = Path(__file__).with_name("dialect.lark")
LONGEST = 20_000
DEEPEST = 100
TYPES = ("text", "integer", "number", "boolean", "date", "list")
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
REFUSED = {"\\": "a backslash", "`": "a backtick"}
READS = "a query only reads: MATCH, OPTIONAL MATCH, WHERE, UNWIND, WITH, RETURN"
SHOWN = {
    "NAME": "a name",
    "PARAMETER": "a $parameter",
    "INTEGER": "a whole number",
    "DECIMAL": "a number",
    "STRING": "a text in quotes",
    "COMPARISON": "= <> < <= > >=",
    "DASH": "-",
    "$END": "the end",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A text that has passed the gate.

    Parameters
    ----------
    text : str
        The statement as it runs.
    columns : mapping of str to str
        Type of each column it returns.
    parameters : mapping of str to str
        Type of each parameter that was declared.
    settled : bool
        Whether ORDER BY tells the order of the rows to the end.
    """

    text: str
    columns: Mapping[str, str]
    parameters: Mapping[str, str]
    settled: bool


def check(
    text: str, schema: Schema, parameters: Mapping[str, str] | None = None, *, personal: bool = False
) -> Statement:
    """Let a text pass that is one reading statement of the dialect.

    Parameters
    ----------
    text : str
        The statement.
    schema : Schema
        Kinds, relation kinds and attributes that it may name.
    parameters : mapping of str to str, optional
        Type of each parameter: text, integer, number, boolean, date or list.
    personal : bool, default False
        Whether it may read attributes that the schema marks as personal.

    Returns
    -------
    Statement
        The text, and what it answers.

    Raises
    ------
    QueryError
        If it is anything else; the message names line and column, what is wrong, and what is allowed.
    ParameterError
        If a declared parameter has a type that does not exist.
    MissingPartError
        If lark is not installed.

    Examples
    --------
    >>> from ecograph.innovation import SCHEMA
    >>> check("MATCH (m:Maker) RETURN m.id AS maker ORDER BY maker LIMIT 3", SCHEMA).columns
    {'maker': 'text'}
    """
    declared = dict(parameters or {})
    for name, kind in declared.items():
        if kind not in TYPES:
            raise ParameterError(f"parameter {name}: type={kind!r}; allowed: {', '.join(TYPES)}")
    if not isinstance(text, str):
        raise QueryError(f"a query is a text, not {type(text).__name__}; give the statement")
    marked = Marked(text)
    _written(marked)
    tree = _parsed(marked)
    _shallow(marked, tree)
    answer = Clauses(Names(schema, declared, marked, personal)).statement(tree)
    return Statement(text, answer.columns, declared, answer.settled)


def _written(marked: Marked) -> None:
    """Refuse characters that an engine, or a reader, may take for something else."""
    text = marked.text
    if not text.strip():
        raise QueryError("the query is empty; write MATCH ... RETURN ...")
    if len(text) > LONGEST:
        raise QueryError(f"the query has {len(text):,} characters; allowed: {LONGEST:,}; make two of it")
    for place, letter in enumerate(text):
        if letter in "\n\t" or (letter == "\r" and text[place + 1 : place + 2] == "\n"):
            continue
        if letter in REFUSED or unicodedata.category(letter) in UNSEEN:
            called = REFUSED.get(letter, f"the character U+{ord(letter):04X}")
            raise marked.refusal(place, f"{called} has no place in a query", "remove it")


def _parsed(marked: Marked) -> "Tree[Token]":
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    parser = _parser()
    try:
        return parser.parse(marked.text)
    except UnexpectedToken as error:
        at = error.token if error.token.type != "$END" else len(marked.text)
        found = "the query ends too early" if error.token.type == "$END" else f"{error.token} does not stand here"
        raise marked.refusal(at, found, _allowed(parser, error.accepts or error.expected)) from None
    except UnexpectedCharacters as error:
        place = error.pos_in_stream or 0
        letter = marked.text[place]
        found = f"{letter} (U+{ord(letter):04X}) does not stand here"
        raise marked.refusal(place, found, _allowed(parser, error.allowed)) from None


@cache
def _parser() -> "Lark":
    try:
        from lark import Lark
    except ImportError:
        raise MissingPartError("queries need lark; install it with: pip install 'ecograph[query]'") from None
    return Lark(
        GRAMMAR.read_text(encoding="utf-8"),
        start="statement",
        parser="lalr",
        propagate_positions=True,
        g_regex_flags=re.ASCII,
    )


def _allowed(parser: "Lark", names: Any) -> str:
    shown = {SHOWN.get(name) or _literal(parser, name) for name in names or ()}
    return f"allowed here: {' '.join(sorted(shown)[:12])}; {READS}" if shown else READS


def _literal(parser: "Lark", name: str) -> str:
    return str(parser.get_terminal(name).pattern.value)


def _shallow(marked: Marked, tree: "Tree[Token]") -> None:
    """Refuse a text whose parts lie so deep in one another that reading them would take the stack."""
    level: list[Any] = [tree]
    for _ in range(DEEPEST):
        level = [child for part in level for child in part.children if not isinstance(child, str)]
        if not level:
            return
    raise marked.refusal(level[0], f"more than {DEEPEST} parts lie in one another", "go on after a WITH")
