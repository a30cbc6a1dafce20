"""Questions with known answers, put to the embedded engine before it is trusted."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ecograph.content import Content
from ecograph.cypher.copying import SETTINGS, fill, node_rows, relation_cells
from ecograph.schema import Attribute, NodeKind, RelationKind, Schema

SCHEMA = Schema(
    "trial",
    (
        NodeKind("Person"),
        NodeKind("Maker", "Person", attributes=(Attribute("since", "date"), Attribute("score", "integer"))),
        NodeKind("Tutor", "Person"),
        NodeKind("Project"),
    ),
    (RelationKind("HELPS", ("Person",), ("Person", "Project"), attributes=(Attribute("hours", "number"),)),),
)
MAKERS = {
    "id": pa.array(["001", "a", "b"]),
    "name": pa.array([None, "创客", "id"]),
    "since": pa.array([None, "2024-02-28", "2024-03-01"]).cast(pa.date32()),
    "score": pa.array([None, 2, 3]),
}
HELPS = {
    "source": pa.array([0, 1, 1, 1, 1, 3], pa.int32()),
    "target": pa.array([1, 2, 2, 4, 4, 1], pa.int32()),
    "#": pa.array([1, 1, 2, 1, 2, 1], pa.int32()),
    "hours": pa.array([1.0, 2.0, None, 4.0, 5.0, 6.0]),
}
TRIAL = Content(
    SCHEMA,
    {
        "Maker": pa.table(MAKERS),
        "Tutor": pa.table({"id": ["a"]}),
        "Project": pa.table({"id": ["p"]}),
    },
    {"HELPS": pa.table(HELPS)},
)
QUESTIONS: tuple[tuple[str, list[tuple[Any, ...]]], ...] = (
    ("MATCH (a:Person)-[h:HELPS]->(b) RETURN count(*) AS n, sum(h.hours) AS s", [(6, 18.0)]),
    (
        "MATCH (a:Maker)-[:HELPS]-(b)-[:HELPS]-(c:Maker) RETURN a.id AS a, c.id AS c, count(*) AS n ORDER BY a, c",
        [("001", "b", 2), ("a", "a", 4), ("b", "001", 2), ("b", "b", 2)],
    ),
    ("MATCH (m:Maker) WHERE m.name IS NULL RETURN m.id AS id, m.kind AS kind", [("001", "Maker")]),
    ("MATCH (t:Tutor) RETURN t.id AS id, t.name AS name", [("a", None)]),
    (
        "MATCH (m:Maker) RETURN m.id AS id, m.score AS score ORDER BY score DESC, id",
        [("001", None), ("b", 3), ("a", 2)],
    ),
    (
        "MATCH (m:Maker) RETURN duration.inDays(m.since, date('2024-03-31')).days AS days ORDER BY days",
        [(30,), (32,), (None,)],
    ),
    ("MATCH (m:Maker) WHERE m.since > date('2024-01-31') - duration({days: 30}) RETURN count(*) AS n", [(2,)]),
    (
        (
            "MATCH (m:Person) RETURN m.kind AS kind, m.id AS id, EXISTS { (m)-[:HELPS]->(:Project) } AS e, "
            "COUNT { (m)-[h:HELPS]->() WHERE h.hours > 1 } AS c ORDER BY kind, id"
        ),
        [("Maker", "001", False, 0), ("Maker", "a", True, 3), ("Maker", "b", False, 0), ("Tutor", "a", False, 1)],
    ),
    (
        (
            "MATCH (m:Maker) OPTIONAL MATCH (m)-[h:HELPS]->(p:Project) WHERE h.hours > 4 "
            "WITH m, count(p) AS n WHERE n < 1 RETURN m.id AS id ORDER BY id"
        ),
        [("001",), ("b",)],
    ),
)


@cache
def sound(engine: Any) -> bool:
    """Whether the engine answers questions on a small graph rightly, and refuses to change it.

    Each of the questions went wrong once: in another version, with other settings, or loaded in another way.
    """
    graph = engine.KnowledgeGraph()
    try:
        fill(graph, TRIAL)
        graph.read_only(True)
        return all(_rows(graph, text) == rows for text, rows in QUESTIONS) and _refuses(engine, graph)
    except (engine.KgError, AttributeError, TypeError, ValueError):
        return False


def counted(graph: Any, content: Content) -> bool:
    """Whether a graph holds as many nodes and relations of each kind as the tables."""
    nodes, relations = graph.node_type_counts(), {one["type"]: one["count"] for one in graph.connection_types()}
    return all(
        counts.get(kind, 0) == table.num_rows
        for counts, tables in ((nodes, content.nodes), (relations, content.relations))
        for kind, table in tables.items()
    )


def holds(graph: Any, content: Content) -> bool:
    """Whether a graph also holds as many values of each attribute as the tables."""
    return (
        counted(graph, content)
        and all(_filled(graph, f"(x:{kind})", _counts(node_rows(content, kind))) for kind in content.nodes)
        and all(_filled(graph, f"()-[x:{kind}]->()", _of_relation(content, kind)) for kind in content.relations)
    )


def _of_relation(content: Content, relation: str) -> dict[str, int]:
    """How many values each column of a relation kind has; every row has a key."""
    rows = pa.table(relation_cells(content, relation))
    return _counts(rows) | {"key": content.relations[relation].num_rows}


def _counts(rows: pa.Table) -> dict[str, int]:
    """How many cells of each column are not missing."""
    return {name: pc.count(rows.column(name)).as_py() for name in rows.column_names}


def _filled(graph: Any, pattern: str, counts: Mapping[str, int]) -> bool:
    told = ", ".join(f"count(x.{name}) AS {name}" for name in counts)
    return _rows(graph, f"MATCH {pattern} RETURN {told}") == [tuple(counts.values())]


def _refuses(engine: Any, graph: Any) -> bool:
    try:
        graph.cypher("CREATE (:Maker {id: 'x'})", **SETTINGS)
    except engine.ReadOnlyError:
        return True
    return False


def _rows(graph: Any, text: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in graph.cypher(text, **SETTINGS).to_list()]
