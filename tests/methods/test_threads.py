"""How many threads a kernel may use."""

import pytest

from ecograph.errors import ParameterError
from ecograph.methods.threads import threads


@pytest.mark.parametrize(("text", "expected"), [("1", 1), ("3", 3), ("1024", 1024)])
def test_the_environment_decides(monkeypatch: pytest.MonkeyPatch, text: str, expected: int) -> None:
    monkeypatch.setenv("ECOGRAPH_THREADS", text)
    assert threads() == expected


def test_all_cpus_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ECOGRAPH_THREADS", raising=False)
    monkeypatch.setattr("os.sched_getaffinity", lambda process: {0, 2, 5}, raising=False)
    assert threads() == 3
    monkeypatch.delattr("os.sched_getaffinity")
    monkeypatch.setattr("os.cpu_count", lambda: None)
    assert threads() == 1
    monkeypatch.setattr("os.cpu_count", lambda: 4096)
    assert threads() == 1024


@pytest.mark.parametrize("text", ["0", "-1", "1025", "two", "1.5", " 2", "²", "9" * 5000])
def test_anything_else_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("ECOGRAPH_THREADS", text)
    with pytest.raises(ParameterError, match=r"^ECOGRAPH_THREADS='.*' is not a whole number from 1 to 1024; set one"):
        threads()
