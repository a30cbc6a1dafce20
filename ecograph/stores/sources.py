"""Sources: which files of a folder are tables, what they are tables of, and how they are written.

A file in ``nodes/`` or ``relations/`` is a table of the kind it is named after. What else there is to say stands in
``ecosystem.toml``: ``[reading]`` for all files, ``[[files]]`` for one, ``[limits]`` for what is too much.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from ecograph.errors import LoadError
from ecograph.reading import ENCODINGS, ENDINGS, Limits, Numerals, refused_ending, status
from ecograph.reading.log import shown
from ecograph.stores.shapes import MANIFEST, UNSEEN, known, table, tables

Part = Literal["nodes", "relations"]

MERGE = "merge"
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"} | {mark: mark for mark in ",;\t"}
DECIMALS = (".", ",")
THOUSANDS = ("", ",", ".", " ", "'")
WRITTEN = ("encoding", "separator", "decimal", "thousands")
SAID = ("path", "kind", "relation", *WRITTEN, "columns", "values", "only")


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One table of one file.

    Parameters
    ----------
    label : str
        Path of the file inside the folder.
    part : str
        ``nodes`` or ``relations``.
    kind : str
        What its rows are.
    encoding, separator : str
        As for :func:`ecograph.reading.read_csv`; empty to go by the file.
    numerals : Numerals
        How it writes numbers.
    columns : mapping of str to str
        Our name of a column by its heading.
    values : mapping of str to str
        One value for every row, by our name of a column that the file has not.
    only : bool
        Whether columns that ``columns`` does not name are left out.
    """

    label: str
    part: Part
    kind: str
    encoding: str = ""
    separator: str = ""
    numerals: Numerals = field(default_factory=Numerals)
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    only: bool = False


def sources_of(folder: Path, manifest: Mapping[str, Any]) -> list[Source]:
    """Tables of a folder: those the manifest names, then those of ``nodes/`` and ``relations/`` that it does not.

    Raises
    ------
    LoadError
        If the manifest names a file that is not there, or says something about it that is not allowed; if a file is no
        table; or if two files are named after one kind.
    """
    common = table(manifest, "reading")
    known(common, WRITTEN, "[reading]")
    entries = tables(manifest, "files")
    named = [_source(folder, number, entry, common) for number, entry in enumerate(entries, start=1)]
    labels = {source.label for source in named}
    found: dict[tuple[Part, str], Source] = {}
    for part in ("nodes", "relations"):
        for path in _files(folder, part):
            source = _written(Source(f"{part}/{path.name}", part, path.stem), common, "[reading]")
            if source.label in labels:
                continue
            if (part, path.stem) in found:
                raise LoadError(
                    f"{source.label}: {path.stem} stands in two files; keep one of them, or name both under [[files]] "
                    f"in {MANIFEST}"
                )
            found[part, path.stem] = source
    return [*named, *found.values()]


def merge_of(folder: Path, manifest: Mapping[str, Any]) -> Source | None:
    """The table beside the manifest that says which nodes are the same, where there is one."""
    found = [folder / f"{MERGE}{ending}" for ending in ENDINGS if (folder / f"{MERGE}{ending}").is_file()]
    if len(found) > 1:
        raise LoadError(f"{found[1].name}: {found[0].name} stands beside it; keep one of them")
    return _written(Source(found[0].name, "nodes", MERGE), table(manifest, "reading"), "[reading]") if found else None


def unread(folder: Path, sources: Sequence[Source]) -> list[str]:
    """Files that look like tables, lie beside those that the manifest names, and are read as nothing."""
    read = {source.label for source in sources}
    places = {Path(source.label).parent for source in sources} - {Path("nodes"), Path("relations")}
    paths = (path for place in places for path in (folder / place).iterdir())
    labels = (path.relative_to(folder).as_posix() for path in paths if _looks_like_a_table(path))
    return sorted(label for label in labels if label not in read and Path(label).stem != MERGE)


