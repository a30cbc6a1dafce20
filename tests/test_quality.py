"""Findings: one table, two languages."""

from pathlib import Path

import pytest

from ecograph.quality import Finding, Findings
from ecograph.table import Language

COLOUR = Finding("unknown_column", 7, "nodes/Maker.csv", column="colour")
MAKERS = {"allowed": "Maker", "allowed_zh": "创客"}
GHOST = Finding("unknown_end", 1, "relations/MEETS.csv", 17, "target", "eve", MAKERS)


def test_a_finding_says_place_reason_and_remedy() -> None:
    place, remedy = "relations/MEETS.csv row 17", "add it to the nodes or drop the row; until then it is left out"
    assert GHOST.line() == f"{place}: target 'eve' is no Maker; {remedy}"
    assert GHOST.reason("zh") == "target “eve” 不是已知的创客"
    assert COLOUR.line().startswith("nodes/Maker.csv: the schema has no column 'colour'; it is kept as text")
    assert (GHOST.level, COLOUR.level) == ("error", "warning")


def test_findings_are_counted_filtered_and_joined() -> None:
    findings = Findings([GHOST]) + Findings([COLOUR])
    assert findings.counts() == {"unknown_column": 7, "unknown_end": 1}
    assert list(findings.of("error")) == [GHOST]
    assert list(findings.of("error", "warning")) == [GHOST, COLOUR]
    assert len(findings.of("note")) == 0
    assert findings == Findings([GHOST, COLOUR])
    assert findings != Findings([COLOUR, GHOST])
    assert findings != [GHOST, COLOUR]
    assert hash(findings) == hash(Findings([GHOST, COLOUR]))


@pytest.mark.parametrize(
    ("language", "names", "level"),
    [
        ("en", ("code", "level", "count", "file", "row", "column", "value", "reason", "remedy"), "error"),
        ("zh", ("代码", "级别", "数量", "文件", "行", "列", "值", "原因", "处理办法"), "错误"),
    ],
)
def test_findings_are_a_table(language: Language, names: tuple[str, ...], level: str) -> None:
    table = Findings([GHOST, COLOUR]).table(language)
    assert table.names == names
    first, second = (list(row.values()) for row in table.rows())
    sentences = [GHOST.reason(language), GHOST.remedy(language)]
    assert first == ["unknown_end", level, 1, "relations/MEETS.csv", 17, "target", "eve", *sentences]
    assert second[4] is None


def test_findings_print_themselves() -> None:
    assert repr(Findings()) == "no findings"
    assert repr(Findings([GHOST])) == f"1 finding (unknown_end 1)\nerror: {GHOST.line()}"
    many = repr(Findings([GHOST] * 1_200))
    assert many.startswith("1,200 findings (unknown_end 1,200)\n")
    assert many.endswith("\n… 1,190 more of 1,200 findings")
    assert len(many.splitlines()) == 12
    assert "eve" in Findings([GHOST])._repr_html_()
    assert Findings().table().names[0] == "code"


def test_errors_are_printed_first_then_warnings_then_notes() -> None:
    note = Finding("assumed_encoding", 1, "nodes/Maker.csv", value="GB18030")
    printed = Findings([note, COLOUR, GHOST, note])
    lines = [f"error: {GHOST.line()}", f"warning: {COLOUR.line()}", *[f"note: {note.line()}"] * 2]
    assert repr(printed).splitlines()[1:] == lines
    assert repr(Findings([note] * 12 + [GHOST])).splitlines()[1] == lines[0]
    html = printed._repr_html_()
    assert html.index("unknown_end") < html.index("unknown_column") < html.index("assumed_encoding")
    assert [*printed] == [note, COLOUR, GHOST, note]


def test_it_goes_to_csv_and_html(tmp_path: Path) -> None:
    found = Findings([Finding("unknown_column", 3, "nodes/Maker.csv", column="<b>"), Finding("self_tie", value="ada")])
    found.to_csv(tmp_path / "q.csv")
    assert (tmp_path / "q.csv").read_text(encoding="utf-8-sig").splitlines()[0].startswith("code,level,count,file,row")
    found.to_html(tmp_path / "q.html", language="zh")
    page = (tmp_path / "q.html").read_text(encoding="utf-8")
    assert "<li>unknown_column: 3</li>" in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert "原因" in page


def test_a_line_reads_well_in_both_languages() -> None:
    item = Finding("self_tie", 1, "relations/TEACHES.csv", 7, "target", "ada")
    assert item.line().startswith("relations/TEACHES.csv row 7: the row ties 'ada' to itself; ")
    assert item.line("zh").startswith("relations/TEACHES.csv 第 7 行：")
