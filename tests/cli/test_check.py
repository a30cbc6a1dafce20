"""`ecograph check`: what is in the data, what is wrong with it, and the exit code."""

import csv
import io
import json
from pathlib import Path

import pytest

import ecograph as eg
from tests.cli.calling import Call, tables


def test_sound_data_end_in_0(call: Call) -> None:
    outcome = call("check", "florentine")
    assert (outcome.code, outcome.err) == (0, "")
    title, _, heads, *rows = outcome.out.splitlines()
    assert title == "Marriages between Florentine families: 16 nodes, 20 relations, 0 findings"
    assert heads.split() == ["what", "kind", "zh", "count", "first", "last"]
    assert [row.split()[:4] for row in rows] == [
        ["node", "Family", "家族", "16"],
        ["relation", "MARRIAGE", "联姻", "20"],
    ]


def test_rows_left_out_end_in_1_and_are_named_worst_first(call: Call, broken: Path) -> None:
    outcome = call("check", broken)
    assert outcome.code == 1
    _, _, reasons, lines = outcome.out.split("\n\n")
    assert [line.split() for line in reasons.splitlines()] == [
        ["level", "code", "count"],
        ["error", "blank_id", "1"],
        ["error", "unknown_end", "1"],
        ["warning", "mixed_units", "1"],
    ]
    assert [line.split(maxsplit=1) for line in lines.splitlines()] == [
        [finding.level, finding.line()] for finding in eg.read(broken).quality
    ]


def test_warnings_end_in_0(call: Call, tmp_path: Path) -> None:
    outcome = call("check", tables(tmp_path / "warned", {"nodes/Maker": "id,colour\nada,red"}))
    assert outcome.code == 0
    assert outcome.out.splitlines()[-1].startswith("warning  nodes/Maker.csv: the schema has no column 'colour'; ")


def test_chinese_words(call: Call, broken: Path) -> None:
    title, summary, reasons, lines = call("check", broken, "--language", "zh").out.split("\n\n")
    assert title == "broken：10 个节点，18 条关系，3 项检查发现"
    assert summary.split()[:6] == ["类别", "类型", "中文名称", "数量", "最早日期", "最晚日期"]
    heads, *counts = (line.split() for line in reasons.splitlines())
    assert heads == ["级别", "代码", "数量"]
    assert counts == [["错误", "blank_id", "1"], ["错误", "unknown_end", "1"], ["警告", "mixed_units", "1"]]
    assert [line.split(maxsplit=1)[1] for line in lines.splitlines()] == [
        finding.line("zh") for finding in eg.read(broken).quality
    ]
    assert call("check", "florentine", "--language", "zh").out.startswith("佛罗伦萨家族联姻：16 个节点")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_csv_is_the_findings(call: Call, broken: Path, language: str) -> None:
    outcome = call("check", broken, "--format", "csv", "--language", language)
    table = eg.read(broken).quality.table(language)  # type: ignore[arg-type]
    rows = list(csv.reader(io.StringIO(outcome.out)))
    assert rows[0] == list(table.names) and len(rows) == 4
    assert "broken" in outcome.err and outcome.code == 1


def test_json_is_summary_and_findings(call: Call, broken: Path) -> None:
    eco = eg.read(broken)
    told = json.loads(call("check", broken, "--format", "json").out)
    assert told == {
        "summary": json.loads(eco.summary().to_json()),
        "findings": json.loads(eco.quality.table().to_json()),
    }


def test_strict_refuses_in_one_line(call: Call, broken: Path) -> None:
    outcome = call("check", broken, "--strict")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("ecograph: strict: 2 rows or cells cannot be used: nodes/Maker.csv row 6: ")
    assert call("check", "florentine", "--strict").code == 0


def test_many_findings_are_cut_and_counted(call: Call, tmp_path: Path) -> None:
    ends = "\n".join(f"ada,nobody{number}" for number in range(30))
    folder = tables(tmp_path / "many", {"nodes/Maker": "id\nada", "relations/COLLABORATES": f"source,target\n{ends}"})
    lines = call("check", folder).out.split("\n\n")[-1].splitlines()
    assert len(lines) == 21
    assert lines[-1] == "… 10 more of 30 findings; --format csv gives all"
    assert call("check", folder, "--format", "csv").out.count("\n") == 31
