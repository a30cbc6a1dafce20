"""The chapter of the two sides: its numbers are the metrics', and what the data do not allow is said in a line."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from ecograph.generate.sides import Equation
from ecograph.generate.twosided import two_sided
from ecograph.page.each_platform import concentration_by_platform, retention_by_platform
from ecograph.page.holdings import Holdings
from ecograph.page.sections import effects
from ecograph.page.wording import Wording
from ecograph.table import Language
from ecograph.views import Panel
from tests.page.conftest import Made
from tests.page.reading import Reading, read_page

LANGUAGES = ("en", "zh")
CALLED = {"en": ("makers", "suppliers"), "zh": ("创客", "供应方")}


def number(cell: str) -> float:
    """A number of a table."""
    return float(cell.replace(",", ""))


def panel_of(eco: Ecosystem, language: str = "en", every: str = "quarter") -> Panel:
    """The panel the chapter is made of, by its public door."""
    makers, suppliers = CALLED[language]
    sides = {makers: eg.side("Maker", through="SETTLED_IN"), suppliers: eg.side("supplier", through="SUPPLIES")}
    return eco.panel("Makerspace", every, sides=sides)


def settled(
    starts: Sequence[str], stops: Sequence[str | None] | None = None, spaces: str = "st", **supplies: Any
) -> Ecosystem:
    """Makers who settle in turn in the makerspaces, and one enterprise that supplies all of them, if any."""
    makers = [f"m{place}" for place in range(len(starts))]
    homes = [spaces[place % len(spaces)] for place in range(len(starts))]
    entries = {"source": makers, "target": homes, "valid_from": starts, "valid_to": stops or [None] * len(starts)}
    nodes = {"Maker": {"id": makers}, "Makerspace": {"id": list(spaces)}, "Enterprise": {"id": ["e"]}}
    relations: dict[str, Any] = {"SETTLED_IN": entries | {"source_kind": ["Maker"] * len(makers)}}
    if supplies:
        ends = {"source": ["e"] * len(spaces), "target": list(spaces), "source_kind": ["Enterprise"] * len(spaces)}
        relations["SUPPLIES"] = ends | {name: [cell] * len(spaces) for name, cell in supplies.items()}
    return eg.from_tables(nodes, relations)


def wanted(page: Reading) -> dict[str, str]:
    """What would make the sections possible that are not there."""
    return {row["section"]: row["what would make it possible"] for row in page.table("Sections that could not")}


def test_sizes_are_the_panels(made: Made, harbour: Ecosystem) -> None:
    page, panel = made(harbour), panel_of(harbour)
    drawn = page.table("Makers and suppliers of all makerspaces. Lines")
    for name, side in panel.sides.items():
        sums = np.zeros(len(panel.periods))
        np.add.at(sums, panel.period_codes, side.active)
        assert [number(row["value"]) for row in drawn if row["series"] == name] == sums.tolist()
        assert f"{name} from {sums[0]:.0f} to {sums[-1]:.0f}" in page.text
    assert drawn[0]["x"] == "2023-01"
    rows = page.table("Both sides of each makerspace")
    assert [number(row["suppliers active"]) for row in rows] == panel.sides["suppliers"].active[: len(rows)].tolist()
    assert all(row["platform"].endswith("(makerspace-01)") for row in rows[:12])
    assert (rows[0]["period"], rows[0]["makers entering"]) == ("2023-01-01", "–")


@pytest.mark.parametrize("language", LANGUAGES)
def test_effects_are_the_metrics(made: Made, harbour: Ecosystem, language: str) -> None:
    page = made(harbour, language=language)
    found = eg.cross_side_effects(panel_of(harbour, language))
    rows = page.table({"en": "Effects of both sides on both", "zh": "双边效应"}[language])
    assert [list(row.values())[:2] for row in rows] == [
        [term.removesuffix(" (t-1)"), on] for term, on in zip(found["term"], found["equation"], strict=True)
    ]
    for place, name in enumerate(("estimate", "low", "high", "p", "wild_p", "plain", "rows", "platforms"), start=2):
        shown = [number(list(row.values())[place]) for row in rows]
        assert shown == pytest.approx(found[name].tolist(), rel=0, abs=5e-7 if name in ("p", "wild_p") else 5.1e-5)
    for place in (1, 2):
        estimate, low, high = (f"{found[name][place]:+.2f}" for name in ("estimate", "low", "high"))
        said = {"en": f"by {estimate} % a quarter later (95 % interval {low} to {high}, which"}
        said["zh"] = f"变动 {estimate}%（95% 区间 {low} 至 {high}，"
        assert said[language] in page.text
    assert all(item.line(language) in page.text for item in found.findings)
    assert "exogeneity_assumed" in found.findings.counts()


def test_an_interval_with_0_in_it_shows_no_effect(made: Made, harbour: Ecosystem) -> None:
    found, text = eg.cross_side_effects(panel_of(harbour)), made(harbour).text
    for place, on in ((1, "makers"), (2, "suppliers")):
        inside = found["low"][place] <= 0 <= found["high"][place]
        start = text.index(f"{on} changed by ")
        assert ("which includes 0: there may be no effect" in text[start : start + 150]) == inside


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gain_is_the_metrics(made: Made, harbour: Ecosystem, language: str) -> None:
    page = made(harbour, language=language)
    found = eg.loop_gain(panel_of(harbour, language))
    name, long_run, mass, none = {
        "en": ("gain of the loop", "in the long run, times the first change", "critical mass of the sides", "none"),
        "zh": ("反馈增益", "长期放大倍数", "临界规模", "无"),
    }[language]
    assert page.fact(name) == f"{found['gain'][0]:.1%}"
    assert page.fact(long_run) == f"{found['multiplier'][0]:.2f}"
    assert (found["critical_mass"][0], page.fact(mass)) == ("none: stable", none)
    assert found.explained(0, language) in page.text  # type: ignore[arg-type]  # one of the two


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("own", "cross", "seed", "stability"), [(0.97, 0.0, 1, None), (0.75, 0.24, 6, "unstable")])
def test_a_loop_without_a_gain_or_that_feeds_itself(
    harbour: Ecosystem, language: Language, own: float, cross: float, seed: int, stability: str | None
) -> None:
    equations = dict.fromkeys(CALLED["en"], Equation(own, cross, 0.3))
    panel = two_sided(12, 12, equations=equations, size=30, seed=seed).panel
    gain = eg.loop_gain(panel, estimator="jackknife")
    part = effects.loop(Wording(harbour, language, names=False), gain)
    shown, multiplier, mass = (number for _, number in part.facts)
    assert gain["stability"].tolist() == [stability]
    assert (shown, multiplier) == (f"{gain['gain'][0]:.1%}" if stability else "–", "–")
    assert mass == (gain["critical_mass"][0] or "–")
    assert gain.explained(0, language) in part.sentences


def test_platforms_are_shuffled_up_to_a_number_of_rows(
    harbour: Ecosystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effects, "MOST_ROWS", 143)
    report = eg.report(harbour, tmp_path / "report.html")
    text = read_page(report.path.read_text(encoding="utf-8"), report).text
    assert "it is tried for up to 143 rows, and here there are 144." in text
    assert "shuffled pairs of platforms give (p" not in text


def test_periods_without_a_platform_have_nobody(made: Made) -> None:
    makers = {"source": ["a", "b"], "target": ["s", "s"], "valid_from": ["2025-01-01", "2025-02-01"]}
    nodes = {"Maker": {"id": ["a", "b"]}, "Makerspace": {"id": ["s"], "valid_to": ["2025-03-01"]}}
    page = made(eg.from_tables(nodes, {"SETTLED_IN": makers | {"valid_to": ["2025-06-01", "2025-03-01"]}}))
    drawn = page.table("Makers and suppliers of all")
    assert [(row["x"], row["value"]) for row in drawn][-2:] == [("2025-05", "0"), ("2025-06", "0")]


def test_staying_is_the_metrics(made: Made, harbour: Ecosystem) -> None:
    page, panel = made(harbour), panel_of(harbour)
    ages, cohorts = eg.retention(panel), eg.retention(panel, cohorts=True)
    drawn = page.table("Share still there, by time since they entered")
    assert [number(row["value (%)"]) for row in drawn] == pytest.approx(100 * ages["retention"], abs=5e-3)
    for side in panel.sides:
        assert ages.explain(f"{side} · 4") in page.text
    assert eg.membership_survival(harbour.records(), every=365).explained(0) in page.text
    rows = page.table("Who is still there, by when they entered")
    for place, row in enumerate(rows):
        assert (row["side"], row["cohort"]) == (cohorts["side"][place], cohorts["cohort"][place])
        assert number(row["retention (%)"]) == pytest.approx(100 * cohorts["retention"][place], abs=5e-3)
    shares = dict(zip(cohorts["group"].tolist(), cohorts["retention"].tolist(), strict=True))
    seen = page.table("Share of suppliers still there, by when they entered")
    known = {(row["row"], row["column"]): number(row["value (%)"]) for row in seen if row["value (%)"] != "–"}
    assert len(seen) == 40  # of 100, the others in the tables folder
    for (month, age), value in known.items():
        assert value == pytest.approx(100 * shares[f"suppliers · {month}-01 · {age}"], abs=5e-3)
    assert {row["what is wrong"] for row in seen if row["value (%)"] == "–"} == {"not seen for so long yet"}


def test_real_data_without_sides_say_what_is_missing(made: Made, cordis: Ecosystem) -> None:
    page = made(cordis)
    kinds = "nodes/Maker (Maker), nodes/Makerspace (Makerspace), "
    assert wanted(page)["How both sides grow"] == f"{kinds}relations/SETTLED_IN (settled in) with valid_from"
    assert wanted(page)["What each side does for the other"] == (
        f"{kinds}relations/SUPPLIES (supplies), relations/SETTLED_IN (settled in) with valid_from"
    )
    assert (
        "Not in this chapter, since the data do not allow it: How both sides grow; What each side does for the other;"
        in page.text
    )
    assert "现有数据不足以给出本章的以下内容：双边规模如何变化；双边如何相互影响；" in made(cordis, language="zh").text


def test_one_side_alone_is_shown_and_the_other_asked_for(made: Made) -> None:
    page = made(settled(["2025-01-01", "2025-03-02", "2025-05-05"]))
    assert {"sides", "staying"} <= set(page.report.sections)
    assert wanted(page)["What each side does for the other"] == "relations/SUPPLIES (supplies)"
    assert {row["series"] for row in page.table("Makers and suppliers of all")} == {"makers"}


@pytest.mark.parametrize(
    ("eco", "said"),
    [
        (settled(["2025-01-01", "2025-03-09"], spaces="s", valid_from="2025-01-01"), "the panel has one platform;"),
        (settled(["2025-01-01", "2025-01-02"], valid_from="2025-01-01"), "the panel has one period;"),
        (settled(["2025-01-01", "2025-03-09"], valid_from="2025-01-01"), "the side suppliers has the same size"),
    ],
)
def test_a_panel_too_small_says_what_would_do(made: Made, eco: Ecosystem, said: str) -> None:
    page = made(eco)
    assert "These data do not allow the effects to be estimated" in page.text
    assert "Rows of relations/SETTLED_IN and relations/SUPPLIES with valid_from and valid_to" in page.text
    assert page.text.count(said) == 1
    assert "gain of the loop" not in page.text
    assert "数据无法估计双边效应" in made(eco, language="zh").text


def test_few_quarters_are_shown_as_months(made: Made) -> None:
    page = made(settled(["2025-01-01", "2025-06-09", "2025-11-05"], valid_from="2025-01-01"))
    assert [row["x"] for row in page.table("Makers and suppliers of all")][:2] == ["2025-01", "2025-02"]
    assert "months: 11" in page.text


def test_where_nobody_enters_nobody_stays(made: Made) -> None:
    page = made(settled(["2025-01-01", "2025-01-02"], ["2025-03-01", None]))
    assert "Nobody was seen to enter" in page.text
    entering = ["2025-01-01", "2025-01-02", "2025-03-01", "2025-04-01"]
    reasons = {row["what is wrong"] for row in made(settled(entering)).table("Share of makers still there")}
    assert reasons == {"–", "nobody entered", "not seen for so long yet"}


def test_retention_of_a_platform_is_that_of_its_makers(made: Made, harbour: Ecosystem) -> None:
    """Against a count of each maker's quarters, one by one."""
    rows = made(harbour).table("The platforms, measure by measure")
    table = harbour.relations("SETTLED_IN")
    there: dict[tuple[str, str], set[int]] = {}
    for row in table.rows():
        if row["source_kind"] == "Maker":
            first = (row["valid_from"].year - 2023) * 4 + (row["valid_from"].month - 1) // 3
            over = row["valid_to"]
            last = 11 if over is None else (over.year - 2023) * 4 + (over.month - 1) // 3 - (_is_first(over))
            there.setdefault((row["target"], row["source"]), set()).update(range(first, min(last, 11) + 1))
    for row in rows:
        id = row["platform"].rsplit("(", 1)[1].removesuffix(")")
        stays = [quarters for (platform, _), quarters in there.items() if platform == id]
        entered = [quarters for quarters in stays if 0 < min(quarters) <= 7]
        kept = sum(min(quarters) + 4 in quarters for quarters in entered)
        assert number(row["retention (%)"]) == pytest.approx(100 * kept / len(entered), abs=5e-3)


