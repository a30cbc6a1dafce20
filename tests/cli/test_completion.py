"""What the shell offers: commands, metrics, options, data and relations; in bash as it is installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calling import TABLES, tables

PROGRAM = Path(sys.executable).with_name("ecograph")


def offered(line: str, folder: Path) -> list[str]:
    """Candidates for the last word of a line."""
    settings = {"_ECOGRAPH_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    done = subprocess.run(
        (PROGRAM,), cwd=folder, env=os.environ | settings, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip().splitlines()


OFFERED = {
    "ecograph me": ["measure"],
    "ecograph do": ["doctor"],
    "ecograph measure page": ["pagerank"],
    "ecograph measure nothing zz": [],
    "ecograph measure degree flo": ["florentine"],
    "ecograph measure degree ta": ["tables"],
    "ecograph measure degree tables/no": ["tables/nodes"],
    "ecograph check nowhere/x": [],
    "ecograph measure degree florentine --rel": ["--relation"],
    "ecograph measure pagerank florentine --dam": ["--damping"],
    "ecograph measure degree florentine --relation ": ["MARRIAGE"],
    "ecograph measure degree tables --relation CO": ["COLLABORATES", "COMPETES"],
    "ecograph measure degree --relation MENT": ["MENTORS"],
    "ecograph measure degree nowhere --relation MENT": ["MENTORS"],
    "ecograph measure degree florentine --format ": ["table", "csv", "json"],
    "ecograph report florentine --la": ["--language"],
    "ecograph report florentine --conf": ["--config"],
}


@pytest.mark.parametrize("line", OFFERED)
def test_candidates(line: str, tmp_path: Path) -> None:
    tables(tmp_path / "tables", TABLES)
    (tmp_path / "table.csv").touch()
    assert offered(line, tmp_path) == OFFERED[line]


@pytest.mark.skipif(shutil.which("bash") is None, reason="not applicable: no bash")
def test_bash_completes_after_the_installation(tmp_path: Path) -> None:
    """The installation writes into the home folder, and a new shell that reads it offers candidates."""
    path = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
    settings = os.environ | {"HOME": str(tmp_path), "PATH": path}
    script = "ecograph --install-completion; true"
    installed = subprocess.run(("bash", "-c", script), env=settings, capture_output=True, text=True, check=False)
    assert f"bash completion installed in {tmp_path}" in installed.stdout and not installed.stderr
    script = (
        f"source {tmp_path}/.bashrc; COMP_WORDS=(ecograph measure degree florentine --relation M); COMP_CWORD=5; "
        '_ecograph_completion ecograph; echo "${COMPREPLY[@]}"'
    )
    completed = subprocess.run(("bash", "-c", script), env=settings, capture_output=True, text=True, check=False)
    assert (completed.stdout, completed.stderr) == ("MARRIAGE\n", "")
