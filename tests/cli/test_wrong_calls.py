"""What a stranger gets wrong: one line each, on stderr, that says what to do."""

import shlex
from pathlib import Path

import pytest

from tests.cli.calling import Call

HELP = "See ecograph"
WRONG: dict[str, tuple[int, str]] = {
    # the command line cannot be read: 2
    "chek florentine": (2, "did you mean 'check'?"),
    "--verbose check florentine": (2, HELP),
    "check": (2, "missing argument 'DATA'"),
    "check florentine cordis-h2020": (2, "unexpected extra argument"),
    "check florentine --stric": (2, "--strict"),
    "check florentine --format xml": (2, "'table', 'csv', 'json'"),
    "check florentine --language fr": (2, "'en', 'zh'"),
    "list metric": (2, "'metrics', 'datasets', 'kinds', 'relations'"),
    "measure degree": (2, "missing argument 'DATA'"),
    "measure degree florentine --relation": (2, "requires an argument"),
    "measure degree florentine --relations MARRIAGE": (2, "--relation"),
    "measure degree florentine --relation MARRIAGE --top many": (2, "--top"),
    "measure degree florentine --relation MARRIAGE --top 0": (2, "--top"),
    "measure degree florentine --relation MARRIAGE --between 2024-01-01": (2, "requires 2 arguments"),
    "measure degree florentine --relation MARRIAGE --between 2024-01-01 2025-01-01 --at 2024-01-01": (2, "give one"),
    "measure degree florentine --relation MARRIAGE --direction up": (2, "'as declared', 'both', 'reversed'"),
    "measure degree florentine --relation MARRIAGE --where role=partner": (2, "RELATION.COLUMN=VALUE"),
    "measure degree florentine --relation MARRIAGE --strength hours": (2, "no such option"),
    "measure degree florentine --relation MARRIAGE --explain Medici --top 3": (2, "leave out --top"),
    "measure degree florentine --relation MARRIAGE --path 'Family -MARRIAGE- Family'": (2, "give one of them"),
    "measure degree florentine --path 'Family -MARRIAGE- Family' --kinds Family": (2, "--kinds has no meaning"),
    "measure pagerank florentine --relation MARRIAGE --damping high": (2, "--damping"),
    "measure pagerank florentine --relation MARRIAGE --strength inverse:": (2, "inverse:COLUMN"),
    "measure triple_helix cordis-h2020 --path 'Project <-PARTICIPATES_IN- Organisation'": (2, "--university"),
    "report florentine --output": (2, "requires an argument"),
    # something the user can mend: 1
    "check nowhere": (1, "datasets: cordis-h2020, florentine"),
    "check neo4j://localhost": (1, "no such folder"),
    "measure pagernk florentine": (1, "did you mean pagerank?"),
    "measure florentine degree": (1, "no metric 'florentine'"),
    "measure degree nowhere --relation MARRIAGE": (1, "no such folder"),
    "measure degree florentine": (1, "say what to look at: --relation or --path; relations of these data: MARRIAGE"),
    "measure throughflow florentine": (1, "say what to look at: --relation; relations of these data: MARRIAGE"),
    "measure degree florentine --relation MARRIGE": (1, "did you mean MARRIAGE?"),
    "measure degree florentine --relation MARRIAGE --kinds Famly": (1, "did you mean Family?"),
    "measure degree florentine --relation MARRIAGE --where MARRIAGE.year=1434": (1, "year"),
    "measure degree florentine --relation MARRIAGE --where BUSINESS.year=1434": (1, "BUSINESS"),
    "measure degree florentine --relation MARRIAGE --at tomorrow": (1, "write it as 2026-03-31"),
    "measure degree florentine --relation MARRIAGE --between 2025-01-01 2024-01-01": (1, "give a later day"),
    "measure degree florentine --relation MARRIAGE --explain Medicis": (1, "Medicis"),
    "measure degree florentine --path MARRIAGE": (1, "write it as"),
    "measure degree florentine --path 'Family -MARRIAGE- Family'": (1, "both ends"),
    "measure degree florentine --relation MARRIAGE -o no/such/folder/x.csv": (1, "name a file in a folder"),
    "measure pagerank florentine --relation MARRIAGE --damping 2": (1, "allowed: 0 <= damping < 1"),
    "measure pagerank florentine --relation MARRIAGE --strength hours": (1, "hours"),
    "measure brokerage florentine --relation MARRIAGE --by party": (1, "party"),
    "measure brokerage florentine --relation MARRIAGE --by @none.csv": (1, "none.csv"),
    "measure throughflow florentine --relation MARRIAGE": (1, "direction"),
    "measure concentration cordis-h2020 --relation PARTICIPATES_IN --amount role": (1, "not numbers"),
    "measure concentration florentine --relation MARRIAGE --k 0": (1, "at least 1"),
    "report nowhere": (1, "no such folder"),
    "report florentine -o no/such/page.html": (1, "make it first"),
}


def command_of(line: str) -> str:
    """The command that the help to read is about."""
    words = line.split()
    depth = {"check": 1, "list": 1, "report": 1, "measure": 2}.get(words[0], 0)
    return " ".join(["ecograph", *words[:depth]])


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_call_ends_in_one_line(line: str, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, hint = WRONG[line]
    outcome = call(*shlex.split(line))
    assert (outcome.code, outcome.out) == (code, "")
    about = "ecograph: " if code == 1 else f"{command_of(line)}: "
    assert outcome.err.startswith(about) and outcome.err.count("\n") == 1
    assert hint.lower() in outcome.err.lower()
    assert "Value error" not in outcome.err and len(outcome.err) < 400
    assert list(tmp_path.iterdir()) == []


TABLES_OF_LABELS = {
    "id,value\nMedici,a\n": "it needs kind, id and a value",
    "kind,id,value\nFamily,Medici,a\nFamily,Medici,b\n": "keep one row each",
    "kind,id,value\nFamily,Medici\n": "row 2",
    "": "labels.csv",
}


@pytest.mark.parametrize("text", TABLES_OF_LABELS)
def test_a_wrong_table_of_labels_ends_in_one_line(text: str, call: Call, tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(text, encoding="utf-8")
    outcome = call("measure", "brokerage", "florentine", "--relation", "MARRIAGE", "--by", f"@{path}")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (1, "", 1)
    assert TABLES_OF_LABELS[text] in outcome.err
