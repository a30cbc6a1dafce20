"""`ecograph report`: headlines on stdout, files said on stderr, the page's options passed on."""

from pathlib import Path

import pytest

import ecograph as eg
from tests.cli.calling import Call


def test_headlines_are_data_and_files_are_talk(call: Call, tmp_path: Path) -> None:
    page, tables = tmp_path / "page.html", tmp_path / "tables"
    outcome = call("report", "florentine", "-o", page, "--tables", tables)
    assert outcome.code == 0, outcome.err
    made = eg.report(eg.dataset("florentine"), tmp_path / "own.html", tables=tmp_path / "own")
    assert outcome.out.splitlines() == list(made.headlines)
    assert outcome.err == f"report: {page}\ntables: {tables}\n"
    assert page.read_bytes().strip().lower().startswith(b"<!doctype html>")
    assert {path.name for path in tables.iterdir()} == {path.name for path in (tmp_path / "own").iterdir()}


def test_an_older_page_is_replaced(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.html").write_text("older", encoding="utf-8")
    outcome = call("report", "florentine")
    assert (outcome.code, outcome.err) == (0, "report: report.html\n")
    assert (tmp_path / "report.html").stat().st_size > 1000


def test_the_page_is_in_the_language_asked_for(call: Call, tmp_path: Path) -> None:
    outcome = call("report", "florentine", "-o", tmp_path / "page.html", "--language", "zh")
    assert outcome.code == 0 and not outcome.out.isascii()
    assert 'lang="zh' in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_names_of_persons_are_shown_only_when_asked_for(call: Call, folder: Path, tmp_path: Path) -> None:
    person = folder / "nodes" / "Maker.csv"
    person.write_text(person.read_text(encoding="utf-8").replace("Bo,", "Bertolt Nachname,"), encoding="utf-8")
    for words, shown in (((), False), (("--names",), True)):
        assert call("report", folder, "-o", tmp_path / "page.html", *words).code == 0
        assert ("Bertolt Nachname" in (tmp_path / "page.html").read_text(encoding="utf-8")) == shown


PARTS = {
    "--between 2024-01-01..2024-04-01": lambda eco: eco.between("2024-01-01", "2024-04-01"),
    "--at 2024-05-15": lambda eco: eco.at("2024-05-15"),
    "--members Makerspace:pier,through=SETTLED_IN": lambda eco: eco.members("Makerspace", "pier", "SETTLED_IN"),
}


@pytest.mark.parametrize("words", PARTS)
def test_a_part_is_reported_as_the_library_reports_it(call: Call, folder: Path, tmp_path: Path, words: str) -> None:
    outcome = call("report", folder, "-o", tmp_path / "page.html", *words.split())
    assert outcome.code == 0, outcome.err
    made = eg.report(PARTS[words](eg.read(folder)), tmp_path / "own.html")
    assert outcome.out.splitlines() == list(made.headlines)
    assert (tmp_path / "page.html").read_bytes() == made.path.read_bytes()


def test_where_it_cannot_be_written_is_one_line(call: Call, tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "no" / "page.html"):
        outcome = call("report", "florentine", "-o", place)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.count("\n") == 1 and str(place) in outcome.err
    (tmp_path / "file").touch()
    outcome = call("report", "florentine", "-o", tmp_path / "page.html", "--tables", tmp_path / "file")
    assert outcome.code == 1 and "give a folder" in outcome.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="not applicable: no device that is always full")
def test_a_full_disk_is_one_line(call: Call) -> None:
    outcome = call("report", "florentine", "-o", "/dev/full")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("ecograph: output='/dev/full': ") and outcome.err.count("\n") == 1
