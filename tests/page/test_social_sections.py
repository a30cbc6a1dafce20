"""Circles, and who holds others: on two cliques that one node joins, and on the data there are."""

from itertools import combinations

import pytest

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from tests.page.conftest import Made


def cliques(*tails: tuple[str, str]) -> Ecosystem:
    """Makers a1..a4 and b1..b4 all work together; h works with a1 and b1."""
    ties = [pair for side in "ab" for pair in combinations([f"{side}{number}" for number in range(1, 5)], 2)]
    ties += [("a1", "h"), ("h", "b1"), *tails]
    makers = sorted({end for tie in ties for end in tie})
    ends = {"source": [tie[0] for tie in ties], "target": [tie[1] for tie in ties]}
    ends |= {"source_kind": ["Maker"] * len(ties), "target_kind": ["Maker"] * len(ties)}
    return eg.from_tables({"Maker": {"id": makers}}, {"COLLABORATES": ends})


def test_circles_by_hand(made: Made) -> None:
    page = made(cliques())
    rows = page.table("Circles, the largest first")
    assert [row["size"] for row in rows] == ["5", "4"]
    assert {row["most joined"].split(",")[0] for row in rows} == {"a1", "b1"}
    assert "Circles of three or more: 2, with 100.0% of the nodes" in page.text
    members = {row["name"]: row["community"] for row in page.table("Who is in which circle")}
    assert len({members[f"a{number}"] for number in range(1, 5)}) == 1
    assert len({members[f"b{number}"] for number in range(1, 5)}) == 1
    assert members["a1"] != members["b1"]


def test_who_would_be_missed_by_hand(made: Made) -> None:
    page = made(cliques(("b1", "t1"), ("t1", "t2")))
    rows = {row["name"]: row for row in page.table("Nodes that are the only way to others")}
    assert {name: row["cut off"] for name, row in rows.items()} == {"h": "4", "a1": "3", "b1": "5", "t1": "1"}
    assert "Nodes that hold others: 4. Most would be cut off without b1 (5); h (4); a1 (3); and 1 more." in page.text


def test_nobody_would_be_missed_in_a_ring(made: Made) -> None:
    ring = ["a", "b", "c", "d"]
    ties = {"source": ring, "target": [*ring[1:], "a"], "source_kind": ["Maker"] * 4, "target_kind": ["Maker"] * 4}
    page = made(eg.from_tables({"Maker": {"id": ring}}, {"COLLABORATES": ties}), language="zh")
    assert "没有节点是通往他人的唯一途径。" in page.text


def test_pairs_are_no_circles(made: Made) -> None:
    ties = {"source": ["a", "c"], "target": ["b", "d"], "source_kind": ["Maker"] * 2, "target_kind": ["Maker"] * 2}
    page = made(eg.from_tables({"Maker": {"id": list("abcd")}}, {"COLLABORATES": ties}))
    assert "There is no circle of three or more." in page.text


def test_circles_are_the_metrics(made: Made, harbour: Ecosystem) -> None:
    found = eg.consensus(harbour.network("COLLABORATES"), runs=20)
    page = made(harbour)
    rows = page.table("Circles, the largest first")
    sizes = {int(row["community"]): int(row["size"]) for row in found.table.rows() if row["size"] >= 3}
    assert {int(row["community"]): int(row["size"]) for row in rows} == sizes
    quality = eg.modularity(harbour.network("COLLABORATES"), by=found)["modularity"][0]
    assert f"Modularity: {quality:.2f}." in page.text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_those_between_circles_are_named(made: Made, harbour: Ecosystem, language: str) -> None:
    found = eg.consensus(harbour.network("COLLABORATES"), runs=20)
    loose = [row for row in found.table.rows() if row["size"] >= 3 and row["stability"] < 0.5]
    first = min(loose, key=lambda row: row["stability"])
    lead = "平均与本圈不到一半成员同在的节点：" if language == "zh" else "less than half of their own on average: "
    assert lead + first["id"] in made(harbour, language=language).text
