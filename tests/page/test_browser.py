"""The page in Chromium: no request, no error, no sideways scroll, and everything within reach of the keyboard."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from tests.page.test_injection import ATTACKS, attacked

pytestmark = pytest.mark.browser

OUTSIDE = """[...document.querySelectorAll('body *')].filter(
    element => !element.closest('.box, .drawing, .skip') && element.getBoundingClientRect().right > innerWidth + 1
).length"""
HEARD = ("console", "pageerror", "dialog", "requestfailed")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """A browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Any:
    """Opens the report of an ecosystem and hears everything the page does."""

    def open_report(eco: Ecosystem, width: int, language: str = "en") -> tuple[Any, list[str]]:
        path = tmp_path / "report.html"
        eg.report(eco, path, language=language)  # type: ignore[arg-type]  # one of the two
        page = browser.new_page(viewport={"width": width, "height": 900})
        heard: list[str] = []
        page.on("request", lambda request: heard.append(f"request {request.url}"))
        for event in HEARD:
            page.on(event, lambda _, event=event: heard.append(event))
        page.goto(path.as_uri())
        page.wait_for_load_state("networkidle")
        assert heard[:1] == [f"request {path.as_uri()}"]
        return page, heard[1:]

    return open_report


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("data", ["cordis", "florentine", "makerspace", "empty"])
def test_it_is_quiet_and_fits(
    opened: Any, request: pytest.FixtureRequest, data: str, width: int, language: str
) -> None:
    page, heard = opened(request.getfixturevalue(data), width, language)
    assert heard == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OUTSIDE) == 0
    page.close()


def test_the_style_is_applied_under_its_policy(opened: Any, florentine: Ecosystem) -> None:
    page, heard = opened(florentine, 1280)
    assert heard == []
    assert page.evaluate("getComputedStyle(document.querySelector('td.number')).textAlign") == "right"
    page.close()


def test_tables_are_reached_by_the_keyboard(opened: Any, florentine: Ecosystem) -> None:
    page, _ = opened(florentine, 390)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.className || document.activeElement.tagName"))
    assert {"box", "drawing", "SUMMARY", "A"} <= reached
    page.close()


def test_data_of_a_drawing_open_without_a_script(opened: Any, florentine: Ecosystem) -> None:
    page, _ = opened(florentine, 1280)
    summary = page.locator("summary").first
    table = page.locator("details table").first
    assert not table.is_visible()
    summary.click()
    assert table.is_visible()
    page.close()


@pytest.mark.parametrize("attack", ATTACKS[:6])
def test_nothing_runs(opened: Any, attack: str) -> None:
    page, heard = opened(attacked(attack), 1280)
    assert heard == []
    assert page.evaluate("document.querySelectorAll('script, iframe, img').length") == 0
    page.close()
