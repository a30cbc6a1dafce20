"""First returns and loops: powers of dense tables, and how often the intervals of an estimate hold the exact value."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ecograph.methods import first_returns, loops
from ecograph.methods.circulation import Circulation, circulation


def flows(seed: int, n: int, m: int, *, planted: int = 0) -> Circulation:
    """One strong component, drawn at random, in which a few nodes pass most of what they have round among them."""
    random = np.random.default_rng(seed)
    around, few = np.arange(n), np.arange(planted)
    sources = np.concatenate([around, random.integers(0, n, m), few])
    targets = np.concatenate([np.roll(around, -1), random.integers(0, n, m), np.roll(few, -1)])
    drawn = np.concatenate([random.exponential(1, n + m), np.full(planted, 5.0)])
    amounts = csr_array((drawn, (sources, targets)), shape=(n, n))
    amounts.sum_duplicates()
    taken, given = (np.asarray(amounts.sum(axis=axis)).ravel() for axis in (0, 1))
    inputs = np.maximum(given - taken, 0) + 0.3 * random.exponential(1, n)
    return circulation(amounts, inputs + taken, inputs)


def stepwise(shares: NDArray[np.float64], steps: int) -> NDArray[np.float64]:
    """What is back at each node for the first time after so many steps, following a unit from each."""
    found = np.zeros(len(shares))
    for node in range(len(shares)):
        unit = np.eye(len(shares))[node]
        for _ in range(steps):
            unit = unit @ shares
            found[node] += unit[node]
            unit[node] = 0.0
    return found


@pytest.mark.parametrize("ways", [loops.WAYS, 100])
def test_what_returns_soon_is_what_a_unit_followed_step_by_step_does(
    ways: int, monkeypatch: pytest.MonkeyPatch, rounds
) -> None:
    monkeypatch.setattr(loops, "WAYS", ways)
    for seed in range(rounds(10, 100)):
        around = flows(seed, 40, 200)
        shares = around.shares.toarray()
        found = loops.loops(around)
        own = shares.diagonal()
        left = (shares - np.diag(own)) / (1 - own)[:, np.newaxis]
        soon = own + (1 - own) * stepwise(left, 4)
        later = (np.linalg.matrix_power(left, 5) + np.linalg.matrix_power(left, 6)).diagonal()
        assert own.any()
        assert found.soon == pytest.approx(soon, rel=1e-9, abs=1e-15)
        assert found.later == pytest.approx((1 - own) * later, rel=1e-9, abs=1e-15)
        assert (found.soon <= first_returns.first_returns(around) * (1 + 1e-9)).all()


def test_the_strongest_ways_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    around = flows(0, 200, 1_000, planted=5)
    whole = loops.loops(around)
    monkeypatch.setattr(loops, "KEPT", 5)
    found = loops.loops(around)
    assert found.soon == pytest.approx(whole.soon, rel=1e-12)
    assert (found.later <= whole.later * (1 + 1e-12)).all() and found.later.sum() < 0.9 * whole.later.sum()
    assert found.later[:5] == pytest.approx(whole.later[:5], rel=0.1)


def test_no_loop_returns_nothing() -> None:
    chain = csr_array(([1.0, 1.0], ([0, 1], [1, 2])), shape=(3, 3))
    found = loops.loops(circulation(chain, np.ones(3), np.array([1.0, 0, 0])))
    assert found.soon.tolist() == found.later.tolist() == [0, 0, 0]


def test_visits_solved_one_by_one_or_in_one_piece_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    around, nodes = flows(0, 400, 1_600), np.array([3, 300])
    tabled = first_returns.own_visits(around, nodes)
    monkeypatch.setattr(first_returns, "LARGE_COMPONENT", 100)
    assert first_returns.own_visits(flows(0, 400, 1_600), nodes) == pytest.approx(tabled, rel=1e-7)
    assert tabled == pytest.approx(np.linalg.inv(np.eye(400) - around.shares.toarray()).diagonal()[nodes], rel=1e-9)


@pytest.mark.parametrize("network", range(3))
def test_intervals_hold_the_value_where_few_nodes_hold_much(network: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws that do not know of the planted loop of five steps miss it: their intervals hold the value too seldom."""
    around = flows(network, 1_000, 5_000, planted=5)
    returns, short = first_returns.first_returns(around), loops.loops(around)
    exact = float(around.throughflows @ returns)
    monkeypatch.setattr(first_returns, "_returned", lambda _, node: float(returns[node]))
    monkeypatch.setattr(first_returns, "loops", lambda _: short)
    found = [first_returns.cycled(around, np.full(1_000, np.nan), seed, draws=100) for seed in range(300)]
    assert all(one.low < one.amount < one.high and one.draws == 100 for one in found)
    assert sum(one.low <= exact <= one.high for one in found) >= 0.88 * len(found)
    assert np.mean([one.amount for one in found]) == pytest.approx(exact, rel=0.005)
