"""Assembling: raw tables of every kind become one checked content, and what is wrong with them becomes findings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from ecograph.content import Content, Nodes
from ecograph.quality import Findings
from ecograph.reading.directory import Directory, with_references
from ecograph.reading.kinds import known_kind
from ecograph.reading.log import Log
from ecograph.reading.memory import give_back
from ecograph.reading.nodes import node_rows
from ecograph.reading.raw import Raw, Waiting
from ecograph.reading.relations import relation_rows
from ecograph.schema import NodeKind, RelationKind, Schema

Given = Raw | Waiting
Kind = TypeVar("Kind", NodeKind, RelationKind)


def assemble(
    schema: Schema,
    nodes: Mapping[str, Sequence[Given]],
    relations: Mapping[str, Sequence[Given]],
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
    nodes, relations : mapping of str to sequence of Raw or Waiting
        Tables by kind, in English or Chinese; several tables of one kind are one below the other. Those that wait are
        read kind by kind and let go.
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
    >>> [(item.row, item.reason()) for item in findings]
    [(3, "target 'bo' is no Woman")]
    """
    log = Log()
    own = {kind: _tidied(items) for kind, items in _by_kind(schema.kind, nodes, "nodes").items()}
    ties = _by_kind(schema.relation, relations, "relations")
    found = node_rows(schema, own, log)
    directory = Directory(Nodes(schema, {leaf: rows.table for leaf, rows in found.items()}))
    rows = {leaf: with_references(part, schema.node_columns(leaf), directory, log) for leaf, part in found.items()}
    rows |= {
        relation.name: relation_rows(relation, _tidied(ties[relation.name]), directory, factors or {}, log)
        for relation in schema.relations
        if relation.name in ties
    }
    tables = {name: part.finished() for name, part in rows.items()}
    give_back()
    content = Content(
        schema,
        {leaf: tables[leaf] for leaf in found},
        {name: table for name, table in tables.items() if name not in found},
        {name: part.places.table() for name, part in rows.items()},
        dict(factors or {}),
    )
    return content, log.findings()


def _by_kind(find: Callable[[str], Kind], tables: Mapping[str, Sequence[Given]], folder: str) -> dict[str, list[Given]]:
    """Tables by the kind's own name, whichever names they came under."""
    found: dict[str, list[Given]] = {}
    for name, items in tables.items():
        found.setdefault(known_kind(find, name, items, folder).name, []).extend(items)
    return found


def _tidied(items: Iterable[Given]) -> Iterator[Raw]:
    """Tables in order of their files, each read when it is asked for and held by nobody else."""
    for item in sorted(items, key=lambda item: item.file):
        yield (item.read() if isinstance(item, Waiting) else item).tidied()
