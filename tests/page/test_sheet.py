"""Numbers of a table: one form a column."""

import math

import numpy as np
import pyarrow as pa
import pytest

from ecograph.page.sheet import Sheet, decimals, exactly, figures, percent, shares
from ecograph.table import Column, Table


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([516992604.87, 1.0], ["516,992,604.87", "1.00"]),
        ([-0.0242123017], ["-0.0242123"]),
        ([-0.0242123017, -0.0275461], ["-0.0242123", "-0.0275461"]),
        ([1234.0, 2.0], ["1,234", "2"]),
        ([0.5, math.nan], ["0.50", "–"]),
        ([0.123456789], ["0.123457"]),
        ([1e-9], ["0.0000000"]),
        ([math.nan], ["–"]),
        ([], []),
        ([2.77], ["2.77"]),
        ([math.inf, 1.5], ["inf", "1.50"]),
    ],
)
def test_decimals_follow_the_largest_value(values: list[float], shown: list[str]) -> None:
    assert figures(pa.array(values, pa.float64()), 99) == shown


def test_shares_in_percent_have_two_decimals() -> None:
    assert figures(pa.array([33.33333, 66.66667]), 9, "%") == ["33.33", "66.67"]
    assert shares([1.0, 3.0]).tolist() == [25.0, 75.0]
    assert np.isnan(shares([0.0, 0.0])).all()
    assert percent(0.0519) == "5.2%"
    assert percent(math.nan) == "–"


def test_words_and_blanks() -> None:
    assert figures(pa.array(["a", None, ""]), 2) == ["a", "–"]
    assert figures(pa.array([1, None, 1_000_000]), 3) == ["1", "–", "1,000,000"]
    assert exactly(1684782425.81) == "1,684,782,425.81"
    assert decimals(np.array([])) == 0


def test_a_sheet_shows_its_first_rows_and_counts_the_others() -> None:
    sheet = Sheet("x", "X", Table({"n": list(range(20))}, {"n": Column("n")}), shown=15)
    assert len(sheet.rows) == 15
    assert sheet.rest == 5
    assert Sheet("x", "X", Table({"n": [1]})).rest == 0
