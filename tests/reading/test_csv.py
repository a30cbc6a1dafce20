"""CSV: text stays text, rows count as in a spreadsheet, and broken bytes end in one line."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.errors import LoadError
from ecograph.reading import Raw, assemble, read_csv
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
        (b"id,,name\n", "nodes/Maker.csv row 1: column 2 has no heading; name it or delete it"),
        (b"id,id\n", "nodes/Maker.csv row 1: the heading 'id' stands twice; rename or delete one of the columns"),
        (HEADER + b'1,"a\n2,b\n', "nodes/Maker.csv row 2: a quote is opened and never closed; close it"),
        (HEADER + "1,创".encode("gb18030"), "nodes/Maker.csv row 2: the bytes are not UTF-8; save it as CSV UTF-8"),
        (HEADER + b'1,"a\nb"\n2,\xff', "nodes/Maker.csv row 3: the bytes are not UTF-8; save it as CSV UTF-8"),
        ("id\n1".encode("utf-16"), "nodes/Maker.csv row 1: the bytes are not UTF-8; save it as CSV UTF-8"),
    ],
)
def test_refused(file: Path, content: bytes, message: str) -> None:
    assert refusal(file, content) == message


def test_a_row_longer_than_a_block_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecograph.reading.csv.BLOCK", 64)
    assert refusal(file, HEADER + b"1," + b"x" * 200).endswith("; check the quotes and save it as CSV UTF-8")


def test_a_cell_of_a_million_characters_is_read(file: Path) -> None:
    assert raw(file, HEADER + b"1," + b"x" * 2_000_000).table.column("name")[0].as_py() == "x" * 2_000_000


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
    monkeypatch.setattr("ecograph.reading.csv._headings", lambda *_: ["id", "name", "age"])
    message = "nodes/Maker.csv row 1: the quotes of the headings do not match; close every quote"
    assert refusal(file, HEADER + b"1,a\n") == message
