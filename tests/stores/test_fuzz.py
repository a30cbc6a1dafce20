"""Whatever stands in a folder, it is read or refused in one line: files and manifests changed in every way."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import EcographError
from ecograph.table import to_arrow
from tests.reading.corpus.typed import arrow, parquet
from tests.reading.mutations import CHANGES, Change, changed, check_always, in_one_line, places, with_value

Rounds = Callable[[int, int], int]
Files = Mapping[str, bytes]

MANIFEST = """
title = "Hub"
as_of = 2026-03-31

[reading]
decimal = "."

[[files]]
path = "会员.csv"
kind = "创客"
encoding = "gb18030"
separator = "comma"
columns = { "会员编号" = "id", "姓名" = "name" }
values = { background = "student" }
only = true

[limits]
rows = 1000
cell_bytes = 1000

[[conversions]]
from = "kCNY"
to = "CNY"
factor = 1000

[schema]
base = "innovation"
kinds = [
  { name = "Maker", attributes = [{ name = "age", type = "integer", zh = "年龄", minimum = 0, maximum = 150 }] },
  { name = "Robot", parent = "Actor", zh = "机器人", branch = true },
]
relations = [{ name = "BUILDS", sources = ["Maker"], targets = "Robot", time = "span", directed = true }]
vocabularies = [{ name = "paint", closed = true, words = [{ name = "red", zh = "红" }, "blue"] }]
"""
FILES: Files = {
    "ecosystem.toml": MANIFEST.encode(),
    "会员.csv": "会员编号,姓名,备注\nA01,李雷,\nA02,韩梅梅,常客\n".encode("gb18030"),
    "nodes/Makerspace.csv": "id,mode\nhub,media\n星港,培训辅导型\n".encode(),
    "nodes/Organisation.csv": "编号,类型,country\nacme,企业,CN\n".encode(),
    "nodes/Robot.arrow": arrow(to_arrow({"id": ["r1", "r2"], "name": [None, "R"]})),
    "relations/TRANSFERS.csv": b"source,target,amount,unit,at\nacme,A01,1.5,kCNY,2024-01-01\nacme,A02,20,CNY,\n",
    "relations/BUILDS.parquet": parquet(
        to_arrow({"source": ["A01"], "target": ["r1"], "valid_from": [date(2024, 1, 5)]})
    ),
}


def write(folder: Path, files: Files) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def check_folder(folder: Path) -> None:
    """Read all of it; what is said is in one line."""
    try:
        eco = eg.read(folder)
        kept = [*(eco.nodes(kind) for kind in eco.kinds), *(eco.relations(one.name) for one in eco.schema.relations)]
    except EcographError as error:
        lines = [str(error)]
    else:
        assert eco.content.fingerprint and all(len(table) >= 0 for table in kept)
        lines = [item.line(language) for item in eco.quality for language in ("en", "zh")]
    assert in_one_line(lines)


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Files of the same folder, written by us."""
    folder = tmp_path_factory.mktemp("snapshot")
    eg.write(eg.read(write(folder / "given", FILES)), folder / "kept")
    return {
        path.relative_to(folder / "kept").as_posix(): path.read_bytes()
        for path in sorted((folder / "kept").rglob("*.*"))
    }


@pytest.mark.parametrize(("kept", "many"), [(False, 2_500), (True, 1_000)])
def test_files(tmp_path: Path, rounds: Rounds, snapshot: Files, kept: bool, many: int) -> None:
    files = snapshot if kept else FILES
    folder = write(tmp_path / "hub", files)

    def law(chosen: list[tuple[str, list[Change]]]) -> None:
        for name, changes in chosen:
            (folder / name).write_bytes(changed(files[name], changes))
        try:
            check_folder(folder)
        finally:
            write(folder, {name: files[name] for name, _ in chosen})

    one = st.tuples(st.sampled_from(list(files)), CHANGES)
    check_always(rounds(many // 40, many), law, chosen=st.lists(one, min_size=1, max_size=2))


VALUES: st.SearchStrategy[Any] = (
    st.sampled_from(
        [3, 0, -1, 1.5, float("nan"), float("inf"), True, False, 10**30, date(2024, 1, 5), "", " ", "x", "a\nb"]
    )
    | st.sampled_from(
        [[], {}, ["x"], [3], [[]], [{}], {"x": 3}, {"name": 3}, [{"name": "x"}], {"": ""}, "x" * 300, "../x"]
    )
    | st.sampled_from(
        ["Maker", "创客", "id", "source", "Actor", "gbk", "none", "integer", "date", "nodes/Makerspace.csv", "."]
    )
)


def test_manifests(tmp_path: Path, rounds: Rounds) -> None:
    folder = write(tmp_path / "hub", FILES)
    said = tomllib.loads(MANIFEST)
    paths = [path for path in places(said) if path]

    def law(path: tuple[Any, ...], value: Any, name: str, added: Any) -> None:
        made = with_value(said, path, value)
        if name:
            made = {**made, name: added}
        (folder / "ecosystem.toml").write_text(tomli_w.dumps(made), encoding="utf-8")
        check_folder(folder)

    parts = [
        "",
        "",
        "",
        "files",
        "limits",
        "reading",
        "schema",
        "conversions",
        "snapshot",
        "fingerprint",
        "title",
        "as_of",
        "创",
    ]
    check_always(
        rounds(100, 3_000), law, path=st.sampled_from(paths), value=VALUES, name=st.sampled_from(parts), added=VALUES
    )
