"""The documentation: what it shows runs, what it names exists, and what is written by program is up to date."""

import doctest
import inspect
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from numpydoc.docscrape import FunctionDoc

import ecograph as eg
from ecograph import registry
from ecograph.cli import main
from tests.guides import BLOCK, CHECKOUT, Block, blocks, text_of

PAGES = sorted(
    path.relative_to(CHECKOUT).as_posix()
    for path in (CHECKOUT / "README.md", CHECKOUT / "CHANGELOG.md", *CHECKOUT.glob("docs/**/*.md"))
)
GUIDES = [page for page in PAGES if not page.startswith("docs/reference/")]
SECTIONS = ("Summary", "Extended Summary", "Parameters", "Returns", "Raises", "Notes", "References", "Examples")

READ = {"docs/how-to/two-sides.md": "nyc_fhv_two_sided", "docs/zh/two-sides.md": "nyc_fhv_two_sided"}
"""Reference data that a page reads; they do not ship with the project."""

LENIENT = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
MADE_BY = re.compile(r"\b(agents?|helpers?|sessions?|issue #?\d+|TODO|FIXME)\b|(?<![\w.])/(work|tmp|root|home)/")

guides = pytest.mark.parametrize("page", GUIDES)
metrics = pytest.mark.parametrize("name", registry.names())


def run_shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": programs, "COLUMNS": "120"}
    return subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def run_console(block: Block, page: str, folder: Path) -> None:
    """Run the commands of a block; lines below a command are what it says."""
    commands = COMMAND.findall(block.text)
    assert commands, f"{page} line {block.line}: no command"
    for command, shown in commands:
        done = run_shell(command, folder)
        said = f"{page} line {block.line}: {command}\n{done.stdout}{done.stderr}"
        assert done.returncode == 0, said
        assert not shown or doctest.OutputChecker().check_output(shown, done.stdout + done.stderr, LENIENT), said


def run_python(block: Block, page: str, names: dict[str, object]) -> None:
    """Run a block as a doctest, in the names that earlier blocks of the page left."""
    test = doctest.DocTestParser().get_doctest(block.text, names, page, page, block.line)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=LENIENT)
    failed, _ = runner.run(test, out=said.append, clear_globs=False)
    assert not failed, "".join(said)
    names.update(test.globs)


@guides
def test_what_a_guide_shows_is_what_happens(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Blocks in order: one under the name of a file is that file, Python is a doctest, a command line is run."""
    if page in READ:
        for file in (request.getfixturevalue("reference") / READ[page]).glob("*.csv"):
            shutil.copy(file, tmp_path)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks(page):
        if block.file:
            place = tmp_path / block.file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(block.text, encoding="utf-8")
        elif block.language == "python":
            assert ">>>" in block.text, f"{page} line {block.line}: neither a doctest nor a file"
            run_python(block, page, names)
        elif block.language == "console":
            run_console(block, page, tmp_path)


@metrics
def test_a_metric_says_everything(name: str) -> None:
    metric = registry.metric(name)
    told = FunctionDoc(metric.body)
    assert all(told[section] for section in SECTIONS[:2]), "one line on what it tells, then how to read it"
    assert [section for section in SECTIONS if not told[section]] == []
    assert f"Chinese term: {metric.zh}." in " ".join(told["References"])
    assert next(one.name for one in told["Parameters"]) == next(iter(metric.signature.parameters))
    documented = {part.strip() for one in told["Parameters"] for part in one.name.split(",")}
    assert documented == set(metric.signature.parameters)


@metrics
def test_the_command_on_the_page_of_a_metric_runs(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (command,) = (block.text for block in blocks(f"docs/reference/metrics/{name}.md") if block.language == "console")
    assert main(shlex.split(command.removeprefix("$ ecograph"))) == 0
    assert set(registry.metric(name).columns) <= set(re.split(r"\s+|,", capsys.readouterr().out))


def test_every_name_of_the_door_has_its_page() -> None:
    reference = "\n".join(text_of(page) for page in PAGES if page.startswith("docs/reference/"))
    for name in dir(eg):
        assert re.search(rf":: ecograph\.{name}\b", reference), name


def test_types_of_the_door_are_known_to_mypy(tmp_path: Path) -> None:
    """The stub of the door gives every name its type, a metric's options too."""
    script = tmp_path / "script.py"
    script.write_text(
        "import ecograph as eg\n"
        "net = eg.dataset('florentine').network('MARRIAGE')\n"
        "reveal_type(eg.degree(net))\n"
        "reveal_type(eg.pagerank(net, damping=0.9).top(3))\n"
        "eg.pagerank(net, damping='0.9')\n"
        "eg.throughflow(net)\n"
        "eg.no_such_name\n"
    )
    command = [sys.executable, "-m", "mypy", script]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    said = re.findall(r"script\.py:(\d+): (?:note: Revealed type is \"(.+)\"|error: .+\[(.+)\])", done.stdout)
    assert said == [
        ("3", "ecograph.result.Result", ""),
        ("4", "ecograph.table.Table", ""),
        ("5", "", "arg-type"),
        ("6", "", "arg-type"),
        ("7", "", "attr-defined"),
    ], done.stdout


def test_every_public_member_of_the_door_says_what_it_does() -> None:
    for name in eg._DOORS:
        found = getattr(eg, name)
        assert inspect.getdoc(found), name
        for member, value in vars(found).items() if inspect.isclass(found) else ():
            if not member.startswith("_") and (callable(value) or isinstance(value, property)):
                assert inspect.getdoc(value), f"{name}.{member}"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_speaks_of_the_library_alone(page: str) -> None:
    assert not [line for line in text_of(page).splitlines() if MADE_BY.search(line)]


def anchors(page: Path) -> set[str]:
    """Anchors of a page's headings, as GitHub and MyST make them, and those set by hand."""
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    made = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return made | set(re.findall(r"^\((.+)\)=$", text, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    text = BLOCK.sub("", text_of(page))
    for link in LINK.findall(text):
        if link.startswith(("https://", "http://")):
            continue
        path, _, anchor = link.partition("#")
        target = (CHECKOUT / page).parent / path if path else CHECKOUT / page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_what_is_written_by_program_is_up_to_date() -> None:
    command = [sys.executable, CHECKOUT / "docs" / "generate.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
