"""Run the tests at their full counts, and the simulations of intervals; write what held to docs/explanation/trust.md.

`sweep.py` runs both; `sweep.py coverage` the simulations alone, `sweep.py tests/methods` some tests alone. Each has its
part of the page, between marks, and leaves the other as it is; files of tests that are not run keep their rows.
"""

import ast
import os
import re
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree as ET

CHECKOUT = Path(__file__).resolve().parent.parent
PAGE = CHECKOUT / "docs" / "explanation" / "trust.md"
COUNTS = CHECKOUT / "build" / "sweep.xml"
PEERS = ("networkx", "numpy", "scipy", "pandas", "polars", "duckdb", "hypothesis")
COVERAGE = CHECKOUT / "tests" / "benchmarks" / "coverage.py"
PANELS = 2_000
PARTS = ("tests", "coverage")
PART = re.compile(r"^<!-- (\w+) -->\n\n(.*?)\n\n<!-- end of \1 -->$", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| .* \| \d+ \| \d+ \| [\d,]+ \| [\d-]+ \|$", re.MULTILINE)
HEAD = """# Trust

Written by `make sweep`: every comparison with a peer or a slow twin on 300 random graphs instead of 30, every law on
1,000 examples instead of 50, every interruption 100 times instead of 10. Peers: {peers}.

| what is checked | tests | failed | seconds | day |
| --- | --: | --: | --: | --- |
"""


def main() -> int:
    """Sweep what was asked for, write its parts of the page, and end as pytest ended."""
    asked = sys.argv[1:]
    tests, ended = [one for one in asked if one != COVERAGE.stem], 0
    if tests or not asked:
        ended = swept(tests or ["tests"])
        peers = ", ".join(f"{name} {version(name)}" for name in PEERS)
        put("tests", HEAD.format(peers=peers) + "\n".join(rows(PAGE.read_text(encoding="utf-8"))))
    if len(tests) < len(asked) or not asked:
        put("coverage", covered())
    return ended


def swept(tests: list[str]) -> int:
    """Run tests at their full counts; how pytest ended."""
    COUNTS.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", f"--junitxml={COUNTS}", *tests]
    return subprocess.run(command, cwd=CHECKOUT, env={**os.environ, "ECOGRAPH_SWEEP": "1"}, check=False).returncode


def covered() -> str:
    """What the simulations of intervals print."""
    command = [sys.executable, str(COVERAGE), str(PANELS)]
    return subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, check=True).stdout


def put(part: str, text: str, page: Path = PAGE) -> None:
    """Write a part of the page between its marks; the other parts stay."""
    found = page.read_text(encoding="utf-8") if page.exists() else ""
    parts = dict(PART.findall(found)) | {part: text.strip()}
    texts = [f"<!-- {name} -->\n\n{parts[name]}\n\n<!-- end of {name} -->\n" for name in PARTS if name in parts]
    page.write_text("\n".join(texts), encoding="utf-8")


def rows(page: str) -> list[str]:
    """One row a test file: what its first line says, how many tests, how many failed, seconds, and the day."""
    found: dict[str, list[ET.Element]] = defaultdict(list)
    for case in ET.parse(COUNTS).iter("testcase"):
        found[file_of(case.get("classname", ""))].append(case)
    earlier = {row.partition(" | ")[0]: row for row in ROW.findall(page)}
    today = datetime.now(UTC).date()
    lines = []
    for file in sorted(str(path.relative_to(CHECKOUT)) for path in CHECKOUT.glob("tests/**/test_*.py")):
        cases = found.get(file, [])
        failed = sum(case.find("failure") is not None for case in cases)
        seconds = sum(float(case.get("time", 0)) for case in cases)
        row = f"| {said(file)} | {len(cases)} | {failed} | {seconds:,.0f} | {today} |"
        lines.append(row if cases else earlier.get(f"| {said(file)}", ""))
    return [line for line in lines if line]


def file_of(name: str) -> str:
    """File of a test from its dotted name, which may end in a class."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        file = "/".join(parts[:length]) + ".py"
        if (CHECKOUT / file).is_file():
            return file
    return ""


def said(file: str) -> str:
    """First line of a test file's docstring, without its full stop."""
    text = ast.get_docstring(ast.parse((CHECKOUT / file).read_text(encoding="utf-8"))) or file
    return text.partition("\n")[0].rstrip(".").replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
