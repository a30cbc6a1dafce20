"""The page of the innovation schema."""

from ecograph.innovation import SCHEMA
from ecograph.schema import END_COLUMNS, NODE_COLUMNS, TIME_COLUMNS, Attribute, NodeKind, RelationKind, Vocabulary
from writers.markdown import code, page, table

INTRODUCTION = """
The kinds, relations and words that tables are checked against unless `ecosystem.toml` or `schema=` says otherwise.
English and Chinese names load alike, as names of files, columns and words. How to add to it:
[Load your tables](../how-to/load.md).

以下为默认的数据模式。文件名、列名和词都可以用英文或中文书写。
"""
KINDS = """
## Kinds of nodes 节点类型

A kind below which no other stands is a leaf; every node has one leaf kind. Any other kind stands for all its leaves. An
id is unique inside a branch.
"""
RELATIONS = """
## Relations 关系

A span lasts from its first day, `valid_from`, up to but without the day `valid_to`; a moment happens on one day, `at`.
Ends joined by → have a direction, ends joined by – have none.
"""
VOCABULARIES = """
## Vocabularies 词表

An open vocabulary keeps other words and reports them; a closed one refuses them.
"""
TIMES = {"span": "span 时段", "moment": "moment 时点", "none": ""}
COLUMNS = ("column", "Chinese", "type", "unit", "meaning", "allowed")


def files() -> dict[str, str]:
    """The page of all kinds, relations and vocabularies, in both languages."""
    parts = [
        *(INTRODUCTION, KINDS, _tree(), *_kinds()),
        *(RELATIONS, _relations(), *_relation_columns()),
        *(VOCABULARIES, *(_vocabulary(one) for one in SCHEMA.vocabularies)),
    ]
    return {"docs/reference/schema.md": page("The innovation schema", *parts)}


def _tree() -> str:
    lines = []
    for kind in SCHEMA.kinds:
        depth = len(SCHEMA.ancestry(kind.name)) - 1
        branch = {SCHEMA.branch(leaf) for leaf in SCHEMA.leaves(kind.name)} == {kind.name}
        lines.append(f"{'  ' * depth}- `{kind.name}` {kind.zh}{' (branch)' * branch}")
    return "\n".join(lines)


def _kinds() -> list[str]:
    every = "### Columns of every node table\n\n" + _columns(NODE_COLUMNS)
    return [every, *(_own_columns(kind) for kind in SCHEMA.kinds if kind.attributes)]


def _relations() -> str:
    rows = [(code(one.name), one.zh, _ends(one), TIMES[one.time]) for one in SCHEMA.relations]
    return table(("relation", "Chinese", "ends", "time"), rows)


def _ends(relation: RelationKind) -> str:
    joined = " → " if relation.directed else " – "
    sides = [", ".join(ends) for ends in (relation.sources, relation.targets)]
    return joined.join(sides) + (", itself too" if relation.self_ties else "")


def _relation_columns() -> list[str]:
    dates = (*TIME_COLUMNS["span"], *TIME_COLUMNS["moment"])
    every = "### Columns of every relation table\n\n" + _columns((*END_COLUMNS, *dates))
    return [every, *(_own_columns(one) for one in SCHEMA.relations if one.attributes)]


def _own_columns(owner: NodeKind | RelationKind) -> str:
    return f"### `{owner.name}` {owner.zh}\n\n" + _columns(owner.attributes)


def _columns(attributes: tuple[Attribute, ...]) -> str:
    rows = [(code(one.name), one.zh, one.type, one.unit, one.meaning, _allowed(one)) for one in attributes]
    return table(COLUMNS, rows)


def _allowed(attribute: Attribute) -> str:
    least, most = (f"{bound:g}" if bound is not None else "" for bound in (attribute.minimum, attribute.maximum))
    return "; ".join(
        part
        for part, holds in (
            (f"a word of [{attribute.vocabulary}](#{attribute.vocabulary})", attribute.vocabulary),
            (f"id of a {attribute.ref}", attribute.ref),
            (f"from {least}" + f" to {most}" * bool(most), least),
            ("personal: shown only when asked for", attribute.personal),
        )
        if holds
    )


def _vocabulary(vocabulary: Vocabulary) -> str:
    grouped = any(word.group for word in vocabulary.words)
    rows = [(code(word.name), word.zh, *([word.group] if grouped else [])) for word in vocabulary.words]
    anchor, words = f"({vocabulary.name})=", "closed" if vocabulary.closed else "open"
    heading = f"### {vocabulary.name} {vocabulary.zh} ({words})"
    return "\n\n".join([anchor, heading, table(("word", "Chinese", *(["group"] if grouped else [])), rows)])
