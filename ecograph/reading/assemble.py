"""Assembling: raw tables of every kind become one checked content, and what is wrong with them becomes findings."""

from collections.abc import Mapping, Sequence

from ecograph.content import Content, Nodes
from ecograph.quality import Findings
from ecograph.reading.directory import Directory, with_references
from ecograph.reading.kinds import known_kind
from ecograph.reading.log import Log
from ecograph.reading.nodes import node_rows
from ecograph.reading.raw import Raw
from ecograph.reading.relations import relation_rows
from ecograph.schema import Schema


def assemble(
    schema: Schema,
    nodes: Mapping[str, Sequence[Raw]],
    relations: Mapping[str, Sequence[Raw]],
    *,
    factors: Mapping[tuple[str, str], float] | None = None,
) -> tuple[Content, Findings]:
    """Check raw tables and put them together.

    A row without a sound identity or with mistaken dates of its own is left out; elsewhere only the mistaken cell is.
    Each is a finding with file, row, column, value, reason and remedy. Of one code in one column of one file at most
    1,000 rows are listed and one more finding counts the others, so counts are exact. The content does not depend on
    the order of rows, on the format, nor on how rows are spread over files.

    Parameters
    ----------
    schema : Schema
        Kinds, relations and vocabularies.
    nodes, relations : mapping of str to sequence of Raw
        Tables by kind, in English or Chinese; several tables of one kind are one below the other.
    factors : mapping of (str, str) to float, optional
        Declared conversions between units.

    Returns
    -------
    Content
        What could be used.
    Findings
        What was found, by file, row and column.

    Raises
    ------
    LoadError
        If a table as a whole cannot be used: its kind or a column it needs does not exist, or a column stands twice.

    Examples
    --------
    >>> import pyarrow as pa
    >>> from ecograph.schema import NodeKind, RelationKind
    >>> schema = Schema("women", [NodeKind("Woman")], [RelationKind("KNOWS", "Woman", "Woman", directed=False)])
    >>> women = Raw(pa.table({"id": ["eve", "ada"]}), "nodes/Woman.csv")
    >>> ties = Raw(pa.table({"source": ["eve", "eve"], "target": ["ada", "bo"]}), "relations/KNOWS.csv")
    >>> content, findings = assemble(schema, {"Woman": [women]}, {"KNOWS": [ties]})
    >>> content.keys("KNOWS").to_pylist()
    ['Woman:ada > Woman:eve #1']
    >>> findings
    1 findings (unknown_end 1)
    relations/KNOWS.csv row 3: target 'bo' is no Woman; add it to the nodes or drop the row
    """
    log = Log()
    found = node_rows(schema, _tidied(nodes), log)
    directory = Directory(Nodes(schema, {leaf: rows.table for leaf, rows in found.items()}))
    rows = {leaf: with_references(part, schema.node_columns(leaf), directory, log) for leaf, part in found.items()}
    raws: dict[str, list[Raw]] = {}
    for name, given in _tidied(relations).items():
        raws.setdefault(known_kind(schema.relation, name, given, "relations").name, []).extend(given)
    rows |= {
        relation.name: relation_rows(relation, raws[relation.name], directory, factors or {}, log)
        for relation in schema.relations
        if relation.name in raws
    }
    tables = {name: part.finished() for name, part in rows.items()}
    content = Content(
        schema,
        {leaf: tables[leaf] for leaf in found},
        {name: table for name, table in tables.items() if name not in found},
        {name: part.places.table() for name, part in rows.items()},
        dict(factors or {}),
    )
    return content, log.findings()


def _tidied(tables: Mapping[str, Sequence[Raw]]) -> dict[str, list[Raw]]:
    return {name: [raw.tidied() for raw in raws] for name, raws in tables.items()}
