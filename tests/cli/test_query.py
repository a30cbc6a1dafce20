"""`ecograph query`: listed, shown, checked and asked; a check that finds rows ends in 3."""

import csv
import io
import json
from pathlib import Path

import pytest

import ecograph as eg
from ecograph import packs
from tests.cli.calling import Call


@pytest.fixture(autouse=True)
def _copies(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOGRAPH_CACHE", str(tmp_path_factory.getbasetemp() / "copies"))


OWN = """// title = { en = "Own", zh = "自有" }
// purpose = { en = "B", zh = "乙" }
// act = { en = "C", zh = "丙" }
// [columns]
// project = { meaning = "the project", zh = "项目" }
MATCH (p:Project) RETURN p.id AS project ORDER BY project LIMIT 2
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "mine" / "own.cypher"
    path.parent.mkdir()
    path.write_text(OWN, encoding="utf-8")
    return path


def test_every_query_is_listed(call: Call, own: Path) -> None:
    _, *lines = call("query", "list").out.splitlines()
    assert [line.split()[0] for line in lines] == list(packs.names())
    found = call("query", "list", "--packs", own.parent.parent, "--language", "zh")
    assert ["mine/own", "自有"] in [line.split() for line in found.out.splitlines()]


def test_show(call: Call) -> None:
    shown = call("query", "show", "talent/isolated_makers").out
    for part in ("Isolated makers\n", "\n--days", "\nmaker  ", "\nORDER BY makerspace, maker"):
        assert part in shown
    assert "--as-of" in shown
    assert "孤立的创客" in call("query", "show", "talent/isolated_makers", "--language", "zh").out


def test_shipped_queries_pass(call: Call) -> None:
    outcome = call("query", "check")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"{len(packs.names())} of {len(packs.names())} queries passed\n"


def test_a_query_that_writes_is_refused_in_one_line(call: Call, own: Path) -> None:
    own.write_text(OWN.replace("RETURN p.id AS project ORDER BY project LIMIT 2", "DETACH DELETE p"), encoding="utf-8")
    outcome = call("query", "check", own)
    assert (outcome.code, outcome.out) == (1, "0 of 1 queries passed\n")
    assert outcome.err.startswith("ecograph: mine/own: query line 6, column 19: DETACH does not stand here; ")
    assert call("query", "run", own, "harbour").code == 1


def test_rows_of_a_check_end_in_3(call: Call) -> None:
    outcome = call("query", "run", "tracking/untracked", "harbour", "--format", "json")
    assert outcome.code == 3
    assert [row["project"] for row in json.loads(outcome.out)] == eg.untracked(eg.dataset("harbour").records())[
        "id"
    ].tolist()


def test_no_rows_end_in_0(call: Call) -> None:
    outcome = call("query", "run", "tracking/untracked", "harbour", "--as-of", "1999-01-01", "--format", "csv")
    assert (outcome.code, outcome.out) == (0, "project,name,active_since,last_stop\n")
    assert call("query", "run", "docking/idle_supply", "harbour").code == 0


def test_parameters_are_options(call: Call) -> None:
    words = ("query", "run", "tracking/unanswered_problems", "harbour", "--format", "csv")
    few, all_ = (list(csv.DictReader(io.StringIO(call(*words, *more).out))) for more in (("--days", "300"), ()))
    assert [row for row in all_ if int(row["waiting"]) >= 300] == few
    assert 0 < len(few) < len(all_)
    assert call(*words, "--days=300").out == call(*words, "--days", "300").out


def test_a_pack_is_several_tables_or_one_page(call: Call, own: Path, tmp_path: Path) -> None:
    outcome = call("query", "run", f"tracking,{own}", "harbour")
    assert outcome.code == 3
    tracking = [name for name in packs.names() if name.startswith("tracking/")]
    heads = [line for line in outcome.out.splitlines() if line.endswith(")") and "/" in line]
    assert heads == [*(f"{packs.query(name).title['en']} ({name})" for name in tracking), "Own (mine/own)"]
    page = tmp_path / "monday.html"
    words = ("query", "run", "tracking,tracking/untracked", "harbour", "--days", "100", "--language", "zh")
    outcome = call(*words, "-o", page)
    assert (outcome.code, outcome.out) == (3, "")
    assert f"{page}: 5 queries, " in outcome.err
    text = page.read_text(encoding="utf-8")
    assert text.count("<h3>") == 5
    assert "超过多少天未反馈即为逾期：100" in text
    assert call("query", "run", "mine", "harbour", "--packs", own.parent.parent, "-o", page).code == 0


def test_words_of_a_vocabulary_and_lists_as_people_read_them(call: Call, tmp_path: Path) -> None:
    words = ("query", "run", "tracking/doubly_tracked", "harbour")
    assert "professional-36, professional-45  " in call(*words).out
    assert (
        'project-42,潮汐医疗项目 Tide Medical Project,"professional-36, professional-45",2'
        in call(*words, "--format", "csv").out
    )
    assert json.loads(call(*words, "--format", "json").out)[0]["trackers"] == ["professional-36", "professional-45"]
    assert "专业人员" in call("query", "run", "talent/mentor_load", "harbour", "--language", "zh").out


def test_a_query_is_begun(call: Call, tmp_path: Path) -> None:
    outcome = call("query", "new", "mine/young", "--packs", tmp_path)
    path = tmp_path / "mine" / "young.cypher"
    assert (outcome.code, outcome.out) == (0, f"{path}\n")
    assert f"ecograph query check {path}" in outcome.err
    assert call("query", "check", path).out == "1 of 1 queries passed\n"
    shown = call("query", "show", "mine/young", "--packs", tmp_path, "--language", "zh").out
    assert "众创空间的项目" in shown
    assert "看到一行结果后应采取的行动。" in shown
    assert len(json.loads(call("query", "run", path, "harbour", "--format", "json").out)) > 10
    again = call("query", "new", "mine/young", "--packs", tmp_path)
    assert (again.code, again.err) == (1, f"ecograph: '{path}' is there already; take another name, or remove it\n")


def test_show_tells_a_check_and_the_metric_that_goes_further(call: Call) -> None:
    shown = call("query", "show", "docking/unmet_demand").out
    assert "\nIt is a check: where it finds rows, ecograph query run ends with exit code 3.\n" in shown
    assert "\nA metric goes further: ecograph measure unmet_demand\n" in shown
    quiet = call("query", "show", "talent/unmentored_newcomers").out
    assert "exit code" not in quiet
    assert "metric" not in quiet


def test_what_goes_wrong_in_a_pack_names_the_query(call: Call) -> None:
    outcome = call("query", "run", "tracking", "harbour", "--max-rows", "4")
    assert outcome.code == 1
    assert "ecograph: tracking/overdue_feedback: the query answers more than max_rows=4 rows" in outcome.err


def test_a_file_of_ones_own_in_chinese_into_a_file(call: Call, own: Path, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    outcome = call("query", "run", own, "harbour", "--language", "zh", "-o", path, "--format", "csv")
    assert (outcome.code, outcome.out) == (0, "")
    assert path.read_text(encoding="utf-8-sig").split() == ["项目", "project-01", "project-02"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("run", "tracking/untraced", "harbour"), 1, "no query 'tracking/untraced'; did you mean tracking/untracked?"),
        (
            ("run", "tracking/untracked", "harbour", "--day", "3"),
            2,
            "no option '--day'; tracking/untracked has --as-of",
        ),
        (("run", "talent/mentor_load", "harbour", "--least", "x"), 2, "--least='x' is no integer; write one"),
        (("run", "talent/mentor_load", "harbour", "--least"), 2, "--least='' is no integer; write one"),
        (("run", "talent/mentor_load", "harbour", "--as-of", "today"), 1, "parameter as_of='today' is no date; give"),
        (("run", "talent/mentor_load", "harbour", "--max-rows", "1"), 1, "more than max_rows=1 rows; ask for less"),
        (("run", "tracing", "harbour"), 1, "no pack 'tracing'; did you mean tracking?"),
        (("run", "tracking,", "harbour"), 1, "no pack ''; "),
        (("run", "tracking", "harbour", "--day", "3"), 2, "no option '--day'; what is asked has --as-of, --days, --"),
        (("run", "tracking", "harbour", "--days", "x"), 2, "--days='x' is no integer; write one"),
        (("run", "tracking", "harbour", "--format", "csv"), 2, "5 queries make no single table; name a page with -o"),
        (("run", "tracking", "harbour", "-o", "rows.csv"), 2, "5 queries make no single table; name a page with -o"),
        (("run", "tracking", "harbour", "-o", "none/page.html"), 1, "there is no folder 'none'; make it first"),
        (("new", "mine"), 1, "name='mine'; write a pack and a query in letters, digits, - and _, such as mine/over"),
        (("new", "../mine/own"), 1, "name='../mine/own'; write a pack and a query"),
        (("new", "a/b", "--packs", "/proc"), 1, "output='/proc/a/b.cypher': "),
        (("show", "none.cypher"), 1, "query='none.cypher': no such file; give the path of a .cypher file"),
    ],
)
def test_failures_are_one_line(call: Call, words: tuple[str, ...], code: int, message: str) -> None:
    outcome = call("query", *words)
    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err
    assert outcome.err.count("\n") == 1
