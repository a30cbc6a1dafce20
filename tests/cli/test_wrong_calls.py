"""What a stranger gets wrong: one line each, on stderr, that says what to do."""

import os
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.calling import Call

HELP = "See ecograph"
REMEDY = re.compile(r"; \w|\?")
"""What is allowed, known or to be done stands behind what is wrong."""
WRONG: dict[str, tuple[int, str]] = {
    # the command line cannot be read: 2
    "chek florentine": (2, "did you mean 'check'?"),
    "--verbose check florentine": (2, HELP),
    "check": (2, "missing argument 'DATA'"),
    "check florentine cordis-h2020": (2, "unexpected extra argument"),
    "check florentine --stric": (2, "--strict"),
    "check florentine --format xml": (2, "'table', 'csv', 'json'"),
    "check florentine --language fr": (2, "'en', 'zh'"),
    "query run": (2, "missing argument 'QUERY'"),
    "query run tracking/untracked": (2, "name the data once"),
    "query run tracking/untracked florentine --on florentine": (2, "name the data once"),
    "query run tracking/untracked florentine": (1, "no kind of node 'Project'"),
    "query show tracking": (1, "no query 'tracking'"),
    "query list all": (2, "unexpected extra argument"),
    "list metric": (2, "'metrics', 'datasets', 'kinds', 'relations'"),
    "measure degree": (2, "missing argument 'DATA'"),
    "measure degree florentine --relation": (2, "requires an argument"),
    "measure degree florentine --relations MARRIAGE": (2, "--relation"),
    "measure degree florentine --relation MARRIAGE --top many": (2, "--top"),
    "measure degree florentine --relation MARRIAGE --top 0": (2, "--top"),
    "measure degree florentine --relation MARRIAGE --top -1": (2, "'-1' should be greater than or equal to 1"),
    "measure degree florentine --relation MARRIAGE --top 2.5": (2, "'2.5' should be a valid integer"),
    "measure degree florentine --relation MARRIAGE --between 2024-01-01": (2, "write it as DAY..DAY"),
    "measure degree florentine --relation MARRIAGE --between 2024-01-01..": (2, "write it as DAY..DAY"),
    "measure degree florentine --relation MARRIAGE --between 2024-01-01 2025-01-01": (2, "unexpected extra argument"),
    "measure degree florentine --relation MARRIAGE --between 2024-01-01..2025-01-01 --at 2024-01-01": (2, "give one"),
    "measure degree florentine --relation MARRIAGE --members Medici": (2, "KIND:ID,through=RELATION"),
    "measure degree florentine --relation MARRIAGE --slices quarter": (2, "write it as every=quarter"),
    "measure degree florentine --relation MARRIAGE --slices by=Family": (2, "write it as every=quarter"),
    "measure degree florentine --relation MARRIAGE --slices every=year,by=Family": (2, "write it as every=quarter"),
    "measure degree florentine --relation MARRIAGE --slices every=year,every=day": (2, "write it as every=quarter"),
    "measure degree florentine --relation MARRIAGE --config": (2, "requires an argument"),
    "measure degree florentine --relation MARRIAGE --isolates yes": (2, "unexpected extra argument"),
    "measure degree florentine --relation MARRIAGE --names": (2, "no such option"),
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
    "report florentine --language chinese": (2, "'en', 'zh'"),
    "doctor florentine": (2, "unexpected extra argument"),
    "doctor --on": (2, "requires an argument"),
    # something the user can mend: 1
    "check nowhere": (1, "datasets: cordis-h2020, florentine"),
    "check neo4j://u:secret@localhost": (1, "neo4j://***@localhost"),
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
    "measure degree florentine --relation MARRIAGE --between 2025-01-01..2024-01-01": (1, "give a later day"),
    "measure degree florentine --relation MARRIAGE --between 2025-01-01..2025-02-30": (1, "write it as 2026-03-31"),
    "measure degree florentine --relation MARRIAGE --members Famly:Medici,through=MARRIAGE": (1, "mean Family?"),
    "measure degree florentine --relation MARRIAGE --members Family:Medic,through=MARRIAGE": (1, "no Family has id"),
    "measure degree florentine --relation MARRIAGE --members Family:Medici,through=MARRAGE": (1, "mean MARRIAGE?"),
    "measure degree florentine --relation MARRIAGE --slices every=fortnight": (1, "allowed: day, week, month"),
    "measure degree florentine --relation MARRIAGE --slices every=year": (1, "no dates"),
    "measure degree florentine --relation MARRIAGE --slices by=Makerspace,through=SETTLED_IN": (1, "no kind"),
    "measure degree florentine --config none.toml": (1, "name a TOML file that can be read"),
    "measure degree florentine --relation MARRIAGE --explain Medicis": (1, "did you mean Medici?"),
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
    "report florentine --members Family:Medic,through=MARRIAGE": (1, "no Family has id"),
    "report florentine -o no/such/page.html": (1, "make it first"),
}


def command_of(line: str) -> str:
    """The command that the help to read is about."""
    words = line.split()
    depth = {"check": 1, "doctor": 1, "list": 1, "report": 1, "measure": 2, "query": 2}.get(words[0], 0)
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
    assert HELP in outcome.err if code == 2 else REMEDY.search(outcome.err)
    assert "Value error" not in outcome.err and len(outcome.err) < 400
    assert list(tmp_path.iterdir()) == []


