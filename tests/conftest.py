"""What every test shares: the parts a machine may lack, how many rounds to run, and what a skip means."""

import os
import secrets
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# Sums made by several BLAS threads may differ in the last bit; read once, when numpy is loaded.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

CHECKOUT = Path(__file__).resolve().parent.parent
RELEASES = ("lts", "current")
SWEEPING = os.environ.get("ECOGRAPH_SWEEP") == "1"
NOTHING_MAY_BE_ABSENT = os.environ.get("CI") == "true"

settings.register_profile("test", derandomize=True, database=None, deadline=None, max_examples=50)
settings.register_profile("sweep", database=None, deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("sweep" if SWEEPING else "test")


@pytest.fixture(scope="session")
def reference() -> Path:
    """Folder of the reference data: published tables and datasets too large to ship."""
    folder = Path(os.environ.get("ECOGRAPH_REFERENCE") or CHECKOUT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no reference data; set ECOGRAPH_REFERENCE to their folder")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser that opens the page."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip("no Chromium; install it (Debian: apt-get install chromium)")


def neo4j_releases() -> list[Any]:
    """Releases of Neo4j that tests run against, each in a worker of its own."""
    return [pytest.param(release, marks=[pytest.mark.neo4j, pytest.mark.xdist_group(release)]) for release in RELEASES]


@pytest.fixture(scope="session", params=neo4j_releases())
def neo4j_server(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A Neo4j server of each release that can be started here; its password is like no other text."""
    running = pytest.importorskip("tests.server.running", reason="no Neo4j driver; install ecograph[neo4j]")
    try:
        server = running.Server(request.param, f"canary-{secrets.token_hex(8)}")
    except running.AbsentServerError as absent:
        pytest.skip(str(absent))
    try:
        yield server.start()
    finally:
        server.stop()


@pytest.fixture(scope="session")
def rounds() -> Callable[[int, int], int]:
    """How often a random test repeats: `rounds(30, 300)` is 30, and 300 in `make sweep`."""
    return lambda n_test, n_sweep: n_sweep if SWEEPING else n_test


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests marked `sweep` for `make sweep`."""
    if SWEEPING:
        return
    later = [item for item in items if item.get_closest_marker("sweep")]
    config.hook.pytest_deselected(items=later)
    items[:] = [item for item in items if not item.get_closest_marker("sweep")]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that was skipped where nothing may be absent."""
    report = yield
    if not hasattr(report, "wasxfail"):
        refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail a file that was skipped where nothing may be absent."""
    report = yield
    refuse_skip(report)
    return report


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure, but for a case that has no meaning: its reason starts with "not applicable"."""
    if not (NOTHING_MAY_BE_ABSENT and report.skipped):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    if not reason.startswith("not applicable"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but with CI=true nothing may be absent: {reason}"
