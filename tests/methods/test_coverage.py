"""Coverage: intervals of effects between two sides on a small count of made panels."""

import numpy as np
import pytest

from tests.benchmarks.coverage import CROSS, NONE, OTHER, OWN, Cell, answers, band, held, outside


@pytest.mark.parametrize("cell", [Cell(50, 12, 0.5, 0.1), Cell(20, 30, 0.3)])
def test_intervals_cover_and_alarms_are_few_where_plain_ones_are_off(cell: Cell) -> None:
    told = answers(cell, 100)
    assert told.recommended.mean() > 0.8
    assert held(told) == "yes"
    assert (told.plain - cell.true)[:, OWN].mean() < -0.03
    assert abs((told.estimate - cell.true)[:, OWN].mean()) < 0.02


def test_a_panel_too_short_for_its_persistence_is_not_recommended() -> None:
    told = answers(Cell(20, 6, 0.85), 40)
    assert told.recommended.mean() < 0.1
    assert held(told) in ("none: `no_corrected`", "none: `too_flat`", "none: `unit_root`")


def test_an_unseen_cause_is_in_every_estimate_and_the_result_says_so() -> None:
    cell = Cell(100, 12, 0.3, confounder=0.1)
    told = answers(cell, 30)
    for estimates in (told.plain, told.estimate):
        assert (estimates - cell.true)[:, OTHER].mean() > CROSS / 2
        assert (estimates - cell.true)[:, NONE].mean() > CROSS / 2
    assert told.inside[:, OTHER].mean() < 0.5
    assert all("exogeneity_assumed" in codes for codes in told.codes)


def test_the_band_and_what_lies_outside_of_it() -> None:
    assert band(0.95, 2000) == pytest.approx((0.9335, 0.9655), abs=0.0011)
    hits = np.arange(2000) >= 160
    assert outside({"own": (hits, 0.95)}).startswith("own below 93.")
    assert outside({"own": (hits[60:], 0.95)}) == "yes"
