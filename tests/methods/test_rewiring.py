"""Draws of networks: alike to the one given under the null, however few the attempts; and what the mixing tells."""

import numpy as np
import pytest
from scipy.stats import binom

from ecograph.errors import ParameterError
from ecograph.kernels import csr
from ecograph.methods import rewiring
from ecograph.methods.rewiring import Rewiring, Swaps, Trades, checked_draws
from ecograph.methods.surprise import surprise


def ring(n: int, *, directed: bool = False) -> Swaps:
    around = np.arange(n, dtype=np.int32)
    return Swaps(n, around, np.roll(around, 1), directed=directed, kinds=np.zeros(n, np.int32))


def sides(seed: int) -> Trades:
    random = np.random.default_rng(seed)
    ends = [random.integers(0, 12, 60).astype(np.int32), random.integers(12, 40, 60).astype(np.int32)]
    pointers, targets, *_ = csr.build(*ends, 40)
    sources = np.repeat(np.arange(40, dtype=np.int32), np.diff(pointers))
    return Trades(40, sources, targets, trading=np.arange(40) < 12)


def degrees_of(null: Rewiring):
    return lambda ends: [np.bincount(end, minlength=null.n).tolist() for end in ends]


@pytest.mark.parametrize("null", [ring(30, directed=True), sides(1)], ids=["swaps", "trades"])
def test_degrees_stay_and_parts_drawn_apart_are_the_same(null: Rewiring, monkeypatch) -> None:
    wanted = degrees_of(null)((null.sources, null.targets))
    found, _ = null.measured(degrees_of(null), samples=20, attempts=10, seed=3)
    assert found == [wanted] * 20
    networks, mixing = null.measured(null.codes, samples=20, attempts=10, seed=3)
    monkeypatch.setattr(rewiring, "AT_ONCE", 3 * len(null.sources))
    again, same = null.measured(null.codes, samples=20, attempts=10, seed=3)
    assert np.array_equal(networks, again) and mixing == same
    assert len({tuple(codes) for codes in networks}) > 10


def test_mixing_tells_walks_that_are_too_short() -> None:
    short, long = (ring(3_000).measured(len, samples=10, attempts=attempts, seed=1)[1] for attempts in (1, 20))
    assert short.acceptance > 0.99 and short.kept == pytest.approx(np.exp(-2), abs=0.02)
    assert short.memory > 0.1 and long.memory < 0.005
    fixed = Swaps(3, *np.array([[0, 0], [1, 2]], np.int32), directed=False, kinds=np.zeros(3, np.int32))
    _, mixing = fixed.measured(len, samples=3, attempts=5, seed=1)
    assert mixing == (0, 1, 1) and mixing.memory == 0
    nothing = Swaps(3, *np.empty((2, 0), np.int32), directed=False, kinds=np.zeros(3, np.int32))
    values, mixing = nothing.measured(lambda ends: len(ends[0]), samples=3, attempts=5, seed=1)
    assert values == [0, 0, 0] and np.isnan(mixing.acceptance) and mixing.memory == 0


@pytest.mark.parametrize("attempts", [1, 10])
def test_places_are_even_under_the_null_however_few_the_attempts(attempts: int, rounds) -> None:
    trials, levels = rounds(300, 1_000), (0.01, 0.05, 0.10)
    values = np.random.default_rng(0).permutation(16) ** 2.0
    found = []

    def alike(ends) -> float:
        return float((values[ends[0]] * values[ends[1]]).sum())

    for trial in range(trials):
        start = ring(16)
        (drawn,), _ = start.measured(lambda ends: ends, samples=1, attempts=50, seed=10_000 + trial)
        null = Swaps(16, *map(np.ascontiguousarray, drawn), directed=False, kinds=start.kinds)
        others, _ = null.measured(alike, samples=99, attempts=attempts, seed=trial)
        found.append(surprise(alike(drawn), others, np.random.default_rng(trial)).p)
    for level in levels:
        low, high = binom.interval(0.999, trials, level)
        assert low <= (np.array(found) <= level).sum() <= high


def test_equal_values_share_their_places_and_large_ones_surprise() -> None:
    random = np.random.default_rng(0)
    places = [surprise(1, [1.0] * 9, random).p for _ in range(2_000)]
    assert sorted(set(np.round(np.multiply(places, 10)))) == list(range(1, 11))
    assert np.mean(places) == pytest.approx(0.55, abs=0.02)
    found = surprise(5, [1, 2, 3], random)
    assert found.p == 0.25 and found.expected == 2 and found.deviation == 1 and found.z == 3
    assert surprise(0, [1, 2, 3], random).p == 1 and np.isnan(surprise(1, [1, 1], random).z)


def test_numbers_are_checked() -> None:
    for wrong in ({"samples": 0}, {"attempts": 0}, {"attempts": 100_001}, {"seed": -1}):
        with pytest.raises(ParameterError, match=f"{next(iter(wrong))}="):
            checked_draws(**{"samples": 1, "attempts": 1, "seed": 0, **wrong})
