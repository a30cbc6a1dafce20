"""Core and periphery: ideal patterns, every core tried on small networks, p under its null, and laws."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

import ecograph as eg
from ecograph.errors import ParameterError
from ecograph.methods.periphery import core_of, degrees_at_random
from tests.metrics.community.known import tied
from tests.oracles import periphery as twin
from tests.strategies import made, made_ecosystems


def row(result: eg.Result) -> dict[str, float]:
    return next(iter(result.table.rows()))


@pytest.mark.parametrize("between", [0, 7, 15])
def test_the_ideal_has_a_fit_of_one(between: int) -> None:
    across = [(one, other) for one in range(5) for other in range(5, 12)][:between]
    graph = nx.Graph([*combinations(range(5), 2), *across])
    graph.add_nodes_from(range(12))
    found = eg.core_periphery(tied(graph))
    assert (row(found)["fit"], row(found)["core"], row(found)["errors"]) == (1, 5, 0)
    assert row(found)["p"] <= 0.005 and row(found)["z"] > 3


def test_a_star_has_its_hub_for_a_core() -> None:
    found = eg.core_periphery(tied(nx.star_graph(9)), samples=99)
    assert (row(found)["fit"], row(found)["core"], row(found)["errors"], row(found)["p"]) == (1, 1, 0, 0.01)
    assert found.explain().startswith("A core of 1 of 10 nodes (0): 0 of its 0 pairs are joined, and of the 36 pairs")
    assert "核心有 1 个节点（共 10 个：0" in found.explain(language="zh")


def test_florentine_families() -> None:
    found = eg.core_periphery(eg.dataset("florentine").network("MARRIAGE"))
    assert found.explain() == (
        "A core of 3 of 16 nodes (Medici, Guadagni, Strozzi): 0 of its 3 pairs are joined, and of the 78 pairs outside "
        "it 6; 9 pairs are not as in the ideal, 9.1 if the ties were placed at random (p = 0.522)."
    )
    assert found["fit"][0] == pytest.approx(-0.05547, abs=5e-6)


def test_no_core_leaves_fewer_errors(rounds) -> None:
    for seed in range(rounds(30, 300)):
        net = made(seed, n=8, m=14).ecosystem.network("ARC" if seed % 2 else "TIE", kinds="Actor")
        ends = zip(net.arcs.out_sources.tolist(), net.arcs.out_targets.tolist(), strict=True)
        pairs = {(min(ends), max(ends)) for ends in ends if ends[0] != ends[1]}
        found = row(eg.core_periphery(net, samples=1))
        assert found["errors"] == twin.fewest_errors(pairs, net.n)
        degrees = np.bincount(np.array(sorted(pairs)).ravel(), minlength=net.n)
        core = set(core_of(degrees).members.tolist())
        assert len(core) == found["core"] and twin.errors(pairs, core, net.n) == found["errors"]
        if not np.isnan(found["fit"]) and found["errors"]:
            assert found["fit"] == pytest.approx(twin.fit(pairs, core, net.n), abs=1e-12)


def test_all_networks_of_so_many_ties_are_as_likely() -> None:
    random, n, ties, draws = np.random.default_rng(4), 5, 3, 30_000
    for n in (4, 5):
        pairs = list(combinations(range(n), 2))
        wanted = [tuple(np.bincount(np.ravel(chosen), minlength=n)) for chosen in combinations(pairs, ties)]
        found = [tuple(degrees_at_random(n, ties, random).tolist()) for _ in range(draws)]
        for degrees in set(wanted):
            share = wanted.count(degrees) / len(wanted)
            low, high = binom.interval(0.9999, draws, share)
            assert low <= found.count(degrees) <= high
        assert set(found) == set(wanted)


def test_p_is_uniform_where_ties_are_placed_at_random(rounds) -> None:
    trials = rounds(200, 1_000)
    found = []
    for trial in range(trials):
        graph = nx.gnm_random_graph(20, 35, seed=trial)
        found.append(row(eg.core_periphery(tied(graph), samples=99, seed=trial))["p"])
    for level in (0.01, 0.05, 0.10):
        low, high = binom.interval(0.999, trials, level)
        assert low <= (np.array(found) <= level + 1e-12).sum() <= high


@given(made_ecosystems, st.integers(0, 5))
def test_direction_and_names_change_nothing_and_values_keep_together(tables, seed: int) -> None:
    eco = tables.ecosystem
    found = row(eg.core_periphery(eco.network("ARC", kinds="Actor"), samples=9, seed=seed))
    assert found == pytest.approx(
        row(eg.core_periphery(eco.network("ARC", kinds="Actor", direction="reversed"), samples=9, seed=seed)),
        nan_ok=True,
    )
    if found["note"] != "no ties":
        assert round(found["p"] * 10) == pytest.approx(found["p"] * 10)
        assert found["fit"] != 1 or found["errors"] == 0


def test_without_ties_and_with_all_there_is_a_reason() -> None:
    found = eg.core_periphery(tied(nx.empty_graph(4)))
    assert found["note"].tolist() == ["no ties"] and np.isnan(found["core"][0])
    assert found.explain() == "Without ties there is neither core nor periphery."
    whole = row(eg.core_periphery(tied(nx.complete_graph(5))))
    assert (whole["errors"], whole["expected"], whole["note"]) == (0, 0, "z: all draws are equal")


def test_numbers_are_checked() -> None:
    for wrong in ({"samples": 0}, {"samples": 100_001}, {"seed": -1}):
        with pytest.raises(ParameterError, match=f"{next(iter(wrong))}="):
            eg.core_periphery(tied(nx.path_graph(3)), **wrong)