def _is_first(day: Any) -> bool:
    return bool(day.day == 1 and day.month % 3 == 1)


def test_concentration_of_a_platform_is_that_of_its_suppliers(made: Made, harbour: Ecosystem) -> None:
    page = made(harbour)
    sums: dict[str, dict[tuple[str, str], float]] = {}
    for row in harbour.relations("SUPPLIES").rows():
        if row["unit"] == "hours":
            given = sums.setdefault(row["target"], {})
            who = (row["source_kind"], row["source"])
            given[who] = given.get(who, 0.0) + row["amount"]
    for row in page.table("The platforms, measure by measure"):
        given = sums[row["platform"].rsplit("(", 1)[1].removesuffix(")")]
        shares = np.array(list(given.values())) / sum(given.values())
        assert number(row["concentration"]) == pytest.approx((shares**2).sum(), abs=5e-3)
    assert "the HHI of what is supplied at the platform in hours" in page.text
    assert "the panel has one platform" not in page.text


def test_platforms_without_members_or_amounts_have_no_value() -> None:
    eco = settled(["2024-01-01", "2024-05-02", "2024-06-02", "2025-12-01"], valid_from="2024-01-01")
    assert concentration_by_platform(Holdings(eco)) is None
    found = retention_by_platform(Holdings(eco))
    assert found is not None
    told = {row["slice"]: row["retention"] for row in found.table.rows() if row["group"] == "makers · 4"}
    assert told == {"s": 1.0, "t": 1.0}
    empty = settled(["2024-01-01", "2024-05-02", "2025-12-01"], spaces="s")
    whole = eg.from_tables(
        {"Maker": {"id": ["m0", "m1"]}, "Makerspace": {"id": ["s", "u"]}},
        {"SETTLED_IN": {"source": ["m0", "m1"], "target": ["s", "s"], "valid_from": ["2024-01-01", "2024-05-02"]}},
    )
    for one in (empty, whole):
        assert retention_by_platform(Holdings(one)) is not None
    assert retention_by_platform(Holdings(eg.from_tables({}, {}))) is None
