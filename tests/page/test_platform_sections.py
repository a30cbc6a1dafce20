"""Sections of a platform: each shows the numbers of its metric and nothing else."""

import numpy as np
import pytest

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from ecograph.page.sections import CHAPTERS
from tests.page.conftest import Made

MEMBERS = "Maker -SETTLED_IN-> Makerspace"


def number(cell: str) -> float:
    """A number of a table."""
    return float(cell.replace(",", ""))


def test_unmet_demands_are_the_metrics(made: Made, harbour: Ecosystem) -> None:
    rows = made(harbour).table("Unmet demands")
    found = list(eg.unmet_demand(harbour.ledger()).table.rows())
    assert [row["number"] for row in rows] == [row["key"] for row in found]
    assert [number(row["missing"]) for row in rows] == [row["missing"] for row in found]
    assert [number(row["days (days)"]) for row in rows] == [row["days"] for row in found]
    assert all(
        one["source"] in row["who"] and one["target"] in row["where"] for row, one in zip(rows, found, strict=True)
    )
    assert all(one["resource"] in row["resource"] for row, one in zip(rows, found, strict=True))


def test_idle_supplies_are_the_metrics(made: Made, harbour: Ecosystem) -> None:
    page = made(harbour)
    found = eg.idle_supply(harbour.ledger())
    rows = page.table("Idle supplies")
    assert [row["number"] for row in rows] == found.table["key"][:15].tolist()
    assert [number(row["idle"]) for row in rows] == found["idle"][:15].tolist()
    free = int((found["state"] == "open").sum())
    assert (
        f"{free} of 144 supplies are open and not used up. Ended with something left: {len(found) - free}." in page.text
    )


def test_a_match_has_the_resource_and_the_unit_that_are_wanted(made: Made, harbour: Ecosystem) -> None:
    rows = made(harbour).table("Who waits, and who has it")
    unmet, idle = eg.unmet_demand(harbour.ledger()), eg.idle_supply(harbour.ledger())
    offered = {(row["resource"], row["unit"]) for row in idle.table.rows() if row["state"] == "open"}
    wanted = [row for row in unmet.table.rows() if (row["resource"], row["unit"]) in offered]
    assert len(rows) == len(wanted) == 8
    for row, one in zip(rows, wanted, strict=True):
        assert one["source"] in row["who waits"] and one["resource"] in row["resource"]
        alike = [two for two in idle.table.rows() if (two["resource"], two["unit"]) == (one["resource"], one["unit"])]
        alike = [two for two in alike if two["state"] == "open"]
        best = max(alike, key=lambda two: two["idle"])
        assert number(row["idle"]) == best["idle"] and best["source"] in row["who has it"]
        assert number(row["supplies of it"]) == len(alike)


def test_coverage_is_the_metrics(made: Made, harbour: Ecosystem) -> None:
    page = made(harbour)
    found = {row["group"]: row for row in eg.coverage(harbour.ledger(), by="category").table.rows()}
    rows = page.table("Coverage by category")
    assert {row["group"] for row in rows} == set(found)
    for row in rows:
        assert number(row["demands met whole (%)"]) == pytest.approx(100 * found[row["group"]]["by_count"], abs=0.005)
        assert number(row["unmet"]) == found[row["group"]]["unmet"]
    assert "228 of 239 demands are met whole, 11 are not." in page.text
    assert len(page.table("Coverage by platform")) == 15


def test_factors_are_the_metrics(made: Made, harbour: Ecosystem) -> None:
    page = made(harbour, language="zh")
    found = {row["id"]: row for row in eg.full_factor_supply(harbour.records()).table.rows()}
    rows = page.table("七类资源的齐备率")
    assert {row["编号"] for row in rows} == set(found)
    for row in rows:
        assert number(row["占比 (%)"]) == pytest.approx(100 * found[row["编号"]]["share"], abs=0.005)
    third = next(row for row in rows if row["编号"] == "makerspace-03")
    assert third["缺少的类别"] == "信息、人才"


