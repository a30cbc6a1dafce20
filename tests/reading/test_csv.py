"""CSV: text stays text, rows count as in a spreadsheet, and broken bytes end in one line."""

import contextlib
import csv
import io
import threading
import time
import weakref
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.errors import LoadError
from ecograph.reading import Limits, Raw, assemble, read_csv
from ecograph.reading.csv import wait_for_the_end_of
from tests.reading.messy import SCHEMA

HEADER = b"id,name\n"


def raw(path: Path, content: bytes) -> Raw:
    path.write_bytes(content)
    return read_csv(path, "nodes/Maker.csv")[0]


def refusal(path: Path, content: bytes) -> str:
    with pytest.raises(LoadError) as refused:
        raw(path, content)
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "Maker.csv"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_every_cell_is_text(file: Path, mark: bytes, ending: bytes) -> None:
    lines = [b"id,name,age", b"00123,NA,1.0", b'"a,b","say ""hi""",', "创客,null, 7 ".encode()]
    table = raw(file, mark + ending.join(lines) + ending).table
    assert table.to_pylist() == [
        {"id": "00123", "name": "NA", "age": "1.0"},
        {"id": "a,b", "name": 'say "hi"', "age": None},
        {"id": "创客", "name": "null", "age": " 7 "},
    ]


def test_rows_count_as_in_a_spreadsheet(file: Path) -> None:
    content = HEADER + b'1,"two\nlines"\n\n2,b\n3\n4,d,e\n,\n5,e\n'
    made = raw(file, content)
    assert made.tidied().table.column("id").to_pylist() == ["1", "2", "5"]
    assert made.tidied().rows.tolist() == [2, 4, 8]
    _, findings = read_csv(file, "nodes/Maker.csv")
    assert [(item.code, item.file, item.row, item.value) for item in findings] == [
        ("wrong_fields", "nodes/Maker.csv", 5, "3"),
        ("wrong_fields", "nodes/Maker.csv", 6, "4,d,e"),
    ]
    assert findings[0].reason() == "the row has 1 cells where the headings have 2: 3"
    assert findings[1].reason("zh") == "该行有 3 个单元格，而表头有 2 个：4,d,e"


def test_rows_are_numbered_across_blocks(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecograph.reading.csv.BLOCK", 64)
    many = 300
    lines = [f"{number}\n" if number % 7 == 0 else f'{number},"x\ny"\n' for number in range(many)]
    made = raw(file, HEADER + "".join(lines).encode())
    sound = [number for number in range(many) if number % 7]
    assert made.table.column("id").to_pylist() == [str(number) for number in sound]
    assert made.rows.tolist() == [number + 2 for number in sound]
    findings = read_csv(file, "nodes/Maker.csv")[1]
    assert [item.row for item in findings] == [number + 2 for number in range(0, many, 7)]


def test_beyond_a_thousand_rows_of_wrong_length_are_counted(file: Path) -> None:
    file.write_bytes(HEADER + b"1\n" * 1_001)
    findings = read_csv(file, "nodes/Maker.csv")[1]
    assert (len(findings), sum(item.count for item in findings)) == (1_001, 1_001)
    assert (findings[-1].row, findings[-1].value) == (None, "… (+1)")
    assert findings[-1].reason() == "the row has … cells where the headings have 2: … (+1)"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "nodes/Maker.csv: row 1 is empty; the first row names the columns"),
        (b"\xef\xbb\xbf", "nodes/Maker.csv: row 1 is empty; the first row names the columns"),
        (b"\nid\n", "nodes/Maker.csv: row 1 is empty; the first row names the columns"),
        (HEADER + b'1,"a\n2,b\n', "nodes/Maker.csv row 2, column 'name': a quote is opened and never closed; close it"),
        (
            HEADER + b'1,"a"b\n',
            (
                "nodes/Maker.csv row 2, column 'name': the cell goes on after its closing quote; "
                "write a quote inside a cell twice"
            ),
        ),
        (
            HEADER + b'1,"a\nb"\n2,\xff',
            (
                "nodes/Maker.csv row 3, column 'name': the bytes are neither UTF-8 nor GB18030; "
                "save it as CSV UTF-8, or name its encoding in ecosystem.toml"
            ),
        ),
        (
            HEADER + "1,创客空间".encode() + b"\n2,\xff",
            (
                "nodes/Maker.csv row 3, column 'name': the bytes are not UTF-8; "
                "save it as CSV UTF-8, or name its encoding in ecosystem.toml"
            ),
        ),
        (
            "id\n1".encode("utf-16-le"),
            (
                "nodes/Maker.csv row 1, column 1: the heading holds a NUL byte, as text in UTF-16 without a mark does; "
                "save it as CSV UTF-8, or name its encoding in ecosystem.toml"
            ),
        ),
        (
            "id，name\n".encode(),
            (
                "nodes/Maker.csv row 1: '，' stands between the headings; allowed: commas, semicolons, tabs; "
                "save it as CSV UTF-8"
            ),
        ),
        (b"sep=;\nid;name\n", "nodes/Maker.csv row 1: 'sep=' is a hint to a program and no heading; delete the row"),
    ],
)
def test_refused(file: Path, content: bytes, message: str) -> None:
    assert refusal(file, content) == message


