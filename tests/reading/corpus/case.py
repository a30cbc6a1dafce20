"""A case: what stands in a folder, and what must come of reading it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

Content = bytes | str | Callable[[Path], None]

NODES = "nodes/Maker.csv"
TIES = "relations/COLLABORATES.csv"
MANIFEST = "ecosystem.toml"
ADD = "; add it, or name it under columns in ecosystem.toml"
UNPACK = "open or unpack it and save each table as CSV UTF-8"
SAVE = "save it as CSV UTF-8, or name its encoding in ecosystem.toml"


@dataclass(frozen=True)
class Case:
    """A folder of tables.

    Parameters
    ----------
    files : mapping of str to content
        By path in the folder: bytes, text (UTF-8), or what makes the file.
    found : sequence of str
        Every finding as ``code file row column``, with ``xN`` behind it where it counts N rows.
    refused : str
        The message, where the folder is refused; ``…`` stands for the words of another library.
    holds : mapping of str to list
        Cells by ``Kind.column``, as they must be read.
    address : str
        What is read, if not the folder.
    """

    files: Mapping[str, Content]
    found: Sequence[str] = ()
    refused: str = ""
    holds: Mapping[str, list[Any]] = field(default_factory=dict)
    address: str = ""

    def write(self, folder: Path) -> None:
        """Make the folder."""
        folder.mkdir(parents=True)
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if callable(content):
                content(path)
            else:
                path.write_bytes(content.encode() if isinstance(content, str) else content)

    def is_refused_with(self, message: str) -> bool:
        """Whether this is the message the folder is to be refused with."""
        parts = [re.escape(part) for part in self.refused.split("…")]
        return bool(self.refused and re.fullmatch(".*".join(parts), message))

    def and_manifest(self, manifest: bytes | str) -> "Case":
        """The same folder with a manifest."""
        return replace(self, files={**self.files, MANIFEST: manifest})


def makers(
    content: Content, *found: str, refused: str = "", manifest: str = "", file: str = NODES, **held: list[Any]
) -> Case:
    """One table of makers; findings of one row leave out the file, and cells are those of its columns."""
    made = Case(
        {file: content},
        tuple(placed(item, file) for item in found),
        placed(refused, file) if refused else "",
        {f"Maker.{name}": cells for name, cells in held.items()},
    )
    return made.and_manifest(manifest) if manifest else made


def placed(text: str, file: str) -> str:
    """A finding or message with the file where ``@`` stands."""
    return text.replace("@", file, 1)
