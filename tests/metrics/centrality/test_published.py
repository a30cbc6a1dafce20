"""Centralities as they are printed in the literature, of two networks that need no reference data."""

import pytest

import ecograph as eg
from tests.metrics.community.known import women

PADGETT = {
    "Medici": 47.5,
    "Guadagni": 23.1667,
    "Albizzi": 19.3333,
    "Salviati": 13,
    "Ridolfi": 10.3333,
    "Bischeri": 9.5,
    "Strozzi": 9.3333,
    "Barbadori": 8.5,
    "Tornabuoni": 8.3333,
    "Castellani": 5,
    "Peruzzi": 2,
}
"""Betweenness (Wasserman & Faust 1994; Jackson 2008); that of all other families is 0."""
WOMEN = {
    "E8": (0.78, 0.24, 0.85),
    "E9": (0.67, 0.23, 0.79),
    "E7": (0.56, 0.13, 0.73),
    "Nora Fayette": (0.57, 0.11, 0.80),
    "Evelyn Jefferson": (0.57, 0.10, 0.80),
}
"""Degree, betweenness and closeness in two modes (Borgatti & Halgin 2011)."""


def by_id(result: eg.Result, column: str) -> dict[str, float]:
    return dict(zip(result["id"], result[column].tolist(), strict=True))


def test_padgett_families() -> None:
    net = eg.dataset("florentine").network("MARRIAGE")
    between = by_id(eg.betweenness(net), "betweenness")
    assert {family: round(value, 4) for family, value in between.items() if value} == PADGETT
    assert len(between) == 16
    near = by_id(eg.closeness(net), "closeness")
    assert (near["Medici"], near["Ridolfi"]) == pytest.approx((0.56, 0.5), abs=1e-15)
    central = by_id(eg.eigenvector(net), "eigenvector")
    assert (round(central["Medici"], 5), round(central["Strozzi"], 5)) == (0.43031, 0.35598)


def test_southern_women() -> None:
    measured = [
        by_id(measure(women()), column)
        for measure, column in ((eg.degree, "share"), (eg.betweenness, "share"), (eg.closeness, "closeness"))
    ]
    found = {name: tuple(round(values[name], 2) for values in measured) for name in WOMEN}
    assert found == WOMEN