SAID = "id,name\n1,创客\n2,港湾\n"
MADE = [{"id": "1", "name": "创客"}, {"id": "2", "name": "港湾"}]


@pytest.mark.parametrize(
    ("encoding", "mark", "named", "found"),
    [
        ("utf-8", b"", "", ()),
        ("utf-16-le", b"\xff\xfe", "", ()),
        ("utf-16-be", b"\xfe\xff", "", ()),
        ("utf-16-le", b"", "utf-16", ()),
        ("utf-16-be", b"", "utf-16-be", ()),
        ("gb18030", b"", "", ("assumed_encoding",)),
        ("gb18030", b"", "gb18030", ()),
        ("gb18030", b"", "gbk", ()),
    ],
)
def test_encodings(file: Path, encoding: str, mark: bytes, named: str, found: tuple[str, ...]) -> None:
    file.write_bytes(mark + SAID.encode(encoding))
    made, findings = read_csv(file, "nodes/Maker.csv", encoding=named)
    assert made.table.to_pylist() == MADE
    assert tuple(item.code for item in findings) == found


def test_latin_1_is_read_only_where_it_is_named(file: Path) -> None:
    content = "id,name\n1,café\n2,Zoé Müller\n".encode("latin-1")
    assert "neither UTF-8 nor GB18030" in refusal(file, content)
    made, _ = read_csv(file, "nodes/Maker.csv", encoding="latin-1")
    assert made.table.column("name").to_pylist() == ["café", "Zoé Müller"]


def test_half_a_surrogate_pair_is_no_text(file: Path) -> None:
    made = raw(file, b"id,name\n1,a\xed\xa0\x80b\n")
    assert "\ufffd" in made.table.column("name")[0].as_py()
    assert raw(file, b"\xff\xfe" + "id\n1".encode("utf-16-le") + b"\x00\xd8").table.column("id")[0].as_py() == "1\ufffd"


@pytest.mark.parametrize(("separator", "words"), [(";", "semicolons"), ("\t", "tabs")])
def test_separators_are_seen_in_the_headings(file: Path, separator: str, words: str) -> None:
    content = f'id{separator}name\n1{separator}"a{separator}b"\n2{separator}a,b\n'.encode()
    file.write_bytes(content)
    made, findings = read_csv(file, "nodes/Maker.csv")
    assert made.table.column("name").to_pylist() == [f"a{separator}b", "a,b"]
    assert [(item.code, item.details["separator"]) for item in findings] == [("assumed_separator", words)]
    assert not read_csv(file, "nodes/Maker.csv", separator=separator)[1]


def test_columns_that_no_heading_tells_apart_are_left_out_and_found(file: Path) -> None:
    file.write_bytes(b"id,,name,name,,age, age \n1,a,b,c,,7,\n2,,d,,,8,\n")
    made, findings = read_csv(file, "nodes/Maker.csv")
    assert made.table.to_pylist() == [{"id": "1", "age": "7"}, {"id": "2", "age": "8"}]
    assert [(item.code, item.count, item.row, item.details["position"]) for item in findings] == [
        ("missing_heading", 1, 1, 2),
        ("repeated_heading", 2, 1, 3),
        ("repeated_heading", 1, 1, 4),
    ]