FILES: dict[str, str | bytes] = {
    "empty/.keep": "",
    "bare/nodes/.keep": "",
    "page.html/.keep": "",
    "a-file.csv": "id\nada\n",
    "torn/nodes/Maker.parquet": b"PAR1 and then nothing",
    "sheet/nodes/Maker.xlsx": b"PK",
    "headless/nodes/Maker.csv": "",
    "unknown/nodes/Robot.csv": "id\nr1\n",
    "manifest/nodes/Maker.csv": "id\nada\n",
    "manifest/ecosystem.toml": "title = ",
    "key.toml": 'data = "florentine"\nrelatoin = "MARRIAGE"\n',
    "python.toml": "max_rows = 3\n",
    "itself.toml": 'config = "key.toml"\n',
    "value.toml": 'relation = "MARRIAGE"\ntop = "many"\n',
    "half.toml": 'relation = "MARRIAGE"\ntop = 2.5\n',
    "list.toml": 'relation = "MARRIAGE"\ntop = [1, 2]\n',
    "flag.toml": 'relation = "MARRIAGE"\nisolates = "yes"\n',
    "switch.toml": "relation = true\n",
    "section.toml": '[measure]\nrelation = "MARRIAGE"\n',
    "choice.toml": 'relation = "MARRIAGE"\nlanguage = "fr"\n',
    "torn.toml": "top = \n",
    "latin.toml": b'relation = "M\xe4rriage"\n',
    "twice.toml": "top = 1\ntop = 2\n",
}
WRONG_FILES = {
    "check empty": "no nodes/*.csv or relations/*.csv",
    "check bare": "no nodes/*.csv or relations/*.csv",
    "check a-file.csv": "no such folder",
    "check torn": "nodes/Maker.parquet",
    "check sheet": "nodes/Maker.xlsx: .xlsx is not read",
    "check headless": "nodes/Maker.csv",
    "check unknown": "no kind 'Robot'",
    "check manifest": "ecosystem.toml",
    "check --config key.toml": "no option 'relatoin'",
    "report torn": "nodes/Maker.parquet",
    "report florentine -o page.html": "page.html",
    "report florentine -o a-file.csv/page.html": "a-file.csv",
    "measure degree florentine --relation MARRIAGE -o page.html": "name a file in a folder",
    "measure degree florentine --relation MARRIAGE -o a-file.csv/degree.csv": "name a file in a folder",
    "measure brokerage florentine --relation MARRIAGE --by @empty": "empty",
    "measure degree --config key.toml": "key.toml: no option 'relatoin'; did you mean relation? Known: at, between",
    "measure degree florentine --config python.toml": "no option 'max_rows'",
    "measure degree florentine --config itself.toml": "no option 'config'",
    "measure degree florentine --config value.toml": "'many' should be a valid integer; mend it in the file",
    "measure degree florentine --config half.toml": "'2.5' should be a valid integer; mend it in the file",
    "measure degree florentine --config list.toml": "top=[1, 2]; write a text, a number or a day",
    "measure degree florentine --config flag.toml": "isolates='yes'; allowed: true, false",
    "measure degree florentine --config switch.toml": "relation=True; write a text, a number or a day, or a list",
    "measure degree florentine --config section.toml": "no option 'measure'",
    "measure degree florentine --config choice.toml": "'fr' is not one of 'en', 'zh'; mend it in the file",
    "measure degree florentine --config torn.toml": "torn.toml: not TOML in UTF-8",
    "measure degree florentine --config latin.toml": "latin.toml: not TOML in UTF-8",
    "measure degree florentine --config twice.toml": "twice.toml: not TOML in UTF-8",
    "measure degree florentine --config empty": "name a TOML file that can be read",
}


@pytest.mark.parametrize("line", WRONG_FILES)
def test_a_wrong_file_ends_in_one_line(line: str, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    outcome = call(*shlex.split(line))
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("ecograph: ") and outcome.err.count("\n") == 1
    assert WRONG_FILES[line] in outcome.err and len(outcome.err) < 500
    assert REMEDY.search(outcome.err)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == set(FILES)


NOBODY = 65534
PRIVATE = ("check private", "measure degree private --relation COLLABORATES", "report private", "check private/inside")


@pytest.mark.parametrize("line", PRIVATE)
def test_data_that_may_not_be_read_end_in_one_line(
    line: str, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "private" / "inside").mkdir(parents=True)
    # everything is imported before, for another user may not read the modules
    assert call("report", "florentine", "-o", "page.html").code == 0
    assert call("measure", "degree", "florentine", "--relation", "MARRIAGE").code == 0
    tmp_path.chmod(0o755)
    (tmp_path / "private").chmod(0)
    with another_user():
        outcome = call(*shlex.split(line))
    (tmp_path / "private").chmod(0o755)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("ecograph: ") and outcome.err.count("\n") == 1
    assert "Permission denied" in outcome.err and REMEDY.search(outcome.err)


@contextmanager
def another_user() -> Iterator[None]:
    """Be nobody where the tests run as root, whom no permission stops."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


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
