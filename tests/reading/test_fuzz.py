"""Whatever bytes come, a reader gives a sound table or says in one line why not."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import strategies as st

from ecograph.content import Content
from ecograph.errors import LoadError
from ecograph.quality import Finding
from ecograph.reading import ENCODINGS, Limits, Raw, assemble, read_table
from tests.reading.messy import SCHEMA
from tests.reading.mutations import CHANGES, Change, changed, check_always, in_one_line

Rounds = Callable[[int, int], int]

MAKERS = """id,name,background,colour,age,score,active,joined,home,valid_from,valid_to,extra
ada,"Ada ""A"" Li",student,red,30,1.5,yes,2024-01-05,p1,2024-01-01,2024-02-01,x
00123,创客,大学生,蓝,,1e3,否,2024-01-05T10:00+08:00,,,,
NA,"two
lines",farmer,blue,7,-2,1,2024年1月5日,p2,2024-01-01,,y
"""
LIMITS = st.just(Limits()) | st.builds(
    Limits, st.integers(1, 2_000), st.integers(1, 5), st.integers(1, 12), st.integers(1, 40)
)


def check_read(path: Path, **options: object) -> None:
    """Read a table of makers: what comes of it is sound, and what is said is in one line."""
    try:
        raw, found = read_table(path, "nodes/Maker.csv", **options)  # type: ignore[arg-type]  # options of every sort
        check_rows(raw, found)
        content, findings = assemble(SCHEMA, {"Maker": [raw]}, {})
    except LoadError as error:
        lines = [str(error)]
    else:
        lines = [item.line(language) for item in (*found, *findings) for language in ("en", "zh")]
        check_nodes(content)
    assert in_one_line(lines)


def check_nodes(content: Content) -> None:
    for table in content.nodes.values():
        table.validate(full=True)
        ids = table.column("id").to_pylist()
        assert ids == sorted(set(ids), key=str.encode)


def check_rows(raw: Raw, found: Sequence[Finding]) -> None:
    """Every line has its row, and none of them was left out."""
    assert len(raw.rows) == raw.table.num_rows
    assert (raw.rows[1:] > raw.rows[:-1]).all()
    assert not set(raw.rows.tolist()) & {item.row for item in found if item.code == "wrong_fields"}


def test_text(tmp_path: Path, rounds: Rounds) -> None:
    path = tmp_path / "Maker.csv"

    def law(changes: list[Change], written: str, named: str, separator: str, limits: Limits) -> None:
        path.write_bytes(changed(MAKERS.encode(written), changes))
        check_read(path, encoding=named, separator=separator, limits=limits)

    check_always(
        rounds(120, 5_000),
        law,
        changes=CHANGES,
        written=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
        named=st.just("") | st.sampled_from(list(ENCODINGS)),
        separator=st.sampled_from(["", "", ",", ";", "\t"]),
        limits=LIMITS,
    )


def test_bytes(tmp_path: Path, rounds: Rounds) -> None:
    path = tmp_path / "Maker.csv"

    def law(content: bytes, named: str) -> None:
        path.write_bytes(content)
        check_read(path, encoding=named)

    check_always(rounds(30, 1_000), law, content=st.binary(max_size=400), named=st.sampled_from(["", *ENCODINGS]))


MOMENT = datetime(2024, 1, 5, 10, tzinfo=UTC)
TABLES = (
    pa.table({"id": ["ada", "bo", "cy"] * 5, "name": ["Ada", None, "创客"] * 5, "age": [7, None, 2**60] * 5}),
    pa.table({"id": [1, 2], "joined": [date(2024, 1, 5), None], "score": [1.5, float("nan")], "active": [True, None]}),
    pa.table(
        {
            "id": pa.array(["a", "b", "a"]).dictionary_encode(),
            "valid_from": [MOMENT, None, MOMENT],
            "x": [b"a", b"\xff", None],
        }
    ),
    pa.table({"id": ["a", "b"], "tags": [["x"], []], "record": [{"a": 1}, None], "": ["a", "b"]}),
    pa.table({"id": pa.array(["a", None], pa.large_string()), "name": pa.array(["x", "y"], pa.string_view())}),
    pa.table({"id": pa.array([], pa.string())}),
)


def parquet(table: pa.Table, compression: str) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, compression=compression)
    return sink.getvalue()


def arrow(table: pa.Table, compression: str | None, *, stream: bool) -> bytes:
    sink = io.BytesIO()
    make = pa.ipc.new_stream if stream else pa.ipc.new_file
    with make(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression=compression)) as writer:
        writer.write_table(table, max_chunksize=4)
    return sink.getvalue()


FILES = {
    "Maker.parquet": [parquet(table, compression) for table in TABLES for compression in ("none", "snappy")],
    "Maker.arrows": [arrow(table, compression, stream=True) for table in TABLES for compression in (None, "zstd")],
    "Maker.arrow": [arrow(table, compression, stream=False) for table in TABLES for compression in (None, "lz4")],
}


@pytest.mark.parametrize(("name", "many"), [("Maker.parquet", 3_000), ("Maker.arrows", 2_000), ("Maker.arrow", 1_000)])
def test_typed(tmp_path: Path, rounds: Rounds, name: str, many: int) -> None:
    path = tmp_path / name

    def law(content: bytes, changes: list[Change], limits: Limits) -> None:
        path.write_bytes(changed(content, changes))
        check_read(path, limits=limits)

    check_always(rounds(many // 60, many), law, content=st.sampled_from(FILES[name]), changes=CHANGES, limits=LIMITS)
