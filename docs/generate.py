"""Write everything that is written by program, or say what is out of date.

`docs/generate.py` writes; `docs/generate.py --check` writes nothing, lists the files that differ and ends in code 1.
Where the folder of reference data is given, the datasets are made anew from it, before the pages that show them.
"""

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from writers import api, commands, datasets, dialect, door, findings, metrics, pictures, reference, schema

CHECKOUT = Path(__file__).resolve().parent.parent
PAGES = (door, metrics, schema, findings, dialect, api, commands, pictures, reference)
OURS = ("docs/reference", "docs/pictures")  # nothing else stands in these folders
REFERENCE = "ECOGRAPH_REFERENCE"


def main() -> int:
    """Write or check the files; 1 if any is out of date."""
    parser = argparse.ArgumentParser(description="Write everything that is written by program.")
    parser.add_argument("--check", action="store_true", help="write nothing; list what is out of date")
    parser.add_argument("--reference", default=os.environ.get(REFERENCE), help=f"reference data; else ${REFERENCE}")
    asked = parser.parse_args()
    settle = _list if asked.check else _write
    outdated = False
    if asked.reference and Path(asked.reference).is_dir():
        outdated |= settle(datasets.files(Path(asked.reference)), left=set())
    texts = {path: text for writer in PAGES for path, text in writer.files().items()}
    outdated |= settle(texts, left=_there() - texts.keys())
    return int(outdated and asked.check)


def _list(texts: Mapping[str, str], left: set[str]) -> bool:
    """Print what differs from these texts, and what nobody writes any more."""
    stale = {path for path, text in texts.items() if _read(path) != text} | left
    for path in sorted(stale):
        print(f"{path} is out of date; run make generate")
    return bool(stale)


def _write(texts: Mapping[str, str], left: set[str]) -> bool:
    """Write what differs from these texts, and remove what nobody writes any more."""
    for path in left:
        (CHECKOUT / path).unlink()
    stale = {path: text for path, text in texts.items() if _read(path) != text}
    for path, text in stale.items():
        (CHECKOUT / path).parent.mkdir(parents=True, exist_ok=True)
        (CHECKOUT / path).write_bytes(text.encode("utf-8"))
    return bool(stale)


def _read(path: str) -> str | None:
    file = CHECKOUT / path
    return file.read_bytes().decode("utf-8") if file.is_file() else None


def _there() -> set[str]:
    files = (path for folder in OURS for path in (CHECKOUT / folder).rglob("*") if path.is_file())
    return {path.relative_to(CHECKOUT).as_posix() for path in files}


if __name__ == "__main__":
    sys.exit(main())
