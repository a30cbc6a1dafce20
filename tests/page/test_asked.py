"""The page of answers: what is to be put right first, every row of every query, and text that stays text."""

from pathlib import Path
from typing import Any, get_args

import pytest

import ecograph as eg
from ecograph import packs
from ecograph.ecosystem import Ecosystem
from ecograph.errors import AddressError
from ecograph.page import Asked, Report, answers
from ecograph.table import Language, Table
from tests.page.reading import Reading, read_page
from tests.page.test_browser import AXE, OUTSIDE
from tests.page.test_injection import HUNDRED
from tests.small import GOLDEN, TODAY, small

LANGUAGES = pytest.mark.parametrize("language", get_args(Language))


@pytest.fixture(autouse=True)
def _copies(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOGRAPH_CACHE", str(tmp_path_factory.getbasetemp() / "copies"))


def asked(eco: Ecosystem, *names: str, **values: Any) -> list[Asked]:
    queries = [packs.query(name) for name in names or packs.names()]
    return [Asked(query, query.run(eco, values), values) for query in queries]


def page(eco: Ecosystem, given: list[Asked], folder: Path, **options: Any) -> Reading:
    path = answers(eco, given, folder / "page.html", **options)
    return read_page(path.read_text(encoding="utf-8"), Report(path, (), ()))


def test_rows_are_those_that_were_answered(tmp_path: Path) -> None:
    read = page(small(), asked(small()), tmp_path)
    assert set(read.tables) == {packs.query(name).title["en"] for name in GOLDEN}
    assert read.table("Projects with several trackers") == [
        {"project": "p3", "name": "–", "trackers": "ted, tess", "many": "2"}
    ]
    assert [row["near"] for row in read.table("Partners for projects that lack a skill")][:2] == ["yes", "no"]
    for name, rows in GOLDEN.items():
        assert len(read.table(packs.query(name).title["en"])) == len(rows)


def test_what_is_to_be_put_right_stands_first(tmp_path: Path) -> None:
    read = page(small(), asked(small()), tmp_path)
    checks = [name for name in packs.names() if packs.query(name).check]
    told = [f"{packs.query(name).title['en']}: {len(GOLDEN[name])}." for name in checks]
    places = [read.text.index(line) for line in told]
    assert places == sorted(places)
    assert f"Queries on this page that are checks: {len(checks)}. As of {TODAY}." in read.text
    quiet = page(small(), asked(small(), "tracking/untracked", as_of="1999-01-01"), tmp_path)
    assert "No check has found anything." in quiet.text
    assert "It found nothing. Asked with: the day: 1999-01-01." in quiet.text
    assert "As of 1999-01-01." in quiet.text
    two = asked(small(), "tracking/untracked") + asked(small(), "docking/idle_supply", as_of="1999-01-01")
    assert "As of" not in page(small(), two, tmp_path).text


def test_a_chinese_page_tells_words_in_chinese(tmp_path: Path) -> None:
    read = page(small(), asked(small()), tmp_path, language="zh")
    assert read.attribute("html", "lang") == "zh-Hans"
    assert read.table("新加入的成员")[-1] == {
        "众创空间": "lab",
        "成员身份": "供应",
        "成员类型": "政府",
        "成员": "gov",
        "加入日期": "2025-06-15",
    }
    assert [row["是否同在一个众创空间"] for row in read.table("项目合作伙伴推荐")][:2] == ["是", "否"]
    for query in map(packs.query, packs.names()):
        assert query.purpose["zh"] in read.text
        assert query.purpose["en"] not in read.text


def test_a_metric_that_goes_further_is_named(tmp_path: Path) -> None:
    text = page(small(), asked(small(), "docking/unmet_demand", days=30), tmp_path).text
    assert 'The metric "Unmet demand" goes further: ecograph measure unmet_demand.' in text
    assert f"Asked with: the day: {TODAY}, how many days back demands may have begun: 30." in text


def test_rows_that_are_left_out_are_counted(tmp_path: Path) -> None:
    query = packs.query("tracking/untracked")
    many = Table({name: ["x"] * 201 for name in query.columns}, query.columns)
    read = page(small(), [Asked(query, many)], tmp_path)
    assert len(read.table("Projects without a tracker")) == 200
    assert "and 1 more rows; ecograph query run tracking/untracked writes all of them" in read.text


def test_a_pack_of_ones_own_stands_under_its_name(tmp_path: Path) -> None:
    file = tmp_path / "our own" / "mine.cypher"
    file.parent.mkdir()
    file.write_text((Path(packs.__file__).parent / "cli" / "new.cypher").read_text(encoding="utf-8"), encoding="utf-8")
    query = packs.read(file)
    assert ("h2", "our own") in page(small(), [Asked(query, query.run(small()))], tmp_path).texts


@LANGUAGES
def test_a_hundred_strings_are_text(tmp_path: Path, language: str) -> None:
    columns = {"project": HUNDRED, "name": HUNDRED, "active_since": HUNDRED, "last_stop": HUNDRED}
    query = packs.query("tracking/untracked")
    eco = Ecosystem(small().content, small().quality, {"as_of": TODAY, "title": HUNDRED[0], "source": HUNDRED[11]})
    read = page(eco, [Asked(query, Table(columns, query.columns), {"as_of": HUNDRED[1]})], tmp_path, language=language)
    shown = read.tables[query.title[language]]  # type: ignore[index]  # one of the two
    assert [row[0] for row in shown[1:]] == HUNDRED
    plain = page(small(), [Asked(query, query.run(small()))], tmp_path, language=language)
    assert {tag for tag, *_ in read.attributes} == {tag for tag, *_ in plain.attributes}


def test_where_it_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(AddressError, match="there is no folder"):
        answers(small(), [], tmp_path / "none" / "page.html")
    with pytest.raises(AddressError, match="is a folder; give the name of the file"):
        answers(small(), [], tmp_path)


@pytest.mark.browser
@LANGUAGES
@pytest.mark.parametrize("width", [390, 1280])
def test_it_is_quiet_fits_and_keeps_nobody_out(chromium: str, tmp_path: Path, width: int, language: Any) -> None:
    from playwright.sync_api import sync_playwright

    eco = eg.dataset("harbour")
    path = answers(eco, asked(eco), tmp_path / "page.html", language=language)
    heard: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
        shown.on("console", lambda message: heard.append(message.text))
        shown.on("request", lambda request: heard.append(request.url))
        shown.goto(path.as_uri())
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        assert shown.evaluate(OUTSIDE) == 0
        shown.add_script_tag(path=AXE)
        found = shown.evaluate("axe.run()")
        browser.close()
    assert heard == [path.as_uri()]
    assert [one["id"] for one in found["violations"]] == []
