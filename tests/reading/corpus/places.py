"""Places: folders, pipes, links and names where a file is expected, and what may not be read."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

from tests.reading.corpus.case import MANIFEST, NODES, UNPACK, Case, makers

NO_FILE = "@: cannot be read (it is no file); give a file of its own"
NAME = "the name of the file is not UTF-8 or holds a control character; rename the file"
RIGHT = "; check its path and your right to it"


def link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def closed(content: str) -> Callable[[Path], None]:
    """A file that nobody may read."""

    def make(path: Path) -> None:
        path.write_text(content)
        path.chmod(0)

    return make


def closed_folder(path: Path) -> None:
    path.mkdir()
    path.chmod(0)


def door(path: Path) -> None:
    """A socket: its name must be short, so it is made from inside its folder."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


BESIDE = {"nodes/Team.csv": "id\nt1\n"}


def beside(name: str, content: Callable[[Path], None] | str, *found: str, refused: str = "") -> Case:
    """A sound table and something else."""
    return Case({**BESIDE, name: content}, found, refused.replace("@", name))


PLACES = {
    "a folder for a table": makers(Path.mkdir, refused=NO_FILE),
    "a folder for Parquet": makers(Path.mkdir, file="nodes/Maker.parquet", refused=NO_FILE),
    "a folder for Arrow": makers(Path.mkdir, file="nodes/Maker.arrow", refused=NO_FILE),
    "a pipe for a table": makers(os.mkfifo, refused=NO_FILE),
    "a pipe for Parquet": makers(os.mkfifo, file="nodes/Maker.parquet", refused=NO_FILE),
    "a socket for a table": makers(door, refused=NO_FILE),
    "a device for a table": makers(link("/dev/zero"), refused=NO_FILE),
    "a link to nothing": makers(link("gone.csv"), refused=NO_FILE),
    "a link to itself": makers(link("Maker.csv"), refused="@: cannot be read (…)" + RIGHT),
    "a link to a table": Case(
        {"tables/a.csv": "id\nada\n", NODES: link("../tables/a.csv")}, holds={"Maker.id": ["ada"]}
    ),
    "a file for the folder of nodes": Case(
        {"nodes": "id\nada\n"}, refused="nodes: cannot be read (…); it is the folder of tables"
    ),
    "a link to the folder of nodes": Case(
        {"tables/Maker.csv": "id\nada\n", "nodes": link("tables")}, holds={"Maker.id": ["ada"]}
    ),
    "a folder for the manifest": beside(MANIFEST, Path.mkdir, refused=NO_FILE),
    "a pipe for the manifest": beside(MANIFEST, os.mkfifo, refused=NO_FILE),
    "a link to nothing for the manifest": beside(MANIFEST, link("gone.toml"), refused=NO_FILE),
    "a folder that the manifest names": Case(
        {**BESIDE, "x.csv": Path.mkdir, MANIFEST: '[[files]]\npath = "x.csv"\nkind = "Maker"\n'},
        refused="x.csv: cannot be read (it is no file); give a file of its own",
    ),
    "a pipe that the manifest names": Case(
        {**BESIDE, "x.csv": os.mkfifo, MANIFEST: '[[files]]\npath = "x.csv"\nkind = "Maker"\n'},
        refused="x.csv: cannot be read (it is no file); give a file of its own",
    ),
    "what a system puts beside tables": Case(
        {
            **BESIDE,
            "nodes/.DS_Store": "x",
            "nodes/~$Maker.xlsx": "x",
            "nodes/old/Maker.csv": "id\n",
            "nodes/old.d": Path.mkdir,
        },
        holds={"Team.id": ["t1"]},
    ),
    "a note beside tables": beside("nodes/notes.md", "x", refused=f"@: .md is not read; {UNPACK}"),
    "a copy beside tables": beside("nodes/Team.csv.bak", "id\n", refused=f"@: .bak is not read; {UNPACK}"),
    "a name of two lines": beside(
        "nodes/Ma\nker.csv",
        "id\n",
        refused=f"nodes/Ma\ufffdker.csv: {NAME}",
    ),
    "a name in gbk": beside(
        os.fsdecode("nodes/创客.csv".encode("gbk")),
        "id\n",
        refused=f"nodes/{4 * chr(0xFFFD)}.csv: {NAME}",
    ),
    "a name with a space at its end": beside(
        "nodes/Maker .csv", "id\n", refused="@: no kind 'Maker '; …; rename the table or add the kind to the schema"
    ),
    "a name of signs": beside(
        "nodes/{kind}%s.csv", "id\n", refused="@: no kind '{kind}%s'; …; rename the table or add the kind to the schema"
    ),
}
ADDRESSES = {
    "no such folder": Case(
        BESIDE,
        refused="address='nowhere': no such folder; give the folder with nodes/ and relations/",
        address="nowhere",
    ),
    "a file for a folder": Case(
        {"x.csv": "id\n"},
        refused="address='hub/x.csv': no such folder; give the folder with nodes/ and relations/",
        address="hub/x.csv",
    ),
    "a folder below a file": Case(
        {"x.csv": "id\n"},
        refused="address='hub/x.csv/y': no such folder; give the folder with nodes/ and relations/",
        address="hub/x.csv/y",
    ),
    "an address on the web": Case(
        BESIDE,
        refused="address='https://example.org/hub': only local folders and neo4j://HOST are read; "
        "download the tables first",
        address="https://example.org/hub",
    ),
    "an address with a nul": Case(
        BESIDE, refused="address='a\\x00b': no such folder; give the folder with nodes/ and relations/", address="a\0b"
    ),
    "an address as long as a book": Case(
        BESIDE, refused="address='x…': cannot be read (…)" + RIGHT, address="x" * 5000
    ),
}
FORBIDDEN = {
    "a table": makers(closed("id\n"), refused="@: cannot be read (…); check the file"),
    "Parquet": makers(
        closed("PAR1"), file="nodes/Maker.parquet", refused="@: cannot be read as Parquet (…); write the file anew"
    ),
    "the manifest": beside(
        MANIFEST, closed("title = 'x'"), refused="@: cannot be read (Permission denied); check the file"
    ),
    "the folder of nodes": Case(
        {"nodes": closed_folder}, refused="nodes: cannot be read (Permission denied); it is the folder of tables"
    ),
    "the folder": Case(
        {"inner": closed_folder},
        refused="ecosystem.toml: cannot be read (Permission denied)" + RIGHT,
        address="hub/inner",
    ),
    "a folder below": Case(
        {"inner": closed_folder},
        refused="address='hub/inner/hub': cannot be read (Permission denied)" + RIGHT,
        address="hub/inner/hub",
    ),
}
"""What has no right to be read; there is nothing that root may not read."""

CASES: dict[str, Case] = PLACES | ADDRESSES
