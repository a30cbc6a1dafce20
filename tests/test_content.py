"""Content: positions, keys, fingerprint and selection of checked tables."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from ecograph.content import Content, Nodes
from ecograph.errors import UnknownNameError
from ecograph.schema import Attribute, NodeKind, RelationKind, Schema

SCHEMA = Schema(
    "small",
    [
        NodeKind("Person", branch=True, attributes=(Attribute("name", personal=True),)),
        NodeKind("Maker", "Person"),
        NodeKind("Helper", "Person"),
        NodeKind("Place"),
        NodeKind("Park"),
    ],
    [RelationKind("KNOWS", "Person", "Person"), RelationKind("VISITS", "Person", "Place")],
)


def ints(*values: int) -> pa.Array:
    return pa.array(values, pa.int32())


def small(**changes: Any) -> Content:
    nodes = {
        "Maker": pa.table({"id": ["ada", "bo"], "name": ["Ada", None], "age": [36, None]}),
        "Helper": pa.table({"id": ["cy"]}),
        "Place": pa.table({"id": ["ada", "p"], "name": ["Lab", None]}),
    }
    relations = {
        "KNOWS": pa.table(
            {"source": ints(0, 0, 1), "target": ints(1, 1, 2), "#": ints(1, 2, 1), "hours": [1.5, None, 0.0]}
        ),
        "VISITS": pa.table(
            {"source": ints(0, 2), "target": ints(3, 4), "key": ["v", None], "at": [date(2024, 1, 5), None]}
        ),
    }
    origins = {
        name: pa.table({"file": [name] * table.num_rows, "row": range(2, table.num_rows + 2)})
        for name, table in {**nodes, **relations}.items()
    }
    return replace(Content(SCHEMA, nodes, relations, origins), **changes)


def test_nodes_stand_kind_by_kind() -> None:
    index = small().index
    assert index.n == 5
    assert index.ids.to_pylist() == ["ada", "bo", "cy", "ada", "p"]
    assert index.kinds.to_pylist() == ["Maker", "Maker", "Helper", "Place", "Place"]
    assert (index.block("Place"), index.block("Park")) == (slice(3, 5), slice(0, 0))
    assert index.of("Person", "Park").tolist() == [True, True, True, False, False]
    assert index.of().tolist() == [False] * 5
    assert Nodes(SCHEMA, {}).ids.to_pylist() == []


def test_an_attribute_of_every_node_is_text() -> None:
    index = small().index
    assert index.column("age").to_pylist() == ["36", None, None, None, None]
    assert index.column("kind").to_pylist() == index.kinds.to_pylist()
    with pytest.raises(UnknownNameError, match="no attribute of these nodes 'agee'; did you mean age"):
        index.column("agee")


def test_a_node_has_a_position() -> None:
    index = small().index
    assert (index.position("ada", "Maker"), index.position("ada", "Place"), index.position("cy")) == (0, 3, 2)
    with pytest.raises(UnknownNameError, match=r"id='ada' is the id of several nodes \(Maker, Place\); give kind="):
        index.position("ada")
    with pytest.raises(UnknownNameError, match="no Place has id='bo' here"):
        index.position("bo", "Place")


def test_persons_are_called_by_id() -> None:
    assert [small().index.called(position) for position in range(5)] == ["ada", "bo", "cy", "Lab", "p"]


def test_keys_are_the_users_or_made_of_ends_and_number() -> None:
    content = small()
    made = ["Maker:ada > Maker:bo #1", "Maker:ada > Maker:bo #2", "Maker:bo > Helper:cy #1"]
    assert content.keys("KNOWS").to_pylist() == made
    assert content.keys("KNOWS", np.array([2, 0])).to_pylist() == [made[2], made[0]]
    assert content.keys("VISITS").to_pylist() == ["v", "Helper:cy > Place:p #1"]


def test_rows_as_people_know_them() -> None:
    content = small()
    rows = content.relation_rows("VISITS")
    assert rows.column_names == ["source_kind", "source", "target_kind", "target", "key", "at"]
    assert list(rows.to_pylist()[0].values()) == ["Maker", "ada", "Place", "ada", "v", date(2024, 1, 5)]
    assert "#" not in content.relation_rows("KNOWS").column_names
    assert [end.tolist() for end in content.ends("KNOWS")] == [[0, 0, 1], [1, 1, 2]]
    assert [end.tolist() for end in content.ends("NONE")] == [[], []]


def changed(content: Content, kind: str, name: str, values: pa.Array) -> Content:
    part = "nodes" if kind in content.nodes else "relations"
    table = getattr(content, part)[kind]
    table = table.set_column(table.column_names.index(name), name, values)
    return replace(content, **{part: {**getattr(content, part), kind: table}})


def test_the_fingerprint_is_of_the_content_alone() -> None:
    content = small()
    same = [
        replace(content, origins={}, loaded="x", selection=({"step": "at"},)),
        replace(content, nodes={**content.nodes, "Park": pa.table({"id": pa.array([], pa.string())})}),
        replace(content, nodes={**content.nodes, "Helper": pa.table({"id": ["cy"], "note": pa.nulls(1, pa.string())})}),
        replace(content, nodes={kind: table.select(table.column_names[::-1]) for kind, table in content.nodes.items()}),
        changed(content, "Maker", "id", pa.array(["x", "ada", "bo"])[1:]),
        changed(content, "Maker", "age", pa.array([36, None], pa.int32())),
        changed(content, "KNOWS", "hours", pa.array([1.5, None, -0.0])),
        changed(content, "KNOWS", "source", pa.chunked_array([[0], [0, 1]], pa.int32())),
    ]
    assert {one.fingerprint for one in same} == {content.fingerprint}


def test_the_fingerprint_tells_any_difference() -> None:
    content = small()
    other = [
        content,
        replace(content, schema=replace(SCHEMA, name="other")),
        replace(content, factors={("h", "min"): 60.0}),
        replace(content, factors={("h", "min"): 61.0}),
        changed(content, "Maker", "name", pa.array([None, "Ada"])),
        changed(content, "Maker", "name", pa.array(["Ada", ""])),
        changed(content, "Maker", "id", pa.array(["adab", "o"])),
        changed(content, "Maker", "age", pa.array([36, 0])),
        changed(content, "Maker", "age", pa.array([37, None])),
        changed(content, "KNOWS", "hours", pa.array([1.5, 0.0, 0.0])),
        changed(content, "KNOWS", "target", ints(1, 1, 1)),
        changed(content, "VISITS", "at", pa.array([date(2024, 1, 6), None])),
        changed(content, "VISITS", "at", pa.array([datetime(2024, 1, 5, 1, tzinfo=UTC), None])),
        replace(content, nodes={**content.nodes, "Helper": pa.table({"id": ["cy"], "name": ["y"]})}),
        replace(content, nodes={**content.nodes, "Helper": pa.table({"id": ["cy"], "note": ["y"]})}),
    ]
    assert len({one.fingerprint for one in other}) == len(other)


def test_a_part_counts_its_positions_anew() -> None:
    content = small()
    nodes = np.array([False, True, True, False, True])
    part = content.selected(nodes, {"VISITS": np.array([True, True])}, {"step": "where"})
    assert part.index.ids.to_pylist() == ["bo", "cy", "p"]
    assert part.keys("KNOWS").to_pylist() == ["Maker:bo > Helper:cy #1"]
    assert part.relation_rows("VISITS").column("source").to_pylist() == ["cy"]
    assert part.origins["KNOWS"].column("row").to_pylist() == [4]
    assert part.origins["Maker"].column("row").to_pylist() == [3]
    assert (part.loaded, part.selection) == (content.fingerprint, ({"step": "where"},))
    again = part.selected(np.ones(3, np.bool_), {"KNOWS": np.array([False])}, {"step": "at"})
    assert again.relations["KNOWS"].num_rows == 0
    assert (again.loaded, len(again.selection)) == (content.fingerprint, 2)


def test_a_part_without_origins() -> None:
    part = small(origins={}).selected(np.zeros(5, np.bool_), {}, {})
    assert (part.index.n, part.origins, list(part.nodes)) == (0, {}, ["Maker", "Helper", "Place"])
