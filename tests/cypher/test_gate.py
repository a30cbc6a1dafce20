"""The gate: hostile texts are refused with their place marked, harmless ones pass, and no text breaks it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.cypher.gate import GRAMMAR, check
from ecograph.errors import ParameterError, QueryError
from ecograph.innovation import SCHEMA
from ecograph.schema import Attribute, NodeKind, RelationKind, Schema
from tests.cypher.harmless import HARMLESS, PARAMETERS
from tests.cypher.hostile import HOSTILE, PLAIN

WRITING = (
    *("create", "merge", "set", "delete", "detach", "remove", "foreach", "load", "call", "drop", "alter", "show"),
    *("terminate", "grant", "revoke", "deny", "insert", "use"),
)
OUTSIDE = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|//[^\n]*")
NAMED = re.compile(rf"\b({'|'.join(WRITING)})\b", re.IGNORECASE)
PIECES = [
    *("MATCH", "OPTIONAL", "RETURN", "WITH", "WHERE", "UNWIND", "ORDER BY", "LIMIT", "AS", "DISTINCT", "NOT", "EXISTS"),
    *("(p:Project)", "-[t:TRACKS]->", "<-[:TRACKS]-", "(m)", "p.id", "t.key", "count(*)", "COUNT", "date($as_of)"),
    *("{", "}", "(", ")", "[", "]", "|", ",", ";", ".", "..", "*", "=", "-", "+", "/", "'a'", '"b"', "'", '"', "//"),
    *(
        "\n",
        "\r",
        "`",
        "\\u0044",
        "\\",
        "/*",
        "*/",
        "$id",
        "3",
        "2.5",
        "x",
        "项目",
        "\uff24",
        "\u017f",
        "\x00",
        "\u202e",
    ),
    *(word.upper() for word in WRITING),
    *WRITING,
]


def passes(text: str) -> bool:
    """Whether a text passes; anything but a refusal in one line is a fault of the gate."""
    try:
        check(text, SCHEMA, PARAMETERS)
    except QueryError as error:
        refused = str(error)
    else:
        return True
    assert "\n" not in refused
    return False


def test_enough_texts() -> None:
    assert sum(map(len, PLAIN.values())) >= 200
    assert len(set(HARMLESS)) == len(HARMLESS) >= 100


@pytest.mark.parametrize("kind", [*PLAIN, "disguised"])
def test_hostile_texts_are_refused(kind: str) -> None:
    assert [text for own, text in HOSTILE if own == kind and passes(text)] == []


def test_harmless_texts_pass() -> None:
    assert [text for text in HARMLESS if not passes(text)] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "MATCH (p:Project)\nDELETE p",
            "query line 2, column 1: DELETE does not stand here; allowed here: , - <- MATCH OPTIONAL RETURN UNWIND ",
        ),
        (
            "MATCH (p:Projekt) RETURN p.id AS id",
            "query line 1, column 10: no kind of node 'Projekt'; did you mean Project? Known: ",
        ),
        (
            "MATCH (p:Project) RETURN p.idd AS id",
            "query line 1, column 28: no attribute of Project 'idd'; did you mean id? Known: activity, difficulty, ",
        ),
        (
            "MATCH (p:Project)\nRETURN p.id AS id\nLIMIT 3",
            "query line 3, column 1: LIMIT of rows in no certain order; let ORDER BY end in an id or key, or name ",
        ),
        (
            "MATCH (m)-[t:TRACKS]->(p) WHERE t.valid_from <= $as_of RETURN m.id AS m",
            "query line 1, column 49: $as_of is a date and comes in as text; write date($as_of); here: ",
        ),
        ("MATCH (m:Maker) RETURN m.name AS n", "query line 1, column 26: name of a person is personal; use id, or ask"),
        ("MATCH (p:Project) RETURN p.id AS id, $x AS x", "query line 1, column 38: no parameter 'x'; Known: as_of, "),
        (
            "MATCH (p:Project)\u202eRETURN 1 AS x",
            "query line 1, column 18: the character U+202E has no place in a query",
        ),
        (
            "MATCH (p:Project) WHERE p.id = 'a",
            "query line 1, column 32: ' (U+0027) does not stand here; allowed here: ",
        ),
        ("MATCH (p:Project) ", "query line 1, column 19: the query ends too early; allowed here: "),
    ],
)
def test_refusals_mark_the_place(text: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        check(text, SCHEMA, PARAMETERS)
    assert str(caught.value).startswith(message)
    assert "^" in str(caught.value)


def test_columns_have_types() -> None:
    found = check(
        "MATCH (m)-[t:TRACKS]->(p:Project) "
        "WITH p, count(m) AS many, max(t.valid_from) AS last_day, avg(p.difficulty) AS d "
        "RETURN p.id AS id, many AS many, last_day AS last_day, d * 2 AS d, many > 1 AS several ORDER BY id",
        SCHEMA,
    )
    assert found.columns == {"id": "text", "many": "integer", "last_day": "date", "d": "number", "several": "boolean"}
    assert found.settled


@pytest.mark.parametrize(
    ("ending", "settled"),
    [
        ("p.id AS id", False),
        ("p.id AS id ORDER BY id", True),
        ("p.industry AS industry, p.id AS id ORDER BY industry DESC, id", True),
        ("p.industry AS industry, p.id AS id ORDER BY id, industry", False),
        ("p.industry AS industry, count(*) AS n ORDER BY n, industry", True),
        ("p.industry AS industry, p.activity AS activity, count(*) AS n ORDER BY n, industry", False),
        ("DISTINCT p.industry AS industry ORDER BY industry", True),
        ("count(*) AS n", False),
    ],
)
def test_order_that_is_told_to_the_end(ending: str, settled: bool) -> None:
    assert check(f"MATCH (p:Project) RETURN {ending}", SCHEMA).settled is settled


def test_personal_attributes_when_asked_for() -> None:
    found = check("MATCH (m:Maker) RETURN m.name AS name", SCHEMA, personal=True)
    assert found.columns == {"name": "text"}


def test_other_schemas() -> None:
    schema = Schema(
        "families",
        [NodeKind("Family", attributes=(Attribute("wealth", "integer"),))],
        [RelationKind("MARRIES", ("Family",), ("Family",), directed=False)],
    )
    text = "MATCH (a:Family)-[:MARRIES]-(b) RETURN a.id AS a, max(b.wealth) AS most ORDER BY a"
    assert check(text, schema).columns == {"a": "text", "most": "integer"}
    with pytest.raises(QueryError, match="no kind of node 'Family'"):
        check(text, SCHEMA)


@pytest.mark.parametrize("given", [None, 3, b"MATCH (p:Project) RETURN p.id AS id"])
def test_what_is_no_text(given: object) -> None:
    with pytest.raises(QueryError, match="a query is a text, not"):
        check(given, SCHEMA)  # type: ignore[arg-type]


def test_parameters_of_no_type() -> None:
    with pytest.raises(ParameterError, match="parameter a: type='map'; allowed: text, integer"):
        check("RETURN $a AS a", SCHEMA, {"a": "map"})


def test_grammar_has_no_conflicts_but_one() -> None:
    """`[x IN` begins a comprehension; every other text is read in one way."""
    from lark import Lark
    from lark.exceptions import GrammarError

    text = GRAMMAR.read_text(encoding="utf-8")
    loose = text.replace('comprehension: "[" NAME "IN"i expression where? chosen? "]"', 'comprehension: "[" chosen "]"')
    assert loose != text
    Lark(loose, start="statement", parser="lalr", strict=False)
    with pytest.raises(GrammarError, match="Shift/Reduce conflict for terminal IN"):
        Lark(text, start="statement", parser="lalr", strict=True)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_passed_or_refused(text: str) -> None:
    passes(text)


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_pieces_are_passed_or_refused(text: str) -> None:
    if passes(text):
        assert not NAMED.search(OUTSIDE.sub(" ", text))


@settings(max_examples=1000, deadline=None)
@given(st.sampled_from(HARMLESS), st.sampled_from(PIECES), st.integers(0, 200), st.booleans(), st.booleans())
def test_a_harmless_text_with_a_piece_put_in(text: str, piece: str, at: int, spaced: bool, instead: bool) -> None:
    """No writing word passes outside texts and comments, wherever it is put."""
    at %= len(text) + 1
    added = f" {piece} " if spaced else piece
    changed = text[:at] + added + text[at + len(added) * instead :]
    if passes(changed):
        assert not NAMED.search(OUTSIDE.sub(" ", changed))
