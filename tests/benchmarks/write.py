"""Run every benchmark and write what they print to docs/explanation/speed.md."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "explanation" / "speed.md"
NO_PROGRAMS = ("coverage", "timing", "write")
ARGUMENTS = {"peers": ("--size", "1000000")}
HEAD = """# Speed

Written by `make bench` on {day}. Programs take turns in one run, after a warm-up, and are told by their medians;
their answers are compared before their times. CPU is the processor time of all threads. What is slower than a peer
stands here as well.
"""


def main() -> None:
    parts = [HEAD.format(day=datetime.now(UTC).date())]
    for program in sorted(HERE.glob("*.py")):
        if program.stem not in NO_PROGRAMS:
            done = subprocess.run(
                [sys.executable, str(program), *ARGUMENTS.get(program.stem, ())],
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
            print(done.stdout)
            parts.append(done.stdout.strip() + "\n")
    PAGE.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
