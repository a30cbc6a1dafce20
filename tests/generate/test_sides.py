"""Two sides: the sizes of makerspaces are those planted, and follow the equations planted."""

import itertools
from collections import defaultdict
from datetime import date

import numpy as np
import pytest

from ecograph.generate.harbour import Harbour
from ecograph.generate.sides import EQUATIONS, panel, spells

QUARTERS = [date(2023 + n // 4, n % 4 * 3 + 1, 1) for n in range(13)]
SIDES = {"makers": ("SETTLED_IN", "maker"), "suppliers": ("SUPPLIES", "enterprise")}


@pytest.mark.parametrize("side", SIDES)
def test_members_active_in_each_quarter_are_as_many_as_planted(made: Harbour, side: str) -> None:
    relation, prefix = SIDES[side]
    members = defaultdict(set)
    for row in made.relations[relation].to_pylist():
        if row["source"].startswith(f"{prefix}-"):
            for first, stop in itertools.pairwise(QUARTERS):
                if row["valid_from"] < stop and (row["valid_to"] is None or row["valid_to"] > first):
                    members[row["target"], first].add(row["source"])
    planted = {(row["makerspace"], row["quarter"]): row[side] for row in made.truth["platform_sizes"].to_pylist()}
    assert {place: len(found) for place, found in members.items()} == planted


def test_the_equations_are_found_again() -> None:
    """Least squares on drawn sizes, the planted intercepts taken off, within four standard errors."""
    random = np.random.default_rng(11)
    drawn = panel(400, {"makers": 40_000, "suppliers": 20_000}, random)
    logs = {side: np.log(sizes) for side, sizes in drawn.sizes.items()}
    for side, other in zip(EQUATIONS, reversed(list(EQUATIONS)), strict=True):
        explained = (logs[side][:, 1:] - drawn.intercepts[side][:, None]).ravel()
        columns = np.column_stack([logs[side][:, :-1].ravel(), logs[other][:, :-1].ravel()])
        found, (squares,), *_ = np.linalg.lstsq(columns, explained)
        noise = np.sqrt(squares / (len(explained) - 2))
        errors = noise * np.sqrt(np.diag(np.linalg.inv(columns.T @ columns)))
        planted = EQUATIONS[side]
        assert np.all(np.abs(found - [planted.own, planted.cross]) < 4 * errors)
        assert np.all(errors < 0.01)
        assert noise == pytest.approx(planted.noise, rel=0.05)


def test_harbour_s_own_panel_gives_the_equations(large: Harbour) -> None:
    told = {row["side"]: row for row in large.truth["cross_side_effects"].to_pylist()}
    sizes, intercepts = large.truth["platform_sizes"], large.truth["platform_intercepts"]
    logs = {side: np.log(sizes.column(side).to_numpy()).reshape(-1, 12) for side in told}
    for side, other in zip(told, reversed(list(told)), strict=True):
        explained = (logs[side][:, 1:] - intercepts.column(side).to_numpy()[:, None]).ravel()
        columns = np.column_stack([logs[side][:, :-1].ravel(), logs[other][:, :-1].ravel()])
        found, (squares,), *_ = np.linalg.lstsq(columns, explained)
        errors = np.sqrt(squares / (len(explained) - 2) * np.diag(np.linalg.inv(columns.T @ columns)))
        assert np.all(np.abs(found - [told[side]["own"], told[side]["cross"]]) < 4 * errors)


def test_a_supplier_and_a_resource_stand_once(made: Harbour) -> None:
    pairs = [(row["source"], row["resource"]) for row in made.relations["SUPPLIES"].to_pylist()]
    assert len(pairs) == len(set(pairs))


def test_some_makers_and_suppliers_have_several_platforms(made: Harbour) -> None:
    for relation, prefix in SIDES.values():
        platforms = defaultdict(set)
        for row in made.relations[relation].to_pylist():
            if row["source"].startswith(f"{prefix}-"):
                platforms[row["source"]].add(row["target"])
        assert max(map(len, platforms.values())) > 1


def test_spells_give_the_sizes_asked_for_and_some_are_replaced() -> None:
    random = np.random.default_rng(3)
    sizes = random.integers(1, 30, (50, 12))
    drawn = spells(sizes, random)
    bounds = np.array([np.datetime64(day, "D").astype(int) for day in QUARTERS])
    for quarter in range(12):
        active = (drawn.starts < bounds[quarter + 1]) & (drawn.stops > bounds[quarter])
        assert np.array_equal(np.bincount(drawn.platforms[active], minlength=50), sizes[:, quarter])
    least = sizes[:, 0].sum() + np.maximum(np.diff(sizes), 0).sum()
    assert len(drawn.starts) > least