def _looks_like_a_table(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS and path.name[0] not in ".~" and path.is_file()


def limits_of(manifest: Mapping[str, Any]) -> Limits:
    """The most that one file may hold, as ``[limits]`` says."""
    said = table(manifest, "limits")
    known(said, tuple(one.name for one in fields(Limits)), "[limits]")
    for name, value in said.items():
        if type(value) is not int or value < 1:
            raise LoadError(f"{MANIFEST}: [limits] {name}={value!r}; give a whole number above 0")
    return replace(Limits(), **said)


def _files(folder: Path, part: Part) -> list[Path]:
    """Tables in a folder, by name; what a program or a system puts beside them is passed over.

    What is called a table and is a folder, a pipe or a link to nothing is not: it is refused when it is opened.
    """
    if status(folder / part, part) is None:
        return []
    try:
        paths = sorted(path for path in (folder / part).iterdir() if path.name[0] not in ".~")
    except OSError as error:
        raise LoadError(f"{part}: cannot be read ({error.strerror or error}); it is the folder of tables") from None
    paths = [path for path in paths if path.is_file() or path.suffix.lower() in ENDINGS]
    for path in paths:
        _check_name(f"{part}/{path.name}", path.suffix)
    return paths


def _check_name(label: str, ending: str) -> None:
    if UNSEEN.search(label):
        name = shown(UNSEEN.sub("\ufffd", label))
        raise LoadError(f"{name}: the name of the file is not UTF-8 or holds a control character; rename the file")
    if ending.lower() not in ENDINGS:
        raise refused_ending(label, ending)


def _source(folder: Path, number: int, entry: Mapping[str, Any], common: Mapping[str, Any]) -> Source:
    """What one entry of ``[[files]]`` says."""
    place = f"[[files]] {number}"
    known(entry, SAID, place)
    label = entry.get("path")
    if not isinstance(label, str) or not label:
        raise LoadError(f"{MANIFEST}: {place} has no path; give the file's path inside the folder")
    path = Path(label)
    if (
        path.is_absolute()
        or ".." in path.parts
        or status(folder / path, f"{MANIFEST}: {place} path={shown(label)!r}") is None
    ):
        raise LoadError(f"{MANIFEST}: {place} path={label!r}: no such file inside the folder; mend the path")
    _check_name(label, path.suffix)
    part, kind = _meant(entry, path, place)
    source = Source(
        path.as_posix(),
        part,
        kind,
        columns=_texts(entry, "columns", place),
        values=_texts(entry, "values", place),
        only=_flag(entry, "only", place),
    )
    return _written(source, {**common, **{name: entry[name] for name in WRITTEN if name in entry}}, place)


def _meant(entry: Mapping[str, Any], path: Path, place: str) -> tuple[Part, str]:
    """What the rows of a file are: as said, else by its folder and name."""
    kind, relation = (str(entry[name]) if name in entry else "" for name in ("kind", "relation"))
    if kind and relation:
        raise LoadError(
            f"{MANIFEST}: {place} has a kind and a relation; a file that holds both stands under [[files]] twice"
        )
    if kind or relation:
        return ("nodes", kind) if kind else ("relations", relation)
    if path.parent.as_posix() == "nodes":
        return "nodes", path.stem
    if path.parent.as_posix() == "relations":
        return "relations", path.stem
    raise LoadError(
        f"{MANIFEST}: {place} path={path.as_posix()!r}: say what its rows are, with kind= for nodes (as Maker) or "
        f"relation= (as SETTLED_IN)"
    )


def _texts(entry: Mapping[str, Any], name: str, place: str) -> dict[str, str]:
    """A table of texts; numbers in it are taken as they are written."""
    said = entry.get(name, {})
    if not isinstance(said, Mapping) or any(isinstance(value, (Mapping, list, bool)) for value in said.values()):
        raise LoadError(f"{MANIFEST}: {place} {name}={said!r}; write {name} = {{ 'heading' = 'our name' }}")
    return {heading: str(value) for heading, value in said.items()}


def _flag(entry: Mapping[str, Any], name: str, place: str) -> bool:
    if not isinstance(said := entry.get(name, False), bool):
        raise LoadError(f"{MANIFEST}: {place} {name}={said!r}; allowed: true, false")
    return said


def _written(source: Source, said: Mapping[str, Any], place: str) -> Source:
    """The same source, with how the file is written."""
    values = {
        name: _one_of(said, name, allowed, place)
        for name, allowed in (
            ("encoding", ENCODINGS),
            ("separator", SEPARATORS),
            ("decimal", DECIMALS),
            ("thousands", THOUSANDS),
        )
    }
    separator = SEPARATORS.get(values["separator"], "")
    numerals = Numerals(values["decimal"] or ".", values["thousands"])
    if numerals.decimal == numerals.thousands:
        raise LoadError(
            f"{MANIFEST}: {place} decimal and thousands are both {numerals.decimal!r}; give them different marks"
        )
    return replace(source, encoding=values["encoding"], separator=separator, numerals=numerals)


def _one_of(said: Mapping[str, Any], name: str, allowed: Sequence[str] | Mapping[str, str], place: str) -> str:
    value = said.get(name, "")
    if name in said and not (isinstance(value, str) and value.lower() in allowed):
        words = ", ".join(repr(one) for one in allowed if one)
        raise LoadError(f"{MANIFEST}: {place} {name}={value!r}; allowed: {words}")
    return str(value).lower()
