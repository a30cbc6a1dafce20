"""The page in Chromium: no request, no error, no sideways scroll, a drawing that answers, and all for everybody."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from tests.page.test_injection import ATTACKS, HUNDRED, attacked, crowded

pytestmark = pytest.mark.browser

OUTSIDE = """[...document.querySelectorAll('body *')].filter(
    element => !element.closest('.box, .drawing, .skip') && element.getBoundingClientRect().right > innerWidth + 1
).length"""
HEARD = ("pageerror", "dialog", "requestfailed")
AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"


@pytest.fixture(scope="module")
def launched(chromium: str) -> Iterator[Callable[..., Any]]:
    """Launches browsers."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield lambda *flags: playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", *flags])


@pytest.fixture(scope="module")
def browser(launched: Callable[..., Any]) -> Iterator[Any]:
    """A browser that draws with WebGL, by the processor."""
    opened = launched("--enable-unsafe-swiftshader")
    yield opened
    opened.close()


def told(message: Any) -> bool:
    """Whether the page says something; that the processor draws slowly is said by the driver."""
    return "GL Driver Message" not in message.text


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Any:
    """Opens the report of an ecosystem and hears everything the page does."""

    def open_report(eco: Ecosystem, width: int, language: str = "en", **options: Any) -> tuple[Any, list[str]]:
        path = tmp_path / "report.html"
        eg.report(eco, path, language=language)  # type: ignore[arg-type]  # one of the two
        page = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce", **options)
        heard: list[str] = []
        page.on("request", lambda request: heard.append(f"request {request.url}"))
        page.on("console", lambda message: told(message) and heard.append(f"console {message.text}"))
        for event in HEARD:
            page.on(event, lambda _, event=event: heard.append(event))
        page.goto(path.as_uri())
        page.wait_for_load_state("networkidle")
        assert heard[:1] == [f"request {path.as_uri()}"]
        return page, heard[1:]

    return open_report


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("data", ["cordis", "harbour", "florentine", "makerspace", "empty"])
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
    summary = page.locator("figure summary").first
    table = page.locator("figure details table").first
    assert not table.is_visible()
    summary.click()
    assert table.is_visible()
    page.close()


def test_whom_to_act_on_opens_without_a_script(opened: Any, harbour: Ecosystem) -> None:
    page, heard = opened(harbour, 390, java_script_enabled=False)
    named = page.locator("#first details").first
    assert not named.locator("li").first.is_visible()
    named.locator("summary").click()
    assert named.locator("li").count() == 11
    assert "maker-123" in named.locator("li").nth(1).text_content()
    page.locator("#first a").first.click()
    assert page.url.endswith("#unmet")
    assert heard == []
    page.close()


@pytest.mark.parametrize("attack", ATTACKS[:6])
def test_nothing_runs(opened: Any, attack: str) -> None:
    page, heard = opened(attacked(attack), 1280)
    assert heard == []
    assert page.evaluate("document.querySelectorAll('iframe, img').length") == 0
    assert page.evaluate("document.scripts.length") == 2
    assert answers(page)
    page.locator(".find").fill(attack[:3].strip())
    page.locator(".find").press("Enter")
    assert attack.strip() in page.locator(".told").text_content()
    assert heard == []
    page.close()


def test_none_of_a_hundred_strings_runs(opened: Any) -> None:
    page, heard = opened(crowded(tuple(HUNDRED)), 1280)
    assert answers(page)
    assert page.evaluate("document.ran") is None
    assert page.evaluate("document.querySelectorAll('iframe, img, object').length") == 0
    assert heard == []
    page.close()


def answers(page: Any) -> bool:
    """Whether the drawing that answers stands, and the still one does not."""
    live, still = page.locator(".live").is_visible(), page.locator("#drawing .drawing").is_visible()
    assert live != still
    return bool(live)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(("language", "said"), [("en", "Neighbours in the drawing: 6."), ("zh", "图中有 6 个邻居。")])
