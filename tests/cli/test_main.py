"""The program as a process: where it writes, how it ends, what it costs to start."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pytest

import ecograph.cli
from ecograph.cli import main
from tests.cli.calling import Call

PYTHON = (sys.executable, "-m", "ecograph")
PROGRAM = (str(Path(sys.executable).with_name("ecograph")),)
MOST_HELP, MOST_IMPORT = 0.3, 0.05


def process(words: Sequence[str], **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(words, capture_output=True, check=False, env=os.environ | environment)


def cpu_seconds(words: Sequence[str]) -> float:
    """Least user and system time of five runs."""
    spent = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


@pytest.mark.parametrize("program", [PYTHON, PROGRAM])
def test_data_go_to_stdout_and_talk_to_stderr(program: Sequence[str], folder: Path) -> None:
    words = (*program, "measure", "throughflow", str(folder), "--relation", "TRANSFERS", "--unit", "CNY")
    done = process((*words, "--format", "json"))
    assert done.returncode == 0
    assert [row["id"] for row in json.loads(done.stdout)]
    assert done.stderr.decode().count("\n") == 3 and b"have no amount" in done.stderr


def test_exit_codes(broken: Path) -> None:
    assert process((*PYTHON, "check", "florentine")).returncode == 0
    assert process((*PYTHON, "check", str(broken))).returncode == 1
    refused = process((*PYTHON, "check", "nowhere"))
    assert refused.returncode == 1
    assert refused.stderr == (
        b"ecograph: data='nowhere': no such folder, and no such dataset; datasets: cordis-h2020, florentine, harbour\n"
    )
    misread = process((*PYTHON, "check"))
    assert misread.returncode == 2
    assert misread.stderr == b"ecograph check: missing argument 'DATA'. See ecograph check --help.\n"
    assert refused.stdout == misread.stdout == b""


def test_ctrl_c_ends_quietly_with_130(tmp_path: Path) -> None:
    waits = "import time, ecograph.cli.check as c; c.loaded = lambda *_, **__: print(flush=True) or time.sleep(60)"
    program = f"{waits}; import sys; from ecograph.cli import main; sys.exit(main(['check', 'florentine']))"
    running = subprocess.Popen((sys.executable, "-c", program), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout
    running.stdout.readline()
    running.send_signal(signal.SIGINT)
    _, talk = running.communicate(timeout=30)
    assert (running.returncode, talk) == (130, b"")


def test_a_reader_that_left_is_passed_over_quietly() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run((*PYTHON, "list", "relations"), stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


def test_output_is_utf8_under_any_locale() -> None:
    done = process((*PYTHON, "list", "kinds"), LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0 and "创客" in done.stdout.decode("utf-8")
    refused = process((*PYTHON, "measure", "度"), LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert refused.returncode == 1 and refused.stderr.decode("utf-8").startswith("ecograph: no metric ")


def test_there_is_no_colour() -> None:
    for words in (("check", "--help"), ("check",)):
        done = process((*PYTHON, *words), FORCE_COLOR="1")
        assert (done.stdout or done.stderr) and b"\x1b" not in done.stdout + done.stderr


def test_a_bug_shows_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(ecograph.cli.check, "loaded", broken)
    with pytest.raises(ZeroDivisionError, match="a bug"):
        main(["check", "florentine"])


def test_help_and_version(call: Call) -> None:
    assert call("--version").out == f"ecograph {version('ecograph')}\n"
    assert call().out == call("--help").out == call("-h").out
    for command in ("check", "doctor", "list", "measure", "report"):
        assert f"\n  {command} " in call("--help").out
        shown = call(command, "--help")
        assert shown.code == 0 and shown.err == ""
        assert "\n  Example: ecograph " in shown.out


@pytest.mark.parametrize("words", [(), ("check",), ("doctor",), ("list",), ("measure",), ("report",)])
def test_help_fits_the_terminal(words: Sequence[str]) -> None:
    for columns, most in ((80, 80), (200, 100)):
        done = process((*PROGRAM, *words, "--help"), COLUMNS=str(columns))
        assert done.returncode == 0
        assert max(map(len, done.stdout.decode().splitlines())) <= most


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="not applicable: no device that is always full")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run((*PROGRAM, "list"), stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (
        1,
        b"ecograph: stdout: No space left on device; send the output where there is room\n",
    )


def test_the_command_line_imports_nothing_heavy() -> None:
    heavy = "{'numpy', 'pyarrow', 'pandas', 'scipy', 'rich', 'pydantic', 'jinja2'}"
    done = process((sys.executable, "-c", f"import sys, ecograph.cli; print(sorted({heavy} & set(sys.modules)))"))
    assert done.stdout == b"[]\n"


def test_help_and_import_are_quick() -> None:
    began = time.perf_counter()
    bare = cpu_seconds((sys.executable, "-c", ""))
    imported = cpu_seconds((sys.executable, "-c", "import ecograph")) - bare
    helped = cpu_seconds((*PROGRAM, "--help"))
    print(f"import ecograph {imported:.3f} s, ecograph --help {helped:.3f} s, in {time.perf_counter() - began:.1f} s")
    assert imported <= MOST_IMPORT
    assert helped <= MOST_HELP
