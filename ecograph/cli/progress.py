"""Progress: what takes longer than two seconds says so on a terminal, and takes its line away when it is done."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

PATIENCE = 2.0
BEAT = 0.25
MARKS = "|/-\\"


@contextmanager
def progress(what: str, patience: float = PATIENCE, *, expected: float = 0.0) -> Iterator[None]:
    """Show that something is going on, for how long, and of how many seconds, on a terminal and if it takes long."""
    if not sys.stderr.isatty():
        yield
        return
    done, started = Event(), time.monotonic()
    of_all = f" of about {expected:,.0f} s" if expected > patience else ""
    teller = Thread(target=_tell, args=(what, started, patience, done, of_all), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(what: str, started: float, patience: float, done: Event, of_all: str) -> None:
    if done.wait(patience):
        return
    beat, line = 0, ""
    while True:
        line = f"{MARKS[beat % len(MARKS)]} {what} … {time.monotonic() - started:.0f} s{of_all}"
        sys.stderr.write(f"\r{line}")
        sys.stderr.flush()
        beat += 1
        if done.wait(BEAT):
            break
    sys.stderr.write("\r" + " " * len(line) + "\r")
    sys.stderr.flush()
