"""Overlap of platforms: a table by hand, a slow twin with sets, and its laws."""

from itertools import combinations

import pytest
from hypothesis import given

import ecograph as eg
from ecograph.errors import ParameterError
from tests.strategies import CASES, made, made_ecosystems

JOINED = {"source": list("abcbcdcca"), "target": list("mmmnnnoom")}
ECO = eg.from_tables({"Maker": {"id": list("abcde")}, "Makerspace": {"id": list("mnop")}}, {"SETTLED_IN": JOINED})
PATH = "Maker -SETTLED_IN-> Makerspace"


def test_three_platforms_by_hand() -> None:
    # m has a, b, c; n has b, c, d; o has c alone; p has nobody and no row
    rows = list(eg.platform_overlap(ECO.two_mode(PATH)).table.rows())
    assert [(row["a"], row["b"]) for row in rows] == [("m", "n"), ("m", "o"), ("n", "o")]
    assert {row["a_kind"] for row in rows} == {"Makerspace"} == {row["b_kind"] for row in rows}
    assert [row["shared"] for row in rows] == [2, 1, 1]
    assert [row["either"] for row in rows] == [4, 3, 3]
    assert [row["jaccard"] for row in rows] == pytest.approx([1 / 2, 1 / 3, 1 / 3])
    assert [row["share_of_a"] for row in rows] == pytest.approx([2 / 3, 1 / 3, 1 / 3])
    assert [row["share_of_b"] for row in rows] == pytest.approx([2 / 3, 1, 1])


def test_it_equals_a_slow_twin(rounds) -> None:
    for seed in range(rounds(20, 200)):
        eco = made(seed).ecosystem
        members: dict[str, set[tuple[str, str]]] = {one: set() for one in eco.nodes("Project")["id"]}
        for row in eco.relations("JOINS").rows():
            members[row["target"]].add((row["source_kind"], row["source"]))
        found = {(row["a"], row["b"]): row
                 for row in eg.platform_overlap(eco.two_mode("Actor -JOINS-> Project")).table.rows()}  # fmt: skip
        for one, other in combinations(sorted(members), 2):
            shared, either = len(members[one] & members[other]), len(members[one] | members[other])
            if not shared:
                assert (one, other) not in found
                continue
            row = found.pop((one, other))
            assert (row["shared"], row["either"]) == (shared, either)
            assert row["jaccard"] == pytest.approx(shared / either)
            assert row["share_of_b"] == pytest.approx(shared / len(members[other]))
        assert not found


@given(made_ecosystems)
def test_it_is_at_most_either_share(tables) -> None:
    found = eg.platform_overlap(tables.ecosystem.two_mode("Actor -JOINS-> Project"))
    for name in ("share_of_a", "share_of_b"):
        assert (found["jaccard"] <= found[name] + 1e-12).all()
    assert (found["shared"] > 0).all()


def test_the_same_members_overlap_whole() -> None:
    twins = {"source": list("abab"), "target": list("mmnn")}
    eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Makerspace": {"id": ["m", "n"]}}, {"SETTLED_IN": twins})
    assert eg.platform_overlap(eco.two_mode(PATH))["jaccard"].tolist() == [1.0]


def test_nothing_shared_is_an_empty_table() -> None:
    for case in ("empty", "no relations", "one node"):
        found = eg.platform_overlap(CASES[case].ecosystem.two_mode("Actor -JOINS-> Project"))
        assert len(found) == 0 and found.table.arrow("a").type == "string"


def test_a_network_is_refused() -> None:
    with pytest.raises(ParameterError, match="TwoMode"):
        eg.platform_overlap(made(7).ecosystem.network("ARC"))


def test_a_row_says_what_two_platforms_share() -> None:
    found = eg.platform_overlap(ECO.two_mode(PATH))
    assert found.explain("m", "o") == (
        "m and o share 1 of their 3 members (33.3%): 33.3% of those of m, 100.0% of those of o."
    )
    assert found.explain("m", "n", language="zh") == (
        "m 与 n 合计 4 个成员，其中 2 个为两者共有（50.0%）：占 m 成员的 66.7%，占 n 成员的 66.7%。"
    )
    assert "m – n" in found.plot().svg
