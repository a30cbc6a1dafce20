"""Ctrl-C ends a long measure within a second, without a traceback; until then a terminal shows that it goes on."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

pty = pytest.importorskip("pty", reason="the system has no terminals to imitate")

STARTS_WITHIN = 120.0
ENDS_WITHIN = 1.0


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables that every measure below takes many seconds for."""
    folder = tmp_path_factory.mktemp("large")
    ends = np.random.default_rng(0).integers(0, 120_000, (300_000, 2))
    relations = "\n".join(["source,target", *(f"m{a},m{b}" for a, b in ends)])
    nodes = "\n".join(["id", *(f"m{number}" for number in range(120_000))])
    for path, text in {"nodes/Maker.csv": nodes, "relations/COLLABORATES.csv": relations}.items():
        (folder / path).parent.mkdir()
        (folder / path).write_text(text + "\n", encoding="utf-8")
    return folder


def shown_until(terminal: int, awaited: str) -> None:
    """Wait until a terminal shows this."""
    shown, stop = "", time.monotonic() + STARTS_WITHIN
    while awaited not in shown and time.monotonic() < stop:
        shown += os.read(terminal, 4096).decode(errors="replace")
    assert awaited in shown


def shown_since(terminal: int) -> str:
    """What a terminal that nobody writes to any more still shows."""
    shown = b""
    with suppress(OSError):
        while part := os.read(terminal, 4096):
            shown += part
    return shown.decode(errors="replace")


@pytest.mark.parametrize(
    "measure", ["betweenness", "closeness", "leiden --starts 1000", "consensus --runs 1000", "relation_betweenness"]
)
def test_ctrl_c_ends_a_measure_within_a_second(measure: str, large: Path) -> None:
    name, *options = measure.split()
    terminal, theirs = pty.openpty()
    command = [sys.executable, "-m", "ecograph", "measure", name, str(large), "--relation", "COLLABORATES", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        shown_until(terminal, f"measuring {name} … ")
        pressed = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
        took = time.monotonic() - pressed
    shown = shown_since(terminal)
    os.close(terminal)
    assert process.returncode == 130
    assert "Traceback" not in shown
    assert out == b""
    assert took < ENDS_WITHIN
