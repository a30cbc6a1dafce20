"""Measuring from the command line gives what the library gives, whatever option asks for it."""

import csv
import io
import json
import re
import shlex
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest

import ecograph as eg
from ecograph import datasets, registry
from ecograph.cli.measure import command_of
from ecograph.cli.result import NAMES, Showing
from ecograph.errors import EcographError, LoadError, UnknownNameError
from ecograph.metric import Labels, Nodes, Numbers, Values, metric
from ecograph.table import Column
from ecograph.views import Network
from tests.cli.calling import Call

Rows = list[dict[str, Any]]
PATH = "Maker -WORKS_ON-> Project"
MIRROR = "Maker -WORKS_ON-> Project <-WORKS_ON- Maker"


def rows_of(result: eg.Result) -> Rows:
    rows: Rows = json.loads(result.table.to_json())
    return rows


SAME: dict[str, tuple[str, Callable[[eg.Ecosystem], eg.Result]]] = {
    "a relation": ("degree --relation COLLABORATES", lambda eco: eg.degree(eco.network("COLLABORATES"))),
    "its Chinese name": ("degree --relation 合作", lambda eco: eg.degree(eco.network("COLLABORATES"))),
    "two relations": (
        "degree --relation COLLABORATES --relation COMPETES",
        lambda eco: eg.degree(eco.network("COLLABORATES", "COMPETES")),
    ),
    "a path as relation": (f"degree --relation '{MIRROR}'", lambda eco: eg.degree(eco.network(MIRROR))),
    "a two-mode path": (f"degree --path '{PATH}'", lambda eco: eg.degree(eco.two_mode(PATH))),
    "kinds by comma": (
        "degree --relation COLLABORATES --kinds Maker,Enterprise,Project",
        lambda eco: eg.degree(eco.network("COLLABORATES", kinds=["Maker", "Enterprise", "Project"])),
    ),
    "kinds repeated": (
        "degree --relation COLLABORATES --kinds Maker --kinds Project",
        lambda eco: eg.degree(eco.network("COLLABORATES", kinds=["Maker", "Project"])),
    ),
    "where": (
        "degree --relation COLLABORATES --where COLLABORATES.hours=2 --where COLLABORATES.hours=8",
        lambda eco: eg.degree(eco.network("COLLABORATES", where={"COLLABORATES": {"hours": [2, 8]}})),
    ),
    "direction": (
        "pagerank --relation WORKS_ON --direction reversed",
        lambda eco: eg.pagerank(eco.network("WORKS_ON", direction="reversed")),
    ),
    "direction both": (
        "degree --relation WORKS_ON --relation COLLABORATES --direction both",
        lambda eco: eg.degree(eco.network("WORKS_ON", "COLLABORATES", direction="both")),
    ),
    "strength": (
        "pagerank --relation COLLABORATES --strength hours --parallel sum",
        lambda eco: eg.pagerank(eco.network("COLLABORATES", strength="hours", parallel="sum")),
    ),
    "an inverse": (
        "concentration --relation COLLABORATES --distance inverse:hours --parallel max",
        lambda eco: eg.concentration(eco.network("COLLABORATES", distance=eg.inverse("hours"), parallel="max")),
    ),
    "a count": (
        "concentration --relation COLLABORATES --count hours",
        lambda eco: eg.concentration(eco.network("COLLABORATES", count="hours")),
    ),
    "an amount": (
        "concentration --relation TRANSFERS --amount amount --unit CNY --k 1",
        lambda eco: eg.concentration(eco.network("TRANSFERS", amount="amount", unit="CNY"), k=1),
    ),
    "no isolates": (
        "degree --relation COLLABORATES --no-isolates",
        lambda eco: eg.degree(eco.network("COLLABORATES", isolates=False)),
    ),
    "isolates": ("degree --relation COLLABORATES --isolates", lambda eco: eg.degree(eco.network("COLLABORATES"))),
    "flows": (
        "throughflow --relation TRANSFERS --unit CNY --outside Market --inputs took --exports gave --losses lost",
        lambda eco: eg.throughflow(
            eco.flows("TRANSFERS", unit="CNY", outside="Market", inputs="took", exports="gave", losses="lost")
        ),
    ),
    "flows of a column": (
        "throughflow --relation COLLABORATES --amount hours",
        lambda eco: eg.throughflow(eco.flows("COLLABORATES", amount="hours")),
    ),
    "between": (
        "degree --relation COLLABORATES --between 2024-01-01..2024-04-01",
        lambda eco: eg.degree(eco.between("2024-01-01", "2024-04-01").network("COLLABORATES")),
    ),
    "at": (
        "degree --relation COLLABORATES --at 2024-05-15",
        lambda eco: eg.degree(eco.at("2024-05-15").network("COLLABORATES")),
    ),
    "members of a platform": (
        "degree --relation COLLABORATES --members Makerspace:pier,through=SETTLED_IN",
        lambda eco: eg.degree(eco.members("Makerspace", "pier", "SETTLED_IN").network("COLLABORATES")),
    ),
    "a part of a part": (
        "degree --relation COLLABORATES --at 2024-05-15 --members 众创空间:pier,through=入驻",
        lambda eco: eg.degree(eco.at("2024-05-15").members("Makerspace", "pier", "SETTLED_IN").network("COLLABORATES")),
    ),
    "slices by time": (
        "degree --relation COLLABORATES --slices every=quarter",
        lambda eco: eg.degree(eco.slices("quarter").network("COLLABORATES")),
    ),
    "slices of days in a period": (
        "degree --relation COLLABORATES --slices 'every=30 days' --between 2024-01-01..2024-04-01",
        lambda eco: eg.degree(eco.between("2024-01-01", "2024-04-01").slices("30 days").network("COLLABORATES")),
    ),
    "slices by platform": (
        "degree --relation COLLABORATES --slices by=Makerspace,through=SETTLED_IN",
        lambda eco: eg.degree(eco.slices(by="Makerspace", through="SETTLED_IN").network("COLLABORATES")),
    ),
    "slices of a two-mode view": (
        f"degree --path '{PATH}' --slices every=year",
        lambda eco: eg.degree(eco.slices("year").two_mode(PATH)),
    ),
    "slices of flows": (
        "throughflow --relation TRANSFERS --unit CNY --slices every=month",
        lambda eco: eg.throughflow(eco.slices("month").flows("TRANSFERS", unit="CNY")),
    ),
    "a number": (
        "pagerank --relation COLLABORATES --damping 0.5",
        lambda eco: eg.pagerank(eco.network("COLLABORATES"), damping=0.5),
    ),
    "labels": (
        "brokerage --relation COLLABORATES --by background",
        lambda eco: eg.brokerage(eco.network("COLLABORATES"), by="background"),
    ),
    "lists": (
        f"triple_helix --path '{PATH}' --university Maker --industry Enterprise,Team --government PublicBody",
        lambda eco: eg.triple_helix(
            eco.two_mode(PATH), university=["Maker"], industry=["Enterprise", "Team"], government=["PublicBody"]
        ),
    ),
}
REFUSED_BY_THE_LIBRARY = ("flows of a column", "lists")


