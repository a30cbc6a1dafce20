"""Calling the command line inside the test's process, and folders of tables."""

from pathlib import Path

import pytest

from ecograph.cli import main
from tests.cli.calling import BROKEN, TABLES, Call, Outcome, tables


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run ``ecograph`` with these words."""

    def run(*words: object) -> Outcome:
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Tables without an error."""
    return tables(tmp_path / "tables", TABLES)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Tables in which two rows cannot be used."""
    return tables(tmp_path / "broken", TABLES | BROKEN)
