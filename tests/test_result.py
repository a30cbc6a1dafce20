"""Result: top rows, explanations, files."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

import ecograph as eg
from ecograph.errors import AddressError, LoadError, ParameterError, UnknownNameError
from ecograph.quality import Findings
from ecograph.result import KEYS, Result


def node_result(values: list[float]) -> Result:
    ids = [f"n{number}" for number in range(len(values))]
    cells = {"kind": ["Maker"] * len(ids), "id": ids, "value": values, "note": [None] * len(ids)}
    table = eg.Table(cells, {**KEYS["node"], "value": eg.Column("value", zh="值")})
    return Result(table, level="node", metric="value", zh="值", findings=Findings(), provenance={})


def test_top_ends_with_missing_values_and_breaks_ties_by_id() -> None:
    result = node_result([1.0, float("nan"), 3.0, 3.0])
    assert result.top(10)["id"].tolist() == ["n2", "n3", "n0", "n1"]
    assert result.top(1)["value"].tolist() == [3.0]
    with pytest.raises(UnknownNameError, match="did you mean value"):
        result.top(by="values")
    with pytest.raises(ParameterError, match="n=0"):
        result.top(0)


def test_explaining_needs_a_row_and_a_view() -> None:
    result = eg.degree(eg.dataset("florentine").network("MARRIAGE"))
    with pytest.raises(UnknownNameError, match="no row with id='Borgia'"):
        result.explain("Borgia")
    with pytest.raises(UnknownNameError, match="kind='Maker'"):
        result.explain("Medici", kind="Maker")
    assert "6" in result.explain("Medici", language="zh")
    with pytest.raises(ParameterError, match=r"degree.explain\('Medici', 'Pazzi'\): rows of level node have id, kind="):
        result.explain("Medici", "Pazzi")
    with pytest.raises(ParameterError, match=r"degree.explain\(colour=\): rows of level node have id, kind="):
        result.explain(colour="red")


def test_pairs_and_relations_are_explained_by_both_ends() -> None:
    ends = {
        "pair": {"a_kind": ["Maker"] * 3, "a": ["x", "x", "x"], "b_kind": ["Maker", "Maker", "Team"], "b": list("yzz")},
        "relation": {"relation": ["MEETS"] * 3, "key": ["1", "2", "3"], "source": list("xxx"), "target": list("yzz")},
    }
    for level, extra in (("pair", {"b_kind": "Team"}), ("relation", {"key": "3"})):
        cells = {key: ends[level].get(key, ["Maker"] * 3) for key in KEYS[level]} | {"value": [3.0, 2.0, 1.0]}
        result = Result(
            eg.Table({**cells, "note": [None] * 3}), level=level, metric="made", zh="自造", findings=Findings(),
            provenance={}, explainer=lambda row, language: f"{language} {row}",
        )  # fmt: skip
        assert result.explain("x", "y") == "en 0"
        assert result.explain("x", "z", **extra, language="zh") == "zh 2"
        with pytest.raises(UnknownNameError, match=r"2 rows have \w+='x', \w+='z'; give .*" + next(iter(extra))):
            result.explain("x", "z")
        with pytest.raises(UnknownNameError, match="no row with"):
            result.explain("z", "x")
        assert "x – y" in result.plot().svg


def test_files_that_hold_no_result(tmp_path: Path) -> None:
    with pytest.raises(AddressError, match="no such file"):
        eg.load(tmp_path / "none.parquet")
    (tmp_path / "text.parquet").write_text("hello")
    with pytest.raises(LoadError, match="holds no result"):
        eg.load(tmp_path / "text.parquet")
    pq.write_table(node_result([1.0]).table._data, str(tmp_path / "plain.parquet"))
    with pytest.raises(LoadError, match="holds no result"):
        eg.load(tmp_path / "plain.parquet")


def test_equality_and_columns() -> None:
    assert node_result([1.0]) == node_result([1.0]) != node_result([2.0])
    assert node_result([1.0]) != 3
    assert node_result([1.0]).columns == ("value",)
    assert node_result([1.0])["value"].tolist() == [1.0]
    with pytest.raises(TypeError):
        hash(node_result([1.0]))
