"""Run benchmarks and write what they print to docs/explanation/speed.md.

`write.py` runs all of them; `write.py flows csr` those named, and leaves the sections of the others as they are.
"""

import argparse
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "explanation" / "speed.md"
NO_PROGRAMS = ("coverage", "timing", "write")
ARGUMENTS = {"peers": ("--size", "1000000")}
SECTION = re.compile(r"^## .*$", re.MULTILINE)
HEAD = """# Speed

Written by `make bench`. Programs take turns in one run, after a warm-up, and are told by their medians; their answers
are compared before their times. CPU is the processor time of all threads. What is slower than a peer stands here as
well.
"""


def main() -> None:
    programs = sorted(program.stem for program in HERE.glob("*.py") if program.stem not in NO_PROGRAMS)
    parser = argparse.ArgumentParser(description="Run every benchmark, or the named ones, and write the page of speed.")
    parser.add_argument("programs", nargs="*", metavar="NAME", help=", ".join(programs))
    asked = parser.parse_args().programs or programs
    if unknown := set(asked).difference(programs):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(programs)}")
    for program in asked:
        done = subprocess.run(
            [sys.executable, str(HERE / f"{program}.py"), *ARGUMENTS.get(program, ())],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        print(done.stdout, flush=True)
        write(done.stdout.strip())


def write(found: str) -> None:
    """Put a section in the place of the one of the same heading, or at the end."""
    heading, _, rest = found.partition("\n")
    kept = sections(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    kept[heading] = f"{heading}\n\nMeasured on {datetime.now(UTC).date()}.\n\n{rest.strip()}\n"
    PAGE.write_text("\n".join([HEAD, *kept.values()]), encoding="utf-8")


def sections(page: str) -> dict[str, str]:
    """Sections of a page by heading, in order."""
    starts = [found.start() for found in SECTION.finditer(page)]
    texts = [page[start:stop].strip() + "\n" for start, stop in zip(starts, [*starts[1:], len(page)], strict=True)]
    return {text.partition("\n")[0]: text for text in texts}


if __name__ == "__main__":
    main()
