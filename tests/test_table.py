"""Table: cells that mean something, in and out."""

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError
from ecograph.table import columns_from

COLUMNS = {
    "id": eg.Column("id of the node", zh="编号"),
    "share": eg.Column("share", zh="份额", unit="%", bounds=(0, 1)),
    "mode": eg.Column("mode", zh="模式", words={"media": "媒体驱动型"}),
}


def table() -> eg.Table:
    cells = {"id": ["a", "<b>"], "share": [0.5, float("nan")], "mode": ["media", None]}
    return eg.Table(cells, COLUMNS)


def test_equality_is_to_the_bit_and_nan_equals_nan() -> None:
    assert table() == table()
    assert table() != eg.Table({"id": ["a", "<b>"], "share": [0.5, 0.5], "mode": ["media", None]}, COLUMNS)
    assert table() != eg.Table({"id": ["a"]}, COLUMNS) and table() != 3
    with pytest.raises(TypeError):
        hash(table())


def test_it_speaks_chinese() -> None:
    chinese = table().translated("zh")
    assert chinese.names == ("编号", "份额", "模式")
    assert chinese["模式"].tolist() == ["媒体驱动型", None]
    assert table().translated("en") == table()
    twice = eg.Table({"a": [1], "b": [2]}, {"a": eg.Column(zh="值"), "b": eg.Column(zh="值")})
    assert twice.translated("zh").names == ("值 (a)", "值 (b)")
    with pytest.raises(ParameterError, match="language='fr'"):
        table().translated("fr")  # type: ignore[arg-type]


def test_csv_has_a_mark_guards_formulas_and_leaves_missing_cells_empty(tmp_path: Path) -> None:
    names = ["=1+1", "+2+3", "-x", "@y", "\tz", "a,b", "-2", "+8.5"]
    eg.Table({"id": names, "value": [1.5, None, float("nan"), -2.0, 0.0, float("inf"), 0.0, 0.0]}).to_csv(
        tmp_path / "t.csv"
    )
    raw = (tmp_path / "t.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(tmp_path / "t.csv", encoding="utf-8-sig", dtype=str)
    assert back["id"].tolist() == ["'=1+1", "'+2+3", "'-x", "'@y", "'\tz", "a,b", "-2", "+8.5"]
    assert back["value"].fillna("").tolist() == ["1.5", "", "", "-2.0", "0.0", "inf", "0.0", "0.0"]


def test_json_has_null_for_missing_and_iso_days() -> None:
    cells = {"day": [dt.date(2024, 1, 2), None], "x": [float("nan"), 1.0]}
    assert json.loads(eg.Table(cells).to_json()) == [{"day": "2024-01-02", "x": None}, {"day": None, "x": 1.0}]


def test_html_is_escaped_and_long_tables_say_how_many_rows_are_left() -> None:
    assert "&lt;b&gt;" in table()._repr_html_() and "<b>" not in table()._repr_html_()
    long = eg.Table({"n": list(range(50))})
    assert "30 more of 50 rows" in repr(long) and "30 more of 50 rows" in long._repr_html_()
    assert "–" in repr(table())
    assert "2,000,000.00" in repr(eg.Table({"x": [2e6]}))


def test_columns_stand_under_their_headings_in_chinese_too() -> None:
    chinese = eg.Table({"编号": ["创客甲", "b"], "份额": [0.5, 0.25]})
    assert repr(chinese).splitlines() == ["编号    份额", "创客甲  0.5", "b       0.25"]
    assert repr(eg.Table({"n": pa.array([], pa.int64())})) == "n"


def test_frames_and_streams() -> None:
    assert table().frame()["id"].tolist() == ["a", "<b>"]
    assert pa.table(table()).num_rows == 2
    assert eg.Table(table()) == eg.Table(pa.table(table()))
    indexed = pd.DataFrame({"x": [1, 2]}, index=[5, 6])
    assert eg.Table(indexed).names == ("x",)
    categories = pd.DataFrame({"x": pd.Categorical(["a", "b"])})
    assert eg.Table(categories)["x"].tolist() == ["a", "b"]
    assert np.array_equal(table().take([1])["id"], ["<b>"])
    assert columns_from(table().described()) == table().columns


def test_unknown_columns_and_things_that_are_no_tables() -> None:
    with pytest.raises(UnknownNameError, match="did you mean share"):
        table()["shares"]
    with pytest.raises(ParameterError, match="give a frame"):
        eg.Table(3)
    with pytest.raises(ParameterError, match="equal lengths"):
        eg.Table({"a": [1], "b": [1, 2]})
