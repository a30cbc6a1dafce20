"""Tables that cannot be used as a whole are refused in one line."""

from typing import Any

import pyarrow as pa
import pytest

from ecograph.errors import LoadError
from ecograph.reading import Raw, assemble
from tests.reading.messy import SCHEMA

KINDS = "Actor, Helper, Maker, Park, Person, Place, Team"
ADD = "; rename the table or add the kind to the schema"
NAMED = ", or name it under columns in ecosystem.toml"
REFUSED: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "unknown kind": (
        {"Makr": {"id": ["ada"]}},
        {},
        "nodes/Makr.csv: no kind 'Makr'; did you mean Maker? Known: " + KINDS + ADD,
    ),
    "unknown relation": (
        {},
        {"MEET": {"source": ["ada"], "target": ["bo"]}},
        "relations/MEET.csv: no relation 'MEET'; did you mean MEETS? Known: DOCKS, GIVES, MEETS, MIXES" + ADD,
    ),
    "no id": (
        {"Maker": {"ID": ["ada"], "age": ["1"]}},
        {},
        "nodes/Maker.csv row 1: no column id (编号); found: ID, age; add it" + NAMED,
    ),
    "no column at all": (
        {"Maker": {}},
        {},
        "nodes/Maker.csv row 1: no column id (编号); found: nothing; add it" + NAMED,
    ),
    "no target": (
        {},
        {"MEETS": {"起点": ["ada"]}},
        "relations/MEETS.csv row 1: no column target (终点); found: 起点; add it" + NAMED,
    ),
    "two headings of one column": (
        {"Maker": {"id": ["ada"], "编号": ["ada"]}},
        {},
        "nodes/Maker.csv row 1: 'id' and '编号' are the same column; keep one of them",
    ),
    "a branch without leaves": (
        {"Person": {"id": ["ada"]}},
        {},
        "nodes/Person.csv row 1: Person is Maker, Helper; add a column kind (类型) or make a file of each",
    ),
    "two columns of kinds": (
        {"Person": {"id": ["ada"], "kind": ["Maker"], "类型": ["Maker"]}},
        {},
        "nodes/Person.csv row 1: 'kind' and '类型' are the same column; keep one of them",
    ),
    "our own number": (
        {},
        {"MEETS": {"source": ["ada"], "target": ["bo"], "#": ["1"]}},
        "relations/MEETS.csv row 1: a column called '#' would hide ecograph's own; rename it",
    ),
}


@pytest.mark.parametrize("why", REFUSED)
def test_refused(why: str) -> None:
    nodes, relations, message = REFUSED[why]
    raw_nodes = {kind: [Raw(pa.table(columns), f"nodes/{kind}.csv")] for kind, columns in nodes.items()}
    ties = {kind: [Raw(pa.table(columns), f"relations/{kind}.csv")] for kind, columns in relations.items()}
    with pytest.raises(LoadError) as refusal:
        assemble(SCHEMA, raw_nodes, ties)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["id", "id"], "nodes/Maker.csv row 1: the heading 'id' stands twice; rename or delete one of the columns"),
        (["id", " "], "nodes/Maker.csv row 1: column 2 has no heading; name it or delete it"),
    ],
)
def test_headings(names: list[str], message: str) -> None:
    with pytest.raises(LoadError) as refusal:
        Raw(pa.table([pa.array(["1"]), pa.array(["2"])], names=names), "nodes/Maker.csv")
    assert str(refusal.value) == message


def test_an_unknown_kind_without_a_table_is_named_too() -> None:
    with pytest.raises(LoadError, match="nodes/Makr: no kind 'Makr'"):
        assemble(SCHEMA, {"Makr": []}, {})


def test_nothing_makes_an_empty_content() -> None:
    for nodes, relations in (({}, {}), ({"Maker": []}, {"MEETS": []})):
        content, findings = assemble(SCHEMA, nodes, relations)
        assert content.index.n == 0
        assert not findings
