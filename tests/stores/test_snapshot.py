"""Snapshots: what is written is read back, whole or not at all."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

import ecograph as eg
from ecograph.content import Content
from ecograph.errors import AddressError, LoadError, StoreError
from ecograph.stores import opening, snapshot
from tests.strategies import made, made_ecosystems


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def checked(eco: eg.Ecosystem) -> str:
    """Fingerprint computed from the tables, not the one on record."""
    parts = eco.content
    return Content(parts.schema, dict(parts.nodes), dict(parts.relations), factors=parts.factors).fingerprint


@pytest.mark.parametrize("name", ["florentine", "cordis-h2020", "harbour"])
def test_datasets_come_back(name: str, tmp_path: Path) -> None:
    eco = eg.dataset(name)
    eg.write(eco, tmp_path / "there")
    back = eg.read(tmp_path / "there", strict=True)
    assert back == eco and checked(back) == eco.fingerprint
    assert back.manifest == eco.manifest and back.schema == eco.schema
    assert back.summary() == eco.summary()
    for relation in eco.relation_kinds:
        assert back.relations(relation) == eco.relations(relation)


@settings(max_examples=15)
@given(made_ecosystems)
def test_any_ecosystem_comes_back(tables) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        eg.write(tables.ecosystem, folder)
        back = eg.read(folder)
        assert checked(back) == tables.ecosystem.fingerprint
        found, again = (eg.degree(eco.network("ARC", kinds="Actor")) for eco in (tables.ecosystem, back))
        assert found == again


def test_parts_keys_dates_and_conversions_come_back(tmp_path: Path) -> None:
    rows = {
        "source": ["b", "a", "a"],
        "target": ["p", "p", "p"],
        "at": ["2024-05-01T10:00Z", "2024-01-01", "2025-01-01"],
        "key": ["k2", "k1", None],
        "score": [1.5, None, 2.0],
        "colour": ["red", None, "蓝"],
    }
    eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Project": {"id": ["p"]}}, {"EVALUATES": rows})
    eg.write(eco.between("2024-01-01", "2025-01-01"), tmp_path / "part")
    part = eg.read(tmp_path / "part")
    assert part.relations("EVALUATES")["key"].tolist() == ["k1", "k2"] and not part.selection
    assert checked(part) == eco.between("2024-01-01", "2025-01-01").fingerprint
    (tmp_path / "nodes").mkdir()
    (tmp_path / "nodes" / "Maker.csv").write_text("id\na\n")
    (tmp_path / "ecosystem.toml").write_text('[[conversions]]\nfrom = "kg"\nto = "g"\nfactor = 1000\n')
    units = eg.read(tmp_path)
    eg.write(units, tmp_path / "units")
    assert eg.read(tmp_path / "units").content.factors == {("kg", "g"): 1000.0}


def test_writing_again_replaces_the_snapshot_and_leaves_nothing_else(tmp_path: Path) -> None:
    first, second = made(1).ecosystem, made(2).ecosystem
    for eco in (first, second, second):
        eg.write(eco, tmp_path)
        assert eg.read(tmp_path) == eco
    assert {path.name for path in tmp_path.iterdir()} == {"ecosystem.toml", f"snapshot-{second.fingerprint[:16]}"}


def test_a_writer_stopped_while_it_removes_the_older_snapshot_leaves_none_that_looks_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = made(1).ecosystem, made(2).ecosystem
    eg.write(first, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(snapshot.shutil, "rmtree", lambda path, **_: next(Path(path).rglob("*.parquet")).unlink())
        eg.write(second, tmp_path)
    eg.write(first, tmp_path)
    assert eg.read(tmp_path, strict=True) == first
    assert not list(tmp_path.glob(".*"))


def test_reading_one_kind_reads_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    eg.write(eg.dataset("cordis-h2020"), tmp_path)
    read, plain = [], pq.read_metadata
    monkeypatch.setattr(opening.pq, "read_metadata", lambda path: read.append(path) or plain(path))
    assert len(eg.read(tmp_path).nodes("PublicBody")) == 258
    assert [Path(path).name for path in read] == ["PublicBody.parquet"]


def test_tables_someone_made_are_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "nodes").mkdir()
    (tmp_path / "nodes" / "Maker.csv").write_text("id\na\n")
    before = files(tmp_path)
    with pytest.raises(AddressError, match="no snapshot"):
        eg.write(made(1).ecosystem, tmp_path)
    with pytest.raises(AddressError, match="is a file"):
        eg.write(made(1).ecosystem, tmp_path / "nodes" / "Maker.csv")
    with pytest.raises(AddressError, match="only local"):
        eg.write(made(1).ecosystem, "s3://bucket")
    assert files(tmp_path) == before


def test_a_full_disk_leaves_what_stood_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(1).ecosystem
    eg.write(first, tmp_path / "old")
    before = files(tmp_path / "old")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for part in ("_write_table", "_commit"):
        with monkeypatch.context() as patch:
            patch.setattr(snapshot, part, full)
            with pytest.raises(StoreError, match="No space left on device; what stood there is unchanged"):
                eg.write(made(2).ecosystem, tmp_path / "old")
            with pytest.raises(StoreError):
                eg.write(made(2).ecosystem, tmp_path / "new")
        assert eg.read(tmp_path / "old", strict=True) == first
        assert not (tmp_path / "new").exists()
    assert files(tmp_path / "old") >= before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 256 kilobytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)]
    if os.name != "posix" or os.getuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("not applicable: a small disk can be made by root only")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full(small_disk: Path) -> None:
    first, large = made(1).ecosystem, made(2, n=3_000, m=60_000).ecosystem
    eg.write(first, small_disk / "hub")
    before = files(small_disk)
    with pytest.raises(StoreError, match="No space left on device") as caught:
        eg.write(large, small_disk / "hub")
    assert "\n" not in str(caught.value)
    with pytest.raises(StoreError):
        eg.write(large, small_disk / "other")
    assert files(small_disk) == before
    assert eg.read(small_disk / "hub", strict=True) == first


WRITER = """
import sys, ecograph as eg
from tests.strategies import made
ecosystems = [made(1, n=3000, m=60000).ecosystem, made(2, n=3000, m=60000).ecosystem]
eg.write(ecosystems[0], sys.argv[1])
print(*(eco.fingerprint for eco in ecosystems), flush=True)
while True:
    for eco in ecosystems[::-1]:
        eg.write(eco, sys.argv[1])
