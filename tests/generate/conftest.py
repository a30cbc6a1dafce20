"""Harbours of several sizes and seeds."""

import pytest

from ecograph.generate.harbour import Harbour, harbour


@pytest.fixture(scope="session", params=[(1_000, 1), (1_000, 8), (5_000, 1), (5_000, 2), (20_000, 3)], ids=str)
def made(request: pytest.FixtureRequest) -> Harbour:
    return harbour(*request.param)


@pytest.fixture(scope="session")
def large() -> Harbour:
    return harbour(100_000, 4)
