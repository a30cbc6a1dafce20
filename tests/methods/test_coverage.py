"""Coverage: intervals of effects between two sides on a small count of made panels."""

import pytest

from tests.benchmarks.coverage import Cell, band, measured


@pytest.mark.parametrize("cell", [Cell(50, 12, 0.5, 0.1), Cell(20, 30, 0.3, 0.0)])
def test_intervals_cover_and_alarms_are_few_where_plain_ones_are_off(cell: Cell) -> None:
    found = measured(cell, 100)
    assert found.answered > 0.9
    assert found.outside() == []
    assert found.plain < -0.03
    assert abs(found.corrected) < 0.02


def test_a_panel_too_short_for_its_persistence_is_not_recommended() -> None:
    found = measured(Cell(20, 6, 0.85, 0.0), 40)
    assert found.answered < 0.9
    assert found.row().endswith("not recommended |")


def test_the_band_of_2000_panels() -> None:
    assert band(0.95, 2000) == pytest.approx((0.9335, 0.9655), abs=0.0011)
