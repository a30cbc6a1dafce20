"""How much memory a measure may take."""

from pathlib import Path

import pytest

from ecograph.errors import ParameterError
from ecograph.methods import memory

SYSTEM = {
    "meminfo": "MemTotal: 4000 kB\nMemAvailable:    3000 kB\n",
    "cgroup": "12:cpu:/a\n5:memory:/a/b\n0::/c/d\n",
    "tree/c/memory.max": "2000000\n",
    "tree/c/memory.current": "500000\n",
    "tree/c/memory.stat": "anon 1\ninactive_file 100000\n",
    "tree/c/d/memory.max": "max\n",
    "tree/c/d/memory.current": "1\n",
    "tree/memory/a/memory.limit_in_bytes": "1500000\n",
    "tree/memory/a/memory.usage_in_bytes": "250000\n",
    "tree/memory/a/b/memory.limit_in_bytes": "9223372036854771712\n",
    "tree/memory/a/b/memory.usage_in_bytes": "7\n",
}


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in SYSTEM.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(memory, "MACHINE", tmp_path / "meminfo")
    monkeypatch.setattr(memory, "GROUPS", tmp_path / "cgroup")
    monkeypatch.setattr(memory, "TREE", tmp_path / "tree")
    monkeypatch.delenv("ECOGRAPH_MEMORY", raising=False)
    return tmp_path


def test_the_least_that_is_free_counts(system: Path) -> None:
    assert memory.allowed() == 1_250_000
    (system / "tree/memory/a/memory.limit_in_bytes").write_text("9999999999", encoding="utf-8")
    assert memory.allowed() == 1_600_000
    (system / "tree/c/memory.max").write_text("max", encoding="utf-8")
    assert memory.allowed() == 3_072_000
    (system / "tree/c/memory.max").write_text("400000", encoding="utf-8")
    assert memory.allowed() == 0


def test_where_nothing_tells_nothing_is_refused(system: Path) -> None:
    for name in ("meminfo", "cgroup"):
        (system / name).unlink()
    assert memory.allowed() is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("4 GiB", 4 * 2**30), ("1.5GB", 1_500_000_000), (" 500 MB ", 500_000_000), ("0 B", 0), ("2TiB", 2**41)],
)
def test_the_environment_decides(system: Path, monkeypatch: pytest.MonkeyPatch, text: str, expected: int) -> None:
    monkeypatch.setenv("ECOGRAPH_MEMORY", text)
    assert (system / "meminfo").exists()
    assert memory.allowed() == expected


@pytest.mark.parametrize("text", ["4", "GiB", "-1 GiB", "4 gib", "1e9 B", "four GiB", "٤ GiB", "4 GiB each", "9" * 99])
def test_anything_else_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("ECOGRAPH_MEMORY", text)
    with pytest.raises(ParameterError, match=r"^ECOGRAPH_MEMORY='.*' is no amount of memory; write one such as 4 GiB"):
        memory.allowed()
