"""Headings of foreign files."""

from pathlib import Path

import pytest

from ecograph.errors import LoadError
from ecograph.importers.headings import column, opened
from ecograph.reading.log import Log


@pytest.mark.parametrize("text", ["a;b\n1;2\n", "a,b\n1,2\n", "\ufeffa;b\n1;2\n"])
def test_the_headings_say_what_separates_cells(tmp_path: Path, text: str) -> None:
    (tmp_path / "one.csv").write_text(text, encoding="utf-8")
    assert column(opened(tmp_path / "one.csv", ["a", "b"], Log()), "b").to_pylist() == ["2"]


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"one\.csv: cannot be read \(it is no file\); give a file of its own"):
        opened(tmp_path / "one.csv", [], Log())
