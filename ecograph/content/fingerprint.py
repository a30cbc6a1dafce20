"""Fingerprint of checked tables: equal content gives equal bytes, whatever file it came from."""

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def fingerprint(schema: str, factors: Mapping[tuple[str, str], float], tables: Mapping[str, pa.Table]) -> str:
    """SHA-256 of a schema's digest, conversion factors and tables in canonical order; empty columns do not count."""
    digest = hashlib.sha256(schema.encode())
    digest.update(repr(sorted(factors.items())).encode())
    for name, table in tables.items():
        if table.num_rows:
            digest.update(f"\0{name}\0{table.num_rows}".encode())
            _digest(digest, table)
    return digest.hexdigest()


def _digest(digest: Any, table: pa.Table) -> None:
    for name in sorted(table.column_names):
        column = table.column(name).combine_chunks()
        if column.null_count == len(column):
            continue
        digest.update(f"\0{name}\0".encode())
        digest.update(np.packbits(column.is_null().to_numpy(zero_copy_only=False)).tobytes())
        digest.update(_bytes(column))


def _bytes(column: pa.Array) -> bytes:
    """Values in one layout, whatever the file format: missing cells are zero, dates microseconds, text with lengths."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(pa.string())
    kind = column.type
    if pa.types.is_string(kind):
        lengths = pc.fill_null(pc.binary_length(column), 0).to_numpy(zero_copy_only=False).astype("<i8")
        return bytes(lengths.tobytes()) + _letters(column.drop_null())
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        column = column.cast(pa.timestamp("us", "UTC" if pa.types.is_timestamp(kind) else None)).cast(pa.int64())
    filled = pc.fill_null(column.cast(pa.int8()) if pa.types.is_boolean(kind) else column, 0)
    values = filled.to_numpy(zero_copy_only=False)
    if pa.types.is_floating(filled.type):
        values = values.astype("<f8") + 0.0  # so that -0.0 and 0.0 are one value
    else:
        values = values.astype("<i8")
    return bytes(values.tobytes())


def _letters(column: pa.Array) -> bytes:
    """UTF-8 of all cells, one after another."""
    if not len(column):
        return b""
    starts = np.frombuffer(column.buffers()[1], dtype=np.int32)
    first, last = starts[column.offset], starts[column.offset + len(column)]
    return bytes(memoryview(column.buffers()[2] or b"")[first:last])
