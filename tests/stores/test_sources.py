"""Sources: what ecosystem.toml says about files, and how what it says wrongly is refused."""

from pathlib import Path

import pyarrow as pa
import pytest

import ecograph as eg
from ecograph.errors import LoadError

MEMBERS = """会员编号,姓名,所在空间,入驻日期,备注
A01,李雷,星港,2024-03-01,
A02,韩梅梅,星港,2024年4月2日,常客
A03,张伟,无名,2024-05-01,
"""
MONEY = "付款方;收款方;金额;日期\n星港;A01;1.234,50;2024-06-01\n星港;A02;300;2024-06-02\n"
MANIFEST = """
[[files]]
path = "会员.csv"
kind = "创客"
encoding = "gb18030"
columns = { "会员编号" = "id", "姓名" = "name" }
only = true

[[files]]
path = "会员.csv"
relation = "SETTLED_IN"
encoding = "gb18030"
columns = { "会员编号" = "source", "所在空间" = "target", "入驻日期" = "valid_from" }
only = true

[[files]]
path = "流水/2024.csv"
relation = "TRANSFERS"
decimal = ","
thousands = "."
separator = "semicolon"
columns = { "付款方" = "source", "收款方" = "target", "金额" = "amount", "日期" = "at" }
values = { unit = "CNY", source_kind = "Makerspace", target_kind = "Maker" }
"""


def folder(path: Path, manifest: str = MANIFEST) -> Path:
    (path / "nodes").mkdir(parents=True)
    (path / "流水").mkdir()
    (path / "nodes" / "众创空间.csv").write_text("id\n星港\n", encoding="utf-8")
    (path / "会员.csv").write_bytes(MEMBERS.encode("gb18030"))
    (path / "流水" / "2024.csv").write_text(MONEY, encoding="utf-8")
    (path / "ecosystem.toml").write_text(manifest, encoding="utf-8")
    return path


def test_files_are_read_as_the_manifest_says(tmp_path: Path) -> None:
    eco = eg.read(folder(tmp_path / "hub"))
    assert eco.nodes("Maker")["name"].tolist() == ["李雷", "韩梅梅", "张伟"]
    assert "备注" not in eco.nodes("Maker").names
    assert [str(day) for day in eco.relations("SETTLED_IN").arrow("valid_from").to_pylist()] == [
        "2024-03-01",
        "2024-04-02",
    ]
    transfers = eco.relations("TRANSFERS")
    assert (transfers["amount"].tolist(), transfers["unit"].tolist()) == ([1234.5, 300.0], ["CNY", "CNY"])
    assert eco.quality.counts() == {"unknown_end": 1}
    (lost,) = eco.quality
    assert (lost.file, lost.row, lost.column, lost.value) == ("会员.csv", 4, "所在空间", "无名")
    assert eco.manifest == {"title": "hub"}


def test_settings_for_all_files_yield_to_those_of_one(tmp_path: Path) -> None:
    path = folder(tmp_path / "hub", '[reading]\nencoding = "gb18030"\ndecimal = ","\n' + MANIFEST)
    (path / "nodes" / "企业.csv").write_bytes("id,name\ne1,启航\n".encode("gb18030"))
    (path / "nodes" / "众创空间.csv").write_bytes("id\n星港\n".encode("gb18030"))
    (path / "流水" / "2024.csv").write_bytes(MONEY.encode("gb18030"))
    eco = eg.read(path)
    assert eco.nodes("Enterprise")["name"].tolist() == ["启航"]
    assert eco.quality.counts() == {"unknown_end": 1}


def test_several_files_are_one_kind(tmp_path: Path) -> None:
    parts = ['[[files]]\npath = "nodes/a.csv"\nkind = "Maker"\n', '[[files]]\npath = "nodes/b.tsv"\nkind = "创客"\n']
    (tmp_path / "nodes").mkdir()
    (tmp_path / "nodes" / "a.csv").write_text("id\nada\n")
    (tmp_path / "nodes" / "b.tsv").write_text("id\tname\nbo\tBo\nada\tAda\n")
    (tmp_path / "ecosystem.toml").write_text("\n".join(parts), encoding="utf-8")
    eco = eg.read(tmp_path)
    assert eco.nodes("Maker")["id"].tolist() == ["ada", "bo"]
    assert eco.quality.counts() == {"assumed_separator": 1, "duplicate_id": 1}


