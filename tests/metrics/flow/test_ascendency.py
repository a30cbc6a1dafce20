"""Ascendency: enaR's 53 models, a makerspace, and laws."""

import math
from pathlib import Path

import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.flow.models import makerspace, read, views
from tests.strategies import made_ecosystems

NAMES = {
    "H": "diversity", "AMI": "mutual_information", "Hr": "residual_diversity", "CAP": "capacity", "ASC": "ascendency",
    "OH": "overhead", "ASC.CAP": "relative_ascendency", "OH.CAP": "relative_overhead", "robustness": "robustness",
    "ELD": "effective_link_density", "TD": "trophic_depth",
} | {
    f"{theirs}.{part}": f"{ours}_{name}"
    for theirs, ours in (("A", "ascendency"), ("OH", "overhead"), ("CAP", "capacity"))
    for part, name in (("input", "inputs"), ("internal", "internal"), ("export", "exports"), ("respiration", "losses"))
}  # fmt: skip


def row_of(view) -> dict[str, float]:
    return next(iter(eg.ascendency(view).table.rows()))


def test_every_model_of_enar(reference: Path) -> None:
    published = read(reference / "ena_models" / "enaAscendency_ns.csv")
    assert len(published) == 53 and len(NAMES) == 23
    for row in published:
        found = row_of(views(reference)[row["model"]])
        assert found["note"] is None
        for theirs, ours in NAMES.items():
            assert found[ours] == pytest.approx(float(row[theirs]), rel=1e-6), (row["model"], theirs)


def test_the_makerspace_with_and_without_sharing(reference: Path) -> None:
    for row in read(reference / "toy_makerspace_flow" / "expected_statistics.csv"):
        if row["statistic"] in NAMES:
            found = row_of(makerspace(reference, row["case"]))[NAMES[row["statistic"]]]
            assert found == pytest.approx(float(row["value"]), rel=1e-9), row


@given(made_ecosystems)
def test_the_laws_of_ascendency(tables) -> None:
    found = row_of(tables.ecosystem.flows("ARC", outside="PublicBody"))
    if math.isnan(found["capacity"]):
        assert found["note"] == "nothing flows"
        return
    assert found["ascendency"] + found["overhead"] == pytest.approx(found["capacity"], abs=1e-9)
    for name in ("ascendency", "overhead", "capacity"):
        parts = sum(found[f"{name}_{part}"] for part in ("inputs", "internal", "exports", "losses"))
        assert parts == pytest.approx(found[name], rel=1e-9, abs=1e-9)
    assert 0 <= found["mutual_information"] <= found["diversity"] + 1e-12
    assert found["effective_link_density"] >= 1 - 1e-12 and found["trophic_depth"] >= 1


def test_one_flow_has_no_capacity() -> None:
    rows = {"source": ["a"], "target": ["b"], "amount": [2.0]}
    view = eg.from_tables({"Maker": {"id": ["a", "b"]}}, {"TRANSFERS": rows}).flows("TRANSFERS")
    found = row_of(view)
    assert (found["capacity"], found["note"]) == (0, "shares: one flow has no capacity")


def test_it_says_where_it_lies(reference: Path) -> None:
    found = eg.ascendency(makerspace(reference, "with_maker_sharing"))
    assert found.explain() == (
        "Who gives to whom is determined to 39.4% (robustness is greatest at 36.8%): efficient, with few other ways if "
        "one fails. 44% of the ascendency comes from flows inside."
    )
