"""Bonacich power: Padgett's families, igraph's formula solved directly on random graphs, and its laws."""

import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.errors import ParameterError
from tests.metrics.centrality.conftest import in_eighths
from tests.strategies import made_ecosystems


def test_padgett_families(padgett) -> None:
    found = eg.power(eg.dataset("florentine").network("MARRIAGE"), beta=0.1)
    published = {family: float(row["bonpow"]) for family, row in padgett.items()}
    assert dict(zip(found["id"], found["power"].tolist(), strict=True)) == pytest.approx(published, abs=1e-13)


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
@pytest.mark.parametrize("part", [-0.9, -0.3, 0.3, 0.9])
def test_it_equals_a_direct_solution(relation: str, part: float, rounds) -> None:
    for seed in range(rounds(30, 300)):
        net = in_eighths(seed).ecosystem.network(relation, kinds="Actor", strength="hours", parallel="sum")
        matrix = net.to_scipy("strength").toarray()
        largest = max(abs(np.linalg.eigvals(matrix)))
        beta = part / largest if largest > 0.1 else part  # no way leads round: every beta is allowed
        solved = np.linalg.solve(np.eye(net.n) - beta * matrix, matrix.sum(axis=1))
        expected = solved * np.sqrt(net.n / (solved**2).sum())
        assert eg.power(net, beta=beta)["power"] == pytest.approx(expected, rel=1e-9, abs=1e-11)


@given(made_ecosystems)
def test_without_beta_it_is_the_strength_and_its_mean_square_is_1(tables) -> None:
    net = tables.ecosystem.network("ARC", kinds="Actor", strength="hours", parallel="sum")
    found, sent = eg.power(net, beta=0), eg.strength(net)["out_strength"]
    if not net.n or not sent.any():
        assert np.isnan(found["power"]).all() and set(found["note"]) <= {"no ties go out"}
        return
    assert found["power"] == pytest.approx(sent * np.sqrt(net.n / (sent**2).sum()), rel=1e-12)
    assert (eg.power(net)["power"] ** 2).mean() == pytest.approx(1, rel=1e-12)


def test_in_bargaining_it_is_power_to_be_the_only_choice_of_others() -> None:
    """Bonacich's figure 1: in a chain of seven the second and sixth have the most with a negative beta."""
    ties = {"source": list("abcdef"), "target": list("bcdefg")}
    net = eg.from_tables({"Maker": {"id": list("abcdefg")}}, {"COLLABORATES": ties}).network("COLLABORATES")
    exact, negative = eg.power(net, beta=0.4), eg.power(net, beta=-0.4)
    assert exact.top(1)["id"].tolist() == ["d"]
    assert negative.top(2)["id"].tolist() == ["b", "f"]


@pytest.mark.parametrize("beta", [5.0, -5.0, float("nan"), float("inf")])
def test_beta_is_checked(beta: float) -> None:
    with pytest.raises(ParameterError, match=r"beta=.*; allowed in this view"):
        eg.power(in_eighths(1).ecosystem.network("TIE"), beta=beta)


def test_it_says_why() -> None:
    found = eg.power(eg.dataset("florentine").network("MARRIAGE"), beta=0.1)
    assert (
        found.explain("Pazzi") == "Pazzi has 0.3044: 0.235 from its own ties and +0.0694 from those of its neighbours."
    )
