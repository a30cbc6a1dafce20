"""Schemas: `[schema]` of a manifest, of the wrong form or against itself."""

from tests.reading.corpus.case import MANIFEST, NODES, Case
from tests.reading.corpus.manifests import NO_TABLE

LIST = "write a list, as in {0} = [{{ name = … }}]"


def schema(described: str, refused: str = "", *found: str) -> Case:
    """A table of makers under a schema."""
    message = f"{MANIFEST}: {refused}" if refused else ""
    return Case({NODES: "id,age\nada,30\n", MANIFEST: f"[schema]\n{described}\n"}, found, message)


def attribute(said: str, refused: str, *found: str) -> Case:
    kind = f'kinds = [{{ name = "Maker", attributes = [{said}] }}]'
    return schema(kind, refused.replace("@", "[schema] kinds 1 attributes 1"), *found)


FORMS = {
    "a number for a schema": Case(
        {NODES: "id\n", MANIFEST: "schema = 3"}, refused=f"{MANIFEST}: schema=3 " + NO_TABLE.format("schema")
    ),
    "a list of schemas": Case(
        {NODES: "id\n", MANIFEST: "[[schema]]"}, refused=f"{MANIFEST}: schema=[{{}}] " + NO_TABLE.format("schema")
    ),
    "an unknown part": schema(
        "kind = []", "[schema] 'kind' is no setting; allowed: base, name, kinds, relations, vocabularies"
    ),
    "an unknown base": schema(
        "base = 'old'", "schema.base='old'; allowed: innovation to extend it, none to replace it"
    ),
    "a number for a base": schema("base = 3", "schema.base=3; allowed: innovation to extend it, none to replace it"),
    "a number for a name": schema("name = 3", "[schema] name=3; write one line of text in quotes"),
    "kinds are no list": schema("kinds = 3", "[schema] kinds=3; " + LIST.format("kinds")),
    "kinds are a table": schema("[schema.kinds]\nname = 'X'", "[schema] kinds={'name': 'X'}; " + LIST.format("kinds")),
    "kinds are names": schema("kinds = ['X']", "[schema] kinds 1 is 'X'; write { name = … }"),
    "a kind without a name": schema("kinds = [{}]", "[schema] kinds 1 has no name; write name = and a text in quotes"),
    "a number for a kind's name": schema(
        "kinds = [{ name = 3 }]", "[schema] kinds 1 has no name; write name = and a text in quotes"
    ),
    "a blank name": schema(
        "kinds = [{ name = ' ' }]", "[schema] kinds 1 has no name; write name = and a text in quotes"
    ),
    "a name of two lines": schema(
        'kinds = [{ name = "a\\nb" }]', "[schema] kinds 1 name='a\\nb'; write one line of text in quotes"
    ),
    "an unknown field": schema(
        "kinds = [{ name = 'X', colour = 'red' }]",
        "NodeKind X: no field 'colour'; allowed: name, parent, zh, branch, attributes",
    ),
    "a text for a branch": schema(
        "kinds = [{ name = 'X', branch = 'yes' }]", "[schema] kinds 1 branch='yes'; write true or false"
    ),
    "attributes are no list": schema(
        "kinds = [{ name = 'Maker', attributes = 3 }]", "[schema] kinds 1 attributes=3; " + LIST.format("attributes")
    ),
    "a number for an attribute": attribute("3", "[schema] kinds 1 attributes 1 is 3; write { name = … }"),
    "a name for an attribute": attribute("'age'", ""),
    "an attribute without a name": attribute(
        "{ type = 'integer' }", "@ has no name; write name = and a text in quotes"
    ),
    "a number for a type": attribute("{ name = 'age', type = 3 }", "@ type=3; write one line of text in quotes"),
    "a text for a least value": attribute(
        "{ name = 'age', type = 'integer', minimum = '0' }", "@ minimum='0'; write a number"
    ),
    "a truth for a greatest value": attribute("{ name = 'age', maximum = true }", "@ maximum=True; write a number"),
    "sources are a number": schema(
        "relations = [{ name = 'X', sources = 3, targets = 'Maker' }]",
        "[schema] relations 1 sources=3; write names of kinds in quotes",
    ),
    "targets are numbers": schema(
        "relations = [{ name = 'X', sources = 'Maker', targets = [3] }]",
        "[schema] relations 1 targets=[3]; write names of kinds in quotes",
    ),
    "words are a text": schema(
        "vocabularies = [{ name = 'v', words = 'abc' }]", "[schema] vocabularies 1 words='abc'; " + LIST.format("words")
    ),
    "a number for a word": schema(
        "vocabularies = [{ name = 'v', words = [3] }]", "[schema] vocabularies 1 words 1 is 3; write { name = … }"
    ),
}
EVERY = "every kind has a column"
CONTRADICTIONS = {
    "a type that is none": attribute(
        "{ name = 'age', type = 'int' }", "attribute age: type='int'; allowed: text, integer, number, boolean, date"
    ),
    "a reserved attribute": attribute(
        "'kind'", "Maker: attribute='kind' is reserved; rename it (a type may be a background)"
    ),
    "an id that is a number": attribute(
        "{ name = 'id', type = 'integer' }", f"Maker: {EVERY} 'id' of type text, not integer; rename it"
    ),
    "a date that is a text": attribute("'valid_to'", f"Maker: {EVERY} 'valid_to' of type date, not text; rename it"),
    "a reference to nothing": attribute("{ name = 'home', ref = 'House' }", "Maker.home: ref='House' is not a kind"),
    "a vocabulary that is none": attribute(
        "{ name = 'home', vocabulary = 'v' }", "Maker.home: vocabulary='v' does not exist"
    ),
    "a parent that is none": schema(
        "kinds = [{ name = 'X', parent = 'Y' }]", "kind X: parent='Y' is not a kind; known: …"
    ),
    "a kind that is its own parent": schema(
        "kinds = [{ name = 'X', parent = 'X' }]", "kind X is its own ancestor; a tree of kinds has no cycle"
    ),
    "kinds in a circle": schema(
        "kinds = [{ name = 'X', parent = 'Y' }, { name = 'Y', parent = 'X' }]",
        "kind X is its own ancestor; a tree of kinds has no cycle",
    ),
    "a kind twice": schema(
        "base = 'none'\nkinds = ['X', 'X']".replace("'X'", "{ name = 'X' }"),
        "kinds: the name 'X' is used twice; give every one of the kinds its own",
    ),
    "a Chinese name twice": schema(
        "kinds = [{ name = 'X', zh = '创客' }]",
        "kinds: the name '创客' is used twice; give every one of the kinds its own",
    ),
    "a relation without ends": schema(
        "relations = [{ name = 'X' }]", "RelationKind X: …; allowed: name, sources, targets, …"
    ),
    "a relation from nothing": schema(
        "relations = [{ name = 'X', sources = [], targets = 'Maker' }]",
        "relation X has no sources or no targets; name at least one kind of each",
    ),
    "a relation to what is no kind": schema(
        "relations = [{ name = 'X', sources = 'Maker', targets = 'Y' }]", "relation X: end 'Y' is not a kind; known: …"
    ),
    "a relation at a time that is none": schema(
        "relations = [{ name = 'X', sources = 'Maker', targets = 'Maker', time = 'never' }]",
        "relation X: time='never'; allowed: span, moment, none",
    ),
    "a column of a relation twice": schema(
        "relations = [{ name = 'X', sources = 'Maker', targets = 'Maker', attributes = ['key'] }]",
        "columns of X: the name 'key' is used twice; give every one of the columns of X its own",
    ),
    "a closed vocabulary without words": schema(
        "vocabularies = [{ name = 'v', closed = true }]",
        "vocabulary v is closed and has no words; give it words or open it",
    ),
    "a word twice": schema(
        "vocabularies = [{ name = 'v', words = ['a', 'a'] }]",
        "words of v: the name 'a' is used twice; give every one of the words of v its own",
    ),
    "a schema without the kind": Case(
        {NODES: "id\nada\n", MANIFEST: "[schema]\nbase = 'none'\nkinds = [{ name = 'Fish' }]\n"},
        refused=f"{NODES}: no kind 'Maker'; Known: Fish; rename the table or add the kind to the schema",
    ),
    "a schema of nothing": Case(
        {NODES: "id\nada\n", MANIFEST: "[schema]\nbase = 'none'\n"},
        refused=f"{NODES}: no kind 'Maker'; there is none; rename the table or add the kind to the schema",
    ),
}

CASES: dict[str, Case] = FORMS | CONTRADICTIONS
