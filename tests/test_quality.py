"""Findings: one table, two languages."""

import pytest

from ecograph.quality import Finding, Findings
from ecograph.table import Language

COLOUR = Finding("unknown_column", 7, "nodes/Maker.csv", column="colour")
MAKERS = {"allowed": "Maker", "allowed_zh": "创客"}
GHOST = Finding("unknown_end", 1, "relations/MEETS.csv", 17, "target", "eve", MAKERS)


def test_a_finding_says_place_reason_and_remedy() -> None:
    assert GHOST.line() == "relations/MEETS.csv row 17: target 'eve' is no Maker; add it to the nodes or drop the row"
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
    assert repr(Findings([GHOST, COLOUR])) == (
        f"2 findings (unknown_column 7, unknown_end 1)\n{GHOST.line()}\n{COLOUR.line()}"
    )
    many = repr(Findings([GHOST] * 1_200))
    assert many.startswith("1,200 findings (unknown_end 1,200)\n")
    assert len(many.splitlines()) == 11
    assert "eve" in Findings([GHOST])._repr_html_()
    assert Findings().table().names[0] == "code"
