"""Names in Neo4j: labels, relation types, properties and keys, such as no data can break out of or run into.

Columns keep their names, so that queries read them as they stand. What is ours begins with an underscore, so a column
that begins with one, or that would hide one every query knows, gets one more.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

from ecograph.errors import SchemaError
from ecograph.schema import Schema

MARK, MANIFEST = "Ecograph", "EcographManifest"
KEY, ECOSYSTEM, PLACE, ROW, LOAD, OWN = "_key", "_ecosystem", "_place", "_row", "_load", "_own"
HIDING = "kind"
"""A column of nodes that would hide what queries know a node's kind by."""
UNSEEN = re.compile("[\x00-\x1f\x7f\\\\]")  # a backslash may begin an escape, even inside quotes
SEPARATOR = "/"


def quoted(name: str) -> str:
    """A name as it stands in a statement.

    Raises
    ------
    SchemaError
        If no statement can hold it.
    """
    if not name or UNSEEN.search(name):
        raise SchemaError(f"{name!r} cannot be a name in Neo4j; rename it without backslash and control characters")
    return "`" + name.replace("`", "``") + "`"


def property_of(column: str) -> str:
    """Property that holds a column."""
    return f"_{column}" if column.startswith("_") or column == HIDING else column


def moments_of(name: str) -> str:
    """Property that holds the microseconds of a column of moments; the column's own holds the day."""
    return f"_at_{name}"


def labels_of(schema: Schema, kind: str) -> tuple[str, ...]:
    """Labels of the nodes of a leaf kind: ours, then the kind and its branch."""
    return (MARK, *schema.ancestry(kind))


def key_start(ecosystem: str, kind: str) -> str:
    """Start of the keys of the nodes of a kind."""
    return "".join(part.replace("%", "%25").replace(SEPARATOR, "%2F") + SEPARATOR for part in (ecosystem, kind))


def node_keys(ecosystem: str, kinds: pa.Array, ids: pa.Array) -> pa.Array:
    """Keys of nodes: ecosystem, kind and id, which no other node of the database has."""
    encoded = kinds.dictionary_encode()
    starts = pa.array([key_start(ecosystem, kind) for kind in encoded.dictionary.to_pylist()], pa.string())
    return pc.binary_join_element_wise(starts.take(encoded.indices), ids, "")
