"""Circles, and who holds others: on two cliques that one node joins, and on the data there are."""

from itertools import combinations
from pathlib import Path

import pytest

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from ecograph.page import maturity
from ecograph.page.sections import communities, meeting, platforms
from ecograph.table import Language
from tests.page.conftest import Made
from tests.page.reading import read_page


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


def test_how_soon_it_falls_apart_is_the_metrics(made: Made, harbour: Ecosystem) -> None:
    view = harbour.network("COLLABORATES")
    curve, whole = eg.removal_curve(view), eg.robustness(view)
    page = made(harbour)
    rows = page.table("Share of nodes in the largest piece")
    assert [row["share that has left"] for row in rows] == curve["group"].tolist()
    for name in ("targeted", "random", "random_low", "random_high"):
        shown = [float(row[f"{name.replace('_', ' ')} (%)"]) for row in rows]
        assert shown == pytest.approx((100 * curve[name]).tolist(), abs=0.005)
    assert curve["group"][2] == "10%"
    said = (
        f"best joined tenth leaves ({curve['removed'][2]}), it holds {curve['targeted'][2]:.1%}; if a tenth at random"
    )
    assert said in page.text
    assert f"{whole['half'][0]:.1%} of the nodes have left, the best joined first" in page.text
    assert f"随机流失时，要到 {whole['random_half'][0]:.1%} 才减半" in made(harbour, language="zh").text


def test_circles_are_compared_with_chance(made: Made, harbour: Ecosystem) -> None:
    found = eg.partition_significance(harbour.network("COLLABORATES"), samples=49)
    assert found["p"][0] == 1 / 50
    text = made(harbour).text
    said = (
        f"a modularity of {found['modularity'][0]:.2f} here and of {found['expected'][0]:.2f} on average in 49 networks"
    )
    assert said in text and "of these, 0 have as much." in text


@pytest.mark.parametrize(("language", "said"), [("en", "lead through a makerspace"), ("zh", "经过众创空间。在")])
def test_who_meets_only_through_the_platform(made: Made, harbour: Ecosystem, language: str, said: str) -> None:
    found = eg.path_share(harbour.network("COLLABORATES", "SETTLED_IN", "SUPPLIES", direction="both"))
    text = made(harbour, language=language).text
    assert said in text
    assert f"{found['share'][0]:.1%}" in text.split(said)[0][-80:]
    assert f"{found['pairs'][0]:,}" in text and f"{found['dependent'][0]:,}" in text


def joined(**tables: dict[str, list[str]]) -> Ecosystem:
    """A maker and an enterprise that a makerspace joins, and two enterprises that work together."""
    nodes = {"Maker": {"id": ["m"]}, "Enterprise": {"id": ["e", "f"]}, "Makerspace": {"id": ["s"]}}
    kinds = {"source_kind": ["Enterprise"], "target_kind": ["Enterprise"]}
    given = {
        "COLLABORATES": {"source": ["e"], "target": ["f"]} | kinds,
        "SETTLED_IN": {"source": ["m"], "target": ["s"], "source_kind": ["Maker"]},
        "SUPPLIES": {"source": ["e"], "target": ["s"], "source_kind": ["Enterprise"]},
    }
    return eg.from_tables(nodes, given | tables)


def test_ways_through_the_platform_by_hand(made: Made) -> None:
    page = made(joined())
    assert "100.0% of the shortest ways between makers and enterprises lead through a makerspace." in page.text
    assert (
        "Of 2 pairs of a maker and an enterprise that are joined at all, 2 (100.0%) have no shortest way" in page.text
    )
    apart = joined(SUPPLIES={"source": ["m"], "target": ["s"], "source_kind": ["Maker"]})
    assert "No way leads from any maker to any enterprise." in made(apart).text


LEFT_OUT = {
    "en": (
        "Path share is left out: it is measured up to 10 ties, and here there are {ties}.",
        "Partition significance is left out: it is measured up to 20 ties, and here there are 368.",
        "Over more than 30 ties the search is made 5 times and not 20.",
        "Left out: Cycling, Retention, Concentration. Each platform is measured by itself for up to 3 platforms, and",
    ),
    "zh": (
        "“平台路径份额”从略：联系不超过 10 条时才计算，此处有 {ties} 条。",
        "“社群划分的显著性”从略：联系不超过 20 条时才计算，此处有 368 条。",
        "联系超过 30 条时，只搜索 5 次，而非 20 次。",
        "“循环贡献、留存率、集中度”从略：平台不超过 3 个时才计算，此处有 12 个。",
    ),
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_too_large_is_left_out_by_a_rule_and_said(
    harbour: Ecosystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.setattr(meeting, "MOST_TIES", 10)
    monkeypatch.setattr(communities, "COMPARED", 20)
    monkeypatch.setattr(communities, "MANY_TIES", 30)
    for module in (maturity, platforms):
        monkeypatch.setattr(module, "MOST_PLATFORMS", 3)
    report = eg.report(harbour, tmp_path / "report.html", language=language)
    text = read_page(report.path.read_text(encoding="utf-8"), report).text
    ties = len(harbour.network("COLLABORATES", "SETTLED_IN", "SUPPLIES", direction="both").arcs) // 2
    for sentence in LEFT_OUT[language]:
        assert sentence.format(ties=f"{ties:,}") in text