@pytest.mark.parametrize(
    ("limits", "content", "message"),
    [
        (Limits(file_bytes=9), HEADER + b"1,a\n", "nodes/Maker.csv: file_bytes=12; allowed: 9"),
        (Limits(rows=1), HEADER + b"1,a\n2,b\n", "nodes/Maker.csv: rows=2; allowed: 1"),
        (Limits(columns=1), HEADER + b"1,a\n", "nodes/Maker.csv row 1: columns=2; allowed: 1"),
        (Limits(cell_bytes=8), HEADER + b"1,aaaaaaaaa\n", "row 2, column 'name': cell_bytes=9; allowed: 8"),
    ],
)
def test_limits_name_what_is_beyond_them_and_how_to_raise_them(
    file: Path, limits: Limits, content: bytes, message: str
) -> None:
    file.write_bytes(content)
    with pytest.raises(LoadError) as refused:
        read_csv(file, "nodes/Maker.csv", limits=limits)
    assert message in str(refused.value)
    assert str(refused.value).endswith("under [limits] in ecosystem.toml")


def test_a_row_longer_than_a_block_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecograph.reading.csv.BLOCK", 64)
    file.write_bytes(HEADER + b"1," + b"x" * 200)
    with pytest.raises(LoadError, match=r"row 2: the row is longer than 64 bytes; split it, or check the file"):
        read_csv(file, "nodes/Maker.csv", limits=Limits(cell_bytes=32))


def test_a_cell_of_a_million_characters_is_read(file: Path) -> None:
    assert raw(file, HEADER + b"1," + b"x" * 1_000_000).table.column("name")[0].as_py() == "x" * 1_000_000


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04" + b"\0" * 30, "it is an Excel or LibreOffice workbook or another zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it is an old Excel workbook"),
        (b"\x1f\x8b\x08", "it is a gzip archive"),
        (b"%PDF-1.7\n", "it is a PDF document"),
        (b"<html><table><tr><td>id</td></tr></table>", "it is a web page or XML"),
    ],
)
def test_what_is_no_table_of_text_is_refused_with_what_to_do(file: Path, content: bytes, what: str) -> None:
    said = refusal(file, content)
    assert what in said
    assert said.endswith("save each table as CSV UTF-8")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(LoadError, match=r"nodes/Maker\.csv: cannot be read"):
            read_csv(path, "nodes/Maker.csv")


CELLS = st.text(st.sampled_from('ab ,"\n\r;é创'), max_size=4)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6))
def test_what_a_spreadsheet_writes_is_read(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    path = tmp_path_factory.getbasetemp() / "written.csv"
    made = raw(path, text.getvalue().encode())
    assert [[cell or "" for cell in row.values()] for row in made.table.to_pylist()] == rows
    assert made.rows.tolist() == [*range(2, len(rows) + 2)]


PARTS = [b"id", b",", b"\n", b"\r", b'"', b"\xff", b"\x00", b"\xef\xbb\xbf", b"1", "创".encode()]


ANY = st.lists(st.sampled_from(PARTS)).map(b"".join) | st.binary(max_size=200).map(lambda tail: b"id\n" + tail)


@given(ANY)
def test_any_bytes_are_read_or_refused_in_one_line(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    lines = []
    try:
        made, findings = read_csv(path, "nodes/Maker.csv")
        lines += [item.line() for item in (*findings, *assemble(SCHEMA, {"Maker": [made]}, {})[1])]
        assert not set(made.rows.tolist()) & {item.row for item in findings}
    except LoadError as refused:
        lines.append(str(refused))
    assert all(len(line.splitlines()) == 1 for line in lines)


def test_headings_that_two_parsers_read_differently_are_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecograph.reading.csv.headings", lambda *_: ["id", "name", "age"])
    message = "nodes/Maker.csv row 1: the quotes of the headings do not match; close every quote"
    assert refusal(file, HEADER + b"1,a\n") == message


def test_reading_ends_when_no_thread_holds_the_handler() -> None:
    """A thread that lets go of it while Python ends would abort the process."""
    handler = [lambda row: "skip"]
    held = weakref.ref(handler[0])
    thread = threading.Timer(0.2, handler.clear)
    started = time.monotonic()
    thread.start()
    wait_for_the_end_of(held)
    assert held() is None
    assert time.monotonic() - started >= 0.2
    thread.join()


@pytest.mark.parametrize("content", [b"id,name\n1,a\n1,a,b\n", b"id,name\n1,a,b\n1," + b"x" * 5_000_000])
def test_no_thread_holds_the_handler_afterwards(file: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[object] = []

    def waited(held: weakref.ref[object]) -> None:
        wait_for_the_end_of(held)
        left.append(held())

    monkeypatch.setattr("ecograph.reading.csv.wait_for_the_end_of", waited)
    file.write_bytes(content)
    with contextlib.suppress(LoadError):
        read_csv(file, "nodes/Maker.csv")
    assert left == [None]
