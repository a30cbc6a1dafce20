"""Files that are something else than text: Parquet and Arrow in every state, and what is no table at all."""

import gzip
import io
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.reading.corpus.case import ADD, UNPACK, Case, makers

PARQUET, ARROW = "nodes/Maker.parquet", "nodes/Maker.arrow"
NOT_PARQUET = "@: cannot be read as Parquet (…); write the file anew"
NOT_ARROW = "@: cannot be read as Arrow (…); write the file anew"
TABLE = pa.table({"id": ["ada", "bo"], "name": ["Ada", None]})


def parquet(table: pa.Table, **options: Any) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, **options)
    return sink.getvalue()


def arrow(table: pa.Table, *, stream: bool = True, compression: str | None = None) -> bytes:
    sink = io.BytesIO()
    make = pa.ipc.new_stream if stream else pa.ipc.new_file
    with make(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression=compression)) as writer:
        writer.write_table(table)
    return sink.getvalue()


def twice(name: str, *cells: list[Any]) -> pa.Table:
    return pa.table([pa.array(column) for column in (["ada", "bo"], *cells)], names=["id", *[name] * len(cells)])


def with_column(cells: pa.Array, name: str = "name") -> pa.Table:
    return pa.table({"id": ["ada", "bo"], name: cells})


def letters(*words: bytes) -> pa.Array:
    """Text that is not checked."""
    return pa.Array.from_buffers(pa.string(), len(words), pa.array(words).buffers())


def in_both(what: str, table: pa.Table, *found: str, refused: str = "", **held: list[Any]) -> dict[str, Case]:
    """The same table as Parquet and as Arrow."""
    return {
        f"{what} in {form}": makers(make(table), *found, refused=refused, file=file, **held)
        for form, make, file in (("Parquet", parquet, PARQUET), ("Arrow", arrow, ARROW))
    }


