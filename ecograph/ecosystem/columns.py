"""Columns: what the schema says of the columns of node and relation tables."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from ecograph.schema import Attribute, Schema
from ecograph.table import Column

SUMMARY: Mapping[str, Column] = {
    "what": Column("node or relation", zh="类别", words={"node": "节点", "relation": "关系"}),
    "kind": Column("kind", zh="类型"),
    "zh": Column("Chinese name of the kind", zh="中文名称"),
    "count": Column("how many", zh="数量", bounds=(0, None)),
    "first": Column("first day", zh="最早日期"),
    "last": Column("last day", zh="最晚日期"),
}


def described(schema: Schema, attributes: Sequence[Attribute]) -> dict[str, Column]:
    """What each column means, with the Chinese of its words."""
    return {
        one.name: Column(
            one.meaning or one.name,
            zh=one.zh,
            unit=one.unit,
            bounds=(one.minimum, one.maximum),
            words=_words(schema, one),
        )
        for one in attributes
    }


def _words(schema: Schema, attribute: Attribute) -> dict[str, str]:
    if attribute.name in ("source_kind", "target_kind"):
        return {kind.name: kind.zh for kind in schema.kinds if kind.zh}
    if not attribute.vocabulary:
        return {}
    return {word.name: word.zh for word in schema.vocabulary(attribute.vocabulary).words if word.zh}


def empty(attributes: Sequence[Attribute]) -> pa.Table:
    """A table of these columns without rows."""
    types = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    return pa.table({one.name: pa.array([], types.get(one.type, pa.date32())) for one in attributes})