@pytest.mark.parametrize("case", [case for case in SAME if case not in REFUSED_BY_THE_LIBRARY])
def test_an_option_is_the_argument_of_that_name(case: str, call: Call, folder: Path) -> None:
    line, asked = SAME[case]
    name, *options = shlex.split(line)
    outcome = call("measure", name, folder, *options, "--format", "json")
    assert outcome.code == 0, outcome.err
    assert json.loads(outcome.out) == rows_of(asked(eg.read(folder)))


@pytest.mark.parametrize("case", REFUSED_BY_THE_LIBRARY)
def test_what_the_library_refuses_is_refused_in_its_words(case: str, call: Call, folder: Path) -> None:
    line, asked = SAME[case]
    name, *options = shlex.split(line)
    with pytest.raises(EcographError) as refusal:
        asked(eg.read(folder))
    outcome = call("measure", name, folder, *options)
    assert (outcome.code, outcome.out, outcome.err) == (1, "", f"ecograph: {refusal.value}\n")


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let calls that ask for the same dataset share it."""
    monkeypatch.setattr("ecograph.cli.data.loaded", read_dataset)


@cache
def read_dataset(name: str) -> eg.Ecosystem:
    return eg.dataset(name)


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("name", registry.names())
def test_the_example_of_every_metric_runs_and_its_first_row_is_explained(name: str, call: Call) -> None:
    words = shlex.split(call("measure", name, "--help").out.rpartition("Example: ")[2])
    assert words[:3] == ["ecograph", "measure", name]
    outcome = call(*words[1:], "--format", "json")
    assert outcome.code == 0, outcome.err
    measure, (first, *_) = registry.metric(name), json.loads(outcome.out)
    assert set(measure.columns) <= set(first)
    named = next((first[column] for column in NAMES[measure.level] if first[column]), "all")
    named = f"{first['kind']}:{named}" if measure.level == "node" else named
    english, chinese = (call(*words[1:], "--explain", named, "--language", language) for language in ("en", "zh"))
    assert english.out.strip() and english.out != chinese.out, english.err
    assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese.out)


@pytest.mark.parametrize("name", registry.names())
def test_help_has_an_option_for_every_parameter_and_no_flag_twice(name: str) -> None:
    measure, command = registry.metric(name), command_of(registry.metric(name))
    flags = [flag for param in command.params for flag in (*param.opts, *param.secondary_opts)]
    assert len(flags) == len(set(flags))
    assert {f"--{parameter.replace('_', '-')}" for parameter in measure.parameters} <= set(flags)
    for param in command.params:
        assert param.help, f"{name} {param.opts}: no help"
        assert "eg." not in param.help and "``" not in param.help


def test_help_offers_the_roles_a_metric_reads(call: Call) -> None:
    offered = {
        "degree": set(),
        "pagerank": {"strength"},
        "concentration": {"strength", "distance", "count", "amount"},
        "throughflow": {"amount"},
    }
    for name, roles in offered.items():
        shown = call("measure", name, "--help").out
        assert {role for role in ("strength", "distance", "count", "amount") if f"--{role} " in shown} == roles


def test_labels_come_from_a_file(call: Call, folder: Path, tmp_path: Path) -> None:
    eco = eg.read(folder)
    labels = eg.Table({"kind": ["Maker"] * 3, "id": ["ada", "bo", "cy"], "value": ["x", "y", "x"]})
    labels.to_csv(tmp_path / "labels.csv")
    outcome = call(
        *("measure", "brokerage", folder, "--relation", "COLLABORATES", "--by", f"@{tmp_path / 'labels.csv'}"),
        *("--format", "json"),
    )
    assert json.loads(outcome.out) == rows_of(eg.brokerage(eco.network("COLLABORATES"), by=labels))
    assert outcome.err.startswith("2 nodes have no value; ")


def test_every_type_of_parameter_reaches_the_metric(folder: Path, tmp_path: Path) -> None:
    seen: dict[str, Any] = {}
    probe = probing(seen)
    eg.Table({"kind": ["Maker"], "id": ["ada"], "value": ["2.5"]}).to_csv(tmp_path / "numbers.csv")
    command_of(probe).main(
        shlex.split(
            f"{folder} --relation COLLABORATES --whole 3 --part 0.25 --text x --yes --no-no --choice b --names p,q "
            f"--names r --seeds ada --seeds 'b,o' --groups background --size @{tmp_path / 'numbers.csv'}"
        ),
        standalone_mode=False,
    )
    size = seen.pop("size")
    assert seen == {
        "whole": 3,
        "part": 0.25,
        "text": "x",
        "yes": True,
        "no": False,
        "choice": "b",
        "names": ["p", "q", "r"],
        "seeds": ["ada", "b,o"],
        "groups": "background",
    }
    assert list(size.rows()) == [{"kind": "Maker", "id": "ada", "value": 2.5}]


def test_numbers_are_an_attribute_or_a_file_of_numbers(folder: Path, tmp_path: Path) -> None:
    seen: dict[str, Any] = {}
    command, words = command_of(probing(seen)), [str(folder), "--relation", "COLLABORATES", "--size"]
    command.main([*words, "took"], standalone_mode=False)
    assert seen["size"] == "took"
    path = tmp_path / "numbers.csv"
    path.write_text("kind,id,value\nMaker,ada,many\n", encoding="utf-8")
    with pytest.raises(LoadError, match=r"numbers\.csv: .*many.*; every value must be a number"):
        command.main([*words, f"@{path}"], standalone_mode=False)


def test_what_is_not_written_is_the_default(folder: Path) -> None:
    seen: dict[str, Any] = {}
    command_of(probing(seen)).main([str(folder), "--relation", "COLLABORATES"], standalone_mode=False)
    assert seen == {
        "whole": 1,
        "part": None,
        "text": None,
        "yes": False,
        "no": True,
        "choice": "a",
        "names": None,
        "seeds": (),
        "groups": "kind",
        "size": None,
    }


def probing(seen: dict[str, Any]) -> Any:
    """A metric with a parameter of every type, which notes what it was given."""

    @metric(level="whole", zh="探针", summary_zh="探针。", source="none", columns={"n": Column("nodes", zh="节点数")})
    def probe(
        network: Network,
        *,
        whole: int = 1,
        part: float | None = None,
        text: str | None = None,
        yes: bool = False,
        no: bool = True,
        choice: Literal["a", "b"] = "a",
        names: list[str] | None = None,
        seeds: Nodes = (),
        groups: Labels = "kind",
        size: Numbers | None = None,
    ) -> Values:
        """Note what was given.

        Parameters
        ----------
        network : Network
            The view.
        whole, part, text, yes, no, choice, names, seeds, groups, size
            Whatever.
        """
        seen.update(whole=whole, part=part, text=text, yes=yes, no=no, choice=choice)
        seen.update(names=names, seeds=seeds, groups=groups, size=size)
        return Values(columns={"n": [network.n]})

    return probe


def test_top_gives_the_largest(call: Call) -> None:
    outcome = call("measure", "degree", "florentine", "--relation", "MARRIAGE", "--top", 3, "--format", "json")
    assert [row["id"] for row in json.loads(outcome.out)] == ["Medici", "Guadagni", "Strozzi"]


def test_a_table_on_the_screen_is_cut_and_says_so(call: Call) -> None:
    outcome = call("measure", "degree", "cordis-h2020", "--relation", "PARTICIPATES_IN")
    lines = outcome.out.splitlines()
    assert len(lines) == 21 and lines[0].split()[:3] == ["kind", "id", "degree"]
    assert outcome.err == "20 of 3,716 rows, the largest degree first; --top N or --format csv gives more\n"
    assert call("measure", "degree", "cordis-h2020", "--relation", "PARTICIPATES_IN", "--top", 30).out.count("\n") == 31


def test_csv_on_stdout_is_whole_and_without_a_mark(call: Call) -> None:
    outcome = call("measure", "degree", "cordis-h2020", "--relation", "PARTICIPATES_IN", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert len(rows) == 3716 and outcome.err == ""
    columns = ["degree", "in_degree", "out_degree", "relations", "share", "rank"]
    assert list(rows[0]) == ["kind", "id", *columns, "note"]


@pytest.mark.parametrize("words", [["--format", "csv"], []])
def test_csv_in_a_file_has_a_mark(call: Call, tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "degrees.csv"
    outcome = call("measure", "degree", "florentine", "--relation", "MARRIAGE", "-o", path, "--language", "zh", *words)
    assert (outcome.out, outcome.err) == ("", f"{path}: 16 rows\n")
    assert path.read_bytes().startswith("\ufeff类型,编号,度,".encode())


def test_the_ending_of_a_file_says_its_form(call: Call, tmp_path: Path) -> None:
    line = ("measure", "degree", "florentine", "--relation", "MARRIAGE", "-o")
    assert call(*line, tmp_path / "degrees.json").code == 0
    assert len(json.loads((tmp_path / "degrees.json").read_bytes())) == 16
    assert call(*line, tmp_path / "degrees.txt", "--format", "table").code == 0
    assert (tmp_path / "degrees.txt").read_text(encoding="utf-8").startswith("kind    id ")


def test_a_unit_stands_in_the_heading_and_an_empty_note_does_not(call: Call, folder: Path) -> None:
    words = ("measure", "throughflow", folder, "--relation", "TRANSFERS", "--unit", "CNY")
    assert call(*words).out.splitlines()[0].split("  ")[-1].strip() == "imbalance (CNY)"
    words = ("measure", "triple_helix", "cordis-h2020", "--path", "Project <-PARTICIPATES_IN- Organisation")
    helices = ("--university", "University", "--industry", "Enterprise", "--government", "PublicBody")
    heads, row = call(*words, *helices).out.splitlines()
    assert heads.startswith("transmission (bit)  units") and row.split()[:2] == ["-0.0275461", "602"]
    assert heads.endswith("note") and row.endswith("no fourth helix")


def test_what_was_left_out_is_talk(call: Call, broken: Path) -> None:
    outcome = call("measure", "throughflow", broken, "--relation", "TRANSFERS", "--unit", "CNY", "--format", "csv")
    first, *rest = outcome.err.splitlines()
    assert first == f"{broken}: 2 rows or cells were left out; ecograph check {broken} lists them"
    found = eg.throughflow(eg.read(broken).flows("TRANSFERS", unit="CNY")).findings
    assert rest == [finding.line() for finding in found] and len(rest) == 3
    chinese = call("measure", "throughflow", broken, "--relation", "TRANSFERS", "--unit", "CNY", "--language", "zh")
    assert [finding.line("zh") for finding in found] == chinese.err.splitlines()[1:]


def test_many_findings_are_counted(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    from ecograph.quality import Finding, Findings

    result = eg.degree(eg.read(folder).network("COLLABORATES"))
    result.findings = Findings([Finding("missing_value", row, column="hours") for row in range(1, 14)])
    Showing().show(result)
    talked = capsys.readouterr().err.splitlines()
    assert len(talked) == 11 and talked[-1] == "… 3 more findings"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("named", ["ada", "Maker:ada"])
def test_explain_says_why(call: Call, folder: Path, named: str, language: str) -> None:
    words = ("measure", "degree", folder, "--relation", "WORKS_ON", "--explain", named, "--language", language)
    outcome = call(*words)
    result = eg.degree(eg.read(folder).network("WORKS_ON"))
    assert outcome.out == result.explain("ada", language=language) + "\n"  # type: ignore[arg-type]


def test_explain_takes_a_kind_where_two_share_the_id(call: Call, folder: Path) -> None:
    words = ("measure", "degree", folder, "--relation", "COLLABORATES", "--explain")
    result = eg.degree(eg.read(folder).network("COLLABORATES"))
    assert call(*words, "Enterprise:ada").out == result.explain("ada", kind="Enterprise") + "\n"
    refused = call(*words, "ada")
    assert refused.err == "ecograph: --explain 'ada': Enterprise, Maker have this id; write Enterprise:ada\n"


def test_explain_goes_through_the_slices_that_have_the_node(call: Call, folder: Path) -> None:
    words = ("measure", "degree", folder, "--relation", "COLLABORATES", "--slices", "by=Makerspace,through=SETTLED_IN")
    result = eg.degree(eg.read(folder).slices(by="Makerspace", through="SETTLED_IN").network("COLLABORATES"))
    assert call(*words, "--explain", "cy").out == f"pier: {result.explain('cy', slice='pier')}\n"
    lines = call(*words[:-1], "every=quarter", "--explain", "bo", "--language", "zh").out.splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["2024-01-01", "2024-04-01", "2024-07-01"]


def test_explain_takes_any_end_of_a_relation_or_pair(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    rows = {"a_kind": ["Maker"] * 3, "a": ["x", "x", "y"], "b_kind": ["Maker"] * 3, "b": ["y", "z", "z"]}
    told = {"en": "row {}", "zh": "第 {} 行"}
    result = eg.Result(
        eg.Table({**rows, "shared": [1, 2, 3], "note": [None] * 3}),
        level="pair",
        metric="made",
        zh="自造",
        findings=eg.read(datasets.folder("florentine")).quality,
        provenance={},
        explainer=lambda row, language: told[language].format(row),
    )
    for named, language, lines in (("y", "en", "row 0\nrow 2\n"), ("x", "zh", "第 0 行\n第 1 行\n")):
        Showing(explain=named, language=language).show(result)  # type: ignore[arg-type]
        assert capsys.readouterr().out == lines
    with pytest.raises(UnknownNameError, match="no pair 'w'"):
        Showing(explain="w").show(result)


def test_explain_takes_groups_and_wholes(call: Call) -> None:
    path = "Project <-PARTICIPATES_IN- Organisation"
    group = call("measure", "concentration", "cordis-h2020", "--path", path, "--explain", "Project")
    assert group.out.startswith("Project: 602 members share 5,149; ")
    helices = ("--university", "University", "--industry", "Enterprise", "--government", "PublicBody")
    whole = call("measure", "triple_helix", "cordis-h2020", "--path", path, *helices, "--explain", "all")
    assert whole.out.startswith("Over 602 units")


def test_measure_alone_lists_every_metric(call: Call) -> None:
    listed = call("measure")
    assert listed.code == 0 and listed == call("measure", "--help")
    for name in registry.names():
        assert f"\n  {name} " in listed.out


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", r"betweenness would take about [\d.]+ KiB and [\d.]+ seconds\n"),
        ("zh", r"betweenness 约需内存 [\d.]+ KiB、时间 [\d.]+ 秒\n"),
    ],
)
def test_an_estimate_in_place_of_a_result(call: Call, language: str, said: str) -> None:
    done = call("measure", "betweenness", "florentine", "--relation", "MARRIAGE", "--estimate", "--language", language)
    assert done.code == 0
    assert re.fullmatch(said, done.out)


def test_a_measure_that_would_take_too_much_memory(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOGRAPH_MEMORY", "1 B")
    done = call("measure", "betweenness", "florentine", "--relation", "MARRIAGE")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("ecograph: betweenness needs about ")
