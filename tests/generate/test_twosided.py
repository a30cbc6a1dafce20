"""Made panels of two sides: what was planted is in them, and their ecosystems give the same panel again."""

import numpy as np
import pytest

import ecograph as eg
from ecograph.errors import ParameterError
from ecograph.generate.harbour import harbour
from ecograph.generate.sides import EQUATIONS, SIDES, Equation
from ecograph.generate.twosided import MEMBERS, TwoSided, two_sided
from ecograph.views import Panel

GROUPS = {name: eg.side(kind, through=relation) for name, (kind, relation) in MEMBERS.items()}
QUANTITIES = ("active", "entering", "leaving")


def within(panel: Panel, side: str) -> np.ndarray:
    """Own and cross effect on a side by least squares, each platform's and each period's mean taken out."""
    logs = {name: np.log(one.active) for name, one in panel.sides.items()}
    rows = np.flatnonzero(panel.previous >= 0)
    other = next(name for name in SIDES if name != side)
    columns = [logs[side][rows], *(logs[name][panel.previous[rows]] for name in (side, other))]
    keys = [panel.unit_codes[rows], panel.period_codes[rows]]
    dummies = np.hstack([np.eye(one.max() + 1)[one] for one in keys])
    outcome, *lags = (one - dummies @ np.linalg.lstsq(dummies, one, rcond=None)[0] for one in columns)
    return np.linalg.lstsq(np.column_stack(lags), outcome, rcond=None)[0]


def planted(made: TwoSided, side: str) -> list[float]:
    return [made.equations[side].own, made.equations[side].cross]


@pytest.mark.parametrize("side", SIDES)
def test_what_was_planted_is_found_in_a_long_panel(side: str) -> None:
    made = two_sided(60, 200, size=2_000, gaps=0.1, late=0.2, seed=3)
    assert within(made.panel, side) == pytest.approx(planted(made, side), abs=0.04)


def test_a_confounder_makes_plain_estimates_wrong() -> None:
    plain, confounded = (two_sided(60, 200, size=2_000, confounder=one, seed=4) for one in (0.0, 0.3))
    assert within(plain.panel, "makers")[1] == pytest.approx(EQUATIONS["makers"].cross, abs=0.04)
    assert within(confounded.panel, "makers")[1] > EQUATIONS["makers"].cross + 0.05


def test_nothing_is_planted_where_nothing_was_asked() -> None:
    still = {side: Equation(0.3, 0.0, 0.2) for side in SIDES}
    found = within(two_sided(60, 200, equations=still, size=2_000, seed=5).panel, "suppliers")
    assert found == pytest.approx([0.3, 0.0], abs=0.04)


def test_shocks_are_common_to_all_platforms() -> None:
    quiet = {side: Equation(0.0, 0.0, 0.01) for side in SIDES}
    made = two_sided(30, 40, equations=quiet, shocks=0.3, size=50_000, seed=6)
    changes = np.diff(np.log(made.sizes["makers"]), axis=1)
    assert np.corrcoef(changes).min() > 0.95


@pytest.mark.parametrize(("late", "gaps"), [(0.0, 0.0), (0.5, 0.0), (0.0, 0.3), (0.4, 0.2)])
def test_its_ecosystem_gives_the_same_panel(late: float, gaps: float) -> None:
    made = two_sided(12, 9, size=30, late=late, gaps=gaps, seed=7)
    again = made.ecosystem().panel("Makerspace", "quarter", sides=GROUPS)
    whole = {(u, p): row for row, (u, p) in enumerate(zip(again.unit_codes, again.period_codes, strict=True))}
    rows = [whole[key] for key in zip(made.panel.unit_codes, made.panel.period_codes, strict=True)]
    for side in SIDES:
        for quantity in QUANTITIES:
            found, expected = (getattr(view.sides[side], quantity) for view in (again, made.panel))
            np.testing.assert_array_equal(found[rows], expected, f"{side} {quantity}")
    assert len(whole) == made.there.sum() and len(rows) == made.rows.sum()
    assert not len(again.findings)


def test_members_before_and_who_enters_and_leaves_add_up() -> None:
    made = two_sided(20, 15, size=40, late=0.5, seed=8)
    for side in SIDES:
        sizes, flows = made.sizes[side], made.entering[side] - made.leaving[side]
        inside = made.there[:, 1:] & made.there[:, :-1]
        assert (np.diff(sizes, axis=1)[inside] == flows[:, 1:][inside]).all()
        assert (sizes >= 1).all() and (made.leaving[side][:, 1:] <= sizes[:, :-1]).all()


def test_the_same_seed_gives_the_same_and_another_another() -> None:
    one, same, other = (two_sided(5, 8, gaps=0.2, seed=seed) for seed in (1, 1, 2))
    assert one.table == same.table and one.table != other.table
    assert one.ecosystem().fingerprint == same.ecosystem().fingerprint


def test_gaps_and_late_platforms() -> None:
    made = two_sided(400, 20, late=0.5, gaps=0.25, size=20, seed=9)
    moved = (~made.there).any(axis=1).mean()
    assert 0.35 < moved <= 0.55
    inner = made.there.copy()
    inner[:, 0] = inner[:, -1] = False
    assert 0.15 < 1 - made.rows[inner].mean() < 0.3
    assert (made.rows.sum(axis=1) >= 1).all() and not (made.rows & ~made.there).any()


def test_harbour_gives_such_a_panel() -> None:
    made = harbour(5_000, 2)
    panel = made.ecosystem.panel("Makerspace", "quarter", sides=GROUPS)
    truth = made.truth["platform_sizes"]
    assert panel.size == truth.num_rows
    for side in SIDES:
        assert panel.sides[side].active.tolist() == truth[side].to_pylist()


def test_wrong_numbers() -> None:
    with pytest.raises(ParameterError, match="platforms=0"):
        two_sided(0, 5)
    with pytest.raises(ParameterError, match="periods=0"):
        two_sided(5, 0)
    with pytest.raises(ParameterError, match=r"gaps=1\.0"):
        two_sided(5, 5, gaps=1.0)
    with pytest.raises(ParameterError, match="seed=-1"):
        two_sided(5, 5, seed=-1)
    with pytest.raises(ParameterError, match="never settle"):
        two_sided(5, 5, equations={side: Equation(0.7, 0.4, 0.1) for side in SIDES})
    with pytest.raises(ParameterError, match="makers and suppliers"):
        two_sided(5, 5, equations={"makers": Equation(0.5, 0.1, 0.1)})
