"""Environ centrality: enaR's oyster and cone models, and its sum."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.flow.models import read, views
from tests.strategies import made_ecosystems

NAMES = {"ECin": "input_centrality", "ECout": "output_centrality", "AEC": "centrality"}


@pytest.mark.parametrize(("model", "number"), [("oyster", "9"), ("cone", "6")])
def test_the_models_of_enar(reference: Path, model: str, number: str) -> None:
    rows = read(reference / "ena_models" / "oyster_cone_matrices.csv")
    found = eg.environ_centrality(views(reference)[number])
    for matrix, column in NAMES.items():
        name = f"environ_centrality_{matrix}"
        expected = [float(row["value"]) for row in rows if (row["model"], row["matrix"]) == (model, name)]
        assert np.abs(found[column] - expected).max() <= 1e-8 * max(expected)


@given(made_ecosystems)
def test_the_shares_add_up(tables) -> None:
    found = eg.environ_centrality(tables.ecosystem.flows("ARC", outside="PublicBody"))
    for column in NAMES.values():
        if len(found) and not np.isnan(found[column]).any():
            assert found[column].sum() == pytest.approx(1)


def test_it_says_both_sides(reference: Path) -> None:
    assert "ends here" in eg.environ_centrality(views(reference)["9"]).explained(0)
