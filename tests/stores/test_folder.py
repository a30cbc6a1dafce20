"""The folder store: files in, schema and conversions from the manifest, and what is refused."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import ecograph as eg
from ecograph.errors import EcographError

MANIFEST = """
title = "Hub"
[schema]
kinds = [{ name = "Maker", attributes = [{ name = "age", type = "integer", zh = "年龄" }] }]
[[conversions]]
from = "kCNY"
to = "CNY"
factor = 1000
"""


def folder(path: Path, manifest: str = MANIFEST) -> Path:
    (path / "nodes").mkdir(parents=True)
    (path / "relations").mkdir()
    (path / "nodes" / "Maker.csv").write_text("id,age\n007,21\nada,\n", encoding="utf-8")
    pq.write_table(pa.table({"id": ["acme"]}), str(path / "nodes" / "企业.parquet"))
    moved = "source,target,amount,unit,at\nacme,007,1.5,kCNY,2024-01-01\nacme,ada,20,CNY,2024-01-02\n"
    (path / "relations" / "TRANSFERS.csv").write_text(moved, encoding="utf-8")
    (path / "ecosystem.toml").write_text(manifest, encoding="utf-8")
    return path


def test_a_folder_is_read_with_its_schema_and_conversions(tmp_path: Path) -> None:
    eco = eg.read(folder(tmp_path / "hub"))
    assert not len(eco.quality)
    assert eco.nodes("Maker")["id"].tolist() == ["007", "ada"]
    assert eco.nodes("Maker").arrow("age").to_pylist() == [21, None]
    assert eco.manifest["title"] == "Hub"
    net = eco.network("TRANSFERS", amount="amount", unit="CNY")
    assert sorted(net.values["amount"].tolist()) == [20.0, 1500.0]


def test_without_a_manifest_the_folder_is_its_title(tmp_path: Path) -> None:
    path = folder(tmp_path / "hub")
    (path / "ecosystem.toml").unlink()
    eco = eg.read(str(path))
    assert eco.manifest == {"title": "hub"} and eco.schema.name == "innovation"
    assert eco.quality.counts() == {"unknown_column": 2, "mixed_units": 1}


def test_a_schema_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "web"
    (path / "nodes").mkdir(parents=True)
    (path / "nodes" / "Fish.csv").write_text("id\nperch\n")
    (path / "ecosystem.toml").write_text('[schema]\nbase = "none"\nname = "web"\nkinds = [{ name = "Fish" }]\n')
    assert eg.read(path).kinds == ("Fish",)


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("title = ", "ecosystem.toml:"),
        ('[schema]\nbase = "old"\n', "schema.base='old'"),
        ('[[conversions]]\nfrom = "a"\nto = "b"\nfactor = 0\n', "factor above 0"),
        ("[[conversions]]\nfactor = 2\n", "give from, to"),
        ('[schema]\nkinds = [{ name = "X", colour = "red" }]\n', "no field 'colour'"),
        ('[schema]\nkinds = [{ name = "X", parent = "Y" }]\n', "parent='Y'"),
    ],
)
def test_broken_manifests(tmp_path: Path, manifest: str, message: str) -> None:
    with pytest.raises(EcographError, match=message) as caught:
        eg.read(folder(tmp_path / "hub", manifest))
    assert "\n" not in str(caught.value)


def test_what_is_no_folder_of_tables(tmp_path: Path) -> None:
    with pytest.raises(EcographError, match="no such folder"):
        eg.read(tmp_path / "nowhere")
    with pytest.raises(EcographError, match="only local folders"):
        eg.read("https://example.org/hub")
    (tmp_path / "empty").mkdir()
    with pytest.raises(EcographError, match=r"no nodes/.* or name yours under \[\[files\]\] in ecosystem.toml"):
        eg.read(tmp_path / "empty")
    path = folder(tmp_path / "hub")
    (path / "nodes" / "Maker.xlsx").write_bytes(b"PK")
    with pytest.raises(EcographError, match="open or unpack it and save each table as CSV UTF-8"):
        eg.read(path)
    (path / "nodes" / "Maker.xlsx").unlink()
    pq.write_table(pa.table({"id": ["x"]}), str(path / "nodes" / "Maker.parquet"))
    with pytest.raises(EcographError, match="stands in two files"):
        eg.read(path)
