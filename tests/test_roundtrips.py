"""Real data leave for every format people use and come back the same, or less what the format cannot hold."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import networkx as nx
import polars as pl
import pyarrow as pa
import pytest
import tomli_w

import ecograph as eg

DATASETS = ("harbour", "cordis-h2020")


@pytest.fixture(scope="module", params=DATASETS)
def eco(request: pytest.FixtureRequest) -> eg.Ecosystem:
    found: eg.Ecosystem = eg.dataset(request.param)
    return found


def by_way_of(eco: eg.Ecosystem, leave: Callable[[Any], Any]) -> eg.Ecosystem:
    """The ecosystem made of all its tables after they left."""
    nodes = {kind: leave(eco.nodes(kind)) for kind in eco.kinds}
    relations = {kind: leave(eco.relations(kind)) for kind in eco.relation_kinds}
    return eg.from_tables(nodes, relations, eco.schema)


def by_duckdb(table: Any) -> Any:
    frame = pa.table(table)
    with duckdb.connect() as connection:
        connection.register("frame", frame)
        connection.sql("create table kept as select * from frame")
        return connection.sql("select * from kept").to_arrow_table()


@pytest.mark.parametrize(
    "leave",
    [lambda table: table.frame(), pl.DataFrame, by_duckdb, pa.table],
    ids=["pandas", "polars", "duckdb", "arrow"],
)
def test_frames(eco: eg.Ecosystem, leave: Callable[[Any], Any]) -> None:
    again = by_way_of(eco, leave)
    assert again.fingerprint == eco.fingerprint
    assert not len(again.quality.of("error"))


def test_csv_folders(eco: eg.Ecosystem, tmp_path: Path) -> None:
    for part in ("nodes", "relations"):
        (tmp_path / part).mkdir()
    for kind in eco.kinds:
        eco.nodes(kind).to_csv(tmp_path / "nodes" / f"{kind}.csv")
    for kind in eco.relation_kinds:
        eco.relations(kind).to_csv(tmp_path / "relations" / f"{kind}.csv")
    (tmp_path / "ecosystem.toml").write_bytes(
        tomli_w.dumps({"schema": {"base": "none", **eco.schema.as_dict()}}).encode()
    )
    again = eg.read(tmp_path)
    assert again.fingerprint == eco.fingerprint
    assert not len(again.quality.of("error"))


def test_snapshots_and_back(eco: eg.Ecosystem, tmp_path: Path) -> None:
    eg.write(eco, tmp_path / "one")
    eg.write(eg.read(tmp_path / "one"), tmp_path / "two")
    assert eg.read(tmp_path / "two", strict=True).fingerprint == eco.fingerprint


def test_networkx_keeps_all_but_nodes_without_relations_and_references_to_them(eco: eg.Ecosystem) -> None:
    directed = [name for name in eco.relation_kinds if eco.schema.relation(name).directed]
    net = eco.network(*directed)
    graph = net.to_networkx()
    assert isinstance(graph, nx.MultiDiGraph)
    again = eg.from_networkx(graph, eco.schema)
    met = set(zip(net.nodes.kinds.to_pylist(), net.nodes.ids.to_pylist(), strict=True))
    assert {(kind, id) for kind in again.kinds for id in again.nodes(kind)["id"].tolist()} == met
    lost = 0
    for name in directed:
        references = {column.name for column in eco.schema.relation_columns(name) if column.ref}
        here, there = eco.relations(name), again.relations(name)
        assert here.names == there.names
        for column in here.names:
            if column not in references:
                assert here.arrow(column).equals(there.arrow(column)), (name, column)
            else:
                lost += _filled(here, column) - _filled(there, column)
    assert again.quality.counts().get("unknown_reference", 0) == lost


def _filled(table: Any, column: str) -> int:
    return len(table) - int(table.arrow(column).null_count)
