"""Parquet: types are kept, and broken files end in one line."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as arrow_parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.errors import LoadError
from ecograph.reading import assemble, read_parquet
from tests.reading.messy import SCHEMA


def written(path: Path, table: pa.Table) -> Path:
    arrow_parquet.write_table(table, path)
    return path


def test_types_and_rows(tmp_path: Path) -> None:
    table = pa.table({"id": ["1"], "age": [7], "joined": [date(2024, 1, 5)]})
    raw, findings = read_parquet(written(tmp_path / "Maker.parquet", table), "nodes/Maker.parquet")
    assert raw.table.equals(table)
    assert (raw.file, raw.rows.tolist(), findings) == ("nodes/Maker.parquet", [2], ())


def test_folders_are_no_columns(tmp_path: Path) -> None:
    folder = tmp_path / "year=2024"
    folder.mkdir()
    raw, _ = read_parquet(written(folder / "Maker.parquet", pa.table({"id": ["1"]})), "nodes/Maker.parquet")
    assert raw.table.column_names == ["id"]


def test_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 this is not it")
    letters = pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xff"]).buffers())
    for path, why in (
        (broken, r": cannot be read as Parquet"),
        (tmp_path / "missing.parquet", r": cannot be read \(it is no file\)"),
        (tmp_path, r": cannot be read \(it is no file\)"),
        (written(tmp_path / "b", pa.table({"id": letters})), r" row 2, column 'id': the bytes are not UTF-8"),
    ):
        with pytest.raises(LoadError, match=r"nodes/Maker\.parquet" + why) as refused:
            read_parquet(path, "nodes/Maker.parquet")
        assert "\n" not in str(refused.value)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sound") / "Maker.parquet"
    table = pa.table({"id": ["ada", "bo"], "age": [1, None], "joined": [date(2024, 1, 5), None]})
    return written(path, table).read_bytes()


@given(st.data())
def test_broken_bytes_are_read_or_refused_in_one_line(
    sound: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(sound[: data.draw(st.integers(1, len(sound)))])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=3)):
        content[place] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "broken.parquet"
    path.write_bytes(content)
    lines = []
    try:
        raw, _ = read_parquet(path, "nodes/Maker.parquet")
        lines += [item.line() for item in assemble(SCHEMA, {"Maker": [raw]}, {})[1]]
    except LoadError as refused:
        lines.append(str(refused))
    assert all(len(line.splitlines()) == 1 for line in lines)
