"""Progress: shown on a terminal, after a while, and gone when it is done."""

import io
import time

import pytest

from ecograph.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_short_job_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", Terminal())
    with progress("reading hub", patience=5) as nothing:
        assert nothing is None
    import sys

    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


def test_a_long_job_shows_its_seconds_and_leaves_an_empty_line(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress("reading hub", patience=0.01):
        time.sleep(0.4)
    shown = terminal.getvalue()
    assert "reading hub … 0 s" in shown
    assert shown.endswith("\r" + " " * len("| reading hub … 0 s") + "\r")


def test_a_job_of_known_length_shows_how_long_it_will_take(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress("measuring leiden", patience=0.01, expected=1234.5):
        time.sleep(0.1)
    assert "measuring leiden … 0 s of about 1,234 s" in terminal.getvalue()


def test_a_file_gets_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = io.StringIO()
    monkeypatch.setattr("sys.stderr", plain)
    with progress("reading hub", patience=0):
        time.sleep(0.05)
    assert plain.getvalue() == ""


def test_a_failing_job_takes_its_line_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)

    def interrupted() -> None:
        with progress("reading hub", patience=0.01):
            time.sleep(0.1)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert terminal.getvalue().endswith("\r")
