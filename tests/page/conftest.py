"""Ecosystems the page is made of in these tests."""

from collections.abc import Callable

import pytest

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from tests.page.reading import Reading, read_page

Made = Callable[..., Reading]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Makes the report of an ecosystem and reads it back; once for the same ecosystem and options."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    pages: dict[tuple[object, ...], tuple[Ecosystem, Reading]] = {}

    def make(eco: Ecosystem, **options: object) -> Reading:
        key = (id(eco), *options.items())
        if key not in pages:
            report = eg.report(eco, path, **options)  # type: ignore[arg-type]  # the options of the report
            pages[key] = eco, read_page(path.read_text(encoding="utf-8"), report)
        return pages[key][1]

    return make


@pytest.fixture(scope="session")
def cordis() -> Ecosystem:
    """The real dataset."""
    return eg.dataset("cordis-h2020")


@pytest.fixture(scope="session")
def harbour() -> Ecosystem:
    """The made dataset, which has every kind."""
    return eg.dataset("harbour")


@pytest.fixture(scope="session")
def florentine() -> Ecosystem:
    """A foreign schema: one kind, one relation."""
    return eg.dataset("florentine")


@pytest.fixture(scope="session")
def empty() -> Ecosystem:
    """Nothing at all."""
    return eg.from_tables({}, {})


@pytest.fixture(scope="session")
def makerspace() -> Ecosystem:
    """Makers who collaborate, are tracked and evaluated, and pass on money and hours; one row is broken."""
    nodes = {
        "Maker": {"id": ["m1", "m2", "m3"], "name": ["Ada Lovelace", "Bo Diddley", None]},
        "Professional": {"id": ["t1", "t2"], "name": ["Tracker Tim", "Mentor Mia"]},
        "Enterprise": {"id": ["e1", "e2"], "name": ["Steam Works", "Wind Mill"]},
        "University": {"id": ["u1"], "name": ["Old School"]},
        "Makerspace": {"id": ["s1"], "name": ["The Shed"]},
        "Project": {"id": ["p1", "p2", "p3"], "name": ["Engine", "Loom", "Clock"]},
        "Market": {"id": ["market"]},
    }
    relations = {
        "COLLABORATES": {
            "source": ["m1", "m2", "m1", "e1"],
            "target": ["m2", "m3", "e1", "u1"],
            "source_kind": ["Maker", "Maker", "Maker", "Enterprise"],
            "target_kind": ["Maker", "Maker", "Enterprise", "University"],
            "valid_from": ["2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01"],
        },
        "SETTLED_IN": {"source": ["m1", "m2", "m3"], "target": ["s1"] * 3},
        "TRANSFERS": {
            "source": ["market", "e1", "e2", "u1", "m1", "e1"],
            "target": ["e1", "m1", "m2", "m1", "p1", "e2"],
            "source_kind": ["Market", "Enterprise", "Enterprise", "University", "Maker", "Enterprise"],
            "target_kind": ["Enterprise", "Maker", "Maker", "Maker", "Project", "Enterprise"],
            "amount": [100.0, 40.0, 10.5, 8.0, 5.0, None],
            "unit": ["CNY", "CNY", "CNY", "hours", "hours", "CNY"],
            "at": ["2025-05-01"] * 6,
        },
        "EVALUATES": {"source": ["t1", "t1", "t2"], "target": ["p1", "p2", "p1"], "at": ["2025-06-30"] * 3},
        "TRACKS": {"source": ["t1", "t9"], "target": ["p1", "p1"]},
    }
    return eg.from_tables(nodes, relations)