@pytest.mark.parametrize("unit", ["CNY", "hours"])
def test_dual_roles_are_the_metrics(made: Made, harbour: Ecosystem, unit: str) -> None:
    found = eg.duality(harbour.flows("TRANSFERS", unit=unit, outside="Market"))
    rows = {row["kind"]: row for row in made(harbour).table(f"Giving and taking by kind, in {unit}")}
    makers = found["kind"] == "Maker"
    assert number(rows["Maker"]["nodes"]) == makers.sum()
    assert number(rows["Maker"]["give and take"]) == found["both"][makers].sum()
    assert number(rows["Maker"]["give or take"]) == (found["out"] + found["in"] > 0)[makers].sum()


def test_homing_is_that_of_the_day(made: Made, harbour: Ecosystem) -> None:
    page = made(harbour)
    view = harbour.at("2025-12-31").two_mode(MEMBERS)
    assert f"On 2025-12-31: {eg.multi_homing(view).explained(0)}" in page.text
    overlap = eg.platform_overlap(view)
    rows = page.table("Platforms that share members")
    assert [number(row["members of both"]) for row in rows] == overlap["shared"][
        np.argsort(-overlap["jaccard"], kind="stable")
    ].tolist()


def test_modes_are_the_metrics(made: Made, harbour: Ecosystem) -> None:
    page = made(harbour)
    found = {row["id"]: row for row in eg.mode_profile(harbour.records()).table.rows()}
    declared = dict(zip(*(harbour.nodes("Makerspace")[name] for name in ("id", "mode")), strict=True))
    rows = page.table("Mode of each platform")
    assert {row["id"]: row["mode by its records"] for row in rows} == {
        id: row["mode"].replace("_", " ") for id, row in found.items()
    }
    assert {row["id"]: row["mode it declares"] for row in rows} == {
        id: mode.replace("_", " ") for id, mode in declared.items()
    }
    differ = sum(declared[id] != row["mode"] for id, row in found.items())
    assert f"{differ} of 12 do something else than the mode they declare." in page.text


def test_roles_are_the_metrics(made: Made, harbour: Ecosystem) -> None:
    page = made(harbour)
    found = eg.roles(harbour.records())
    rows = {row["role"]: row for row in page.table("Roles by kind")}
    for role in ("mentor", "supplier", "executive"):
        assert number(rows[role]["all"]) == (found[role] > 0).sum()
        assert sum(number(cell) for name, cell in rows[role].items() if name not in ("role", "all")) == number(
            rows[role]["all"]
        )
    both = int(((found["supplier"] > 0) & (found["demander"] > 0)).sum())
    assert f"{both} both supply and demand." in page.text


def test_the_make_up_is_the_metrics(made: Made, harbour: Ecosystem) -> None:
    page = made(harbour)
    view = harbour.two_mode(MEMBERS)
    assert eg.association(view).explained(0) in page.text
    diverse = {row["group"]: row for row in eg.diversity(view).table.rows()}
    rows = page.table("Diversity of the makers of each platform")
    assert rows[-1]["platform"] == "all platforms"
    assert number(rows[-1]["members"]) == diverse["all"]["members"] == 184
    assert len(rows) == len(diverse)
    shares = eg.composition(view)
    outside = (shares["count"] > 0) & ((shares["low"] > 1) | (shares["high"] < 1))
    assert f"In {int(outside.sum())} of 60 cases a platform clearly has more, or fewer," in page.text


def test_openness_is_the_metrics(made: Made, harbour: Ecosystem) -> None:
    page = made(harbour)
    view = harbour.network("COLLABORATES")
    assert eg.assortativity(view).explained(0) in page.text
    found = {row["group"]: row for row in eg.ei_index(view).table.rows()}
    rows = {row["kind"]: row for row in page.table("How open each kind is")}
    assert number(rows["Maker"]["E-I index"]) == pytest.approx(found["Maker"]["ei_index"], abs=1e-5)
    assert number(rows["all kinds"]["external"]) == found["all"]["external"]


