"""What cycles, who depends on whom, how long demands wait and what crosses a boundary: the page against the metrics."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from ecograph.page.holdings import Holdings
from ecograph.page.homes import cycling_by_platform, homes
from tests.page.conftest import Made

NODES = {
    "Maker": {"id": ["a", "b"]},
    "Enterprise": {"id": ["e", "f"]},
    "Makerspace": {"id": ["s"]},
    "Market": {"id": ["market"]},
}
KINDS = {id: kind for kind, table in NODES.items() for id in table["id"]}
Transfer = tuple[str, str, float]


def transfers(*rows: Transfer) -> Ecosystem:
    """An ecosystem in which these amounts of money move."""
    sources, targets = [row[0] for row in rows], [row[1] for row in rows]
    moved = {
        "source": sources,
        "target": targets,
        "source_kind": [KINDS[id] for id in sources],
        "target_kind": [KINDS[id] for id in targets],
        "amount": [row[2] for row in rows],
        "unit": ["CNY"] * len(rows),
        "at": ["2025-05-01"] * len(rows),
    }
    return eg.from_tables(NODES, {"TRANSFERS": moved})


def number(cell: str) -> float:
    """A number of a table."""
    return float(cell.replace(",", ""))


CLOSED_BY_MAKERS = (("market", "s", 8.0), ("s", "a", 10.0), ("a", "s", 2.0))
CLOSED_BY_BOTH = (("market", "s", 8.0), ("s", "a", 10.0), ("a", "s", 2.0), ("s", "e", 5.0), ("e", "s", 4.0))
CLOSED_WITHOUT = (("market", "e", 8.0), ("e", "f", 10.0), ("f", "e", 2.0), ("e", "a", 1.0))
ONE_WAY = (("market", "s", 8.0), ("s", "a", 8.0))
LOOP = (("a", "b", 3.0), ("b", "a", 3.0))


def test_cycling_by_hand(made: Made) -> None:
    page = made(transfers(*CLOSED_BY_MAKERS))  # Finn's index: 2 of 10 at each of the two comes back
    assert page.fact("comes round") == "20.0%"
    assert page.fact("nodes that a unit passes") == "2.50"
    said = "20.0% of what passes through comes round to where it has been before. If no Maker gave anything to others, "
    assert f"{said}nothing would. It is mostly through what Maker nodes give" in page.text
    assert any("Counted in CNY, 20.0%" in headline for headline in page.report.headlines)
    rows = {row["group"]: row for row in page.table("What comes round without what each kind gives, in CNY")}
    assert rows["Maker"]["comes round if it gave nothing (%)"] == "0"
    assert rows["Maker"]["falls by (%)"] == "20.00"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (CLOSED_BY_BOTH, "Part of the circle closes through what Maker nodes give."),
        (CLOSED_WITHOUT, "The circle closes without what Maker nodes give."),
        (ONE_WAY, "Nothing comes round: everything moves one way, from those who have to those who need."),
        (LOOP, "How much comes round cannot be said"),
    ],
)
def test_what_cycling_means(made: Made, rows: Sequence[Transfer], said: str) -> None:
    assert said in made(transfers(*rows)).text


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (CLOSED_BY_MAKERS, "若创客不向他人供给，则毫无循环。循环主要靠创客的供给接通"),
        (CLOSED_BY_BOTH, "创客的供给接通了一部分循环。"),
        (ONE_WAY, "没有任何循环"),
        (LOOP, "循环比例无法得出"),
    ],
)
def test_what_cycling_means_in_chinese(made: Made, rows: Sequence[Transfer], said: str) -> None:
    assert said in made(transfers(*rows), language="zh").text


def test_nothing_that_flows_has_no_number(made: Made) -> None:
    page = made(transfers(("a", "b", 0.0)))
    assert "Nothing flows." in page.text
    assert not [name for tag, name in page.texts if tag == "dt" and name == "nodes that a unit passes"]


def test_cycling_is_the_metrics(made: Made, harbour: Ecosystem) -> None:
    page = made(harbour)
    for unit in ("CNY", "hours", "m2"):
        view = harbour.flows("TRANSFERS", unit=unit, outside="Market")
        whole, kinds = eg.flow_statistics(view), eg.cycling(view)
        title = f"What comes round without what each kind gives, in {unit.replace('m2', 'm²')}"
        if not whole["cycling"][0]:
            assert title not in page.tables
            continue
        rows = {row["group"]: row for row in page.table(title)}
        assert len(rows) == len(kinds)
        for row in kinds.table.rows():
            shown = rows[row["group"].replace("ResearchO", "Research o").replace("ServiceP", "Service p")]
            assert number(shown["comes round if it gave nothing (%)"]) == pytest.approx(100 * row["without"], abs=0.005)
            assert number(shown[f"comes round at its nodes ({unit})"]) == pytest.approx(row["amount"], abs=1e-4)
        assert f"{whole['cycling'][0]:.1%} of what passes through comes round" in page.text


def test_dependence_is_the_metrics(made: Made, harbour: Ecosystem) -> None:
    page = made(harbour)
    found = list(eg.critical_supplier(harbour.ledger()).table.rows())
    relying = Counter(row["supplier"] for row in found)
    single = Counter(row["supplier"] for row in found if row["alternatives"] == 0)
    rows = page.table("Suppliers, those that most demands rely on first")
    assert [number(row["demands that rely on it"]) for row in rows] == sorted(relying.values(), reverse=True)[:15]
    for row in rows:
        assert number(row["demands that rely on it"]) == relying[row["id"]]
        assert number(row["of these with nobody else to supply"]) == single[row["id"]]
        fewest = min(one["alternatives"] for one in found if one["supplier"] == row["id"])
        assert number(row["fewest others who supply"]) == fewest
    demands = {(row["key"], row["source"]): row["alternatives"] for row in found}
    assert len(demands) == len({key for key, _ in demands})
    counts = Counter(demands.values())
    assert f"Of 228 demands that were met, {len(demands)} would not have been without some one supplier." in page.text
    said = f"nobody else offers the same now: {counts[0]}; for which only one other does: {counts[1]}."
    assert said in page.text
    first = page.table("Demands that rely on one supplier")[0]
    assert (first["number"], first["alternatives"]) == ("D188", "0")
    assert "(enterprise-10)" in first["relies on"]


def demanded(amount: float, **tables: dict[str, list[str]]) -> Ecosystem:
    """A maker who demands ten hours, and gets some of them of an enterprise."""
    nodes = NODES | {"Resource": {"id": ["r"], "category": ["talent"], "unit": ["hours"]}}
    demands = {"source": ["a"], "target": ["s"], "resource": ["r"], "amount": [10.0], "unit": ["hours"]}
    moved = {"source": ["e"], "target": ["a"], "resource": ["r"], "amount": [amount], "unit": ["hours"]}
    ends = ({"source_kind": ["Maker"], "valid_from": ["2025-01-01"]}, {"source_kind": ["Enterprise"]})
    given = {"DEMANDS": demands | ends[0], "TRANSFERS": moved | ends[1] | {"target_kind": ["Maker"]}}
    given["TRANSFERS"]["at"] = ["2025-01-09"]
    return eg.from_tables(nodes, given | tables)


def test_one_supplier_by_hand(made: Made) -> None:
    page = made(demanded(10))
    assert (
        "Of 1 demands that were met, 1 would not have been without some one supplier. Most rely on e (1)." in page.text
    )
    assert "nobody else offers" not in page.text.split("Most rely on e (1).")[1].split("Demands that would be")[0]
    row = page.table("Waiting by category")[0]
    assert (row["group"], row["median (days)"], row["demands"]) == ("talent", "8", "1")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "None of the 0 demands that were met relies on"), ("zh", "已满足的 0 项需求都不依赖")]
)
def test_who_is_not_served_relies_on_nobody(made: Made, language: str, said: str) -> None:
    assert said in made(demanded(4), language=language).text


@pytest.mark.parametrize("by", ["category", "platform"])
def test_waiting_is_the_metrics(made: Made, harbour: Ecosystem, by: str) -> None:
    rows = made(harbour).table(f"Waiting by {by}")
    found = {row["group"]: row for row in eg.time_to_match(harbour.ledger(), by=by).table.rows()}
    assert len(rows) == len(found)
    assert [number(row["median (days)"]) for row in rows] == sorted(
        [row["median"] for row in found.values()], reverse=True
    )
    for row in rows:
        one = found[row["group"].rsplit("(", 1)[-1].removesuffix(")")]
        assert number(row["median (days)"]) == one["median"]
        assert number(row["within 30 (%)"]) == pytest.approx(100 * one["within_30"], abs=0.005)
        assert (number(row["demands"]), number(row["matched"])) == (one["demands"], one["matched"])


@pytest.mark.parametrize(("language", "said"), [("en", "No demand has a first day"), ("zh", "需求均无起始日期")])
def test_demands_without_a_first_day_have_no_wait(made: Made, language: str, said: str) -> None:
    undated = demanded(10).relations("DEMANDS")
    names = [name for name in undated.names if name not in ("valid_from", "valid_to")]
    given = {name: undated.arrow(name).to_pylist() for name in names}
    assert said in made(demanded(10, DEMANDS=given), language=language).text


def test_crossing_is_the_metrics(made: Made, harbour: Ecosystem) -> None:
    page = made(harbour)
    rows = page.table("What crosses and what stays inside")
    result = eg.boundary_share(harbour.ledger())
    found = {(row["makerspace"], row["unit"]): row for row in result.table.rows()}
    shares = [number(row["boundary share (%)"]) for row in rows]
    assert shares == sorted(shares)
    for row in rows:
        one = found[row["platform"].rsplit("(", 1)[1].removesuffix(")"), row["unit"].replace("m²", "m2")]
        assert number(row["boundary share (%)"]) == pytest.approx(100 * one["boundary_share"], abs=0.005)
        assert [number(row[name]) for name in ("inside", "inward", "outward")] == [
            one[name] for name in ("inside", "inward", "outward")
        ]
    whole = Counter(row["unit"] for row in found.values() if row["boundary_share"] == 1)
    assert f"In hours: at {whole['hours']} of 12 platforms members share nothing" in page.text
    assert "以小时计：12 个平台中，有 7 个的成员之间没有任何共享" in made(harbour, language="zh").text


def test_nothing_that_touches_a_platform_says_so(made: Made) -> None:
    settled = {"source": ["b"], "target": ["s"], "source_kind": ["Maker"]}
    page = made(demanded(10, SETTLED_IN=settled))
    assert "No transfer touches a member of a platform." in page.text


def test_sections_that_cannot_stand_are_named(made: Made, makerspace: Ecosystem) -> None:
    page = made(makerspace)
    assert not {"dependence", "waiting", "crossing", "meeting"} & set(page.report.sections)
    wanted = {row["section"]: row["what would make it possible"] for row in page.table("Sections that could not")}
    assert "relations/DEMANDS" in wanted["Who depends on whom"]
    assert "relations/DEMANDS" in wanted["How long a demand waits"]
    assert "resource in relations/TRANSFERS" in wanted["What crosses the boundary of a platform"]
    assert "relations/SUPPLIES" in wanted["Who meets only through the platform"]


def test_a_home_is_the_last_one() -> None:
    settled = {
        "source": ["a", "a", "b", "a"],
        "target": ["t", "s", "s", "u"],
        "source_kind": ["Maker"] * 4,
        "valid_from": ["2025-03-01", "2025-01-01", None, None],
    }
    nodes = NODES | {"Makerspace": {"id": ["s", "t", "u"]}}
    found = homes(Holdings(eg.from_tables(nodes, {"SETTLED_IN": settled})))
    assert sorted(zip(found["id"], found["makerspace"], strict=True)) == [
        ("a", "t"),
        ("b", "s"),
        ("s", "s"),
        ("t", "t"),
        ("u", "u"),
    ]


def test_cycling_of_platforms_is_the_metrics(made: Made, harbour: Ecosystem) -> None:
    members = list(homes(Holdings(harbour)).rows())
    view = harbour.flows("TRANSFERS", unit="hours", outside="Market")
    rows = made(harbour).table("The platforms, measure by measure")
    for row in rows:
        platform = row["platform"].rsplit("(", 1)[1].removesuffix(")")
        inside = [member for member in members if member["makerspace"] == platform]
        alone = eg.cycling(
            view, by={name: [member[name] for member in inside] for name in ("kind", "id", "makerspace")}
        )
        carried = alone["carried"][0] if len(alone) else 0
        assert number(row["cycling (%)"]) == pytest.approx(100 * carried, abs=0.005)
    assert sum(number(row["cycling (%)"]) > 0 for row in rows) == 2


def test_no_unit_that_cycles_gives_no_column(makerspace: Ecosystem) -> None:
    assert cycling_by_platform(Holdings(makerspace)) is None
    assert cycling_by_platform(Holdings(transfers(*CLOSED_BY_MAKERS))) is None  # nobody has settled


def test_boundary_share_of_a_platform_is_the_mean_of_its_units(made: Made, harbour: Ecosystem) -> None:
    rows = made(harbour).table("The platforms, measure by measure")
    found = eg.boundary_share(harbour.ledger())
    for row in rows:
        platform = row["platform"].rsplit("(", 1)[1].removesuffix(")")
        mean = found["boundary_share"][found["makerspace"] == platform].mean()
        assert number(row["boundary share (%)"]) == pytest.approx(100 * mean, abs=0.005)
    assert np.isfinite([number(row["boundary share (%)"]) for row in rows]).all()