@pytest.mark.parametrize("ending", [".arrow", ".arrows", ".feather", ".ARROW"])
@pytest.mark.parametrize("stream", [True, False])
def test_arrow_streams_and_files_keep_their_types(tmp_path: Path, ending: str, stream: bool) -> None:
    table = pa.table({"id": ["ada", "bo"], "age": [21, None], "tags": [["a"], ["b"]]})
    (tmp_path / "nodes").mkdir()
    with pa.OSFile(str(tmp_path / "nodes" / f"Maker{ending}"), "wb") as sink:
        make = pa.ipc.new_stream if stream else pa.ipc.new_file
        with make(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=1)
    eco = eg.read(tmp_path)
    assert eco.nodes("Maker")["id"].tolist() == ["ada", "bo"]
    assert {item.code: item.column for item in eco.quality} == {"nested_column": "tags", "unknown_column": "age"}


def test_broken_arrow_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "nodes").mkdir()
    path = tmp_path / "nodes" / "Maker.arrow"
    letters = pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xff"]).buffers())
    for content in (b"", b"ARROW1\0\0", b"\xff\xff\xff\xffnothing", b"ARROW1\0\0" + b"x" * 100):
        path.write_bytes(content)
        with pytest.raises(
            LoadError, match=r"^nodes/Maker\.arrow: cannot be read as Arrow \(.*\); write the file anew$"
        ):
            eg.read(tmp_path)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, pa.schema([("id", pa.string())])) as writer:
        writer.write_table(pa.table({"id": letters}))
    with pytest.raises(LoadError, match=r"nodes/Maker\.arrow row 2, column 'id': the bytes are not UTF-8"):
        eg.read(tmp_path)


def test_limits_may_be_raised_and_lowered(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"rows=3; allowed: 2; check the file, or raise rows under \[limits\]"):
        eg.read(folder(tmp_path / "low", "[limits]\nrows = 2\n" + MANIFEST))
    assert eg.read(folder(tmp_path / "high", "[limits]\nrows = 3\n" + MANIFEST)).nodes("Maker")


ENTRY = '[[files]]\npath = "会员.csv"\nkind = "Maker"\n'


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        (ENTRY + "columns = { 编号 = 'id' }", r'put names in Chinese into double quotes \("\)'),
        (ENTRY + 'columns = {\n"会员编号" = "id" }', "what stands in braces on one line"),
        ("[[files]]\npath = “会员.csv”", r'put texts into double quotes \("\)'),
        ('[[files]]\npath = "流水\\2024.csv"', "write / between folders"),
        ('files = "a.csv"', r"files is no list of tables; write \[\[files\]\] above each of them"),
        ("reading = 3", r"reading=3 is no table; write \[reading\]"),
        ('[reading]\nencodings = "gbk"', r"\[reading\] 'encodings' is no setting; allowed: encoding, separator,"),
        ('[reading]\nencoding = "ebcdic"', r"encoding='ebcdic'; allowed: 'utf-8', 'utf-16', .*'latin-1'"),
        ('[reading]\nseparator = "|"', r"separator='\|'; allowed: 'comma', 'semicolon', 'tab'"),
        ('[reading]\ndecimal = ","\nthousands = ","', "decimal and thousands are both ','; give them different marks"),
        ("[limits]\nrow = 3", r"\[limits\] 'row' is no setting; allowed: file_bytes, rows, columns, cell_bytes"),
        ("[limits]\nrows = 0", r"\[limits\] rows=0; give a whole number above 0"),
        ("[limits]\nrows = true", r"\[limits\] rows=True; give a whole number above 0"),
        (
            "[limit]\nrows = 1",
            r"\[limit\] is no table of settings; allowed: conversions, files, limits, reading, schema",
        ),
        ('[[files]]\nkind = "Maker"', r"\[\[files\]\] 1 has no path; give the file's path inside the folder"),
        ('[[files]]\npath = "gone.csv"\nkind = "Maker"', r"path='gone.csv': no such file inside the folder"),
        ('[[files]]\npath = "../x.csv"\nkind = "Maker"', r"path='../x.csv': no such file inside the folder"),
        ('[[files]]\npath = "/etc/passwd"\nkind = "Maker"', r"no such file inside the folder"),
        ('[[files]]\npath = "会员.csv"', r"path='会员.csv': say what its rows are, with kind= for nodes"),
        (ENTRY + 'relation = "SETTLED_IN"', "has a kind and a relation; a file that holds both stands under"),
        (ENTRY + 'only = "yes"', "only='yes'; allowed: true, false"),
        (ENTRY + "columns = 3", "columns=3; write columns = {"),
        (ENTRY + 'colums = { "编号" = "id" }', "'colums' is no setting; allowed: path, kind, relation, encoding"),
        (
            ENTRY + 'columns = { "编号" = "id" }',
            "会员.csv row 1: no column '编号', which ecosystem.toml names; found: 会员编号",
        ),
        (
            ENTRY + 'columns = { "会员编号" = "id", "姓名" = "id" }',
            "'会员编号' and '姓名' would both be the column 'id'; mend columns or values in ecosystem.toml",
        ),
        (
            ENTRY + 'columns = { "会员编号" = "id" }\nvalues = { id = "1" }',
            "'会员编号' and 'id' would both be the column 'id'",
        ),
        (ENTRY.replace("Maker", "Wizard"), "会员.csv: .*'Wizard'"),
    ],
)
def test_what_the_manifest_says_wrongly_is_refused_in_one_line(tmp_path: Path, manifest: str, message: str) -> None:
    with pytest.raises(LoadError, match=message) as refused:
        eg.read(folder(tmp_path / "hub", manifest))
    assert "\n" not in str(refused.value)