BROKEN = {
    "sound Parquet": makers(parquet(TABLE), file=PARQUET, id=["ada", "bo"], name=["Ada", None]),
    "sound Arrow": makers(arrow(TABLE), file=ARROW, id=["ada", "bo"]),
    "a sound Arrow file": makers(arrow(TABLE, stream=False), file="nodes/Maker.feather", id=["ada", "bo"]),
    "compressed Arrow": makers(arrow(TABLE, compression="zstd"), file=ARROW, id=["ada", "bo"]),
    "an ending in capitals": makers(parquet(TABLE), file="nodes/Maker.PARQUET", id=["ada", "bo"]),
    "Parquet without rows": makers(parquet(TABLE.slice(0, 0)), file=PARQUET, id=[]),
    "Parquet without columns": makers(
        parquet(TABLE.select([])), file=PARQUET, refused="@ row 1: no column id (编号); found: nothing" + ADD
    ),
    "CSV named Parquet": makers("id\nada\n", file=PARQUET, refused=NOT_PARQUET),
    "CSV named Arrow": makers("id\nada\n", file=ARROW, refused=NOT_ARROW),
    "Arrow named Parquet": makers(arrow(TABLE, stream=False), file=PARQUET, refused=NOT_PARQUET),
    "Parquet named Arrow": makers(parquet(TABLE), file=ARROW, refused=NOT_ARROW),
    "empty Parquet": makers(b"", file=PARQUET, refused=NOT_PARQUET),
    "empty Arrow": makers(b"", file=ARROW, refused=NOT_ARROW),
    "Parquet without its end": makers(parquet(TABLE)[:-9], file=PARQUET, refused=NOT_PARQUET),
    "Parquet without its beginning": makers(parquet(TABLE)[9:], file=PARQUET, refused=NOT_PARQUET),
    "Parquet without its middle": makers(
        parquet(TABLE)[:20] + parquet(TABLE)[-300:], file=PARQUET, refused=NOT_PARQUET
    ),
    "nothing but Parquet's marks": makers(b"PAR1" + b"\0" * 8 + b"PAR1", file=PARQUET, refused=NOT_PARQUET),
    "Arrow without its end": makers(arrow(TABLE)[:-100], file=ARROW, refused=NOT_ARROW),
    "Arrow without its batches": makers(arrow(TABLE)[:30], file=ARROW, refused=NOT_ARROW),
    "an Arrow file without its end": makers(arrow(TABLE, stream=False)[:-20], file=ARROW, refused=NOT_ARROW),
    "a heading in Parquet that is not UTF-8": makers(
        parquet(TABLE, store_schema=False).replace(b"name", b"na\xffe"), file=PARQUET, refused=NOT_PARQUET
    ),
    "a heading in Arrow that is not UTF-8": makers(
        arrow(TABLE).replace(b"name", b"na\xffe"), file=ARROW, refused=NOT_ARROW
    ),
    "rows where the limit is low, in Parquet": makers(
        parquet(TABLE),
        file=PARQUET,
        manifest="[limits]\nrows = 1\n",
        refused="@: rows=2; allowed: 1; check the file, or raise rows under [limits] in ecosystem.toml",
    ),
    "a small file of much": makers(
        parquet(pa.table({"id": ["x" * 1000] * 100_000})),
        file=PARQUET,
        manifest="[limits]\nfile_bytes = 1000000\n",
        refused="@: unpacked up to column 'id': file_bytes=100,000,000; allowed: 1,000,000; "
        "check the file, or raise file_bytes under [limits] in ecosystem.toml",
    ),
    "a small stream of much": makers(
        arrow(pa.table({"id": ["x" * 1000] * 100_000}), compression="zstd"),
        file=ARROW,
        manifest="[limits]\nfile_bytes = 1000000\n",
        refused="@: unpacked: file_bytes=…; allowed: 1,000,000; check the file, or raise file_bytes under [limits] in "
        "ecosystem.toml",
    ),
}
LONG = {
    f"a long cell of type {kind}": makers(
        arrow(with_column(pa.array(["a", "abcdef"], kind))),
        file=ARROW,
        manifest="[limits]\ncell_bytes = 5\n",
        refused="@ row 3, column 'name': cell_bytes=6; allowed: 5; check the file, or raise cell_bytes under [limits] "
        "in ecosystem.toml",
    )
    for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.binary())
}
TYPES: dict[str, Case] = (
    in_both("lists", with_column(pa.array([["a"], []]), "tags"), "nested_column @ 1 tags x2", id=["ada", "bo"])
    | in_both("records", with_column(pa.array([{"a": 1}, None]), "tags"), "nested_column @ 1 tags x2", id=["ada", "bo"])
    | in_both(
        "maps",
        with_column(pa.array([[("a", 1)], []], pa.map_(pa.string(), pa.int8())), "tags"),
        "nested_column @ 1 tags x2",
    )
    | in_both(
        "a record beside a column of its path",
        pa.table({"id": ["ada"], "a.b": ["x"], "a": [{"b": 1}]}),
        "nested_column @ 1 a",
        "unknown_column @ - a.b",
        id=["ada"],
    )
    | in_both("nested ids", pa.table({"id": [["ada"]]}), refused="@ row 1: no column id (编号); found: nothing" + ADD)
    | in_both("numbers for ids", pa.table({"id": [7, 10]}), id=["10", "7"])
    | in_both("decimals for ids", pa.table({"id": [7.0, 7.5]}), id=["7", "7.5"])
    | in_both(
        "numbers for ids, one missing",
        pa.table({"id": [7.0, None, float("nan")], "name": list("abc")}),
        "blank_id @ 3 id",
        "blank_id @ 4 id",
        id=["7"],
    )
    | in_both("days for ids", pa.table({"id": [date(2024, 1, 5)]}), id=["2024-01-05"])
    | in_both(
        "packed ids",
        pa.table({"id": pa.array(["ada", "bo", "ada"]).dictionary_encode()}),
        "equal_rows @ 4 id",
        id=["ada", "bo"],
    )
    | in_both("long text", pa.table({"id": pa.array(["ada"], pa.large_string())}), id=["ada"])
    | in_both("bytes", pa.table({"id": [b"ada", b"\xff"]}), id=["ada", "b'\\xff'"])
    | in_both("nothing but nothing", pa.table({"id": ["ada"], "name": pa.nulls(1)}), id=["ada"], name=[None])
    | in_both(
        "text that is not UTF-8",
        pa.table({"id": letters(b"ada", b"b\xff")}),
        refused="@ row 3, column 'id': the bytes are not UTF-8; write the file anew",
    )
    | in_both(
        "a heading twice",
        twice("name", ["a", "b"], ["c", "d"]),
        *["repeated_heading @ 1 name x2"] * 2,
        id=["ada", "bo"],
    )
    | in_both("no heading", twice("", ["a", "b"]), "missing_heading @ 1  x2", id=["ada", "bo"])
    | in_both("a nul byte", with_column(pa.array(["a\0", "b"])), "nul_character @ 2 name", name=[None, "b"])
)
STRANGE: dict[str, pa.Array] = {
    "half numbers": pa.array([1.5, None], pa.float16()),
    "moments": pa.array([datetime(2024, 1, 5, tzinfo=UTC), None]),
    "moments far beyond": pa.array([2**62, -(2**62)], pa.timestamp("s")),
    "moments of nowhere": pa.array([0, 1], pa.timestamp("us", "Nowhere/Land")),
    "moments beyond, of nowhere": pa.array([2**62, -(2**62)], pa.timestamp("us", "Nowhere/Land")),
    "days far beyond": pa.array([2**31 - 1, -(2**31)], pa.date32()),
    "times": pa.array([time(10, 30), None]),
    "spans": pa.array([timedelta(days=1), None]),
    "spans far beyond": pa.array([2**62, None], pa.duration("s")),
    "decimals": pa.array([Decimal("1.50"), None]),
    "long decimals": pa.array([Decimal(10) ** 70, None], pa.decimal256(76, 0)),
    "months": pa.array([(1, 2, 3), None], pa.month_day_nano_interval()),
    "views of text": pa.array(["a", None], pa.string_view()),
    "numbers beyond": pa.array([2**64 - 1, None], pa.uint64()),
    "identifiers": pa.ExtensionArray.from_storage(pa.uuid(), pa.array([b"x" * 16, None], pa.binary(16))),
    "fixed bytes": pa.array([b"ab", None], pa.binary(2)),
    "packed numbers": pa.array([1, None]).dictionary_encode(),
    "runs": pa.RunEndEncodedArray.from_arrays(pa.array([2]), pa.array(["a"])),
}
NESTED = ("runs",)
UNKNOWN = {
    f"{name} in a column of its own": makers(
        arrow(with_column(cells, "extra")),
        "nested_column @ 1 extra x2" if name in NESTED else "unknown_column @ - extra x2",
        file=ARROW,
        id=["ada", "bo"],
    )
    for name, cells in STRANGE.items()
}


