"""The page of trust: what a sweep writes stands between marks, and leaves the other parts as they are."""

from pathlib import Path

from tests.sweep import PAGE, PART, put


def test_a_part_is_written_between_its_marks_and_the_others_stay(tmp_path: Path) -> None:
    page = tmp_path / "trust.md"
    put("coverage", "## Intervals\n\n| a |\n| --- |\n| 1 |\n", page)
    put("tests", "# Trust\n\nfirst", page)
    put("tests", "# Trust\n\nsecond\n", page)
    assert page.read_text(encoding="utf-8") == (
        "<!-- tests -->\n\n# Trust\n\nsecond\n\n<!-- end of tests -->\n\n"
        "<!-- coverage -->\n\n## Intervals\n\n| a |\n| --- |\n| 1 |\n\n<!-- end of coverage -->\n"
    )


def test_the_page_as_it_stands_has_its_parts_and_nothing_beside_them() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert "tests" in dict(PART.findall(text))
    assert not PART.sub("", text).strip()