def test_the_funnel_is_the_metrics(made: Made, harbour: Ecosystem) -> None:
    page = made(harbour)
    found = eg.stage_funnel(harbour.histories())
    rows = page.table("The stages")
    assert [row["stage"] for row in rows] == ["stage -1", "stage 0", "stage 1", "beyond stage 1", "left before stage 1"]
    assert [number(row["projects"]) for row in rows] == found["projects"].tolist()
    assert number(rows[0]["reach stage 1 (%)"]) == pytest.approx(100 * found["reaches_1"][0], abs=0.005)
    assert len(page.table("Stages -1 and 0 by background of the makers")) == 10


def test_tracking_and_what_is_left_alone_are_the_metrics(made: Made, harbour: Ecosystem) -> None:
    page = made(harbour)
    records = harbour.records()
    assert eg.tracking(records).explained(0) in page.text
    rows = page.table("Tracking by platform")
    assert rows[-1]["platform"] == "all platforms"
    assert number(rows[-1]["active projects" if "active projects" in rows[-1] else "projects"]) == 53
    for name, caption in (("untracked", "Projects without a tracker"), ("stalled", "Stalled projects")):
        found = getattr(eg, name)(records)
        shown = {row["id"]: number(row["days (days)"]) for row in page.table(caption)}
        assert shown == dict(zip(found["id"], found["days"], strict=True))
        assert list(shown.values()) == sorted(shown.values(), reverse=True)


def test_supervision_is_the_metrics(made: Made, harbour: Ecosystem) -> None:
    page = made(harbour)
    found = eg.supervision(harbour.records())
    rows = page.table("Agreements, those without a third party first")
    alone = set(found["id"][found["supervised"] == 0])
    assert {row["id"] for row in rows if row["supervised by"] == "–"} == alone
    assert {row["id"] for row in rows[: len(alone)]} == alone
    assert f"{int(found['supervised'].sum())} of 30 agreements are supervised by a third party." in page.text


def test_the_growth_of_a_platform_is_the_metrics(made: Made, harbour: Ecosystem) -> None:
    found = {row["id"]: row for row in eg.platform_stages(harbour.records()).table.rows()}
    rows = made(harbour).table("Stage of each platform")
    for row in rows:
        assert row["stage"] == f"{found[row['id']]['stage']} platform"
        assert number(row["market (%)"]) == pytest.approx(100 * found[row["id"]]["market"], abs=0.005)


def test_what_is_wanted_for_the_sections_of_a_platform(made: Made, cordis: Ecosystem) -> None:
    wanted = {
        row["section"]: row["what would make it possible"] for row in made(cordis).table("Sections that could not")
    }
    assert wanted["Who still waits, and for what"] == (
        "relations/TRANSFERS (transfers), relations/DEMANDS (demands) with resource, amount"
    )
    assert wanted["Which projects have no tracker"] == "relations/TRACKS (tracks)"
    assert wanted["Who is on several platforms"] == (
        "nodes/Maker (Maker), nodes/Makerspace (Makerspace), relations/SETTLED_IN (settled in)"
    )
    nodes = {"Maker": {"id": ["m"]}, "Makerspace": {"id": ["s"]}}
    blank = made(eg.from_tables(nodes, {"SETTLED_IN": {"source": ["m"], "target": ["s"]}}))
    wanted = {row["section"]: row["what would make it possible"] for row in blank.table("Sections that could not")}
    assert wanted["Which makers each platform has"] == "background in nodes/Maker (Maker)"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_made_ecosystem_has_every_section(made: Made, harbour: Ecosystem, language: str) -> None:
    every = tuple(section.name for chapter in CHAPTERS.values() for section in chapter)
    assert made(harbour, language=language).report.sections == every  # a sentence that is missing would leave one out
