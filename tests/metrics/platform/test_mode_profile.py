"""Mode profile: two makerspaces by hand, the rules in plain Python on made towns, and laws."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product
from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError
from tests.strategies import made

OFFERED = {"training": "training", "media": "media"}
PURE = ("event_aggregation", "training", "media", "investment", "real_estate", "industry_chain")
NODES = {
    "Makerspace": {"id": ["hub", "loft", "void"]},
    "Professional": {"id": ["ann", "ben"]},
    "Maker": {"id": ["mia"]},
    "ServiceProvider": {"id": ["law"]},
    "Enterprise": {"id": ["fund"]},
    "Event": {"id": ["fair", "talk"]},
    "Project": {"id": ["app", "bot"]},
    "Resource": {"id": ["desk", "cash", "odd"], "category": ["space", "capital", None]},
}


def table(*rows: tuple[Any, ...], names: str = "") -> dict[str, list[Any]]:
    columns = ("source", "target", *names.split())
    return {name: [row[place] for row in rows] for place, name in enumerate(columns)}


def by_id(result: eg.Result) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in result.table.rows()}


def test_two_makerspaces_by_hand() -> None:
    relations = {
        "HOSTS": table(("hub", "fair", "2025-03-01"), ("loft", "talk", "2025-04-01"), names="at"),
        "EMPLOYS": table(
            ("hub", "ann", "2025-01-01", "2025-06-01"), ("loft", "ben", None, None), names="valid_from valid_to"
        ),
        "MENTORS": table(
            ("ann", "mia", "2025-05-31", None),  # hub: one day of Ann's time there
            ("ann", "app", "2025-06-01", None),  # nobody's: she had left
            ("ben", "bot", None, "2025-02-01"),  # loft
            names="valid_from valid_to",
        ),
        "TEACHES": table(("ben", "ann", "2025-07-01", None), names="valid_from valid_to"),  # loft
        "OFFERS_SERVICE": table(
            ("law", "hub", "training"), ("hub", "loft", "media"), ("loft", "loft", None), ("law", "loft", "x"),
            names="service",
        ),
        "INCUBATES": table(("hub", "app", "2025-01-01", "2025-03-01"), names="valid_from valid_to"),
        "INVESTS_IN": table(
            ("fund", "app", "2025-02-28"),  # hub incubates it
            ("fund", "app", "2025-03-01"),  # no longer
            ("hub", "app", "2025-02-01"),  # as investor and as incubator: once
            ("loft", "bot", "2025-02-01"),
            names="at",
        ),
        "SUPPLIES": table(("fund", "hub", "desk"), ("fund", "hub", "cash"), ("law", "loft", "odd"), names="resource"),
    }  # fmt: skip
    found = by_id(eg.mode_profile(eg.from_tables(NODES, relations).records()))
    counts = {"hub": (1, 2, 1, 2, 1, 0), "loft": (1, 2, 1, 1, 0, 2)}
    for space, numbers in counts.items():
        row, total = found[space], sum(numbers)
        assert row["kind"] == "Makerspace" and row["rows"] == total and row["mode"] == "ecosystem"
        length = sqrt(sum(number**2 for number in numbers))
        for mode, number in zip(PURE, numbers, strict=True):
            assert row[mode] == pytest.approx(number / total, abs=1e-15)
            assert row[f"cosine_{mode}"] == pytest.approx(number / length, abs=1e-15)
        assert row["largest"] == 2 / 7 and row["note"] is None
    assert found["void"]["rows"] == 0 and found["void"]["mode"] is None
    assert np.isnan(found["void"]["largest"]) and np.isnan(found["void"]["cosine_media"])
    assert found["void"]["note"] == "no row tells its mode"


@pytest.mark.parametrize("mode", PURE)
def test_a_pure_makerspace_has_its_mode(mode: str) -> None:
    found = by_id(eg.mode_profile(constructed({mode: 3}).records()))["hub"]
    assert (found["mode"], found["largest"], found[mode], found[f"cosine_{mode}"]) == (mode, 1, 1, 1)


def constructed(counts: dict[str, int]) -> eg.Ecosystem:
    """One makerspace with so many rows of each sort."""
    services = ["media"] * counts.get("media", 0) + ["registration"] * counts.get("industry_chain", 0)
    dated = {"at": date(2025, 1, 1)}
    rows = {
        "HOSTS": [("hub", "fair", dated)] * counts.get("event_aggregation", 0),
        "TEACHES": [("ann", "mia", {})] * counts.get("training", 0),
        "EMPLOYS": [("hub", "ann", {})],
        "OFFERS_SERVICE": [("law", "hub", {"service": service}) for service in services],
        "INVESTS_IN": [("hub", "app", dated)] * counts.get("investment", 0),
        "SUPPLIES": [("fund", "hub", {"resource": "desk"})] * counts.get("real_estate", 0),
    }
    tables = {
        relation: {"source": [row[0] for row in some], "target": [row[1] for row in some]}
        | {name: [row[2][name] for row in some] for name in some[0][2]}
        for relation, some in rows.items()
        if some
    }
    return eg.from_tables(NODES, tables)


def lasts(row: dict[str, Any]) -> tuple[date, date]:
    if row.get("at"):
        return row["at"], row["at"] + timedelta(days=1)
    return row.get("valid_from") or date.min, row.get("valid_to") or date.max


def told(eco: eg.Ecosystem) -> Iterator[tuple[str, str]]:
    """Makerspace and mode of every row that tells one, by the rules as they are written."""
    tables = {relation.name: list(eco.relations(relation.name).rows()) for relation in eco.schema.relations}
    categories = {row["id"]: row["category"] for row in eco.nodes("Resource").rows()}

    def then(space: str, relation: str, member: str, row: dict[str, Any]) -> bool:
        first, stop = lasts(row)
        return any(
            (one["source"], one["target"]) == (space, member) and lasts(one)[0] < stop and first < lasts(one)[1]
            for one in tables[relation]
        )

    def given(space: str, row: dict[str, Any]) -> bool:
        return bool(row["source"] == space)

    def an_end(space: str, row: dict[str, Any]) -> bool:
        return space in (row["source"], row["target"])

    def staffed(space: str, row: dict[str, Any]) -> str | bool:
        return then(space, "EMPLOYS", row["source"], row) and "training"

    modes: dict[str, Callable[[str, dict[str, Any]], str | bool]] = {
        "HOSTS": lambda space, row: given(space, row) and "event_aggregation",
        "MENTORS": staffed,
        "TEACHES": staffed,
        "OFFERS_SERVICE": lambda space, row: an_end(space, row) and OFFERED.get(row["service"], "industry_chain"),
        "INVESTS_IN": lambda space, row: (
            (given(space, row) or then(space, "INCUBATES", row["target"], row)) and "investment"
        ),
        "SUPPLIES": lambda space, row: an_end(space, row) and categories[row["resource"]] == "space" and "real_estate",
    }
    for space, (relation, mode) in product(eco.nodes("Makerspace")["id"], modes.items()):
        yield from ((space, str(found)) for row in tables[relation] if (found := mode(space, row)))


def test_it_equals_the_rules_in_plain_python(rounds) -> None:
    ecosystems = [eg.harbour(relations=1_000, seed=seed).ecosystem for seed in range(rounds(4, 100))]
    for eco in (eg.dataset("harbour"), *ecosystems):
        for part in (eco, eco.between("2024-01-01", "2024-07-01")):
            expected = Counter(told(part))
            for row in eg.mode_profile(part.records()).table.rows():
                counts = [expected[row["id"], mode] for mode in PURE]
                assert row["rows"] == sum(counts)
                if sum(counts):
                    assert [row[mode] for mode in PURE] == pytest.approx([count / sum(counts) for count in counts])
                    most = PURE[counts.index(max(counts))]
                    assert row["mode"] == (most if max(counts) > sum(counts) / 2 else "ecosystem")


@given(st.dictionaries(st.sampled_from(PURE), st.integers(1, 6), min_size=1))
def test_shares_are_those_planted_and_the_mode_needs_more_than_half(counts: dict[str, int]) -> None:
    found = by_id(eg.mode_profile(constructed(counts).records()))["hub"]
    total = sum(counts.values())
    assert [found[mode] for mode in PURE] == pytest.approx([counts.get(mode, 0) / total for mode in PURE])
    assert sum(found[f"cosine_{mode}"] ** 2 for mode in PURE) == pytest.approx(1)
    most = max(counts, key=lambda mode: counts[mode])
    assert found["mode"] == (most if 2 * counts[most] > total else "ecosystem")


def test_data_without_makerspaces_or_with_bare_tables() -> None:
    assert len(eg.mode_profile(eg.from_tables({}, {}).records())) == 0
    assert len(eg.mode_profile(eg.from_tables({"Maker": {"id": ["mia"]}}, {}).records())) == 0
    bare = {"OFFERS_SERVICE": table(("law", "hub")), "SUPPLIES": table(("law", "hub"))}
    nodes = {"Makerspace": {"id": ["hub"]}, "ServiceProvider": {"id": ["law"]}}
    found = by_id(eg.mode_profile(eg.from_tables(nodes, bare).records()))["hub"]
    assert (found["rows"], found["mode"]) == (1, "industry_chain")


def test_another_schema_and_another_view_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="Makerspace"):
        eg.mode_profile(made(7).ecosystem.records())
    with pytest.raises(ParameterError, match=r"eco\.records\(\)"):
        eg.mode_profile(made(7).ecosystem.network("ARC", kinds="Actor"))


def test_it_says_what_a_makerspace_does() -> None:
    result = eg.mode_profile(constructed({"training": 3, "media": 1}).records())
    assert result.explain("hub") == (
        "hub has 4 rows that tell its mode: training 75%, media 25%. More than half are of one sort, so it is "
        "training. The nearest pure mode is training (cosine 0.95)."
    )
    assert "培训辅导型 75%、媒体驱动型 25%。其中一类超过半数" in result.explain("hub", language="zh")
    assert "unknown" in result.explain("void") and "无法判断" in result.explain("void", language="zh")
    assert "an ecosystem" in eg.mode_profile(constructed({"training": 1, "media": 1}).records()).explain("hub")