"""


def test_killed_at_any_moment_the_old_or_the_new_snapshot_is_there(tmp_path: Path, rounds) -> None:
    for number in range(rounds(10, 100)):
        folder = tmp_path / str(number % 3)
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert writer.stdout is not None
        known = writer.stdout.readline().split()
        time.sleep(0.003 * (number * 37 % 41))
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        back = eg.read(folder, strict=True)
        assert back.fingerprint in known


def test_a_snapshot_that_was_changed_or_lost_is_refused(tmp_path: Path) -> None:
    eg.write(made(1).ecosystem, tmp_path)
    manifest = (tmp_path / "ecosystem.toml").read_text()
    name = next(path.name for path in tmp_path.iterdir() if path.is_dir())
    table = tmp_path / name / "relations" / "ARC.parquet"
    whole = table.read_bytes()
    table.write_bytes(whole[:-20])
    with pytest.raises(LoadError, match=r"ARC\.parquet: cannot be read"):
        eg.read(tmp_path).relations("ARC")
    fewer = pq.read_table(str(table.parent / "TIE.parquet"))
    pq.write_table(fewer, str(table))
    with pytest.raises(LoadError, match="not those that were written"):
        eg.read(tmp_path, strict=True)
    strangers = fewer.set_column(fewer.column_names.index("@source"), "@source", [[10_000] * fewer.num_rows])
    pq.write_table(strangers, str(table))
    with pytest.raises(LoadError, match="ARC has an end that is no node"):
        eg.read(tmp_path).relations("ARC")
    pq.write_table(fewer.drop_columns(["@source"]), str(table))
    with pytest.raises(LoadError, match=r"ARC\.parquet: it has no column @source; write the ecosystem anew"):
        eg.read(tmp_path).relations("ARC")
    table.write_bytes(whole.replace(b"@source", b"\xffsource"))
    with pytest.raises(LoadError, match=r"ARC\.parquet: cannot be read"):
        eg.read(tmp_path).relations("ARC")
    (tmp_path / "ecosystem.toml").write_text(manifest.replace(name, "../elsewhere"))
    with pytest.raises(LoadError, match="not in the folder"):
        eg.read(tmp_path)