def test_the_drawing_answers_a_search(opened: Any, florentine: Ecosystem, width: int, language: str, said: str) -> None:
    page, heard = opened(florentine, width, language)
    assert answers(page)
    find, matches, status = page.locator(".find"), page.locator(".matches li"), page.locator(".told")
    before = page.locator(".stage").screenshot()
    find.focus()
    page.keyboard.type("MÉDI")
    assert matches.all_text_contents()[0].startswith("Medici")
    assert find.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert find.get_attribute("aria-activedescendant") == matches.first.get_attribute("id")
    assert matches.first.get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    assert status.text_content().startswith("Medici · ")
    assert status.text_content().endswith(said)
    assert not matches.first.is_visible()
    assert sorted(page.locator(".neighbours button").all_text_contents()) == MEDICI
    page.wait_for_timeout(100)
    assert page.locator(".stage").screenshot() != before
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert heard == []
    page.close()


MEDICI = ["Acciaiuoli", "Albizzi", "Barbadori", "Ridolfi", "Salviati", "Tornabuoni"]


def test_a_node_found_stands_in_the_middle_and_answers_a_click(opened: Any, florentine: Ecosystem) -> None:
    page, heard = opened(florentine, 1280)
    status = page.locator(".told")
    page.locator(".find").fill("Strozzi")
    page.locator(".find").press("Enter")
    page.wait_for_timeout(300)
    page.locator(".find").press("Escape")
    assert status.text_content() == ""
    assert page.locator(".neighbours li").count() == 0
    page.wait_for_timeout(400)  # two clicks soon after one another are one to zoom
    page.locator(".stage").click()
    page.wait_for_timeout(100)
    assert status.text_content().startswith("Strozzi · ")
    page.locator(".neighbours button", has_text="Ridolfi").click()
    assert status.text_content().startswith("Ridolfi · ")
    page.locator(".whole").click()
    assert status.text_content() == ""
    assert heard == []
    page.close()


def test_a_search_says_what_it_did_not_find_and_what_it_cut(opened: Any, harbour: Ecosystem) -> None:
    page, _ = opened(harbour, 390)
    find, status = page.locator(".find"), page.locator(".told")
    find.fill("maker")
    assert page.locator(".matches li").count() == 12
    assert "the first 12 are listed" in status.text_content()
    page.keyboard.press("ArrowUp")
    assert page.locator(".matches li").last.get_attribute("aria-selected") == "true"
    find.fill("maker-007")
    assert page.locator(".matches li").all_text_contents()[0].startswith("maker-007 · Maker")
    find.fill("nobody at all")
    assert status.text_content() == "No node of this drawing has that in its name or id."
    find.press("Enter")
    assert status.text_content() == "No node of this drawing has that in its name or id."
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_a_wheel_over_the_drawing_scrolls_the_page(opened: Any, florentine: Ecosystem) -> None:
    page, _ = opened(florentine, 1280)
    page.locator(".stage").scroll_into_view_if_needed()
    page.locator(".stage").hover()
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") < before
    page.close()


def test_the_still_drawing_stands_on_paper(opened: Any, florentine: Ecosystem) -> None:
    page, heard = opened(florentine, 1280)
    page.emulate_media(media="print")
    assert not answers(page)
    page.pdf()
    page.emulate_media(media="screen")
    assert answers(page)
    assert heard == []
    page.close()


def test_the_still_drawing_stands_without_scripts(opened: Any, florentine: Ecosystem) -> None:
    page, heard = opened(florentine, 390, java_script_enabled=False)
    assert not answers(page)
    assert heard == []
    page.close()


def test_the_still_drawing_stands_without_webgl(
    launched: Callable[..., Any], florentine: Ecosystem, tmp_path: Path
) -> None:
    eg.report(florentine, tmp_path / "report.html")
    browser = launched("--disable-3d-apis")
    page = browser.new_page()
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto((tmp_path / "report.html").as_uri())
    assert not answers(page)
    assert heard == []
    browser.close()


@pytest.mark.parametrize(("language", "width", "sought"), [("en", 1280, ""), ("zh", 390, "medical")])
def test_nothing_keeps_anybody_out(opened: Any, harbour: Ecosystem, language: str, width: int, sought: str) -> None:
    page, _ = opened(harbour, width, language, bypass_csp=True)
    if sought:
        page.locator(".find").fill(sought)
        page.locator(".find").press("ArrowDown")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert found["passes"]
    assert {one["id"]: [node["target"] for node in one["nodes"]] for one in found["violations"]} == {}
    page.close()
