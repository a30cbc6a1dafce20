"""Datasets that come with ecograph, and how an address or a dataset's name is found."""

from pathlib import Path
from typing import TYPE_CHECKING

from ecograph.errors import AddressError, unknown

if TYPE_CHECKING:
    from ecograph.ecosystem import Ecosystem

PACKAGE = Path(__file__).parent
FOLDERS = (PACKAGE / "datasets", PACKAGE.parent / "datasets")


def names() -> tuple[str, ...]:
    """Names of the datasets that come with ecograph, ascending."""
    return tuple(sorted({path.parent.name for folder in FOLDERS for path in folder.glob("*/ecosystem.toml")}))


def folder(name: str) -> Path:
    """Folder of a dataset.

    Raises
    ------
    UnknownNameError
        If no dataset has this name.
    """
    for place in FOLDERS:
        if name in names() and (place / name / "ecosystem.toml").is_file():
            return place / name
    raise unknown("dataset", name, names())


def dataset(name: str) -> "Ecosystem":
    """Read a dataset that comes with ecograph.

    Parameters
    ----------
    name : str
        Such as ``"cordis-h2020"`` or ``"florentine"``.

    Returns
    -------
    Ecosystem
        The dataset; source, licence and attribution are in its ``manifest``.

    Raises
    ------
    UnknownNameError
        If no dataset has this name.

    Examples
    --------
    >>> import ecograph as eg
    >>> eg.dataset("florentine").kinds
    ('Family',)
    """
    from ecograph.stores import read

    return read(folder(name))


def located(address: str) -> Path:
    """Folder of an address: the folder itself if there is one, else the dataset of that name.

    Raises
    ------
    AddressError
        If it is neither.
    """
    from ecograph.cypher.connection import masked

    if Path(address).is_dir():
        return Path(address)
    if address in names():
        return folder(address)
    raise AddressError(f"data={masked(address)!r}: no such folder, and no such dataset; datasets: {', '.join(names())}")
