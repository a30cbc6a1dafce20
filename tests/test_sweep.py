"""The page of trust: what a sweep writes stands between marks, and leaves the other parts as they are."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import sweep
from tests.sweep import PAGE, PART, put, rows, said


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


def test_files_that_are_not_run_keep_their_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = tmp_path / "sweep.xml"
    case = '<testcase classname="tests.test_sweep" time="0.8">'
    cases = f"{case}</testcase>{case}<failure/></testcase>{case}</testcase>"
    counts.write_text(f"<testsuite>{cases}</testsuite>", encoding="utf-8")
    monkeypatch.setattr(sweep, "COUNTS", counts)
    kept = f"| {said('tests/test_registry.py')} | 4 | 0 | 1,234 | 2026-01-02 |"
    replaced = f"| {said('tests/test_sweep.py')} | 9 | 9 | 9 | 2026-01-02 |"
    page = f"| what is checked | tests |\n{kept}\n{replaced}\n| of no file | 1 | 0 | 0 | 2026-01-02 |\n"
    fresh = f"| {said('tests/test_sweep.py')} | 3 | 1 | 2 | {datetime.now(UTC).date()} |"
    assert rows(page) == [kept, fresh]
