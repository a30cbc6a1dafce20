"""Assembling does what its slow twin says, on tables full of mistakes."""

from datetime import UTC, date, datetime

from hypothesis import given

from ecograph.content import NUMBER, Content
from ecograph.reading import assemble
from tests.oracles.assemble import Loaded, Row
from tests.reading.messy import NODES, RELATIONS, SCHEMA, Tables, raws


def moments(row: Row) -> Row:
    """Days as their midnights, so that both sides say the same."""
    return {
        name: datetime(cell.year, cell.month, cell.day, tzinfo=UTC) if type(cell) is date else cell
        for name, cell in row.items()
    }


def shown(content: Content, relation: str) -> list[Row]:
    """Relation rows with kind and id of both ends, in order."""
    nodes = list(zip(content.index.kinds.to_pylist(), content.index.ids.to_pylist(), strict=True))
    rows = content.relations[relation].to_pylist()
    ends = [{end: nodes[row[end]] for end in ("source", "target")} for row in rows]
    return [moments({**row, **pair}) for row, pair in zip(rows, ends, strict=True)]


def numbered(rows: list[Row]) -> list[Row]:
    """Rows of the twin, with a number where ends repeat and not all have a key."""
    pairs = [(row["source"], row["target"]) for row in rows]
    if len(set(pairs)) == len(pairs) or all(row.get("key") is not None for row in rows):
        return rows
    return [{**row, NUMBER: pairs[: place + 1].count(pairs[place])} for place, row in enumerate(rows)]


@given(NODES, RELATIONS)
def test_equals_the_twin(nodes: Tables, relations: Tables) -> None:
    content, findings = assemble(SCHEMA, raws(nodes, "nodes"), raws(relations, "relations"))
    given_nodes = {kind: rows for kind, rows in nodes.items() if rows}
    twin = Loaded(SCHEMA, given_nodes, {kind: rows for kind, rows in relations.items() if rows})
    assert {kind: [moments(row) for row in table.to_pylist()] for kind, table in content.nodes.items()} == {
        kind: [rows[node] for node in sorted(rows)] for kind, rows in twin.nodes.items()
    }
    assert {kind: shown(content, kind) for kind in content.relations} == {
        kind: numbered(rows) for kind, rows in twin.relations.items()
    }
    assert findings.counts() == {code: count for code, count in twin.counts.items() if count}
