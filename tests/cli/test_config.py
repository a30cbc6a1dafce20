"""`--config`: a file of options is the command line, and what is written beside it wins."""

from pathlib import Path

import pytest

from tests.cli.calling import Call

WRITTEN = {
    'relation = "COLLABORATES"': "--relation COLLABORATES",
    'relation = ["COLLABORATES", "COMPETES"]': "--relation COLLABORATES --relation COMPETES",
    'relation = "COLLABORATES"\nkinds = "Maker,Project"': "--relation COLLABORATES --kinds Maker,Project",
    'relation = "COLLABORATES"\nkinds = ["Maker", "Project"]': "--relation COLLABORATES --kinds Maker --kinds Project",
    'relation = "COLLABORATES"\nwhere = ["COLLABORATES.hours=2"]': (
        "--relation COLLABORATES --where COLLABORATES.hours=2"
    ),
    'relation = "COLLABORATES"\nisolates = false': "--relation COLLABORATES --no-isolates",
    'relation = "COLLABORATES"\nisolates = true': "--relation COLLABORATES --isolates",
    'relation = "合作"\nat = 2024-05-15': "--relation COLLABORATES --at 2024-05-15",
    'relation = "COLLABORATES"\nat = "2024-05-15"': "--relation COLLABORATES --at 2024-05-15",
    'relation = "COLLABORATES"\nbetween = "2024-01-01..2024-04-01"': (
        "--relation COLLABORATES --between 2024-01-01..2024-04-01"
    ),
    'relation = "COLLABORATES"\nslices = "every=quarter"': "--relation COLLABORATES --slices every=quarter",
    'relation = "COLLABORATES"\ntop = 2\nformat = "csv"': "--relation COLLABORATES --top 2 --format csv",
    'relation = "COLLABORATES"\nexplain = "bo"\nlanguage = "zh"': "--relation COLLABORATES --explain bo --language zh",
}


@pytest.mark.parametrize("text", WRITTEN)
def test_a_file_says_what_the_command_line_says(text: str, call: Call, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "job.toml"
    path.write_text(f'data = "{folder}"\n{text}\n', encoding="utf-8")
    outcome = call("measure", "degree", "--config", path)
    assert outcome.code == 0 and outcome == call("measure", "degree", folder, *WRITTEN[text].split())


def test_numbers_of_a_metric_come_from_the_file(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "job.toml"
    path.write_text("damping = 0.5\n", encoding="utf-8")
    words = ("measure", "pagerank", "florentine", "--relation", "MARRIAGE")
    assert call(*words, "--config", path) == call(*words, "--damping", 0.5) != call(*words)


def test_what_is_written_wins_over_the_file(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "job.toml"
    path.write_text(
        'data = "nowhere"\nrelation = ["A", "B"]\ntop = 9\nisolates = false\nlanguage = "zh"\n', encoding="utf-8"
    )
    written = ("florentine", "--relation", "MARRIAGE", "--top", 3, "--isolates", "--language", "en")
    expected = call("measure", "degree", *written)
    assert expected.code == 0
    assert call("measure", "degree", "--config", path, *written) == expected
    assert call("measure", "degree", *written, "--config", path) == expected


def test_report_and_check_take_a_file(call: Call, tmp_path: Path) -> None:
    path, page = tmp_path / "monday.toml", tmp_path / "page.html"
    path.write_text(f'\ufeffdata = "florentine"\noutput = "{page}"\nlanguage = "zh"\n', encoding="utf-8")
    made = call("report", "--config", path)
    assert (made.code, made.err) == (0, f"report: {page}\n")
    assert 'lang="zh' in page.read_text(encoding="utf-8")
    path.write_text('data = "florentine"\nstrict = true\nformat = "json"\n', encoding="utf-8")
    assert call("check", "--config", path) == call("check", "florentine", "--strict", "--format", "json")


def test_an_empty_file_says_nothing(call: Call, tmp_path: Path) -> None:
    (tmp_path / "empty.toml").touch()
    assert call("check", "florentine", "--config", tmp_path / "empty.toml") == call("check", "florentine")
