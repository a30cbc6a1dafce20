"""The page's sentences: both languages, the same gaps, and none of the one on a page of the other."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import ecograph.text
from ecograph.ecosystem import Ecosystem
from ecograph.page.compose import RANKS, URGENT
from ecograph.page.sections import CHAPTERS
from tests.page.conftest import Made

FILE = Path(ecograph.text.__file__).parent / "page.toml"
CHINESE = re.compile("[\u4e00-\u9fff]")


def entries(node: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every entry with its dotted path."""
    for name, child in node.items():
        where = f"{path}.{name}".strip(".")
        if all(isinstance(value, str) for value in child.values()):
            yield where, child
        else:
            yield from entries(child, where)


ENTRIES = dict(entries(tomllib.loads(FILE.read_text(encoding="utf-8"))))
SAME = {"columns.transmission", "missing.table"}


@pytest.mark.parametrize("path", ENTRIES)
def test_an_entry_speaks_both_languages(path: str) -> None:
    entry = ENTRIES[path]
    assert set(entry) == {"en", "zh"}
    assert entry["en"]
    assert entry["zh"]
    gaps = [sorted(name for _, name, _, _ in Formatter().parse(text) if name) for text in entry.values()]
    assert gaps[0] == gaps[1]
    assert not CHINESE.search(entry["en"])
    if re.sub(r"\{\w+\}", "", entry["en"]).strip(" ()") and path not in SAME:
        assert CHINESE.search(entry["zh"]) or not re.search("[A-Za-z]", entry["zh"])


def fixed(text: str) -> str:
    """The longest piece of a sentence between its gaps."""
    return max(re.split(r"\{\w+\}", text), key=len).strip()


@pytest.mark.parametrize("data", ["cordis", "harbour", "florentine", "makerspace", "empty"])
@pytest.mark.parametrize(("language", "other"), [("zh", "en"), ("en", "zh")])
def test_a_page_holds_no_sentence_of_the_other_language(
    made: Made, request: pytest.FixtureRequest, data: str, language: str, other: str
) -> None:
    text = made(request.getfixturevalue(data), language=language).text
    pieces = {path: fixed(entry[other]) for path, entry in ENTRIES.items() if entry["en"] != entry["zh"]}
    long = {path: piece for path, piece in pieces.items() if len(piece) > (12 if other == "en" else 5)}
    assert len(long) > 50
    assert [path for path, piece in long.items() if piece in text] == []


def test_a_chinese_page_names_kinds_and_relations_in_chinese(made: Made, cordis: Ecosystem) -> None:
    page = made(cordis, language="zh")
    assert {row["名称"]: row["数据中的名称"] for row in page.table("各类型的行数")} == {
        "企业": "Enterprise",
        "高校": "University",
        "科研机构": "ResearchOrganisation",
        "政府": "PublicBody",
        "其他组织": "OtherOrganisation",
        "项目": "Project",
        "参与项目": "PARTICIPATES_IN",
    }
    assert "“地平线 2020”项目样本" in page.text
    rows = {row["角色"]: row["节点对数"] for row in page.table("按中介角色统计的节点对")}
    assert rows["联络者"] == "4,451"


def test_every_section_and_headline_has_its_words() -> None:
    for chapter, sections in CHAPTERS.items():
        assert f"chapters.{chapter}.title" in ENTRIES
        for section in sections:
            assert {f"sections.{section.name}.title", f"sections.{section.name}.lead"} <= set(ENTRIES)
    families = {"quality": "sound", "synergy": "synergy"}
    assert {f"headlines.{families.get(name, name)}" for name in (*RANKS, *URGENT)} <= set(ENTRIES)
    assert {f"calls.{name}.brief" for name in URGENT} <= set(ENTRIES)
