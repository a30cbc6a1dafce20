"""The first screen of a platform: what to act on today, and on whom; whoever was planted is named."""

import csv
from pathlib import Path

import pytest

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from ecograph.page.acting import LISTED, NAMED
from ecograph.page.compose import RANKS, URGENT, Headline, ranked
from tests.page.conftest import Made
from tests.page.reading import Reading

TRUTH = Path(eg.__file__).parent.parent / "datasets" / "harbour" / "truth"
PLANTED = {
    "unmet_demands": ("demander", "unmet"),
    "stalled_projects": ("project", "stalled"),
    "untracked_projects": ("project", "untracked"),
    "brokers": ("id", "brokers"),
}


def first_screen(page: Reading) -> str:
    """Text between the title and the table of contents."""
    return " ".join(page.html.split('id="first"')[1].split("</section>")[0].split())


def planted(name: str) -> list[str]:
    """Ids that a truth table plants."""
    with (TRUTH / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row[PLANTED[name][0]] for row in csv.DictReader(file)]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", PLANTED)
def test_whoever_was_planted_is_named(made: Made, harbour: Ecosystem, name: str, language: str) -> None:
    page = made(harbour, language=language)
    items = first_screen(page).split("<strong>")[1:]
    item = next(one for one in items if f'href="#{PLANTED[name][1]}"' in one)
    ids = planted(name)
    assert ids
    assert [id for id in ids if id not in item] == []
    assert item.count("<li>") - item.count("<li><p>") == len(ids)


def test_the_order_is_that_of_what_can_be_done(made: Made, harbour: Ecosystem) -> None:
    page = made(harbour)
    assert page.report.headlines[0].startswith("11 demands are unmet, the oldest for 880 days: ")
    assert "maker-123 waits for 27 hours of" in page.report.headlines[0]
    assert page.report.headlines[0].endswith("; and 8 more.")
    assert page.report.headlines[1].startswith("4 projects have stalled, with no news for more than 90 days: ")
    assert page.report.headlines[2].startswith("3 active projects have no tracker: ")
    assert page.report.headlines[3].startswith('4 of 339 hold the "collaborates" network together and would be missed')
    assert page.report.headlines[4].startswith("12 of 30 agreements have no third party to supervise them: ")
    assert "As of 2025-12-31." in page.text


def test_whoever_stands_between_most_is_named_with_the_metrics_number(made: Made, harbour: Ecosystem) -> None:
    result = eg.brokerage(harbour.network("COLLABORATES"))
    screen = first_screen(made(harbour))
    for row in result.top(4).rows():
        assert f"{row['id']}) stands between {row['total']:,} " in screen or f"{row['id']} stands between" in screen
    fifth = list(result.top(5).rows())[4]
    assert fifth["id"] not in screen


def test_data_without_such_tables_keep_their_five_sentences(made: Made, cordis: Ecosystem) -> None:
    page = made(cordis)
    assert page.report.headlines[0].startswith("The data hold 3,716 nodes")
    assert "Five things to know first" in page.text
    assert "What needs attention today" not in page.text
    assert ranked(["size", "missed"]) == RANKS
    assert ranked(["size", "idle"])[: len(URGENT)] == URGENT
    assert "brokers" not in ranked(["idle"])


def test_what_is_in_order_is_left_out(made: Made) -> None:
    nodes = {
        "Maker": {"id": ["m"]},
        "Makerspace": {"id": ["s"]},
        "Resource": {"id": ["r"]},
        "Enterprise": {"id": ["e"]},
    }
    asked = {"source": ["m"], "target": ["s"], "resource": ["r"], "amount": [2.0], "unit": ["hours"]}
    given = {"source": ["e"], "target": ["m"], "resource": ["r"], "amount": [2.0], "unit": ["hours"]}
    dates = {"valid_from": ["2025-01-01"]}
    met = made(eg.from_tables(nodes, {"DEMANDS": asked | dates, "TRANSFERS": given | {"at": ["2025-02-01"]}}))
    assert "unmet" in met.report.sections
    assert "Every demand is met." in met.text
    assert "What needs attention today" not in met.text
    short = given | {"amount": [1.5], "at": ["2025-02-01"]}
    unmet = made(eg.from_tables(nodes, {"DEMANDS": asked | dates, "TRANSFERS": short}))
    assert unmet.report.headlines[0] == "1 demands are unmet, the oldest for 31 days: m waits for 0.50 hours of r."
    undated = made(eg.from_tables(nodes, {"DEMANDS": asked, "TRANSFERS": short}))
    assert undated.report.headlines[0] == "1 demands are unmet: m waits for 0.50 hours of r."
    assert "since when is not on record" in undated.text


def test_a_long_list_is_cut_and_says_so(made: Made) -> None:
    ids = [f"m{number:03}" for number in range(60)]
    nodes = {"Maker": {"id": ids}, "Makerspace": {"id": ["s"]}, "Resource": {"id": ["r"]}}
    asked = {"source": ids, "target": ["s"] * 60, "resource": ["r"] * 60, "amount": [2.0] * 60}
    moved = {"source": ["m000"], "target": ["m001"], "resource": ["r"], "amount": [0.0], "at": ["2025-02-01"]}
    page = made(eg.from_tables(nodes, {"DEMANDS": asked, "TRANSFERS": moved}))
    screen = first_screen(page)
    assert f"; and {60 - NAMED} more." in page.report.headlines[0]
    assert screen.count("<li>") - screen.count("<li><p>") == LISTED + 1
    assert f"and {60 - LISTED} more, in the table" in screen


def test_a_sentence_is_parted_at_its_first_colon() -> None:
    assert Headline("2 wait: a: 1; b: 2.", "x").lead == "2 wait"
    assert Headline("2 wait: a: 1; b: 2.", "x").tail == ": a: 1; b: 2."
    assert Headline("2 项：甲", "x").lead == "2 项"
    assert Headline("none", "x", ["a"], 3).rest == 2