def test_a_file_that_is_no_table_is_refused_wherever_it_is_named(tmp_path: Path) -> None:
    path = folder(tmp_path / "hub", '[[files]]\npath = "会员.xlsx"\nkind = "Maker"\n')
    (path / "会员.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(LoadError, match=r"会员\.xlsx: \.xlsx is not read; .* save each table as CSV UTF-8"):
        eg.read(path)


def test_what_lies_beside_tables_is_passed_over(tmp_path: Path) -> None:
    path = folder(tmp_path / "hub")
    (path / "nodes" / ".DS_Store").write_bytes(b"\0")
    (path / "nodes" / "~$名单.xlsx").write_bytes(b"\0")
    (path / "nodes" / "old").mkdir()
    assert eg.read(path).nodes("Makerspace")["id"].tolist() == ["星港"]


def test_settings_about_files_do_not_outlive_them(tmp_path: Path) -> None:
    eco = eg.read(folder(tmp_path / "hub", 'title = "星港"\n' + MANIFEST))
    eg.write(eco, tmp_path / "kept")
    again = eg.read(tmp_path / "kept")
    assert again == eco and again.manifest["title"] == "星港"
    assert not {"files", "reading", "limits"} & set(again.manifest)


def test_a_table_that_nobody_names_is_told(tmp_path: Path) -> None:
    path = folder(tmp_path / "hub")
    (path / "2023.csv").write_text("id\nx\n")
    (path / "流水" / "2023.csv").write_text("id\nx\n")
    (path / "readme.md").write_text("x")
    notes = [(item.code, item.level, item.file) for item in eg.read(path).quality if item.code == "unread_file"]
    assert notes == [("unread_file", "note", "2023.csv"), ("unread_file", "note", "流水/2023.csv")]


def test_nodes_that_a_table_says_are_the_same_are_loaded_as_one(tmp_path: Path) -> None:
    path = folder(tmp_path / "hub")
    (path / "merge.csv").write_text("类型,编号,等同于\n创客,A02,A01\n创客,A09,A01\n", encoding="utf-8")
    eco = eg.read(path)
    assert eco.nodes("Maker")["id"].tolist() == ["A01", "A03"]
    assert eco.relations("TRANSFERS")["target"].tolist() == ["A01", "A01"]
    assert not eco.selection
    assert eco.quality.counts()["unknown_node"] == 1
    assert not any(item.code == "unread_file" for item in eco.quality)
    result = eg.degree(eco.network("TRANSFERS"))
    assert eg.repeat(result, eg.read(path)) == result
    with pytest.raises(LoadError, match="strict: "):
        eg.read(path, strict=True)
    (path / "merge.tsv").write_text("kind\tid\tsame_as\n")
    with pytest.raises(LoadError, match=r"merge\.tsv: merge\.csv stands beside it; keep one of them"):
        eg.read(path)
