"""Sums over walks against their slow twin; nothing that comes in may crash them."""

import re
from typing import Any

import numpy as np
import pytest

from ecograph.kernels import csr, walks
from oracles import walks as twin

ONE = np.ones(1)
POINTERS, PLACES = np.array([0, 1]), np.zeros(1, np.int32)


def random_rows(random: np.random.Generator, n: int, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows with empty ones among them."""
    length = int(random.integers(0, 3 * n))
    ends = random.integers(0, n, length, dtype=np.int32), random.integers(0, columns, length, dtype=np.int32)
    return csr.build(*ends, max(n, columns))[0][: n + 1].copy(), csr.build(*ends, max(n, columns))[1]


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("valued", [False, True])
@pytest.mark.parametrize("seed", range(60))
def test_it_solves_the_equation(seed: int, valued: bool, shared: bool) -> None:
    random = np.random.default_rng(seed)
    n, columns = (int(random.integers(1, 14)) for _ in range(2))
    columns = columns if shared else n
    pointers, places = random_rows(random, n, columns)
    values = random.random(len(places)) if valued else np.ones(len(places))
    matrix = twin.ties(pointers, places, values, columns)
    matrix = twin.shared(matrix) if shared else matrix
    largest = max(abs(np.linalg.eigvals(matrix)))
    factors = random.uniform(0.1, 0.9) / largest * random.random(n) if largest > 1e-9 else np.ones(n)
    start = random.random(n) * (random.random(n) > 0.3)
    given = {"values": values if valued else None, "shared": columns if shared else None}
    for sign in (1, -1):
        found, change = walks.settled(pointers, places, sign * factors, start, **given, most=5_000)
        assert change <= 1e-15
        assert found == pytest.approx(twin.settled(matrix, sign * factors, start), rel=1e-12, abs=1e-13)


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("damping", [0.2, 0.85, 0.99])
@pytest.mark.parametrize("seed", range(30))
def test_with_losses_it_is_the_solution_up_to_a_factor(seed: int, damping: float, shared: bool) -> None:
    random = np.random.default_rng(seed)
    n, columns = (int(random.integers(1, 14)) for _ in range(2))
    columns = columns if shared else n
    pointers, places = random_rows(random, n, columns)
    matrix = twin.ties(pointers, places, np.ones(len(places)), columns)
    matrix = twin.shared(matrix) if shared else matrix
    sent = matrix.sum(axis=0)
    factors = np.divide(damping, sent, out=np.zeros(n), where=sent > 0)
    start = np.eye(n)[0] if seed % 2 else np.full(n, 1 / n)
    losses = np.where(sent > 0, 1 - damping, 1.0)
    found, _ = walks.settled(
        pointers, places, factors, start, losses=losses, shared=columns if shared else None, most=10_000
    )
    expected = twin.settled(matrix, factors, start)
    assert found / found.sum() == pytest.approx(expected / expected.sum(), rel=1e-11, abs=1e-14)


def test_what_grows_without_end_is_given_up() -> None:
    found, change = walks.settled(POINTERS, PLACES, 4 * ONE, ONE, most=10_000)
    assert not np.isfinite(found).all() and change > 1e-15
    assert walks.settled(POINTERS, PLACES, ONE, ONE, most=3)[0].tolist() == [4]


def test_no_nodes() -> None:
    nothing = np.empty(0)
    assert len(walks.settled(np.zeros(1, np.int64), np.empty(0, np.int32), nothing, nothing)[0]) == 0


WRONG: list[tuple[tuple[Any, ...], dict[str, Any], str]] = [
    ((POINTERS, PLACES + 1, ONE, ONE), {}, "places[0] = 1 is outside 0..0"),
    ((POINTERS, PLACES + 1, ONE, ONE), {"shared": 1}, "places[0] = 1 is outside 0..0"),
    ((POINTERS, PLACES, ONE, ONE), {"shared": -1}, "shared=-1 is outside 0..2147483647"),
    ((POINTERS + 1, PLACES, ONE, ONE), {}, "pointers[0] = 1; it must be 0"),
    ((POINTERS[:0], PLACES[:0], ONE[:0], ONE[:0]), {}, "nodes=-1 is outside"),
    ((POINTERS, PLACES, ONE[:0], ONE), {}, "factors has 0 entries; it needs 1, one a row"),
    ((POINTERS, PLACES, ONE, ONE[:0]), {}, "start has 0 entries; it needs 1, one a row"),
    ((POINTERS, PLACES, ONE, ONE), {"values": ONE[:0]}, "values has 0 entries; it needs 1, as many as places"),
    ((POINTERS, PLACES, ONE, ONE), {"losses": ONE[:0]}, "losses has 0 entries; it needs 1, one a row"),
    ((POINTERS, PLACES, ONE * np.nan, ONE), {}, "factors[0] is NaN; leave it out"),
    ((POINTERS, PLACES, ONE, ONE * np.nan), {}, "start[0] is NaN; leave it out"),
    ((POINTERS, PLACES, PLACES, ONE), {}, "factors holds int32; an array of float64 is needed"),
]


@pytest.mark.parametrize(("arguments", "options", "message"), WRONG)
def test_what_is_wrong_is_said(arguments: tuple[Any, ...], options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        walks.settled(*arguments, **options)
