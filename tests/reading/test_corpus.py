"""The corpus of bad tables: each is read with exactly its findings, or refused in one line, soon and in little room."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pytest

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from ecograph.errors import EcographError
from ecograph.quality import Finding
from tests.reading.corpus import CASES
from tests.reading.corpus.case import MANIFEST, NODES, Case
from tests.reading.corpus.cells import SCHEMA
from tests.reading.corpus.places import FORBIDDEN
from tests.reading.corpus.typed import STRANGE, arrow, with_column

SECONDS, KILOBYTES = 5, 2**20
NOBODY = 65_534


def said(item: Finding) -> str:
    row = "-" if item.row is None else item.row
    return f"{item.code} {item.file} {row} {item.column}" + f" x{item.count}" * (item.count != 1)


def held(eco: Ecosystem, place: str) -> list[object]:
    kind, column = place.split(".")
    table = eco.nodes(kind) if kind in eco.schema.leaves() else eco.relations(kind)
    return list(table.arrow(column).to_pylist())


def check(case: Case, folder: Path) -> None:
    """Read what was written and hold it against what must come of it."""
    address = case.address or folder
    began = time.perf_counter()
    if case.refused:
        message = refusal(address)
        assert case.is_refused_with(message), message
    else:
        eco = eg.read(address)
        check_content(case, eco)
        assert not eco.quality.of("error") or refusal(address, strict=True).startswith("strict: ")
    assert time.perf_counter() - began < SECONDS


def refusal(address: str | Path, *, strict: bool = False) -> str:
    with pytest.raises(EcographError) as refused:
        eg.read(address, strict=strict)
    assert len(str(refused.value).splitlines()) == 1
    return str(refused.value)


def check_content(case: Case, eco: Ecosystem) -> None:
    assert [said(item) for item in eco.quality] == list(case.found)
    assert {place: held(eco, place) for place in case.holds} == case.holds
    for language in ("en", "zh"):
        assert all(len(item.line(language).splitlines()) == 1 for item in list(eco.quality)[:20])


def test_there_are_many() -> None:
    assert len(CASES) >= 200
    assert sum(bool(case.refused) for case in CASES.values()) >= 200
    assert sum(bool(case.found) for case in CASES.values()) >= 100


@pytest.mark.parametrize("name", CASES)
def test_what_comes_of_it(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    CASES[name].write(Path("hub"))
    check(CASES[name], Path("hub"))


@contextmanager
def unprivileged(folder: Path) -> Iterator[None]:
    """Read as somebody who may not read everything; paths must be below the working folder."""
    root = os.getuid() == 0
    folder.chmod(0o755)
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for path in folder.rglob("*"):
            path.chmod(0o755)


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_may_not_be_read(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    FORBIDDEN[name].write(Path("hub"))
    with unprivileged(tmp_path):
        check(FORBIDDEN[name], Path("hub"))


@pytest.mark.parametrize(
    "column", ["id", "age", "score", "active", "joined", "colour", "background", "home", "valid_to"]
)
def test_cells_of_any_type_stand_under_any_column(column: str, tmp_path: Path) -> None:
    for name, cells in STRANGE.items():
        if pa.types.is_run_end_encoded(cells.type):
            continue
        table = with_column(cells, column) if column != "id" else pa.table({"id": cells, "name": ["a", "b"]})
        folder = tmp_path / name
        Case({NODES.replace("csv", "arrow"): arrow(table), MANIFEST: SCHEMA}).write(folder)
        eco = eg.read(folder)
        assert len(eco.nodes("Maker")) + eco.quality.counts().get("blank_id", 0) + lost_rows(eco) == len(cells), name
        assert all(len(item.line().splitlines()) == 1 for item in eco.quality)


def lost_rows(eco: Ecosystem) -> int:
    own_dates = [item for item in eco.quality if item.column == "valid_to" and item.code in ("bad_date", "no_zone")]
    return len(own_dates) + eco.quality.counts().get("equal_rows", 0)


READER = """
import resource, sys, time
from pathlib import Path
import ecograph as eg
from ecograph.errors import EcographError
longest = 0.0
for folder in sorted(Path(sys.argv[1]).iterdir()):
    began = time.perf_counter()
    try:
        eg.read(folder / "hub")
    except EcographError:
        pass
    longest = max(longest, time.perf_counter() - began)
print(longest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.sweep
def test_all_of_it_fits_into_a_gigabyte(tmp_path: Path) -> None:
    checkout = Path(__file__).parents[2]
    for command in (["-m", "tests.reading.corpus"], ["-c", READER]):
        made = subprocess.run(
            [sys.executable, *command, str(tmp_path)], capture_output=True, text=True, cwd=checkout, check=True
        )
    longest, most = map(float, made.stdout.split())
    assert longest < SECONDS
    assert most < KILOBYTES