def workbook() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as book:
        book.writestr("[Content_Types].xml", "<Types/>")
    return sink.getvalue()


def database(path: Path) -> None:
    with sqlite3.connect(path) as made:
        made.execute("create table Maker (id text)")
    made.close()


WEB = "a web page or XML, which some programs save under the name of a table"
FORMATS: dict[str, tuple[bytes | str | Callable[[Path], None], str]] = {
    "a workbook": (workbook(), "an Excel or LibreOffice workbook or another zip archive"),
    "an empty archive": (b"PK\x05\x06" + b"\0" * 18, "an Excel or LibreOffice workbook or another zip archive"),
    "an old workbook": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512, "an old Excel workbook"),
    "a gzip archive": (gzip.compress(b"id\nada\n", mtime=0), "a gzip archive"),
    "a PDF document": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
    "a text document": ("{\\rtf1 id}", "a text document with formats"),
    "a web page": ("<html><table><tr><td>id</td></tr></table></html>", WEB),
    "a web page with a mark": (b"\xef\xbb\xbf\r\n<!DOCTYPE html>", WEB),
    "XML": ('<?xml version="1.0"?><Workbook/>', WEB),
    "a database": (database, "a database"),
    "Parquet": (parquet(TABLE), "a Parquet file, whose name should end in .parquet"),
    "Arrow": (arrow(TABLE, stream=False), "an Arrow file, whose name should end in .arrow"),
}
NAMED_CSV = {
    f"{name} named CSV": makers(content, refused=f"@: it is {what}; {UNPACK}")
    for name, (content, what) in FORMATS.items()
}
ENDINGS = {
    f"a file ending in {ending or 'nothing'}": makers(
        "id\nada\n", file=f"nodes/Maker{ending}", refused=f"@: {ending or 'no ending'} is not read; {UNPACK}"
    )
    for ending in (".xlsx", ".xls", ".ods", ".json", ".gz", ".zip", "")
}
JSON = {
    "JSON named CSV": makers('[{"id": "ada"}]\n', refused='@ row 1: no column id (编号); found: [{"id": "ada"}]' + ADD),
    "an Arrow stream named CSV": makers(
        arrow(TABLE), refused="@: the bytes are UTF-16 without a mark, or no text at all; …"
    ),
}

CASES: dict[str, Case] = BROKEN | LONG | TYPES | UNKNOWN | NAMED_CSV | ENDINGS | JSON
