"""Mutualism: enaR's oyster and cone models, and its laws."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.flow.models import read, views
from tests.strategies import made_ecosystems

NAMES = {"lam1D": "spectral_radius", "synergism.F": "synergism", "mutualism.F": "mutualism"}


@pytest.mark.parametrize(("model", "number"), [("oyster", "9"), ("cone", "6")])
def test_the_models_of_enar(reference: Path, model: str, number: str) -> None:
    rows = read(reference / "ena_models" / "oyster_cone_matrices.csv")
    mine = [row for row in rows if (row["model"], row["matrix"]) == (model, "utility_ns")]
    expected = {row["row"]: float(row["value"]) for row in mine}
    found = next(iter(eg.mutualism(views(reference)[number]).table.rows()))
    for theirs, ours in NAMES.items():
        assert found[ours] == pytest.approx(expected[theirs], rel=1e-8)
    assert 100 * found["relations_changed"] == pytest.approx(expected["relation.change.F"], abs=0.06)


@given(made_ecosystems)
def test_it_compares_the_pairs_of_utility(tables) -> None:
    view = tables.ecosystem.flows("ARC", outside="PublicBody")
    found = next(iter(eg.mutualism(view).table.rows()))
    weighted = eg.utility(view)["weighted"]
    lost = -weighted[weighted < 0].sum()
    if found["note"] is None:
        assert found["synergism"] == pytest.approx(weighted[weighted > 0].sum() / lost, rel=1e-6)
        assert found["mutualism"] > 0
    else:
        assert not view.n or np.isnan(weighted).any() or lost <= 1e-9 * max(weighted.max(), 1)


def test_it_says_who_gains(reference: Path) -> None:
    assert eg.mutualism(views(reference)["9"]).explain().startswith("Over all ways, 2.27 pairs gain")
