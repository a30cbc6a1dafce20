"""Starting: the file that a query of one's own begins as."""

import re
from importlib.resources import files
from pathlib import Path

from ecograph.cli.output import writing
from ecograph.errors import AddressError, ParameterError

NAME = re.compile(r"[\w-]+/[\w-]+")


def started(name: str, folder: str) -> Path:
    """Write the file a query begins as, and say where it is.

    Parameters
    ----------
    name : str
        Pack and query.
    folder : str
        The folder of packs.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ParameterError
        If the name is not a pack and a query.
    AddressError
        If there is such a file already, or none can be written there.
    """
    if not NAME.fullmatch(name):
        raise ParameterError(
            f"name={name!r}; write a pack and a query in letters, digits, - and _, such as mine/overdue"
        )
    path = Path(folder) / f"{name}.cypher"
    if path.exists():
        raise AddressError(f"{str(path)!r} is there already; take another name, or remove it")
    with writing(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((files("ecograph.cli") / "new.cypher").read_text(encoding="utf-8"), encoding="utf-8")
    return path
