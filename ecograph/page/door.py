"""The door of the room: an ecosystem as one page."""

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import get_args

from ecograph.ecosystem import Ecosystem
from ecograph.errors import AddressError, ParameterError
from ecograph.page.compose import compose
from ecograph.page.holdings import Holdings
from ecograph.page.render import render
from ecograph.page.tables import write_tables
from ecograph.page.wording import Wording
from ecograph.table import Language


@dataclass(frozen=True, slots=True)
class Report:
    """A page that was written.

    Parameters
    ----------
    path : Path
        The HTML file.
    headlines : tuple of str
        The five sentences at its top.
    sections : tuple of str
        Names of the sections the data allowed, in order.
    tables : Path or None
        Folder of its tables, if one was asked for.
    """

    path: Path
    headlines: tuple[str, ...]
    sections: tuple[str, ...]
    tables: Path | None = None


def report(
    eco: Ecosystem,
    path: str | Path,
    *,
    language: Language = "en",
    names: bool = False,
    tables: str | Path | None = None,
) -> Report:
    """Write the report of an ecosystem as one offline HTML file.

    It tells what is in the data and what is wrong with it, what the data allow to be measured, by the four strategies
    talent, resources, two sides and evaluation, and which table would make the rest possible.

    Parameters
    ----------
    eco : Ecosystem
        The ecosystem.
    path : str or Path
        The file to write; one that is there is replaced.
    language : {"en", "zh"}
        Language of the page.
    names : bool
        Show names of persons; without, their ids stand in their place.
    tables : str or Path, optional
        Folder in which every table of the page is written whole, as CSV, with ``index.csv``.

    Returns
    -------
    Report
        Where the page is, and the five sentences at its top.

    Raises
    ------
    ParameterError
        If there is no such language.
    AddressError
        If the folder of the file does not exist, or a folder stands where the file should.

    Examples
    --------
    >>> import tempfile
    >>> import ecograph as eg
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = eg.report(eg.dataset("florentine"), f"{folder}/report.html")
    >>> made.headlines[0]
    'The data hold 16 nodes and 20 relations: Family 16.'
    """
    if language not in get_args(Language):
        raise ParameterError(f"language={language!r}; allowed: {', '.join(get_args(Language))}")
    place = place_of(Path(path))
    folder = None if tables is None else Path(tables)
    if folder is not None and folder.exists() and not folder.is_dir():
        raise AddressError(f"tables={str(tables)!r} is a file; give a folder")
    holdings, wording = Holdings(eco), Wording(eco, language, names=names)
    page = compose(holdings, wording)
    text = render(page, holdings, wording, version("ecograph"), with_tables=folder is not None)
    place.write_text(text, encoding="utf-8")
    if folder is not None:
        write_tables(folder, page.sheets, wording)
    sections = tuple(one.name for shown in page.chapters.values() for one in shown)
    return Report(place, tuple(headline.text for headline in page.headlines), sections, folder)


def place_of(path: Path) -> Path:
    """The file of a page, if it can be written there."""
    if path.is_dir():
        raise AddressError(f"path={str(path)!r} is a folder; give the name of the file, such as report.html")
    if not path.parent.is_dir():
        raise AddressError(f"path={str(path)!r}: there is no folder {str(path.parent)!r}; make it first")
    return path
