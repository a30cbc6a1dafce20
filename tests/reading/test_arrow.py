"""Arrow: rows of all batches count on, and what is broken is told with its row."""

from pathlib import Path

import pyarrow as pa
import pytest

from ecograph.errors import LoadError
from ecograph.reading.arrow import read_arrow


def streamed(path: Path, *batches: pa.Array) -> Path:
    """A stream of batches with one column of text."""
    schema = pa.schema([("id", pa.string())])
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, schema) as writer:
        for ids in batches:
            writer.write_batch(pa.record_batch([ids], schema=schema))
    return path


def test_rows_of_all_batches_count_on(tmp_path: Path) -> None:
    raw, findings = read_arrow(streamed(tmp_path / "a.arrow", pa.array(["a", "b"]), pa.array(["c"])), "a.arrow")
    assert (raw.table.column("id").to_pylist(), raw.rows.tolist(), findings) == (["a", "b", "c"], [2, 3, 4], ())


def test_broken_text_is_told_with_its_row_in_any_batch(tmp_path: Path) -> None:
    broken = pa.Array.from_buffers(pa.string(), 2, pa.array([b"c", b"\xff"]).buffers())
    path = streamed(tmp_path / "a.arrow", pa.array(["a", "b"]), broken)
    with pytest.raises(LoadError, match=r"^a\.arrow row 5, column 'id': the bytes are not UTF-8; write the file anew$"):
        read_arrow(path, "a.arrow")
