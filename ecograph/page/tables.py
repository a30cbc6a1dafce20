"""The tables folder: every table of a page as CSV, and an index of them."""

import re
from collections.abc import Sequence
from pathlib import Path

from ecograph.page.method import recipe
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.table import Table

UNFIT = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff_-]+")
INDEX = "index.csv"
LONGEST = 80


def file_names(sheets: Sequence[Sheet]) -> list[str]:
    """File of each table: its place on the page and its name."""
    names = [UNFIT.sub("-", sheet.name)[:LONGEST].strip("-") for sheet in sheets]
    return [f"{place:02}-{name}.csv" for place, name in enumerate(names, start=1)]


def write_tables(folder: Path, sheets: Sequence[Sheet], wording: Wording) -> None:
    """Write every table whole, in the page's language, and ``index.csv``: file, title, metric, recipe."""
    folder.mkdir(parents=True, exist_ok=True)
    files = file_names(sheets)
    for file, sheet in zip(files, sheets, strict=True):
        sheet.table.translated(wording.language).to_csv(folder / file)
    every = [result for sheet in sheets for result in sheet.results]
    index = {
        "file": files,
        "title": [sheet.title for sheet in sheets],
        "metric": [", ".join(dict.fromkeys(result.metric for result in sheet.results)) for sheet in sheets],
        "recipe": ["; ".join(dict.fromkeys(recipe(result, every) for result in sheet.results)) for sheet in sheets],
    }
    Table(index).to_csv(folder / INDEX)
