"""Stages of a platform: two makerspaces by hand, the rules in plain Python on made towns, and laws."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError
from tests.strategies import made

SORTS = {
    "internal": "MEMBER_OF WORKS_ON EMPLOYS MENTORS TEACHES TRACKS",
    "market": "TRANSFERS SUPPLIES DEMANDS OFFERS_SERVICE CHOOSES_SERVICE INVESTS_IN",
    "co_creation": "COLLABORATES PARTICIPATES_IN PARTY_TO INTENDS DECIDES",
}
STAGES = dict(zip(SORTS, ("product", "transaction", "innovation"), strict=True))
NODES = {
    "Makerspace": {"id": ["hub", "loft", "void"]},
    "Maker": {"id": ["mia", "max", "moe"]},
    "Professional": {"id": ["ann"]},
    "Team": {"id": ["crew"]},
    "Enterprise": {"id": ["firm"]},
    "Project": {"id": ["app"]},
    "ServiceProvider": {"id": ["law"]},
}
JOINED = {
    "SETTLED_IN": {
        "source": ["mia", "max"], "target": ["hub", "loft"], "valid_from": ["2025-01-01", None],
        "valid_to": ["2025-07-01", None],
    },
    "INCUBATES": {"source": ["loft"], "target": ["app"], "valid_from": ["2025-03-01"]},
    "EMPLOYS": {"source": ["hub"], "target": ["ann"]},
}  # fmt: skip


def by_id(eco: eg.Ecosystem) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in eg.platform_stages(eco.records()).table.rows()}


def test_two_makerspaces_by_hand() -> None:
    relations = {
        **JOINED,  # EMPLOYS: hub, internal, once though both of its ends belong to it
        "MEMBER_OF": {"source": ["mia", "moe"], "target": ["crew", "crew"]},  # hub; nobody's
        "MENTORS": {"source": ["ann"], "target": ["mia"]},  # hub, once
        "COLLABORATES": {"source": ["mia"], "target": ["max"]},  # hub and loft
        "INTENDS": {
            "source": ["firm"] * 2, "target": ["app"] * 2, "valid_from": ["2024-01-01", "2025-01-01"],
            "valid_to": ["2025-03-01", "2025-03-02"],
        },  # the first ends as loft begins to incubate, so it is nobody's
        "TRANSFERS": {
            "source": ["firm"] * 3, "target": ["mia", "mia", "max"], "at": ["2025-06-30", "2025-07-01", "2025-07-01"]
        },  # hub; nobody's, as Mia has left; loft
        "OFFERS_SERVICE": {"source": ["law"], "target": ["loft"]},
    }  # fmt: skip
    found = by_id(eg.from_tables(NODES, relations))
    hub, loft, void = found["hub"], found["loft"], found["void"]
    assert (hub["internal"], hub["market"], hub["co_creation"]) == (3 / 5, 1 / 5, 1 / 5)
    assert (hub["kind"], hub["stage"], hub["rows"], hub["note"]) == ("Makerspace", "product", 5, None)
    assert (loft["internal"], loft["market"], loft["co_creation"]) == (0, 1 / 2, 1 / 2)
    assert (loft["stage"], loft["rows"]) == ("innovation", 4)  # a tie goes to the later stage
    assert (void["stage"], void["rows"], void["note"]) == (None, 0, "no row tells its stage")
    assert all(np.isnan(void[sort]) for sort in SORTS)


def lasts(row: dict[str, Any]) -> tuple[date, date]:
    if row.get("at"):
        return row["at"], row["at"] + timedelta(days=1)
    return row.get("valid_from") or date.min, row.get("valid_to") or date.max


def own(eco: eg.Ecosystem) -> Counter[tuple[str, str]]:
    """How many rows of each sort each makerspace has, by the rules as they are written."""
    tables = {relation.name: list(eco.relations(relation.name).rows()) for relation in eco.schema.relations}
    members = [(row["target"], row["source_kind"], row["source"], lasts(row)) for row in tables["SETTLED_IN"]]
    members += [
        (row["source"], row["target_kind"], row["target"], lasts(row))
        for row in (*tables["INCUBATES"], *tables["EMPLOYS"])
        if row["source_kind"] == "Makerspace"
    ]
    counts: Counter[tuple[str, str]] = Counter()
    for sort, relations in SORTS.items():
        for row in (row for relation in relations.split() for row in tables[relation]):
            ends = {(row["source_kind"], row["source"]), (row["target_kind"], row["target"])}
            first, stop = lasts(row)
            spaces = {one for kind, one in ends if kind == "Makerspace"}
            spaces |= {
                space
                for space, kind, member, (start, end) in members
                if (kind, member) in ends and start < stop and first < end
            }
            counts.update((space, sort) for space in spaces)
    return counts


def test_it_equals_the_rules_in_plain_python(rounds) -> None:
    ecosystems = [eg.harbour(relations=1_000, seed=seed).ecosystem for seed in range(rounds(4, 100))]
    for eco in (eg.dataset("harbour"), *ecosystems):
        for part in (eco, eco.between("2024-01-01", "2024-04-01")):
            expected = own(part)
            for space, row in by_id(part).items():
                counts = {sort: expected[space, sort] for sort in SORTS}
                assert row["rows"] == sum(counts.values())
                if row["rows"]:
                    shares = {sort: count / row["rows"] for sort, count in counts.items()}
                    assert {sort: row[sort] for sort in SORTS} == pytest.approx(shares)
                    assert row["stage"] == STAGES[max(reversed(SORTS), key=lambda sort: counts[sort])]


@given(st.lists(st.integers(0, 4), min_size=3, max_size=3))
def test_constructed_platforms_have_the_stage_of_their_most_rows(counts: list[int]) -> None:
    relations = {
        "TRACKS": {"source": ["ann"] * counts[0], "target": ["app"] * counts[0]},
        "SUPPLIES": {"source": ["firm"] * counts[1], "target": ["hub"] * counts[1]},
        "DECIDES": {"source": ["mia"] * counts[2], "target": ["hub"] * counts[2], "at": ["2025-01-01"] * counts[2]},
        "INCUBATES": {"source": ["hub"], "target": ["app"]},
    }
    row = by_id(eg.from_tables(NODES, {name: table for name, table in relations.items() if table["source"]}))["hub"]
    assert row["rows"] == sum(counts)
    if sum(counts):
        assert [row[sort] for sort in SORTS] == pytest.approx([count / sum(counts) for count in counts])
        best = max(range(3), key=lambda place: (counts[place], place))
        assert row["stage"] == ("product", "transaction", "innovation")[best]


def test_over_the_years_a_slice_has_its_own_stage() -> None:
    eco = eg.dataset("harbour")
    years = eg.platform_stages(eco.slices(every="year").records())
    rows = list(years.table.rows())
    assert {str(row["slice"])[:4] for row in rows} >= {"2023", "2024", "2025"}
    alone = by_id(eco.between("2024-01-01", "2025-01-01"))
    for row in rows:
        if str(row["slice"])[:4] == "2024":
            same = alone[row["id"]]
            assert (row["rows"], row["stage"]) == (same["rows"], same["stage"])


def test_nothing_and_the_wrong_thing() -> None:
    assert len(eg.platform_stages(eg.from_tables({}, {}).records())) == 0
    assert by_id(eg.from_tables({"Makerspace": {"id": ["hub"]}}, {}))["hub"]["stage"] is None
    with pytest.raises(UnknownNameError, match="Makerspace"):
        eg.platform_stages(made(7).ecosystem.records())
    with pytest.raises(ParameterError, match=r"eco\.records\(\)"):
        eg.platform_stages(made(7).ecosystem.network("ARC", kinds="Actor"))


def test_it_says_what_the_rows_are() -> None:
    result = eg.platform_stages(eg.from_tables(NODES, JOINED).records())
    assert result.explain("hub") == (
        "Rows of hub and its members: 1 internal, 0 market, 0 co-creation, 1 in all. It is at the product stage."
    )
    assert result.explain("hub", language="zh").endswith("处于产品平台阶段。")
    assert "unknown" in result.explain("void") and "无法判断" in result.explain("void", language="zh")
    words = dict(zip(result["id"], result.table.translated("zh")["阶段"], strict=True))
    assert words == {"hub": "产品平台", "loft": None, "void": None}
