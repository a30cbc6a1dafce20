"""Transitivity of networks whose value has a closed form."""

import networkx as nx
import numpy as np
import pytest

import ecograph as eg
from tests.metrics.community.known import tied


@pytest.mark.parametrize("n", [3, 4, 9])
def test_everyone_with_everyone_is_closed_and_a_star_is_open(n: int) -> None:
    everyone, star = eg.transitivity(tied(nx.complete_graph(n))), eg.transitivity(tied(nx.star_graph(n)))
    assert everyone["transitivity"].tolist() == [1.0] == everyone["average_clustering"].tolist()
    assert everyone["triangles"].tolist() == [n * (n - 1) * (n - 2) // 6]
    assert star["transitivity"].tolist() == [0.0] and star["pairs"].tolist() == [n * (n - 1) // 2]


def test_a_wheel_has_its_closed_form() -> None:
    # n - 1 triangles; the hub has (n - 1)(n - 2)/2 pairs, each node of the rim 3
    n = 12
    found = eg.transitivity(tied(nx.wheel_graph(n)))
    pairs = (n - 1) * (n - 2) // 2 + 3 * (n - 1)
    assert found["transitivity"][0] == pytest.approx(3 * (n - 1) / pairs)
    assert found["average_clustering"][0] == pytest.approx(np.mean([2 / (n - 2), *[2 / 3] * (n - 1)]))
